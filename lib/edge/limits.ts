/** How often one client may ask, counted in this process; what must hold across processes is counted in PostgreSQL (lib/shared/rate-limit). */
import { LRUCache } from 'lru-cache'
import type { LimitName } from './places'

/** A bucket of tokens that fills by itself: `perSecond` for good, `burst` at once. */
export interface Rate {
  perSecond: number
  burst: number
}

/** What one client may always have. Answers from the page cache cost nothing and are never counted. */
export const RATES: Record<LimitName, Rate> = {
  api: { perSecond: 50, burst: 600 },
  list: { perSecond: 20, burst: 600 },
  unknown: { perSecond: 20, burst: 600 },
  feed: { perSecond: 20, burst: 600 },
}

interface Bucket {
  tokens: number
  atMs: number
}

/**
 * Pure: takes one token. `retryAfterSeconds` is 0 where there was one, else when the next will be there.
 * (Token bucket, as in RFC 2697's committed rate and burst.)
 */
export function take(
  bucket: Bucket | undefined,
  { perSecond, burst }: Rate,
  nowMs: number,
): { bucket: Bucket; retryAfterSeconds: number } {
  const before = bucket ?? { tokens: burst, atMs: nowMs }
  const filled = Math.min(burst, before.tokens + (Math.max(0, nowMs - before.atMs) * perSecond) / 1000)
  if (filled >= 1) return { bucket: { tokens: filled - 1, atMs: nowMs }, retryAfterSeconds: 0 }
  return {
    bucket: { tokens: filled, atMs: nowMs },
    retryAfterSeconds: Math.max(1, Math.ceil((1 - filled) / perSecond)),
  }
}

/** Clients remembered at once; who was forgotten begins with a full bucket. */
const CLIENTS_MAX = 50_000

/** Counts clients. @returns seconds to wait, 0 where the request may go on */
export function clientLimits(now: () => number = Date.now) {
  const buckets = new LRUCache<string, Bucket>({ max: CLIENTS_MAX })
  return (limit: LimitName, client: string): number => {
    const key = `${limit} ${client}`
    const { bucket, retryAfterSeconds } = take(buckets.get(key), RATES[limit], now())
    buckets.set(key, bucket)
    return retryAfterSeconds
  }
}

/**
 * Lets so many pages be made at once and so many wait; beyond that a request is turned away at once, so that a flood
 * takes the time of those who flood and not of those who read.
 */
export function turnstile({ atOnce, waiting }: { atOnce: number; waiting: number }) {
  let inside = 0
  const queue: (() => void)[] = []
  return {
    /** Does `work` when its turn comes; null where too many wait already. */
    pass<T>(work: () => Promise<T>): Promise<T> | null {
      if (inside >= atOnce && queue.length >= waiting) return null
      return (async () => {
        if (inside >= atOnce) await new Promise<void>((go) => queue.push(go))
        else inside++
        try {
          return await work()
        } finally {
          const next = queue.shift()
          if (next) next()
          else inside--
        }
      })()
    },
    get depth() {
      return inside + queue.length
    },
  }
}
