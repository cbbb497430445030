import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { changesAlternates, pageMetadata } from '@/lib/feeds/metadata'
import { capitalised } from '@/lib/shared/text'
import styles from './dated-list.module.css'
import { Pager } from './pager'

/** Entries a page holds. */
const PER_PAGE = 60

/** A page of entries, newest first, with the cursor of the page after it; `broken` where a cursor was never given out. */
interface DatedPage<Entry> {
  items: Entry[]
  next: string | null
  broken: boolean
}

/** What makes one list of dated things another than the next. */
interface DatedListOf<Entry> {
  /** Its address and, with a capital, its heading. */
  name: 'changes' | 'corrections'
  description: string
  /** What stands between the heading and the entries. */
  head: ReactNode
  /** What stands in their place where there are none. */
  none: string
  read: (asked: { cursor: string | null; limit: number }) => Promise<DatedPage<Entry>>
  entries: (entries: Entry[]) => ReactNode
}

/**
 * The pages of a list that goes back page by page: its newest entries, those before a place in it, and what is said of a
 * place that was never given out.
 */
export function datedList<Entry>({ name, description, head, none, read, entries }: DatedListOf<Entry>) {
  const path = `/${name}`
  const title = capitalised(name)
  const view = ({ items, next }: DatedPage<Entry>, isFirst: boolean) => (
    <>
      <div className={styles.head}>
        <h1>{title}</h1>
        {head}
      </div>
      {items.length > 0 ? entries(items) : <p className="quiet">{none}</p>}
      <Pager
        first={isFirst ? null : path}
        next={next && `${path}/before/${next}`}
        earlier={`Earlier ${name}`}
      />
    </>
  )
  return {
    newestHead: (): Metadata => changesAlternates(pageMetadata(path, title, description)),
    Newest: async () => view(await read({ cursor: null, limit: PER_PAGE }), true),
    earlierHead: (): Metadata =>
      changesAlternates({ title: `Earlier ${name}`, robots: { index: false, follow: true } }),
    Earlier: async ({ params }: { params: Promise<{ cursor: string }> }) => {
      const page = await read({ cursor: (await params).cursor, limit: PER_PAGE })
      if (page.broken) notFound()
      return view(page, false)
    },
    NoSuchPlace: () => (
      <div className="prose">
        <h1>There is no such place in the list</h1>
        <p>{`The address asks for ${name} before a place that we never gave out.`}</p>
        <p>
          <a href={path}>{`The newest ${name}`}</a>
        </p>
      </div>
    ),
  }
}
