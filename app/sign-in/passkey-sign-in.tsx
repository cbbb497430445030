'use client'

import { signInByPasskey } from './passkey'
import styles from './sign-in.module.css'
import { usePasskeys } from './use-passkeys'

/** The passkey button of the sign-in page; it shows where the browser can use passkeys at all. */
export function PasskeySignIn({ returnTo }: { returnTo: string }) {
  const { usable, problem, press } = usePasskeys(async () =>
    window.location.assign(await signInByPasskey(returnTo)),
  )

  if (!usable) return null
  return (
    <div className={styles.form}>
      <button type="button" onClick={press}>
        Sign in with a passkey
      </button>
      <p className={styles.problem} role="alert">
        {problem}
      </p>
    </div>
  )
}
