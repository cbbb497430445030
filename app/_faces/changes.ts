import { changesFeed } from '@/lib/feeds/entries'
import type { FeedFormat } from '@/lib/feeds/types'
import { getCorrections, getPublishedChanges } from '@/lib/ledger/queries'
import { dayOf } from '@/lib/shared/day'
import { answering, plainRefusal, reply } from '@/lib/shared/problem'
import { siteUrl } from '@/lib/shared/site'
import { FEEDS } from './types'

const ENTRIES = 100

/** A GET handler for the latest changes and corrections over all shows. */
export function changesFace(format: FeedFormat) {
  return async (request: Request): Promise<Response> =>
    answering(
      request,
      async () => {
        const [changes, corrections] = await Promise.all([
          getPublishedChanges(ENTRIES),
          getCorrections({ limit: ENTRIES }),
        ])
        const feed = changesFeed(changes, corrections.items, siteUrl(), format, dayOf(new Date()))
        return reply(request, FEEDS[format].write(feed), FEEDS[format].type)
      },
      plainRefusal,
    )
}
