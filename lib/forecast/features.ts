/**
 * Pure. What a forecast may rest on: numbers that could be known on its day. Whatever a row says of a later day (an end to
 * come, episodes not yet aired, a label, hours viewed) is cut to what had happened or not read at all.
 */
import { median } from '@/lib/learning/metrics'
import { NETWORK_CLASSES, networkClass } from './networks'
import { type Decided, keysOf, networkKey, type Rates } from './rates'
import { titleMarks } from './title-marks'
import { type DayNumber, endOf, type History, RENEWAL_DAYS, rowBy, type SeasonRow } from './types'

/** Stands for what is not known. */
export const UNKNOWN = -1

/** A question about one season on a day. */
export interface Question {
  history: History
  season: number
  asOf: DayNumber
}

/** What is worked out once for all features of a question. */
interface Known extends Question {
  row: SeasonRow & { premiere: DayNumber }
  rates: Rates
  /** Seasons of the show that premiered by the day, in order, this one among them, and gaps between neighbours. */
  dated: (SeasonRow & { premiere: DayNumber })[]
  /** Of neighbouring numbers before this season, the newest first. */
  gaps: number[]
  own: Decided[]
  genres: ReadonlySet<string>
  country: string | null
}

export interface Feature {
  code: string
  of: (known: Known) => number
}

const DAYS_A_YEAR = 365.2425

/** Episodes that can have aired by a day: all of them once the end is past, else at most one a week. */
function airedBy(row: SeasonRow, asOf: DayNumber): number {
  if (row.episodes === null || row.premiere === null) return UNKNOWN
  if (row.end !== null) return row.episodes
  return Math.min(row.episodes, Math.max(1, Math.floor((asOf - row.premiere) / 7) + 1))
}

/** The rate of a key, drawn towards another as far as its own seasons are few (empirical Bayes). */
function shrunk(part: number, whole: number, towards: number, weight: number): number {
  return (part + weight * towards) / (whole + weight)
}

const PRIOR_WEIGHT = 8

function sourceRate({ rates, history, asOf, own }: Known): number {
  const rate = rates.at(history.source, asOf, own)
  return shrunk(rate.returned, rate.seasons, 0.5, 4)
}

function bandRate(known: Known): number {
  const rate = known.rates.at(keysOf(known.row)[1]!, known.asOf, known.own)
  return shrunk(rate.returned, rate.seasons, sourceRate(known), PRIOR_WEIGHT)
}

const networkOf = ({ row, history }: Known) =>
  row.network ? `${history.source} network ${networkKey(row.network)}` : null

function soonRateOf(known: Known, key: string | null): number {
  const all = known.rates.at(known.history.source, known.asOf, known.own)
  const base = shrunk(all.returnedSoon, all.soonSeasons, 0.4, 4)
  if (!key) return base
  const rate = known.rates.at(key, known.asOf, known.own)
  return shrunk(rate.returnedSoon, rate.soonSeasons, base, PRIOR_WEIGHT)
}

/** The mean logarithm of gaps under a key. */
function logGapOf(known: Known, key: string | null): number {
  const all = known.rates.at(known.history.source, known.asOf, known.own)
  const base = shrunk(all.logGaps, all.returned, Math.log(365), 4)
  if (!key) return base
  const rate = known.rates.at(key, known.asOf, known.own)
  return shrunk(rate.logGaps, rate.returned, base, PRIOR_WEIGHT)
}

const previous = ({ dated, row }: Known) => dated.findLast(({ season }) => season < row.season) ?? null

/** A gap before this season as another source has it. */
function gapElsewhere({ history, row }: Known): number {
  for (const theirs of history.elsewhere) {
    const here = theirs.get(row.season)?.premiere
    const before = theirs.get(row.season - 1)?.premiere
    if (here !== undefined && before !== undefined && here > before) return here - before
  }
  return UNKNOWN
}

const GENRES: Record<string, RegExp> = {
  drama: /\bdramas?\b/,
  comedy: /comedy|sitcom|gag/,
  romance: /romance|love/,
  crime: /crime|detective|law|legal/,
  mystery: /mystery|suspense/,
  thriller: /thriller|psychological/,
  action: /action|martial|wuxia|super power/,
  fantasy: /fantasy|supernatural|isekai|mythology/,
  'sci-fi': /sci-?fi|science|mecha|space/,
  horror: /horror|gore/,
  historical: /histor|samurai|war$/,
  youth: /youth|school|teen/,
  family: /family|children|kids/,
  life: /^life$|slice of life|iyashikei|workplace|business/,
  melodrama: /melodrama/,
  sports: /sport/,
  music: /music|idol/,
  medical: /medical/,
  animation: /animation|anime/,
  reality: /reality|game-show|variety|talk|cooking|food|travel|diy/,
  documentary: /documentary|biography|nature|news/,
  shounen: /shounen/,
  shoujo: /shoujo|josei|mahou/,
  seinen: /seinen/,
  ecchi: /ecchi|harem|hentai/,
  adventure: /adventure/,
}

const COUNTRIES: Record<string, RegExp> = {
  us: /^(us|united states|usa)$/i,
  gb: /^(gb|uk|united kingdom)$/i,
  jp: /^(jp|japan)$/i,
  kr: /^(kr|south korea|korea)$/i,
  cn: /^(cn|china)$/i,
  th: /^(th|thailand)$/i,
  tw: /^(tw|taiwan|hk|hong kong)$/i,
}

const SOURCES = ['rrmeiju', 'netflix', 'bangumi', 'mdl', 'tmdb_2019', 'tmdb_vef2']
const KINDS = ['scripted', 'anime', 'animation', 'reality', 'documentary']
const MATERIALS = ['original', 'manga', 'light_novel', 'novel', 'video_game', 'webtoon']

const MARKS = Object.keys(titleMarks('', 1)) as (keyof ReturnType<typeof titleMarks>)[]

/** When in the year a day falls, 0 to 1. */
const yearPart = (day: DayNumber) => (day / DAYS_A_YEAR) % 1

/** A flag per name of a list. */
const flags = <T extends string>(
  prefix: string,
  names: readonly T[],
  holds: (known: Known, name: T) => boolean | null,
): Feature[] =>
  names.map((name) => ({
    code: `${prefix}:${name}`,
    of: (known) => {
      const held = holds(known, name)
      return held === null ? UNKNOWN : Number(held)
    },
  }))

const lastGap = ({ gaps }: Known) => gaps[0] ?? UNKNOWN

export const FEATURES: Feature[] = [
  { code: 'season', of: ({ season }) => Math.min(season, 30) },
  { code: 'year', of: ({ row }) => 1970 + row.premiere / DAYS_A_YEAR },
  { code: 'month', of: ({ row }) => 12 * yearPart(row.premiere) },
  { code: 'weekday', of: ({ row }) => (row.premiere + 4) % 7 },
  { code: 'asked-month', of: ({ asOf }) => 12 * yearPart(asOf) },
  { code: 'waited', of: ({ row, asOf }) => asOf - row.premiere },
  { code: 'waited-since-end', of: ({ row, asOf }) => asOf - endOf(row) },
  {
    code: 'length',
    of: ({ row }) => (row.end === null ? UNKNOWN : row.end - row.premiere),
  },
  { code: 'all-at-once', of: ({ row }) => (row.end === null ? UNKNOWN : Number(row.end === row.premiere)) },
  { code: 'episodes', of: ({ row, asOf }) => airedBy(row, asOf) },
  {
    code: 'episodes-change',
    of: (known) => {
      const before = previous(known)
      if (!before) return UNKNOWN
      const [now, then] = [airedBy(known.row, known.asOf), airedBy(before, known.asOf)]
      return now > 0 && then > 0 ? now / then : UNKNOWN
    },
  },
  {
    code: 'pace',
    of: ({ row, asOf }) => {
      const aired = airedBy(row, asOf)
      if (aired <= 0 || row.end === null) return UNKNOWN
      return aired / Math.max(1, (row.end - row.premiere) / 7 + 1)
    },
  },
  { code: 'runtime', of: ({ row }) => row.runtimeMinutes ?? UNKNOWN },
  {
    code: 'runtime-change',
    of: (known) => {
      const then = previous(known)?.runtimeMinutes
      return known.row.runtimeMinutes && then ? known.row.runtimeMinutes / then : UNKNOWN
    },
  },
  { code: 'global', of: ({ row }) => (row.global === null ? UNKNOWN : Number(row.global)) },
  { code: 'age', of: ({ row, dated }) => row.premiere - dated[0]!.premiere },
  { code: 'seasons-known', of: ({ dated }) => Math.min(20, dated.length) },
  { code: 'undated-before', of: ({ history }) => history.seasons.filter((s) => s.premiere === null).length },
  { code: 'last-gap', of: lastGap },
  { code: 'median-gap', of: ({ gaps }) => (gaps.length ? median(gaps) : UNKNOWN) },
  { code: 'least-gap', of: ({ gaps }) => (gaps.length ? Math.min(...gaps) : UNKNOWN) },
  { code: 'most-gap', of: ({ gaps }) => (gaps.length ? Math.max(...gaps) : UNKNOWN) },
  { code: 'gap-before-last', of: ({ gaps }) => gaps[1] ?? UNKNOWN },
  { code: 'gap-trend', of: ({ gaps }) => (gaps.length > 1 ? gaps[0]! / gaps[1]! : UNKNOWN) },
  { code: 'gap-elsewhere', of: gapElsewhere },
  {
    code: 'last-gap-off-year',
    of: ({ gaps }) => (gaps.length ? Math.abs(gaps[0]! - 364) : UNKNOWN),
  },
  {
    code: 'waited-of-gap',
    of: ({ gaps, row, asOf }) => (gaps.length ? (asOf - row.premiere) / gaps[0]! : UNKNOWN),
  },
  { code: 'kin', of: ({ history }) => Math.min(10, history.kin) },
  { code: 'elsewhere', of: ({ history }) => history.elsewhere.length },
  {
    code: 'elsewhere-seasons',
    of: ({ history }) => Math.max(0, ...history.elsewhere.map((theirs) => Math.max(...theirs.keys()))),
  },
  { code: 'source-rate', of: sourceRate },
  { code: 'band-rate', of: bandRate },
  {
    code: 'network-rate',
    of: (known) => {
      const key = networkOf(known)
      if (!key) return bandRate(known)
      const rate = known.rates.at(key, known.asOf, known.own)
      return shrunk(rate.returned, rate.seasons, sourceRate(known), PRIOR_WEIGHT)
    },
  },
  {
    code: 'network-rate-lists',
    of: (known) => {
      if (!known.row.network) return UNKNOWN
      const rate = known.rates.at(`network ${networkKey(known.row.network)}`, known.asOf, known.own)
      return shrunk(rate.returned, rate.seasons, sourceRate(known), PRIOR_WEIGHT)
    },
  },
  { code: 'network-rate-soon', of: (known) => soonRateOf(known, networkOf(known)) },
  {
    code: 'network-seasons',
    of: (known) => {
      const key = networkOf(known)
      return key ? Math.log1p(Math.max(0, known.rates.at(key, known.asOf, known.own).soonSeasons)) : UNKNOWN
    },
  },
  { code: 'network-gap', of: (known) => logGapOf(known, networkOf(known)) },
  { code: 'source-gap', of: (known) => logGapOf(known, null) },
  { code: 'cast', of: ({ history }) => history.facts?.castCount ?? UNKNOWN },
  ...flags('source', SOURCES, ({ history }, name) => history.source === name),
  ...flags('class', NETWORK_CLASSES, ({ row }, name) =>
    row.network ? networkClass(row.network) === name : null,
  ),
  ...flags('country', Object.keys(COUNTRIES), ({ country }, name) =>
    country ? COUNTRIES[name]!.test(country) : null,
  ),
  ...flags('genre', Object.keys(GENRES), ({ genres }, name) => {
    if (genres.size === 0) return null
    for (const genre of genres) if (GENRES[name]!.test(genre)) return true
    return false
  }),
  ...flags('kind', KINDS, ({ history }, name) => (history.facts?.kind ? history.facts.kind === name : null)),
  ...flags('material', MATERIALS, ({ history }, name) =>
    history.facts?.sourceMaterial ? history.facts.sourceMaterial.replace(' ', '_') === name : null,
  ),
  ...MARKS.map((mark) => ({
    code: `title:${mark}`,
    of: ({ row }: Known) => titleMarks(row.title, row.season)[mark],
  })),
]

export const WIDTH = FEATURES.length

/** A season of another list is the same one if their premieres lie no further apart; else a show of the same name. */
const TWIN_DAYS_MAX = 400

/** Writes a question's features into a row of a table; false where the season has no premiere by the day. */
export function measure(question: Question, rates: Rates, out: Float32Array, at: number): boolean {
  const { history, season, asOf } = question
  const dated = history.seasons.flatMap((one) =>
    one.premiere !== null && one.premiere <= asOf && one.season >= 1
      ? [{ ...rowBy(one, asOf), premiere: one.premiere }]
      : [],
  )
  const row = dated.find((candidate) => candidate.season === season)
  if (!row) return false
  const gaps: number[] = []
  for (let i = dated.indexOf(row); i > 0; i--) {
    const gap = dated[i]!.premiere - dated[i - 1]!.premiere
    if (dated[i]!.season - dated[i - 1]!.season === 1 && gap > 0) gaps.push(gap)
  }
  const own = dated.map(({ premiere, season: number }) => {
    const next = dated.find((candidate) => candidate.season === number + 1)
    return { premiere, gapDays: next ? next.premiere - premiere : null }
  })
  const twins = history.elsewhere.flatMap((theirs) => {
    const twin = theirs.get(season)
    return twin && Math.abs(twin.premiere - row.premiere) <= TWIN_DAYS_MAX ? [twin] : []
  })
  const genres = new Set(
    [row, ...twins, history.facts].flatMap((told) => told?.genres ?? []).map((genre) => genre.toLowerCase()),
  )
  const country = row.country ?? history.facts?.country ?? twins.find((twin) => twin.country)?.country ?? null
  const known: Known = { ...question, row, rates, dated, gaps, own, genres, country }
  for (let f = 0; f < WIDTH; f++) out[at + f] = FEATURES[f]!.of(known)
  return true
}

/** Whether the answer is known already: the next season came by the day, or the horizon is past without it. */
export function settled({ history, season, asOf }: Question): boolean | null {
  const premiere = history.seasons.find((row) => row.season === season)?.premiere ?? null
  const next = history.seasons.find((row) => row.season === season + 1)?.premiere ?? null
  if (premiere === null) return null
  if (next !== null && next <= asOf) return next - premiere <= RENEWAL_DAYS
  return asOf - premiere >= RENEWAL_DAYS ? false : null
}
