import type { Metadata } from 'next'
import { DoorForm } from '@/app/_components/door-form'
import { SessionEnded } from '@/app/_components/session-ended'
import { currentViewer, listPasskeys, listSessions, signedInRecently } from '@/lib/accounts/queries'
import type { PasskeyLine, SessionLine } from '@/lib/accounts/types'
import { HOLDINGS_IN_WORDS } from '@/lib/own-data/holdings'
import { listVoices } from '@/lib/related/pairs'
import { listWanted } from '@/lib/wanted/queries'
import { AddPasskey } from './add-passkey'
import { Beside } from './beside'
import { day } from './day'
import styles from './settings.module.css'
import { Wanted } from './wanted'

export const metadata: Metadata = { title: 'Settings', robots: { index: false, follow: false } }

export default async function SettingsPage() {
  const viewer = await currentViewer()
  if (!viewer) return <SessionEnded returnTo="/settings" />
  const recent = signedInRecently(viewer)
  const [sessions, passkeys, voices, wishes] = await Promise.all([
    listSessions(viewer),
    listPasskeys(viewer),
    listVoices(viewer.id),
    listWanted(viewer),
  ])
  return (
    <div className={styles.page}>
      <h1>Settings</h1>
      <p>
        You are signed in as <strong>{viewer.email}</strong>.
      </p>
      <DoorForm action="/api/auth/sign-out" className={styles.inline}>
        <button type="submit">Sign out</button>
      </DoorForm>
      <p>
        <a href="/settings/notices">What you are told, when and how</a>
      </p>
      <Passkeys passkeys={passkeys} allowed={recent} />
      <Sessions sessions={sessions} />
      <Beside voices={voices} />
      <Wanted wishes={wishes} />
      <section aria-labelledby="export">
        <h2 id="export">Everything that is yours</h2>
        <p>In one JSON file: {HOLDINGS_IN_WORDS}.</p>
        <p>
          <a href="/api/me/export" download="greenlit-export.json">
            Download it
          </a>
        </p>
      </section>
      <Delete allowed={recent} />
    </div>
  )
}

function Passkeys({ passkeys, allowed }: { passkeys: PasskeyLine[]; allowed: boolean }) {
  return (
    <section aria-labelledby="passkeys">
      <h2 id="passkeys">Passkeys</h2>
      <p>
        {passkeys.length === 0
          ? 'With a passkey this device signs you in, without waiting for a mail. You have none yet.'
          : 'These devices sign you in without a mail.'}
      </p>
      {passkeys.length > 0 && (
        <ul className={styles.list}>
          {passkeys.map((passkey, index) => (
            <li key={passkey.id}>
              <span>
                Passkey {passkeys.length - index}, added on {day(passkey.createdAt)}
                {passkey.synced && ', kept on several devices'}
              </span>
              {allowed && (
                <DoorForm action="/api/me/passkeys" className={styles.inline}>
                  <input type="hidden" name="remove" value={passkey.id} />
                  <button type="submit" aria-label={`Remove passkey ${passkeys.length - index}`}>
                    Remove
                  </button>
                </DoorForm>
              )}
            </li>
          ))}
        </ul>
      )}
      {allowed ? (
        <AddPasskey />
      ) : (
        <SignInAgain
          path="/settings#passkeys"
          words={passkeys.length > 0 ? 'Sign in again to add or remove one' : 'Sign in again to add one'}
        />
      )}
    </section>
  )
}

function Sessions({ sessions }: { sessions: SessionLine[] }) {
  return (
    <section aria-labelledby="sessions">
      <h2 id="sessions">Where you are signed in</h2>
      <p>A session ends after 14 days without a visit, and after 90 days in any case.</p>
      <ul className={styles.list}>
        {sessions.map((session) => (
          <li key={session.id}>
            <span>
              {session.device}
              {session.current && ' (this browser)'}, since {day(session.createdAt)}, last used on{' '}
              {day(session.lastSeenAt)}
            </span>
            {!session.current && (
              <DoorForm action="/api/me/sessions" className={styles.inline}>
                <input type="hidden" name="end" value={session.id} />
                <button type="submit" aria-label={`End the session of ${session.device}`}>
                  End it
                </button>
              </DoorForm>
            )}
          </li>
        ))}
      </ul>
      {sessions.length > 1 && (
        <DoorForm action="/api/me/sessions" className={styles.inline}>
          <input type="hidden" name="end" value="others" />
          <button type="submit">End all others</button>
        </DoorForm>
      )}
    </section>
  )
}

function Delete({ allowed }: { allowed: boolean }) {
  return (
    <section aria-labelledby="delete">
      <h2 id="delete">Delete your account</h2>
      <p>
        Everything that is yours, as it is listed above, is gone at once. Backups forget it within 35 days.
        Nothing brings it back.
      </p>
      {allowed ? (
        <DoorForm action="/api/me/delete" className={styles.delete}>
          <label>
            <input type="checkbox" name="sure" value="delete" required /> I am sure
          </label>
          <button type="submit" className={styles.danger}>
            Delete my account
          </button>
        </DoorForm>
      ) : (
        <SignInAgain path="/settings#delete" words="Sign in again to delete" />
      )}
    </section>
  )
}

/** For what a session of some age may not do: ends it, and leads back here after the next sign-in. */
function SignInAgain({ path, words }: { path: string; words: string }) {
  return (
    <DoorForm action="/api/auth/sign-out" className={styles.inline}>
      <input type="hidden" name="again" value={path} />
      <p>Because you signed in more than 10 minutes ago, sign in again first.</p>
      <button type="submit">{words}</button>
    </DoorForm>
  )
}
