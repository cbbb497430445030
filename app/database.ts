import { connection } from 'next/server'

/** Waits for a request where there is no database yet: a build without one must not ask it anything. */
export async function whenDatabase(): Promise<void> {
  if (!process.env.DATABASE_URL) await connection()
}
