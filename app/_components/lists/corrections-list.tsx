import type { ListedCorrection } from '@/lib/ledger/types'
import { Dated } from '../dates'
import { languageOf } from '../poster/rules'
import styles from './corrections-list.module.css'

/** Corrections, each with its day, its season and the page of the statement. */
export function CorrectionsList({ corrections }: { corrections: ListedCorrection[] }) {
  return (
    <ul className={styles.list}>
      {corrections.map(({ id, show, season, text, publishedOn, claimId, source }) => {
        const page = `/shows/${show.slug}${season === null ? '' : `/seasons/${season}`}`
        return (
          <li key={id} className={styles.correction}>
            <p className={styles.day}>
              <Dated edtf={publishedOn} />
            </p>
            <div>
              <p>
                <a
                  href={`/shows/${show.slug}`}
                  className={styles.show}
                  lang={languageOf(show.title) ?? undefined}
                >
                  {show.title}
                </a>{' '}
                {season !== null && <a href={page} className={styles.where}>{`season ${season}`}</a>}
              </p>
              <p className={styles.text}>{text}</p>
              <p className={styles.where}>
                {claimId && <a href={`${page}#${claimId}`}>The statement in the ledger</a>}
                {source && (
                  <a href={source.url} rel="nofollow noopener">
                    {source.name}
                  </a>
                )}
              </p>
            </div>
          </li>
        )
      })}
    </ul>
  )
}
