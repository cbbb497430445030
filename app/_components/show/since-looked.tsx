import type { seenChanges } from '@/lib/feeds/seen'
import styles from './since-looked.module.css'

/**
 * The newest changes of a show, hidden. public/islands/since-looked.js shows those that came since this browser last
 * looked; it floats, so that nothing on the page moves, and goes away when it is told to.
 */
export function SinceLooked({ slug, changes }: { slug: string; changes: ReturnType<typeof seenChanges> }) {
  return (
    <aside
      className={styles.since}
      aria-labelledby="since-looked"
      hidden
      data-island="since-looked"
      data-show={slug}
    >
      <h2 id="since-looked">
        <span data-part="changes">Changes</span> since you last looked, on <time />
      </h2>
      <ul>
        {changes.map(({ key, text, href }) => (
          <li key={key} data-key={key}>
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
      <button type="button">Close</button>
    </aside>
  )
}
