import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { DoorForm } from '@/app/_components/door-form'
import { MAILBOX_PATH, opensMailbox } from '@/lib/mail/mailbox'
import styles from '../sign-in.module.css'

export const metadata: Metadata = { title: 'Check your mail', robots: { index: false, follow: false } }

export default async function CodePage() {
  const local = opensMailbox(await headers())
  return (
    <div className={styles.page}>
      <h1>Check your mail</h1>
      <p className="lede">
        If the address is right, a mail with a link is on its way. Open it in this browser and press the
        button there; the link works for 10 minutes, once.
      </p>
      {local && (
        <p className="notice">
          This installation sends no mail. Your mail is in the local mailbox:{' '}
          <a href={MAILBOX_PATH}>{MAILBOX_PATH}</a>
        </p>
      )}
      <h2>Opened the mail on another device?</h2>
      <p>The page there shows a code of eight letters and digits. Type it here.</p>
      <DoorForm action="/api/auth/code" className={styles.form}>
        <label htmlFor="code">Code</label>
        <input
          id="code"
          name="code"
          className={styles.code}
          autoComplete="one-time-code"
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={20}
          required
        />
        <button type="submit" data-primary>
          Sign in
        </button>
      </DoorForm>
      <p className={styles.hint}>
        No mail after a minute? Look among the unwanted ones, or <a href="/sign-in">ask again</a>.
      </p>
    </div>
  )
}
