import type { EpisodeList, EpisodeView } from '@/lib/pages/types'
import type { Day } from '@/lib/shared/day'

/** A season of more episodes than that is folded into runs. */
const OPEN_MAX = 26
/** Episodes of a run. */
const RUN = 25
/** Episodes a page lists, as many as half its weight bears: a year of weekdays. Of a longer season the last ones. */
const LISTED_MAX = 275

/** Episodes that stand in one fold. */
export interface EpisodeRun {
  episodes: EpisodeView[]
  /** The run with what is next: it stands open. */
  isNext: boolean
}

/** A season's episodes in runs, one where they are few; and how many before them are left to the provider. */
export function episodeRuns(
  { episodes }: Pick<EpisodeList, 'episodes'>,
  today: Day,
): { runs: EpisodeRun[]; left: number } {
  const listed = episodes.slice(-LISTED_MAX)
  const length = listed.length > OPEN_MAX ? RUN : OPEN_MAX
  const next = listed.find(({ day }) => day !== null && day >= today)
  const runs: EpisodeRun[] = []
  for (let from = 0; from < listed.length; from += length) {
    const run = listed.slice(from, from + length)
    runs.push({ episodes: run, isNext: next !== undefined && run.includes(next) })
  }
  return { runs, left: episodes.length - listed.length }
}
