import 'server-only'
import { and, eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { verificationToken } from '@/db/schema/account'
import { hashToken, looksLikeToken, randomToken } from '@/lib/shared/secrets'
import { CHALLENGE_LIFETIME_MS } from './passkey-rules'

/** What a challenge is for: signing in, or a passkey for the reader of this very session. */
export type Purpose = 'sign-in' | `register ${string}`

// Bound to the browser by the secret in its cookie, of which only the hash is kept.
const identifierOf = (purpose: Purpose, browser: string) => `passkey ${purpose} ${hashToken(browser)}`

/**
 * Opens a challenge for one browser: 32 random bytes, kept as a hash.
 * @param browser the token in the browser's cookie, undefined or anything where it has none yet
 * @returns the challenge and the token that cookie must hold from now on
 */
export async function openChallenge(
  purpose: Purpose,
  browser: string | undefined,
  now: Date,
): Promise<{ challenge: string; browser: string }> {
  const challenge = randomToken()
  // A second tab of the same browser leaves the first one's challenge good.
  const bound = browser && looksLikeToken(browser) ? browser : randomToken()
  await db()
    .insert(verificationToken)
    .values({
      identifier: identifierOf(purpose, bound),
      token: hashToken(challenge),
      expires: new Date(now.getTime() + CHALLENGE_LIFETIME_MS),
    })
  return { challenge, browser: bound }
}

/** Spends a challenge: true once, for the browser and the purpose it was opened for, within its five minutes. */
export async function spendChallenge(
  purpose: Purpose,
  { challenge, browser }: { challenge: string; browser: string | undefined },
  now: Date,
): Promise<boolean> {
  if (!browser || !looksLikeToken(browser) || !looksLikeToken(challenge)) return false
  const [spent] = await db()
    .delete(verificationToken)
    .where(
      and(
        eq(verificationToken.identifier, identifierOf(purpose, browser)),
        eq(verificationToken.token, hashToken(challenge)),
      ),
    )
    .returning({ expires: verificationToken.expires })
  return spent !== undefined && spent.expires > now
}
