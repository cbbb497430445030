import 'server-only'
import { refuseInTransaction } from '@/db/transaction'

/** What became of one thing that was to leave. */
export type Left = 'sent' | 'later' | 'parked'

/**
 * Empties a queue that lies in the database, some of it at once. Nothing is locked while a thing leaves: `lease` takes
 * the next one for this process for a while (`for update skip locked`) and commits, `leave` sends it and then writes
 * down what came of it, so that a killed process only delays what it held. Ends where nothing is due.
 * @param work what is done, for the sentence that refuses it inside a transaction
 * @param leave null for what did not have to leave after all
 * @returns how many were sent, put off and parked
 */
export async function drain<Leased>(
  work: string,
  {
    atATime,
    lease,
    leave,
  }: {
    atATime: number
    lease: () => Promise<Leased | undefined>
    leave: (leased: Leased) => Promise<Left | null>
  },
): Promise<Record<Left, number>> {
  refuseInTransaction(work)
  const counts = { sent: 0, later: 0, parked: 0 }
  const empty = async () => {
    for (let leased = await lease(); leased !== undefined; leased = await lease()) {
      const left = await leave(leased)
      if (left) counts[left]++
    }
  }
  await Promise.all(Array.from({ length: atATime }, empty))
  return counts
}
