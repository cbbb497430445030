import type { SeasonView, ShowPage } from '@/lib/pages/types'
import { daysBetween } from '@/lib/shared/day'
import { isFinished } from '@/lib/status/show'
import type { TrackStep, Window } from '@/lib/status/types'
import { type Gap, gapsBetween } from './gaps'
import { providerWords } from './provider-words'

/** Who gives a value: a provider in words, or a claim of the season with its source. */
export interface Giver {
  name: string
  claimId: string | null
}

/** What is on record of a season that is complete; null for what is not known. */
export interface SeasonRun {
  /** The way to the screen, as far as somebody said when: ordered, filming, filmed. */
  steps: TrackStep[]
  premiere: { edtf: string; by: Giver[] } | null
  finale: { edtf: string; by: Giver[] } | null
  episodes: { count: number; by: Giver[] } | null
  /** From the first day to the last, both counted; fewest and most days that the two dates allow. */
  length: { least: number; most: number } | null
  /** From the premiere of the season before it to its own. */
  before: Gap | null
  /** From its premiere to that of the season after it, or to today while a next one may come. */
  after: Gap | null
}

const WAY = new Set<TrackStep['step']>(['announced', 'filming', 'wrapped'])

const named = (providers: string[]): Giver[] =>
  [...new Set(providers.map(providerWords))].map((name) => ({ name, claimId: null }))

function lengthOf(premiere: Window | null, finale: Window | null): SeasonRun['length'] {
  if (!premiere || !finale || finale.latest < premiere.earliest) return null
  return {
    least: Math.max(0, daysBetween(premiere.latest, finale.earliest)) + 1,
    most: daysBetween(premiere.earliest, finale.latest) + 1,
  }
}

/**
 * What is on record of a season of a show; null for one that is not complete: it has a way to go, and that is shown
 * instead. An end that may still be to come is none.
 */
export function seasonRun(
  show: Pick<ShowPage, 'seasons' | 'status' | 'today'>,
  season: SeasonView,
): SeasonRun | null {
  const { state, recordedBy, claims, number } = season
  if (state.status !== 'complete') return null
  const gaps = gapsBetween(show.seasons, show.status.nextSeason, !isFinished(show.status), show.today)
  const finale = season.finale && season.finale.latest <= show.today ? season.finale : null
  const bySource = state.premiereBecause.flatMap((id) => {
    const claim = claims.find((one) => one.id === id)
    return claim ? [{ name: claim.source.name, claimId: id }] : []
  })
  const { premiere, episodes } = season
  return {
    steps: state.track.filter(
      ({ step, state: reached, edtf, claimId }) =>
        WAY.has(step) && reached !== 'open' && (edtf !== null || claimId !== null),
    ),
    premiere: premiere && {
      edtf: premiere.edtf,
      by: recordedBy.premiere.length > 0 ? named(recordedBy.premiere) : bySource,
    },
    finale: finale && { edtf: finale.edtf, by: named(recordedBy.finale) },
    episodes: episodes === null ? null : { count: episodes, by: named(recordedBy.episodes) },
    length: lengthOf(premiere, finale),
    before: gaps.find(({ to, running }) => to === number && !running) ?? null,
    after: gaps.find(({ from }) => from === number) ?? null,
  }
}

/** The cast of a season that is over: the show's, whoever of it stays or leaves since; who comes new was not in it. */
export const castOfRun = (cast: ShowPage['cast']): ShowPage['cast'] =>
  cast
    .filter(({ returning }) => returning !== 'new')
    .map((member) => ({ ...member, returning: null, claimId: null, said: null }))
