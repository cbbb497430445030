import type { ShowPage } from '@/lib/pages/types'
import { differenceWords, FIELD_WORDS } from './difference-words'
import styles from './facts.module.css'

/** What providers disagree about, of the show and of its seasons; nothing where they agree. */
export function Differences({ show }: { show: ShowPage }) {
  const rows = [
    ...show.givenBy.map((given) => ({ of: '', given })),
    ...show.seasons.flatMap(({ number, givenBy }) =>
      givenBy.map((given) => ({ of: `Season ${number}, `, given })),
    ),
  ]
  if (rows.length === 0) return null
  return (
    <>
      <h3 className="label">Where providers differ</h3>
      <ul className={styles.differences}>
        {rows.map(({ of, given }) => {
          const field = FIELD_WORDS[given.field]
          return (
            <li
              key={of + given.field}
            >{`${of}${of ? field.toLowerCase() : field}: ${differenceWords(given)}`}</li>
          )
        })}
      </ul>
    </>
  )
}
