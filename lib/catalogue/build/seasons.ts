import { parseEdtf } from '@/lib/shared/edtf'
import type { Entry, SeasonEntry, SetName } from './entry'

/** A fact the sets disagree about, for the report. */
export interface Disagreement {
  season: number
  believed: string
  doubted: string
}

export interface SeasonsBuilt {
  seasons: SeasonEntry[]
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

/**
 * The most trusted date, made finer only by a set that agrees with it: "2021-09" by one and "2021-09-17" by another
 * is 17 September; "2021" by one and "2022-03-04" by another stays 2021.
 */
export function bestDate(
  dates: { set: SetName; edtf: string }[],
): { edtf: string; doubted: string[] } | null {
  const [first, ...rest] = dates.filter(({ edtf }) => bounds(edtf) !== null)
  if (!first) return null
  let edtf = first.edtf
  const doubted: string[] = []
  for (const other of rest) {
    if (within(other.edtf, edtf)) edtf = other.edtf
    else if (!within(edtf, other.edtf)) doubted.push(`${other.edtf} (${other.set})`)
  }
  return { edtf, doubted }
}

/** Sets that know where a show was first shown, so that "Netflix" there means made for Netflix. */
const KNOWS_HOME: SetName[] = [
  'claim-pages',
  'by-hand',
  'tvmaze-2024',
  'network-seasons',
  'bangumi-data',
  'premises',
]

/** Where a show is at home, as the sets that can know it say; undefined where none does. */
export const homeNetwork = (entries: Entry[]) =>
  entries.find((entry) => entry.network && KNOWS_HOME.includes(entry.set))?.network ??
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
  if (home) return home === 'Netflix'
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
    const fits = best === null || within(day, best.edtf) || within(best.edtf, day)
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

/** The seasons of one show from all sets: numbered from 1 without a gap, dated where a date can be believed. */
export function buildSeasons(entries: Entry[], today: string): SeasonsBuilt {
  const disagreements: Disagreement[] = []
  const arrivals: SeasonsBuilt['arrivals'] = []
  let netflixDays = 0
  const plain = entries.filter((entry) => entry.set !== 'netflix-reports')
  const reports = entries.filter((entry) => entry.set === 'netflix-reports').flatMap((entry) => entry.seasons)
  const home = homeNetwork(entries)
  const own = madeForNetflix(entries)
  const listed = plain.flatMap((entry) => entry.seasons.map((season) => ({ ...season, set: entry.set })))
  const curated = entries.some((entry) => entry.set === 'bangumi-data')
  const told = (number: number) =>
    bestDate(
      listed.flatMap((season) =>
        season.number === number && season.premiere ? [{ set: season.set, edtf: season.premiere }] : [],
      ),
    )
  const { trusted, refused, parts } = sift(reports, told, entries)
  arrivals.push(...refused)
  // Where Netflix counts parts, or its licence covers some runs of an anime, its count is not the number of seasons.
  const countable = plain.filter((entry) => !curated && !(parts && entry.set === 'netflix-titles'))
  const counted = Math.max(0, ...countable.map((entry) => entry.seasonCount ?? 0))
  const numbers = [...listed.map(({ number }) => number), counted]
  // A season only the reports know exists where the show is Netflix's own.
  if (own) numbers.push(...trusted.map(({ number }) => number))
  const last = Math.max(0, ...numbers)
  const seasons: SeasonEntry[] = []
  let latest = ''
  for (let number = 1; number <= last; number++) {
    const here = listed.filter((season) => season.number === number)
    const best = told(number)
    for (const doubted of best?.doubted ?? [])
      disagreements.push({ season: number, believed: best?.edtf ?? '', doubted })
    let premiere = best?.edtf
    for (const season of trusted.filter((report) => report.number === number)) {
      const why = arrivalReason(season, best, home, own)
      if (why) arrivals.push({ day: season.premiere as string, season: number, why })
      else {
        premiere = within(season.premiere as string, premiere ?? (season.premiere as string))
          ? season.premiere
          : premiere
        netflixDays++
      }
    }
    const window = premiere ? bounds(premiere) : null
    if (window && (window.latest < latest || window.earliest > today)) {
      disagreements.push({ season: number, believed: latest, doubted: `${premiere} (out of order)` })
      premiere = undefined
    } else if (window) latest = window.earliest
    const finale = bestDate(here.flatMap((s) => (s.finale ? [{ set: s.set, edtf: s.finale }] : [])))?.edtf
    const episodes = here.flatMap((season) => (season.episodes ? [season.episodes] : []))[0]
    const name = here.flatMap((season) => (season.name ? [season.name] : []))[0]
    seasons.push({
      number,
      ...(name ? { name } : {}),
      ...(premiere ? { premiere } : {}),
      ...(finale && plausibleRun(premiere, finale) ? { finale } : {}),
      ...(episodes ? { episodes } : {}),
    })
  }
  return { seasons, disagreements, arrivals, netflixDays }
}

/** A finale fits its season where it is not before the premiere. */
function plausibleRun(premiere: string | undefined, finale: string): boolean {
  return bounds(finale) !== null && (!premiere || daysBetween(premiere, finale) >= 0)
}
