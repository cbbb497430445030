/** Pure rules of follows. */
import { isSlug } from '@/lib/shared/slug'
import type { FollowedSeason, SeasonName } from './types'

/** The most seasons one reader may follow. */
export const FOLLOWS_MAX = 2_000
/** A link that confirms following by mail works this long. */
export const OPT_IN_LIFETIME_MS = 2 * 86_400_000

/** True for what could name a season: a slug and a number from 1 to 1000. */
export function isSeasonName({ slug, number }: SeasonName): boolean {
  return isSlug(slug) && Number.isInteger(number) && number >= 1 && number <= 1000
}

/** By the earliest day it could come, the dateless last; then by title and season, so the order never wavers. */
export function bySoonest(a: FollowedSeason, b: FollowedSeason): number {
  const [left, right] = [a.premiere?.earliest ?? '9999-12-31', b.premiere?.earliest ?? '9999-12-31']
  if (left !== right) return left < right ? -1 : 1
  return a.title.localeCompare(b.title, 'en') || a.season - b.season
}
