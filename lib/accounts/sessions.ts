import 'server-only'
import { and, eq, gt } from 'drizzle-orm'
import { db } from '@/db/client'
import { reader, session } from '@/db/schema/account'
import { hashToken, looksLikeToken, randomToken } from '@/lib/shared/secrets'
import { SESSION_ABSOLUTE_MS, SESSION_TOUCH_MS, sessionEnd } from './rules'
import type { SignedIn } from './types'

/**
 * The living session behind a cookie's token and whose it is; null for anything else, the suspended included.
 * A visit moves the idle end (written down at most hourly), never the absolute one.
 */
export async function signedInBy(token: string | undefined, now: Date): Promise<SignedIn | null> {
  if (!token || !looksLikeToken(token)) return null
  const id = hashToken(token)
  const [row] = await db()
    .select({
      id: reader.id,
      email: reader.email,
      role: reader.role,
      createdAt: session.createdAt,
      lastSeenAt: session.lastSeenAt,
    })
    .from(session)
    .innerJoin(reader, eq(reader.id, session.userId))
    .where(
      and(
        eq(session.sessionToken, id),
        gt(session.expires, now),
        gt(session.createdAt, new Date(now.getTime() - SESSION_ABSOLUTE_MS)),
        eq(reader.suspended, false),
      ),
    )
  // A basket has no address and nobody signs in to it.
  if (!row?.email) return null
  if (now.getTime() - row.lastSeenAt.getTime() > SESSION_TOUCH_MS)
    await db()
      .update(session)
      .set({ lastSeenAt: now, expires: sessionEnd(row.createdAt, now) })
      .where(eq(session.sessionToken, id))
  return {
    id: row.id,
    email: row.email,
    role: row.role,
    session: { id, createdAt: row.createdAt },
  }
}

/** Begins a session. @returns the token for the cookie; the database keeps only its hash. */
export async function beginSession(readerId: string, device: string, now: Date): Promise<string> {
  const token = randomToken()
  await db()
    .insert(session)
    .values({
      sessionToken: hashToken(token),
      userId: readerId,
      expires: sessionEnd(now, now),
      createdAt: now,
      lastSeenAt: now,
      device,
    })
  return token
}

/** Ends the session of a token; nothing happens when there is none. */
export async function endSessionOf(token: string | undefined): Promise<void> {
  if (token && looksLikeToken(token))
    await db()
      .delete(session)
      .where(eq(session.sessionToken, hashToken(token)))
}
