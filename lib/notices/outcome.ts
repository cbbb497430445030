/** What an answer to a delivery means. Pure. */
import type { Outcome } from './types'

type Answered = {
  ok: boolean
  status?: number
  reason?: 'refused' | 'unreachable' | 'timeout' | 'too-large'
  message?: string
  headers?: { 'retry-after'?: string | undefined }
}

const RETRY_AFTER_MAX_MS = 5 * 3_600_000
/** Answers that may be better another time. */
const PASSING = [408, 425, 429]

/** The pause a Retry-After header asks for, in seconds or as a date; at most five hours. */
function retryAfterMs(header: string | undefined, now: Date): number | undefined {
  if (!header) return undefined
  const ms = /^\d{1,9}$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now.getTime()
  return Number.isFinite(ms) ? Math.min(RETRY_AFTER_MAX_MS, Math.max(0, ms)) : undefined
}

/**
 * What became of a delivery by the other side's answer.
 * @param gone the statuses by which it says that this channel is over
 */
export function outcomeOf(answer: Answered, gone: number[], host: string, now: Date): Outcome {
  const { status } = answer
  // The head of an answer counts, whatever became of its body: a second delivery would tell twice.
  if (status === undefined)
    return answer.reason === 'refused'
      ? { outcome: 'refused', reason: answer.message ?? '', ends: false }
      : { outcome: 'later', reason: answer.message ?? '' }
  if (status >= 200 && status < 300) return { outcome: 'sent' }
  const reason = `${host} answered ${status}.`
  if (status >= 500 || PASSING.includes(status)) {
    const pause = retryAfterMs(answer.headers?.['retry-after'], now)
    return { outcome: 'later', reason, ...(pause !== undefined && { retryAfterMs: pause }) }
  }
  return { outcome: 'refused', reason, ends: gone.includes(status) }
}
