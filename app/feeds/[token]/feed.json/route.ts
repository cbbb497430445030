import { readerFeedFace } from '@/app/_faces/reader'

/** What changed about the seasons a reader follows, as JSON Feed. */
export const GET = readerFeedFace('json')
