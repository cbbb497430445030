import { showFace } from '@/app/_faces/show'
import { CALENDAR } from '@/app/_faces/types'
import { writeCalendar } from '@/lib/feeds/icalendar'
import { calendarEntries, premieresOf } from '@/lib/feeds/premieres'

/** Premieres of the show that have a day, for calendars; with `?windows=1` also those that have a window. */
export const GET = showFace(CALENDAR, (show, { site, windows }) =>
  writeCalendar(
    `${show.title} on Greenlit`,
    calendarEntries(premieresOf(show), site, { today: show.today, windows }),
  ),
)
