/**
 * Files are read in threads of their own, with a bound on their memory and their time: whatever a file does to its reader,
 * the process that answers other people goes on. A thread that was killed is not used again; one that has had nothing to
 * do for a minute ends.
 */
import { resolve } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Reading } from './types'

/** What the reading of one file may cost. */
export interface ReadLimits {
  /** Objects and texts of the thread, in megabytes; a file's own bytes lie outside. */
  heapMb: number
  /** From handing the file over to a thread that is ready until its answer, by the clock. */
  timeMs: number
}

/** The largest honest files we know need 110 MB and one and a half seconds of a processor. */
export const READ_LIMITS: ReadLimits = { heapMb: 192, timeMs: 15_000 }

/** What a thread is sent. The bytes lie in memory that threads share: they are not copied on their way. */
export interface ThreadJob {
  bytes: Uint8Array
  fileName: string
}

/** A file that was read or refused, or `broken` where that was our fault and not the file's. */
export type ThreadReading = Reading | { ok: false; broken: true }

type End = 'memory' | 'broken'

interface Thread {
  worker: Worker
  limits: ReadLimits
  ready: Promise<'ready'>
  /** Settles when the thread has ended, with the reason. */
  ended: Promise<End>
  idle?: NodeJS.Timeout
}

const THREADS_KEPT = 2
const IDLE_MS = 60_000
/** Starting takes half a second of a processor that has nothing else to do. */
const START_MS = 30_000
const TOO_MUCH =
  'Reading the file takes more memory than any list we know. Split it and bring the parts one by one.'
const tooLong = (timeMs: number) =>
  `Reading the file took longer than ${Math.max(1, Math.round(timeMs / 1000))} seconds, so we stopped. Split it and bring the parts one by one.`

// Next may load this module once for pages and once for routes; the threads are kept once a process.
const shared = globalThis as typeof globalThis & { greenlitReadingThreads?: Thread[] }
shared.greenlitReadingThreads ??= []
const idle = shared.greenlitReadingThreads

/**
 * The thread's program is TypeScript in the checkout, which every process of ours is started from. Its path is put
 * together at run time, because the build of the site would make a bundle of what it could see.
 */
const program = () => resolve(process.cwd(), ...['lib', 'imports', 'read-thread.mjs'])

function begin(limits: ReadLimits): Thread {
  const { TMPDIR } = process.env
  const worker = new Worker(/* turbopackIgnore: true */ program(), {
    execArgv: [],
    // It needs none of our secrets; its loader keeps what it translated in the folder for temporary files.
    env: TMPDIR ? { TMPDIR } : {},
    resourceLimits: { maxOldGenerationSizeMb: limits.heapMb },
  })
  let end: End = 'broken'
  const ended = new Promise<End>((settle) => {
    worker.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') end = 'memory'
      else
        console.error(JSON.stringify({ event: 'import-thread-broken', name: error.name, code: error.code }))
    })
    worker.once('exit', () => settle(end))
  })
  const ready = new Promise<'ready'>((settle) => worker.once('message', () => settle('ready')))
  const thread: Thread = { worker, limits, ready, ended }
  void ended.then(() => forget(thread))
  return thread
}

function forget(thread: Thread): void {
  clearTimeout(thread.idle)
  const at = idle.indexOf(thread)
  if (at >= 0) idle.splice(at, 1)
}

/** A thread with these limits: one that is idle, or a new one. */
function threadOf(limits: ReadLimits): Thread {
  const found = idle.findLast((one) => one.limits.heapMb === limits.heapMb)
  const thread = found ?? begin(limits)
  if (found) forget(found)
  // While it works the process waits for it; an idle thread keeps no process alive.
  thread.worker.ref()
  return thread
}

function keep(thread: Thread): void {
  thread.worker.unref()
  if (idle.length >= THREADS_KEPT) {
    void thread.worker.terminate()
    return
  }
  idle.push(thread)
  thread.idle = setTimeout(() => {
    forget(thread)
    void thread.worker.terminate()
  }, IDLE_MS)
  thread.idle.unref()
}

/** The first of what happens, and 'time' after so many milliseconds. */
async function within<T>(timeMs: number, happens: Promise<T>[]): Promise<T | 'time'> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<'time'>((settle) => {
    timer = setTimeout(settle, timeMs, 'time')
  })
  try {
    return await Promise.race([...happens, late])
  } finally {
    clearTimeout(timer)
  }
}

/** The same bytes where threads can share them: they are copied, unless they lie there already. */
function sharedBytes(bytes: Uint8Array): Uint8Array {
  if (bytes.buffer instanceof SharedArrayBuffer) return bytes
  const copy = new Uint8Array(new SharedArrayBuffer(bytes.byteLength))
  copy.set(bytes)
  return copy
}

/**
 * Reads a file in a thread. One that needs more memory or time than the limits allow ends its thread and is refused with a
 * sentence; when this settles, a thread that was ended is gone.
 */
export async function readInThread(
  bytes: Uint8Array,
  fileName: string,
  limits = READ_LIMITS,
): Promise<ThreadReading> {
  const thread = threadOf(limits)
  const { worker, ready, ended } = thread
  const started = await within(START_MS, [ready, ended])
  let answer: Reading | End | 'time' = started === 'memory' ? 'memory' : 'broken'
  if (started === 'ready') {
    const read = new Promise<Reading>((settle) => worker.once('message', settle))
    const job: ThreadJob = { bytes: sharedBytes(bytes), fileName }
    worker.postMessage(job)
    answer = await within<Reading | End>(limits.timeMs, [read, ended])
  }
  if (typeof answer === 'object') {
    keep(thread)
    return answer
  }
  await worker.terminate()
  if (answer === 'memory') return { ok: false, message: TOO_MUCH }
  if (answer === 'time') return { ok: false, message: tooLong(limits.timeMs) }
  return { ok: false, broken: true }
}

/** Ends the threads that wait for work, for tests and for a process that stops. */
export async function endReadingThreads(): Promise<void> {
  await Promise.all([...idle].map(({ worker }) => worker.terminate()))
}
