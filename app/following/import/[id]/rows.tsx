import type { ReactNode } from 'react'
import type { DraftRow, LeftRow, PlannedSeason } from '@/lib/imports/types'
import { waitName } from '@/lib/status/waiting'
import styles from '../import.module.css'

/** More than this nobody reads on a page. */
const ROWS_SHOWN = 300

/** A row as its list calls it: title, year, how far it was seen. */
export function RowName({ row }: { row: DraftRow }) {
  return (
    <>
      {row.title}
      {row.year !== null && <span className={styles.faint}> ({row.year})</span>}
      {row.season !== null && <span className={styles.faint}>, seen up to season {row.season}</span>}
    </>
  )
}

function Rows<Row extends DraftRow>({
  summary,
  rows,
  children,
  open = false,
}: {
  summary: string
  rows: Row[]
  children: (row: Row) => ReactNode
  open?: boolean
}) {
  if (rows.length === 0) return null
  return (
    <details className={styles.rows} open={open}>
      <summary>{summary}</summary>
      <ul>
        {rows.slice(0, ROWS_SHOWN).map((row) => (
          <li key={row.position}>{children(row)}</li>
        ))}
        {rows.length > ROWS_SHOWN && <li>And {rows.length - ROWS_SHOWN} more.</li>}
      </ul>
    </details>
  )
}

/** Seasons that are or would be followed, each with the show it is of. */
export function SeasonRows(props: { summary: string; rows: PlannedSeason[]; open?: boolean }) {
  return (
    <Rows {...props}>
      {({ show, title }) => (
        <>
          <a href={`/shows/${show.slug}`}>{waitName({ ...show, number: show.season })}</a>
          {title !== show.title && <span className={styles.faint}>, in your list “{title}”</span>}
        </>
      )}
    </Rows>
  )
}

/** Rows that are not followed, each with the reason. */
export function LeftRows(props: { summary: string; rows: LeftRow[]; open?: boolean }) {
  return (
    <Rows {...props}>
      {(row) => (
        <>
          <RowName row={row} /> <span className={styles.faint}>{row.reason}</span>
        </>
      )}
    </Rows>
  )
}
