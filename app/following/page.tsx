import type { Metadata } from 'next'
import { DoorForm } from '@/app/_components/door-form'
import { KeepOffline } from '@/app/_components/service-worker'
import { SessionEnded } from '@/app/_components/session-ended'
import { wasSignedIn } from '@/lib/accounts/queries'
import { onwardPath } from '@/lib/accounts/return-to'
import { currentFollower } from '@/lib/follows/basket'
import { getWait, listFollowing } from '@/lib/follows/queries'
import { listBrought } from '@/lib/notices/channels'
import { waitName } from '@/lib/status/waiting'
import { BasketNote } from './basket-note'
import { Begin } from './begin'
import { BroughtNote } from './brought-note'
import { FollowedLine } from './followed-line'
import styles from './following.module.css'
import { MarkLooked } from './mark-looked'

export const metadata: Metadata = { title: 'Following', robots: { index: false, follow: false } }

type Params = Record<string, string | string[] | undefined>

/** What the reader has just done, in words; the season is looked up, never echoed. */
async function noticeOf(params: Params) {
  for (const done of ['followed', 'unfollowed'] as const) {
    const [, slug, number] = /^([a-z0-9-]{1,120})\.([1-9]\d{0,3})$/.exec(String(params[done] ?? '')) ?? []
    const wait = slug && number ? await getWait(slug, Number(number)) : null
    if (wait)
      return (
        <p className="notice" role="status">
          You {done === 'followed' ? 'follow' : 'no longer follow'}{' '}
          <a href={`/shows/${slug}`}>{waitName(wait)}</a>.
        </p>
      )
  }
  return null
}

export default async function FollowingPage({ searchParams }: { searchParams: Promise<Params> }) {
  const viewer = await currentFollower()
  if (!viewer) return (await wasSignedIn()) ? <SessionEnded returnTo="/following" /> : <Begin />
  const params = await searchParams
  const [notice, { seasons, readAt }, brought] = await Promise.all([
    noticeOf(params),
    listFollowing(viewer),
    listBrought(viewer, new Date()),
  ])
  const changes = seasons.reduce((sum, season) => sum + season.news.length, 0)
  return (
    <div className={styles.page} data-offline="keep">
      <KeepOffline />
      <div className={styles.head}>
        <h1>Following</h1>
        <nav aria-label="Your list and settings" className={styles.ways}>
          <a href="/following/for-you">For you</a>
          {viewer.email !== null && <a href="/following/import">Bring or take a list</a>}
          <a href="/settings/notices">What you are told</a>
          {viewer.email !== null && <a href="/settings">Settings</a>}
        </nav>
      </div>
      {notice}
      {viewer.email !== null && (
        <BroughtNote
          channels={brought}
          feeds={params.brought === 'feeds'}
          on={typeof params.on === 'string' ? onwardPath(params.on) : null}
        />
      )}
      {viewer.email === null && <BasketNote seasons={seasons.length} />}
      {seasons.length === 0 ? (
        <p className="lede">
          You follow nothing yet. Press Follow on a show’s page and its next season stands here, soonest
          first. <a href="/shows">Browse the shows</a>, <a href="/search">search</a>, or{' '}
          <a href="/following/import">bring your list from elsewhere</a>.
        </p>
      ) : (
        <>
          <div className={styles.summary}>
            <p>
              {seasons.length === 1 ? 'One season' : `${seasons.length} seasons`}, by the earliest day each
              could come.{' '}
              {changes === 0
                ? 'Nothing changed since you last looked.'
                : changes === 1
                  ? 'One change since you last looked.'
                  : `${changes} changes since you last looked.`}
            </p>
            {changes > 0 && (
              <DoorForm action="/api/me/looked">
                <input type="hidden" name="until" value={readAt} />
                <button type="submit">Mark as read</button>
              </DoorForm>
            )}
          </div>
          {changes > 0 && <MarkLooked until={readAt} />}
          <ol className={styles.list}>
            {seasons.map((season) => (
              <FollowedLine key={`${season.slug}.${season.season}`} season={season} />
            ))}
          </ol>
        </>
      )}
    </div>
  )
}
