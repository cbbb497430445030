'use client'

import { useEffect } from 'react'

/**
 * Starts the parts of a page that need no React (public/islands) where React wakes, and after it has: they change
 * what it must find as the server wrote it. Pages cached whole start them by themselves, see lib/shared/plain-pages.
 */
export function Islands() {
  useEffect(() => {
    const script = document.createElement('script')
    script.type = 'module'
    script.src = '/islands/start.js'
    document.head.append(script)
  }, [])
  return null
}
