import { writeAtom } from '@/lib/feeds/atom'
import { changesFeed } from '@/lib/feeds/entries'
import { getChanges } from '@/lib/ledger/queries'
import { dayOf } from '@/lib/shared/day'
import { answering, plainRefusal, reply } from '@/lib/shared/problem'
import { siteUrl } from '@/lib/shared/site'

const ENTRIES = 100

/** The latest changes over all shows, as Atom. */
export async function GET(request: Request): Promise<Response> {
  return answering(
    request,
    async () => {
      const { items } = await getChanges({ limit: ENTRIES })
      return reply(
        request,
        writeAtom(changesFeed(items, siteUrl(), dayOf(new Date()))),
        'application/atom+xml; charset=utf-8',
      )
    },
    plainRefusal,
  )
}
