'use client'

import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import styles from './search-box.module.css'

interface Suggestion {
  slug: string
  title: string
  matched: string
  year: number | null
}

const QUIET_MS = 120
const SHOWN = 8

/**
 * Search by title: a plain form that works without script, and with it the combobox of the WAI-ARIA practices
 * (list autocomplete, manual selection). The list only helps; Enter in the box always searches.
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
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const [query, setQuery] = useState(value)
  const [found, setFound] = useState<{ for: string; results: Suggestion[] } | null>(null)
  const [open, setOpen] = useState(false)
  const [active, setActive] = useState(-1)
  const asked = query.trim()
  const results = found && found.for === asked ? found.results : []
  const expanded = open && results.length > 0

  useEffect(() => {
    if (!open || asked === '' || asked.length > 200) return
    const asking = new AbortController()
    const timer = setTimeout(async () => {
      try {
        const answer = await fetch(`/api/v1/search?q=${encodeURIComponent(asked)}&limit=${SHOWN}`, {
          signal: asking.signal,
        })
        if (!answer.ok) return
        const body = (await answer.json()) as { results: Suggestion[] }
        setFound({ for: asked, results: body.results })
        setActive(-1)
      } catch {
        // Offline or overtaken by the next letter: the form still searches.
      }
    }, QUIET_MS)
    return () => {
      clearTimeout(timer)
      asking.abort()
    }
  }, [asked, open])

  const close = () => {
    setOpen(false)
    setActive(-1)
  }
  const go = (chosen: Suggestion) => {
    close()
    window.location.assign(beside ? `/shows/${beside}/suggest/${chosen.slug}` : `/shows/${chosen.slug}`)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return
    const last = results.length - 1
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      setOpen(true)
      if (event.altKey || !expanded) return
      if (event.key === 'ArrowDown') setActive(active >= last ? 0 : active + 1)
      else setActive(active <= 0 ? last : active - 1)
    } else if (event.key === 'Enter') {
      const chosen = results[active]
      if (expanded && chosen) {
        event.preventDefault()
        go(chosen)
      }
    } else if (event.key === 'Escape') {
      event.preventDefault()
      if (expanded) close()
      else setQuery('')
    } else if (
      event.key === 'Home' ||
      event.key === 'End' ||
      event.key === 'ArrowLeft' ||
      event.key === 'ArrowRight'
    ) {
      // The caret moves in the text; the list lets go of it.
      setActive(-1)
    } else if (event.key === 'Tab') close()
  }

  return (
    <search
      className={compact ? styles.compact : styles.box}
      // A page with such a box may have the header's too: the name tells them apart.
      aria-label={beside && label}
    >
      <form
        action="/search"
        method="get"
        className={styles.form}
        onBlur={(event) => {
          if (!event.currentTarget.contains(event.relatedTarget)) close()
        }}
      >
        {beside && <input type="hidden" name="beside" value={beside} />}
        <label htmlFor={`${id}q`} className={compact ? 'visually-hidden' : styles.label}>
          {label}
        </label>
        <div className={styles.field}>
          <input
            ref={input}
            id={`${id}q`}
            name="q"
            type="search"
            value={query}
            maxLength={200}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            enterKeyHint="search"
            placeholder={compact ? 'Search any title' : undefined}
            role="combobox"
            aria-autocomplete="list"
            aria-expanded={expanded}
            aria-controls={`${id}list`}
            aria-activedescendant={expanded && active >= 0 ? `${id}o${active}` : undefined}
            onChange={(event) => {
              setQuery(event.target.value)
              setOpen(true)
            }}
            onKeyDown={onKeyDown}
          />
          {!compact && (
            <button type="submit" className="button-primary">
              {beside ? 'Find it' : 'Search'}
            </button>
          )}
          <div
            id={`${id}list`}
            role="listbox"
            aria-label="Shows found"
            hidden={!expanded}
            className={styles.list}
          >
            {results.map((result, i) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the box takes the keys
              <div
                key={result.slug}
                id={`${id}o${i}`}
                role="option"
                tabIndex={-1}
                aria-selected={i === active}
                onPointerDown={(event) => event.preventDefault()}
                onClick={() => go(result)}
              >
                <span>{result.title}</span>
                {result.matched !== result.title && <span className={styles.matched}>{result.matched}</span>}
                {result.year !== null && <span className={styles.year}>{result.year}</span>}
              </div>
            ))}
          </div>
        </div>
      </form>
      <p aria-live="polite" className="visually-hidden">
        {open && found && found.for === asked && asked !== ''
          ? results.length === 0
            ? 'No shows found'
            : `${results.length} ${results.length === 1 ? 'show' : 'shows'} found`
          : ''}
      </p>
    </search>
  )
}
