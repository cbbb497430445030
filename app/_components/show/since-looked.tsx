'use client'

import { useEffect, useState } from 'react'
import styles from './since-looked.module.css'

/** A change as this browser remembers and shows it. */
export interface SeenChange {
  /** Stable for ever. */
  key: string
  text: string
  href: string | null
}

interface Memory {
  at: string
  keys: string[]
}

const KEYS_MAX = 60

function recall(name: string): Memory | null {
  try {
    const memory = JSON.parse(localStorage.getItem(name) ?? 'null') as Memory | null
    return memory && Array.isArray(memory.keys) && typeof memory.at === 'string' ? memory : null
  } catch {
    return null
  }
}

/**
 * What changed about a show since this browser last looked at it. Only the browser remembers; nobody is told. It
 * floats, so that nothing on the page moves, and goes away when it is told to.
 */
export function SinceLooked({ slug, changes }: { slug: string; changes: SeenChange[] }) {
  const [news, setNews] = useState<{ since: string; changes: SeenChange[] } | null>(null)
  useEffect(() => {
    const name = `greenlit.looked.${slug}`
    const memory = recall(name)
    if (memory) {
      const seen = new Set(memory.keys)
      const fresh = changes.filter(({ key }) => !seen.has(key))
      if (fresh.length > 0) setNews({ since: memory.at, changes: fresh })
    }
    const keys = [...new Set([...changes.map(({ key }) => key), ...(memory?.keys ?? [])])].slice(0, KEYS_MAX)
    try {
      localStorage.setItem(name, JSON.stringify({ at: new Date().toISOString().slice(0, 10), keys }))
    } catch {
      // A browser that keeps nothing is told nothing.
    }
  }, [slug, changes])
  if (!news) return null
  return (
    <aside className={styles.since} aria-labelledby="since-looked">
      <h2 id="since-looked">
        {news.changes.length === 1 ? 'One change' : `${news.changes.length} changes`} since you last looked,
        on{' '}
        <time dateTime={news.since}>
          {new Date(`${news.since}T12:00:00Z`).toLocaleDateString('en-GB', {
            day: 'numeric',
            month: 'long',
            year: 'numeric',
          })}
        </time>
      </h2>
      <ul>
        {news.changes.map(({ key, text, href }) => (
          <li key={key}>
            {href ? (
              <a href={href} rel="nofollow noopener">
                {text}
              </a>
            ) : (
              text
            )}
          </li>
        ))}
      </ul>
      <button type="button" onClick={() => setNews(null)}>
        Close
      </button>
    </aside>
  )
}
