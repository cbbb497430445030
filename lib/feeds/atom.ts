import type { Feed } from './types'
import { cleanLine, el, writeXml } from './xml'

/** A feed as Atom (RFC 4287). */
export function writeAtom(feed: Feed): string {
  return writeXml(
    el(
      'feed',
      { xmlns: 'http://www.w3.org/2005/Atom', 'xml:lang': 'en' },
      el('id', {}, feed.id),
      el('title', {}, cleanLine(feed.title)),
      el('subtitle', {}, cleanLine(feed.subtitle)),
      el('updated', {}, feed.updated),
      el('author', {}, el('name', {}, 'Greenlit')),
      el('link', { rel: 'self', type: 'application/atom+xml', href: feed.feedUrl }),
      el('link', { rel: 'alternate', type: 'text/html', href: feed.pageUrl }),
      ...feed.entries.map((entry) =>
        el(
          'entry',
          {},
          el('id', {}, entry.id),
          el('title', {}, cleanLine(entry.title)),
          el('updated', {}, entry.recordedAt),
          el('link', { rel: 'alternate', type: 'text/html', href: entry.url }),
          entry.source
            ? el('link', {
                rel: 'via',
                href: cleanLine(entry.source.url),
                title: cleanLine(entry.source.name),
              })
            : null,
          el('content', { type: 'text' }, cleanLine(entry.text)),
        ),
      ),
    ),
  )
}

/** A feed as JSON Feed 1.1. */
export function writeJsonFeed(feed: Feed): string {
  return JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: cleanLine(feed.title),
    description: cleanLine(feed.subtitle),
    home_page_url: feed.pageUrl,
    feed_url: feed.feedUrl,
    language: 'en',
    authors: [{ name: 'Greenlit' }],
    items: feed.entries.map((entry) => ({
      id: entry.id,
      url: entry.url,
      ...(entry.source && { external_url: cleanLine(entry.source.url) }),
      title: cleanLine(entry.title),
      content_text: cleanLine(entry.text),
      date_published: entry.recordedAt,
      // When it happened, which may be long before we knew.
      _greenlit: { happened_on: entry.day },
    })),
  })
}
