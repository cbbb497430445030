import 'server-only'
import { within } from './patience'
import { countHoldings } from './queries'
import type { Health } from './types'

/** How long whoever asks /health waits for the database. */
const PATIENCE_MS = 100
/** How long an answer of the database, good or bad, is given again without asking. */
const REMEMBERED_MS = 2_000

let known: Health = { database: 'away', holds: null }
let askedAtMs = Number.NEGATIVE_INFINITY
let asking: { answer: Promise<void>; since: number } | undefined

async function ask(): Promise<void> {
  try {
    known = { database: 'ok', holds: await countHoldings() }
  } catch {
    known = { ...known, database: 'away' }
  } finally {
    asking = undefined
  }
}

/**
 * What this process knows of its database, within a tenth of a second whatever the database does. One question at a
 * time is under way, and while it is late the database counts as away.
 */
export async function getHealth(now: Date): Promise<Health> {
  const nowMs = now.getTime()
  // A clock that was set back must not make an answer last.
  if (!asking && Math.abs(nowMs - askedAtMs) >= REMEMBERED_MS) {
    askedAtMs = nowMs
    asking = { answer: ask(), since: performance.now() }
  }
  if (asking) {
    const leftMs = asking.since + PATIENCE_MS - performance.now()
    try {
      await within(Math.max(0, leftMs), asking.answer)
    } catch {
      return { ...known, database: 'away' }
    }
  }
  return known
}
