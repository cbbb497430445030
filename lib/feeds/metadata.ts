/** What a page's head says: one canonical address, what to index, and the answer in a preview. */
import type { Metadata } from 'next'
import type { ShowPage } from '@/lib/pages/types'
import { siteUrl } from '@/lib/shared/site'
import { hasNoNext } from '@/lib/status/show'
import { silenceTitle } from '@/lib/status/silence'
import { isHeardOf, seasonAnswer } from './season'
import { SEASON_STATUS_WORDS, SHOW_STATUS_WORDS } from './words'
import { cleanLine } from './xml'

const DESCRIPTION_MAX = 300

function describe(text: string): string {
  const line = cleanLine(text)
  return line.length <= DESCRIPTION_MAX ? line : `${line.slice(0, DESCRIPTION_MAX - 1).trimEnd()}…`
}

/** Head of a page with a fixed address, like `/shows`: its canonical link and preview. `path` begins with a slash. */
export function pageMetadata(path: string, title: string, description: string, site = siteUrl()): Metadata {
  const url = `${site}${path === '/' ? '' : path}`
  return {
    metadataBase: new URL(site),
    title,
    description: describe(description),
    alternates: { canonical: url },
    openGraph: {
      title,
      description: describe(description),
      url,
      siteName: 'Greenlit',
      type: 'website',
      locale: 'en',
    },
    twitter: { card: 'summary_large_image' },
  }
}

/** Feeds and a calendar as a page's head announces them: a program that finds several shows their titles to choose by. */
const announced = (title: string, feed: string, calendar: string) => ({
  'application/atom+xml': [{ url: `${feed}.atom`, title: `${title} (Atom)` }],
  'application/feed+json': [{ url: `${feed}.json`, title: `${title} (JSON Feed)` }],
  'text/calendar': [{ url: calendar, title: `${title} (calendar)` }],
})

/** The same head with the feeds and the calendar of all changes announced. */
export function changesAlternates(head: Metadata, site = siteUrl()): Metadata {
  const types = announced('Greenlit: changes of all shows', `${site}/changes`, `${site}/changes.ics`)
  return { ...head, alternates: { ...head.alternates, types } }
}

/** How a show stands, in a few words for its title. */
function titleWords({ status: show, seasons }: ShowPage): string {
  const next = seasons.find((season) => season.number === show.nextSeason)
  if (hasNoNext(show))
    return `${SHOW_STATUS_WORDS[show.status]}${show.since ? ` since ${show.since.slice(0, 4)}` : ''}`
  if (show.silence) {
    const isOn = seasons.some(
      ({ number, state }) => number === show.silence?.season && state.status === 'airing',
    )
    return silenceTitle(show.silence, { next: show.nextSeason, isHeard: isHeardOf(next) }, isOn)
  }
  return next
    ? `season ${next.number} ${SEASON_STATUS_WORDS[next.state.status]}`
    : SHOW_STATUS_WORDS[show.status]
}

/** Head of a show's page: the answer is the description; its feeds are announced. */
export function showMetadata(show: ShowPage, site = siteUrl()): Metadata {
  const path = `/shows/${show.slug}`
  const title = cleanLine(`${show.title}: ${titleWords(show)}`)
  const base = pageMetadata(path, title, show.status.answer, site)
  return {
    ...base,
    alternates: {
      ...base.alternates,
      types: {
        ...announced(cleanLine(show.title), `${site}${path}/feed`, `${site}${path}/calendar.ics`),
        'text/plain': [{ url: `${site}${path}/answer.txt`, title: cleanLine(`${show.title} in one line`) }],
      },
    },
    openGraph: { ...base.openGraph, type: 'video.tv_show' },
  }
}

/** True where a season may be indexed: at least one claim that was not taken back speaks about it. */
export function isSeasonIndexed(show: ShowPage, number: number): boolean {
  return isHeardOf(show.seasons.find((candidate) => candidate.number === number))
}

/** Head of a season's page, its feeds announced; kept out of search engines until a sourced claim speaks about the season. */
export function seasonMetadata(show: ShowPage, number: number, site = siteUrl()): Metadata {
  const season = show.seasons.find((candidate) => candidate.number === number)
  const status = season ? SEASON_STATUS_WORDS[season.state.status] : SEASON_STATUS_WORDS.unannounced
  const title = cleanLine(`${show.title}, season ${number}: ${status}`)
  const answer = season ? seasonAnswer(show, season) : `${title}.`
  const path = `/shows/${show.slug}/seasons/${number}`
  const base = pageMetadata(path, title, answer, site)
  return {
    ...base,
    alternates: {
      ...base.alternates,
      types: announced(
        cleanLine(`${show.title}, season ${number}`),
        `${site}${path}/feed`,
        `${site}${path}/calendar.ics`,
      ),
    },
    ...(!isSeasonIndexed(show, number) && { robots: { index: false, follow: true } }),
  }
}
