import { followLabel } from '@/lib/status/waiting'
import styles from './follow-button.module.css'
import { SeasonFields } from './season-fields'

/**
 * Follow or unfollow a season. In the page's HTML it is the same for everybody: a plain form that follows, and is
 * safe to send twice. public/islands/follow.js learns whether its reader follows already and answers in place.
 */
export function FollowButton({
  slug,
  season,
  forRevival = false,
}: {
  slug: string
  season: number
  /** Of a show that is finished: nobody waits for the season, but might like to hear if it comes after all. */
  forRevival?: boolean
}) {
  const label = followLabel({ number: season, forRevival })
  return (
    <form
      className={styles.form}
      action="/api/me/follows"
      method="post"
      data-island="follow"
      data-follow={label}
      data-revival={forRevival ? '' : undefined}
    >
      <SeasonFields slug={slug} number={season} />
      <input type="hidden" name="want" value="follow" />
      <button className={styles.button} type="submit" data-following={false}>
        <span className={styles.mark} aria-hidden="true" />
        <span data-part="label">{label}</span>
      </button>
      <p className={styles.note} role="status">
        Keeps it on your list, with what changed since you last looked.
      </p>
    </form>
  )
}
