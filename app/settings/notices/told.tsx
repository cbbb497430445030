import type { ToldLine } from '@/lib/notices/types'
import { formatWindow } from '@/lib/shared/edtf'
import styles from './notices.module.css'

function stateWords({ state, by, outcome }: ToldLine): string {
  switch (state) {
    case 'sent':
      // A mail that was taken and came back later.
      return outcome ? `returned ${by}: ${outcome}` : `delivered ${by}`
    case 'parked':
      return `refused ${by}: ${outcome ?? 'no reason given'}`
    case 'skipped':
      return `not sent: ${outcome ?? 'no longer wanted'}`
    default:
      return outcome ? `waiting ${by}, last try: ${outcome}` : `waiting ${by}`
  }
}

/** What the reader was told lately, and what became of it. */
export function Told({ lines }: { lines: ToldLine[] }) {
  return (
    <section aria-labelledby="told" className={styles.group}>
      <h2 id="told">What you were told</h2>
      {lines.length === 0 ? (
        <p>Nothing yet. The first change to a season you follow stands here, with how it reached you.</p>
      ) : (
        <ol className={styles.told}>
          {lines.map((line) => (
            <li key={line.id}>
              <time dateTime={line.at}>{formatWindow(line.at.slice(0, 10), { style: 'short' })}</time>{' '}
              <a href={`/shows/${line.show.slug}/seasons/${line.season}`}>
                {line.show.title}, season {line.season}
              </a>
              : {line.text}, {stateWords(line)}
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}
