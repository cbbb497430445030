import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { describe, expect, it, vi } from 'vitest'
import { codingFor } from '@/lib/edge/packing'
import { isHeld, type Made, PageCache } from '@/lib/edge/page-cache'
import { dayOf } from '@/lib/shared/day'
import { dayTag } from '@/lib/shared/tags'

const html = (text: string, tags: string[] = ['show:a'], bytes = 2_000): Made => ({
  lines: ['Cache-Control', 'public'],
  type: 'text/html; charset=utf-8',
  body: Buffer.from(text.padEnd(bytes, '.')),
  tags,
  place: '/a',
})
const fill = (cache: PageCache, key: string, made: Made | null) => cache.fill(key, async () => made)

describe('the page cache', () => {
  it('gives back the same bytes in every coding, each with an entity tag of its own', async () => {
    const cache = new PageCache()
    const kept = (await fill(cache, '/a', html('hello')))!
    const plain = await cache.inCoding(kept, 'identity')
    const br = await cache.inCoding(kept, 'br')
    const gzip = await cache.inCoding(kept, 'gzip')
    expect(plain.body.toString()).toBe('hello'.padEnd(2_000, '.'))
    expect(brotliDecompressSync(br.body)).toEqual(plain.body)
    expect(gunzipSync(gzip.body)).toEqual(plain.body)
    expect(new Set([plain.etag, br.etag, gzip.etag]).size).toBe(3)
    for (const { etag } of [plain, br, gzip]) expect(isHeld(`"other", ${etag}`, kept.hash)).toBe(true)
    expect(isHeld('"other"', kept.hash)).toBe(false)
    expect(br.head).toContain('Accept-Encoding')
  })

  it('leaves pictures as they are', async () => {
    const cache = new PageCache()
    const kept = (await fill(cache, '/a.png', { ...html('png'), type: 'image/png' }))!
    expect((await cache.inCoding(kept, 'br')).head).not.toContain('Content-Encoding')
  })

  it('expires what says something that changed, and nothing else', async () => {
    const cache = new PageCache()
    await fill(cache, '/a', html('a', ['show:a', 'card:b']))
    await fill(cache, '/b', html('b', ['show:b']))
    await fill(cache, '/c', html('c', ['show:c']))
    expect(cache.expire(['show:b', 'card:b', 'card:zzz'])).toBe(2)
    const fresh = (key: string) => cache.isFresh(cache.get(key)!)
    expect([fresh('/a'), fresh('/b'), fresh('/c')]).toEqual([false, false, true])
    // An expired page stays at hand for when nothing newer can be had.
    expect(cache.get('/b')).toBeDefined()
    await fill(cache, '/b', html('b2', ['show:b']))
    expect(fresh('/b')).toBe(true)
    cache.expireEverything()
    expect([fresh('/b'), fresh('/c')]).toEqual([false, false])
  })

  it('one asks while all others wait for the same page', async () => {
    const cache = new PageCache()
    const make = vi.fn(async () => {
      await new Promise(setImmediate)
      return html('a')
    })
    const all = await Promise.all(Array.from({ length: 50 }, () => cache.fill('/a', make)))
    expect(make).toHaveBeenCalledTimes(1)
    expect(new Set(all).size).toBe(1)
  })

  it('what expires while a page is being made is not missed', async () => {
    const cache = new PageCache()
    const kept = await cache.fill('/a', async () => {
      cache.expire(['show:a'])
      return html('a')
    })
    expect(cache.isFresh(kept!)).toBe(false)
    const again = await cache.fill('/a', async () => {
      cache.expireEverything()
      return html('a')
    })
    expect(cache.isFresh(again!)).toBe(false)
  })

  it('keeps nothing that must not be kept, and nothing of a page that failed', async () => {
    const cache = new PageCache()
    expect(await fill(cache, '/a', null)).toBeNull()
    await expect(cache.fill('/a', () => Promise.reject(new Error('away')))).rejects.toThrow('away')
    expect(cache.get('/a')).toBeUndefined()
    expect(await fill(cache, '/a', html('a'))).not.toBeNull()
  })

  it('a page that speaks of today is over with the day, and one begun yesterday was never fresh', async () => {
    vi.useFakeTimers({ now: new Date('2026-12-31T23:59:58Z'), toFake: ['Date'] })
    try {
      const cache = new PageCache()
      const kept = (await fill(cache, '/a', html('a', [dayTag(dayOf(new Date()))])))!
      expect(cache.isFresh(kept)).toBe(true)
      vi.setSystemTime(new Date('2027-01-01T00:00:00Z'))
      expect(cache.isFresh(kept)).toBe(false)
      const late = (await fill(cache, '/b', html('b', [dayTag('2026-12-31')])))!
      expect(cache.isFresh(late)).toBe(false)
    } finally {
      vi.useRealTimers()
    }
  })

  it('is bounded by bytes, and addresses that anybody can think up push no page out', async () => {
    const cache = new PageCache({ pagesBytes: 400_000, listsBytes: 40_000, unpackedBytes: 30_000 })
    await fill(cache, '/shows/a', html('a'))
    for (let i = 0; i < 300; i++) await fill(cache, `/shows?tag=${i}`, html(String(i)))
    expect(cache.get('/shows/a')).toBeDefined()
    expect(cache.size.bytes).toBeLessThan(400_000 + 40_000 + 30_000)
    expect(cache.size.lists).toBeLessThan(20)
    for (let i = 0; i < 1_000; i++) await fill(cache, `/shows/x${i}`, html(String(i)))
    expect(cache.size.bytes).toBeLessThanOrEqual(470_000)
    // What left is not remembered by its tags either.
    expect(cache.expire(['show:a'])).toBe(cache.size.pages + cache.size.lists)
  })

  it('after it left, a page in another coding is made again', async () => {
    const cache = new PageCache({ pagesBytes: 10_000_000, listsBytes: 10_000, unpackedBytes: 10_000 })
    const kept = (await fill(cache, '/a', html('first')))!
    for (let i = 0; i < 20; i++) await fill(cache, `/${i}`, html(String(i)))
    expect(cache.at(kept, 'identity')).toBeUndefined()
    expect((await cache.inCoding(kept, 'identity')).body.toString()).toBe('first'.padEnd(2_000, '.'))
  })

  it('is unpacked once for many who ask at the same moment, and then stays at hand', async () => {
    const cache = new PageCache({ pagesBytes: 10_000_000, listsBytes: 10_000, unpackedBytes: 10_000 })
    const kept = (await fill(cache, '/a', html('first')))!
    for (let i = 0; i < 20; i++) await fill(cache, `/${i}`, html(String(i)))
    await Promise.all(Array.from({ length: 16 }, () => cache.inCoding(kept, 'identity')))
    expect(cache.at(kept, 'identity')?.body.toString()).toBe('first'.padEnd(2_000, '.'))
  })

  it('holds a packed page in no more memory than its bytes', async () => {
    const cache = new PageCache()
    const kept = (await fill(cache, '/a', html('hello')))!
    expect(kept.bytes.buffer.byteLength).toBe(kept.bytes.length)
  })
})

it('takes the coding a client can read', () => {
  expect(codingFor(undefined)).toBe('identity')
  expect(codingFor('gzip, deflate, br, zstd')).toBe('br')
  expect(codingFor('gzip;q=1.0, br;q=0')).toBe('gzip')
  expect(codingFor('br;q=0.0,gzip;q=0')).toBe('identity')
  expect(codingFor('identity')).toBe('identity')
})
