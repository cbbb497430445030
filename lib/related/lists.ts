/** Every title's list, worked out on two threads where the catalogue is large enough to repay the second. */
import { availableParallelism } from 'node:os'
import { setImmediate as pause } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import type { Counted, RelatedIndex } from './compared'
import { type Listed, listAt } from './rules'

/** The lists of the titles from number `from` on, as JSON of `Listed[][]`: small to keep by the thousand. */
export interface Batch {
  from: number
  lists: string
}

const BATCH = 100
/** Below this a second thread takes longer to start than it saves. */
const THREADED_MIN = 5_000
const THREADS_MAX = 2
/** Batches a thread may be ahead. */
const AHEAD = 2

/** The lists of a stretch of titles. */
export function batchOf(index: RelatedIndex, from: number): Batch {
  const lists: Listed[][] = []
  for (let i = from; i < Math.min(from + BATCH, index.catalogue.titles.length); i++)
    lists.push(listAt(index, i))
  return { from, lists: JSON.stringify(lists) }
}

/** How many threads a catalogue is worth. */
export const threadsFor = (titles: number) =>
  titles < THREADED_MIN ? 1 : Math.min(THREADS_MAX, availableParallelism())

/** What another thread needs of an index; the large arrays are read by both, not copied. */
export function shareable({ catalogue, people, traits, audiences, learned }: RelatedIndex): Counted {
  const bare = { genres: [], tags: [], creators: [], cast: [], summary: null, sourceMaterial: null }
  return {
    people,
    traits,
    audiences,
    learned,
    catalogue: {
      ...catalogue,
      titles: catalogue.titles.map((title) => ({ ...title, ...bare })),
      vocabulary: new Map(),
    },
  }
}

/**
 * All lists, batch by batch in no particular order; each list is the same whatever the number of threads. This thread
 * works too, and pauses between batches, so that a process with other duties attends to them.
 */
export async function* everyList(
  index: RelatedIndex,
  { threads = threadsFor(index.catalogue.titles.length) }: { threads?: number } = {},
): AsyncGenerator<Batch> {
  const count = index.catalogue.titles.length
  let next = 0
  let open = 0
  const ready: Batch[] = []
  let failed: Error | null = null
  let wake = () => {}
  const hand = (worker: Worker) => {
    if (next >= count) return
    worker.postMessage(next)
    next += BATCH
    open++
  }
  const workers = Array.from({ length: threads - 1 }, () => {
    const worker = new Worker(new URL('./list-thread.mjs', import.meta.url), {
      execArgv: [],
      workerData: shareable(index),
    })
    worker.on('message', (batch: Batch) => {
      ready.push(batch)
      open--
      hand(worker)
      wake()
    })
    worker.on('error', (error) => {
      failed = error
      wake()
    })
    for (let i = 0; i < AHEAD; i++) hand(worker)
    return worker
  })
  try {
    while (ready.length || open || next < count) {
      if (failed) throw failed
      const batch = ready.shift()
      if (batch) yield batch
      else if (next < count) {
        const from = next
        next += BATCH
        yield batchOf(index, from)
        await pause()
      } else {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    }
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()))
  }
}
