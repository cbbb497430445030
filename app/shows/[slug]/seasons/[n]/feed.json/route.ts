import { seasonFace } from '@/app/_faces/show'
import { JSON_FEED } from '@/app/_faces/types'
import { writeJsonFeed } from '@/lib/feeds/atom'
import { seasonFeed } from '@/lib/feeds/entries'

/** What changed about the season, as JSON Feed. */
export const GET = seasonFace(JSON_FEED, (show, season, { site }) =>
  writeJsonFeed(seasonFeed(show, season, site, 'json')),
)
