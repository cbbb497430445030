import { readerFeedFace } from '@/app/_faces/reader'

/** What changed about the seasons a reader follows, as Atom. */
export const GET = readerFeedFace('atom')
