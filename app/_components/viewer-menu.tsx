import styles from './viewer-menu.module.css'

/**
 * The reader's corner of the header, the same for everybody in the page's HTML. public/islands/viewer.js says
 * Settings instead of Sign in to whoever is signed in, and how many changes wait for them.
 */
export function ViewerMenu() {
  return (
    <ul className={styles.menu} data-signed-in="false" data-island="viewer">
      <li>
        <a href="/following">
          Following
          <span className={styles.news} data-part="news" hidden>
            <span />
            <span className="visually-hidden" />
          </span>
        </a>
      </li>
      <li>
        <a href="/sign-in" data-part="account">
          Sign in
        </a>
      </li>
    </ul>
  )
}
