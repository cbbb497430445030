import type { SeasonView, ShowPage } from '@/lib/pages/types'
import { formatWindow } from '@/lib/shared/edtf'
import { seasonWord } from '../words'
import { hasCome } from './gaps'

/** A row of the table of seasons: one season, or a run of which the same is to say. */
export interface SeasonRow {
  from: number
  to: number
  /** When it began, EDTF; null where it has not, or nobody knows. */
  premiere: string | null
  /** What stands in its place. */
  why: string
  episodes: number | null
}

const DAY_UNKNOWN = 'day not on record'
const DAYS_UNKNOWN = 'days not on record'

/** What stands where a season has no premiere behind it: unrecorded, not to be (null), or how far it is. */
function whyUndated({ seasons, status: show, today }: SeasonsOf, season: SeasonView): string | null {
  const { status } = season.state
  const later = seasons.some((other) => other.number > season.number && hasCome(other, today))
  if (season.premiere && season.premiere.earliest <= today)
    return `was due ${formatWindow(season.premiere.edtf, { style: 'short' })}`
  if (later || status === 'complete' || status === 'airing') return DAY_UNKNOWN
  if (status === 'unannounced' && (show.status === 'ended' || show.status === 'cancelled')) return null
  return seasonWord(status, season.premiere).toLowerCase()
}

type SeasonsOf = Pick<ShowPage, 'seasons' | 'status' | 'today'>

/**
 * The seasons of a show as rows of its table. Neighbours of which the same is to say, and neither day nor
 * episodes are known, make one row; a season there will not be makes none: what was said of it stands in the ledger.
 */
export function seasonRows(show: SeasonsOf): SeasonRow[] {
  const rows: SeasonRow[] = []
  for (const season of show.seasons) {
    const begun = hasCome(season, show.today)
    const why = begun ? '' : whyUndated(show, season)
    if (why === null) continue
    const { number, episodes } = season
    const row = { from: number, to: number, premiere: begun ? season.premiere!.edtf : null, why, episodes }
    const before = rows.at(-1)
    const isSame = before && !before.premiere && before.why === why && before.to === number - 1
    if (isSame && !begun && before.episodes === null && episodes === null)
      rows[rows.length - 1] = { ...before, to: number }
    else rows.push(row)
  }
  return rows.map((row) =>
    row.from < row.to && row.why === DAY_UNKNOWN ? { ...row, why: DAYS_UNKNOWN } : row,
  )
}
