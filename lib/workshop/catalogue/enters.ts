/** Which shows enter the starter catalogue, and why others do not. Pure. */

import type { Fact } from '@/lib/catalogue/types'
import { parseEdtf } from '@/lib/shared/edtf'
import type { Draft } from './assemble'

const ONE_SEASON_DAYS = 400
/** From here on the status says by itself that a running show has had more seasons (`ranOn` in lib/status). */
const SURELY_MORE_DAYS = 730

/** True for a show listed as running or undecided so long after its only known premiere that more seasons may have come. */
export function mayHaveRunOn(label: Fact | undefined, premiere: string | null | undefined): boolean {
  if (label?.value !== 'Running' && label?.value !== 'To Be Determined') return false
  const [listed, began] = [parseEdtf(label.as_of ?? ''), parseEdtf(premiere ?? '')]
  if (!listed.ok || !began.ok) return false
  const days = (Date.parse(listed.window.earliest) - Date.parse(began.window.latest)) / 86_400_000
  return days > ONE_SEASON_DAYS && !(label.value === 'Running' && days > SURELY_MORE_DAYS)
}

const CAST_MIN = 3

/**
 * Whether a show is well enough known to enter: of the ledger, an anime or a show that one set at least describes with
 * its first day. What may have had a second season while nobody here counts them stays out, for then nobody can say
 * which season is next; what surely ran on is in, and its page says that the record stops. The reason it stays out, or
 * null.
 */
export function whyLeftOut(draft: Draft, hadAddress: boolean): string | null {
  const { record } = draft
  // That we know what a show is about is no evidence of it.
  const sets = draft.sets.filter((set) => set !== 'tagged')
  if (draft.claimed || sets.includes('famous-by-hand') || hadAddress) return null
  if (record.kind === 'anime' && !sets.includes('bangumi-data') && !sets.includes('anime-seasons'))
    return 'a Japanese animation under a name bangumi-data does not know: it would stand beside itself'
  if (sets.includes('bangumi-data') || sets.includes('anime-seasons')) return null
  if (!record.seasons?.some((season) => season.premiere)) return 'no season with a date that can be believed'
  if ((record.genres?.length ?? 0) === 0 && record.kind === 'scripted' && !sets.includes('turkish-wikipedia'))
    return 'no genre is known'
  if (!record.country && !record.network && !record.cast)
    return 'neither country nor network nor cast is known'
  if (draft.nextUnknown) return 'may have had more seasons than one, and nobody here counts them'
  if (
    sets.some((set) => set.startsWith('tvmaze-2') || set === 'tvmaze-schedule' || set === 'turkish-wikipedia')
  )
    return sets.length === 1 && sets[0] === 'tvmaze-2025'
      ? 'one set only, which gives years and no network'
      : null
  if (sets.length >= 2) return null
  if (draft.besideNamesake) return 'one set only, and a namesake began in the same year'
  // We wrote down its first home and its genres; the service lists who is in it and where it is from.
  if (sets[0] === 'premises' && record.network) return null
  return sets[0] === 'netflix-titles' && record.country && (record.cast?.length ?? 0) >= CAST_MIN
    ? null
    : 'one set only'
}
