import { seasonFeedFace } from '@/app/_faces/show'

/** What changed about the season, as Atom. */
export const GET = seasonFeedFace('atom')
