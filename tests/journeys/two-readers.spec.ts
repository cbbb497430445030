import { expect, test } from '@playwright/test'
import { cookieOf, newAddress, newVisitor, SHOW, signIn } from '../support/journey'

const ROUNDS = 1_000
const AT_ONCE = 10

const PUBLIC = [
  '/',
  '/shows',
  `/shows/${SHOW.slug}`,
  `/shows/${SHOW.slug}/seasons/${SHOW.season}`,
  '/search?q=dead',
  '/calendar',
  '/changes',
  '/corrections',
  `/shows/${SHOW.slug}/seasons/${SHOW.season}/feed.atom`,
  '/changes.ics',
  '/about',
  `/api/v1/shows/${SHOW.slug}`,
  `/shows/${SHOW.slug}/answer.txt`,
]
const PRIVATE = [
  '/api/me',
  `/api/me?show=${SHOW.slug}&season=${SHOW.season}`,
  '/api/me/export',
  '/api/me/push/key',
  '/following',
  '/settings',
  '/sign-in',
]
/** How browsers and Next's own router ask: plain, by client navigation, by prefetch. */
const WAYS: Record<string, string>[] = [
  {},
  { RSC: '1' },
  { RSC: '1', 'Next-Router-Prefetch': '1' },
  { RSC: '1', 'Next-Router-Prefetch': '1', 'Next-Router-Segment-Prefetch': '/_tree' },
  { Purpose: 'prefetch' },
]

/** The same shuffle in every run. */
function shuffled<T>(list: T[]): T[] {
  let seed = 20_261_122
  const random = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31
    return seed / 2 ** 31
  }
  return list
    .map((item) => [random(), item] as const)
    .sort((x, y) => x[0] - y[0])
    .map(([, item]) => item)
}

test('a thousand interleaved requests of two readers: no answer holds a byte of the other', async ({
  browser,
  baseURL,
}) => {
  test.setTimeout(400_000)
  const readers = await Promise.all(
    ['follows', 'does not'].map(async (kind) => {
      const context = await newVisitor(browser)
      const page = await context.newPage()
      const address = newAddress()
      await signIn(page, address)
      if (kind === 'follows') {
        await page.goto(`/shows/${SHOW.slug}`)
        await page.getByRole('button', { name: `Follow season ${SHOW.season}`, exact: true }).click()
        await expect(page.getByRole('button', { name: /^Unfollow season/ })).toBeVisible()
      }
      const cookie = await cookieOf(context)
      const token = /greenlit-session=([^;]+)/.exec(cookie)![1]!
      await context.close()
      return { address, cookie, token, follows: kind === 'follows' }
    }),
  )
  const secrets = readers.flatMap(({ address, token }) => [address, token])
  const visitors = [...readers, null]

  const requests = shuffled(
    Array.from({ length: ROUNDS }, (_, i) => ({
      // Half of the requests are for public pages, by everybody in turn.
      path: i % 2 ? PUBLIC[(i >> 1) % PUBLIC.length]! : PRIVATE[(i >> 1) % PRIVATE.length]!,
      isPublic: i % 2 === 1,
      way: WAYS[i % WAYS.length]!,
      visitor: visitors[i % visitors.length]!,
    })),
  )

  const frames = new Map<string, string>()
  const check = async ({ path, isPublic, way, visitor }: (typeof requests)[number]) => {
    const answer = await fetch(new URL(path, baseURL), {
      headers: { ...way, ...(visitor ? { Cookie: visitor.cookie } : {}) },
    })
    const body = await answer.text()
    const told = `${[...answer.headers].join('\n')}\n${body}`
    const where = `${path} ${JSON.stringify(way)} as ${visitor ? readers.indexOf(visitor) : 'nobody'}`
    expect(answer.status, where).toBeLessThan(500)
    const allowed = isPublic || !visitor ? [] : [visitor.address]
    for (const secret of secrets)
      if (!allowed.includes(secret)) expect(told.includes(secret), `${where} tells ${secret}`).toBe(false)
    if (isPublic) {
      expect(answer.headers.get('set-cookie'), where).toBeNull()
      expect(told, where).not.toMatch(/"signedIn":|Unfollow season|You follow season/)
    } else if (way['Next-Router-Prefetch'] && !answer.headers.get('cache-control')?.includes('no-store')) {
      // What Next prefetches of a private page is its empty frame: it may be kept, for it is everybody's.
      for (const secret of secrets) expect(told.includes(secret), where).toBe(false)
      // Nobody is sent on to the frame of another page.
      const frame = `${answer.url} ${JSON.stringify(way)}`
      expect(frames.get(frame) ?? body, where).toBe(body)
      frames.set(frame, body)
    } else {
      expect(answer.headers.get('cache-control'), where).toContain('no-store')
    }
    if (path.startsWith('/api/me?'))
      expect(JSON.parse(body), where).toMatchObject({
        signedIn: visitor !== null,
        following: visitor?.follows ?? false,
      })
    return visitor
  }

  for (let i = 0; i < requests.length; i += AT_ONCE)
    await Promise.all(requests.slice(i, i + AT_ONCE).map(check))
})
