import type { Metadata } from 'next'
import { DoorForm } from '@/app/_components/door-form'
import { SeasonFields } from '@/app/_components/season-fields'
import { SessionEnded } from '@/app/_components/session-ended'
import { currentViewer } from '@/lib/accounts/queries'
import { followIntent, safeReturnTo } from '@/lib/accounts/return-to'
import { getWait } from '@/lib/follows/queries'
import { followLabel, followWish } from '@/lib/status/waiting'
import styles from '../sign-in.module.css'

export const metadata: Metadata = { title: 'Signed in', robots: { index: false, follow: false } }

/** After an outside account: does the follow that was asked for before signing in. */
export default async function FinishPage({
  searchParams,
}: {
  searchParams: Promise<{ returnTo?: string | string[] }>
}) {
  const { returnTo } = await searchParams
  const path = safeReturnTo(Array.isArray(returnTo) ? returnTo[0] : returnTo)
  const wanted = followIntent(path)
  if (!(await currentViewer())) return <SessionEnded returnTo={path} />
  const wait = wanted && (await getWait(wanted.slug, wanted.number))
  if (!wait)
    return (
      <div className={styles.page}>
        <h1>You are signed in</h1>
        <p>
          <a href={wanted ? '/following' : path}>Go on</a>
        </p>
      </div>
    )
  return (
    <div className={styles.page}>
      <h1>You are signed in</h1>
      <DoorForm action="/api/me/follows" className={styles.form} sendAtOnce>
        <SeasonFields slug={wanted.slug} number={wanted.number} />
        <input type="hidden" name="want" value="follow" />
        <p className="lede">You wanted to {followWish(wait)}.</p>
        <button type="submit" data-primary>
          {followLabel(wait)}
        </button>
      </DoorForm>
    </div>
  )
}
