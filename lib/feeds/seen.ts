import { createHash } from 'node:crypto'
import type { ShowPage } from '@/lib/catalogue/types'
import { eventWords } from '@/lib/ledger/words'

/** How many changes a browser compares with what it has seen: more than ever come between two visits. */
const CHANGES_MAX = 12

// A hash: the day an event became known is no day of the season, and must not stand on its page as one.
const nameOf = (parts: (string | number)[]) =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 12)

/** The newest changes of a show in words, each with a name that never changes and its source's page. */
export function seenChanges(show: ShowPage): { key: string; text: string; href: string | null }[] {
  const pages = new Map(
    show.seasons.flatMap((season) => season.claims.map((claim) => [claim.id, claim.url] as const)),
  )
  return [...show.events]
    .sort((a, b) => (a.happenedOn < b.happenedOn ? 1 : a.happenedOn > b.happenedOn ? -1 : 0))
    .slice(0, CHANGES_MAX)
    .map((event) => ({
      key: nameOf([event.season, event.kind, event.happenedOn, event.became]),
      text: `Season ${event.season}: ${eventWords(event)}`,
      href: event.because.map((id) => pages.get(id)).find((url) => url !== undefined) ?? null,
    }))
}
