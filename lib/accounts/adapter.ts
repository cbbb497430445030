import 'server-only'
import { DrizzleAdapter } from '@auth/drizzle-adapter'
import type { Adapter } from 'next-auth/adapters'
import { db } from '@/db/client'
import { account, reader, session, verificationToken } from '@/db/schema/account'
import { hashToken } from '@/lib/shared/secrets'
import { normaliseAddress, sessionEnd } from './rules'
import { signedInBy } from './sessions'

/**
 * next-auth's drizzle adapter on our tables, with our promises added: session tokens are stored as hashes,
 * no session outlives its absolute end, the suspended have none, and addresses have one form.
 * @param device what the list of sessions calls the browser that signs in
 */
export function readerAdapter(device: () => Promise<string>): Adapter {
  const inner = DrizzleAdapter(db(), {
    usersTable: reader,
    accountsTable: account,
    sessionsTable: session,
    verificationTokensTable: verificationToken,
  } as never) as Required<Adapter> // our ids are uuids, the adapter's types know text only
  return {
    ...inner,
    async createUser(user) {
      const email = normaliseAddress(user.email)
      if (!email) throw new Error('The provider gave no usable address.')
      // Only name and address: a provider's picture would be a request to a third party.
      return inner.createUser({ ...user, email, image: null })
    },
    getUserByEmail: async (email) => inner.getUserByEmail(normaliseAddress(email) ?? ''),
    async createSession({ sessionToken, userId }) {
      const now = new Date()
      const expires = sessionEnd(now, now)
      await db()
        .insert(session)
        .values({
          sessionToken: hashToken(sessionToken),
          userId,
          expires,
          createdAt: now,
          lastSeenAt: now,
          device: await device(),
        })
      return { sessionToken, userId, expires }
    },
    async getSessionAndUser(sessionToken) {
      const signedIn = await signedInBy(sessionToken, new Date())
      const user = signedIn && (await inner.getUser(signedIn.id))
      if (!user) return null
      const now = new Date()
      const expires = sessionEnd(signedIn.session.createdAt, now)
      return { session: { sessionToken, userId: user.id, expires }, user }
    },
    // The idle end has been moved by getSessionAndUser already.
    updateSession: async () => null,
    async deleteSession(sessionToken) {
      await inner.deleteSession(hashToken(sessionToken))
    },
    // Providers' tokens are of no use to us: what is not stored cannot leak.
    async linkAccount({ userId, type, provider, providerAccountId }) {
      await db().insert(account).values({ userId, type, provider, providerAccountId })
    },
  }
}
