import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { notFound } from 'next/navigation'
import { opensMailbox } from '@/lib/mail/mailbox'
import { readMailbox } from '@/lib/mail/sent'
import { siteUrl } from '@/lib/shared/site'
import styles from './mailbox.module.css'

export const metadata: Metadata = {
  title: 'Local mailbox',
  robots: { index: false, follow: false },
  referrer: 'no-referrer',
}

/** A mail's text with our own links made into links; nothing else in it is. */
function Body({ text }: { text: string }) {
  const site = siteUrl()
  const parts = text.split(/(https?:\/\/[^\s]+)/)
  return (
    <p className={styles.text}>
      {parts.map((part, index) =>
        part.startsWith(`${site}/`) ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: a mail's text never changes
          <a key={index} href={part.slice(site.length)}>
            {part}
          </a>
        ) : (
          part
        ),
      )}
    </p>
  )
}

/** Where an installation without SMTP keeps its mail, readable only from this machine. */
export default async function MailboxPage() {
  if (!opensMailbox(await headers())) notFound()
  const letters = await readMailbox(new Date())
  return (
    <div className={styles.page}>
      <h1>Local mailbox</h1>
      <p>
        No SMTP server is configured, so mail stays here, readable only from this machine. Set{' '}
        <code>SMTP_URL</code> to have it sent.
      </p>
      {letters.length === 0 ? (
        <p>No mail yet. Ask for a sign-in mail and it arrives here at once.</p>
      ) : (
        <ol className={styles.letters}>
          {letters.map((letter) => (
            <li key={letter.id}>
              <article aria-labelledby={`mail-${letter.id}`}>
                <h2 id={`mail-${letter.id}`}>{letter.subject}</h2>
                <p className={styles.meta}>
                  To {letter.recipient},{' '}
                  <time dateTime={letter.queuedAt}>{letter.queuedAt.slice(11, 19)} UTC</time>
                </p>
                <Body text={letter.text} />
              </article>
            </li>
          ))}
        </ol>
      )}
    </div>
  )
}
