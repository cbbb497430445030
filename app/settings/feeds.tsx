import { DoorForm } from '@/app/_components/door-form'
import type { FeedAddresses } from '@/lib/feeds/reader-queries'
import styles from './feeds.module.css'
import settings from './settings.module.css'

const FACES: [face: keyof FeedAddresses, name: string][] = [
  ['atom', 'Feed (Atom)'],
  ['json', 'Feed (JSON Feed)'],
  ['calendar', 'Calendar'],
]

/** The reader's own feed and calendar: their secret addresses, and the button that replaces them. */
export function Feeds({ addresses }: { addresses: FeedAddresses | null }) {
  return (
    <section aria-labelledby="feeds">
      <h2 id="feeds">Your feed and your calendar</h2>
      <p>
        What you follow, in a feed reader or a calendar: every change since you followed, and the premieres
        that have a day. Muted seasons are in them too, because a feed only speaks when it is asked. Whoever
        has an address can read what you follow; your name and your mail address are not in it.
      </p>
      {addresses && (
        <>
          <ul className={styles.addresses}>
            {FACES.map(([face, name]) => (
              <li key={face}>
                <label htmlFor={`feed-${face}`}>{name}</label>
                <input
                  id={`feed-${face}`}
                  type="url"
                  readOnly
                  defaultValue={addresses[face]}
                  spellCheck={false}
                  autoComplete="off"
                />
              </li>
            ))}
          </ul>
          <p className="small quiet">
            Calendars ask for news every 8 to 24 hours, and some never change an entry they have: a feed or a
            mail is sooner. Add <code>?windows=1</code> to the calendar&rsquo;s address to see windows as
            well, marked as tentative.
          </p>
        </>
      )}
      <DoorForm action="/api/me/feeds" className={settings.inline}>
        <input type="hidden" name="want" value="renew" />
        <button type="submit">
          {addresses ? 'Make new addresses (the old ones stop working)' : 'Make the addresses'}
        </button>
      </DoorForm>
    </section>
  )
}
