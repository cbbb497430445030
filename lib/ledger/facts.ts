import { type Day, latestDay } from '@/lib/shared/day'
import { parseEdtf } from '@/lib/shared/edtf'
import type { Claim } from '@/lib/status/claim'
import { saidOn } from '@/lib/status/trust'
import type { SeasonFacts, ShowFacts, Window } from '@/lib/status/types'

/** Providers that count only seasons that have begun: a season they know is no season to come. */
export const BEGUN_ONLY: readonly string[] = ['by-hand', 'famous-by-hand']

/** Providers whose answer lists all seasons of a show, and the dates they know of them. */
export const LISTING: readonly string[] = ['tvmaze', 'tmdb']

function windowOf(edtf: string | null): Window | null {
  const parsed = edtf ? parseEdtf(edtf) : null
  return edtf && parsed?.ok ? { edtf, earliest: parsed.window.earliest, latest: parsed.window.latest } : null
}

/** A season as the catalogue's row has it, dates EDTF. */
export interface SeasonOnRecord {
  number: number
  premiere: string | null
  finale: string | null
  episodes: number | null
  recorded: boolean
  /** Its premiere rests on the pages of our claims alone. */
  fromPages: boolean | null
  begunBy: Day | null
  looked: SeasonFacts['looked']
  missedOn: Record<string, Day> | null
}

/**
 * What the catalogue's row of a season states, its dates as windows. A day that only the pages of our claims gave
 * (`fromPages`) is as old as the newest of them: what they expected never becomes a record.
 */
export function factsOf(
  row: Omit<SeasonOnRecord, 'fromPages' | 'begunBy' | 'looked' | 'missedOn'> & Partial<SeasonOnRecord>,
  newestPageOn: Day | null = null,
): SeasonFacts {
  return {
    premiereSeenOn: row.fromPages ? newestPageOn : null,
    number: row.number,
    premiere: windowOf(row.premiere),
    finale: windowOf(row.finale),
    episodes: row.episodes,
    recorded: row.recorded,
    begunBy: row.begunBy ?? null,
    looked: row.looked ?? null,
    missedOn: row.missedOn ?? {},
  }
}

/** A provider's word on a show, as it is on record. */
export interface ProviderFact {
  field: string
  provider: string
  value: string
  as_of: string | null
  seen_on: Day
}

/** The first day on which a provider had certainly said it: we saw it, or the time it was said in was over. */
function saidBy({ as_of, seen_on }: ProviderFact): Day {
  const said = windowOf(as_of)?.latest
  return said && said < seen_on ? said : seen_on
}

/**
 * What the catalogue and its providers had said of a show as a whole by `today`: its labels and ends among the facts
 * they still give. A day of the past, told anew from the ledger, knows nothing of a label that came after it.
 */
export function showFactsOf(
  row: { kind: string; genres: string[]; facts: ProviderFact[] },
  today: Day,
): ShowFacts {
  const of = (field: string) => row.facts.filter((fact) => fact.field === field && saidBy(fact) <= today)
  return {
    kind: row.kind,
    genres: row.genres,
    labels: of('label').map(({ provider, value, as_of, seen_on }) => ({
      provider,
      label: value,
      asOf: as_of ?? seen_on,
      seenOn: seen_on,
    })),
    ended: of('ended').map(({ provider, value }) => ({ provider, edtf: value })),
    totals: of('seasons').map(({ value }) => Number(value)),
  }
}

/** The newest day on which pages are known to have said something: a page without a day is as young as what it tells. */
export function newestWordOn(claims: Claim[]): Day | null {
  return latestDay(
    claims.map((claim) => {
      const day = saidOn(claim)
      return day && day <= claim.seenOn ? day : claim.publishedOn
    }),
  )
}

/** The newest day of publication among sources; null where none bears a day. */
export function newestSourceOn(claims: Pick<Claim, 'publishedOn'>[]): Day | null {
  return latestDay(claims.map(({ publishedOn }) => publishedOn))
}
