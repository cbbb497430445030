import { eventWords } from '@/lib/ledger/words'
import type { ShowPage } from '@/lib/pages/types'

/** How many changes a browser compares with what it has seen: more than ever come between two visits. */
const CHANGES_MAX = 12
/** Of an event's name: enough to tell the changes of one show apart, in bytes every page carries. */
const SEEN_CHARACTERS = 12

/** The newest changes of a show in words, each with a name that never changes and its source's page. */
export function seenChanges(show: ShowPage): { key: string; text: string; href: string | null }[] {
  const pages = new Map(
    show.seasons.flatMap((season) => season.claims.map((claim) => [claim.id, claim.url] as const)),
  )
  return [...show.events]
    .sort((a, b) => (a.happenedOn < b.happenedOn ? 1 : a.happenedOn > b.happenedOn ? -1 : 0))
    .slice(0, CHANGES_MAX)
    .map((event) => ({
      // A hash either way: the day an event became known is no day of the season, and must not stand on its page as one.
      key: event.seenKey ?? event.key.slice(0, SEEN_CHARACTERS),
      text: `Season ${event.season}: ${eventWords(event)}`,
      href: event.because.map((id) => pages.get(id)).find((url) => url !== undefined) ?? null,
    }))
}
