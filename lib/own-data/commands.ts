import 'server-only'
import { eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { reader, signInRequest } from '@/db/schema/account'
import { optIn } from '@/db/schema/notice'
import { mail } from '@/db/schema/outbox'
import { transaction } from '@/db/transaction'
import { isRecentSignIn } from '@/lib/accounts/rules'
import type { SignedIn } from '@/lib/accounts/types'
import { rebuildListsOf } from '@/lib/related/rebuild'
import type { Refusal } from '@/lib/shared/refusal'

/**
 * Deletes the viewer's account and everything that is theirs: follows, words on shows, pairs named, sessions, passkeys,
 * linked providers, open sign-in requests, and mail to them, unsent mail included. Asks for a sign-in of the last 10 minutes.
 */
export async function deleteReader(viewer: SignedIn, now: Date): Promise<{ ok: true } | Refusal<'recent'>> {
  if (!isRecentSignIn(viewer.session.createdAt, now))
    return {
      ok: false,
      reason: 'recent',
      message: 'To delete your account, sign in again first; that must not be longer than 10 minutes ago.',
    }
  await transaction(
    async () => {
      await db().delete(mail).where(eq(mail.recipient, viewer.email))
      await db().delete(signInRequest).where(eq(signInRequest.email, viewer.email))
      await db().delete(optIn).where(eq(optIn.email, viewer.email))
      await rebuildListsOf(viewer.id)
      await db().delete(reader).where(eq(reader.id, viewer.id))
    },
    { idempotent: true },
  )
  return { ok: true }
}
