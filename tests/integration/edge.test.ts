import { sql } from 'drizzle-orm'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { db } from '@/db/client'
import { remainingMs } from '@/db/deadline'
import { transaction } from '@/db/transaction'
import { listenForExpiry } from '@/lib/edge/expiry'
import { PageCache } from '@/lib/edge/page-cache'
import { expireTags, forgetExpiries } from '@/lib/shared/expire-tags'
import { type Page, rawRequest, standIn, startEdge } from '../support/edge'

const EYES = { accept: 'text/html' }
const LONG = 'x'.repeat(3_000)
const ends: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

async function site(pages: Parameters<typeof standIn>[0], more = {}) {
  const { asked, handle } = standIn(pages)
  const edge = await startEdge({ handle, ...more })
  ends.push(edge.close)
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(edge.url + path, { headers: { ...EYES, ...headers }, redirect: 'manual' })
  return { ...edge, asked, get }
}

it('a request that waited for its turn has only the rest of its time at the database left', async () => {
  const left: number[] = []
  let open = () => {}
  const first = new Promise<void>((resolve) => {
    open = resolve
  })
  const { get } = await site(() => {
    left.push(remainingMs())
    return { body: LONG, after: left.length <= 3 ? first : undefined, tags: [] }
  })
  const turn = (path: string) => get(path).then((answer) => answer.text())
  // Three lists are made at once: the fourth waits, and is begun when the first three let it.
  const asked = [1, 2, 3, 4].map((n) => turn(`/shows?tag=t${n}`))
  await vi.waitFor(() => expect(left).toHaveLength(3))
  // The fourth spends a part of its time waiting that no slow start of the others comes near.
  const fullAtMs = performance.now()
  await vi.waitFor(() => expect(performance.now() - fullAtMs).toBeGreaterThan(500), { timeout: 5_000 })
  open()
  await Promise.all(asked)
  expect(left).toHaveLength(4)
  expect(left.every((ms) => ms > 0 && ms <= 4_000)).toBe(true)
  expect(left[3]!).toBeLessThan(Math.min(...left.slice(0, 3)))
})

describe('a page that is the same for everybody', () => {
  it('is made once, and from then on sent as it is, to whoever asks and however', async () => {
    const { get, asked, url } = await site(() => ({ body: `<p>${LONG}</p>`, tags: ['show:dark'] }))
    const first = await get('/shows/dark')
    expect(await first.text()).toBe(`<p>${LONG}</p>`)
    for (const coding of ['br', 'gzip', 'identity'])
      expect(await (await get('/shows/dark', { 'accept-encoding': coding })).text()).toBe(`<p>${LONG}</p>`)
    expect(await (await get('/shows/dark?utm_source=x')).text()).toBe(`<p>${LONG}</p>`)
    const head = await fetch(`${url}/shows/dark`, { method: 'HEAD' })
    expect(head.headers.get('content-length')).toMatch(/^\d+$/)
    expect(await head.text()).toBe('')
    expect(asked).toEqual(['GET /shows/dark'])
    expect(first.headers.get('cache-control')).toBe(
      'public, max-age=0, s-maxage=60, stale-while-revalidate=30',
    )
    expect(first.headers.get('content-security-policy')).toContain("script-src 'self';")
    expect(first.headers.get('x-content-type-options')).toBe('nosniff')
  })

  it('is not sent again to who has it', async () => {
    const { get } = await site(() => ({ body: LONG, tags: ['a'] }))
    const tag = (await get('/shows/dark')).headers.get('etag')!
    const again = await get('/shows/dark', { 'if-none-match': tag })
    expect(again.status).toBe(304)
    expect(await again.text()).toBe('')
    expect(again.headers.get('etag')).toBe(tag)
    expect((await get('/shows/dark', { 'if-none-match': '"other"' })).status).toBe(200)
  })

  it('holds nothing of whoever asked for it first', async () => {
    const { get, asked } = await site((_, request) => ({
      body: JSON.stringify([request.headers, request.url]).padEnd(2_000),
      tags: ['a'],
    }))
    const said = await (
      await get('/shows/dark?secret=1', {
        cookie: 'greenlit-session=mine',
        'x-forwarded-host': 'evil.example',
        'user-agent': 'mine',
      })
    ).text()
    expect(said).not.toMatch(/mine|evil|secret/)
    expect(asked).toHaveLength(1)
  })

  it('that sets a cookie, failed, or says nothing of what it read is not kept', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    const { get, asked } = await site((path) =>
      path === '/about'
        ? { body: LONG }
        : path === '/shows/cookie'
          ? { body: LONG, tags: ['a'], headers: { 'set-cookie': 'a=b' } }
          : { body: LONG },
    )
    for (const path of ['/shows/cookie', '/shows/untagged']) {
      await get(path)
      await get(path)
    }
    expect(asked).toHaveLength(4)
    vi.restoreAllMocks()
  })

  it('one that fails is a 503 with a time to come back, and the older form where there is one', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    let broken = false
    const cache = new PageCache()
    const { get } = await site(
      () => {
        if (broken) throw new Error('the database is away')
        return { body: LONG, tags: ['show:dark'] }
      },
      { cache },
    )
    await get('/shows/dark')
    broken = true
    cache.expire(['show:dark'])
    for (let i = 0; i < 3; i++) {
      const stale = await get('/shows/dark')
      expect([stale.status, await stale.text()]).toEqual([200, LONG])
    }
    const away = await get('/shows/sherlock')
    expect(away.status).toBe(503)
    expect(away.headers.get('retry-after')).toBe('5')
    expect(away.headers.get('cache-control')).toBe('no-store')
    vi.restoreAllMocks()
  })

  it('while the newer form takes its time, the older one goes out within about a second', async () => {
    const cache = new PageCache()
    let slow: Promise<unknown> = Promise.resolve()
    let release = () => {}
    const { get } = await site(() => ({ body: LONG, tags: ['a'], after: slow }), { cache })
    await get('/shows/dark')
    slow = new Promise<void>((done) => {
      release = done
    })
    cache.expire(['a'])
    const startedAt = performance.now()
    expect((await get('/shows/dark')).status).toBe(200)
    expect(performance.now() - startedAt).toBeLessThan(3_000)
    release()
  })
})

describe('what is nothing', () => {
  it('never reaches the pages, may be kept for a minute at most, and says so to programs and eyes', async () => {
    const { get, asked, url } = await site(() => ({ status: 404, body: `<p>nothing ${LONG}</p>` }))
    for (let i = 0; i < 50; i++) {
      const answer = await get(`/nothing-${i}`)
      expect(answer.status).toBe(404)
      expect(answer.headers.get('cache-control')).toMatch(/s-maxage=(?:[1-5]?\d|60)$/)
    }
    expect(asked).toEqual(['GET /nothing-here'])
    const problem = await fetch(`${url}/api/v1/nothing`)
    expect(problem.headers.get('content-type')).toContain('application/problem+json')
    expect(problem.headers.get('access-control-allow-origin')).toBe('*')
  })

  it('a slug that no show has is asked for, and kept by nobody for long', async () => {
    const cache = new PageCache()
    const { get } = await site(() => ({ status: 404, body: LONG }), { cache })
    const answer = await get('/shows/no-such-show')
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([
      404,
      'public, max-age=0, s-maxage=30',
    ])
    expect(cache.size.pages).toBe(0)
  })

  it('another spelling of a page is sent to the page, and no cache keeps that', async () => {
    const { get } = await site(() => ({ body: LONG, tags: ['a'] }))
    const answer = await get('/%61bout')
    expect([answer.status, answer.headers.get('location'), answer.headers.get('cache-control')]).toEqual([
      308,
      '/about',
      'no-store',
    ])
    expect((await get('/shows/%ff')).status).toBe(400)
  })
})

describe('what is one person’s', () => {
  it('is asked for each time, with the cookie and the connection’s own address, and kept by nobody', async () => {
    const { get, asked } = await site((_, request) => ({
      body: JSON.stringify(request.headers),
      type: 'application/json',
    }))
    for (let i = 0; i < 2; i++) {
      const answer = await get('/api/me', { cookie: 'greenlit-session=x', 'x-greenlit-peer': '1.2.3.4' })
      expect(await answer.json()).toMatchObject({
        cookie: 'greenlit-session=x',
        'x-greenlit-peer': '127.0.0.1',
      })
      expect(answer.headers.get('cache-control')).toBe('private, no-store')
    }
    expect(asked).toHaveLength(2)
  })

  it('a form arrives whole, and its answer with every cookie it sets', async () => {
    const { url } = await site(async (_, request) => {
      const parts: Buffer[] = []
      for await (const part of request) parts.push(part as Buffer)
      return { body: Buffer.concat(parts), type: 'text/plain', headers: { 'set-cookie': 'a=b' } }
    })
    const sent = new URLSearchParams({ want: 'y'.repeat(9_000) })
    const answer = await fetch(`${url}/api/me/follows`, { method: 'POST', body: sent })
    expect(await answer.text()).toBe(sent.toString())
    expect(answer.headers.getSetCookie()).toEqual(['a=b'])
  })
})

describe('one client, too often', () => {
  it('is refused with a time to come back; what is kept is never refused, and others are not', async () => {
    let nowMs = 0
    const { get } = await site(
      (path) => ({ status: path.startsWith('/shows') ? 200 : 404, body: LONG, tags: ['a'] }),
      { hops: 1, now: () => nowMs },
    )
    const from = (client: string) => ({ 'x-forwarded-for': client })
    await get('/shows/dark')
    const codes = await Promise.all(
      Array.from({ length: 700 }, async (_, i) => (await get(`/nothing-${i}`, from('192.0.2.1'))).status),
    )
    expect(codes.filter((code) => code === 404)).toHaveLength(600)
    const refused = await get('/nothing', from('192.0.2.1'))
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await get('/shows/dark', from('192.0.2.1'))).status).toBe(200)
    expect((await get('/nothing', from('192.0.2.2'))).status).toBe(404)
    nowMs += 1_000 * Number(refused.headers.get('retry-after'))
    expect((await get('/nothing', from('192.0.2.1'))).status).toBe(404)
  })
})

describe('two processes on one database', () => {
  const listener = async () => {
    const heard: string[] = []
    const listening = listenForExpiry(process.env.DATABASE_URL!, {
      expired: (tags) => void heard.push(...tags),
      everything: () => void heard.push('*'),
    })
    await listening.ready
    ends.push(() => listening.stop())
    return heard
  }

  it('hear of everything that expires, once, also of what was numbered early and committed late', async () => {
    const [one, two] = [await listener(), await listener()]
    let commit = () => {}
    const late = new Promise<void>((done) => {
      commit = done
    })
    let slow: Promise<void> = Promise.resolve()
    await new Promise<void>((written) => {
      slow = transaction(async () => {
        await expireTags(['show:late'])
        written()
        await late
      })
    })
    for (let i = 0; i < 20; i++) await expireTags([`show:${i}`])
    await vi.waitFor(() => expect(one).toContain('show:19'), { timeout: 3_000 })
    expect(one).not.toContain('show:late')
    commit()
    await slow
    for (const heard of [one, two])
      await vi.waitFor(() => expect(heard).toContain('show:late'), { timeout: 3_000 })
    // By the next word that comes, a second reading of the earlier ones would have come as well.
    await expireTags(['show:end'])
    for (const heard of [one, two]) {
      await vi.waitFor(() => expect(heard).toContain('show:end'), { timeout: 3_000 })
      expect(new Set(heard).size).toBe(heard.length)
      expect(heard).toHaveLength(22)
    }
  })

  it('hear it also when the notification is lost', async () => {
    const heard = await listener()
    await db().execute(sql`insert into cache_expiry (tag) values ('show:unheard')`)
    await vi.waitFor(() => expect(heard).toContain('show:unheard'), { timeout: 3_000 })
  })

  it('hear nothing of what was taken back', async () => {
    const heard = await listener()
    await expect(
      transaction(async () => {
        await expireTags(['show:never'])
        throw new Error('no')
      }),
    ).rejects.toThrow('no')
    await expireTags(['show:after'])
    await vi.waitFor(() => expect(heard).toContain('show:after'), { timeout: 3_000 })
    expect(heard).not.toContain('show:never')
  })

  it('what all have heard is forgotten after a day, and nothing sooner', async () => {
    await expireTags(['show:old'])
    const count = async () =>
      (await db().execute(sql`select 1 from cache_expiry where tag = 'show:old'`)).length
    await forgetExpiries(new Date(Date.now() + 80_000_000))
    expect(await count()).toBe(1)
    await forgetExpiries(new Date(Date.now() + 90_000_000))
    expect(await count()).toBe(0)
  })
})

describe('bodies', () => {
  const page = async (): Promise<Page> => ({ body: 'ok', type: 'text/plain' })

  it('longer than its door takes is refused, announced or not, and nothing of it is kept', async () => {
    const { port, asked } = await site(page)
    const announced = await rawRequest(
      port,
      'POST /api/auth/mail HTTP/1.1\r\nHost: a\r\nContent-Length: 450000000\r\n\r\n',
    )
    expect(announced).toMatch(/^HTTP\/1\.1 413 /)
    const chunk = `10000\r\n${'a'.repeat(65_536)}\r\n`
    const chunked = await rawRequest(
      port,
      'POST /api/auth/mail HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n',
      (socket) => {
        const more = () => {
          while (socket.writable && socket.write(chunk));
        }
        socket.on('drain', more)
        more()
      },
    )
    expect(chunked).toMatch(/^HTTP\/1\.1 413 /)
    expect(asked).toEqual([])
  })

  it('with a wish to be asked first is refused before it is sent', async () => {
    const { port } = await site(page)
    const answer = await rawRequest(
      port,
      'POST /api/auth/mail HTTP/1.1\r\nHost: a\r\nContent-Length: 450000000\r\nExpect: 100-continue\r\n\r\n',
    )
    expect(answer).toMatch(/^HTTP\/1\.1 413 /)
    expect(answer).not.toContain('100 Continue')
  })
})
