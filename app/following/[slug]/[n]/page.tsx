import type { Metadata } from 'next'
import { DoorForm } from '@/app/_components/door-form'
import { SeasonFields } from '@/app/_components/season-fields'
import { SessionEnded } from '@/app/_components/session-ended'
import styles from '@/app/settings/notices/notices.module.css'
import { CadenceChoice, LeadChoice, WantBoxes } from '@/app/settings/notices/wishes-form'
import { currentFollower } from '@/lib/follows/basket'
import type { FollowWishes } from '@/lib/follows/types'
import { getFollowWishes, getWishes } from '@/lib/follows/wishes'
import { CHANNEL_CHOICES } from '@/lib/notices/channels/all'
import { waitName } from '@/lib/status/waiting'

export const metadata: Metadata = { title: 'A season you follow', robots: { index: false, follow: false } }

type Params = Record<string, string | string[] | undefined>

const SAME = 'as for everything'

/** What the reader wants of one season, where it differs from the rest. */
export default async function FollowWishesPage({
  params,
  searchParams,
}: {
  params: Promise<{ slug: string; n: string }>
  searchParams: Promise<Params>
}) {
  const [{ slug, n }, asked] = await Promise.all([params, searchParams])
  const follower = await currentFollower()
  if (!follower) return <SessionEnded returnTo={`/following/${slug}/${n}`} />
  const number = /^[1-9]\d{0,3}$/.test(n) ? Number(n) : 0
  const [found, all] = await Promise.all([getFollowWishes(follower, { slug, number }), getWishes(follower)])
  if (!found)
    return (
      <div className="stack">
        <h1>You do not follow that season</h1>
        <p>
          <a href="/following">What you follow</a>
        </p>
      </div>
    )
  const { wait, wishes } = found
  return (
    <div className={styles.page}>
      <h1>{waitName(wait)}</h1>
      {'saved' in asked && (
        <p className="notice" role="status">
          Saved.
        </p>
      )}
      <p className="lede">
        {wait.forRevival
          ? 'What you are told if it comes back after all.'
          : 'What you are told of this season. A follow carries on to the seasons after it.'}{' '}
        Everything else is as in <a href="/settings/notices">your settings</a>.
      </p>
      <DoorForm action="/api/me/wishes" className={styles.form}>
        <SeasonFields slug={slug} number={number} />
        <Quiet wishes={wishes} />
        <fieldset className={styles.group}>
          <legend>What</legend>
          <label className={styles.box}>
            <input type="checkbox" name="wants-own" value="yes" defaultChecked={wishes.wants !== null} />
            <span>Other news than for everything I follow:</span>
          </label>
          <WantBoxes wants={wishes.wants ?? all.wants} />
        </fieldset>
        <fieldset className={styles.group}>
          <legend>When</legend>
          <div className={styles.fields}>
            <LeadChoice days={wishes.leadDays} own={SAME} />
            <CadenceChoice cadence={wishes.cadence} own={SAME} />
          </div>
        </fieldset>
        <fieldset className={styles.group}>
          <legend>How</legend>
          <label className={styles.box}>
            <input
              type="checkbox"
              name="channels-own"
              value="yes"
              defaultChecked={wishes.channels !== null}
            />
            <span>Not by everything I have, only by:</span>
          </label>
          <ul className={styles.boxes}>
            {CHANNEL_CHOICES.map(({ kind, words }) => (
              <li key={kind}>
                <label>
                  <input
                    type="checkbox"
                    name="channels"
                    value={kind}
                    defaultChecked={wishes.channels?.includes(kind) ?? true}
                  />
                  <span>{words}</span>
                </label>
              </li>
            ))}
          </ul>
        </fieldset>
        <button type="submit" data-primary>
          Save
        </button>
      </DoorForm>
    </div>
  )
}

function Quiet({ wishes }: { wishes: FollowWishes }) {
  return (
    <fieldset className={styles.group}>
      <legend>Quiet</legend>
      <label className={styles.box}>
        <input type="checkbox" name="muted" value="yes" defaultChecked={wishes.muted} />
        <span>Mute: keep it on my list and tell me nothing</span>
      </label>
      <div className={styles.fields}>
        <label className={styles.field}>
          Snooze until
          <input type="date" name="snoozedUntil" defaultValue={wishes.snoozedUntil ?? ''} />
        </label>
      </div>
    </fieldset>
  )
}
