import 'server-only'
import { eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { reader } from '@/db/schema/account'

/**
 * The reader's row is the lock of the running transaction: two tabs cannot pass a limit together, and nothing outlives
 * the account. False where the account is gone.
 */
export async function lockReader(readerId: string): Promise<boolean> {
  const [self] = await db()
    .select({ id: reader.id })
    .from(reader)
    .where(eq(reader.id, readerId))
    .for('update')
  return self !== undefined
}
