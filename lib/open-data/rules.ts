/** What may be passed on, and the lines as they are written. Pure. */
import type { Telling } from '@/db/schema/words'
import { canonicalLine } from '@/lib/catalogue/record'
import { compact, isOnlyOf, withoutProviders } from '@/lib/catalogue/stated'
import type { CatalogueRecord } from '@/lib/catalogue/types'
import type { Day } from '@/lib/shared/day'
import { withheld } from '@/lib/sources/registry'
import type { ClaimLine, EventLine } from './types'

/** Providers whose terms keep what they say from being passed on, by the name their facts bear. */
const WITHHELD: ReadonlySet<string> = new Set(withheld.map(({ name }) => name))
/** The same as publishers of claims. */
export const WITHHELD_PUBLISHERS: readonly string[] = withheld.map(({ title }) => title)
/** Patterns of LIKE for the same as facts and provenances spell them, in small letters. */
export const WITHHELD_LIKE: readonly string[] = withheld.map(({ name }) => `${name}%`)

/** True of a show that nobody has whose words may be passed on: it is left out, and what is said about it. */
export const isHidden = (provenance: readonly string[]): boolean => isOnlyOf(provenance, WITHHELD)

/** A show as a line of the catalogue; null where it is left out. */
export function showLine(record: CatalogueRecord): string | null {
  const open = withoutProviders(record, WITHHELD)
  return open && canonicalLine(compact(open))
}

/** A claim as it is read from the database. */
export interface ClaimRow extends Omit<ClaimLine, 'show' | 'retracted'>, Record<string, unknown> {
  slug: string
  provenance: string[]
  retracted_on: Day | null
  reason: string | null
  /** Said by a publisher whose words may not be passed on. */
  withheld: boolean
}

/** A claim as a line; null where it is left out. */
export function claimLineOf(row: ClaimRow): string | null {
  if (row.withheld || isHidden(row.provenance)) return null
  const line: ClaimLine = {
    id: row.id,
    show: `greenlit:${row.slug}`,
    season: row.season,
    kind: row.kind,
    value: row.value,
    date: row.date,
    who: row.who,
    status: row.status,
    modality: row.modality,
    citing: row.citing,
    publisher: row.publisher,
    url: row.url,
    published_on: row.published_on,
    source_class: row.source_class,
    seen_on: row.seen_on,
    recorded_at: row.recorded_at,
    retracted: row.retracted_on === null ? null : { on: row.retracted_on, reason: row.reason ?? '' },
  }
  return JSON.stringify(line)
}

/** An event as it is read from the database. */
export interface EventRow extends Omit<EventLine, 'show' | 'state' | 'key'>, Record<string, unknown> {
  id: string
  /** Null in rows of releases that gave none. */
  key: string | null
  slug: string
  provenance: string[]
  telling: Telling
  /** Those of `because` that are left out. */
  withheld: string[] | null
  /** A provider whose words may not be passed on has given a field of the season. */
  withheld_fact: boolean
}

/** How an event stands, as its line has it: whom it was told is nobody's business. */
export const stateOf = (telling: Telling): EventLine['state'] =>
  telling === 'withdrawn' || telling === 'corrected' ? telling : 'stands'

/**
 * An event as a line; null where it is left out, because it rests on nothing that may be passed on. What no claim decided
 * came by the record's clock, which must then be all open.
 */
export function eventLineOf(row: EventRow, key: string): string | null {
  if (isHidden(row.provenance)) return null
  const because = row.because.filter((id) => !row.withheld?.includes(id))
  if (because.length === 0 && (row.because.length > 0 || row.withheld_fact)) return null
  const line: EventLine = {
    key,
    show: `greenlit:${row.slug}`,
    season: row.season,
    kind: row.kind,
    was: row.was,
    became: row.became,
    because,
    happened_on: row.happened_on,
    ordinal: row.ordinal,
    recorded_at: row.recorded_at,
    state: stateOf(row.telling),
  }
  return JSON.stringify(line)
}
