import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { GET } from '@/app/metrics/route'
import { closeDb, db } from '@/db/client'
import { beat } from '@/lib/operations/commands'
import { countCache, countLimit, countRequest, setCache } from '@/lib/shared/counts'
import { PEER_HEADER } from '@/lib/shared/peer'
import { LIMITS, spend } from '@/lib/shared/rate-limit'
import { type Family, readExposition } from '../support/exposition'

const TOKEN = 'Zm9yLXRoZS10ZXN0cy1vZi1tZXRyaWNz'
const STRANGER = '203.0.113.9'

const ask = (headers: Record<string, string>) => GET(new Request('http://greenlit.test/metrics', { headers }))
const from = (peer: string, headers: Record<string, string> = {}) => ask({ [PEER_HEADER]: peer, ...headers })

beforeEach(() => {
  vi.stubEnv('METRICS_TOKEN', '')
  vi.stubEnv('TRUSTED_PROXY_HOPS', '')
  vi.stubEnv('AUTH_SECRET', 'a secret of the tests, of some length')
})
afterEach(() => vi.unstubAllEnvs())

describe('the door of the metrics', () => {
  it('opens to this machine, over IPv4 and IPv6', async () => {
    for (const peer of ['127.0.0.1', '::1', '::ffff:127.0.0.1']) {
      const answer = await from(peer)
      expect([peer, answer.status]).toEqual([peer, 200])
      expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
      expect(answer.headers.get('cache-control')).toBe('no-store')
    }
  })

  it('opens to the token, from anywhere, and to no other', async () => {
    vi.stubEnv('METRICS_TOKEN', TOKEN)
    expect((await from(STRANGER, { authorization: `Bearer ${TOKEN}` })).status).toBe(200)
    expect((await from(STRANGER, { authorization: `bearer ${TOKEN}` })).status).toBe(200)
    for (const authorization of [
      ...['Bearer ', 'Bearer', `Bearer ${TOKEN}x`, `Bearer ${TOKEN.slice(0, -1)}`, `Bearer x${TOKEN}`],
      ...[TOKEN, `Basic ${TOKEN}`, `Bearer ${TOKEN.toLowerCase()}`, `Bearer ${TOKEN} ${TOKEN}`],
      ...['Bearer null', 'Bearer undefined', `Bearer ${'x'.repeat(100_000)}`],
    ])
      expect([authorization.slice(0, 40), (await from(STRANGER, { authorization })).status]).toEqual([
        authorization.slice(0, 40),
        404,
      ])
  })

  it('has no token where none is set: nothing that is said to be one opens it', async () => {
    for (const authorization of ['Bearer ', 'Bearer undefined', 'Bearer', `Bearer ${TOKEN}`])
      expect((await from(STRANGER, { authorization })).status).toBe(404)
  })

  it('is not there for a stranger, whatever they say they are, and is never kept', async () => {
    for (const forged of [
      {},
      { 'x-forwarded-for': '127.0.0.1' },
      { 'x-forwarded-for': '::1, 127.0.0.1' },
      { forwarded: 'for=127.0.0.1' },
      { 'x-real-ip': '127.0.0.1' },
      { host: 'localhost' },
    ]) {
      const answer = await from(STRANGER, forged as Record<string, string>)
      expect([forged, answer.status]).toEqual([forged, 404])
      expect(answer.headers.get('cache-control')).toBe('no-store')
      expect(await answer.text()).not.toMatch(/greenlit_|nodejs_/)
    }
    expect((await ask({})).status).toBe(404)
  })

  it('takes nobody behind a trusted proxy for this machine, though the proxy runs on it', async () => {
    vi.stubEnv('TRUSTED_PROXY_HOPS', '1')
    expect((await from('127.0.0.1', { 'x-forwarded-for': STRANGER })).status).toBe(404)
    // What the client wrote stands to the left of what the proxy wrote.
    expect((await from('127.0.0.1', { 'x-forwarded-for': `127.0.0.1, ${STRANGER}` })).status).toBe(404)
    expect((await from('127.0.0.1')).status).toBe(404)
    // Past the proxy, straight at the port, with a chain of their own making.
    expect((await from(STRANGER, { 'x-forwarded-for': '127.0.0.1' })).status).toBe(404)
    expect((await from('127.0.0.1', { 'x-forwarded-for': '127.0.0.1' })).status).toBe(200)
  })

  it('stays shut behind a proxy on this machine that nobody told us about', async () => {
    expect((await from('127.0.0.1', { 'x-forwarded-for': STRANGER })).status).toBe(404)
    expect((await from('127.0.0.1', { via: '1.1 cache' })).status).toBe(404)
    expect((await from('127.0.0.1', { forwarded: `for=${STRANGER}` })).status).toBe(404)
  })
})

describe('the metrics', () => {
  const scrape = async (): Promise<Map<string, Family>> => {
    const answer = await from('127.0.0.1')
    return readExposition(await answer.text())
  }
  const value = (families: Map<string, Family>, name: string, labels: Record<string, string> = {}) =>
    families
      .get(name)
      ?.samples.find((sample) =>
        Object.entries(labels).every(([key, wanted]) => sample.labels[key] === wanted),
      )?.value

  it('count requests by place and status, and their times as a histogram that adds up', async () => {
    const before = await scrape()
    const old = (labels: Record<string, string>) => value(before, 'greenlit_http_requests_total', labels) ?? 0
    for (let i = 0; i < 90; i++) countRequest('show', 200, 0.0007)
    for (let i = 0; i < 9; i++) countRequest('show', 200, 0.3)
    countRequest('show', 503, 60)
    countRequest('odd "place"\\\nof two lines', 200, 0.01)
    const after = await scrape()
    const shows = { place: 'show', status: '200' }
    expect(value(after, 'greenlit_http_requests_total', shows)! - old(shows)).toBe(99)
    expect(value(after, 'greenlit_http_requests_total', { place: 'odd "place"\\\nof two lines' })).toBe(1)
    const name = 'greenlit_http_duration_seconds'
    const family = after.get(name)!
    expect(family.type).toBe('histogram')
    const buckets = family.samples.filter((s) => s.name === `${name}_bucket` && s.labels.place === 'show')
    const counts = buckets.map((sample) => sample.value)
    expect(counts).toEqual([...counts].sort((a, b) => a - b))
    expect(buckets.at(-1)).toMatchObject({ labels: { le: '+Inf' }, value: 100 })
    expect(buckets.find(({ labels }) => labels.le === '0.001')?.value).toBe(90)
    expect(buckets.find(({ labels }) => labels.le === '0.5')?.value).toBe(99)
    expect(family.samples.find((s) => s.name === `${name}_count` && s.labels.place === 'show')?.value).toBe(
      100,
    )
    const sum = family.samples.find((s) => s.name === `${name}_sum` && s.labels.place === 'show')!.value
    expect(sum).toBeCloseTo(90 * 0.0007 + 9 * 0.3 + 60, 6)
  })

  it('stay bounded however many places somebody thinks of', async () => {
    for (let i = 0; i < 1_000; i++) countRequest(`made-up-${i}`, 404, 0.001)
    const places = new Set(
      (await scrape()).get('greenlit_http_requests_total')!.samples.map((s) => s.labels.place),
    )
    expect(places.size).toBeLessThanOrEqual(101)
    expect(places).toContain('other')
  })

  it('tell of cache, limits, the process, the queue, waiting notices and the worker', async () => {
    countCache('hit')
    setCache(1_234, 5)
    countLimit('search')
    vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    for (let i = 0; i < 12; i++) await spend(LIMITS.pairs, 'ana@greenlit.test')
    vi.mocked(process.stderr.write).mockRestore()
    await beat('worker')
    await db().execute(
      sql`update heartbeat set seen_at = now() - interval '42 seconds' where role = 'worker'`,
    )
    await db().execute(sql`select graphile_worker.add_job('tell-premieres')`)
    const now = await scrape()
    expect(value(now, 'greenlit_cache_hits_total', { result: 'hit' })).toBeGreaterThanOrEqual(1)
    expect(value(now, 'greenlit_cache_bytes')).toBe(1_234)
    expect(value(now, 'greenlit_cache_entries')).toBe(5)
    expect(value(now, 'greenlit_limit_hits_total', { limit: 'search' })).toBe(1)
    expect(value(now, 'greenlit_limit_hits_total', { limit: 'pairs' })).toBe(2)
    expect(value(now, 'greenlit_queue_depth', { queue: 'tell-premieres' })).toBe(1)
    expect(value(now, 'greenlit_queue_depth', { queue: 'deliver-mail' })).toBe(0)
    expect(value(now, 'greenlit_oldest_unsent_notice_seconds')).toBe(0)
    expect(value(now, 'greenlit_worker_heartbeat_age_seconds')).toBeGreaterThanOrEqual(42)
    expect(value(now, 'greenlit_db_connections', { state: 'active' })).toBeGreaterThanOrEqual(1)
    expect(value(now, 'greenlit_database_up')).toBe(1)
    expect(value(now, 'process_resident_memory_bytes')).toBeGreaterThan(1e7)
    expect(value(now, 'nodejs_eventloop_lag_seconds')).toBeGreaterThanOrEqual(0)
  })

  it('come without what only the database knows while it is away, within a second', async () => {
    const url = process.env.DATABASE_URL
    await closeDb()
    process.env.DATABASE_URL = 'postgres://nobody@127.0.0.1:9/nothing'
    try {
      const startedAt = performance.now()
      const now = await scrape()
      expect(performance.now() - startedAt).toBeLessThan(1_000)
      expect(value(now, 'greenlit_database_up')).toBe(0)
      for (const name of [
        'greenlit_queue_depth',
        'greenlit_worker_heartbeat_age_seconds',
        'greenlit_db_connections',
      ])
        expect(now.get(name)?.samples ?? []).toEqual([])
      expect(now.get('greenlit_http_requests_total')!.samples.length).toBeGreaterThan(0)
    } finally {
      await closeDb()
      process.env.DATABASE_URL = url
    }
  })
})
