'use client'

import { addPasskey } from '@/app/sign-in/passkey'
import { usePasskeys } from '@/app/sign-in/use-passkeys'
import styles from './settings.module.css'

/** Adds a passkey of this device; it shows where the browser can use passkeys at all. */
export function AddPasskey() {
  const { usable, problem, press } = usePasskeys(async () => {
    await addPasskey()
    // Added, or the sign-in is too old by now: the page says which.
    window.location.reload()
  })

  if (!usable) return null
  return (
    <>
      <button type="button" onClick={press}>
        Add a passkey
      </button>
      <p className={styles.problem} role="alert">
        {problem}
      </p>
    </>
  )
}
