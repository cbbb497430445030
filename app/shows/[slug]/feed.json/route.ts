import { showFeedFace } from '@/app/_faces/show'

/** What changed about the show, as JSON Feed. */
export const GET = showFeedFace('json')
