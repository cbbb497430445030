import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { reader } from '@/db/schema/account'

/** The reader of an address whose owner has just shown that it is theirs; made where there is none. */
export async function readerOfProven(email: string, now: Date): Promise<{ id: string; suspended: boolean }> {
  const [owner] = await db()
    .insert(reader)
    .values({ email, emailVerified: now })
    .onConflictDoUpdate({
      target: reader.email,
      set: { emailVerified: sql`coalesce(${reader.emailVerified}, excluded.email_verified)` },
    })
    .returning({ id: reader.id, suspended: reader.suspended })
  return owner!
}
