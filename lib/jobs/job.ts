import type { Task } from 'graphile-worker'
import type { JobName } from '@/lib/shared/enqueue'

/** A job of the worker, one file each. It reads the world anew and may be repeated. */
export interface Job<Payload = object> extends JobName<Payload> {
  /** When the clock asks for it, in UTC, as crontab(5) writes it; not at all where left out. */
  readonly at?: string
  /** How far back a run is made up for that was missed while no worker was up. */
  readonly missed?: '1h' | '1d'
  /** Jobs of one queue run one after another, so that long ones leave the worker's other hands to readers. */
  readonly queue?: string
  /**
   * @param again asks for another run at a moment
   * @param stopping tells a long run that its worker is about to end
   */
  run(payload: Payload, again: (at: Date) => Promise<unknown>, stopping?: AbortSignal): Promise<void>
}

/** The line of the queue's crontab for a job. */
export function cronLine({ id, at, missed, queue }: Job): string {
  if (!at) return ''
  return `${at} ${id} ?${missed ? `fill=${missed}&` : ''}${queue ? `queue=${queue}&` : ''}jobKey=${id}`
}

/** A job as the queue calls it. @throws where what it was told is not what it takes */
export function taskOf<Payload>({ id, payload, run, queue }: Job<Payload>): Task {
  const of = queue ? { queueName: queue } : {}
  return (told, { addJob, abortSignal }) =>
    run(
      payload.parse(told ?? {}),
      (runAt) => addJob(id, undefined, { runAt, jobKey: `${id}-again`, ...of }),
      abortSignal,
    )
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
