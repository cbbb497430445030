import { familyOf, shown } from '@/lib/catalogue/facts'
import type { Fact } from '@/lib/catalogue/types'
import type { Day } from '@/lib/shared/day'
import { parseEdtf } from '@/lib/shared/edtf'
import type { Entry, SeasonEntry, SetName } from './entry'

/** A date that a set gives and that is not believed, for the report. */
export interface Disagreement {
  season: number
  believed: string
  doubted: string
}

export interface SeasonsBuilt {
  /** What each set gives of each season, as far as it can be believed; `lib/catalogue/facts` says what is shown of it. */
  facts: Fact[]
  names: Map<number, string>
  disagreements: Disagreement[]
  /** Netflix days left out, by reason. */
  arrivals: { day: string; season: number; why: string }[]
  /** Netflix days believed. */
  netflixDays: number
}

const bounds = (edtf: string) => {
  const result = parseEdtf(edtf)
  return result.ok ? result.window : null
}

/** True where every day that `fine` allows is one that `coarse` allows. */
export function within(fine: string, coarse: string): boolean {
  const [a, b] = [bounds(fine), bounds(coarse)]
  return a !== null && b !== null && a.earliest >= b.earliest && a.latest <= b.latest
}

/** A day in one part of the world is another elsewhere, and a release at midnight is listed on either. */
const CLOCKS_DAYS = 3
const daysApart = (a: string, b: string) => Math.abs(Date.parse(a) - Date.parse(b)) / 86_400_000

const widthDays = (edtf: string) => {
  const window = bounds(edtf)
  return window
    ? (Date.parse(window.latest) - Date.parse(window.earliest)) / 86_400_000
    : Number.POSITIVE_INFINITY
}
const daysBetween = (a: string, b: string) => {
  const [from, to] = [bounds(a), bounds(b)]
  return from && to ? (Date.parse(to.latest) - Date.parse(from.earliest)) / 86_400_000 : Number.NaN
}

/** Sets that name whoever carries a show, or nobody: "Netflix" there need not mean made for Netflix. */
const DOES_NOT_KNOW_HOME: SetName[] = [
  'anime-seasons',
  'anime-genres',
  'bangumi-subjects',
  'tvmaze-2025',
  'netflix-originals-wikipedia',
  'streaming-titles',
  'netflix-titles',
  'netflix-reports',
  'tagged',
]
const knowsHome = ({ set }: Entry) => !DOES_NOT_KNOW_HOME.includes(set)

/**
 * Where a show is at home, as the sets that can know it say; a service that may only carry it counts where nobody names
 * another home. Undefined where none is named.
 */
export const homeNetwork = (entries: Entry[]) =>
  entries.find((entry) => entry.network && !entry.carried && knowsHome(entry))?.network ??
  entries.find((entry) => entry.network && knowsHome(entry))?.network ??
  entries.find((entry) => entry.network)?.network

/**
 * Countries whose broadcasters' shows come to Netflix within the year they began: there the year alone proves nothing.
 * Checked on shows with a premiere known elsewhere: of the days left over none was more than a week off.
 */
const LICENSES = new Set(
  (
    'United Kingdom|Ireland|Canada|Australia|New Zealand|Japan|South Korea|China|Taiwan|Hong Kong|Thailand|Singapore|' +
    'Malaysia|Philippines|Indonesia|Turkey|India|Pakistan|Israel|Egypt|Lebanon|Russia|Ukraine|Belgium|Netherlands|' +
    'Denmark|Norway|Sweden|Finland|Iceland|Luxembourg'
  ).split('|'),
)

/**
 * True where everything known makes a show Netflix's own: no other home is recorded, it was released everywhere in
 * the year in which another set says it began, and its country is not one that licenses its broadcasters' shows.
 */
export function madeForNetflix(entries: Entry[]): boolean {
  const home = homeNetwork(entries)
  if (home === 'Netflix') return true
  const arrival = entries.find(({ set }) => set === 'netflix-reports')?.startDay
  const starts = entries.flatMap((entry) =>
    entry.set !== 'netflix-reports' && entry.startDay ? [entry.startDay] : [],
  )
  // It began on Netflix on that very day, whoever shows it now.
  if (arrival && starts.some((day) => daysApart(day, arrival) <= CLOCKS_DAYS)) return true
  if (home) return false
  const told = entries.filter((entry) => entry.set !== 'netflix-reports')
  const first = entries.find((entry) => entry.set === 'netflix-reports' && entry.startYear)?.startYear
  const country = told.find((entry) => entry.countries[0])?.countries[0]
  const year = told.find((entry) => entry.startYear)?.startYear
  return first !== undefined && first === year && country !== undefined && !LICENSES.has(country)
}

/** Why a Netflix day is no premiere, or null where it may be believed. */
export function arrivalReason(
  season: SeasonEntry,
  told: { edtf: string } | null,
  home: string | undefined,
  own: boolean,
): string | null {
  const day = season.premiere as string
  if (told && within(told.edtf, day)) return null
  if (told?.edtf.length === 10 && daysApart(told.edtf, day) <= CLOCKS_DAYS) return null
  if (told && !within(day, told.edtf)) return 'another set dates the season otherwise'
  if (own) return null
  if (home) return 'the show is at home on another network: the day is when it arrived'
  return told && widthDays(told.edtf) <= 31 ? null : 'nothing says that it was made for Netflix'
}

const A_SEASON_LATER_DAYS = 300

/**
 * Takes out report days whose numbers or lateness show that they are no premieres. A day before the season's real
 * premiere means that parts are counted (*The Ranch* has eight in four seasons), so none of the show's days holds.
 * A day after it means that this season arrived late: the others may have too, unless the show has since moved to
 * Netflix (its present network on the claim pages) and they came at least 300 days later.
 */
function sift(
  reports: SeasonEntry[],
  told: (season: number) => { edtf: string } | null,
  entries: Entry[],
): { trusted: SeasonEntry[]; refused: SeasonsBuilt['arrivals']; parts: boolean } {
  const compared = reports.map((report) => {
    const best = told(report.number)
    const day = report.premiere as string
    const isDay = best?.edtf.length === 10
    const fits =
      best === null ||
      within(day, best.edtf) ||
      within(best.edtf, day) ||
      (isDay && daysApart(day, best.edtf) <= CLOCKS_DAYS)
    return {
      report,
      day,
      best,
      fits,
      early: !fits && best !== null && day < (bounds(best.edtf)?.earliest ?? ''),
    }
  })
  const late = compared.filter(({ fits, early }) => !fits && !early).at(-1)
  const parts = compared.some(({ early }) => early)
  const moved = entries.some((entry) => entry.set === 'claim-pages' && entry.network === 'Netflix')
  const trusted: SeasonEntry[] = []
  const refused: SeasonsBuilt['arrivals'] = []
  for (const { report, day, best, fits } of compared) {
    const why = parts
      ? 'a day before the known premiere shows that it counts parts, not seasons'
      : !fits
        ? 'another set knows an earlier premiere: the day is when it arrived'
        : late && best === null && !(moved && daysBetween(late.day, day) >= A_SEASON_LATER_DAYS)
          ? 'a season of the show arrived late, so this one may have too'
          : null
    if (why) refused.push({ day, season: report.number, why })
    else trusted.push(report)
  }
  return { trusted, refused, parts }
}

/** Lists that count as Netflix does, parts where it has parts. */
const COUNTS_PARTS: SetName[] = ['netflix-titles', 'netflix-originals-wikipedia']

const COUNTED = 'yes'

/** What the sets give of one show's seasons: numbered from 1 without a gap, dated where a date can be believed. */
export function buildSeasons(given: Entry[], today: Day): SeasonsBuilt {
  const entries = asClaimed(given)
  const disagreements: Disagreement[] = []
  const arrivals: SeasonsBuilt['arrivals'] = []
  const plain = entries.filter((entry) => entry.set !== 'netflix-reports')
  const reports = entries.filter((entry) => entry.set === 'netflix-reports').flatMap((entry) => entry.seasons)
  const home = homeNetwork(entries)
  const own = madeForNetflix(entries)
  // What a shop lists of an anime are the runs it may show, which are not its seasons.
  const curated = entries.some((entry) => entry.set === 'bangumi-data' || entry.set === 'anime-seasons')
  const tells = (entry: Entry) =>
    !(curated && (entry.set === 'streaming-titles' || entry.set === 'netflix-titles'))
  const listed = newestFirst(plain.filter(tells)).flatMap((entry) =>
    entry.seasons.map((season) => ({ ...season, set: entry.set })),
  )
  const fact = (season: number, field: Fact['field'], provider: SetName, value: string): Fact => ({
    season,
    field,
    provider: familyOf(provider),
    value,
    as_of: null,
    seen_on: today,
    withdrawn_on: null,
  })
  const statedOf = (number: number): Fact[] =>
    distinct(
      listed
        .filter((season) => season.number === number)
        .flatMap((season) => [
          fact(number, 'counted', season.set, COUNTED),
          ...(['premiere', 'finale', 'episodes'] as const).flatMap((field) =>
            season[field] ? [fact(number, field, season.set, String(season[field]))] : [],
          ),
        ]),
    )
  const premiereOf = (facts: Fact[]) =>
    shown(
      'premiere',
      facts.filter(({ field }) => field === 'premiere'),
    )
  const told = (number: number) => {
    const { value } = premiereOf(statedOf(number))
    return value ? { edtf: value } : null
  }
  const { trusted, refused, parts } = sift(reports, told, entries)
  arrivals.push(...refused)
  // Where Netflix counts parts, or its licence covers some runs of an anime, its count is not the number of seasons.
  const counts = plain
    .filter((entry) => !curated && !(parts && COUNTS_PARTS.includes(entry.set)))
    .flatMap((entry) => (entry.seasonCount ? [{ set: entry.set, count: entry.seasonCount }] : []))
  const listers = listed.map(({ set, number }) => ({ set, count: number }))
  // A season only the reports know exists where the show is Netflix's own.
  const reported = own
    ? trusted.map(({ number }) => ({ set: 'netflix-reports' as const, count: number }))
    : []
  const counters = [...counts, ...listers, ...reported].sort((a, b) => b.count - a.count)
  const last = counters[0]?.count ?? 0
  const facts: Fact[] = []
  const names = new Map<number, string>()
  let latest = ''
  let netflixDays = 0
  for (let number = 1; number <= last; number++) {
    let here = statedOf(number)
    const best = told(number)
    for (const season of trusted.filter((report) => report.number === number)) {
      const day = season.premiere as string
      const why = arrivalReason(season, best, home, own)
      if (why) arrivals.push({ day, season: number, why })
      else {
        here.push(
          fact(number, 'counted', 'netflix-reports', COUNTED),
          fact(number, 'premiere', 'netflix-reports', day),
        )
        netflixDays++
      }
    }
    here = distinct(here)
    const premiere = premiereOf(here)
    for (const other of premiere.differing)
      disagreements.push({
        season: number,
        believed: premiere.value ?? '',
        doubted: `${other.value} (${other.providers.join(', ')})`,
      })
    const window = premiere.value ? bounds(premiere.value) : null
    if (window && (window.latest < latest || window.earliest > today)) {
      disagreements.push({ season: number, believed: latest, doubted: `${premiere.value} (out of order)` })
      here = here.filter(({ field }) => field === 'counted')
    } else if (window) latest = window.earliest
    // Whoever counts further counts this one too, though without a word about it.
    if (here.length === 0)
      here.push(
        fact(number, 'counted', counters.find(({ count }) => count >= number)?.set ?? 'by-hand', COUNTED),
      )
    const name = listed.find((season) => season.number === number && season.name)?.name
    if (name) names.set(number, name)
    facts.push(...here)
  }
  facts.push(...yearsThatFollow(facts, last, endOf(entries), premiereOf))
  return { facts, names, disagreements, arrivals, netflixDays }
}

/** The last day of a show that a set lists as finished; of several the latest. */
const endOf = (entries: Entry[]): string =>
  entries
    .flatMap(({ ended }) => (ended ? [ended] : []))
    .reduce((day, other) => (other > day ? other : day), '')

/**
 * Years that follow with certainty for seasons nobody dates: between two dates of one year, or where the show ended in
 * the year of the season before. Whoever counts the season says so.
 */
function yearsThatFollow(
  facts: Fact[],
  last: number,
  end: string,
  premiereOf: (facts: Fact[]) => { value: string | null },
): Fact[] {
  const years = Array.from({ length: last }, (_, i) => {
    const { value } = premiereOf(facts.filter(({ season }) => season === i + 1))
    return value?.slice(0, 4) ?? null
  })
  return years.flatMap((known, i) => {
    const before = years
      .slice(0, i)
      .filter((year) => year !== null)
      .at(-1)
    const after = years.slice(i + 1).find((year) => year !== null) ?? end.slice(0, 4)
    const counted = facts.find(({ season, field }) => season === i + 1 && field === 'counted')
    if (known || !before || before !== after || !counted) return []
    return [{ ...counted, field: 'premiere' as const, value: before }]
  })
}

const OTHER_COUNT_DAYS = 150
const ABOUT_A_MONTH_DAYS = 31

/**
 * Seasons as the pages of our claims count them. Providers cut an anime otherwise (two runs of one season as two); where
 * a set dates a season far from the page's day of that number, its seasons take the number of the page's season that
 * began when they did, and what began with none of them is a part and no season.
 */
function asClaimed(entries: Entry[]): Entry[] {
  const pages = entries.find(({ set, seasons }) => set === 'claim-pages' && seasons.length > 1)
  if (!pages) return entries
  const days = pages.seasons.flatMap(({ number, premiere }) => {
    const window = premiere ? bounds(premiere) : null
    return window ? [{ number, ...window }] : []
  })
  const apart = (day: string, season: (typeof days)[number]) =>
    day < season.earliest
      ? daysApart(day, season.earliest)
      : day > season.latest
        ? daysApart(day, season.latest)
        : 0
  return entries.map((entry) => {
    if (!['bangumi-data', 'anime-seasons', 'bangumi-subjects'].includes(entry.set)) return entry
    const otherwise = entries.flatMap(({ set, seasons }) =>
      set === 'bangumi-data'
        ? seasons.filter(({ number, premiere }) =>
            days.some((day) => day.number === number && premiere && apart(premiere, day) > OTHER_COUNT_DAYS),
          )
        : [],
    )
    if (otherwise.length === 0) return entry
    const from = Math.min(...otherwise.map(({ number }) => number))
    const seasons = entry.seasons.flatMap((season) => {
      if (season.number < from) return [season]
      const day = season.premiere
      const same = day && days.find((other) => apart(day, other) <= ABOUT_A_MONTH_DAYS)
      return same ? [{ ...season, number: same.number }] : []
    })
    return { ...entry, seasons }
  })
}

/** Of the copies of one provider the newest that knows days comes first. */
const COPIES: SetName[] = ['tvmaze-2025-10', 'tvmaze-schedule', 'tvmaze-2024', 'tvmaze-2025']
const newestFirst = (entries: Entry[]) =>
  [...entries].sort((a, b) => COPIES.indexOf(a.set) - COPIES.indexOf(b.set))

/** A provider that says something twice (two copies, or two entries of one show) says it once; the first time counts. */
function distinct(facts: Fact[]): Fact[] {
  const seen = new Set<string>()
  return facts.filter(({ field, provider }) => {
    const key = `${field} ${provider}`
    return !seen.has(key) && seen.add(key)
  })
}
