import type { Lamp, PremiereState, SeasonStatusWord, ShowStatusWord } from '@/db/schema/words'
import type { Day } from '@/lib/shared/day'
import type { Claim, ClaimState } from './claim'

export type { Lamp, PremiereState, SeasonStatusWord, ShowStatusWord }

/** A premiere or finale as precise as it was said, with the days it allows. */
export interface Window {
  edtf: string
  earliest: Day
  latest: Day
}

/** What the catalogue's record states of a season: it has happened, or it has a day. */
export interface SeasonFacts {
  number: number
  premiere: Window | null
  finale: Window | null
  episodes: number | null
  /** True where the catalogue counts the season, dated or not; false for the one people wait for. */
  recorded?: boolean
  /** The day by which a provider that counts only what has begun had counted the season; null where none does. */
  begunBy?: Day | null
  /** The newest day a provider that gives the premiere was read; missing where nobody noted it. */
  premiereSeenOn?: Day | null
  /** The newest day on which somebody we can rely on said that the show has ended with this season. */
  toldOverOn?: Day | null
  /** The newest day a provider was read that lists all seasons before this one and no premiere of it, and whose that was. */
  looked?: { on: Day; by: string } | null
  /** Windows that are on record as missed, in one spelling of EDTF, with the day that was known: looking again moves none. */
  missedOn?: Readonly<Record<string, Day>>
}

/** A window that was not kept, and the first day on which somebody who looked could know. */
export interface MissedWindow {
  window: Window
  claimIds: string[]
  lookedOn: Day
  /** The claim that shows it; null where a record does. */
  by: string | null
}

/** A premiere, order or ending the claims disagree about, in words, with both sides. */
export interface Contradiction {
  about: 'premiere' | 'renewal' | 'filming' | 'cast'
  sides: { claimIds: string[]; says: string }[]
  /** The rule that settled it ("official outranks press"), or null when trust cannot settle it. */
  settledBy: string | null
}

/** A step of the status track: when the season reached it and who said so. */
export interface TrackStep {
  step: 'announced' | 'filming' | 'wrapped' | 'dated' | 'airing' | 'complete'
  state: 'done' | 'now' | 'open'
  /** The day or window of the step, as said; null where no date was given. */
  edtf: string | null
  claimId: string | null
}

/** What the claims about one season add up to on a day. */
export interface SeasonStatus {
  status: SeasonStatusWord
  /** Ids of the claims that decided it; empty when nobody has said anything or the record alone decides. */
  because: string[]
  /** True where the catalogue's own record (a past premiere or finale) decided. */
  byRecord: boolean
  /** Announced or on record; never a guess. Set exactly where the status is dated, airing or complete, if a day is known. */
  premiere: Window | null
  premiereBecause: string[]
  /** What the press expects of an ordered season that has no announced date: to be shown with its source, as a guess. */
  expected: { window: Window; claimIds: string[] } | null
  /** How the premiere stands; `due` and `not_confirmed` are what silence makes of a day and of a window. */
  premiereState: PremiereState
  /** Somebody we trust says there will be no more: cancelled, or finished by choice. */
  stop: { kind: 'cancelled' | 'ended'; claimIds: string[] } | null
  /** Claims that alone say the season is coming, by sources too weak to settle it. */
  rumours: string[]
  /** A delay without a new date that still stands for a season nobody has ordered. */
  hold: string | null
  finale: Window | null
  finalSeason: boolean
  /** The claims that call it the last season, where we believe them, most trusted first. */
  finalBecause: string[]
  /** Windows that passed without a premiere, as somebody who looked later shows; newest first. */
  missed: MissedWindow[]
  /** Windows that are over and that nobody has looked after, newest first. */
  unconfirmed: { window: Window; claimIds: string[] }[]
  contradictions: Contradiction[]
  states: Record<string, ClaimState>
  track: TrackStep[]
  /** The day the status or the window last really changed, from the deciding claims' days; null when undated. */
  changedOn: Day | null
  /** The last day anybody looked, the newest `seenOn`; null without claims. */
  checkedOn: Day | null
}

/** A provider's own word for the state of a show ("Ended"), kept raw; weighed as a statement of class aggregator. */
export interface Label {
  provider: string
  label: string
  /** When the provider said so, EDTF, as precise as we know it. */
  asOf: string
  seenOn: Day
}

/** What the catalogue and its providers say of the show as a whole. */
export interface ShowFacts {
  kind: string
  genres: string[]
  labels: Label[]
  /** The day each provider gives for the end of the show, EDTF. */
  ended: { provider: string; edtf: string }[]
  /** How many seasons there were, by providers that count them. */
  totals: number[]
}

/**
 * What is on record of a show whose next season nobody has announced: its first line says this, for want of news. It
 * speaks of our record, never of a search: of most shows nobody here has read anything.
 */
export interface Silence {
  /** The last season on record, how many are, and when it began and ended; null for what is not known. */
  season: number | null
  seasons: number
  premiere: Window | null
  /** Its end, where that is over for certain. */
  finale: Window | null
  /** The provider whose end of the show the finale is; null where it is the season's own. */
  finaleBy: string | null
  /** Whole months since its end, or since it began where no end is known; null below two, and where no day is known. */
  months: number | null
  /** How many seasons there are by a provider that counts more than are on record; null where none does. */
  total: number | null
  /** The last episode of the show that a provider gives, where it is not known to be that season's. */
  lastEpisode: ShowStatus['lastEpisode']
  /** What a provider says of its future, unless that was said before the last season. */
  label: Label | null
}

export interface ShowStatus {
  status: ShowStatusWord
  because: string[]
  /** The season a reader waits for: the first that has not begun, else the last airing. */
  nextSeason: number
  lamp: Lamp
  /** The provider's word that decided, or stands beside what did: over, running, ended. */
  label: Label | null
  /** When a show that is over, ended or cancelled came to its end, EDTF; null where that is not known, and for others. */
  since: string | null
  /**
   * The last episode that a provider gives of a show that is over, where it is not known to be the last season's own.
   * Where the seasons on record do not reach it (`reached` false), nobody here can say how many there were.
   */
  lastEpisode: { provider: string; edtf: string; reached: boolean } | null
  /** The label by which a show ran on after the last season on record: then nobody here can say which is next. */
  ranOn: Label | null
  /** The day of the newest word on an ordered season, where it is too old to say anything of today. */
  aged: Day | null
  /** What stands in for news where nobody has announced the next season; null where there is something to say of it. */
  silence: Silence | null
  /** The one-line answer, dated, free of invention. */
  answer: string
}

export interface SeasonInput {
  facts: SeasonFacts
  claims: Claim[]
}

/** A season with what its claims add up to. */
export interface SettledSeason extends SeasonInput {
  status: SeasonStatus
}
