import { PlaceLinks } from '../place-links'
import { ThemeSwitch } from '../theme-switch/theme-switch'
import styles from './site-footer.module.css'

const PLACES = [
  ['Shows', '/shows'],
  ['Calendar', '/calendar'],
  ['Changes', '/changes'],
  ['Changes as a feed', '/changes.atom'],
  ['Corrections', '/corrections'],
  ['Sources', '/sources'],
  ['Forecasts', '/forecasts'],
  ['How we know', '/about'],
  ['Open API', '/api'],
  ['Open data', '/data'],
] as const

/** The foot of every page: the other rooms, the lamp's legend in a line, and light or dark. */
export function SiteFooter() {
  return (
    <footer className={styles.footer}>
      <div className={styles.inner}>
        <p className={styles.motto}>Dates are never more precise here than somebody said.</p>
        <nav aria-label="More of the site">
          <PlaceLinks places={PLACES} className={styles.places} />
        </nav>
        <ThemeSwitch />
      </div>
    </footer>
  )
}
