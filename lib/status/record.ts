/**
 * What providers' records said of a premiere on days gone by. A fact is what a provider says now; when it changes, its
 * claim says what it became and on which day. So these claims are the history of the record, and told again they make
 * its events. A claim without a day is what the record said when it was first read: known, and no news. Pure.
 */
import type { Day } from '@/lib/shared/day'
import type { Claim } from './claim'
import type { Window } from './types'

/** Publishers whose records are read as facts, in the order of their trust (lib/catalogue/facts). */
export const RECORD_KEEPERS: readonly string[] = ['tvmaze', 'tmdb', 'anilist', 'wikidata']

const keeperOf = ({ source }: Claim) => RECORD_KEEPERS.indexOf(source.name.toLowerCase())

/** True for a claim that repeats a provider's record of a premiere. */
export const isOfRecord = (claim: Claim): boolean =>
  claim.sourceClass === 'aggregator' &&
  (claim.kind === 'release_date' || claim.kind === 'release_window') &&
  claim.modality === 'done' &&
  claim.edtf !== null &&
  keeperOf(claim) >= 0

/** What the record said, and the claim that shows it. */
export interface Recorded {
  window: Window
  claimId: string
  /** The day by which it was said for certain. */
  saidOn: Day
  /** It stood there when the record was first read: nobody knows since when. */
  isFirst: boolean
}

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/**
 * The record of a premiere as the most trusted provider had it on a day; null where none gave one. Without a day: as it
 * stood when it was first read.
 */
export function recordOn(claims: Claim[], day: Day | null): Recorded | null {
  const known = claims
    .filter((claim) => isOfRecord(claim) && (claim.publishedOn ?? '') <= (day ?? ''))
    .filter(({ retractedOn }) => !(retractedOn && retractedOn <= (day ?? '')))
    .sort(
      (a, b) =>
        keeperOf(a) - keeperOf(b) ||
        byText(b.publishedOn ?? '', a.publishedOn ?? '') ||
        byText(b.recordedAt ?? '', a.recordedAt ?? '') ||
        byText(a.id, b.id),
    )
  const [newest] = known
  if (!newest?.edtf || !newest.earliest || !newest.latest) return null
  return {
    window: { edtf: newest.edtf, earliest: newest.earliest, latest: newest.latest },
    claimId: newest.id,
    saidOn: newest.publishedOn ?? newest.seenOn,
    isFirst: newest.publishedOn === null,
  }
}
