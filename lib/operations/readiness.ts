import 'server-only'
import { errorCode } from '@/db/error-code'
import { beat } from './commands'
import { within } from './patience'
import { countJobs, getOldestDueMail, getWorkerAgeSeconds } from './queries'
import { judgeMail, judgeWorker, unanswered } from './rules'
import type { Check, Readiness } from './types'

/** Each question has this long, and all are asked at once, so that /ready answers within a second. */
const PATIENCE_MS = 800
/** An answer is given again for so long: anybody may ask, and asking writes a row. */
const REMEMBERED_MS = 1_000

let last: { atMs: number; readiness: Readiness } | undefined

// A question that is late holds a connection until the driver gives it up: it is not asked again beside.
const underWay = new Map<string, Promise<unknown>>()

/** Asks one question, or joins those who wait for its answer; judges what was found, and how long it took. */
async function ask<Found, Judged extends Check>(
  name: keyof Readiness['checks'],
  question: () => Promise<Found>,
  judge: (found: Found, ms: number) => Judged,
  nothingFound: Omit<Judged, keyof Check>,
): Promise<Judged> {
  const startedAt = performance.now()
  const took = () => Math.round(performance.now() - startedAt)
  const answer =
    (underWay.get(name) as Promise<Found> | undefined) ?? question().finally(() => underWay.delete(name))
  underWay.set(name, answer)
  try {
    return judge(await within(PATIENCE_MS, answer), took())
  } catch (error) {
    return { ...unanswered(errorCode(error), took()), ...nothingFound } as Judged
  }
}

/**
 * Whether this installation does all of its work: writes, has a worker, sends its mail. Answers within a second also
 * where the database hangs; each check says what it found and how long it took.
 */
export async function getReadiness(now: Date): Promise<Readiness> {
  if (last && Math.abs(now.getTime() - last.atMs) < REMEMBERED_MS) return last.readiness
  const [database, worker, mail, queue] = await Promise.all([
    // A row is really written. `pg_is_in_recovery()` and `transaction_read_only` are cheaper and know of a standby,
    // but not of a full disk, lost rights or a missing migration, and those are what stops a site at night.
    ask<void, Check>(
      'database',
      () => beat('site'),
      (_, ms) => ({ ok: true, ms }),
      {},
    ),
    ask('worker', getWorkerAgeSeconds, judgeWorker, { ageSeconds: null }),
    ask(
      'mail',
      () => getOldestDueMail(now),
      ({ seconds, held }, ms) => judgeMail(seconds, held, ms),
      { oldestDueSeconds: null },
    ),
    ask('queue', countJobs, (waiting, ms): Readiness['checks']['queue'] => ({ ok: true, ms, waiting }), {
      waiting: null,
    }),
  ])
  const checks = { database, worker, mail, queue }
  const readiness = { ready: Object.values(checks).every(({ ok }) => ok), checks }
  last = { atMs: now.getTime(), readiness }
  return readiness
}
