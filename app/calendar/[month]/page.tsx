import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { changesAlternates, pageMetadata } from '@/lib/feeds/metadata'
import { getCalendar } from '@/lib/lists/calendar'
import { dayOf } from '@/lib/shared/day'
import { formatWindow } from '@/lib/shared/edtf'
import { MonthView } from '../month-view'
import { isCalendarMonth } from '../months'

interface Props {
  params: Promise<{ month: string }>
}

async function monthOf(month: string) {
  const today = dayOf(new Date())
  return { today, calendar: await getCalendar(month, today) }
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { month } = await params
  if (!isCalendarMonth(month)) return {}
  const words = formatWindow(month)
  return changesAlternates(
    pageMetadata(
      `/calendar/${month}`,
      `Premieres in ${words}`,
      `Seasons that ${month < dayOf(new Date()).slice(0, 7) ? 'began' : 'begin'} in ${words} on days somebody named, and the windows that touch it.`,
    ),
  )
}

export default async function CalendarMonth({ params }: Props) {
  const { month } = await params
  if (!isCalendarMonth(month)) notFound()
  const { calendar, today } = await monthOf(month)
  return <MonthView calendar={calendar} today={today} />
}
