/** Keeps a process running: started again whenever it ends, at once after a long good run, ever later where it keeps ending. */
import type { ChildProcess } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'
import { HouseError } from './data-folder.mjs'
import { endProcess, identityOf, tailOf } from './processes.mjs'

/** A process that was started, and its end. */
export interface Run {
  child: ChildProcess
  logFile: string
  ended: Promise<{ code: number | null; signal: string | null }>
}

/** A process that is started again when it ends by itself. */
export interface Kept {
  /** Ends it for good. */
  stop(): Promise<void>
  logFile: string
  /** It has been seen to work: from now on it is started again for ever. */
  hasWorked(): void
  /** Rejects, with the end of its log, when it keeps ending before it ever worked. */
  failed: Promise<never>
}

const FIRST_PAUSE_MS = 250
const LONGEST_PAUSE_MS = 30_000
/** A run this long was a good one, whatever ended it. */
const GOOD_RUN_MS = 60_000
/** Ends before it ever worked: more of the same would only hide the reason. */
const FALSE_STARTS_MAX = 3

/**
 * How long to wait before a process is started again: 250 ms, and twice as long after each further end, up to 30 s;
 * from the beginning again after a minute of good running. It never gives up: whatever makes a process end (a full
 * disk, a database that moves) may be over in an hour, and a house that went on waiting comes back by itself.
 * @param lastPauseMs the wait before the run that has ended, 0 for the first
 * @param ranMs how long it ran
 */
export function pauseBeforeRestart(lastPauseMs: number, ranMs: number): number {
  if (lastPauseMs === 0 || ranMs >= GOOD_RUN_MS) return FIRST_PAUSE_MS
  return Math.min(2 * lastPauseMs, LONGEST_PAUSE_MS)
}

/** Asks a process to end, and insists after `graceMs`. */
export async function end(child: ChildProcess, graceMs: number): Promise<void> {
  if (child.pid) await endProcess({ pid: child.pid, identity: identityOf(child.pid) }, graceMs)
}

/**
 * Starts a process and keeps it running until `stop()`.
 * @param start starts it, the first time and again
 * @param graceMs time it has for what it is at when it is stopped
 * @param pauseMs the wait before it is started again
 */
export function keepRunning({
  name,
  start,
  say,
  graceMs,
  pauseMs = pauseBeforeRestart,
}: {
  name: string
  start: () => Run
  say: (line: string) => void
  graceMs: number
  pauseMs?: typeof pauseBeforeRestart
}): Kept {
  const stopping = new AbortController()
  const { signal: stopped } = stopping
  let current = start()
  let worked = false
  let fail: (error: Error) => void = () => {}
  const failed = new Promise<never>((_, reject) => {
    fail = reject
  })
  failed.catch(() => {})

  async function watch(): Promise<void> {
    let falseStarts = 0
    let lastPauseMs = 0
    for (;;) {
      const begun = performance.now()
      const { code, signal } = await current.ended
      if (stopped.aborted) return
      const how = signal ?? `status ${code}`
      if (!worked && ++falseStarts >= FALSE_STARTS_MAX) {
        const log = `full log: ${current.logFile}\n${tailOf(current.logFile)}`
        return fail(new HouseError(`The ${name} process keeps ending (${how}); ${log}`))
      }
      let why = `ended (${how})`
      let ranMs = performance.now() - begun
      for (let again: Run | undefined; !again; ranMs = 0) {
        lastPauseMs = pauseMs(lastPauseMs, ranMs)
        say(`${name}: ${why}, starting it again in ${lastPauseMs / 1000} s`)
        await wait(lastPauseMs, undefined, { signal: stopped }).catch(() => {})
        if (stopped.aborted) return
        try {
          again = current = start()
        } catch (error) {
          // A disk too full even for its log is no reason to give up either.
          why = `could not be started (${(error as Error).message})`
        }
      }
    }
  }
  void watch()

  return {
    logFile: current.logFile,
    failed,
    hasWorked() {
      worked = true
    },
    async stop() {
      stopping.abort()
      await end(current.child, graceMs)
    },
  }
}
