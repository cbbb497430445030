import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { importCatalogue } from '@/lib/catalogue/commands'
import { type Stored, spanOf, storedFinder } from '@/lib/edge/stored'
import { makeExport } from '@/lib/open-data/commands'
import { getExports } from '@/lib/open-data/queries'
import { standIn, startEdge } from '../support/edge'
import { sha256 } from '../support/open-data'

process.env.GREENLIT_ROLE = 'worker'

const FILE = '/data/catalogue.ndjson.gz'
let edge: Awaited<ReturnType<typeof startEdge>>
const ask = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  fetch(edge.url + path, { method, headers, redirect: 'manual' })
const bytesOf = async (answer: Response) => Buffer.from(await answer.arrayBuffer())

beforeAll(async () => {
  const { handle } = standIn(() => ({ body: 'of Next' }))
  edge = await startEdge({ handle, findStored: storedFinder(process.env.DATABASE_URL as string) })
})
afterAll(() => edge.close())

it('before the first export a file is not there, and who asks hears where that is said', async () => {
  for (const path of [FILE, '/data/2026-12-01/claims.ndjson.gz']) {
    const answer = await ask(path)
    expect(answer.status).toBe(404)
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    expect((await answer.json()).detail).toContain('/data says')
  }
})

describe('a file of the open data', () => {
  beforeAll(async () => {
    // Words of chance do not pack: the file has several pieces.
    const lines = Array.from({ length: 400 }, (_, i) =>
      JSON.stringify({
        ids: { tvmaze: String(i) },
        title: `Show ${i}`,
        summary: randomBytes(3_000).toString('base64'),
      }),
    )
    await importCatalogue(lines)
    expect(await makeExport(new Date('2026-12-01T02:20:00Z'))).toBe(true)
  })

  it('comes whole, with its length and checksum as the manifest has them, to whoever asks', async () => {
    const [newest] = await getExports()
    const entry = newest!.manifest.files[0]!
    expect(entry.bytes).toBeGreaterThan(2 * 512 * 1024)
    for (const path of [FILE, entry.address]) {
      const answer = await ask(path, { cookie: 'greenlit-session=x', 'accept-encoding': 'br, gzip' })
      expect(answer.status).toBe(200)
      expect(answer.headers.get('content-type')).toBe('application/gzip')
      expect(answer.headers.get('content-encoding')).toBeNull()
      expect(answer.headers.get('content-length')).toBe(String(entry.bytes))
      expect(answer.headers.get('access-control-allow-origin')).toBe('*')
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
      expect(answer.headers.get('etag')).toBe(`"${entry.sha256}"`)
      expect(sha256(await bytesOf(answer))).toBe(entry.sha256)
    }
    expect((await ask(FILE)).headers.get('cache-control')).toMatch(/^public, max-age=0, s-maxage=60/)
    expect((await ask(entry.address)).headers.get('cache-control')).toBe('public, max-age=604800, immutable')
  })

  it('is not sent again to who has it, nor its bytes to who asks for its head', async () => {
    const head = await ask(FILE, {}, 'HEAD')
    const etag = head.headers.get('etag')!
    expect(head.status).toBe(200)
    expect(Number(head.headers.get('content-length'))).toBeGreaterThan(1_000_000)
    expect(await head.text()).toBe('')
    const again = await ask(FILE, { 'if-none-match': `"other", ${etag}` })
    expect(again.status).toBe(304)
    expect(again.headers.get('etag')).toBe(etag)
    expect(await again.text()).toBe('')
  })

  it('goes on where a download broke off, across its pieces, as long as it is the same file', async () => {
    const whole = await bytesOf(await ask(FILE))
    const etag = `"${sha256(whole)}"`
    for (const [range, from, to] of [
      ['bytes=0-0', 0, 0],
      ['bytes=524280-524300', 524_280, 524_300],
      ['bytes=1000000-', 1_000_000, whole.length - 1],
      ['bytes=-7', whole.length - 7, whole.length - 1],
    ] as const) {
      const part = await ask(FILE, { range, 'if-range': etag })
      expect(part.status).toBe(206)
      expect(part.headers.get('content-range')).toBe(`bytes ${from}-${to}/${whole.length}`)
      expect((await bytesOf(part)).equals(whole.subarray(from, to + 1))).toBe(true)
    }
    const other = await ask(FILE, { range: 'bytes=5-', 'if-range': '"another"' })
    expect(other.status).toBe(200)
    expect((await bytesOf(other)).equals(whole)).toBe(true)
    const beyond = await ask(FILE, { range: `bytes=${whole.length}-` })
    expect(beyond.status).toBe(416)
    expect(beyond.headers.get('content-range')).toBe(`bytes */${whole.length}`)
  })

  it('refuses what it is not: other names, other days, forms', async () => {
    for (const path of [
      '/data/2026-12-01/manifest.json',
      '/data/2026-11-30/catalogue.ndjson.gz',
      '/data/2026-13-01/catalogue.ndjson.gz',
      '/data/readers.ndjson.gz',
      `/data/2026-12-01/${'x'.repeat(119)}`,
      '/data/2026-12-01/..%2fx',
    ])
      expect((await ask(path)).status, path).toBeOneOf([400, 404])
    expect((await ask(FILE, {}, 'POST')).status).toBe(405)
    expect((await ask(FILE, {}, 'DELETE')).status).toBe(405)
  })

  it('is away, in a sentence, while the database is', async () => {
    const { handle } = standIn(() => ({}))
    const away = await startEdge({ handle, findStored: () => Promise.reject(new Error('no database')) })
    try {
      const answer = await fetch(away.url + FILE)
      expect(answer.status).toBe(503)
      expect(answer.headers.get('retry-after')).toBe('5')
    } finally {
      await away.close()
    }
  })

  it('no reader has more than a piece of it in memory, and too many at once are told to come back', async () => {
    let asked = 0
    let open = () => {}
    const waits = new Promise<void>((go) => {
      open = go
    })
    const slow: Stored = {
      bytes: 10,
      sha256: 'a'.repeat(64),
      madeAt: new Date(0),
      isFixed: true,
      pieceBytes: 10,
      async piece() {
        asked++
        await waits
        return Buffer.from('0123456789')
      },
    }
    const { handle } = standIn(() => ({}))
    const busy = await startEdge({ handle, findStored: async () => slow })
    try {
      const inside = Array.from({ length: 32 }, () => fetch(busy.url + FILE))
      await vi.waitFor(() => expect(asked).toBe(32))
      expect((await fetch(busy.url + FILE)).status).toBe(429)
      open()
      for (const answer of inside) expect(await (await answer).text()).toBe('0123456789')
    } finally {
      open()
      await busy.close()
    }
  })
})

describe('the part of a file that is asked for', () => {
  it('lies within the file, whatever was written', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), fc.nat(), fc.integer({ min: 1, max: 1e9 }), (text, a, b, bytes) => {
        for (const range of [text, `bytes=${a}-${b}`, `bytes=${a}-`, `bytes=-${b}`]) {
          const span = spanOf(range, bytes)
          if (span === null || span === 'out') continue
          expect(span.from).toBeGreaterThanOrEqual(0)
          expect(span.to).toBeGreaterThanOrEqual(span.from)
          expect(span.to).toBeLessThan(bytes)
        }
      }),
    )
  })

  it('is the whole where nothing readable was asked, and several ranges are not served apart', () => {
    for (const range of [
      undefined,
      '',
      'bytes=',
      'bytes=-',
      'lines=1-2',
      'bytes=5-2',
      'bytes=0-1,4-5',
      'bytes=a-b',
    ])
      expect(spanOf(range, 10)).toBeNull()
    for (const range of ['bytes=10-', 'bytes=10-20', 'bytes=-0']) expect(spanOf(range, 10)).toBe('out')
  })
})
