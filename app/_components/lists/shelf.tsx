import type { ShowListItem } from '@/lib/catalogue/types'
import { Lamp } from '../lamp/lamp'
import { Poster, PosterInks } from '../poster/poster'
import { languageOf, posterRow } from '../poster/rules'
import { lampWord } from '../words'
import styles from './shelf.module.css'

/** Shows as a shelf of covers, each with its title, its lamp and its years. */
export function Shelf({ shows, heading = 'h2' }: { shows: ShowListItem[]; heading?: 'h2' | 'h3' }) {
  const Heading = heading
  const covers = posterRow(shows)
  return (
    <>
      <PosterInks designs={covers} />
      <ul className={styles.shelf}>
        {shows.map((show, i) => (
          <li key={show.slug} className={styles.item}>
            <Poster design={covers[i]!} className={styles.cover} />
            <Heading>
              <a href={`/shows/${show.slug}`} lang={languageOf(show.title, show.country) ?? undefined}>
                {show.title}
              </a>
            </Heading>
            <p className={styles.facts}>{[show.year, show.network].filter(Boolean).join(', ')}</p>
            <Lamp state={show.lamp} size="s" word={lampWord(show.lamp, show.nextStatus, show.nextWindow)} />
          </li>
        ))}
      </ul>
    </>
  )
}
