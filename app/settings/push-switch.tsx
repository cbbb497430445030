'use client'

import { useEffect, useState } from 'react'
import { serviceWorker } from '@/app/_components/service-worker'
import styles from './settings.module.css'

const toDoor = (fields: Record<string, string>) =>
  fetch('/api/me/push', {
    method: 'POST',
    headers: { Accept: 'application/json' },
    body: new URLSearchParams(fields),
  })

const base64url = (bytes: ArrayBuffer | null) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes ?? new ArrayBuffer(0))))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')

async function fingerprintOf(endpoint: string): Promise<string> {
  return base64url(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(endpoint)))
}

const currentSubscription = async () =>
  (await navigator.serviceWorker.getRegistration())?.pushManager.getSubscription()

/** Subscribes this browser and tells the site. @throws a sentence for the reader */
async function turnOn(): Promise<void> {
  if ((await Notification.requestPermission()) !== 'granted')
    throw new Error(
      'This browser does not let Greenlit show notifications. Its site settings can change that.',
    )
  const registration = await serviceWorker()
  if (!registration)
    throw new Error('This browser did not take the part that shows notifications. Try again.')
  const answer = await fetch('/api/me/push/key', {
    headers: { Accept: 'application/json' },
    cache: 'no-store',
  })
  if (!answer.ok) throw new Error('Greenlit did not answer. Try again.')
  const { key } = (await answer.json()) as { key: string }
  let subscription = await registration.pushManager.getSubscription()
  if (subscription && base64url(subscription.options.applicationServerKey) !== key) {
    await subscription.unsubscribe()
    subscription = null
  }
  try {
    subscription ??= await registration.pushManager.subscribe({
      userVisibleOnly: true,
      applicationServerKey: key,
    })
  } catch {
    throw new Error('The browser’s push service could not be reached. Check your connection and try again.')
  }
  const [p256dh, auth] = [subscription.getKey('p256dh'), subscription.getKey('auth')].map(base64url)
  const said = await toDoor({
    want: 'subscribe',
    endpoint: subscription.endpoint,
    p256dh: p256dh!,
    auth: auth!,
  })
  if (said.ok) return
  throw new Error(((await said.json()) as { detail?: string }).detail ?? 'That did not work. Try again.')
}

async function turnOff(): Promise<void> {
  const subscription = await currentSubscription()
  if (!subscription) return
  const said = await toDoor({ want: 'unsubscribe', endpoint: subscription.endpoint })
  if (!said.ok) throw new Error('Greenlit did not answer. Try again.')
  await subscription.unsubscribe()
}

type State = 'unknown' | 'impossible' | 'off' | 'on'

/**
 * Turns notifications in this browser on and off; asks for permission only when it is pressed.
 * `known`: fingerprints of the browsers that are told, to find this one among them.
 */
export function PushSwitch({ known }: { known: string[] }) {
  const [state, setState] = useState<State>('unknown')
  const [problem, setProblem] = useState('')
  const [busy, setBusy] = useState(false)
  const list = known.join(' ')

  useEffect(() => {
    if (!('serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window)) {
      setState('impossible')
      return
    }
    currentSubscription()
      .then(async (subscription) =>
        subscription && list.split(' ').includes(await fingerprintOf(subscription.endpoint)) ? 'on' : 'off',
      )
      .then(setState as (state: string) => void, () => setState('off'))
  }, [list])

  async function press() {
    setProblem('')
    setBusy(true)
    try {
      await (state === 'on' ? turnOff() : turnOn())
      window.location.reload()
    } catch (error) {
      setProblem((error as Error).message)
      setBusy(false)
    }
  }

  if (state === 'unknown') return null
  if (state === 'impossible')
    return (
      <p>
        This browser cannot show notifications. On an iPhone or iPad, add Greenlit to the Home Screen (Share,
        then Add to Home Screen), open it from there and come back to this page.
      </p>
    )
  return (
    <>
      <button type="button" onClick={press} disabled={busy}>
        {state === 'on' ? 'Turn off in this browser' : 'Turn on in this browser'}
      </button>
      <p className={styles.problem} role="alert">
        {problem}
      </p>
    </>
  )
}
