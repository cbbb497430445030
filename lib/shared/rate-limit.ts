import 'server-only'
import { sql } from 'drizzle-orm'
import { RateLimiterDrizzle, RateLimiterRes } from 'rate-limiter-flexible'
import { db } from '@/db/client'
import { rateLimit } from '@/db/schema/account'
import { countLimit } from './counts'
import { log } from './log'
import type { Refusal } from './refusal'
import { keyedHash } from './secrets'

/** A limit on how often something may happen; counted in PostgreSQL, so all web processes share it. */
export interface Limit {
  name: string
  points: number
  perSeconds: number
  /** What happens when the counters cannot be read: mail is refused, reading goes on. */
  whenBroken: 'refuse' | 'allow'
}

/** The limits of the site, once; those of mails that anybody can ask for stand in lib/accounts/mail-shares.ts. */
export const LIMITS = {
  passkeys: { name: 'passkeys', points: 120, perSeconds: 600, whenBroken: 'refuse' },
  // Each request dies at its fifth wrong code; this one only bounds the work, for an office of fifty too.
  signInTries: { name: 'sign-in-tries', points: 300, perSeconds: 15 * 60, whenBroken: 'refuse' },
  follow: { name: 'follow', points: 60, perSeconds: 60, whenBroken: 'refuse' },
  verdict: { name: 'verdict', points: 60, perSeconds: 60, whenBroken: 'refuse' },
  basket: { name: 'basket', points: 20, perSeconds: 3600, whenBroken: 'refuse' },
  unsubscribe: { name: 'unsubscribe', points: 30, perSeconds: 60, whenBroken: 'allow' },
  feed: { name: 'feed', points: 30, perSeconds: 60, whenBroken: 'allow' },
  feedAddresses: { name: 'feed-addresses', points: 10, perSeconds: 3600, whenBroken: 'refuse' },
  import: { name: 'import', points: 20, perSeconds: 600, whenBroken: 'refuse' },
  channels: { name: 'channels', points: 30, perSeconds: 60, whenBroken: 'refuse' },
  channelTests: { name: 'channel-tests', points: 10, perSeconds: 600, whenBroken: 'refuse' },
  pairs: { name: 'pairs', points: 10, perSeconds: 86_400, whenBroken: 'refuse' },
  wanted: { name: 'wanted', points: 30, perSeconds: 3600, whenBroken: 'refuse' },
  export: { name: 'export', points: 10, perSeconds: 60, whenBroken: 'refuse' },
} as const satisfies Record<string, Limit>

export type Spent = { allowed: true } | { allowed: false; retryAfterSeconds: number; broken: boolean }

/** What to wait when the counters cannot be read. */
export const BROKEN_RETRY_SECONDS = 30

/** What a command answers when a limit lets it do no more. */
export interface Limited extends Refusal<'limit' | 'unavailable'> {
  retryAfterSeconds: number
}

/**
 * A spent limit as a refusal, null where there was a point to be had. `often` says what there was too much of, `broken`
 * what cannot be done while the counters cannot be read.
 */
export function limited(
  spent: Spent,
  { often, broken }: { often: string | ((retryAfterSeconds: number) => string); broken: string },
): Limited | null {
  if (spent.allowed) return null
  const { retryAfterSeconds } = spent
  return spent.broken
    ? {
        ok: false,
        reason: 'unavailable',
        retryAfterSeconds,
        message: `${broken} Try again in half a minute.`,
      }
    : {
        ok: false,
        reason: 'limit',
        retryAfterSeconds,
        message: typeof often === 'string' ? often : often(retryAfterSeconds),
      }
}

/** How often it has happened within the limit's time, this once included, and when that time ends. */
export interface Counted {
  count: number
  msBeforeNext: number
}

/**
 * Counts once more under each of some limits, in one statement: a door that asks several pays for one (measured: a third of
 * what the library's calls one by one cost). Counts on past the limits' points; what that means is the caller's to say.
 * @returns as many counts as were asked for, in their order; null where the counters cannot be read
 */
export async function countAll(
  counted: { limit: Omit<Limit, 'whenBroken'>; subject: string }[],
): Promise<Counted[] | null> {
  const keys = counted.map(({ limit, subject }) => `${limit.name}:${keyedHash('limit', subject)}`)
  const rows = counted.map(({ limit }, i) => ({ key: keys[i], seconds: limit.perSeconds }))
  try {
    // One order for all, so that two who count the same at once wait for each other and never both.
    const found = await db().execute<{ key: string; points: number; ms: number | null }>(sql`
      insert into rate_limit as r (key, points, expire)
      select x.key, 1, now() + make_interval(secs => x.seconds)
      from json_to_recordset(${JSON.stringify(rows)}::json) as x(key text, seconds int) order by x.key
      on conflict (key) do update set
        points = case when r.expire <= now() then 1 else r.points + 1 end,
        expire = case when r.expire <= now() then excluded.expire else r.expire end
      returning key, points, ceil(extract(epoch from expire - now()) * 1000)::float8 as ms`)
    const byKey = new Map([...found].map((row) => [row.key, row]))
    return keys.map((key) => {
      const { points, ms } = byKey.get(key)!
      return { count: points, msBeforeNext: Math.max(0, ms ?? 0) }
    })
  } catch (error) {
    broken(counted[0]!.limit.name, error)
    return null
  }
}

const broken = (limit: string, error: unknown): void => log.error('limit-broken', { limit, error })

/** The seconds a refusal tells one to wait: whole ones, at least one. */
export const retrySeconds = (ms: number) => Math.max(1, Math.ceil(ms / 1000))

/**
 * Takes one point of `limit` for `subject` (an address, a reader's id …), which is stored only as a keyed hash.
 * @returns whether it was still to be had, and if not, when to try again
 */
export async function spend(limit: Limit, subject: string): Promise<Spent> {
  try {
    const limiter = new RateLimiterDrizzle({
      storeClient: db(),
      schema: rateLimit,
      points: limit.points,
      duration: limit.perSeconds,
      keyPrefix: limit.name,
      clearExpiredByTimeout: false, // the worker's purge does it
    })
    await limiter.consume(keyedHash('limit', subject))
    return { allowed: true }
  } catch (error) {
    if (error instanceof RateLimiterRes) {
      countLimit(limit.name)
      log.warn('limit-hit', { limit: limit.name })
      return { allowed: false, retryAfterSeconds: retrySeconds(error.msBeforeNext), broken: false }
    }
    broken(limit.name, error)
    return limit.whenBroken === 'allow'
      ? { allowed: true }
      : { allowed: false, retryAfterSeconds: BROKEN_RETRY_SECONDS, broken: true }
  }
}
