'use client'

import { useEffect, useState } from 'react'
import { canUsePasskeys, signInByPasskey } from './passkey'
import styles from './sign-in.module.css'

/** The passkey button of the sign-in page; it shows where the browser can use passkeys at all. */
export function PasskeySignIn({ returnTo }: { returnTo: string }) {
  const [usable, setUsable] = useState(false)
  const [problem, setProblem] = useState('')
  useEffect(() => setUsable(canUsePasskeys()), [])

  async function press() {
    setProblem('')
    try {
      window.location.assign(await signInByPasskey(returnTo))
    } catch (error) {
      setProblem((error as Error).message)
    }
  }

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
