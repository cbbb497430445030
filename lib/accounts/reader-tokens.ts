import 'server-only'
import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import { db } from '@/db/client'
import { readerToken } from '@/db/schema/notice'
import type { TokenPurpose } from '@/db/schema/words'
import { hashToken, keyedHash, looksLikeToken } from '@/lib/shared/secrets'

/** Whom a link acts for, and about which season; null for all of them. */
export interface TokenBearer {
  readerId: string
  seasonId: number | null
}

const tokensOf = (purpose: TokenPurpose, { readerId, seasonId }: TokenBearer) =>
  and(
    eq(readerToken.readerId, readerId),
    eq(readerToken.purpose, purpose),
    seasonId === null ? isNull(readerToken.seasonId) : eq(readerToken.seasonId, seasonId),
  )

/**
 * The token of a link for a purpose, 43 URL-safe characters, made where there is none. It is derived from the
 * installation's secret, so the same link can be shown again though the database keeps only its hash.
 */
export async function tokenFor(purpose: TokenPurpose, bearer: TokenBearer): Promise<string> {
  // Each revocation began another generation.
  const generation = await db().$count(
    readerToken,
    and(tokensOf(purpose, bearer), isNotNull(readerToken.revokedAt)),
  )
  const token = tokenOf(purpose, bearer, generation)
  await db()
    .insert(readerToken)
    .values({ hash: hashToken(token), ...bearer, purpose })
    .onConflictDoNothing()
  return token
}

/** The token a link has now; null where none was made or the last one was ended. Makes none. */
export async function presentToken(purpose: TokenPurpose, bearer: TokenBearer): Promise<string | null> {
  const rows = await db()
    .select({ hash: readerToken.hash, revokedAt: readerToken.revokedAt })
    .from(readerToken)
    .where(tokensOf(purpose, bearer))
  const token = tokenOf(purpose, bearer, rows.filter(({ revokedAt }) => revokedAt).length)
  // After a change of the installation's secret an older token still works, but cannot be shown.
  return rows.some(({ hash, revokedAt }) => !revokedAt && hash === hashToken(token)) ? token : null
}

/** The token of a generation; pure but for the installation's secret. */
export const tokenOf = (purpose: TokenPurpose, { readerId, seasonId }: TokenBearer, generation: number) =>
  keyedHash(`token.${purpose}`, `${readerId}.${seasonId ?? 'all'}.${generation}`)

/** Whom a token acts for; null for one of another purpose, one that was ended, and text that is none. */
export async function bearerOf(purpose: TokenPurpose, token: string): Promise<TokenBearer | null> {
  if (!looksLikeToken(token)) return null
  const [bearer] = await db()
    .select({ readerId: readerToken.readerId, seasonId: readerToken.seasonId })
    .from(readerToken)
    .where(
      and(
        eq(readerToken.hash, hashToken(token)),
        eq(readerToken.purpose, purpose),
        isNull(readerToken.revokedAt),
      ),
    )
  return bearer ?? null
}

/** Ends the present token of a purpose; `tokenFor` gives another one from now on. */
export async function revokeTokens(purpose: TokenPurpose, bearer: TokenBearer, now: Date): Promise<void> {
  await db()
    .update(readerToken)
    .set({ revokedAt: now })
    .where(and(tokensOf(purpose, bearer), isNull(readerToken.revokedAt)))
}
