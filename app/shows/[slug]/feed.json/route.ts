import { showFace } from '@/app/_faces/show'
import { JSON_FEED } from '@/app/_faces/types'
import { writeJsonFeed } from '@/lib/feeds/atom'
import { showFeed } from '@/lib/feeds/entries'

/** What changed about the show, as JSON Feed. */
export const GET = showFace(JSON_FEED, (show, { site }) => writeJsonFeed(showFeed(show, site, 'json')))
