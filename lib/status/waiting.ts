/** What somebody who follows a season waits for, and how that is said wherever it is said. Pure. */
import { isFinished } from './show'
import type { SeasonStatusWord, ShowStatusWord } from './types'

/** A followed season, or one to be followed. */
export interface Wait {
  title: string
  number: number
  forRevival: boolean
}

const ON_ITS_WAY = new Set<SeasonStatusWord>(['announced', 'filming', 'wrapped', 'dated', 'airing'])

/**
 * True where nobody waits for the season, but might like to hear if the show comes back after all: the show is over,
 * ended or cancelled, and the season is neither on its way nor on.
 */
export const waitsForRevival = (
  show: { status: ShowStatusWord },
  season: SeasonStatusWord = 'unannounced',
): boolean => show.status !== 'running' && isFinished(show) && !ON_ITS_WAY.has(season)

/** "Dark, season 4", "Friends, if it is revived". */
export const waitName = ({ title, number, forRevival }: Wait): string =>
  forRevival ? `${title}, if it is revived` : `${title}, season ${number}`

/** What the button says. */
export const followLabel = ({ number, forRevival }: Pick<Wait, 'number' | 'forRevival'>): string =>
  forRevival ? 'Tell me if it is revived' : `Follow season ${number}`

/** What is wanted, after "to": "follow Dark, season 4", "be told if Friends is revived". */
export const followWish = (wait: Wait): string =>
  wait.forRevival ? `be told if ${wait.title} is revived` : `follow ${waitName(wait)}`
