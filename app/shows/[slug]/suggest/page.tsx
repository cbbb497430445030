import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { languageOf } from '@/app/_components/poster/rules'
import { SearchBox } from '@/app/_components/search-box/search-box'
import { getNamedBeside } from '@/lib/related/pairs'
import styles from './suggest.module.css'

interface Props {
  params: Promise<{ slug: string }>
}

const besideOf = cache(getNamedBeside)

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const found = await besideOf((await params).slug)
  return found ? { title: `Beside ${found.show.title}`, robots: { index: false, follow: true } } : {}
}

/** What people name beside a show, and the box that finds another. The same for everybody. */
export default async function Suggest({ params }: Props) {
  const found = await besideOf((await params).slug)
  if (!found) notFound()
  const { show, named } = found
  return (
    <div className={styles.page} data-own-search="">
      <p className={styles.back}>
        <a href={`/shows/${show.slug}`}>{show.title}</a>
      </p>
      <h1>What belongs beside {show.title}?</h1>
      <p className="lede">
        Name a show that gave you what this one did. It counts for everybody once two readers name it; until
        then only you see it.
      </p>
      <SearchBox label="Which show belongs here?" beside={show.slug} />
      <section aria-labelledby="named">
        <h2 id="named">Named beside it</h2>
        {named.length === 0 ? (
          <p className="quiet">
            Nothing yet. What two readers, or a list we trust, name beside {show.title} stands here.
          </p>
        ) : (
          <ul className={`${styles.named} ends`}>
            {named.map((other) => (
              <li key={other.slug}>
                <a href={`/shows/${other.slug}`} lang={languageOf(other.title, other.country) ?? undefined}>
                  {other.title}
                </a>
                <span className="quiet">{other.text}</span>
              </li>
            ))}
          </ul>
        )}
      </section>
    </div>
  )
}
