/** Pure rules of sending. */

/** What the other side refused so often is parked where a person sees it. */
export const ATTEMPTS_MAX = 8
/** How long a process may sit on something it has taken … */
export const LEASE_MS = 3 * 60_000
/** … and how long sending it may take, well within that. */
export const SEND_TIMEOUT_MS = 2 * 60_000
/** A server that cannot be reached is our trouble, not the mail's: tried for so long (RFC 5321, 4.5.4.1: 4 to 5 days). */
export const UNREACHED_MAX_MS = 5 * 86_400_000
const UNREACHED_RETRY_MAX_MS = 30 * 60_000

const FIRST_RETRY_MS = 30_000
const RETRY_MAX_MS = 5 * 3_600_000

/** The pause after the n-th refused attempt: 30 s, doubling four-fold, at most 5 h. */
export function retryDelayMs(attempt: number): number {
  return Math.min(RETRY_MAX_MS, FIRST_RETRY_MS * 4 ** Math.max(0, attempt - 1))
}

type Failure = { responseCode?: unknown; code?: unknown }

/** Whether a server's refusal is for good: a 5xx answer about this mail. Lost connections and 4xx are not. */
export function isFinalRefusal(error: unknown): boolean {
  const code = (error as Failure).responseCode
  // 535 and its kin speak of our own credentials: an operator's mistake must not park every mail.
  return typeof code === 'number' && code >= 550 && code <= 556
}

/** Whether a final refusal is about the address itself, so that writing to it again is of no use. */
export function isDeadAddress(error: unknown): boolean {
  return isFinalRefusal(error) && (error as Failure).code === 'EENVELOPE'
}

/** Whether nobody answered at all: no server, no TLS, a connection lost on the way. */
export function isUnreached(error: unknown): boolean {
  return typeof (error as Failure).responseCode !== 'number'
}

/** What becomes of a mail that could not be sent. */
export function afterFailure(
  error: unknown,
  { attempts, ageMs }: { attempts: number; ageMs: number },
): { parked: true } | { parked: false; retryMs: number } {
  if (isFinalRefusal(error)) return { parked: true }
  if (isUnreached(error))
    return ageMs > UNREACHED_MAX_MS
      ? { parked: true }
      : { parked: false, retryMs: Math.min(retryDelayMs(attempts), UNREACHED_RETRY_MAX_MS) }
  return attempts >= ATTEMPTS_MAX ? { parked: true } : { parked: false, retryMs: retryDelayMs(attempts) }
}

/** The most days ahead at which a reader can be told of a premiere. */
export const LEAD_DAYS_MAX = 30
