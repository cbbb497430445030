import type { Metadata } from 'next'
import { DoorForm } from '@/app/_components/door-form'
import { ForgetOffline } from '@/app/_components/service-worker'
import { outsideProviders } from '@/lib/accounts/auth'
import { currentViewer } from '@/lib/accounts/queries'
import { followIntent, onwardPath, safeReturnTo } from '@/lib/accounts/return-to'
import { getWait } from '@/lib/follows/queries'
import { HOLDINGS_IN_WORDS } from '@/lib/own-data/holdings'
import { followLabel } from '@/lib/status/waiting'
import { FollowThis, WithoutAddress } from './follow-this'
import { PasskeySignIn } from './passkey-sign-in'
import styles from './sign-in.module.css'

export const metadata: Metadata = { title: 'Sign in', robots: { index: false, follow: false } }

type Params = Record<string, string | string[] | undefined>
const one = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value)

const PROBLEMS: Record<string, string> = {
  OAuthAccountNotLinked:
    'That address already has an account here. Sign in by mail or passkey; an outside account cannot be added to it.',
  AccessDenied: 'That account cannot sign in here.',
  Unverified:
    'That account has no address that its provider has verified, so we cannot know that it is yours. Verify one there, or sign in by mail.',
}

function noticeOf(params: Params): string | null {
  if ('deleted' in params) return 'Your account and everything that was yours is deleted.'
  if ('signed-out' in params) return 'You are signed out.'
  const error = one(params.error)
  return error ? (PROBLEMS[error] ?? 'That way of signing in did not work. Try again, or another one.') : null
}

export default async function SignInPage({ searchParams }: { searchParams: Promise<Params> }) {
  const params = await searchParams
  const returnTo = safeReturnTo(one(params.returnTo))
  const viewer = await currentViewer()
  const wanted = followIntent(returnTo)
  if (viewer) return <SignedInAlready email={viewer.email} goOn={onwardPath(returnTo)} />
  const wait = wanted && (await getWait(wanted.slug, wanted.number))
  const notice = noticeOf(params)
  return (
    <div className={styles.page}>
      <ForgetOffline />
      <h1>{wait ? followLabel(wait) : 'Sign in'}</h1>
      {notice && (
        <p className="notice" role="status">
          {notice}
        </p>
      )}
      {wait ? <FollowThis wanted={wait} slug={wanted.slug} /> : <MailMe returnTo={returnTo} />}
      <PasskeySignIn returnTo={returnTo} />
      {outsideProviders().map(({ id, name }) => (
        <DoorForm key={id} action={`/api/auth/with/${id}`} className={styles.form}>
          <input type="hidden" name="returnTo" value={returnTo} />
          <button type="submit">Sign in with {name}</button>
        </DoorForm>
      ))}
      {wait && <WithoutAddress wanted={wait} slug={wanted.slug} />}
      <p className={styles.hint}>
        An account holds {HOLDINGS_IN_WORDS}. Nothing else; you can take all of it with you, and delete it.
      </p>
    </div>
  )
}

/** Signing in by a mailed link. */
function MailMe({ returnTo }: { returnTo: string }) {
  return (
    <>
      <p className="lede">An account keeps what you follow, wherever you sign in.</p>
      <DoorForm action="/api/auth/mail" className={styles.form}>
        <input type="hidden" name="returnTo" value={returnTo} />
        <label htmlFor="email">E-mail address</label>
        <input
          id="email"
          name="email"
          type="email"
          autoComplete="username webauthn"
          inputMode="email"
          maxLength={254}
          required
          aria-describedby="email-hint"
        />
        <p id="email-hint" className={styles.hint}>
          We mail you a link that works for 10 minutes. There is no password, and the first sign-in makes the
          account.
        </p>
        <button type="submit" data-primary>
          Mail me a link
        </button>
      </DoorForm>
    </>
  )
}

function SignedInAlready({ email, goOn }: { email: string; goOn: string }) {
  return (
    <div className={styles.page}>
      <h1>You are signed in</h1>
      <p>
        As <strong>{email}</strong>.
      </p>
      <ul className={styles.ways}>
        {goOn !== '/following' && (
          <li>
            <a href={goOn}>Go on to where you were</a>
          </li>
        )}
        <li>
          <a href="/following">What you follow</a>
        </li>
        <li>
          <a href="/settings">Settings</a>
        </li>
      </ul>
      <DoorForm action="/api/auth/sign-out" className={styles.form}>
        <button type="submit">Sign out</button>
      </DoorForm>
    </div>
  )
}
