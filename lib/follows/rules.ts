/** Pure rules of follows. */
import type { EventKind } from '@/lib/ledger/types'
import { formatWindow } from '@/lib/shared/edtf'
import type { Lamp, SeasonStatusWord } from '@/lib/status/types'
import type { FollowedSeason, SeasonName } from './types'

/** The most seasons one reader may follow. */
export const FOLLOWS_MAX = 2_000

/** True for what could name a season: a slug and a number from 1 to 1000. */
export function isSeasonName({ slug, number }: SeasonName): boolean {
  return (
    slug.length <= 120 &&
    /^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug) &&
    Number.isInteger(number) &&
    number >= 1 &&
    number <= 1000
  )
}

/** By the earliest day it could come, the dateless last; then by title and season, so the order never wavers. */
export function bySoonest(a: FollowedSeason, b: FollowedSeason): number {
  const [left, right] = [a.premiere?.earliest ?? '9999-12-31', b.premiere?.earliest ?? '9999-12-31']
  if (left !== right) return left < right ? -1 : 1
  return a.title.localeCompare(b.title, 'en') || a.season - b.season
}

const LAMP_OF: Record<SeasonStatusWord, Lamp> = {
  unannounced: 'silent',
  announced: 'ordered',
  filming: 'ordered',
  wrapped: 'ordered',
  dated: 'coming',
  airing: 'coming',
  complete: 'ended',
  cancelled: 'cancelled',
}

/** The lamp of one season, for a season that is not the one its show waits for. */
export function seasonLamp(status: SeasonStatusWord): Lamp {
  return LAMP_OF[status]
}

/** How a season stands, in a sentence no more precise than what was said. */
export function seasonWords(
  number: number,
  status: SeasonStatusWord,
  premiere: { edtf: string } | null,
): string {
  const season = `Season ${number}`
  const when = premiere ? formatWindow(premiere.edtf, { style: 'prose' }) : ''
  switch (status) {
    case 'unannounced':
      return `Nobody has announced ${season.toLowerCase()}.`
    case 'announced':
      return when ? `${season} is announced, expected ${when}.` : `${season} is announced without a date.`
    case 'filming':
      return when ? `${season} is filming, expected ${when}.` : `${season} is filming, without a date.`
    case 'wrapped':
      return when
        ? `${season} has finished filming, expected ${when}.`
        : `${season} has finished filming, without a date.`
    case 'dated':
      return when ? `${season} premieres ${when}.` : `${season} has a date.`
    case 'airing':
      return when ? `${season} is airing; it premiered ${when}.` : `${season} is airing.`
    case 'complete':
      return when ? `${season} is complete; it premiered ${when}.` : `${season} is complete.`
    case 'cancelled':
      return `${season} is cancelled.`
  }
}

const inWords = (value: string) => formatWindow(value) || value

/** An event in words, dates as precise as they were said. */
export function newsWords({ kind, was, became }: { kind: EventKind; was: string; became: string }): string {
  const [before, after] = [inWords(was), inWords(became)]
  switch (kind) {
    case 'announced':
      return 'Announced'
    case 'renewed':
      return 'Renewed'
    case 'cancelled':
      return 'Cancelled'
    case 'final-season':
      return 'Named as the final season'
    case 'filming-started':
      return 'Filming started'
    case 'filming-wrapped':
      return 'Filming finished'
    case 'dated':
      return after ? `A date was given: ${after}` : 'A date was given'
    case 'moved':
      return before && after ? `Premiere moved from ${before} to ${after}` : 'Premiere moved'
    case 'window-missed':
      return before
        ? `The window ${before} passed without a premiere`
        : 'The window passed without a premiere'
    case 'trailer':
      return 'A trailer is out'
    case 'cast-confirmed':
      return became ? `Cast confirmed: ${became}` : 'Cast confirmed'
    case 'premiered':
      return 'Premiered'
    case 'complete':
      return 'The season is complete'
  }
}
