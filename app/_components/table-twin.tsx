import type { ReactNode } from 'react'
import styles from './table-twin.module.css'

/** What a drawing shows, once more as a folded table; its parts come in as they stand in a table. */
export function TableTwin({
  summary = 'The same as a table',
  children,
}: {
  summary?: string
  children: ReactNode
}) {
  return (
    <details className={styles.twin}>
      <summary>{summary}</summary>
      <table>{children}</table>
    </details>
  )
}
