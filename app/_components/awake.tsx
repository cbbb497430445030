'use client'

import { useEffect } from 'react'

/** Says that React has woken: from then on public/islands may change what it had to find as the server wrote it. */
export function Awake() {
  useEffect(() => {
    document.documentElement.dataset.awake = ''
    window.dispatchEvent(new Event('greenlit:awake'))
  }, [])
  return null
}
