/**
 * What stands in for news: of a show whose next season nobody has announced, what is on record of its last one, how long
 * ago that is, and what a provider says of its future. Pure.
 *
 * - An end is said only where the season's finale, or the show's end that can only be that finale, is over for certain;
 *   without one a season "began".
 * - The silence is that of our record ("we have no word of a second"): of most shows nobody here has read anything.
 *   Where something was read, it is that of whom we have read.
 * - Where a provider knows of seasons or episodes that are not on record here, nothing is said of which comes next.
 * - How long ago it is, is counted down, in months for two years and then in years; a day so long ago is said by its month.
 */

import type { Day } from '@/lib/shared/day'
import { formatWindow, parseEdtf } from '@/lib/shared/edtf'
import { capitalised } from '@/lib/shared/text'
import type { Claim } from './claim'
import { lastEpisodeOf, ownEnd } from './ends'
import { futureLabel, labelWindow, labelWords, readLabel } from './labels'
import type { SettledSeason, ShowFacts, Silence, Window } from './types'

/** Below this nobody counts months: it was just now. */
const MONTHS_MIN = 2
/** From here on the age is said in years, and the day it is counted from by its month. */
const MONTHS_MAX = 24

/** Whole calendar months from one day to another; negative where the second is earlier. */
export function monthsBetween(from: Day, to: Day): number {
  const [[y1, m1, d1], [y2, m2, d2]] = [from, to].map((day) => day.split('-').map(Number)) as [
    [number, number, number],
    [number, number, number],
  ]
  return (y2 - y1) * 12 + (m2 - m1) - (d2 < d1 ? 1 : 0)
}

const RUMOUR_CLASSES = new Set<Claim['sourceClass']>(['aggregator', 'fan'])

/** The one outlet below the press that says a season is coming, where nobody better does; undefined where none says so. */
export function rumourOf({ claims, status }: SettledSeason): Claim | undefined {
  const said = claims.find(({ id }) => id === status.rumours[0])
  return said && RUMOUR_CLASSES.has(said.sourceClass) ? said : undefined
}

/** True where nobody has said of a season what a line of its own has to say: no order, stop, delay or rumour. */
const isUnspoken = (season: SettledSeason) =>
  season.status.status === 'unannounced' &&
  !season.status.stop &&
  !season.status.hold &&
  rumourOf(season) === undefined

/** A window of a provider's date that is over; null where it is none, or may still be to come. */
function pastWindow(edtf: string | undefined, today: Day): Window | null {
  const parsed = edtf ? parseEdtf(edtf) : null
  if (!parsed?.ok || parsed.window.latest > today) return null
  return { edtf: parsed.window.edtf, earliest: parsed.window.earliest, latest: parsed.window.latest }
}

/** The silence about the season that comes next; null where somebody has said something of it. */
export function silenceOf({
  next,
  begun,
  show,
  today,
}: {
  /** The season people wait for; undefined where the catalogue has no row of it. */
  next: SettledSeason | undefined
  /** The seasons that have begun, in order. */
  begun: readonly SettledSeason[]
  show: ShowFacts
  today: Day
}): Silence | null {
  if (next && !isUnspoken(next)) return null
  const last = begun.at(-1)
  const number = last?.facts.number ?? 0
  const premiere = last?.status.premiere ?? null
  const own = last?.status.finale ?? null
  const label = futureLabel(show)
  // Who lists a show as open and gives its end as well, gave the end before.
  const ends = label ? { ...show, ended: [] } : show
  const given = own ? null : ownEnd(last, ends)
  const end = pastWindow(own?.edtf ?? given?.edtf, today)
  const isEnd = last?.status.status === 'complete' && end && !(premiere && end.latest < premiere.earliest)
  const finale = isEnd ? end : null
  const other = finale ? null : lastEpisodeOf(begun, ends)
  const episode = pastWindow(other?.edtf, today)
  const since = finale ?? episode ?? premiere
  const months = since ? monthsBetween(since.latest, today) : 0
  const most = Math.max(0, ...show.totals)
  return {
    season: last ? number : null,
    seasons: begun.length,
    premiere,
    finale,
    finaleBy: finale && given ? given.provider : null,
    months: months >= MONTHS_MIN ? months : null,
    total: last && most > number ? most : null,
    lastEpisode: episode ? other : null,
    // What was said of a show before its last season was said of that season.
    label: label && (!premiere || labelWindow(label).latest > premiere.latest) ? label : null,
  }
}

const NUMBERS = 'no one two three four five six seven eight nine ten eleven twelve'.split(' ')
const inWords = (n: number) => NUMBERS[n] ?? String(n)

const ORDINALS =
  'a first,a second,a third,a fourth,a fifth,a sixth,a seventh,an eighth,a ninth,a tenth'.split(',')
const another = (season: number) => ORDINALS[season - 1] ?? `season ${season}`

const DAY = /^\d{4}-\d{2}-\d{2}$/
const PLAIN = /^\d{4}(?:-(?:0[1-9]|1[0-2])(?:-\d{2})?)?$/

/** A time as it is known; a day that lies years back by its month. */
const told = ({ edtf }: Pick<Window, 'edtf'>, months: number | null) =>
  DAY.test(edtf) && (months ?? 0) >= MONTHS_MAX ? edtf.slice(0, 7) : edtf

/** "from October to December 2012", "from 8 to 30 July 2026"; null where the two are not of one kind. */
function fromTo(from: string, to: string): string | null {
  if (!PLAIN.test(from) || !PLAIN.test(to) || from.length !== to.length || from > to) return null
  if (from === to) return `${formatWindow(from, { style: 'prose' })}`
  const shared = from.slice(0, 7) === to.slice(0, 7) ? 2 : from.slice(0, 4) === to.slice(0, 4) ? 1 : 0
  const words = formatWindow(from).split(' ')
  return `from ${words.slice(0, words.length - shared).join(' ')} to ${formatWindow(to)}`
}

/** "ran from October to December 2012", "ended in May 2020", "began on 3 July 2026"; '' where no day is known. */
function lastRun({ seasons, season, premiere, finale, months }: Silence): string {
  const end = finale && told(finale, months)
  const start = premiere && told(premiere, months)
  if (end && start && seasons === 1 && season === 1) {
    const run = fromTo(start, end)
    if (run && premiere.edtf === finale.edtf && DAY.test(finale.edtf)) return `came out ${run}`
    if (run) return `ran ${run}`
  }
  if (end) return `ended ${formatWindow(end, { style: 'prose' })}`
  return start ? `began ${formatWindow(start, { style: 'prose' })}` : ''
}

/** " in the six years since", " yet" where it was just now, '' where no day is known. */
function sinceThen({ months, premiere, finale, lastEpisode }: Silence): string {
  if (months === null) return premiere || finale || lastEpisode ? ' yet' : ''
  const years = Math.floor(months / 12)
  return ` in the ${months < MONTHS_MAX ? `${inWords(months)} months` : `${inWords(years)} years`} since`
}

/** What a provider says of the show's future, with its day: "TVmaze does not know whether it goes on (October 2025)." */
function labelSentence({ label }: Silence): string {
  if (!label) return ''
  const isUndecided = readLabel(label.provider, label.label)?.says === 'undecided'
  const says = isUndecided ? 'does not know whether it goes on' : `lists it as ${labelWords(label)}`
  return ` ${label.provider} ${says} (${formatWindow(label.asOf)}).`
}

/** "We have no word of a third yet"; of whom we have read, where we have read somebody. */
function noWord(next: number, isHeard: boolean, since: string): string {
  const what = another(next)
  return isHeard ? `nobody we have read has announced ${what}${since}` : `we have no word of ${what}${since}`
}

const lastWordSentence = (word: Claim | undefined) =>
  word ? ` The last word we have is from ${formatWindow(word.publishedOn!)} (${word.source.name}).` : ''

/** "Of its 11 seasons only the first two are on record here; season 2 ended in March 2020." */
function cutShort(silence: Silence): string | null {
  const { season, total, lastEpisode } = silence
  const isBeyond = lastEpisode !== null && !lastEpisode.reached
  if (season === null || !(total || isBeyond)) return null
  const first = season === 1 ? 'only the first is' : `only the first ${inWords(season)} are`
  const run = lastRun(silence)
  const seasons = total ? `its ${inWords(total)} seasons` : 'its seasons'
  const came = isBeyond ? ` Its last episode came ${episodeDay(silence)}.` : ''
  return `Of ${seasons} ${first} on record here${run ? `; season ${season} ${run}` : ''}.${came}`
}

function episodeDay({ lastEpisode, months }: Silence): string {
  const edtf = lastEpisode?.edtf ?? ''
  return formatWindow(told({ edtf }, months), { style: 'prose' })
}

/** What was heard of the season that nobody has announced: whether anybody we read speaks of it, and the newest word. */
export interface Heard {
  next: number
  isHeard: boolean
  word?: Claim | undefined
}

/**
 * The line in place of news, one to three sentences: the last season, how long nobody has spoken of the next, the last
 * word there is, a provider's. `isOn` where the line before it has told of the last season, which is still on.
 */
export function silenceWords(silence: Silence, { next, isHeard, word }: Heard, isOn = false): string {
  const { season, seasons, lastEpisode } = silence
  const after = lastWordSentence(word) + labelSentence(silence)
  if (isOn) return `${capitalised(noWord(next, isHeard, ' yet'))}.${after}`
  if (season === null)
    return isHeard
      ? `Nobody has announced season ${next}.${after}`
      : `No season of it is on record here, and we have no word of one.${after}`
  const stops = cutShort(silence)
  if (stops) return stops + after
  const run = lastRun(silence)
  const rest = noWord(next, isHeard, sinceThen(silence))
  if (run) return `Season ${season} ${run}; ${rest}.${after}`
  const which = seasons === 1 && season === 1 ? 'is on record here' : 'is the last on record here'
  return lastEpisode
    ? `Season ${season} ${which}; the last episode came ${episodeDay(silence)}, and ${rest}.${after}`
    : `Season ${season} ${which}, without its days; ${rest}.${after}`
}

/**
 * The same in a few words, for a title: "season 1 ended in 2019, no word of a second". `isOn` as above, for a last season
 * that is still on.
 */
export function silenceTitle(silence: Silence, { next, isHeard }: Heard, isOn = false): string {
  const { season, premiere, finale } = silence
  const rest = isHeard ? `season ${next} not announced` : `no word of ${another(next)}`
  if (season === null) return isHeard ? rest : 'no season on record'
  if (isOn) return `season ${season} is on, ${rest}`
  const end = finale ?? premiere
  const year = end && (PLAIN.test(end.edtf) ? end.edtf.slice(0, 4) : end.edtf)
  const run = year
    ? `${finale ? 'ended' : 'began'} ${formatWindow(year, { style: 'prose' })}`
    : 'is the last on record'
  return cutShort(silence) ? `season ${season} ${run}` : `season ${season} ${run}, ${rest}`
}
