/** What grounds each thing we say of a show that somebody could dispute. Pure. */
import type { Day } from '@/lib/shared/day'
import { oneSpelling } from '@/lib/shared/edtf'
import type { Claim } from '@/lib/status/claim'
import type { SettledSeason, ShowStatus, Silence } from '@/lib/status/types'

/** What is said, in the words of the design's rules. */
export type Said =
  | 'over'
  | 'missed'
  | 'premiered'
  | 'cancelled'
  | 'ended by choice'
  | 'last looked'
  | 'running'
  | 'season ended'
  | 'last episode'
  | 'seasons there are'
  | 'listed as'

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

/** A field as one provider gives it, with the day it was seen to. */
export interface GivenFact {
  provider: string
  value: string
  seenOn: Day
}

/** The fields a sentence may rest on: of a season its days; of the show (season 0) its end and its count of seasons. */
export type GroundField = 'premiere' | 'finale' | 'ended' | 'seasons'

/** What providers give of a field of a season, or of the show. */
export type Given = (season: number, field: GroundField) => GivenFact[]

interface Show {
  seasons: SettledSeason[]
  status: ShowStatus
}

const asGround = ({ id, publishedOn, kind }: Claim): Ground => ({ claim: id, publishedOn, kind })

/**
 * Every sentence about a show that needs a ground, each with the claims and facts that carry it: a stop its statements,
 * "over" and "running" the label, "missed" the window and whoever looked after its end, "premiered" a statement of its
 * day or later or an episode record, a season without a day the one after it, "last looked" the pages read that day. What
 * stands in for news (`ShowStatus.silence`): "ended" a finale that a provider gives, or the show's end; a last episode, a
 * count of seasons and a word on the show's future whoever gives them.
 */
export function groundsOf({ seasons, status }: Show, given: Given, today: Day): Sentence[] {
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
      season: null,
      when: status.since,
      grounds: named(status.because),
    })
  for (const { facts, claims: own, status: state } of seasons) {
    const season = facts.number
    for (const { window, claimIds, lookedOn, by } of state.missed)
      found.push({
        said: 'missed' as const,
        season,
        when: window.edtf,
        grounds:
          named(claimIds).length > 0 && lookedOn > window.latest
            ? [
                ...named(claimIds),
                ...(by ? named([by]) : given(season, 'premiere').map(stated(`season ${season} began`))),
                ...(by === null && facts.looked && lookedOn <= facts.looked.on
                  ? [{ provider: facts.looked.by, says: 'no premiere', asOf: lookedOn }]
                  : []),
              ]
            : [],
      })
    if (state.premiereState === 'premiered')
      found.push({
        said: 'premiered' as const,
        season,
        when: state.premiere?.edtf ?? null,
        grounds: behind(),
      })
    if (state.status === 'complete' && state.finale && state.finale.latest <= today)
      found.push({
        said: 'season ended' as const,
        season,
        when: state.finale.edtf,
        grounds: ending(given(season, 'finale'), state.finale.edtf, `season ${season} ended`),
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
      const recorded = given(season, 'premiere').filter(
        ({ provider, seenOn }) => provider !== 'claim-pages' || seenOn >= state.premiere!.latest,
      )
      return state.byRecord ? recorded.map(stated(`season ${season} began`)) : said.map(asGround)
    }
  }
  return [...found, ...silenceGrounds(status.silence, given)]
}

/** What is said for want of news, beside the days of the last season. */
function silenceGrounds(silence: Silence | null, given: Given): Sentence[] {
  if (!silence) return []
  const { season, finale, finaleBy, lastEpisode, total, label } = silence
  const endsBy = (provider: string) => given(0, 'ended').filter((fact) => fact.provider === provider)
  const found: Sentence[] = []
  if (finale && finaleBy)
    found.push({
      said: 'season ended',
      season,
      when: finale.edtf,
      grounds: ending(endsBy(finaleBy), finale.edtf, 'the show ended'),
    })
  if (lastEpisode)
    found.push({
      said: 'last episode',
      season: null,
      when: lastEpisode.edtf,
      grounds: ending(endsBy(lastEpisode.provider), lastEpisode.edtf, 'the show ended'),
    })
  if (total)
    found.push({
      said: 'seasons there are',
      season: null,
      when: null,
      grounds: given(0, 'seasons')
        .filter(({ value }) => Number(value) === total)
        .map(stated('seasons there are:')),
    })
  if (label)
    found.push({
      said: 'listed as',
      season: null,
      when: label.asOf,
      grounds: [{ provider: label.provider, says: label.label, asOf: label.asOf }],
    })
  return found
}

/** The facts that give exactly the end that is said. */
const ending = (facts: GivenFact[], edtf: string, what: string): Ground[] =>
  facts.filter(({ value }) => oneSpelling(value) === oneSpelling(edtf)).map(stated(what))

const stated =
  (what: string) =>
  ({ provider, value, seenOn }: GivenFact): Ground => ({ provider, says: `${what} ${value}`, asOf: seenOn })
