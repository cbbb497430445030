/** The one line that answers the reader: what is so, no more precise than it was said, and what nobody has said. */
import type { Claim } from '@/lib/ledger/types'
import type { Day } from '@/lib/shared/day'
import { formatWindow } from '@/lib/shared/edtf'
import type { SettledSeason } from './rules'
import { weigh } from './trust'
import type { ShowStatus, Window } from './types'

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

/** The newest dated word on a season from the press or better. */
function lastWord(season: SettledSeason, today: Day): Claim | undefined {
  return weigh(season.claims, today)
    .filter(({ claim, rank }) => rank >= 3 && claim.publishedOn)
    .sort((a, b) => b.claim.publishedOn!.localeCompare(a.claim.publishedOn!) || b.rank - a.rank)[0]?.claim
}

/** "The window late 2023 or early 2024 passed without a premiere." Only windows of the press or better are named. */
function missedSentence(season: SettledSeason): string {
  const { missed, status } = season.status
  if (status === 'airing' || status === 'complete') return ''
  const named = missed
    .filter(({ claimIds }) => claimIds.some((id) => credible.has(claimOf(season, id)?.sourceClass ?? '')))
    .map(({ window }) => window)
    .sort((a, b) => (a.latest < b.latest ? -1 : a.latest > b.latest ? 1 : a.edtf < b.edtf ? -1 : 1))
  const distinct = named.filter((window, i) => named.findIndex((other) => other.edtf === window.edtf) === i)
  // The first broken promise and the last: what lies between adds length, not news.
  const shown = distinct.length > MISSED_NAMED_MAX ? [distinct[0]!, distinct.at(-1)!] : distinct
  const [first, second] = shown.map(({ edtf }) => long(edtf))
  if (!first) return ''
  if (second) return ` Windows given earlier (${first}; ${second}) passed without a premiere.`
  const day = shown[0]!.earliest === shown[0]!.latest
  return ` The ${day ? 'day' : 'window'} ${first} passed without a premiere.`
}

function expectedSentence(season: SettledSeason): string {
  const { expected } = season.status
  const claim = claimOf(season, expected?.claimIds[0])
  return expected && claim ? ` ${claim.source.name} expects it ${prose(expected.window)}.` : ''
}

function unannouncedSentence(season: SettledSeason, today: Day): string {
  const { facts, claims, status } = season
  const n = facts.number
  const stop = claimOf(season, status.stop?.claimIds[0])
  if (stop) return `There will be no season ${n}, by choice (${credit(stop)}).`
  const live = claims.filter(({ retractedOn }) => !(retractedOn && retractedOn <= today))
  if (live.length === 0) return `Nobody has said anything about season ${n} that we can source.`
  const hold = claimOf(season, status.hold ?? undefined)
  if (hold)
    return `Nobody has announced season ${n}; the last word on its timing is a delay (${credit(hold)}).`
  const rumour = claimOf(season, status.rumours[0])
  if (rumour && !credible.has(rumour.sourceClass))
    return `Nobody we can rely on has announced season ${n}; ${rumour.source.name} alone says it is coming.`
  const word = lastWord(season, today)
  const checked = word
    ? ` The last word we have is from ${long(word.publishedOn!)} (${word.source.name}).`
    : ''
  return `Nobody has announced season ${n}.${checked}`
}

/** The line for one season, as of `today`. */
export function composeSeasonAnswer(season: SettledSeason, today: Day): string {
  const { facts, status } = season
  const final = status.finalSeason && status.status !== 'complete'
  const name = final ? `Season ${facts.number}, the last,` : `Season ${facts.number}`
  const undated = '; nobody has announced a date.'
  switch (status.status) {
    case 'cancelled': {
      const claim = claimOf(season, status.because[0])
      return `Season ${facts.number} will not be made: cancelled${claim ? ` (${credit(claim)})` : ''}.`
    }
    case 'dated':
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
      if (status.presumed && premiere)
        return `${name} was announced for ${long(premiere.edtf)}; nothing we have read since says that it moved.`
      if (status.status === 'complete' && finale && finale.latest <= today)
        return `${name} ended ${prose(finale)}.`
      const verb = status.status === 'airing' ? 'is on: it began' : 'began'
      return premiere
        ? `${name} ${verb} ${prose(premiere)}.`
        : `${name} is on record, without the day it began.`
    }
    default:
      return unannouncedSentence(season, today)
  }
}

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
  if (show.status === 'ended') {
    const season = final ?? last?.facts.number
    return season ? `It ended with season ${season}, by choice${source}.` : `It is over, by choice${source}.`
  }
  if (show.status === 'cancelled' && final) return `Cancelled after season ${final}${source}.`
  const nextAnswer = next
    ? composeSeasonAnswer(next, today)
    : `Nobody has said anything about season ${show.nextSeason} that we can source.`
  if (last?.status.status === 'airing' && last !== next)
    return `${composeSeasonAnswer(last, today)} ${nextAnswer}`
  return nextAnswer
}
