/** Pure. An estimate in a fan's words: short, and never as sure as an announcement. */

import type { ForecastAbsence, ForecastReason } from '@/db/schema/words'
import { formatWindow } from '@/lib/shared/edtf'
import { capitalised } from '@/lib/shared/text'
import { type Made, monthsOf } from './estimate'

/** What stands over every estimate. */
export const ESTIMATE_TITLE = 'Our estimate, not an announcement'

const CLASS_NAMES: Record<string, string> = {
  netflix: 'Netflix originals',
  streaming: 'originals of other streaming services',
  anime: 'anime',
  'asian-drama': 'Asian dramas',
  'network-tv': 'network and cable series',
  unscripted: 'unscripted shows',
  other: 'other series',
}

/** A class of shows by name. */
export const className = (name: string): string => CLASS_NAMES[name] ?? name

const STEPS: [below: number, words: string][] = [
  [0.05, 'very unlikely'],
  [0.2, 'unlikely'],
  [0.4, 'less likely than not'],
  [0.6, 'about even'],
  [0.8, 'more likely than not'],
  [0.95, 'likely'],
]

/** A chance in words. */
export const chanceWords = (chance: number): string =>
  STEPS.find(([below]) => chance < below)?.[1] ?? 'very likely'

/** A share in per cent; nothing is certain, so neither 0 nor 100. */
export function perCent(share: number): string {
  if (share < 0.01) return 'less than 1 %'
  if (share > 0.99) return 'more than 99 %'
  return `${Math.round(share * 100)} %`
}

const month = (day: string) => formatWindow(day.slice(0, 7))
/** A window that has begun is told by its end. */
const within = ({ madeOn, low80, high80 }: Made) =>
  low80.slice(0, 7) <= madeOn.slice(0, 7)
    ? `by ${month(high80)}`
    : formatWindow(monthsOf(low80, high80), { style: 'prose' })

/** Whether it comes; null where it is ordered, and that is no question. */
export function chanceSentence({ number, renewal, horizon }: Made): string | null {
  if (renewal === null) return null
  return `A season ${number} by ${month(horizon)}: ${chanceWords(renewal)}, ${perCent(renewal)}.`
}

const REACHED = { announced: 'ordered', filming: 'being filmed', wrapped: 'filmed' } as const

/** When it comes. */
export function windowSentence(made: Made): string {
  const { number, milestone, median } = made
  const when = within(made)
  return milestone === 'none'
    ? `If it comes, then half the time by ${month(median)}, four times in five ${when}.`
    : `Season ${number} is ${REACHED[milestone]} and has no date. Half of the waits like this one end by ${month(median)}, four in five ${when}.`
}

/** The noun of a reason; null for one that says nothing to a reader. */
const REASONS: Record<string, string | null> = {
  'own-gaps': 'the waits between its seasons so far',
  season: 'how many seasons it has had',
  network: 'what its network did with other shows',
  source: null,
  episodes: 'the length of its seasons',
  release: 'the way it was released',
  time: 'the time of year it began',
  waited: 'how long it has been',
  genre: 'its genre',
  kind: 'what it is made from',
  country: 'where it is made',
  title: null,
  'other-lists': null,
}

const NOUNS_MAX = 2
const nounsOf = (reasons: ForecastReason[]) =>
  reasons.flatMap(({ code }) => REASONS[code] ?? []).slice(0, NOUNS_MAX)
const and = (nouns: string[]) => nouns.join(' and ')

/** What moved an estimate, in one or two sentences; '' where nothing did that can be said. */
export function reasonWords({ reasons, renewal }: Pick<Made, 'reasons' | 'renewal'>): string {
  const about = (of: ForecastReason['of']) => reasons.filter((reason) => reason.of === of)
  const parts = (some: ForecastReason[], more: string, less: string) => {
    const up = nounsOf(some.filter(({ effect }) => effect > 0))
    const down = nounsOf(some.filter(({ effect }) => effect < 0))
    return [up.length ? `${more} ${and(up)}` : '', down.length ? `${less} ${and(down)}` : ''].filter(Boolean)
  }
  const said =
    renewal === null
      ? parts(about('gap'), 'Longer because of', 'shorter because of')
      : parts(about('renewal'), 'For it:', 'against it:')
  const line = said.join('; ')
  return line && `${capitalised(line)}.`
}

const months = (days: number) => {
  const count = Math.round(days / 30.4375)
  return count === 1 ? 'a month' : `${count} months`
}

/** How long shows of a class usually take, where that is known. */
export const usualWords = (name: string, days: number | null): string | null => {
  if (days === null) return null
  return `${capitalised(className(name))} that return usually take ${months(days)} from premiere to premiere.`
}

/** How often such windows held in the backtest; where too few tell, that is said. */
export function heldWords(name: string, held: { covered80: number; n: number } | null): string {
  if (!held) return `Too few ${className(name)} have been tried to say how often such an estimate is right.`
  return `Tried on the past, windows like this held for ${Math.round(held.covered80 * 100)} of 100 ${className(name)}; 80 are meant to.`
}

/** Off by more than this, a class's chances are told with how far. */
const OFF_MIN = 0.1

/** How far the chances of a class were off when tried on the past; null where they were about right. */
export const offWords = (off: number | null): string | null =>
  off === null || off < OFF_MIN
    ? null
    : `Take the chance with care: tried on the past, those of its kind were ${Math.round(off * 100)} points off.`

const ABSENCES: Record<ForecastAbsence, string> = {
  undated: 'We make none: the season before has no day on record to count from.',
  class: 'We make none: we know too few shows of this kind, followed for long enough.',
  stale: 'We make none: the lists we learn from stop more than a year ago, and cannot say what came since.',
  wide: 'We make none: the window would be wider than four years.',
}

/** Why there is no estimate though nobody has decided anything. */
export const absenceWords = (because: ForecastAbsence): string => ABSENCES[because]
