/** Pure: which cache tags are stale when a show's state becomes another. */
import type { Day } from '@/lib/shared/day'
import {
  CATALOGUE_TAG,
  COMING_TAG,
  cardTag,
  lampTag,
  monthTag,
  NEWEST_TAG,
  seasonTag,
  showTag,
  statusTag,
} from '@/lib/shared/tags'

/** What lists, neighbours and the first page say of a show; the fields of `show_state` under their own names. */
export interface StateHead {
  status: string
  lamp: string
  answer: string
  next_season: number
  next_status: string
  next_edtf: string | null
  next_earliest: Day | null
  next_latest: Day | null
  last_premiere: Day | null
  last_finale: Day | null
  claim_count: number
}

/** When a season is expected, as the calendar shows it. */
export interface SeasonWindow {
  status: string
  premiere_edtf: string | null
  premiere_earliest: Day | null
  premiere_latest: Day | null
}

const CARD_FIELDS = [
  'status',
  'lamp',
  'answer',
  'next_season',
  'next_status',
  'next_edtf',
  'last_premiere',
] as const
const COMING_FIELDS = [
  'status',
  'next_status',
  'next_earliest',
  'next_latest',
  'last_premiere',
  'last_finale',
] as const

const differ = <T>(before: T, after: T, fields: readonly (keyof T)[]) =>
  fields.some((field) => before[field] !== after[field])

/** Longer windows than this stand in no calendar that anybody keeps open; the whole catalogue expires instead. */
const MONTHS_MAX = 120

/** The months (`YYYY-MM`) a window touches; null where they are too many to name. */
function monthsOf({ premiere_earliest: from, premiere_latest: to }: SeasonWindow): string[] | null {
  if (!from || !to) return []
  let [year, month] = from.split('-', 2).map(Number) as [number, number]
  const months: string[] = []
  for (let name = from.slice(0, 7); name <= to.slice(0, 7); ) {
    if (months.push(name) > MONTHS_MAX) return null
    if (++month > 12) [year, month] = [year + 1, 1]
    name = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`
  }
  return months
}

/**
 * The tags that expire when the state of `slug` goes from `before` (null: it had none) to `after`, with the windows of
 * its seasons that changed. A claim that changes nothing anybody else says expires the show's own pages alone.
 */
export function staleTags(
  slug: string,
  before: StateHead | null,
  after: StateHead,
  windows: { season: number; before: SeasonWindow | null; after: SeasonWindow }[],
): string[] {
  const tags = new Set([showTag(slug)])
  if (!before) for (const tag of [cardTag(slug), CATALOGUE_TAG, COMING_TAG, NEWEST_TAG]) tags.add(tag)
  else {
    if (differ(before, after, CARD_FIELDS)) tags.add(cardTag(slug))
    // The first page shows what somebody has said something about.
    if (differ(before, after, COMING_FIELDS) || before.claim_count > 0 !== after.claim_count > 0)
      tags.add(COMING_TAG)
    if (before.last_premiere !== after.last_premiere) tags.add(NEWEST_TAG)
  }
  if (before?.lamp !== after.lamp)
    for (const lamp of [before?.lamp, after.lamp]) if (lamp) tags.add(lampTag(lamp))
  if (before?.status !== after.status)
    for (const status of [before?.status, after.status]) if (status) tags.add(statusTag(status))
  for (const window of windows) {
    if (window.before && !differ(window.before, window.after, Object.keys(window.after) as never)) continue
    tags.add(seasonTag(slug, window.season))
    for (const side of [window.before, window.after])
      for (const month of side ? (monthsOf(side) ?? ['all']) : [])
        tags.add(month === 'all' ? CATALOGUE_TAG : monthTag(month))
  }
  return [...tags]
}
