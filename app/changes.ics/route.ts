import { wantsWindows } from '@/app/_faces/show'
import { CALENDAR } from '@/app/_faces/types'
import { writeCalendar } from '@/lib/feeds/icalendar'
import { calendarEntries } from '@/lib/feeds/premieres'
import { getPremieres } from '@/lib/feeds/reader-queries'
import { dayOf } from '@/lib/shared/day'
import { answering, plainRefusal, reply } from '@/lib/shared/problem'
import { siteUrl } from '@/lib/shared/site'

/** Every premiere that has a day, for calendars; with `?windows=1` also those that have a window. */
export async function GET(request: Request): Promise<Response> {
  return answering(
    request,
    async () => {
      const today = dayOf(new Date())
      const wish = { today, windows: wantsWindows(request) }
      const entries = calendarEntries(await getPremieres(today), siteUrl(), wish)
      return reply(request, writeCalendar('Premieres on Greenlit', entries), CALENDAR)
    },
    plainRefusal,
  )
}
