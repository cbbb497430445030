import { siteUrl } from '@/lib/shared/site'
import styles from './by-feed.module.css'

/** Following without this site: the feeds and the calendar of what lies at `path`, folded away under a line. */
export function ByFeed({ path }: { path: string }) {
  const calendar = `${siteUrl()}${path}/calendar.ics`
  return (
    <details className={styles.fold}>
      <summary>Or by feed or calendar</summary>
      <ul className={styles.ways}>
        <li>
          <a href={`${path}/feed.atom`}>Atom feed</a>
        </li>
        <li>
          <a href={`${path}/feed.json`}>JSON feed</a>
        </li>
        <li>
          <a href={calendar.replace(/^https?:/, 'webcal:')}>Subscribe in a calendar</a>
        </li>
        <li>
          <a href={`${path}/calendar.ics`}>Calendar file</a>
        </li>
      </ul>
      <p className={styles.note}>
        Calendars hold exact days only, and most ask for news every 8 to 24 hours: a feed is sooner.
      </p>
    </details>
  )
}
