'use client'

import { useMe } from './me'
import styles from './viewer-menu.module.css'

/**
 * The reader's corner of the header. In the page's HTML it is the same for everybody; with JavaScript it says
 * Settings instead of Sign in to whoever is signed in, and how many changes wait for them.
 */
export function ViewerMenu() {
  const me = useMe()
  const news = me?.news ?? 0
  return (
    <ul className={styles.menu} data-signed-in={me?.signedIn === true}>
      <li>
        <a href="/following">
          Following
          {news > 0 && (
            <span className={styles.news}>
              {news}
              <span className="visually-hidden">{news === 1 ? ' change' : ' changes'}</span>
            </span>
          )}
        </a>
      </li>
      <li>{me?.signedIn ? <a href="/settings">Settings</a> : <a href="/sign-in">Sign in</a>}</li>
    </ul>
  )
}
