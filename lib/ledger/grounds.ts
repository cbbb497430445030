/** What grounds each thing we say of a show that somebody could dispute. Pure. */
import type { Day } from '@/lib/shared/day'
import type { SettledSeason, ShowStatus } from '@/lib/status/types'
import type { Claim } from './types'

/** What is said, in the words of the design's rules. */
export type Said =
  | 'over'
  | 'missed'
  | 'premiered'
  | 'cancelled'
  | 'ended by choice'
  | 'last looked'
  | 'running'

/** One record behind a sentence. */
export type Ground =
  | { claim: string; publishedOn: Day | null; kind: Claim['kind'] }
  | { provider: string; says: string; asOf: string }
  | { season: number; stands: SettledSeason['status']['status'] }

/** A sentence with its grounds; without any it must not be said. */
export interface Sentence {
  said: Said
  /** The season it is about; null for the show. */
  season: number | null
  /** What it says of when, EDTF; null where it names no time. */
  when: string | null
  grounds: Ground[]
}

/** A premiere as one provider gives it. */
export interface PremiereFact {
  provider: string
  value: string
  seenOn: Day
}

interface Show {
  seasons: SettledSeason[]
  status: ShowStatus
}

const asGround = ({ id, publishedOn, kind }: Claim): Ground => ({ claim: id, publishedOn, kind })

/**
 * Every sentence about a show that needs a ground, each with the claims and facts that carry it: a stop its statements,
 * "over" and "running" the label, "missed" the window and whoever looked after its end, "premiered" a statement of its
 * day or later or an episode record, a season without a day the one after it, "last looked" the pages read that day.
 */
export function groundsOf(
  { seasons, status }: Show,
  premieresOf: (season: number) => PremiereFact[],
  today: Day,
): Sentence[] {
  const claims = new Map(seasons.flatMap((season) => season.claims.map((claim) => [claim.id, claim])))
  const named = (ids: readonly string[]): Ground[] =>
    ids.flatMap((id) => {
      const claim = claims.get(id)
      return claim && !(claim.retractedOn && claim.retractedOn <= today) ? [asGround(claim)] : []
    })
  const label: Ground[] = status.label
    ? [{ provider: status.label.provider, says: status.label.label, asOf: status.label.asOf }]
    : []
  const found: Sentence[] = []
  if (status.status === 'over' || status.status === 'running')
    found.push({ said: status.status, season: null, when: status.since, grounds: label })
  if (status.status === 'cancelled' || status.status === 'ended')
    found.push({
      said: status.status === 'ended' ? 'ended by choice' : 'cancelled',
      ...{ season: null, when: status.since, grounds: named(status.because) },
    })
  for (const { facts, claims: own, status: state } of seasons) {
    const season = facts.number
    for (const { window, claimIds, lookedOn, by } of state.missed)
      found.push({
        ...{ said: 'missed' as const, season, when: window.edtf },
        grounds:
          named(claimIds).length > 0 && lookedOn > window.latest
            ? [...named(claimIds), ...(by ? named([by]) : premieresOf(season).map(began(season)))]
            : [],
      })
    if (state.premiereState === 'premiered')
      found.push({
        ...{ said: 'premiered' as const, season, when: state.premiere?.edtf ?? null },
        grounds: behind(),
      })
    const looked = own.filter(({ seenOn }) => seenOn === state.checkedOn)
    if (state.checkedOn)
      found.push({ said: 'last looked', season, when: state.checkedOn, grounds: looked.map(asGround) })

    function behind(): Ground[] {
      if (!state.premiere) {
        const later = seasons.find(
          ({ facts: { number, recorded }, claims, status: { status: word } }) =>
            number > season &&
            (recorded || claims.length > 0 || (word !== 'unannounced' && word !== 'cancelled')),
        )
        return later ? [{ season: later.facts.number, stands: later.status.status }] : label
      }
      const said = state.premiereBecause
        .flatMap((id) => claims.get(id) ?? [])
        .filter(({ publishedOn, latest }) => publishedOn !== null && latest !== null && publishedOn >= latest)
      const recorded = premieresOf(season).filter(
        ({ provider, seenOn }) => provider !== 'claim-pages' || seenOn >= state.premiere!.latest,
      )
      return state.byRecord ? recorded.map(began(season)) : said.map(asGround)
    }
  }
  return found
}

const began =
  (season: number) =>
  ({ provider, value, seenOn }: PremiereFact): Ground => ({
    ...{ provider, says: `season ${season} began ${value}`, asOf: seenOn },
  })
