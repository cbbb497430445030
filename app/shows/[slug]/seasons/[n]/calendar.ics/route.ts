import { seasonFace } from '@/app/_faces/show'
import { CALENDAR } from '@/app/_faces/types'
import { writeCalendar } from '@/lib/feeds/icalendar'
import { calendarEntries, premieresOf } from '@/lib/feeds/premieres'

/** The premiere of the season once it has a day, for calendars; with `?windows=1` also while it has a window. */
export const GET = seasonFace(CALENDAR, (show, number, { site, windows }) =>
  writeCalendar(
    `${show.title}, season ${number} on Greenlit`,
    calendarEntries(
      premieresOf(show).filter(({ season }) => season === number),
      site,
      { today: show.today, windows },
    ),
  ),
)
