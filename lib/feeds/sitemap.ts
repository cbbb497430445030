/** The sitemap (sitemaps.org): one file while it fits, an index by type beyond. `lastmod` is the day a claim changed something, or absent. */
import type { Day } from '@/lib/shared/day'
import { el, writeXml } from './xml'

const NAMESPACE = 'http://www.sitemaps.org/schemas/sitemap/0.9'
/** Addresses per file; the protocol allows 50,000. */
export const SITEMAP_FILE_MAX = 40_000

/** Pages that are the same for every show. */
export const FIXED_PATHS = [
  '/',
  '/shows',
  '/calendar',
  '/changes',
  '/corrections',
  '/forecasts',
  '/sources',
  '/about',
  '/api',
  '/data',
] as const

export const SITEMAP_TYPES = ['pages', 'shows', 'seasons'] as const
export type SitemapType = (typeof SITEMAP_TYPES)[number]

export interface SitemapEntry {
  path: string
  changedOn: Day | null
}

/** A file's name, `shows-2`, as type and page; null for a name that was never given out. */
export function readSitemapName(name: string): { type: SitemapType; page: number } | null {
  const match = /^(pages|shows|seasons)-([1-9]\d{0,3})\.xml$/.exec(name)
  return match && { type: match[1] as SitemapType, page: Number(match[2]) }
}

/** The files an index lists for so many shows and seasons. */
export function sitemapNames(counts: { shows: number; seasons: number }): string[] {
  const files = (type: SitemapType, count: number) =>
    Array.from({ length: Math.ceil(count / SITEMAP_FILE_MAX) }, (_, i) => `${type}-${i + 1}.xml`)
  return ['pages-1.xml', ...files('shows', counts.shows), ...files('seasons', counts.seasons)]
}

export function writeSitemap(site: string, entries: SitemapEntry[]): string {
  return writeXml(
    el(
      'urlset',
      { xmlns: NAMESPACE },
      ...entries.map(({ path, changedOn }) =>
        el('url', {}, el('loc', {}, `${site}${path}`), changedOn ? el('lastmod', {}, changedOn) : null),
      ),
    ),
  )
}

export function writeSitemapIndex(site: string, names: string[]): string {
  return writeXml(
    el(
      'sitemapindex',
      { xmlns: NAMESPACE },
      ...names.map((name) => el('sitemap', {}, el('loc', {}, `${site}/sitemaps/${name}`))),
    ),
  )
}
