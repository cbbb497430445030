import type { ChannelLine } from '@/lib/notices/types'
import styles from './following.module.css'

/**
 * After signing in where a list was kept without an account: what came with it and stays off until its owner says so,
 * for another may have used this browser before.
 * @param on where the reader wanted to go
 */
export function BroughtNote({
  channels,
  feeds,
  on,
}: {
  channels: ChannelLine[]
  feeds: boolean
  on: string | null
}) {
  if (channels.length === 0 && !feeds) return null
  return (
    <aside className={styles.basket} aria-labelledby="brought">
      <h2 id="brought">This browser’s list is your account’s now</h2>
      {channels.length > 0 && (
        <>
          <p>
            It brought {channels.length === 1 ? 'a channel' : `${channels.length} channels`}, turned off until
            you say otherwise: see <a href="/settings/notices#channels">where you are told</a>, and remove
            what you do not know.
          </p>
          <ul>
            {channels.map(({ id, phrase }) => (
              <li key={id}>{phrase}</li>
            ))}
          </ul>
        </>
      )}
      {feeds && (
        <p>
          Its old feed and calendar addresses no longer work.{' '}
          <a href="/settings/notices#feeds">Your account’s own</a> take their place.
        </p>
      )}
      {on && (
        <p>
          <a href={on}>Go on to where you were</a>
        </p>
      )}
    </aside>
  )
}
