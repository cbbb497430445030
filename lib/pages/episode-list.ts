/** Which provider's episodes a season's page lists, and what it may say of each. Pure. */
import { trustOf } from '@/lib/catalogue/facts'
import { mayNameEpisode } from '@/lib/ledger/spoilers'
import type { Day } from '@/lib/shared/day'
import type { EpisodeList } from './types'

/** An episode as it is on record. */
export interface EpisodeOnRecord {
  provider: string
  number: number
  name: string | null
  day: Day | null
  /** RFC 3339. */
  at: string | null
  minutes: number | null
}

/** The list of a season of which all that providers give is `given`; null where none gives any. */
export function episodeListOf(given: readonly EpisodeOnRecord[], today: Day): EpisodeList | null {
  const providers = [...new Set(given.map(({ provider }) => provider))]
  const [provider] = providers.sort((a, b) => trustOf(a) - trustOf(b) || (a < b ? -1 : 1))
  if (provider === undefined) return null
  const episodes = given
    .filter((one) => one.provider === provider)
    .sort((a, b) => a.number - b.number)
    .map(({ number, name, day, at, minutes }) => ({
      number,
      name: mayNameEpisode(day, today) ? name : null,
      day,
      // An hour of another day (some list what comes after midnight under the evening before) would contradict it.
      at: at !== null && at.slice(0, 10) === day ? at : null,
      minutes,
    }))
  const first = Math.min(1, episodes[0]?.number ?? 1)
  return { provider, episodes, isWhole: episodes.every(({ number }, place) => number === first + place) }
}
