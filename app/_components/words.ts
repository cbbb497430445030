import type { Statements } from '@/lib/ledger/types'
import { formatWindow } from '@/lib/shared/edtf'
import type { Claim, ClaimKind, ClaimState, EventKind, SourceClass } from '@/lib/status/claim'
import type { Lamp, SeasonStatusWord, ShowStatusWord, TrackStep, Window } from '@/lib/status/types'
import { LAMP_WORDS } from './lamp/lamp'

/** What a claim is about, as the ledger heads it. */
export const KIND_WORDS: Record<ClaimKind, string> = {
  announced: 'Announced',
  renewed: 'Renewed',
  final_season: 'Final season',
  cancelled: 'Cancelled',
  ended: 'Ended',
  writing: 'Writing',
  filming_started: 'Filming',
  filming_wrapped: 'Filming ends',
  release_window: 'Window',
  release_date: 'Date',
  delayed: 'Delay',
  split_release: 'Split release',
  episode_count: 'Episodes',
  trailer: 'Trailer',
  cast_confirmed: 'Cast',
  cast_new: 'New cast',
  cast_out: 'Leaving',
  plot_official: 'Plot',
  plot_rumour: 'Plot, unconfirmed',
  no_news: 'No news',
}

/** A source's class as a reader knows it. */
export const CLASS_WORDS: Record<SourceClass, string> = {
  official: 'official',
  interview: 'a maker on record',
  trade: 'trade',
  press: 'press',
  aggregator: 'aggregator',
  fan: 'fan site',
}

/** A number of things: "1 note", "3 notes". */
export const howMany = (count: number, thing: string) => `${count} ${thing}${count === 1 ? '' : 's'}`

const counted = new Intl.NumberFormat('en-GB')

/** "2,100 dated statements, 400 without a day": what has no day is not counted with what has one. */
export function statementsInWords({ dated, undated }: Statements): string {
  const said = `${counted.format(dated)} dated ${dated === 1 ? 'statement' : 'statements'}`
  return undated > 0 ? `${said}, ${counted.format(undated)} without a day` : said
}

/** How a claim stands today. */
export const STATE_WORDS: Record<ClaimState, string> = {
  stands: 'stands',
  superseded: 'superseded',
  missed: 'window missed',
  not_confirmed: 'not confirmed',
  contradicted: 'contradicted',
  retracted: 'retracted',
}

/** A season's state as its lamp says it. */
export const SEASON_WORDS: Record<SeasonStatusWord, string> = {
  unannounced: 'Nothing said',
  announced: 'Ordered, no date',
  filming: 'Filming, no date',
  wrapped: 'Filmed, no date',
  dated: 'Dated',
  airing: 'Airing',
  complete: 'Complete',
  cancelled: 'Cancelled',
}

/** A show's state in lists and filters. */
export const SHOW_WORDS: Record<ShowStatusWord, string> = {
  returning: 'Returning',
  'final-season': 'Final season to come',
  ended: 'Ended by choice',
  cancelled: 'Cancelled',
  over: 'Over',
  running: 'Running',
  unknown: 'Nothing said',
}

/** The steps of the status track. */
export const STEP_WORDS: Record<TrackStep['step'], string> = {
  announced: 'Announced',
  filming: 'Filming',
  wrapped: 'Wrapped',
  dated: 'Dated',
  airing: 'Airing',
  complete: 'Complete',
}

/** A real change, as a headline's verb. */
export const EVENT_WORDS: Record<EventKind, string> = {
  announced: 'announced',
  renewed: 'renewed',
  cancelled: 'cancelled',
  'final-season': 'named the final season',
  'filming-started': 'filming began',
  'filming-wrapped': 'filming ended',
  dated: 'dated',
  moved: 'moved',
  'window-missed': 'window missed',
  trailer: 'trailer out',
  'cast-confirmed': 'cast confirmed',
  premiered: 'premiered',
  complete: 'complete',
}

/** A season's state in a word; a date that is a window says so. */
export function seasonWord(season: SeasonStatusWord, premiere: Window | null): string {
  return season === 'dated' && premiere && premiere.earliest !== premiere.latest
    ? 'Window given'
    : SEASON_WORDS[season]
}

/** The lamp's word beside a title: the season's state where that says more than the lamp alone. */
export function lampWord(lamp: Lamp, season: SeasonStatusWord, premiere: Window | null = null): string {
  return lamp !== 'coming' && lamp !== 'ordered' ? LAMP_WORDS[lamp] : seasonWord(season, premiere)
}

/** What follows a source's name: its class, whom it repeats, its day. */
export function creditWords(claim: Claim, withDay = true): string {
  const day = withDay && claim.publishedOn ? formatWindow(claim.publishedOn, { style: 'short' }) : null
  return [CLASS_WORDS[claim.sourceClass], claim.citing && `after ${claim.citing}`, day]
    .filter(Boolean)
    .join(', ')
}
