'use client'

import { useEffect } from 'react'

/** The service worker, registered where it was not yet; null where the browser has none or refuses. */
export async function serviceWorker(): Promise<ServiceWorkerRegistration | null> {
  if (!('serviceWorker' in navigator)) return null
  try {
    await navigator.serviceWorker.register('/sw.js', { updateViaCache: 'none' })
    return await navigator.serviceWorker.ready
  } catch {
    return null
  }
}

/** Keeps a copy of the reader's list for when there is no network; stands only on the list itself. */
export function KeepOffline() {
  useEffect(() => {
    // A worker that has this page in its hands has kept it already.
    if ('serviceWorker' in navigator && !navigator.serviceWorker.controller)
      void serviceWorker().then((registration) => registration?.active?.postMessage('keep'))
  }, [])
  return null
}

/** Forgets that copy; stands where nobody is signed in. */
export function ForgetOffline() {
  useEffect(() => {
    if (!('serviceWorker' in navigator)) return
    void navigator.serviceWorker.getRegistration().then(
      (registration) => registration?.active?.postMessage('forget'),
      () => {},
    )
  }, [])
  return null
}
