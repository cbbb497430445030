import type { Check, Readiness } from './types'

/** How often a worker says that it is there. */
export const HEARTBEAT_EVERY_MS = 30_000
/** A worker that was not seen for so long is taken for dead: four heartbeats. */
export const WORKER_SEEN_WITHIN_SECONDS = 120
/** A mail whose time came so long ago, and that nobody has taken, is stuck. */
export const MAIL_DUE_SECONDS_MAX = 15 * 60

/** A worker's last sign of life, judged. @param ageSeconds since it; null where there never was one */
export function judgeWorker(ageSeconds: number | null, ms: number): Readiness['checks']['worker'] {
  const ok = ageSeconds !== null && ageSeconds <= WORKER_SEEN_WITHIN_SECONDS
  if (ok) return { ok, ms, ageSeconds }
  const detail =
    ageSeconds === null
      ? 'No worker was ever seen. Start one with `npm run worker`.'
      : `The last worker was seen ${ageSeconds} s ago. Look at its log, or start one with \`npm run worker\`.`
  return { ok, ms, ageSeconds, detail }
}

/**
 * The mail that waits longest past its time, judged. @param oldestDueSeconds null where none waits
 * @param held true where mail is not meant to leave: it stays in the local mailbox, or an operator paused all telling
 */
export function judgeMail(
  oldestDueSeconds: number | null,
  held: boolean,
  ms: number,
): Readiness['checks']['mail'] {
  const ok = held || oldestDueSeconds === null || oldestDueSeconds <= MAIL_DUE_SECONDS_MAX
  if (ok) return { ok, ms, oldestDueSeconds }
  const detail = `A mail waits since ${Math.round(oldestDueSeconds / 60)} minutes to be taken. Look at the worker and at \`npm run greenlit -- notices --failed\`.`
  return { ok, ms, oldestDueSeconds, detail }
}

/** The code of an answer that came too late for whoever asked. */
export const LATE = 'late'

const WHY: Record<string, string> = {
  '25006': 'The database takes no writes: it is a standby, or was made read-only.',
  '53100': "The database's disk is full.",
  '42501': 'The database user may not write: look at its rights.',
  GREENLIT_BUSY: 'More queries wait for the database than it can answer.',
  GREENLIT_DEADLINE: 'The database did not answer in time.',
  '42P01': 'The database is of an older release: run `npm run db:migrate`.',
  [LATE]: 'The database did not answer in time.',
}

/** Why a row could not be written or read, from an error's code. */
export const whyNot = (code: string | undefined): string =>
  WHY[code ?? ''] ?? `The database does not answer${code ? ` (${code})` : ''}.`

/** A check that got no answer. */
export const unanswered = (code: string | undefined, ms: number): Check => ({
  ok: false,
  ms,
  detail: whyNot(code),
})
