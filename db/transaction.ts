import { setTimeout as pause } from 'node:timers/promises'
import { currentTransaction, type Db, db } from './client'
import { DEADLINE_PASSED, patienceOf, withinDeadline } from './deadline'
import { errorCode } from './error-code'

/** A lock was not to be had in time: somebody else is at it, and will be done. */
const LOCK_TIMEOUT = '55P03'
const RETRYABLE = new Set(['40001', '40P01', LOCK_TIMEOUT])
// The connection went, or none could be had. A commit that was under way may or may not have happened.
const CONNECTION_LOST = new Set([
  'CONNECTION_CLOSED',
  'CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  '57P01', // ended by an administrator
  '57P02', // ended by a crash of the server
  '57P03', // the server is starting
])
const ATTEMPTS_MAX = 3
// Rivals must not meet again at once, and a server that was killed is back within a second.
const retryDelayMs = (attempt: number) => (attempt === 1 ? 50 : 500) * (1 + Math.random())

// There was no way in, so nothing can have happened.
const NEVER_BEGUN = new Set(['CONNECT_TIMEOUT', 'ECONNREFUSED', '57P03'])

/** True of an error after which nobody can say whether a write was done: its answer was lost, or waited for no longer. */
export function isOutcomeOpen(error: unknown): boolean {
  const code = errorCode(error)
  if (code === undefined || NEVER_BEGUN.has(code)) return false
  return code === DEADLINE_PASSED || CONNECTION_LOST.has(code)
}

/**
 * For the doors to the outside (mail, other sites): waiting for a stranger inside a transaction would hold
 * its locks and its connection, and a rollback could not call the message back.
 * @throws when called inside a transaction
 */
export function refuseInTransaction(what: string): void {
  if (currentTransaction.getStore())
    throw new Error(`${what} inside a transaction: commit first, or write it to the outbox.`)
}

/**
 * Runs `work` in one transaction; every `db()` called inside joins it, and a nested call joins the outer one.
 * Only SQL belongs inside: no fetch, no mail, no waiting. A serialisation failure, a deadlock, a lock that was not to
 * be had in time or a lost connection is tried again (at most 3 times in all) only where the caller says that a repeat
 * is harmless; a server that does not answer (`GREENLIT_DEADLINE`) is not asked again, its caller has waited long
 * enough.
 */
export async function transaction<T>(
  work: (tx: Db) => Promise<T>,
  {
    idempotent = false,
    isolation,
  }: { idempotent?: boolean; isolation?: 'serializable' | 'repeatable read' } = {},
): Promise<T> {
  const outer = currentTransaction.getStore()
  if (outer) return work(outer)
  const { repeatsMs } = patienceOf(process.env.GREENLIT_ROLE)
  const repeatUntil = performance.now() + repeatsMs
  const once = () =>
    db().transaction(
      (tx) => currentTransaction.run(tx as unknown as Db, () => work(tx as unknown as Db)),
      isolation ? { isolationLevel: isolation } : undefined,
    )
  for (let attempt = 1; ; attempt++) {
    try {
      return await (attempt === 1 ? once() : withinDeadline(repeatUntil - performance.now(), once))
    } catch (error) {
      const code = errorCode(error)
      const again =
        idempotent && attempt < ATTEMPTS_MAX && code && (RETRYABLE.has(code) || CONNECTION_LOST.has(code))
      // Whoever waited for a lock has waited, and stands at the end of the queue for as long as it stays away.
      const delayMs = retryDelayMs(code === LOCK_TIMEOUT ? 1 : attempt)
      if (!again || performance.now() + delayMs >= repeatUntil) throw error
      await pause(delayMs)
    }
  }
}
