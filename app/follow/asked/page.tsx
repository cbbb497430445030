import type { Metadata } from 'next'
import { hasMailbox } from '@/lib/mail/mailbox'

export const metadata: Metadata = { title: 'Look into your mail', robots: { index: false, follow: false } }

/** After asking to follow by mail; the same for every address. */
export default function AskedPage() {
  return (
    <div className="stack">
      <h1>Look into your mail</h1>
      <p className="lede">
        We have written to the address you gave. Press the button behind the link in that mail within two
        days; until then nothing is followed, and nothing more is sent.
      </p>
      {hasMailbox() && (
        <p>
          No SMTP server is configured here: the mail is in the <a href="/mailbox">local mailbox</a>.
        </p>
      )}
      <p>
        <a href="/shows">Back to the shows</a>
      </p>
    </div>
  )
}
