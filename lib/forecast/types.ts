/** Days here are whole numbers, counted from 1970-01-01, so that gaps are differences. */
export type DayNumber = number

/** A season as a file or the catalogue gives it. */
export interface SeasonRow {
  /** Whose list it is from; shows of different sources are different shows. */
  source: string
  /** The show's key within its source. */
  show: string
  title: string
  season: number
  premiere: DayNumber | null
  end: DayNumber | null
  /** How many the season has in all; how many had aired on a day is less. */
  episodes: number | null
  network: string | null
  country: string | null
  genres: string[]
  /** Of the whole season. */
  runtimeMinutes: number | null
  /** Whether its streaming service has it in every country; null where that is not said. */
  global: boolean | null
}

/** What does not change about a show, as a catalogue record gives it. */
export interface TitleFacts {
  genres: string[]
  country: string | null
  kind: string | null
  sourceMaterial: string | null
  castCount: number
}

/** Seasons of one show that may be known on a day, and what does not change about it. */
export interface History {
  source: string
  /** By season number, and of one number the earliest first. */
  seasons: SeasonRow[]
  /** What other lists have of a show of this name by the day: its seasons by number, a map for each list. */
  elsewhere: Map<number, SeasonRow & { premiere: DayNumber }>[]
  /** Shows that had begun by the day whose names begin as this one's: what a franchise has. */
  kin: number
  facts: TitleFacts | null
}

/** The horizon of renewal: the next season premieres at most so many days after this one. */
export const RENEWAL_DAYS = 1096
/** A gap longer than this is a revival, which is not forecast. */
export const GAP_DAYS_MAX = 2500
/** Where nobody knows when a season ended, it is taken to have ended so long after its premiere. */
export const SEASON_DAYS = 90

/** The day a season is forecast on: the day it ended. */
export const endOf = (row: { premiere: DayNumber | null; end: DayNumber | null }): DayNumber =>
  row.end !== null && row.end >= row.premiere! ? row.end : row.premiere! + SEASON_DAYS

/** A row as it stood on a day: an end to come was not known. */
export const rowBy = <R extends SeasonRow>(row: R, asOf: DayNumber): R =>
  row.end !== null && row.end > asOf ? { ...row, end: null } : row

/** A term that moved a forecast: how far, in log-odds for renewal and in log-days for the gap. */
export interface Reason {
  of: 'renewal' | 'gap'
  code: string
  /** What the term was on that day; -1 where it was unknown. */
  value: number
  effect: number
}

/** An interval of days after the season's premiere; `low` is never before the day of the forecast. */
export interface Interval {
  low: number
  high: number
}

export interface SeasonForecast {
  /** The chance that the next season premieres within RENEWAL_DAYS of this one's premiere. */
  renewal: number
  /** Days between the two premieres if it returns: the median and central intervals of 50, 80 and 95 %. */
  gapDays: number
  window: { p50: Interval; p80: Interval; p95: Interval }
  reasons: Reason[]
  /** The class whose seasons calibrated it. */
  class: string
}
