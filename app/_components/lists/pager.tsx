import styles from './pager.module.css'

/** The foot of a list that goes on: back to its newest page, and on to what is older; nothing where it fits one page. */
export function Pager({
  first,
  next,
  earlier,
}: {
  first: string | null
  next: string | null
  earlier: string
}) {
  if (!first && !next) return null
  return (
    <nav aria-label="Pages" className={styles.pages}>
      {first ? (
        <a className="button" href={first}>
          Newest
        </a>
      ) : (
        <span />
      )}
      {next && (
        <a className="button" rel="next" href={next}>
          {earlier}
        </a>
      )}
    </nav>
  )
}
