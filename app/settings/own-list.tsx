import type { ReactNode } from 'react'
import { DoorForm } from '@/app/_components/door-form'
import styles from './settings.module.css'

/** A part of the settings: what it is about, a sentence on it, and the reader's own of that kind, a line each. */
export function OwnList({
  id,
  heading,
  lead,
  lines,
  children,
}: {
  id: string
  heading: string
  lead: ReactNode
  /** `OwnLine`s. */
  lines: ReactNode[]
  /** What stands below them. */
  children?: ReactNode
}) {
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{heading}</h2>
      <p>{lead}</p>
      {lines.length > 0 && <ul className={`${styles.list} ends`}>{lines}</ul>}
      {children}
    </section>
  )
}

/** One line, with the button that ends it where there is one. */
export function OwnLine({ children, end }: { children: ReactNode; end: ReactNode }) {
  return (
    <li>
      <span>{children}</span>
      {end}
    </li>
  )
}

/** The button at the end of a line: what it sends, what it says, and what it says to whoever does not see the line. */
export function EndButton({
  action,
  fields,
  label,
  children,
}: {
  action: string
  fields: Record<string, string | number>
  label: string
  children: ReactNode
}) {
  return (
    <DoorForm action={action} className={styles.inline}>
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <button type="submit" aria-label={label}>
        {children}
      </button>
    </DoorForm>
  )
}
