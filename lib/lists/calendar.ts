import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { addDays, type Day, daysBetween, firstDayOf } from '@/lib/shared/day'
import { reads } from '@/lib/shared/reads'
import { CATALOGUE_TAG, dayTag, monthTag } from '@/lib/shared/tags'
import { type CalendarMark, calendarMark } from '@/lib/status/calendar-mark'
import type { PremiereState, SeasonStatusWord, Window } from '@/lib/status/types'

/** A premiere on the calendar: a day when one was said, else a window drawn as a window. */
export interface CalendarEntry extends Window, CalendarMark {
  slug: string
  title: string
  season: number
  exact: boolean
}

/** What the calendar shows of a month. */
export interface Calendar {
  month: string
  previous: string
  next: string
  /** Behind us, on, or ahead, by the first and last day of the month. */
  when: 'past' | 'now' | 'ahead'
  days: { day: Day; entries: CalendarEntry[] }[]
  /** Time spans that touch the month and are still open, the shortest first. */
  windows: CalendarEntry[]
}

const monthAfter = (month: string, by: number): string => {
  const [year, number] = month.split('-').map(Number) as [number, number]
  return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7)
}

/** A month (`YYYY-MM`) of premieres as of `today`: exact days apart from windows that touch the month and are still open. */
export async function getCalendar(month: string, today: Day): Promise<Calendar> {
  const first = firstDayOf(month)
  const next = monthAfter(month, 1)
  const last = addDays(firstDayOf(next), -1)
  reads(dayTag(today), monthTag(month), CATALOGUE_TAG)
  const rows = await db().execute<Row>(sql`
    select show.slug, show.title, season.number as season, season_state.premiere_edtf as edtf,
           season_state.premiere_earliest as earliest, season_state.premiere_latest as latest,
           season_state.status, season_state.premiere_state as state
      from season_state join season on season.id = season_state.season_id join show on show.id = season.show_id
     where season_state.premiere_edtf is not null and season_state.premiere_earliest is not null
       and season_state.premiere_latest is not null and season_state.season_id in (
       select season_id from season_state
        where premiere_earliest between ${first} and ${last} and premiere_latest = premiere_earliest
       union all select season_id from season_state
        where premiere_earliest < premiere_latest and status in ('announced', 'filming', 'wrapped', 'dated')
          and premiere_earliest <= ${last} and premiere_latest >= ${first > today ? first : today})
     order by season_state.premiere_earliest, season_state.premiere_latest, show.popularity desc nulls last, show.id`)
  const entries = rows.map(({ status, state, ...row }): CalendarEntry => {
    const exact = row.earliest === row.latest
    return { ...row, exact, ...calendarMark({ status, state, ...row }, today) }
  })
  const days = new Map<Day, CalendarEntry[]>()
  for (const entry of entries.filter((e) => e.exact))
    days.set(entry.earliest, [...(days.get(entry.earliest) ?? []), entry])
  const length = ({ earliest, latest }: CalendarEntry) => daysBetween(earliest, latest)
  return {
    month,
    previous: monthAfter(month, -1),
    next,
    when: last < today ? 'past' : first > today ? 'ahead' : 'now',
    days: [...days].map(([day, list]) => ({ day, entries: list })),
    windows: entries.filter((e) => !e.exact).sort((a, b) => length(a) - length(b)),
  }
}

interface Row extends Record<string, unknown>, Window {
  slug: string
  title: string
  season: number
  status: SeasonStatusWord
  state: PremiereState
}
