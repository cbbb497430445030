import type { Metadata } from 'next'
import { changesAlternates, pageMetadata } from '@/lib/feeds/metadata'
import { getCalendar } from '@/lib/lists/calendar'
import { dayOf } from '@/lib/shared/day'
import { MonthView } from './month-view'

export function generateMetadata(): Metadata {
  return changesAlternates(
    pageMetadata(
      '/calendar',
      'Calendar of premieres',
      'Seasons that begin this month, on days somebody named; and the windows that are open, as windows.',
    ),
  )
}

/** The month we are in. */
export default async function Calendar() {
  const today = dayOf(new Date())
  return <MonthView calendar={await getCalendar(today.slice(0, 7), today)} today={today} />
}
