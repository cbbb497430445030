import 'server-only'
import { transaction } from '@/db/transaction'
import { revokeTokens, tokenFor } from '@/lib/notices/tokens'
import { LIMITS, spend } from '@/lib/shared/rate-limit'

export type Renewed =
  | { ok: true }
  | { ok: false; reason: 'limit' | 'unavailable'; message: string; retryAfterSeconds: number }

/** Gives a reader new addresses for feed and calendar; the ones they had stop working at once. */
export async function renewFeedAddresses(readerId: string, now: Date): Promise<Renewed> {
  const spent = await spend(LIMITS.feedAddresses, readerId)
  if (!spent.allowed)
    return {
      ok: false,
      reason: spent.broken ? 'unavailable' : 'limit',
      message: spent.broken
        ? 'New addresses cannot be made for a moment. Try again in half a minute.'
        : 'That was more than ten new addresses in an hour. Try again later.',
      retryAfterSeconds: spent.retryAfterSeconds,
    }
  const bearer = { readerId, seasonId: null }
  await transaction(async () => {
    await revokeTokens('feed', bearer, now)
    await tokenFor('feed', bearer)
  })
  return { ok: true }
}
