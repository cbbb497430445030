/** Names of the cache tags, once: what a page says, and so what makes it stale when it changes. */
import { type Day, isDay } from './day'

/** Where servers hear at once that tags expired (LISTEN/NOTIFY); they ask by the clock as well. */
export const EXPIRY_CHANNEL = 'greenlit_expiry'

/** What one show's pages and faces are made of: its record, its claims, its pairs. */
export const showTag = (slug: string) => `show:${slug}`
/** What one season's page says. */
export const seasonTag = (slug: string, season: number) => `season:${slug}/${season}`
/** What all season pages of a show say of it. */
export const seasonsTag = (slug: string) => `seasons:${slug}`
/** What a list or a neighbour says of a show: title, lamp, next season. */
export const cardTag = (slug: string) => `card:${slug}`
/** Pages that speak of today. It expires by itself when the day (UTC) is over. */
export const dayTag = (day: Day) => `day:${day}`
/** Which shows there are, and their order by fame, title, genre, country: changed by imports. */
export const CATALOGUE_TAG = 'catalogue'
/** Related lists as a whole: built anew each night. */
export const RELATED_TAG = 'related'
/** How many claims there are, and whose. */
export const LEDGER_TAG = 'ledger'
/** The lists of changes and corrections. */
export const CHANGES_TAG = 'changes'
/** The forecasts as a whole: how many were made, and how they fared. */
export const FORECASTS_TAG = 'forecasts'
/** The exports of the open data that are kept. */
export const OPEN_DATA_TAG = 'open-data'
/** Which shows are coming, and who waits: the first page and the lists in the order of the next season. */
export const COMING_TAG = 'coming'
/** The order of lists by newest season. */
export const NEWEST_TAG = 'newest'
/** Which shows wear a lamp. */
export const lampTag = (lamp: string) => `lamp:${lamp}`
/** Which shows have a status. */
export const statusTag = (status: string) => `status:${status}`
/** Premieres on days of a month (`YYYY-MM`), or in windows that touch it. */
export const monthTag = (month: string) => `month:${month}`

/** The day of a `dayTag`, undefined for any other tag. */
export function dayOfTag(tag: string): Day | undefined {
  const day = tag.replace(/^day:/, '')
  return day !== tag && isDay(day) ? day : undefined
}

/** The slug of a `showTag`, undefined for any other tag. */
export const slugOfTag = (tag: string): string | undefined =>
  tag.startsWith('show:') ? tag.slice('show:'.length) : undefined
