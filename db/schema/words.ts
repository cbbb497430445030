/** The words the ledger and the status speak, once; the columns, the rooms' types and the parsers all read them here. */

export const CLAIM_KINDS = [
  'announced',
  'renewed',
  'final_season',
  'cancelled',
  'ended',
  'writing',
  'filming_started',
  'filming_wrapped',
  'release_window',
  'release_date',
  'delayed',
  'split_release',
  'episode_count',
  'trailer',
  'cast_confirmed',
  'cast_new',
  'cast_out',
  'plot_official',
  'plot_rumour',
  'no_news',
] as const
export type ClaimKind = (typeof CLAIM_KINDS)[number]

/** In the order of trust, most trusted first. */
export const SOURCE_CLASSES = ['official', 'interview', 'trade', 'press', 'aggregator', 'fan'] as const
export type SourceClass = (typeof SOURCE_CLASSES)[number]

export const SEASON_STATUSES = [
  'unannounced',
  'announced',
  'filming',
  'wrapped',
  'dated',
  'airing',
  'complete',
  'cancelled',
] as const
export type SeasonStatusWord = (typeof SEASON_STATUSES)[number]

/**
 * How the premiere of a season stands: ahead or unknown; its day came and nobody has said that it began; begun; its
 * window passed and nobody looked after; its window passed and somebody who looked after, or a source, says it was not kept.
 */
export const PREMIERE_STATES = ['open', 'due', 'premiered', 'not_confirmed', 'missed'] as const
export type PremiereState = (typeof PREMIERE_STATES)[number]

/** over: a provider lists it as finished and nobody says whether by choice. running: episodes come as a matter of course. */
export const SHOW_STATUSES = [
  'returning',
  'final-season',
  'running',
  'ended',
  'cancelled',
  'over',
  'unknown',
] as const
export type ShowStatusWord = (typeof SHOW_STATUSES)[number]

/**
 * The signal lamp: coming (dated or airing), ordered (announced, filming or wrapped, no date),
 * silent (nobody has said), cancelled, ended (finished by choice), over (listed as finished), running.
 */
export const LAMPS = ['coming', 'ordered', 'silent', 'cancelled', 'ended', 'over', 'running'] as const
export type Lamp = (typeof LAMPS)[number]

export const EVENT_KINDS = [
  'announced',
  'renewed',
  'cancelled',
  'final-season',
  'filming-started',
  'filming-wrapped',
  'dated',
  'moved',
  'window-missed',
  'trailer',
  'cast-confirmed',
  'premiered',
  'complete',
] as const
export type EventKind = (typeof EVENT_KINDS)[number]

/** The fields of a season that providers give; `counted` is that they list the season at all, dated or not. */
export const SEASON_FACT_FIELDS = ['counted', 'premiere', 'finale', 'episodes'] as const
/** The fields of a show that providers give; `seasons` is how many it had in all, by a provider that counts them. */
export const SHOW_FACT_FIELDS = ['network', 'country', 'label', 'ended', 'seasons'] as const
export const FACT_FIELDS = [...SEASON_FACT_FIELDS, ...SHOW_FACT_FIELDS] as const
export type FactField = (typeof FACT_FIELDS)[number]

/** Why two titles are related: the field a reason's term comes from, or that people named the pair. */
export const REASON_KINDS = [
  'pair',
  'franchise',
  'source',
  'creator',
  'cast',
  'tag',
  'genre',
  'genre_country',
  'network',
  'country',
  'era',
  'summary',
  'readers',
] as const
export type ReasonKind = (typeof REASON_KINDS)[number]

/** One checkable reason for a related title. `href` leads to the facts: a browse page filtered by the term. */
export interface Reason {
  kind: ReasonKind
  /** The shared term as stored: a tag's name, a person's name, a country … */
  term: string
  /** A short sentence fit for a card: "Both are about a zombie outbreak". Spoiler-free. */
  text: string
  href: string | null
  /** How much of the score this term carried, 0..1. */
  share: number
}

/** A reader's word on a show: seen already, or waved off. */
export const VERDICT_WORDS = ['seen', 'not-this'] as const
export type VerdictWord = (typeof VERDICT_WORDS)[number]

/** What a reader can ask to be told of; each stands for some kinds of event. */
export const WANTS = ['decision', 'dates', 'premiere', 'complete', 'filming', 'cast', 'trailer'] as const
export type Want = (typeof WANTS)[number]

/** At once, or gathered into a mail a day or a week. */
export const CADENCES = ['now', 'daily', 'weekly'] as const
export type Cadence = (typeof CADENCES)[number]

export const CHANNEL_KINDS = ['mail', 'push', 'webhook'] as const
export type ChannelKind = (typeof CHANNEL_KINDS)[number]

/** What a webhook's other side reads: our own JSON, or one of three it may be. */
export const WEBHOOK_FORMATS = ['json', 'ntfy', 'discord', 'slack'] as const
export type WebhookFormat = (typeof WEBHOOK_FORMATS)[number]

/** What a notice tells: an event of the ledger, a premiere that comes by the clock, or a correction. */
export type NoticeKind = EventKind | 'premiere' | 'correction'

/**
 * due: waits for its hour; gathered: in a mail that waits to leave; sent; skipped: no longer wanted or no longer true;
 * parked: refused for good, a person should look.
 */
export const NOTICE_STATES = ['due', 'gathered', 'sent', 'skipped', 'parked'] as const
export type NoticeState = (typeof NOTICE_STATES)[number]

export type TokenPurpose = 'unsubscribe' | 'feed' | 'basket'

/**
 * How readers are told of an event: not at all (the past); held for a moment; told; taken back before anybody was
 * told; or told and found wrong, which they were told too.
 */
export const TELLINGS = ['silent', 'held', 'told', 'withdrawn', 'corrected'] as const
export type Telling = (typeof TELLINGS)[number]

/** How far a season that is forecast had come: ordered and more, only its wait is forecast. */
export const FORECAST_MILESTONES = ['none', 'announced', 'filming', 'wrapped'] as const
export type ForecastMilestone = (typeof FORECAST_MILESTONES)[number]

/**
 * Why nothing is forecast though nobody has decided: the season before has no day on record, too few shows of its class
 * taught the model, its lists stop too long ago, or the window would be wider than means anything.
 */
export const FORECAST_ABSENCES = ['undated', 'class', 'stale', 'wide'] as const
export type ForecastAbsence = (typeof FORECAST_ABSENCES)[number]

/** A group of features that moved a forecast: log-odds of a return, or log-days of the wait. */
export interface ForecastReason {
  of: 'renewal' | 'gap'
  code: string
  value: number
  effect: number
}

/** What a person said of two that may be one show. */
export const IDENTITY_VERDICTS = ['same', 'two'] as const
export type IdentityVerdict = (typeof IDENTITY_VERDICTS)[number]

/** What speaks for or against two being one show. */
export const IDENTITY_CODES = [
  'shared-id',
  'other-id',
  'title',
  'title-alias',
  'alias',
  'day',
  'year',
  'year-near',
  'year-differs',
  'country',
  'country-differs',
  'network',
  'kind-differs',
  'namesakes',
  'by-hand',
] as const
export type IdentityCode = (typeof IDENTITY_CODES)[number]

/** One reason with what it adds to the score, and what it rests on. */
export interface IdentityReason {
  code: IdentityCode
  adds: number
  what: string
}

/**
 * Why a provider's season is one of ours: it was decided before; it begins on the same day; it bears the number; the
 * seasons around it say so; it is a part of one. Or why nobody can tell: two of ours begin then; it begins within one of
 * ours; what is around it counts both ways; it is called by a year and has no day in common with ours.
 */
export const NUMBERING_REASONS = [
  'day',
  'number',
  'neighbours',
  'part',
  'unclear-several',
  'unclear-within',
  'unclear-neighbours',
  'unclear-year',
] as const
export type NumberingReason = (typeof NUMBERING_REASONS)[number]

/** What a provider says of its side of a pair that may be one show. */
export interface PairOfProvider {
  title: string
  url: string
  began: string | null
  country: string | null
  network: string | null
  ids: string[]
}
