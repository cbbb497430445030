import 'server-only'
import { transaction } from '@/db/transaction'
import { revokeTokens, tokenFor } from '@/lib/accounts/reader-tokens'
import { LIMITS, type Limited, limited, spend } from '@/lib/shared/rate-limit'

export type Renewed = { ok: true } | Limited

/** Gives a reader new addresses for feed and calendar; the ones they had stop working at once. */
export async function renewFeedAddresses(readerId: string, now: Date): Promise<Renewed> {
  const refused = limited(await spend(LIMITS.feedAddresses, readerId), {
    often: 'That was more than ten new addresses in an hour. Try again later.',
    broken: 'New addresses cannot be made for a moment.',
  })
  if (refused) return refused
  const bearer = { readerId, seasonId: null }
  await transaction(async () => {
    await revokeTokens('feed', bearer, now)
    await tokenFor('feed', bearer)
  })
  return { ok: true }
}
