import { useEffect, useState } from 'react'
import { canUsePasskeys } from './passkey'

/**
 * What a passkey's button needs: whether this browser can use passkeys at all, known once the page has come alive; what
 * went wrong, in a sentence; and the press, which does `work`.
 */
export function usePasskeys(work: () => Promise<void>) {
  const [usable, setUsable] = useState(false)
  const [problem, setProblem] = useState('')
  useEffect(() => setUsable(canUsePasskeys()), [])
  const press = async () => {
    setProblem('')
    try {
      await work()
    } catch (error) {
      setProblem((error as Error).message)
    }
  }
  return { usable, problem, press }
}
