import { seasonFeedFace } from '@/app/_faces/show'

/** What changed about the season, as JSON Feed. */
export const GET = seasonFeedFace('json')
