import { showFeedFace } from '@/app/_faces/show'

/** What changed about the show, as Atom. */
export const GET = showFeedFace('atom')
