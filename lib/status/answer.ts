/** The one line that answers the reader: what is so, no more precise than it was said, and what nobody has said. */

import { type Day, daysBetween } from '@/lib/shared/day'
import { formatWindow } from '@/lib/shared/edtf'
import type { Claim } from './claim'
import { labelWords } from './labels'
import { rumourOf, silenceWords } from './silence'
import { weigh } from './trust'
import type { Label, SettledSeason, ShowStatus, Silence, Window } from './types'
import { hasBegun, seasonLamp } from './words'

/** Missed windows named in one line. */
const MISSED_NAMED_MAX = 2

const prose = (window: Window) => formatWindow(window.edtf, { style: 'prose' })
const long = (edtf: string) => formatWindow(edtf)

const credible = new Set(['official', 'interview', 'trade', 'press'])

function claimOf(season: SettledSeason, id: string | undefined): Claim | undefined {
  return season.claims.find((claim) => claim.id === id)
}

/** "TVLine, 15 January 2020", or the name alone where the page bears no date. */
function credit(claim: Claim): string {
  return claim.publishedOn ? `${claim.source.name}, ${long(claim.publishedOn)}` : claim.source.name
}

/** A word of the press so old that a newer one of an aggregator says more about today. */
const OLD_DAYS = 730

/** The newest dated word on a season from the press or better; from an aggregator where theirs is years older. */
function lastWord(season: SettledSeason, today: Day): Claim | undefined {
  const dated = weigh(season.claims, today)
    .filter(({ claim, rank }) => rank >= 2 && claim.publishedOn)
    .sort((a, b) => b.claim.publishedOn!.localeCompare(a.claim.publishedOn!) || b.rank - a.rank)
  const [newest, press] = [dated[0]?.claim, dated.find(({ rank }) => rank >= 3)?.claim]
  const isOld = newest && press && daysBetween(press.publishedOn!, newest.publishedOn!) > OLD_DAYS
  return isOld ? newest : press
}

/** "The window late 2023 or early 2024 passed without a premiere." Only windows of the press or better are named. */
function missedSentence(season: SettledSeason): string {
  const { missed, unconfirmed } = season.status
  if (hasBegun(season.status)) return ''
  return `${passedSentence(season, missed, 'passed without a premiere')}${passedSentence(
    season,
    unconfirmed.slice(0, 1),
    'is over; nothing we have read since says whether it was kept',
  )}`
}

function passedSentence(
  season: SettledSeason,
  windows: { window: Window; claimIds: string[] }[],
  what: string,
): string {
  const named = windows
    // A record's own day has no statement behind it.
    .filter(
      ({ claimIds }) =>
        claimIds.length === 0 || claimIds.some((id) => credible.has(claimOf(season, id)?.sourceClass ?? '')),
    )
    .map(({ window }) => window)
    .sort((a, b) => (a.latest < b.latest ? -1 : a.latest > b.latest ? 1 : a.edtf < b.edtf ? -1 : 1))
  const distinct = named.filter((window, i) => named.findIndex((other) => other.edtf === window.edtf) === i)
  // The first broken promise and the last: what lies between adds length, not news.
  const shown = distinct.length > MISSED_NAMED_MAX ? [distinct[0]!, distinct.at(-1)!] : distinct
  const [first, second] = shown.map(({ edtf }) => long(edtf))
  if (!first) return ''
  if (second) return ` Windows given earlier (${first}; ${second}) ${what}.`
  const day = shown[0]!.earliest === shown[0]!.latest
  return ` The ${day ? 'day' : 'window'} ${first} ${what}.`
}

function expectedSentence(season: SettledSeason): string {
  const { expected } = season.status
  const claim = claimOf(season, expected?.claimIds[0])
  return expected && claim ? ` ${claim.source.name} expects it ${prose(expected.window)}.` : ''
}

/** `silence` where the season is the one people wait for; `isOn` where the season before it is on, and has been told of. */
function unannouncedSentence(
  season: SettledSeason,
  today: Day,
  silence: Silence | null,
  isOn: boolean,
): string {
  const { facts, claims, status } = season
  const n = facts.number
  const stop = claimOf(season, status.stop?.claimIds[0])
  if (stop) return `There will be no season ${n}, by choice (${credit(stop)}).`
  const isHeard = claims.some(({ retractedOn }) => !(retractedOn && retractedOn <= today))
  if (silence && !isHeard) return silenceWords(silence, { next: n, isHeard }, isOn)
  if (!isHeard) return `We have no word of season ${n}.`
  const hold = claimOf(season, status.hold ?? undefined)
  const word = lastWord(season, today)
  if (hold && (!word || !hold.publishedOn || daysBetween(hold.publishedOn, word.publishedOn!) < OLD_DAYS))
    return `Nobody has announced season ${n}; the last word on its timing is a delay (${credit(hold)}).`
  if (hold)
    return `Nobody has announced season ${n}: it was put off (${credit(hold)}), and no date has been named since.`
  const rumour = rumourOf(season)
  if (rumour)
    return `Nobody we can rely on has announced season ${n}; ${rumour.source.name} alone says it is coming.`
  if (silence) return silenceWords(silence, { next: n, isHeard, word }, isOn)
  const checked = word
    ? ` The last word we have is from ${long(word.publishedOn!)} (${word.source.name}).`
    : ''
  return `Nobody has announced season ${n}.${checked}`
}

/** A day that has come, and the silence since. */
function dueSentence({ claims }: SettledSeason, name: string, window: Window, claimIds: string[]): string {
  const said = claims.find(({ id }) => id === claimIds[0])
  const by = said ? ` (${credit(said)})` : ''
  return `${name} was due ${prose(window)}${by}; nothing we have read since says whether it came.`
}

/** The last day given for a season on its way, where it is over and nobody has looked since; else null. */
function lapsedDay({ status }: SettledSeason): { window: Window; claimIds: string[] } | null {
  const [newest] = status.unconfirmed
  const isDay = newest && newest.window.earliest === newest.window.latest
  return status.premiereState === 'not_confirmed' && isDay ? newest : null
}

/**
 * The line for one season, as of `today`. Of the season people wait for, `silence` is what its show has on record where
 * nobody has announced it; `isOn` leaves out what was told of the season before it.
 */
export function composeSeasonAnswer(
  season: SettledSeason,
  today: Day,
  silence: Silence | null = null,
  isOn = false,
): string {
  const { facts, status } = season
  const final = status.finalSeason && status.status !== 'complete'
  const name = final ? `Season ${facts.number}, the last,` : `Season ${facts.number}`
  // Where a time was given and is over, that is what there is to say of its date.
  const undated = passedSentence(season, status.unconfirmed.slice(0, 1), '')
    ? '.'
    : '; nobody has announced a date.'
  const lapsed = lapsedDay(season)
  if (lapsed && seasonLamp(status.status) === 'ordered')
    return `${dueSentence(season, name, lapsed.window, lapsed.claimIds)}${expectedSentence(season)}`
  switch (status.status) {
    case 'cancelled': {
      const claim = claimOf(season, status.because[0])
      return `Season ${facts.number} will not be made: cancelled${claim ? ` (${credit(claim)})` : ''}.`
    }
    case 'dated':
      if (status.premiereState === 'due')
        return dueSentence(season, name, status.premiere!, status.premiereBecause)
      return `${name} ${status.premiere?.earliest === status.premiere?.latest ? 'premieres' : 'is due'} ${prose(status.premiere!)}.`
    case 'wrapped':
      return `${name} has been filmed${undated}${expectedSentence(season)}${missedSentence(season)}`
    case 'filming':
      return `${name} is being filmed${undated}${expectedSentence(season)}${missedSentence(season)}`
    case 'announced': {
      const hold = claimOf(season, status.hold ?? undefined)
      const held = hold && (hold.publishedOn ?? '') > (claimOf(season, status.because[0])?.publishedOn ?? '')
      return `${name} is ordered${held ? ` and was delayed (${credit(hold)})` : ''}${undated}${expectedSentence(season)}${missedSentence(season)}`
    }
    case 'airing':
    case 'complete': {
      const { premiere, finale } = status
      if (status.status === 'complete' && finale && finale.latest <= today)
        return `${name} ended ${prose(finale)}.`
      const verb = status.status === 'airing' ? 'is on: it began' : 'began'
      return premiere
        ? `${name} ${verb} ${prose(premiere)}.`
        : `${name} is on record, without the day it began.`
    }
    default:
      return unannouncedSentence(season, today, silence, isOn)
  }
}

/** "TVmaze lists it as over since 19 May 2019", as precise as it is known. */
const listed = ({ label, since }: Omit<ShowStatus, 'answer'>) =>
  `${label?.provider} lists it as ${since ? `over since ${long(since)}` : label ? labelWords(label) : 'over'}`

function overSentence(show: Omit<ShowStatus, 'answer'>, last: SettledSeason | undefined): string {
  const { label, since } = show
  const count = last?.facts.number ?? 0
  const after = count > 0 ? `, after ${count === 1 ? 'one season' : `${count} seasons`}` : ''
  const said = `${label?.provider} lists it as ${label ? labelWords(label) : 'over'}`
  if (since) return `Over since ${long(since)}${after}; ${said}.`
  if (show.lastEpisode) {
    const { edtf, reached } = show.lastEpisode
    const end = `its last episode ${edtf.length === 10 ? 'on' : 'in'} ${long(edtf)}`
    return reached ? `Over${after}; ${said}, ${end}.` : `Over; ${said}, ${end}. ${onRecord(count)}`
  }
  // When a season began is not when it ended.
  const start = last?.status.premiere?.earliest.slice(0, 4)
  const began = start
    ? count === 1
      ? `, which began in ${start}`
      : `, the last of which began in ${start}`
    : ''
  return `Over${after}${began}; ${said}${began ? '' : ` (${long(label?.asOf ?? '')})`}.`
}

/** What the record lacks, where it does not reach the end. */
const onRecord = (count: number) =>
  count === 1
    ? 'Only its first season is on record here.'
    : `Only its first ${count} seasons are on record here.`

function ranOnSentence(label: Label, last: SettledSeason): string {
  const { number } = last.facts
  const year = last.status.premiere ? `, of ${last.status.premiere.earliest.slice(0, 4)},` : ''
  const stops =
    number === 1
      ? `of its seasons only the first${year} is on record here`
      : `the seasons on record here stop at season ${number}${year.replace(/,$/, '')}`
  return `${label.provider} lists it as ${labelWords(label)} (${long(label.asOf)}); ${stops}.`
}

function runningSentence({ label }: Omit<ShowStatus, 'answer'>, last: SettledSeason | undefined): string {
  const start = last?.status.premiere
  const run = last
    ? ` Season ${last.facts.number} ${start ? `began ${prose(start)}` : 'is the last on record'}.`
    : ''
  return `New episodes come as a matter of course: ${label?.provider} lists it as running (${long(label?.asOf ?? '')}).${run}`
}

const AGED_WORDS: Partial<Record<string, string>> = {
  announced: 'was ordered',
  filming: 'was being filmed',
  wrapped: 'had been filmed',
}

/** An order too old to say anything of today is said with its age. */
function agedSentence({ facts, claims, status }: SettledSeason, aged: Day): string {
  const said = claims.find(({ id }) => id === status.because[0])
  const by = said ? `, from ${said.source.name},` : ','
  return `The last word we have, of ${long(aged.slice(0, 7))}${by} is that season ${facts.number} ${AGED_WORDS[status.status] ?? 'was ordered'}.`
}

const hasStopped = ({ status }: Omit<ShowStatus, 'answer'>) => status === 'ended' || status === 'cancelled'

/** The line for a show: its next season, and what ended it where it is over. */
export function composeShowAnswer(
  show: Omit<ShowStatus, 'answer'>,
  {
    next,
    last,
    decided,
    final,
    today,
  }: {
    next: SettledSeason | undefined
    last: SettledSeason | undefined
    /** The claim that decided the show's status, whichever season it speaks of. */
    decided: Claim | undefined
    /** The last season there is, where a source says that the one after it will not come. */
    final: number | null
    today: Day
  },
): string {
  const source = decided ? ` (${credit(decided)})` : ''
  if (show.status === 'over') return overSentence(show, last)
  if (show.status === 'running') return runningSentence(show, last)
  if (show.aged && next) return agedSentence(next, show.aged)
  const isAlone = show.because.length === 1 && decided?.sourceClass === 'aggregator' && !show.label
  if (hasStopped(show) && isAlone && final)
    return `${show.status === 'cancelled' ? 'Cancelled after' : 'Ended with'} season ${final}, as ${decided.source.name} alone says.`
  if (show.status === 'ended' && show.label && decided?.kind === 'final_season')
    return `Ended with season ${last?.facts.number ?? show.nextSeason}, announced as the last${source}; ${listed(show)}.`
  if (show.status === 'ended') {
    const season = final ?? last?.facts.number
    return season ? `It ended with season ${season}, by choice${source}.` : `It is over, by choice${source}.`
  }
  if (show.status === 'cancelled' && final) return `Cancelled after season ${final}${source}.`
  if (show.ranOn && last && (next?.claims.length ?? 0) === 0) return ranOnSentence(show.ranOn, last)
  const isOn = last?.status.status === 'airing' && last !== next
  const nextAnswer = next
    ? composeSeasonAnswer(next, today, show.silence, isOn)
    : show.silence
      ? silenceWords(show.silence, { next: show.nextSeason, isHeard: false }, isOn)
      : `We have no word of season ${show.nextSeason}.`
  return isOn ? `${composeSeasonAnswer(last, today)} ${nextAnswer}` : nextAnswer
}
