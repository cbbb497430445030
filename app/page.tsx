import type { Metadata } from 'next'
import { changesAlternates, pageMetadata } from '@/lib/feeds/metadata'
import { getHome } from '@/lib/pages/home'
import { dayOf, daysBetween } from '@/lib/shared/day'
import { spanWords } from './_components/dates'
import { LAMP_MEANINGS, Lamp } from './_components/lamp/lamp'
import { ChangesList } from './_components/lists/changes-list'
import { Listings, Waits } from './_components/lists/listings'
import { Shelf } from './_components/lists/shelf'
import { PosterInks } from './_components/poster/poster'
import { type PosterDesign, posterRow } from './_components/poster/rules'
import { SearchBox } from './_components/search-box/search-box'
import { statementsInWords } from './_components/words'
import styles from './home.module.css'

const count = new Intl.NumberFormat('en-GB')

export function generateMetadata(): Metadata {
  return {
    ...changesAlternates(
      pageMetadata(
        '/',
        'Greenlit: is my show coming back?',
        'Is my show coming back, when, and what should I watch until then? Every answer dated, with the source behind it.',
      ),
    ),
    title: { absolute: 'Greenlit: is my show coming back?' },
  }
}

/** The first page: search beside what comes next, the lamp's legend, what changed, what was ordered, what is over. */
export default async function Home() {
  const today = dayOf(new Date())
  const { changes, window, coming, ordered, over, waits, counts } = await getHome(today)
  // Where nothing dated has had news lately, what was ordered stands in the window.
  const [heading, shown] =
    window.length > 0 ? [windowHeading(window), window] : ['Ordered', ordered.slice(0, 6)]
  const [first, made, ended] = [shown, ordered, over].map(posterRow) as [
    PosterDesign[],
    PosterDesign[],
    PosterDesign[],
  ]
  return (
    <>
      <PosterInks designs={[...first, ...made, ...ended]} />
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
        {shown.length > 0 && (
          <section aria-labelledby="window" className={styles.window}>
            <h2 id="window">{heading}</h2>
            <Shelf shows={shown} covers={first} heading="h3" size="small" />
          </section>
        )}
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
          <h2 id="coming">{window.length > 0 && coming.length > 0 ? 'Also coming' : 'Coming'}</h2>
          {coming.length > 0 ? (
            <Listings shows={coming} />
          ) : (
            <p className="quiet">
              {window.length > 0
                ? 'Nothing else with a date has been spoken of in the last 120 days.'
                : 'No season with a date has been spoken of in the last 120 days. The first one would stand here.'}
            </p>
          )}
          <p className={`${styles.more} more`}>
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
          <p className={`${styles.more} more`}>
            <a href="/changes">All changes</a>
          </p>
        </section>
      </div>
      {window.length > 0 && ordered.length > 0 && (
        <section aria-labelledby="ordered" className={styles.shelf}>
          <h2 id="ordered">Ordered, no date yet</h2>
          <Shelf shows={ordered} covers={made} heading="h3" size="row" />
          <p className={`${styles.more} more`}>
            <a href="/shows?lamp=ordered">All that are ordered</a>
          </p>
        </section>
      )}
      {over.length > 0 && (
        <section aria-labelledby="over" className={styles.shelf}>
          <h2 id="over">Over lately</h2>
          <Shelf shows={over} covers={ended} heading="h3" size="row" />
        </section>
      )}
      {waits.length > 0 && (
        <section aria-labelledby="waits" className={styles.waits}>
          <h2 id="waits">The longest waits</h2>
          <p className="quiet">
            Ordered, not yet here: counted from the premiere of the season before, where it is on record.
          </p>
          <Waits shows={waits} today={today} span={(from, to) => spanWords(daysBetween(from, to))} />
        </section>
      )}
    </>
  )
}

/** What the covers of the first screen have in common. */
function windowHeading(shows: { nextSeason: number }[]): string {
  const returning = shows.filter(({ nextSeason }) => nextSeason > 1).length
  if (returning === shows.length) return 'Back soon'
  return returning > 0 ? 'Back soon, and new' : 'New soon'
}
