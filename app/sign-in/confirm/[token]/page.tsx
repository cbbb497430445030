import type { Metadata } from 'next'
import { DoorForm } from '@/app/_components/door-form'
import { linkStateHere } from '@/lib/accounts/queries'
import styles from '../../sign-in.module.css'

export const metadata: Metadata = {
  title: 'Sign in',
  robots: { index: false, follow: false },
  referrer: 'no-referrer',
}

/** Where a mailed link leads. Opening it changes nothing: mail scanners open links too. */
export default async function ConfirmPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params
  const link = await linkStateHere(token)
  if (link.state === 'confirm')
    return (
      <div className={styles.page}>
        <h1>Sign in to Greenlit</h1>
        <p className="lede">
          As <strong>{link.email}</strong>, in this browser.
        </p>
        <DoorForm action="/api/auth/confirm" className={styles.form}>
          <input type="hidden" name="token" value={token} />
          <button type="submit" data-primary>
            Sign in
          </button>
        </DoorForm>
      </div>
    )
  if (link.state === 'code')
    return (
      <div className={styles.page}>
        <h1>Type this code in your other browser</h1>
        <p className="lede">
          This link was asked for in another browser or on another device. Type this code there, on the page
          that told you to check your mail:
        </p>
        <p>
          <output className={styles.shownCode}>{link.code}</output>
        </p>
        <p className={styles.hint}>
          Only type it where you asked yourself, and tell it to nobody: whoever asks you for it wants into
          your account. Nothing happens if you close this page.
        </p>
      </div>
    )
  return (
    <div className={styles.page}>
      <h1>This link no longer works</h1>
      <p className="lede">It has been used, or it is older than 10 minutes.</p>
      <p>
        <a href="/sign-in">Ask for a new one</a>
      </p>
    </div>
  )
}
