import 'server-only'
import { and, desc, eq, gt } from 'drizzle-orm'
import { cookies } from 'next/headers'
import { db } from '@/db/client'
import { authenticator, session, signInRequest } from '@/db/schema/account'
import { hashToken, looksLikeToken, sameHash } from '@/lib/shared/secrets'
import { codeOf } from './code'
import { browserCookieName, readCookie, sessionCookieName } from './cookies'
import { isRecentSignIn, spellCode } from './rules'
import { signedInBy } from './sessions'
import type { LinkState, PasskeyLine, SessionLine, SignedIn } from './types'

/** Who sent a request, by its session cookie; null for nobody. For route handlers. */
export async function viewerOf(headers: Headers): Promise<SignedIn | null> {
  return signedInBy(readCookie(headers, sessionCookieName()), new Date())
}

/** Who is looking at a page; null for nobody. For the private pages: a public page must not call it. */
export async function currentViewer(): Promise<SignedIn | null> {
  return signedInBy((await cookies()).get(sessionCookieName())?.value, new Date())
}

/** True in a browser that was signed in and whose session is over by now, for a page that knows nobody is signed in. */
export async function wasSignedIn(): Promise<boolean> {
  return (await cookies()).has(sessionCookieName())
}

/** What a mailed link can do in the browser that opened it. Reads only: opening spends nothing. */
export async function linkState(token: string, browser: string | undefined, now: Date): Promise<LinkState> {
  if (!looksLikeToken(token)) return { state: 'gone' }
  const [request] = await db()
    .select()
    .from(signInRequest)
    .where(eq(signInRequest.tokenHash, hashToken(token)))
  if (!request || request.consumedAt || request.expiresAt <= now) return { state: 'gone' }
  return browser && sameHash(request.browserHash, hashToken(browser))
    ? { state: 'confirm', email: request.email }
    : { state: 'code', code: spellCode(codeOf(token)) }
}

/** `linkState` for the browser that is looking. */
export async function linkStateHere(token: string): Promise<LinkState> {
  return linkState(token, (await cookies()).get(browserCookieName())?.value, new Date())
}

/** The viewer's living sessions, last used first. */
export async function listSessions(viewer: SignedIn): Promise<SessionLine[]> {
  const rows = await db()
    .select()
    .from(session)
    .where(and(eq(session.userId, viewer.id), gt(session.expires, new Date())))
    .orderBy(desc(session.lastSeenAt))
  return rows.map((row) => ({
    id: row.sessionToken,
    device: row.device ?? 'An unknown browser',
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
    current: row.sessionToken === viewer.session.id,
  }))
}

/** The viewer's passkeys, newest first. */
export async function listPasskeys(viewer: SignedIn): Promise<PasskeyLine[]> {
  const rows = await db()
    .select()
    .from(authenticator)
    .where(eq(authenticator.userId, viewer.id))
    .orderBy(desc(authenticator.createdAt))
  return rows.map((row) => ({
    id: row.credentialID,
    createdAt: row.createdAt.toISOString(),
    synced: row.credentialBackedUp,
  }))
}

/** Whether the viewer may delete the account, and add or remove passkeys, without signing in again. */
export function signedInRecently(viewer: SignedIn): boolean {
  return isRecentSignIn(viewer.session.createdAt, new Date())
}
