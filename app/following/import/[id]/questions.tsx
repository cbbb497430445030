import { Poster, PosterInks } from '@/app/_components/poster/poster'
import { type PosterDesign, posterRow } from '@/app/_components/poster/rules'
import type { Candidate, Question } from '@/lib/imports/types'
import styles from '../import.module.css'
import { RowName } from './rows'

/** Questions whose choices have covers; a page of thousands would weigh megabytes. */
const COVERED_MAX = 100

function Choice({ candidate, cover }: { candidate: Candidate; cover: PosterDesign | undefined }) {
  const { title, year, country, matched } = candidate
  const more = [year, country, matched && `also called “${matched}”`].filter(Boolean).join(', ')
  return (
    <>
      {cover && <Poster design={cover} className={styles.cover} wordless />}
      <span>
        {title}
        {more && <span className={styles.faint}> · {more}</span>}
      </span>
    </>
  )
}

/**
 * Names we found, to be answered one by one: which show is meant is the reader's to say.
 * @param until the last day on which what is left open can still be answered
 */
export function Questions({ questions, until }: { questions: Question[]; until: string }) {
  if (questions.length === 0) return null
  const plain = questions.filter((question) => question.plain).length
  const covers = questions.slice(0, COVERED_MAX).map(({ candidates }) => posterRow(candidates))
  return (
    <section aria-labelledby="questions">
      <h2 id="questions">Which show is it?</h2>
      <p className={styles.hint}>
        {questions.length === 1 ? 'This one' : `These ${questions.length}`} we know by name only, and names
        are shared. What you leave open is not followed, and stays here until {until}.
      </p>
      {plain > 1 && (
        <label className={styles.plain}>
          <input type="checkbox" name="plain" value="yes" />
          <span>
            Where exactly one show has the very same name, take it.{' '}
            <span className={styles.faint}>
              That answers {plain} of the {questions.length}; what you choose below goes first.
            </span>
          </span>
        </label>
      )}
      <PosterInks designs={covers.flat()} />
      <div>
        {questions.map((question, index) => (
          <fieldset key={question.position} className={styles.question}>
            <legend>
              <RowName row={question} />
            </legend>
            {question.candidates.map((candidate, place) => (
              <label key={candidate.slug}>
                <input type="radio" name={`answer.${question.position}`} value={candidate.slug} />
                <Choice candidate={candidate} cover={covers[index]?.[place]} />
              </label>
            ))}
            <label>
              <input type="radio" name={`answer.${question.position}`} value="none" />
              <span>None of these</span>
            </label>
          </fieldset>
        ))}
      </div>
    </section>
  )
}
