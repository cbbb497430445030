import type { ShowListItem } from '@/lib/lists/types'
import { Lamp } from '../lamp/lamp'
import { Poster, PosterInks } from '../poster/poster'
import { languageOf, type PosterDesign, posterRow } from '../poster/rules'
import styles from './shelf.module.css'

/**
 * Shows as a shelf of covers, each with its title, its lamp and its years; `small` ones stand three in a row, and
 * in a `row` six where there is room.
 * A page with several shelves draws their inks once, and hands each its `covers`.
 */
export function Shelf({
  shows,
  heading = 'h2',
  size = 'large',
  covers,
}: {
  shows: ShowListItem[]
  heading?: 'h2' | 'h3'
  size?: 'large' | 'small' | 'row'
  covers?: PosterDesign[]
}) {
  const Heading = heading
  const designs = covers ?? posterRow(shows)
  return (
    <>
      {!covers && <PosterInks designs={designs} />}
      <ul className={size === 'large' ? styles.shelf : `${styles.small} ${size === 'row' ? styles.row : ''}`}>
        {shows.map((show, i) => (
          <li key={show.slug} className={styles.item}>
            <Poster design={designs[i]!} className={styles.cover} />
            <Heading>
              <a href={`/shows/${show.slug}`} lang={languageOf(show.title, show.country) ?? undefined}>
                {show.title}
              </a>
            </Heading>
            <p className={styles.facts}>{[show.year, show.network].filter(Boolean).join(', ')}</p>
            <Lamp state={show.lamp} size="s" word={show.says} />
          </li>
        ))}
      </ul>
    </>
  )
}
