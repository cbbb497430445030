/** How long this thread would have kept others waiting, whatever else the machine does at the time. */
import { readFileSync } from 'node:fs'
import { threadId } from 'node:worker_threads'

const TICK_MS = 2

/**
 * What this thread has had of a processor and how long it stood in the queue for one, in milliseconds (Linux; elsewhere,
 * and in a thread beside the main one, nothing is known of it and both stay 0).
 */
function scheduled(): { onMs: number; queuedMs: number } {
  try {
    if (threadId !== 0) return { onMs: 0, queuedMs: 0 }
    const [on, queued] = readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8')
      .split(' ')
      .map(Number)
    return { onMs: on! / 1e6, queuedMs: queued! / 1e6 }
  } catch {
    return { onMs: 0, queuedMs: 0 }
  }
}

export interface Stall {
  /** The longest time between two looks, without what the thread stood in the queue for a processor. */
  longestMs: number
  /** What the thread had of a processor. */
  busyMs: number
}

/** Begins to look every two milliseconds; what is returned ends that and says what was seen. */
export function watchStalls(): () => Stall {
  const began = scheduled()
  let lastMs = performance.now()
  let last = began
  let longestMs = 0
  const look = () => {
    const nowMs = performance.now()
    const now = scheduled()
    longestMs = Math.max(longestMs, nowMs - lastMs - TICK_MS - (now.queuedMs - last.queuedMs))
    lastMs = nowMs
    last = now
  }
  const timer = setInterval(look, TICK_MS)
  return () => {
    look()
    clearInterval(timer)
    return { longestMs, busyMs: scheduled().onMs - began.onMs }
  }
}
