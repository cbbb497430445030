import styles from './search-box.module.css'

/**
 * Search by title: a plain form that works without script. public/islands/search.js makes it the combobox of the
 * WAI-ARIA practices.
 */
export function SearchBox({
  label,
  compact = false,
  value = '',
  beside,
}: {
  label: string
  compact?: boolean
  value?: string
  /** The slug of a show beside which the one that is found will be named; without it, it is opened. */
  beside?: string
}) {
  // A page has at most one of each.
  const id = compact ? 'find-in-header' : beside ? 'find-beside' : 'find'
  return (
    <search
      className={compact ? styles.compact : styles.box}
      // A page with such a box may have the header's too: the name tells them apart.
      aria-label={beside && label}
      data-island="search"
      data-beside={beside}
    >
      <form action="/search" method="get" className={styles.form}>
        {beside && <input type="hidden" name="beside" value={beside} />}
        <label htmlFor={id} className={compact ? 'visually-hidden' : styles.label}>
          {label}
        </label>
        <div className={styles.field}>
          <input
            id={id}
            name="q"
            type="search"
            defaultValue={value}
            maxLength={200}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            enterKeyHint="search"
            placeholder={compact ? 'Search any title' : undefined}
            role="combobox"
            aria-autocomplete="list"
            aria-expanded={false}
            aria-controls={`${id}-list`}
          />
          {!compact && (
            <button type="submit" className="button-primary">
              {beside ? 'Find it' : 'Search'}
            </button>
          )}
          <div id={`${id}-list`} role="listbox" aria-label="Shows found" hidden className={styles.list} />
        </div>
      </form>
      <p aria-live="polite" className="visually-hidden" />
    </search>
  )
}
