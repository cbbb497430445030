/** Hears from PostgreSQL what expired anywhere, so that no process goes on serving what another has changed. */
import { EXPIRY_CHANNEL } from '@/lib/shared/tags'
import { openDatabase } from './database'

/** Asked by the clock, beneath LISTEN/NOTIFY: a notification can be lost with its connection. */
const POLL_INTERVAL_MS = 1_000
/** A database that takes longer is away for now; the pages that are kept go on being served. */
const POLL_PATIENCE_MS = 2_500
/** Away longer than this, rows may have been purged unread: everything is stale then. Purged after a day. */
const GAP_MAX_MS = 12 * 3_600_000

export interface Listener {
  stop(): Promise<void>
  /** Resolves once the first question was answered, or could not be. */
  ready: Promise<void>
}

interface Seen {
  /** No row of an earlier transaction is unread. */
  horizon: string
  /** Rows read already, at or after the horizon. */
  ids: Map<string, string>
}

/**
 * Calls `onExpired` with the tags that expire from now on, soon after the transaction that expired them commits.
 *
 * Rows are read by the number of their transaction, not by their own: a row that was numbered early and committed late
 * would be passed over. Everything from the oldest transaction still open at the last look is read again, and what was
 * read then is left out (PostgreSQL manual, 9.27.9, pg_snapshot_xmin).
 */
export function listenForExpiry(
  databaseUrl: string,
  on: { expired(tags: string[]): void; everything(): void },
): Listener {
  let seen: Seen | null = null
  let heardAtMs = Date.now()
  let stopped = false
  let asking: Promise<void> | null = null
  let again = false
  let asker = open()
  let hearer = listen()

  function open() {
    return openDatabase(databaseUrl, 'edge-expiry', { max: 1, statementTimeoutMs: 2_000, isKept: true })
  }

  function listen() {
    const client = open()
    // Every new connection asks once: what was notified while there was none is read then.
    client.listen(EXPIRY_CHANNEL, ask, ask).catch(() => {})
    return client
  }

  async function look(): Promise<void> {
    const since = seen?.horizon ?? null
    const [row] = await asker<{ horizon: string; rows: [string, string, string][] | null }[]>`
      select pg_snapshot_xmin(pg_current_snapshot())::text as horizon,
        (select json_agg(json_build_array(id::text, xid::text, tag) order by id) from cache_expiry
          where ${since}::text is not null and xid >= ${since}::text::xid8) as rows`
    if (!row) return
    if (seen && Date.now() - heardAtMs > GAP_MAX_MS) on.everything()
    heardAtMs = Date.now()
    const ids = new Map<string, string>()
    const tags: string[] = []
    for (const [id, xid, tag] of row.rows ?? []) {
      if (!seen?.ids.has(id)) tags.push(tag)
      if (BigInt(xid) >= BigInt(row.horizon)) ids.set(id, xid)
    }
    seen = { horizon: row.horizon, ids }
    if (tags.length > 0) on.expired(tags)
  }

  function ask(): Promise<void> {
    // One question at a time; who asks meanwhile has it asked once more.
    if (asking) {
      again = true
      return asking
    }
    asking = (async () => {
      do {
        again = false
        let timer: NodeJS.Timeout | undefined
        const looked = look()
        looked.catch(() => {})
        try {
          await Promise.race([
            looked,
            new Promise((_, late) => {
              timer = setTimeout(() => late(new Error('late')), POLL_PATIENCE_MS)
            }),
          ])
        } catch {
          await renew()
        } finally {
          clearTimeout(timer)
        }
      } while (again && !stopped)
      asking = null
    })()
    return asking
  }

  /** A connection that does not answer may never answer again. */
  async function renew(): Promise<void> {
    if (stopped) return
    const old = [asker, hearer]
    asker = open()
    hearer = listen()
    for (const client of old) client.end({ timeout: 0 }).catch(() => {})
  }

  const ready = ask()
  const clock = setInterval(ask, POLL_INTERVAL_MS)
  return {
    ready,
    async stop() {
      stopped = true
      clearInterval(clock)
      await Promise.all([asker, hearer].map((client) => client.end({ timeout: 1 }).catch(() => {})))
    },
  }
}
