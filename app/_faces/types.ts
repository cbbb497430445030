import { writeAtom, writeJsonFeed } from '@/lib/feeds/atom'
import type { Feed, FeedFormat } from '@/lib/feeds/types'

/** The content type of a calendar. */
export const CALENDAR = 'text/calendar; charset=utf-8'

/** How a feed is written and what it is called, by its format. */
export const FEEDS: Record<FeedFormat, { type: string; write: (feed: Feed) => string }> = {
  atom: { type: 'application/atom+xml; charset=utf-8', write: writeAtom },
  json: { type: 'application/feed+json; charset=utf-8', write: writeJsonFeed },
}
