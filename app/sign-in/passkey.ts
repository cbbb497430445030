/** The browser's half of passkeys: fetch options, ask the authenticator, send its answer. */
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser'

/** The door's refusal: its sentence, and the reason as the site knows it. */
class Refused extends Error {
  constructor(
    message: string,
    readonly reason: string | undefined,
  ) {
    super(message)
    this.name = 'Refused'
  }
}

async function ask<T>(door: 'options' | 'register' | 'sign-in', fields: Record<string, string>): Promise<T> {
  const answer = await fetch(`/api/auth/passkey/${door}`, {
    method: 'POST',
    headers: { Accept: 'application/json' },
    body: new URLSearchParams(fields),
  })
  const said = (await answer.json().catch(() => ({}))) as { detail?: string; reason?: string }
  if (answer.ok) return said as T
  throw new Refused(said.detail ?? 'Greenlit did not answer. Try again.', said.reason)
}

/** True where this browser can use passkeys. */
export function canUsePasskeys(): boolean {
  return typeof window.PublicKeyCredential === 'function'
}

/**
 * Adds a passkey to the signed-in reader's account.
 * @returns false where the site asks for a sign-in first
 * @throws a sentence when it did not come about
 */
export async function addPasskey(): Promise<boolean> {
  try {
    const { options } = await ask<{ options: PublicKeyCredentialCreationOptionsJSON }>('options', {
      for: 'register',
    })
    const { startRegistration } = await import('@simplewebauthn/browser')
    const answer = await startRegistration({ optionsJSON: options })
    await ask('register', { answer: JSON.stringify(answer) })
    return true
  } catch (error) {
    if (error instanceof Refused && (error.reason === 'recent' || error.reason === 'signed-out')) return false
    throw new Error(sentenceOf(error, 'No passkey was added.'))
  }
}

/**
 * Signs in with a passkey.
 * @returns the path where the reader goes on
 * @throws a sentence when it did not come about
 */
export async function signInByPasskey(returnTo: string): Promise<string> {
  try {
    const { options } = await ask<{ options: PublicKeyCredentialRequestOptionsJSON }>('options', {
      for: 'sign-in',
    })
    const { startAuthentication } = await import('@simplewebauthn/browser')
    const answer = await startAuthentication({ optionsJSON: options })
    const fields = { answer: JSON.stringify(answer), returnTo }
    return (await ask<{ location: string }>('sign-in', fields)).location
  } catch (error) {
    throw new Error(sentenceOf(error, 'No passkey was used.'))
  }
}

function sentenceOf(error: unknown, fallback: string): string {
  if (error instanceof Refused) return error.message
  return (error as Error).name === 'InvalidStateError'
    ? 'This device holds a passkey for your account already.'
    : // The reader closed the dialogue, it ran out of time, or the device cannot do it.
      fallback
}
