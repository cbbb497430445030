import { showFace } from '@/app/_faces/show'
import { writeJsonFeed } from '@/lib/feeds/atom'
import { showFeed } from '@/lib/feeds/entries'

/** What changed about the show, as JSON Feed. */
export const GET = showFace('application/feed+json; charset=utf-8', (show, site) =>
  writeJsonFeed(showFeed(show, site, 'json')),
)
