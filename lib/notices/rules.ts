/** Pure rules of sending. */

/** A mail that was refused so often is parked where a person sees it. */
export const ATTEMPTS_MAX = 8
/** How long a process may sit on a mail it has taken. */
export const LEASE_MS = 2 * 60_000

const FIRST_RETRY_MS = 30_000
const RETRY_MAX_MS = 5 * 3_600_000

/** The pause after the n-th refused attempt: 30 s, doubling four-fold, at most 5 h. */
export function retryDelayMs(attempt: number): number {
  return Math.min(RETRY_MAX_MS, FIRST_RETRY_MS * 4 ** Math.max(0, attempt - 1))
}

/** Whether a server's refusal is for good: a 5xx answer about this mail. Lost connections and 4xx are not. */
export function isFinalRefusal(error: unknown): boolean {
  const code = (error as { responseCode?: unknown }).responseCode
  // 535 and its kin speak of our own credentials: an operator's mistake must not park every mail.
  return typeof code === 'number' && code >= 550 && code <= 556
}
