import type { Dials } from '@/lib/related/dials'
import styles from './for-you.module.css'
import { AskingForm } from './in-place'

interface Dial {
  name: keyof Dials
  legend: string
  /** The two ends as they stand on the page, lowest value first. */
  ends: [string, string]
  /** Each step, lowest value first. */
  steps: [value: number, words: string][]
}

const DIALS: Dial[] = [
  {
    name: 'fame',
    legend: 'How well known',
    ends: ['Obscure', 'Familiar'],
    steps: [
      [-2, 'Obscure first'],
      [-1, 'Rather obscure'],
      [0, 'Either'],
      [1, 'Rather familiar'],
      [2, 'Familiar first'],
    ],
  },
  {
    name: 'length',
    legend: 'How long',
    ends: ['Short', 'Long'],
    steps: [
      [-2, 'Short first'],
      [-1, 'Rather short'],
      [0, 'Either'],
      [1, 'Rather long'],
      [2, 'Long first'],
    ],
  },
]

/** How the dials stand, in words; empty in the middle. */
export const dialWords = (dials: Dials): string[] =>
  DIALS.flatMap(({ name, steps }) =>
    dials[name] === 0 ? [] : [steps.find(([value]) => value === dials[name])![1].toLowerCase()],
  )

/** The two dials of the list, five steps each. */
export function DialsForm({ dials }: { dials: Dials }) {
  return (
    <AskingForm action="/following/for-you" className={styles.dials}>
      {DIALS.map(({ name, legend, ends: [low, high], steps }) => (
        <fieldset key={name} className={styles.dial}>
          <legend>{legend}</legend>
          <div className={styles.steps}>
            <span aria-hidden="true">{low}</span>
            {steps.map(([value, words]) => (
              <label key={value}>
                <input type="radio" name={name} value={value} defaultChecked={dials[name] === value} />
                <span className="visually-hidden">{words}</span>
              </label>
            ))}
            <span aria-hidden="true">{high}</span>
          </div>
        </fieldset>
      ))}
      <button type="submit">Turn the dials</button>
    </AskingForm>
  )
}
