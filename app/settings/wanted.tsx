import { DoorForm } from '@/app/_components/door-form'
import type { WantedLine } from '@/lib/wanted/types'
import { day } from './day'
import styles from './settings.module.css'

/** What the reader waits for that is not here yet, what has come, and the buttons that take a wish back. */
export function Wanted({ wishes }: { wishes: WantedLine[] }) {
  return (
    <section aria-labelledby="wanted">
      <h2 id="wanted">What you wait for</h2>
      <p>
        {wishes.length === 0
          ? 'Nothing. A search that does not find a show offers to tell you when it is here.'
          : 'Shows that are not here yet. You are told by mail, once, when one is.'}
      </p>
      {wishes.length > 0 && (
        <ul className={styles.list}>
          {wishes.map(({ id, words, askedAt, came }) => (
            <li key={id}>
              <span>
                <b>{words}</b>,{' '}
                {came ? (
                  <>
                    here since {day(came.at)}: <a href={`/shows/${came.slug}`}>{came.title}</a>
                  </>
                ) : (
                  `asked for on ${day(askedAt)}`
                )}
              </span>
              <DoorForm action="/api/me/wanted" className={styles.inline}>
                <input type="hidden" name="drop" value={id} />
                <button type="submit" aria-label={`Take back ${words}`}>
                  {came ? 'Clear it' : 'Take it back'}
                </button>
              </DoorForm>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
