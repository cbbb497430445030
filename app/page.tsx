import type { Metadata } from 'next'
import { getHome } from '@/lib/catalogue/list-queries'
import { pageMetadata } from '@/lib/feeds/metadata'
import { dayOf, daysBetween } from '@/lib/shared/day'
import { spanWords } from './_components/dates'
import { LAMP_MEANINGS, Lamp } from './_components/lamp/lamp'
import { ChangesList } from './_components/lists/changes-list'
import { Listings, Waits } from './_components/lists/listings'
import { Poster, PosterInks } from './_components/poster/poster'
import { posterRow } from './_components/poster/rules'
import { SearchBox } from './_components/search-box/search-box'
import { statementsInWords } from './_components/words'
import styles from './home.module.css'

/** Covers in the shop window. */
const COVERS = 3
const count = new Intl.NumberFormat('en-GB')

export function generateMetadata(): Metadata {
  return {
    ...pageMetadata(
      '/',
      'Greenlit: is my show coming back?',
      'Is my show coming back, when, and what should I watch until then? Every answer dated, with the source behind it.',
    ),
    title: { absolute: 'Greenlit: is my show coming back?' },
  }
}

/** The first page: search, the lamp's legend, what is coming, what changed, who waits longest. */
export default async function Home() {
  const today = dayOf(new Date())
  const { changes, coming, waits, counts } = await getHome(today)
  const window = [...coming, ...waits].slice(0, COVERS)
  const covers = posterRow(window)
  return (
    <>
      <section className={styles.hero} data-own-search="">
        <div className={styles.ask}>
          <h1>Is it coming back?</h1>
          <p className="lede">
            The true state of a show&rsquo;s next season, in one line, with its source and its day. And where
            nobody has said anything, that.
          </p>
          <SearchBox label="Which show?" />
          <p className={styles.counts}>
            {count.format(counts.shows)} shows, {count.format(counts.seasons)} seasons,{' '}
            {statementsInWords(counts.claims)}, by {count.format(counts.sources)} sources.
          </p>
        </div>
        <PosterInks designs={covers} />
        <div className={styles.covers}>
          {window.map((show, i) => (
            <Poster key={show.slug} design={covers[i]!} />
          ))}
        </div>
      </section>
      <section aria-labelledby="lamp" className={styles.legend}>
        <h2 id="lamp" className="visually-hidden">
          What the lamp says
        </h2>
        <ul>
          {LAMP_MEANINGS.map(([state, meaning]) => (
            <li key={state}>
              <a href={`/shows?lamp=${state}`}>
                <Lamp state={state} />
              </a>
              <p>{meaning}</p>
            </li>
          ))}
        </ul>
      </section>
      <div className={styles.columns}>
        <section aria-labelledby="coming">
          <h2 id="coming">Coming</h2>
          {coming.length > 0 ? (
            <Listings shows={coming} />
          ) : (
            <p className="quiet">
              No announced season with a date is ahead of us. The first one would stand here.
            </p>
          )}
          <p className={styles.more}>
            <a href="/calendar">The whole calendar</a>
          </p>
        </section>
        <section aria-labelledby="changed">
          <h2 id="changed">Changed lately</h2>
          {changes.length > 0 ? (
            <ChangesList changes={changes} heading="h3" />
          ) : (
            <p className="quiet">
              Nothing has changed yet. A renewal, a date or a cancellation would stand here.
            </p>
          )}
          <p className={styles.more}>
            <a href="/changes">All changes</a>
          </p>
        </section>
      </div>
      {waits.length > 0 && (
        <section aria-labelledby="waits" className={styles.waits}>
          <h2 id="waits">The longest waits</h2>
          <p className="quiet">Ordered, not yet here: counted from the last premiere to today.</p>
          <Waits shows={waits} today={today} span={(from, to) => spanWords(daysBetween(from, to))} />
        </section>
      )}
    </>
  )
}
