'use client'

import { useEffect, useState } from 'react'
import { addPasskey, canUsePasskeys } from '@/app/sign-in/passkey'
import styles from './settings.module.css'

/** Adds a passkey of this device; it shows where the browser can use passkeys at all. */
export function AddPasskey() {
  const [usable, setUsable] = useState(false)
  const [problem, setProblem] = useState('')
  useEffect(() => setUsable(canUsePasskeys()), [])

  async function press() {
    setProblem('')
    try {
      await addPasskey()
      // Added, or the sign-in is too old by now: the page says which.
      window.location.reload()
    } catch (error) {
      setProblem((error as Error).message)
    }
  }

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
