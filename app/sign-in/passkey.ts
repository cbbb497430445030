/** The browser's half of passkeys: fetch options, ask the authenticator, send its answer. */

interface Options {
  action: 'register' | 'authenticate'
  options: unknown
}

async function ceremony(action: 'register' | 'authenticate'): Promise<void> {
  const asked = await fetch(`/api/auth/webauthn-options/passkey?action=${action}`, { cache: 'no-store' })
  if (!asked.ok) throw new Error('The site did not offer passkeys just now.')
  const { options } = (await asked.json()) as Options
  const { startAuthentication, startRegistration } = await import('@simplewebauthn/browser')
  const data =
    action === 'register'
      ? await startRegistration(options as Parameters<typeof startRegistration>[0])
      : await startAuthentication(options as Parameters<typeof startAuthentication>[0])
  const answer = await fetch('/api/auth/callback/passkey', {
    method: 'POST',
    headers: { 'X-Auth-Return-Redirect': '1' },
    body: new URLSearchParams({ action, data: JSON.stringify(data), callbackUrl: '/following' }),
  })
  const { url } = (await answer.json()) as { url?: string }
  if (!answer.ok || !url || new URL(url, window.location.href).searchParams.has('error'))
    throw new Error('That passkey was not accepted.')
}

/** True where this browser can use passkeys. */
export function canUsePasskeys(): boolean {
  return typeof window.PublicKeyCredential === 'function'
}

/** Adds a passkey to the signed-in reader's account. @throws a sentence when it did not come about */
export async function addPasskey(): Promise<void> {
  await ceremony('register').catch((error: unknown) => {
    throw new Error(sentenceOf(error, 'No passkey was added.'))
  })
}

/** Signs in with a passkey. @throws a sentence when it did not come about */
export async function signInByPasskey(): Promise<void> {
  await ceremony('authenticate').catch((error: unknown) => {
    throw new Error(sentenceOf(error, 'No passkey was used.'))
  })
}

function sentenceOf(error: unknown, fallback: string): string {
  const { name, message } = error as Error
  if (name === 'InvalidStateError') return 'This device holds a passkey for your account already.'
  // The reader closed the dialogue, or it ran out of time.
  if (name === 'NotAllowedError' || name === 'AbortError') return fallback
  return name === 'Error' ? message : fallback
}
