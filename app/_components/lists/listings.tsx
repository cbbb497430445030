import type { ShowListItem } from '@/lib/lists/types'
import type { Day } from '@/lib/shared/day'
import { formatWindow } from '@/lib/shared/edtf'
import { Dated } from '../dates'
import { Lamp } from '../lamp/lamp'
import { languageOf } from '../poster/rules'
import { lampWord } from '../words'
import styles from './listings.module.css'

/** What is coming, as a programme prints it: when, what, on what channel. */
export function Listings({ shows }: { shows: ShowListItem[] }) {
  return (
    <ol className={styles.listings}>
      {shows.map((show) => (
        <li key={show.slug} className={styles.row}>
          <span className={styles.when}>
            {show.nextWindow ? <Dated edtf={show.nextWindow.edtf} /> : 'no date'}
          </span>
          <span className={styles.what}>
            <a href={`/shows/${show.slug}`} lang={languageOf(show.title, show.country) ?? undefined}>
              {show.title}
            </a>
            <span className={styles.where}>
              season {show.nextSeason}
              {show.network && `, ${show.network}`}
            </span>
          </span>
          {/* Its date stands before it already. */}
          <Lamp state={show.lamp} size="s" word={lampWord(show.lamp, show.nextStatus, show.nextWindow)} />
        </li>
      ))}
    </ol>
  )
}

/** Who has waited longest: the wait as a bar on one scale, and in words. */
export function Waits({
  shows,
  today,
  span,
}: {
  shows: ShowListItem[]
  today: Day
  span: (from: Day, to: Day) => string
}) {
  const years = (day: string) => (Date.parse(today) - Date.parse(day)) / 31_557_600_000
  // A premiere known to the year only gives the wait it has been at least.
  const longest = Math.max(
    1,
    ...shows.map((show) => (show.lastPremiere ? years(show.lastPremiere.latest) : 0)),
  )
  return (
    <ol className={styles.waits}>
      {shows.map(
        (show) =>
          show.lastPremiere && (
            <li key={show.slug}>
              <span className={styles.what}>
                <a href={`/shows/${show.slug}`} lang={languageOf(show.title, show.country) ?? undefined}>
                  {show.title}
                </a>
                <span className={styles.where}>
                  season {show.nextSeason}, last premiere{' '}
                  {formatWindow(show.lastPremiere.edtf, { style: 'short' })}
                </span>
              </span>
              <span className={styles.wait}>
                <span
                  className={styles.bar}
                  style={{
                    width: `calc((100% - 9.5rem) * ${(years(show.lastPremiere.latest) / longest).toFixed(3)})`,
                  }}
                />
                <span className={styles.span}>
                  {show.lastPremiere.earliest < show.lastPremiere.latest && 'at least '}
                  {span(show.lastPremiere.latest, today)}
                </span>
              </span>
            </li>
          ),
      )}
    </ol>
  )
}
