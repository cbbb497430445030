import { PlaceLinks } from '../place-links'
import { SearchBox } from '../search-box/search-box'
import { ViewerMenu } from '../viewer-menu'
import styles from './site-header.module.css'

/** The rooms a reader walks through, in the order they are asked for. */
const PLACES = [
  ['Shows', '/shows'],
  ['Calendar', '/calendar'],
  ['Changes', '/changes'],
  ['How we know', '/about'],
] as const

/** The head of every page: the lamp, the rooms, search and who is reading. */
export function SiteHeader() {
  return (
    <header className={styles.header}>
      <div className={styles.inner}>
        <a href="/" className={styles.logo}>
          <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <circle cx="12" cy="12" r="10.2" />
            <circle cx="12" cy="12" r="6.2" />
          </svg>
          <span>Greenlit</span>
        </a>
        <nav aria-label="Site" className={styles.places}>
          <PlaceLinks places={PLACES} />
        </nav>
        <div className={styles.search}>
          <SearchBox label="Search shows" compact />
        </div>
        <a href="/search" className={styles.searchLink}>
          Search
        </a>
        <div className={styles.viewer}>
          <ViewerMenu />
        </div>
      </div>
    </header>
  )
}
