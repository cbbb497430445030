/**
 * Files are read apart, in a process with bounds on its memory and its time: whatever a file does to its reader, the
 * process that answers other people goes on. (A thread would be enough for the time, not for the memory: where a heap
 * jumps over its limit inside one call, as in JSON.parse, V8 ends the whole process, with all its threads.) A process that
 * was killed is replaced by the next file; one that has had nothing to do for a minute ends.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { log } from '@/lib/shared/log'
import type { Reading } from './types'

/** What the reading of one file may cost. */
export interface ReadLimits {
  /** Objects and texts, in megabytes; a file's own bytes lie outside. */
  heapMb: number
  /** From handing the file over to a process that is ready until its answer, by the clock. */
  timeMs: number
}

/** The largest honest files we know need 90 MB and two seconds of a processor. */
const HEAP_MB = 192
const TIME_SECONDS = 15

/** So V8 ends a process that has no memory left: by abort, trap or an illegal instruction, as a signal or a status. */
const OUT_OF_MEMORY = new Set<string | number>(['SIGABRT', 'SIGTRAP', 'SIGILL', 134, 133, 132])

/** The limits in force: 192 MB and 15 seconds, unless an operator set GREENLIT_IMPORT_MB or GREENLIT_IMPORT_SECONDS. */
export function readLimits(env: Record<string, string | undefined> = process.env): ReadLimits {
  const set = (text: string | undefined, otherwise: number) => (Number(text) > 0 ? Number(text) : otherwise)
  return {
    heapMb: set(env.GREENLIT_IMPORT_MB, HEAP_MB),
    timeMs: set(env.GREENLIT_IMPORT_SECONDS, TIME_SECONDS) * 1000,
  }
}

/** What a reading process is told of a file before its bytes come. */
export interface FileToRead {
  fileName: string
  bytes: number
}

/** A file that was read or refused, or `broken` where that was our fault and not the file's. */
export type ReadingApart = Reading | { ok: false; broken: true }

type End = 'memory' | 'broken'

interface Reader {
  child: ChildProcess
  heapMb: number
  ready: Promise<'ready'>
  /** Settles when the process has ended, with the reason. */
  ended: Promise<End>
  idle?: NodeJS.Timeout
}

const READERS_KEPT = 2
const IDLE_MS = 60_000
/** Starting takes half a second of a processor that has nothing else to do. */
const START_MS = 60_000
const TOO_MUCH =
  'Reading the file takes more memory than any list we know. Split it and bring the parts one by one.'
const tooLong = (timeMs: number) =>
  `Reading the file took longer than ${timeMs / 1000} seconds, so we stopped. Split it and bring the parts one by one.`

// Next may load this module once for pages and once for routes; the readers are kept once a process.
const shared = globalThis as typeof globalThis & { greenlitReaders?: Reader[] }
shared.greenlitReaders ??= []
const idle = shared.greenlitReaders

/**
 * The reader's program is TypeScript in the checkout, which every process of ours is started from. The remark keeps the
 * build of the site from making a bundle of it.
 */
const program = () => resolve(/* turbopackIgnore: true */ process.cwd(), 'lib/imports/read-process.mjs')

/** What a reader needs of our environment, which is none of our secrets: where its loader keeps what it translated. */
function itsEnvironment(): NodeJS.ProcessEnv {
  const { TMPDIR, NODE_ENV } = process.env
  return TMPDIR ? { NODE_ENV, TMPDIR } : { NODE_ENV }
}

function begin(heapMb: number): Reader {
  const child = fork(/* turbopackIgnore: true */ program(), {
    execArgv: [`--max-old-space-size=${heapMb}`],
    env: itsEnvironment(),
    stdio: ['pipe', 'ignore', 'pipe', 'ipc'],
  })
  let isReady = false
  const ready = new Promise<'ready'>((settle) =>
    child.once('message', () => {
      isReady = true
      settle('ready')
    }),
  )
  const ended = new Promise<End>((settle) => {
    child.on('error', () => settle('broken'))
    child.once('exit', (code, signal) => settle(OUT_OF_MEMORY.has(signal ?? code ?? 0) ? 'memory' : 'broken'))
  })
  // What a dying V8 has to say is long and tells nobody anything; our own lines are JSON.
  createInterface({ input: child.stderr! }).on('line', (line) => {
    if (!isReady || line.startsWith('{')) process.stderr.write(`${line}\n`)
  })
  child.stdin!.on('error', () => {}) // it ended while the file was on its way, which `ended` says
  // Whoever waits for an answer has a timer running; beyond that no reader keeps this process alive.
  child.unref()
  child.channel?.unref()
  for (const pipe of [child.stdin, child.stderr]) (pipe as { unref?: () => void } | null)?.unref?.()
  const reader: Reader = { child, heapMb, ready, ended }
  void ended.then(() => forget(reader))
  return reader
}

function forget(reader: Reader): void {
  clearTimeout(reader.idle)
  const at = idle.indexOf(reader)
  if (at >= 0) idle.splice(at, 1)
}

async function end(reader: Reader): Promise<void> {
  forget(reader)
  reader.child.kill('SIGKILL')
  await within(START_MS, [reader.ended])
}

function keep(reader: Reader): void {
  if (idle.length >= READERS_KEPT) {
    void end(reader)
    return
  }
  idle.push(reader)
  reader.idle = setTimeout(() => void end(reader), IDLE_MS)
  reader.idle.unref()
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

const PIECE_BYTES = 65_536

function* piecesOf(bytes: Uint8Array): Generator<Buffer> {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  for (let at = 0; at < whole.length; at += PIECE_BYTES) yield whole.subarray(at, at + PIECE_BYTES)
}

/** Sends a file's bytes piece by piece, as the reader takes them: in one go they would be copied in one go. */
function send({ child }: Reader, bytes: Uint8Array, fileName: string): void {
  const file: FileToRead = { fileName, bytes: bytes.length }
  child.send(file, () => {}) // a reader that has ended meanwhile is met by `ended`
  Readable.from(piecesOf(bytes)).pipe(child.stdin!, { end: false })
}

/**
 * Reads a file apart. One that needs more memory or time than the limits allow ends its reader and is refused with a
 * sentence; when this settles, a reader that was ended is gone.
 */
export async function readApart(
  bytes: Uint8Array,
  fileName: string,
  limits = readLimits(),
): Promise<ReadingApart> {
  const waiting = idle.findLast(({ heapMb }) => heapMb === limits.heapMb)
  const reader = waiting ?? begin(limits.heapMb)
  if (waiting) forget(waiting)
  let answer: Reading | End | 'ready' | 'time' = await within<End | 'ready'>(START_MS, [
    reader.ready,
    reader.ended,
  ])
  if (answer === 'time') answer = 'broken'
  else if (answer === 'ready') {
    const read = new Promise<Reading>((settle) =>
      reader.child.once('message', (reading) => settle(reading as unknown as Reading)),
    )
    send(reader, bytes, fileName)
    answer = await within<Reading | End>(limits.timeMs, [read, reader.ended])
  }
  if (typeof answer === 'object') {
    keep(reader)
    return answer
  }
  await end(reader)
  if (answer === 'memory') return { ok: false, message: TOO_MUCH }
  if (answer === 'time') return { ok: false, message: tooLong(limits.timeMs) }
  log.error('import-reader-broken')
  return { ok: false, broken: true }
}

/** Ends the readers that wait for work, for tests and for a process that stops. */
export async function endReaders(): Promise<void> {
  await Promise.all([...idle].map(end))
}
