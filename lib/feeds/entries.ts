/** What the feeds and the calendar of a show say, before they have a format. */
import { createHash } from 'node:crypto'
import type { ShowPage } from '@/lib/catalogue/types'
import type { Change, LedgerEvent } from '@/lib/ledger/types'
import { eventWords } from '@/lib/ledger/words'
import type { Day } from '@/lib/shared/day'
import type { CalendarDay, Feed, FeedEntry } from './types'
import { dayWords, exactDay } from './words'
import { cleanLine } from './xml'

const ENTRIES_MAX = 100

const hash = (parts: (string | number)[]) =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 20)

// The address of the site is part of an id, as RFC 4151 has it; the rest never changes.
const idOf = (site: string, ...parts: (string | number)[]) =>
  `tag:${new URL(site).hostname},2026:${hash(parts)}`

function eventText(event: LedgerEvent): string {
  return `${eventWords(event)}. As of ${dayWords(event.happenedOn)}.`
}

/** Everything that changed about one show, and every correction, newest first. */
export function showFeed(show: ShowPage, site: string, format: 'atom' | 'json'): Feed {
  const pageUrl = `${site}/shows/${show.slug}`
  const claims = new Map(show.seasons.flatMap((season) => season.claims.map((claim) => [claim.id, claim])))
  const events = show.events.map((event): FeedEntry => {
    const claim = event.because.map((id) => claims.get(id)).find(Boolean)
    return {
      id: idOf(site, show.slug, event.season, event.kind, event.was, event.became, event.happenedOn),
      url: `${pageUrl}/seasons/${event.season}`,
      title: `${show.title}, season ${event.season}: ${eventWords(event)}`,
      text: claim ? `${eventText(event)} ${claim.source.name}: ${claim.value}` : eventText(event),
      day: event.happenedOn,
      source: claim ? { name: claim.source.name, url: claim.url } : null,
    }
  })
  const corrections = show.corrections.map(
    (correction): FeedEntry => ({
      id: idOf(site, show.slug, 'correction', correction.publishedOn, correction.text),
      url: pageUrl,
      title: `${show.title}: a correction`,
      text: correction.text,
      day: correction.publishedOn,
      source: null,
    }),
  )
  const entries = [...events, ...corrections]
    .sort((a, b) => (a.day < b.day ? 1 : a.day > b.day ? -1 : 0))
    .slice(0, ENTRIES_MAX)
  return {
    id: idOf(site, show.slug, 'feed'),
    title: `${show.title} on Greenlit`,
    subtitle: show.status.answer,
    pageUrl,
    feedUrl: `${pageUrl}/feed.${format}`,
    updated: entries[0]?.day ?? show.changedOn ?? show.checkedOn ?? show.today,
    entries,
  }
}

/** The latest changes over all shows, newest first. */
export function changesFeed(changes: Change[], site: string, today: Day): Feed {
  const entries = changes.slice(0, ENTRIES_MAX).map(
    (change): FeedEntry => ({
      id: idOf(
        site,
        change.show.slug,
        change.season,
        change.kind,
        change.was,
        change.became,
        change.happenedOn,
      ),
      url: `${site}/shows/${change.show.slug}/seasons/${change.season}`,
      title: `${change.show.title}, season ${change.season}: ${eventWords(change)}`,
      text: change.source ? `${eventText(change)} Said by ${change.source.name}.` : eventText(change),
      day: change.happenedOn,
      source: change.source ? { name: change.source.name, url: change.source.url } : null,
    }),
  )
  return {
    id: idOf(site, 'changes', 'feed'),
    title: 'Changes on Greenlit',
    subtitle: 'Every real change of a status or a date, with its source.',
    pageUrl: `${site}/changes`,
    feedUrl: `${site}/changes.atom`,
    updated: entries[0]?.day ?? today,
    entries,
  }
}

/** The premieres of a show that have a day. Windows, missed days and cancelled seasons are no appointments. */
export function showDays(show: ShowPage, site: string): CalendarDay[] {
  return show.seasons.flatMap((season) => {
    const day = exactDay(season.premiere)
    const past = season.state.status === 'airing' || season.state.status === 'complete'
    if (!day || season.state.status === 'cancelled' || (day < show.today && !past)) return []
    const claim = season.claims.find((candidate) => season.state.premiereBecause.includes(candidate.id))
    const said = claim
      ? ` ${claim.source.name}${claim.publishedOn ? `, ${dayWords(claim.publishedOn)}` : ''}: ${claim.url}`
      : ' From the record.'
    return [
      {
        uid: `${hash([show.slug, season.number, 'premiere'])}@${new URL(site).hostname}`,
        day,
        summary: cleanLine(`${show.title}, season ${season.number} premieres`),
        description: cleanLine(`Premiere on ${dayWords(day)}.${said}`),
        url: `${site}/shows/${show.slug}/seasons/${season.number}`,
        sequence: show.events.filter((event) => event.season === season.number && event.kind === 'moved')
          .length,
        stamp: season.state.changedOn ?? season.state.checkedOn ?? show.today,
      },
    ]
  })
}
