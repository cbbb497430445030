/** What a page knows, in the shapes the JSON API promised. */
import { idsOf } from '@/lib/catalogue/ids'
import { type Estimate, monthsOf } from '@/lib/forecast/estimate'
import type { Change } from '@/lib/ledger/types'
import { eventWords } from '@/lib/ledger/words'
import type { ShowListItem } from '@/lib/lists/types'
import type { OperationPage } from '@/lib/open-data/operations'
import type { SeasonView, ShowPage } from '@/lib/pages/types'
import type { SearchRow } from '@/lib/search/types'
import { type Day, isDay } from '@/lib/shared/day'
import { hasNoNext } from '@/lib/status/show'
import type { Window } from '@/lib/status/types'
import type {
  ApiChange,
  ApiForecast,
  ApiFound,
  ApiListedShow,
  ApiOperations,
  ApiSeason,
  ApiShow,
} from './shapes'
import { plainDate } from './words'

/** A season's number from a URL: 1 to 1000, plainly written; else null. */
export function readSeasonNumber(text: string): number | null {
  return /^[1-9]\d{0,2}$|^1000$/.test(text) ? Number(text) : null
}

const window = (value: Window | null): Window | null =>
  value && { edtf: value.edtf, earliest: value.earliest, latest: value.latest }

/** A forecast as the API gives it: days to the month, since more would claim more than is known. */
function apiForecast(estimate: Estimate | null, number: number): ApiForecast | null {
  if (estimate?.kind !== 'made' || estimate.number !== number) return null
  return {
    made_on: estimate.madeOn,
    model: estimate.model,
    renewal: estimate.renewal,
    median: estimate.median.slice(0, 7),
    window50: monthsOf(estimate.low50, estimate.high50),
    window80: monthsOf(estimate.low80, estimate.high80),
    window95: monthsOf(estimate.low95, estimate.high95),
    class: estimate.class,
  }
}

function apiSeason(season: SeasonView, estimate: Estimate | null): ApiSeason {
  return {
    number: season.number,
    status: season.state.status,
    because: season.state.because,
    premiere: window(season.premiere),
    premiere_state: season.state.premiereState,
    finale: window(season.finale),
    episodes: season.episodes,
    claims: season.claims.map((claim) => ({
      id: claim.id,
      kind: claim.kind,
      value: claim.value,
      edtf: claim.edtf,
      source: claim.source.name,
      source_class: claim.sourceClass,
      url: claim.url,
      published_on: claim.publishedOn,
      state: claim.state,
    })),
    forecast: apiForecast(estimate, season.number),
  }
}

/** A show for `GET /api/v1/shows/{slug}`. */
export function apiShow(show: ShowPage): ApiShow {
  const first = show.seasons.find((season) => season.number === 1)
  const begun = first?.state.status === 'airing' || first?.state.status === 'complete'
  return {
    slug: show.slug,
    ids: idsOf(show.ids),
    title: show.title,
    original_title: show.originalTitle,
    aliases: show.aliases,
    kind: show.kind,
    country: show.country,
    network: show.network?.name ?? null,
    genres: show.genres.map((genre) => genre.name),
    tags: show.tags.map((tag) => tag.name),
    premiered: begun ? plainDate(first?.premiere ?? null) : null,
    ended: show.status.since,
    show_status: show.status.status,
    answer: show.status.answer,
    labels: show.labels.map(({ provider, label, asOf }) => ({ provider, label, as_of: asOf })),
    newest_source_on: show.newestSourceOn,
    seasons: show.seasons.map((season) => apiSeason(season, show.estimate)),
    cast: show.cast.map(({ claimId, said: _, ...member }) => ({ ...member, claim_id: claimId })),
    related: show.related.map(({ slug, title, score, reasons }) => ({
      slug,
      title,
      // A chance known to the thousandth; more digits would claim more than is known.
      score: Math.round(score * 1000) / 1000,
      reasons: reasons.map(({ kind, text }) => ({ kind, text })),
    })),
    checked_at: show.checkedOn,
    changed_at: show.changedOn,
  }
}

/** A show for `GET /api/v1/shows`. */
export function apiListedShow(item: ShowListItem): ApiListedShow {
  return {
    slug: item.slug,
    title: item.title,
    original_title: item.originalTitle,
    kind: item.kind,
    country: item.country,
    network: item.network,
    genres: item.genres,
    year: item.year,
    show_status: item.status,
    next_season: hasNoNext(item)
      ? null
      : { number: item.nextSeason, status: item.nextStatus, premiere: window(item.nextWindow) },
    changed_at: item.changedOn,
  }
}

/** A change for `GET /api/v1/changes`. */
export function apiChange(change: Change): ApiChange {
  return {
    id: change.id,
    show: { slug: change.show.slug, title: change.show.title },
    season: change.season,
    kind: change.kind,
    was: change.was,
    became: change.became,
    text: eventWords(change),
    because: change.because,
    happened_on: change.happenedOn,
    source: change.source && { name: change.source.name, url: change.source.url },
  }
}

/** Changes for `GET /api/v1/changes?after=`; lines keep the order of their fields, so that written again they are the same bytes. */
export function apiOperations({ operations, next, upToDate }: OperationPage): ApiOperations {
  return {
    operations: operations.map(({ line, ...operation }) => ({
      ...operation,
      line: line === null ? null : JSON.parse(line),
    })),
    next,
    up_to_date: upToDate,
  }
}

/** A serial; null where the parameter is absent. */
export function readSerial(text: string | null): Parameter<number | null> {
  if (text === null || text === '') return { ok: true, value: null }
  return /^\d{1,15}$/.test(text)
    ? { ok: true, value: Number(text) }
    : { ok: false, reason: 'It must be a serial: 0, or the `next` of an answer.' }
}

/** Query parameters by name; one given twice is a list, so that a reader of them can refuse it. */
export function readParameters(parameters: URLSearchParams): Record<string, string | string[]> {
  const read: Record<string, string | string[]> = {}
  for (const name of new Set(parameters.keys())) {
    const values = parameters.getAll(name)
    read[name] = values.length === 1 ? values[0]! : values
  }
  return read
}

/** A parameter's problem as a sentence, or its value. */
export type Parameter<T> = { ok: true; value: T } | { ok: false; reason: string }

/** A whole number within bounds; `otherwise` where the parameter is absent. */
export function readCount(
  text: string | null,
  least: number,
  most: number,
  otherwise: number,
): Parameter<number> {
  if (text === null || text === '') return { ok: true, value: otherwise }
  const value = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN
  return value >= least && value <= most
    ? { ok: true, value }
    : { ok: false, reason: `It must be a whole number from ${least} to ${most}.` }
}

// The first of the years dates are read from; before it there was no television either.
const FIRST_DAY = '1870-01-01'

/** A day, or an instant of which the day counts; null where the parameter is absent. */
export function readSince(text: string | null): Parameter<Day | null> {
  if (text === null || text === '') return { ok: true, value: null }
  const day = text.slice(0, 10)
  const rest = text.slice(10)
  return isDay(day) &&
    day >= FIRST_DAY &&
    (rest === '' || /^T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})?$/.test(rest))
    ? { ok: true, value: day }
    : { ok: false, reason: 'It must be a day that exists, from 1870 on, written like 2026-11-22.' }
}

/** A show that was found, for `GET /api/v1/search`. */
export function apiFound({ show, slug, title, matched, year, nearness, season }: SearchRow): ApiFound {
  return {
    slug,
    title,
    matched,
    year,
    nearness,
    season,
    network: show?.network ?? null,
    lamp: show?.lamp ?? null,
    says: show?.says ?? null,
  }
}
