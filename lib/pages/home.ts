import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { idList } from '@/db/rows'
import { readTally } from '@/lib/catalogue/tally'
import { getChanges } from '@/lib/ledger/queries'
import type { Change, Statements } from '@/lib/ledger/types'
import { LIST_COLUMNS, LIST_TABLES, type ListRow, toListItem } from '@/lib/lists/rows'
import type { ShowListItem } from '@/lib/lists/types'
import { addDays, type Day } from '@/lib/shared/day'
import { reads } from '@/lib/shared/reads'
import { CATALOGUE_TAG, CHANGES_TAG, COMING_TAG, cardTag, dayTag, LEDGER_TAG } from '@/lib/shared/tags'

/** A date nobody has written about for so long is not called coming on the first screen. */
const COMING_DAYS = 120
/** An order, and an end, are news for a year. */
const NEWS_DAYS = 365
/** Shows a shelf holds. */
const ON_SHELF = 6
/** Covers on the first screen, and lines of what comes after them. */
const IN_WINDOW = 6
const COMING_LINES = 12
const WAIT_LINES = 12

/** What the home page shows. */
export interface Home {
  changes: Change[]
  /** The shop window: dated and spoken of lately; returning shows first, then new ones, each by the day they may come. */
  window: ShowListItem[]
  /** What else is dated and spoken of lately, by the day it may come. */
  coming: ShowListItem[]
  /** Ordered, made or being made, without a date; best known first. */
  ordered: ShowListItem[]
  /** Ended or stopped within a year, the latest first. */
  over: ShowListItem[]
  /** Who waits longest for an ordered season, counted from the premiere of the one before it. */
  waits: ShowListItem[]
  counts: { shows: number; seasons: number; claims: Statements; sources: number }
}

type Shelf = 'coming' | 'ordered' | 'over' | 'waits'

/**
 * Shows that ended or stopped within a year, the latest by one of the two days that may tell, of which the later counts.
 * Whoever is among the latest by that is among the latest by one of them: two indexes serve, and nothing is sorted.
 */
const overBy = (day: SQL, other: SQL, yearAgo: Day, today: Day) => sql`
  select show_id, greatest(changed_on::text, since) as ended from show_state
   where lamp in ('over', 'ended', 'cancelled') and last_premiere is not null
     and ${day} between ${yearAgo} and ${today} and (${other} is null or ${other} <= ${today})
   order by ${day} desc nulls last, show_id limit ${ON_SHELF}`
const CHANGED = sql`changed_on`
const SINCE = sql`since`

/** The home page's data as of `today`, in five statements. */
export async function getHome(today: Day): Promise<Home> {
  const { items: changes } = await getChanges({ limit: 8 })
  const fresh = addDays(today, -COMING_DAYS)
  const yearAgo = addDays(today, -NEWS_DAYS)
  // What is chosen and what is said of it are asked apart: joined in one, an unanalysed table made the planner go through
  // all shows for each. Every shelf is read in its order from an index of its own, until it is full.
  const chosen = await db().execute<{ shelf: Shelf; id: number }>(sql`
    (select 'coming' as shelf, show_id as id from show_state
     where lamp = 'coming' and next_status = 'dated' and next_latest >= ${today} and newest_source_on >= ${fresh}
     order by next_season > 1 desc, greatest(next_earliest, ${today}), next_latest, show_id limit ${IN_WINDOW + COMING_LINES})
    union all
    (select 'ordered', show_id from show_state join show on show.id = show_id
     where lamp = 'ordered' and newest_source_on >= ${yearAgo} and next_state = 'open'
     order by show.popularity desc nulls last, show.id limit ${ON_SHELF})
    union all
    (select 'over', show_id from (
       (${overBy(CHANGED, SINCE, yearAgo, today)}) union (${overBy(SINCE, CHANGED, yearAgo, today)})) latest
     order by ended desc, show_id limit ${ON_SHELF})
    union all
    (select 'waits', show_id from show_state
     where lamp in ('ordered', 'coming') and next_status in ('announced', 'filming', 'wrapped', 'dated')
       and next_state in ('open', 'missed') and newest_source_on >= ${yearAgo} and waits_from is not null
     order by waits_from, show_id limit ${WAIT_LINES})`)
  const rows = await db().execute<ListRow>(sql`
    select ${LIST_COLUMNS} from ${LIST_TABLES} where show.id in ${idList(chosen.map(({ id }) => id))}`)
  const byId = new Map(rows.map((row) => [row.id, toListItem(row)]))
  reads(dayTag(today), CATALOGUE_TAG, COMING_TAG, LEDGER_TAG, CHANGES_TAG)
  reads(...rows.map(({ slug }) => cardTag(slug)))
  const on = (shelf: Shelf) => chosen.flatMap((row) => (row.shelf === shelf ? (byId.get(row.id) ?? []) : []))
  const coming = on('coming')
  const [amounts, [sources]] = await Promise.all([
    readTally(),
    db().execute<{ sources: number }>(sql`
      select count(*)::int as sources from source where exists (select from claim where claim.source_id = source.id)`),
  ])
  const { shows, seasons, dated, undated } = amounts
  return {
    changes,
    window: coming.slice(0, IN_WINDOW),
    coming: coming.slice(IN_WINDOW).sort(bySooner(today)),
    ordered: on('ordered'),
    over: on('over'),
    waits: on('waits'),
    counts: { shows, seasons, claims: { dated, undated }, sources: sources?.sources ?? 0 },
  }
}

const bySooner =
  (today: Day) =>
  (a: ShowListItem, b: ShowListItem): number => {
    const from = ({ nextWindow }: ShowListItem) =>
      nextWindow && nextWindow.earliest > today ? nextWindow.earliest : today
    return (
      from(a).localeCompare(from(b)) || (a.nextWindow?.latest ?? '').localeCompare(b.nextWindow?.latest ?? '')
    )
  }
