/**
 * What a statement may give away to somebody who has not seen the season before it to its end. Pure. Until the site knows
 * how far a reader is, such a statement is folded on pages, under a line with its kind, day and source, and is not
 * printed where nothing can be folded: first lines, titles, cards, feeds, mails.
 *
 * - Of a first season nothing does: no season ended before it.
 * - Who comes back lived, and who is out may not have: a return and a departure are told by person, so each of them
 *   gives away an ending. Who is new was in no ending.
 * - What the season is about begins where the last one ended, whoever says it.
 * - A death, of a part or of its actor, gives itself away in whatever kind of statement it stands.
 * - A statement of any other kind speaks of orders, days and work, and stays open.
 * - The name of an episode may tell what happens in it, in a first season too: each is folded by itself, so that a reader
 *   opens them as far as they have watched. Of one that was not shown yet it is not printed at all.
 *
 * The machine interface gives all of it (`claims` and `cast` are what it is asked for): whoever builds on it gets the kind
 * by which to fold.
 */
import type { Day } from '@/lib/shared/day'
import type { Claim } from '@/lib/status/claim'

type Judged = Pick<Claim, 'season' | 'kind' | 'personStatus' | 'value'>

/** Words of a death that are not words of titles: "Death Note", "Only Murders in the Building". */
const DEATH =
  /\b(?:died|dies|dying|killed|kills off|survives?|survived|surviving|(?:is|was|are|were) dead|death of)\b|['’]s? death\b/i

/** True where there is an ending to give away: of a season after the first. */
export const hasSeasonBefore = (season: number): boolean => season > 1

/** True of a statement that may give away how the season before its own ended. */
export function maySpoil({ season, kind, personStatus, value }: Judged): boolean {
  if (!hasSeasonBefore(season)) return false
  if (kind.startsWith('plot_')) return true
  if (kind === 'cast_new') return personStatus === 'returning' || personStatus === 'out' || DEATH.test(value)
  return kind.startsWith('cast_') || DEATH.test(value)
}

/** What stands on the fold of what a season's statements may give away. */
export const spoilerWords = (season: number): string => `may give away how season ${season - 1} ended`

/** True where the name of an episode may be printed, folded: from its day on. Without a day nobody knows. */
export const mayNameEpisode = (day: Day | null, today: Day): boolean => day !== null && day <= today
