import type { SearchRow } from '@/lib/search/types'
import { Lamp } from '../lamp/lamp'
import { Poster, PosterInks } from '../poster/poster'
import { coverSubject, languageOf, posterRow } from '../poster/rules'
import styles from './found.module.css'

/** Shows that a search found, a row each: cover, title, the name that matched, where and when, and how it stands. */
export function Found({ rows, hrefOf }: { rows: SearchRow[]; hrefOf: (row: SearchRow) => string }) {
  const covers = posterRow(rows.map(coverSubject))
  return (
    <>
      <PosterInks designs={covers} />
      <ol className={styles.rows}>
        {rows.map((row, i) => {
          const { slug, title, matched, year, season, show } = row
          return (
            <li key={slug}>
              <Poster design={covers[i]!} className={styles.cover} wordless />
              <div className={styles.what}>
                <a href={hrefOf(row)} lang={languageOf(title, show?.country) ?? undefined}>
                  {title}
                  {season !== null && <span lang="en">, season {season}</span>}
                </a>
                {matched !== title && (
                  <span className={styles.matched} lang={languageOf(matched) ?? undefined}>
                    {matched}
                  </span>
                )}
                <span className={styles.facts}>
                  {[show?.year ?? year, show?.network].filter(Boolean).join(', ')}
                </span>
              </div>
              {show && <Lamp state={show.lamp} size="s" word={show.says} />}
            </li>
          )
        })}
      </ol>
    </>
  )
}
