import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { pageMetadata } from '@/lib/feeds/metadata'
import { findShow } from '@/lib/related/pairs'
import { searchBeyond } from '@/lib/search/beyond-names'
import { isFar } from '@/lib/search/nearness'
import { searchRows } from '@/lib/search/queries'
import { cleanQuery, queryProblem } from '@/lib/search/query'
import { resultPath } from '@/lib/search/result-path'
import type { SearchRow } from '@/lib/search/types'
import { isSlug } from '@/lib/shared/slug'
import { wishFor } from '@/lib/wanted/queries'
import { Found } from '../_components/lists/found'
import { SearchBox } from '../_components/search-box/search-box'
import { howMany } from '../_components/words'
import { Groups } from './groups'
import styles from './search.module.css'
import { TellMe } from './tell-me'

const SHOWN = 30
/** Names that only look alike are no answer: a few are enough. */
const SHOWN_FAR = 5

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
  const [found, groups] = await Promise.all([
    query ? searchRows(query, SHOWN) : [],
    query && !show ? searchBeyond(query) : [],
  ])
  const rows = found.filter(({ slug }) => slug !== show?.slug)
  const far = isFar(rows)
  // Who names a show beside another looks for one that is here; and what is here under this very name is not waited for.
  const wish = show || rows.some(({ nearness }) => nearness === 'same') ? null : wishFor(query)
  // A person or a premise is an answer too: nobody is told that there is none, nor asked to wait.
  const isAnswered = !far || groups.length > 0
  const shown = far ? rows.slice(0, SHOWN_FAR) : rows
  const hrefOf = (row: SearchRow) => (show ? `/shows/${show.slug}/suggest/${row.slug}` : resultPath(row))
  return (
    <div data-own-search="">
      <h1 className={styles.title}>{show ? `What belongs beside ${show.title}?` : 'Search'}</h1>
      <div className={styles.box}>
        <SearchBox label="Any title, in any script" value={query} beside={show?.slug} />
      </div>
      {query !== '' && (
        <section aria-labelledby="found" className={styles.found}>
          <h2 id="found">{heading(query, rows.length, far, isAnswered)}</h2>
          {rows.length === 0 && !isAnswered && (
            <p className="quiet">
              Try the original title, fewer letters, or <a href="/shows">look through all shows</a>.
            </p>
          )}
          {rows.length > 0 && (
            <>
              {far && <p className="quiet">These only look alike:</p>}
              <Found rows={shown} hrefOf={hrefOf} />
            </>
          )}
        </section>
      )}
      {groups.length > 0 && (
        <section aria-labelledby="beyond" className={styles.found}>
          <h2 id="beyond">People and premises</h2>
          <Groups groups={groups} />
        </section>
      )}
      {wish && !isAnswered && (
        <section aria-labelledby="tell-me" className={styles.found}>
          <h2 id="tell-me">Not here yet</h2>
          <TellMe words={wish.words} />
        </section>
      )}
      {wish && isAnswered && (
        <details className={styles.found}>
          <summary>Not the one you meant?</summary>
          <TellMe words={wish.words} />
        </details>
      )}
    </div>
  )
}

function heading(query: string, found: number, far: boolean, isAnswered: boolean): string {
  if (found === 0 && !isAnswered) return `Nothing is called anything like “${query}”`
  if (far) return `No show here is called “${query}”`
  return `${found === SHOWN ? 'The nearest ' : ''}${howMany(found, 'show')} for “${query}”`
}
