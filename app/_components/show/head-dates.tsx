import type { ReactNode } from 'react'
import type { Day } from '@/lib/shared/day'
import { Dated } from '../dates'
import styles from './show-head.module.css'

/** The days under an answer: the one it is as of, when it last changed, when anybody last looked. */
export function HeadDates({
  today,
  changedOn,
  checkedOn,
  children,
}: {
  today: Day
  changedOn: Day | null
  checkedOn: Day | null
  children?: ReactNode
}) {
  return (
    <p className={styles.dates}>
      <HeadDate words="As of" day={today} />
      {changedOn && <HeadDate words="last change" day={changedOn} />}
      {checkedOn && <HeadDate words="last looked" day={checkedOn} />}
      {children}
    </p>
  )
}

/** One of them, with what follows it. */
export function HeadDate({ words, day, children }: { words: string; day: Day; children?: ReactNode }) {
  return (
    <span>
      {words} <Dated edtf={day} />
      {children}
    </span>
  )
}
