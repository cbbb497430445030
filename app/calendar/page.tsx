import type { Metadata } from 'next'
import { cacheLife, cacheTag } from 'next/cache'
import { getCalendar } from '@/lib/catalogue/list-queries'
import { pageMetadata } from '@/lib/feeds/metadata'
import { dayOf } from '@/lib/shared/day'
import { CATALOGUE_TAG } from '@/lib/shared/tags'
import { whenDatabase } from '../database'
import { MonthView } from './month-view'

// It is made whole before it is sent, also where the build had no database.
export const instant = false

export function generateMetadata(): Metadata {
  return pageMetadata(
    '/calendar',
    'Calendar of premieres',
    'Seasons that begin this month, on days somebody named; and the windows that are open, as windows.',
  )
}

/** The month we are in. */
export default async function Calendar() {
  await whenDatabase()
  return <ThisMonth />
}

async function ThisMonth() {
  'use cache'
  cacheLife('hours')
  cacheTag(CATALOGUE_TAG)
  const today = dayOf(new Date())
  return <MonthView calendar={await getCalendar(today.slice(0, 7), today)} today={today} />
}
