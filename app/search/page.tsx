import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { pageMetadata } from '@/lib/feeds/metadata'
import { findShow } from '@/lib/related/pairs'
import { searchShows } from '@/lib/search/queries'
import { cleanQuery, queryProblem } from '@/lib/search/query'
import { isSlug } from '@/lib/shared/slug'
import { languageOf } from '../_components/poster/rules'
import { SearchBox } from '../_components/search-box/search-box'
import styles from './search.module.css'

const SHOWN = 30

interface Props {
  searchParams: Promise<{ q?: string | string[]; beside?: string | string[] }>
}

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const { q } = await searchParams
  const base = pageMetadata('/search', 'Search', 'Find a show by any of its titles, in any script.')
  return q ? { ...base, robots: { index: false, follow: true } } : base
}

export default async function Search({ searchParams }: Props) {
  const { q = '', beside } = await searchParams
  if (typeof q !== 'string' || queryProblem(q)) notFound()
  const query = cleanQuery(q)
  // Found to be named beside a show (its page's form), not to be opened.
  const show = typeof beside === 'string' && isSlug(beside) ? await findShow(beside) : null
  const found = query ? await searchShows(query, SHOWN) : []
  const results = found.filter(({ slug }) => slug !== show?.slug)
  return (
    <div data-own-search="">
      <h1 className={styles.title}>{show ? `What belongs beside ${show.title}?` : 'Search'}</h1>
      <div className={styles.box}>
        <SearchBox label="Any title, in any script" value={query} beside={show?.slug} />
      </div>
      {query !== '' && (
        <section aria-labelledby="found" className={styles.found}>
          <h2 id="found">
            {results.length === 0
              ? `Nothing is called anything like “${query}”`
              : `${results.length === SHOWN ? 'The nearest ' : ''}${results.length} ${results.length === 1 ? 'show' : 'shows'} for “${query}”`}
          </h2>
          {results.length === 0 ? (
            <p className="quiet">
              Try the original title, fewer letters, or <a href="/shows">look through all shows</a>.
            </p>
          ) : (
            <ol className={styles.results}>
              {results.map((result) => (
                <li key={result.slug}>
                  <a
                    href={show ? `/shows/${show.slug}/suggest/${result.slug}` : `/shows/${result.slug}`}
                    lang={languageOf(result.title) ?? undefined}
                  >
                    {result.title}
                  </a>
                  {result.matched !== result.title && (
                    <span className={styles.matched} lang={languageOf(result.matched) ?? undefined}>
                      {result.matched}
                    </span>
                  )}
                  <span className={styles.year}>{result.year ?? ''}</span>
                </li>
              ))}
            </ol>
          )}
        </section>
      )}
    </div>
  )
}
