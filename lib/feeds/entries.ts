/** What the feeds say, before they have a format. */
import { createHash } from 'node:crypto'
import { maySpoil } from '@/lib/ledger/spoilers'
import type { Change, Correction, ListedCorrection } from '@/lib/ledger/types'
import { eventWords } from '@/lib/ledger/words'
import type { ShowPage } from '@/lib/pages/types'
import type { Day } from '@/lib/shared/day'
import type { Feed, FeedEntry, FeedFormat } from './types'
import { dayWords } from './words'

const ENTRIES_MAX = 100

const hash = (parts: (string | number)[]) =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 20)

// The address of the site is part of an id, as RFC 4151 has it; the rest never changes.
const tagOf = (site: string, name: string) => `tag:${new URL(site).hostname},2026:${name}`
const idOf = (site: string, ...parts: (string | number)[]) => tagOf(site, hash(parts))

const midnight = (day: Day) => `${day}T00:00:00Z`

/** A change as an entry: the same in the feeds of its season, its show, its followers and the site. */
function changeEntry({ show, source, ...event }: Omit<Change, 'id'>, site: string): FeedEntry {
  const words = eventWords(event)
  const text = `${words}. As of ${dayWords(event.happenedOn)}.`
  return {
    id: tagOf(site, event.key),
    url: `${site}/shows/${show.slug}/seasons/${event.season}`,
    title: `${show.title}, season ${event.season}: ${words}`,
    text: source ? `${text} ${source.name}${source.says === null ? '.' : `: ${source.says}`}` : text,
    day: event.happenedOn,
    recordedAt: event.recordedAt,
    source: source && { name: source.name, url: source.url },
  }
}

function correctionEntry(
  { show, source, ...correction }: Omit<ListedCorrection, 'id'>,
  site: string,
): FeedEntry {
  const page = `${site}/shows/${show.slug}`
  const about = correction.season === null ? page : `${page}/seasons/${correction.season}`
  return {
    id: idOf(site, show.slug, 'correction', correction.publishedOn, correction.text),
    url: correction.claimId ? `${about}#${correction.claimId}` : about,
    title: `${show.title}: a correction`,
    text: correction.text,
    day: correction.publishedOn,
    recordedAt: midnight(correction.publishedOn),
    source,
  }
}

/** Newest first, by the day it was recorded; of one day's records what happened last comes first. */
const newestFirst = (a: FeedEntry, b: FeedEntry) =>
  b.recordedAt.slice(0, 10).localeCompare(a.recordedAt.slice(0, 10)) || b.day.localeCompare(a.day)

type Head = Omit<Feed, 'updated' | 'entries'>

/** A feed of entries; `otherwise` is its instant while it has none. */
function feedOf(head: Head, all: FeedEntry[], otherwise: string): Feed {
  const entries = all.sort(newestFirst).slice(0, ENTRIES_MAX)
  const updated =
    entries
      .map(({ recordedAt }) => recordedAt)
      .sort()
      .at(-1) ?? otherwise
  return { ...head, updated, entries }
}

function entriesOf(show: ShowPage, site: string, isMeant: (season: number | null) => boolean): FeedEntry[] {
  const claims = new Map(show.seasons.flatMap((season) => season.claims.map((claim) => [claim.id, claim])))
  const sourceOf = (ids: string[]) => {
    const claim = ids.map((id) => claims.get(id)).find(Boolean)
    return claim ? { ...claim.source, url: claim.url, says: maySpoil(claim) ? null : claim.value } : null
  }
  const events = show.events
    .filter(({ season }) => isMeant(season))
    .map((event) => changeEntry({ ...event, show, source: sourceOf(event.because) }, site))
  const corrections = show.corrections
    .filter(({ season }) => isMeant(season))
    .map((correction: Correction) =>
      correctionEntry({ ...correction, show, source: sourceOf([correction.claimId ?? '']) }, site),
    )
  return [...events, ...corrections]
}

const quietSince = (show: ShowPage) => midnight(show.changedOn ?? show.checkedOn ?? show.today)

/** Everything that changed about one show, and every correction, newest first. */
export function showFeed(show: ShowPage, site: string, format: FeedFormat): Feed {
  const pageUrl = `${site}/shows/${show.slug}`
  return feedOf(
    {
      id: idOf(site, show.slug, 'feed'),
      title: `${show.title} on Greenlit`,
      subtitle: show.status.answer,
      pageUrl,
      feedUrl: `${pageUrl}/feed.${format}`,
    },
    entriesOf(show, site, () => true),
    quietSince(show),
  )
}

/** The same for one season, with the corrections that are about the whole show. */
export function seasonFeed(show: ShowPage, number: number, site: string, format: FeedFormat): Feed {
  const pageUrl = `${site}/shows/${show.slug}/seasons/${number}`
  return feedOf(
    {
      id: idOf(site, show.slug, number, 'feed'),
      title: `${show.title}, season ${number} on Greenlit`,
      subtitle: 'Every real change of its status or date, with its source.',
      pageUrl,
      feedUrl: `${pageUrl}/feed.${format}`,
    },
    entriesOf(show, site, (season) => season === null || season === number),
    quietSince(show),
  )
}

const listed = (changes: Change[], corrections: ListedCorrection[], site: string) => [
  ...changes.map((change) => changeEntry(change, site)),
  ...corrections.map((correction) => correctionEntry(correction, site)),
]

/** The latest changes and corrections over all shows, newest first. */
export function changesFeed(
  changes: Change[],
  corrections: ListedCorrection[],
  site: string,
  format: FeedFormat,
  today: Day,
): Feed {
  return feedOf(
    {
      id: idOf(site, 'changes', 'feed'),
      title: 'Changes on Greenlit',
      subtitle: 'Every real change of a status or a date, and every correction, with its source.',
      pageUrl: `${site}/changes`,
      feedUrl: `${site}/changes.${format}`,
    },
    listed(changes, corrections, site),
    midnight(today),
  )
}

/** What a reader's own feed is made of. */
export interface ReaderNews {
  readerId: string
  changes: Change[]
  corrections: ListedCorrection[]
  /** The instant of a feed that has nothing to say yet: of the newest follow. */
  since: string
}

/** The changes and corrections of what one reader follows; it names nobody, only its own secret address. */
export function readerFeed(news: ReaderNews, token: string, site: string, format: FeedFormat): Feed {
  return feedOf(
    {
      id: idOf(site, 'reader', news.readerId, 'feed'),
      title: 'Followed on Greenlit',
      subtitle: 'What changed about the seasons you follow, since you followed them.',
      pageUrl: `${site}/following`,
      feedUrl: `${site}/feeds/${token}/feed.${format}`,
    },
    listed(news.changes, news.corrections, site),
    news.since,
  )
}
