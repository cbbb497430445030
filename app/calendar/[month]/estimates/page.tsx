import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { readEstimatesOfMonth } from '@/lib/forecast/queries'
import { getCalendar } from '@/lib/lists/calendar'
import { addDays, dayOf, firstDayOf } from '@/lib/shared/day'
import { formatWindow } from '@/lib/shared/edtf'
import { EstimateLayer } from '../../estimate-layer'
import { MonthView } from '../../month-view'
import { isCalendarMonth } from '../../months'

interface Props {
  params: Promise<{ month: string }>
}

/** An estimate is nothing to find by a search engine: the month itself is. */
export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { month } = await params
  if (!isCalendarMonth(month)) return {}
  return {
    title: `Premieres in ${formatWindow(month)}, with our estimates`,
    robots: { index: false, follow: true },
  }
}

/** A month with what we reckon beside what was said, on request. */
export default async function CalendarWithEstimates({ params }: Props) {
  const { month } = await params
  if (!isCalendarMonth(month)) notFound()
  const today = dayOf(new Date())
  const calendar = await getCalendar(month, today)
  const lastDay = addDays(firstDayOf(calendar.next), -1)
  const estimates =
    calendar.when === 'past' ? [] : await readEstimatesOfMonth(firstDayOf(month), lastDay, today)
  return (
    <MonthView calendar={calendar} today={today} layer="estimates">
      <EstimateLayer month={month} when={calendar.when} estimates={estimates} />
    </MonthView>
  )
}
