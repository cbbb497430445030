import { showFace } from '@/app/_faces/show'
import { showDays } from '@/lib/feeds/entries'
import { writeCalendar } from '@/lib/feeds/icalendar'

/** Premieres of the show that have a day, for calendars. */
export const GET = showFace('text/calendar; charset=utf-8', (show, site) =>
  writeCalendar(`${show.title} on Greenlit`, showDays(show, site)),
)
