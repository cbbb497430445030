import type { Task } from 'graphile-worker'
import type { JobName } from '@/lib/shared/enqueue'

/** A job of the worker, one file each. It reads the world anew and may be repeated. */
export interface Job<Payload = object> extends JobName<Payload> {
  /** When the clock asks for it, in UTC, as crontab(5) writes it; not at all where left out. */
  readonly at?: string
  /** How far back a run is made up for that was missed while no worker was up. */
  readonly missed?: '1h' | '1d'
  /** @param again asks for another run at a moment */
  run(payload: Payload, again: (at: Date) => Promise<unknown>): Promise<void>
}

/** The line of the queue's crontab for a job. */
export function cronLine({ id, at, missed }: Job): string {
  return at ? `${at} ${id} ?${missed ? `fill=${missed}&` : ''}jobKey=${id}` : ''
}

/** A job as the queue calls it. @throws where what it was told is not what it takes */
export function taskOf<Payload>({ id, payload, run }: Job<Payload>): Task {
  return (told, { addJob }) =>
    run(payload.parse(told ?? {}), (runAt) => addJob(id, undefined, { runAt, jobKey: `${id}-again` }))
}

/** One run at a time in this process: who asks meanwhile has the running one go round once more. */
export function oneAtATime<Args extends unknown[]>(
  run: (...args: Args) => Promise<void>,
): (...args: Args) => Promise<void> {
  let running = false
  let asked = false
  return async (...args) => {
    asked = true
    if (running) return
    running = true
    try {
      while (asked) {
        asked = false
        await run(...args)
      }
    } finally {
      running = false
    }
  }
}
