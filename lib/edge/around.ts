/** What surrounds the work of one request: its id, its time at the database, the queue it waits in. */
import { randomBytes } from 'node:crypto'
import { withinDeadline } from '@/db/deadline'
import { log, withRequest } from '@/lib/shared/log'
import { turnstile } from './limits'
import type { Place } from './places'

/** All questions of one request to the database may take so long: an answer is there within 5 s, whatever happens. */
const DATABASE_PATIENCE_MS = 4_000

let requests = 0
const PROCESS = randomBytes(4).toString('hex')

/**
 * Runs the work of one request: its id for the log, its deadline for the database. The deadline runs from the moment
 * the request came (`cameAtMs`, of performance.now()): who has waited long for a turn is told so at once.
 */
export const around = <T>(place: Place, cameAtMs: number, work: () => Promise<T>): Promise<T> =>
  withRequest({ id: `${PROCESS}-${(++requests).toString(36)}` }, () => {
    const leftMs = (place.patienceMs ?? DATABASE_PATIENCE_MS) - (performance.now() - cameAtMs)
    return withinDeadline(Math.max(1, leftMs), async () => {
      try {
        return await work()
      } catch (error) {
        log.error('render-failed', { place: place.pattern, error })
        throw error
      }
    })
  })

/**
 * Queues that do not wait for each other: who floods lists waits among themselves, pages that have to be made, readers'
 * own doors, and the machines that watch over this one.
 */
export const turnstiles = () => ({
  lists: turnstile({ atOnce: 3, waiting: 16 }),
  pages: turnstile({ atOnce: 6, waiting: 256 }),
  own: turnstile({ atOnce: 32, waiting: 512 }),
  operating: turnstile({ atOnce: 4, waiting: 64 }),
  // Each holds a piece of its file in memory for as long as its reader takes.
  stored: turnstile({ atOnce: 32, waiting: 0 }),
})

/** The queue of a place. */
export const turnOf = ({ limit, operating, privacy }: Place) =>
  operating ? 'operating' : limit === 'list' ? 'lists' : privacy === 'public' ? 'pages' : 'own'
