'use client'

import { useEffect } from 'react'

/**
 * Marks the changes on this page as seen once a person sees them. A prefetch shows nothing and so marks
 * nothing; without JavaScript the button beside the list does it.
 */
export function MarkLooked({ until }: { until: string }) {
  useEffect(() => {
    const mark = () => {
      if (document.visibilityState !== 'visible') return
      document.removeEventListener('visibilitychange', mark)
      void fetch('/api/me/looked', {
        method: 'POST',
        headers: { Accept: 'application/json' },
        body: new URLSearchParams({ until }),
      }).then(
        () => window.dispatchEvent(new Event('greenlit:me')),
        () => {},
      )
    }
    document.addEventListener('visibilitychange', mark)
    mark()
    return () => document.removeEventListener('visibilitychange', mark)
  }, [until])
  return null
}
