import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { renderToStaticMarkup } from 'react-dom/server'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import Api from '@/app/api/page'
import { GET as changes } from '@/app/api/v1/changes/route'
import { GET as openapi } from '@/app/api/v1/openapi.json/route'
import { GET as search } from '@/app/api/v1/search/route'
import { GET as show } from '@/app/api/v1/shows/[slug]/route'
import { GET as shows } from '@/app/api/v1/shows/route'
import { GET as changesAtom } from '@/app/changes.atom/route'
import { GET as health } from '@/app/health/route'
import { GET as answerTxt } from '@/app/shows/[slug]/answer.txt/route'
import { GET as calendarIcs } from '@/app/shows/[slug]/calendar.ics/route'
import { GET as feedAtom } from '@/app/shows/[slug]/feed.atom/route'
import { GET as feedJson } from '@/app/shows/[slug]/feed.json/route'
import { GET as sitemap } from '@/app/sitemap.xml/route'
import { GET as sitemapPart } from '@/app/sitemaps/[file]/route'
import { SHAPES, type ShapeName } from '@/lib/feeds/shapes'
import { useStarter } from '../support/database'

const SITE = 'http://localhost:3000'
const AOUAD = 'all-of-us-are-dead'

const get = (path: string, headers: Record<string, string> = {}) => new Request(`${SITE}${path}`, { headers })
const at = <T extends object>(params: T) => ({ params: Promise.resolve(params) })
const showAt = (slug: string, headers = {}) => show(get(`/api/v1/shows/${slug}`, headers), at({ slug }))
const json = async (response: Response | Promise<Response>) => (await response).json()

beforeAll(async () => {
  await useStarter()
})

async function schemaOf(name: string): Promise<z.ZodType> {
  const { components } = await json(openapi(get('/api/v1/openapi.json')))
  const resolve = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(resolve)
    if (!node || typeof node !== 'object') return node
    const { $ref } = node as { $ref?: string }
    if ($ref) return resolve(components.schemas[$ref.replace('#/components/schemas/', '')])
    return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, resolve(value)]))
  }
  return z.fromJSONSchema(resolve(components.schemas[name]) as never)
}

/** Holds an answer against the description that programs read, and against the schema it is made of. */
async function expectShape(name: ShapeName, body: unknown): Promise<void> {
  for (const shape of [await schemaOf(name), SHAPES[name]])
    expect(shape.safeParse(body).error?.issues ?? []).toEqual([])
}

describe('the API answers real shows in the shape it promises', () => {
  it('All of Us Are Dead: its second season with its claims and the window that passed', async () => {
    const response = await showAt(AOUAD)
    expect(response.status).toBe(200)
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(response.headers.get('cache-control')).toMatch(/public.*s-maxage/)
    expect(response.headers.get('set-cookie')).toBeNull()
    const body = await response.json()
    await expectShape('Show', body)
    expect(body.original_title).toBe('지금 우리 학교는')
    expect(body.ids).toMatchObject({ greenlit: AOUAD })
    expect(body.ended).toBeNull()
    const second = body.seasons.find((season: { number: number }) => season.number === 2)
    expect(second.claims.length).toBeGreaterThanOrEqual(8)
    expect(second.claims.some((claim: { state: string }) => claim.state === 'missed')).toBe(true)
    expect(second.forecast).toBeNull()
    const ids = new Set(second.claims.map((claim: { id: string }) => claim.id))
    expect(second.because.every((id: string) => ids.has(id))).toBe(true)
  })

  it('Lomon and Park Solomon are one person, whose return is told with the claim that says so', async () => {
    const body = await json(showAt(AOUAD))
    const cast: { person: string; returning: string; claim_id: string | null }[] = body.cast
    const ids = new Set(body.seasons[1].claims.map((claim: { id: string }) => claim.id))
    const solomon = cast.filter(({ person }) => /Lomon|Solomon/.test(person))
    expect(solomon).toMatchObject([
      { person: 'Park Solomon', character: 'Lee Su-hyeok', returning: 'confirmed' },
    ])
    for (const { returning, claim_id } of cast) {
      if (returning === 'unknown') expect(claim_id).toBeNull()
      else expect(ids.has(claim_id)).toBe(true)
    }
    expect(cast.some(({ returning }) => returning === 'unknown')).toBe(true)
  })

  it('a caller that holds the answer already gets 304 and no body', async () => {
    const etag = (await showAt(AOUAD)).headers.get('etag')!
    const again = await showAt(AOUAD, { 'if-none-match': etag })
    expect(again.status).toBe(304)
    expect(await again.text()).toBe('')
  })

  it('lists come a page at a time and every page holds other shows', async () => {
    const first = await json(shows(get('/api/v1/shows?genre=horror')))
    await expectShape('ShowList', first)
    expect(first.results.length).toBeGreaterThan(5)
    const second = await json(shows(get(`/api/v1/shows?genre=horror&cursor=${first.next_cursor}`)))
    await expectShape('ShowList', second)
    const slugs = [...first.results, ...second.results].map((item: { slug: string }) => item.slug)
    expect(new Set(slugs).size).toBe(slugs.length)
    const cancelled = await json(shows(get('/api/v1/shows?status=cancelled')))
    for (const item of cancelled.results) expect(item.show_status).toBe('cancelled')
  })

  it('search finds a show by its Korean initials', async () => {
    const body = await json(search(get(`/api/v1/search?q=${encodeURIComponent('ㅈㄱㅇㄹㅎㄱㄴ')}&limit=3`)))
    await expectShape('SearchResults', body)
    expect(body.results[0]).toMatchObject({ slug: AOUAD, matched: '지금 우리 학교는' })
  })

  it('changes since a day are of that day or later, newest first, a page at a time', async () => {
    const body = await json(changes(get('/api/v1/changes?since=2026-01-01')))
    await expectShape('Changes', body)
    const days = body.results.map((change: { happened_on: string }) => change.happened_on)
    expect(days.length).toBeGreaterThan(0)
    expect(days).toEqual([...days].sort().reverse())
    expect(days.every((day: string) => day >= '2026-01-01')).toBe(true)
    const all = await json(changes(get('/api/v1/changes')))
    const next = await json(changes(get(`/api/v1/changes?cursor=${all.next_cursor}`)))
    const ids = [...all.results, ...next.results].map((change: { id: number }) => change.id)
    expect(new Set(ids).size).toBe(ids.length)
  })
})

describe('the page that people read of the API', () => {
  it('names every address, parameter and field of the description, with a real answer that has its shape', async () => {
    const { paths, components } = await json(openapi(get('/api/v1/openapi.json')))
    const page = renderToStaticMarkup(await Api())
    for (const [path, { get: asked }] of Object.entries<{ get: { parameters: { name: string }[] } }>(paths)) {
      expect(page).toContain(`GET /api/v1${path}`)
      for (const { name } of asked.parameters) expect(page).toContain(`<dt><code>${name}</code></dt>`)
    }
    for (const [name, { properties }] of Object.entries<{ properties: object }>(components.schemas)) {
      expect(page).toContain(`id="${name}"`)
      for (const field of Object.keys(properties)) expect(page).toContain(`<dt><code>${field}</code></dt>`)
    }
    const example = /<pre[^>]*><code>([\s\S]*?)<\/code>/.exec(page)![1]!.replaceAll('&quot;', '"')
    const answer = JSON.parse(example.replaceAll('&#x27;', "'").replaceAll('&amp;', '&'))
    expect(answer).toMatchObject({ slug: AOUAD, seasons: [{ number: 1 }] })
    await expectShape('Show', { ...answer, ids: {} })
  })
})

describe('bad input gets a sentence, never a crash', () => {
  const long = 'x'.repeat(10_240)
  const cases: [what: string, ask: () => Promise<Response>, status: number][] = [
    ['an unknown slug', () => showAt('no-such-show'), 404],
    ['a slug of nonsense', () => showAt('../../etc/passwd'), 404],
    ['a slug with a NUL', () => showAt('a\u0000'), 404],
    ['a slug of 10 kB', () => showAt(long), 404],
    ['a search of 10 kB', () => search(get(`/api/v1/search?q=${long}`)), 400],
    ['a limit of 0', () => search(get('/api/v1/search?q=dark&limit=0')), 400],
    ['a limit of -1', () => search(get('/api/v1/search?q=dark&limit=-1')), 400],
    ['a limit of 1e9', () => search(get('/api/v1/search?q=dark&limit=1000000000')), 400],
    ['an unknown status', () => shows(get('/api/v1/shows?status=great')), 400],
    ['a broken cursor', () => shows(get('/api/v1/shows?cursor=%00%ff')), 400],
    ['a cursor of somebody else', () => shows(get('/api/v1/shows?cursor=bm9uc2Vuc2U')), 400],
    ['a genre given twice', () => shows(get('/api/v1/shows?genre=a&genre=b')), 400],
    ['a genre with a NUL', () => shows(get('/api/v1/shows?genre=a%00')), 400],
    ['a person with a NUL', () => shows(get('/api/v1/shows?person=a%00')), 400],
    ['since the year 0', () => changes(get('/api/v1/changes?since=0000-01-01')), 400],
    ['a genre of 10 kB', () => shows(get(`/api/v1/shows?genre=${long}`)), 400],
    ['since a day that does not exist', () => changes(get('/api/v1/changes?since=2026-13-45')), 400],
    ['since yesterday', () => changes(get('/api/v1/changes?since=yesterday')), 400],
    ['a broken cursor of changes', () => changes(get('/api/v1/changes?cursor=%00')), 400],
  ]
  for (const [what, ask, status] of cases)
    it(`${what}: ${status}`, async () => {
      const response = await ask()
      expect(response.status).toBe(status)
      expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/)
      const body = await response.json()
      await expectShape('Problem', body)
      expect(body.status).toBe(status)
      expect(body.detail).toMatch(/[.=]$/)
    })

  it('control and bidi characters in a search are left out, not choked on', async () => {
    const body = await json(
      search(get(`/api/v1/search?q=${encodeURIComponent('\u202eall of us\u0000 are dead')}`)),
    )
    expect(body.results[0].slug).toBe(AOUAD)
  })

  it('a feed of an unknown show says so in a sentence', async () => {
    for (const face of [answerTxt, feedAtom, feedJson, calendarIcs]) {
      const response = await face(get('/shows/no-such-show/x'), at({ slug: 'no-such-show' }))
      expect(response.status).toBe(404)
      expect(await response.text()).toMatch(/^No show has this address/)
    }
  })
})

describe('the other faces', () => {
  const face = (handler: typeof answerTxt, slug = AOUAD) => handler(get(`/shows/${slug}/x`), at({ slug }))

  it('the answer is one line with its day', async () => {
    const response = await face(answerTxt)
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    const text = await response.text()
    expect(text).toMatch(/^All of Us Are Dead: .+ \(as of \d{1,2} [A-Z][a-z]+ \d{4}\)\n$/)
    expect(Buffer.byteLength(text)).toBeLessThan(1_024)
  })

  it('feeds and calendar are valid and say what they are', async () => {
    const atom = await face(feedAtom)
    expect(atom.headers.get('content-type')).toBe('application/atom+xml; charset=utf-8')
    expect(XMLValidator.validate(await atom.text())).toBe(true)
    expect((await json(face(feedJson))).items.length).toBeGreaterThan(0)
    const calendar = await (await face(calendarIcs)).text()
    expect(calendar).toMatch(/^BEGIN:VCALENDAR\r\n/)
    expect(XMLValidator.validate(await (await changesAtom(get('/changes.atom'))).text())).toBe(true)
  })

  it('the sitemap lists every show once and only seasons somebody has spoken about', async () => {
    const parsed = new XMLParser().parse(await (await sitemap(get('/sitemap.xml'))).text())
    const addresses: string[] = parsed.urlset.url.map((url: { loc: string }) => url.loc)
    expect(new Set(addresses).size).toBe(addresses.length)
    expect(addresses.filter((address) => /\/shows\/[a-z0-9-]+$/.test(address)).length).toBeGreaterThan(5_500)
    expect(addresses).toContain(`${SITE}/shows/${AOUAD}/seasons/2`)
    expect(addresses).not.toContain(`${SITE}/shows/${AOUAD}/seasons/3`)
    const part = await sitemapPart(get('/sitemaps/seasons-1.xml'), at({ file: 'seasons-1.xml' }))
    expect(XMLValidator.validate(await part.text())).toBe(true)
    expect((await sitemapPart(get('/sitemaps/x'), at({ file: 'shows-99.xml' }))).status).toBe(404)
  })

  it('health counts what is there and is never kept', async () => {
    const response = await health(get('/health'))
    expect(response.status).toBe(200)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(await response.json()).toMatchObject({ status: 'ok', shows: expect.any(Number) })
  })
})

describe('with the database away', () => {
  it('the API asks to come back', async () => {
    const { closeDb } = await import('@/db/client')
    const url = process.env.DATABASE_URL
    await closeDb()
    process.env.DATABASE_URL = 'postgres://nobody@127.0.0.1:9/nothing'
    try {
      const response = await showAt(AOUAD)
      expect(response.status).toBe(503)
      expect(response.headers.get('retry-after')).toBeTruthy()
      expect((await response.json()).detail).toMatch(/again/)
    } finally {
      await closeDb()
      process.env.DATABASE_URL = url
    }
  })
})
