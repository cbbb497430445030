import { readerFace } from '@/app/_faces/reader'
import { CALENDAR } from '@/app/_faces/types'
import { writeCalendar } from '@/lib/feeds/icalendar'
import { calendarEntries } from '@/lib/feeds/premieres'
import { getFollowedPremieres } from '@/lib/feeds/reader-queries'
import { dayOf } from '@/lib/shared/day'

/** The premieres of the seasons a reader follows, for calendars; with `?windows=1` also those that have a window. */
export const GET = readerFace(CALENDAR, async ({ readerId, site, windows }) =>
  writeCalendar(
    'Followed on Greenlit',
    calendarEntries(await getFollowedPremieres(readerId), site, { today: dayOf(new Date()), windows }),
  ),
)
