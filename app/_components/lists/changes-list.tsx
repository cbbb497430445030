import type { Change } from '@/lib/ledger/types'
import { eventWords } from '@/lib/ledger/words'
import { Dated } from '../dates'
import { languageOf } from '../poster/rules'
import styles from './changes-list.module.css'

/** Real changes by the day they happened, each with its source. */
export function ChangesList({
  changes,
  heading: Heading = 'h2',
}: {
  changes: Change[]
  heading?: 'h2' | 'h3'
}) {
  const days = new Map<string, Change[]>()
  for (const change of changes) days.set(change.happenedOn, [...(days.get(change.happenedOn) ?? []), change])
  return (
    <div className={styles.days}>
      {[...days].map(([day, list]) => (
        <section key={day} className={styles.day}>
          <Heading>
            <Dated edtf={day} />
          </Heading>
          <ul>
            {list.map((change) => (
              <li key={change.id}>
                <a
                  href={`/shows/${change.show.slug}`}
                  className={styles.show}
                  lang={languageOf(change.show.title) ?? undefined}
                >
                  {change.show.title}
                </a>{' '}
                <span className={styles.source}>{`season ${change.season}`}</span>{' '}
                <span>{eventWords(change)}</span>
                {change.source && (
                  <span className={styles.source}>
                    {' '}
                    <a href={change.source.url} rel="nofollow noopener">
                      {change.source.name}
                    </a>
                  </span>
                )}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}
