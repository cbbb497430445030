import { randomInt, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { cookieOf, newAddress, newVisitor, SHOW, signIn } from '../support/journey'

const AT_ONCE = 8

interface Door {
  /** What comes back when something is refused: a page, problem+json, a line of text, or nothing in particular. */
  speaks: 'page' | 'problem' | 'text' | 'any'
  /** POST doors change something; all others only read. */
  method?: 'POST'
  /** An address of the route with sensible values. */
  good: string
  /** Values that a part of the address cannot have: the answer is 404 or 400, never a page of something else. */
  parts?: string[]
  /** Query parameters that are read; with `refuses`, nonsense in one is refused, else it is taken for none. */
  reads?: { names: string[]; refuses: boolean }
  /** Its parameters hold words in any letters: one that names nothing finds nothing. */
  words?: true
  /** Holds what is one reader's: no cache keeps it, no other site reads it. */
  personal?: boolean
  /** Says 503 while something of the installation is not as it should be, which is no failure of the door. */
  mayBeUnready?: true
  /** Fields of a form that would do something if they made sense. */
  fields?: string[]
}

const show = `/shows/${SHOW.slug}`
const page = (good: string, more: Partial<Door> = {}): Door => ({ speaks: 'page', good, ...more })
const personal = (good: string, more: Partial<Door> = {}): Door => page(good, { personal: true, ...more })
const text = (good: string, more: Partial<Door> = {}): Door => ({ speaks: 'text', good, ...more })
const api = (good: string, more: Partial<Door> = {}): Door => ({ speaks: 'problem', good, ...more })
const form = (good: string, fields: string[]): Door => api(good, { method: 'POST', personal: true, fields })
const image = (good: string, more: Partial<Door> = {}): Door => ({ speaks: 'any', good, ...more })

/** What a filter takes for a word, of any length it may have. */
const WORD = /^[\w-]{1,80}$/

const FILTERS = [
  ...['genre', 'country', 'language', 'network', 'kind', 'tag', 'year', 'status', 'lamp', 'sort', 'cursor'],
]
const SLUGS = ['-', 'UPPER', '..%2f..%2fetc%2fpasswd', '__proto__', "x'--", '%F0%9F%A7%9F']
const NUMBERS = ['0', '-1', '1e9', '1000000000', 'abc', '1.5', '99999999999999999999']

/** Every route of the build; one without a row here fails. */
const DOORS: Record<string, Door> = {
  '/': page('/'),
  '/about': page('/about'),
  '/api': page('/api'),
  '/calendar': page('/calendar'),
  '/calendar/[month]': page('/calendar/2026-12', {
    parts: ['2026-13', '2026-00', '0000-01', '999999-01', 'x'],
  }),
  '/calendar/[month]/estimates': page('/calendar/2027-06/estimates', { parts: ['2026-13', '0000-01', 'x'] }),
  '/changes': page('/changes'),
  '/changes/before/[cursor]': page('/changes', { parts: ['x', 'Wzk5OTk5OV0', '-1'] }),
  '/corrections': page('/corrections'),
  '/corrections/before/[cursor]': page('/corrections', { parts: ['x', 'Wzk5OTk5OV0', '-1'] }),
  '/search': page('/search?q=dead', { reads: { names: ['q', 'beside'], refuses: false } }),
  '/shows': page('/shows?genre=horror', { reads: { names: FILTERS, refuses: true }, words: true }),
  '/shows/[slug]': page(show, { parts: SLUGS }),
  '/shows/[slug]/seasons/[n]': page(`${show}/seasons/2`, { parts: NUMBERS }),
  '/shows/[slug]/suggest': page(`${show}/suggest`, { parts: SLUGS }),
  '/shows/[slug]/suggest/[related]': page(`${show}/suggest/severance`, { parts: SLUGS }),
  '/data': page('/data'),
  '/forecasts': page('/forecasts'),
  '/sources': page('/sources'),
  '/following': personal('/following', { reads: { names: ['followed', 'unfollowed'], refuses: false } }),
  '/following/[slug]/[n]': personal(`/following/${SHOW.slug}/2`),
  // Whoever has no list is sent to sign in before the dials are looked at; for-you.spec.ts turns them too far.
  '/following/for-you': personal('/following/for-you', {
    reads: { names: ['fame', 'length', 'said'], refuses: false },
  }),
  '/follow/asked': page('/follow/asked'),
  '/follow/confirm/[token]': personal('/follow/confirm/x'),
  '/unsubscribe/[token]': personal('/unsubscribe/x', { reads: { names: ['done'], refuses: false } }),
  '/settings/notices': personal('/settings/notices', { reads: { names: ['saved'], refuses: false } }),
  '/studio/deliveries': personal('/studio/deliveries'),
  '/studio/identity': personal('/studio/identity'),
  // Who is no operator finds nothing here, with a place in the list or without; tests/security/operators is the operator.
  '/studio/sources': personal('/studio/sources', { reads: { names: ['before'], refuses: false } }),
  '/studio/wanted': personal('/studio/wanted'),
  '/following/import': personal('/following/import'),
  '/following/import/[id]': personal('/following/import/00000000-0000-4000-8000-000000000000', {
    parts: ['x', '-1', '00000000-0000-4000-8000-00000000000', '00000000-0000-4000-8000-0000000000000'],
  }),
  '/mailbox': personal('/mailbox'),
  '/settings': personal('/settings', { reads: { names: ['secret'], refuses: false } }),
  '/sign-in': personal('/sign-in', { reads: { names: ['returnTo', 'error'], refuses: false } }),
  '/sign-in/code': personal('/sign-in/code'),
  '/sign-in/confirm/[token]': personal('/sign-in/confirm/x'),
  '/sign-in/finish': personal('/sign-in/finish', { reads: { names: ['returnTo'], refuses: false } }),
  '/shows/[slug]/answer.txt': text(`${show}/answer.txt`, { parts: SLUGS }),
  '/shows/[slug]/calendar.ics': text(`${show}/calendar.ics`, { parts: SLUGS }),
  '/shows/[slug]/feed.atom': text(`${show}/feed.atom`, { parts: SLUGS }),
  '/shows/[slug]/feed.json': text(`${show}/feed.json`, { parts: SLUGS }),
  '/shows/[slug]/opengraph-image': image(`${show}/opengraph-image`, { parts: SLUGS }),
  '/shows/[slug]/seasons/[n]/opengraph-image': image(`${show}/seasons/2/opengraph-image`, { parts: NUMBERS }),
  '/opengraph-image': image('/opengraph-image'),
  '/shows/[slug]/seasons/[n]/calendar.ics': text(`${show}/seasons/2/calendar.ics`, { parts: NUMBERS }),
  '/shows/[slug]/seasons/[n]/feed.atom': text(`${show}/seasons/2/feed.atom`, { parts: NUMBERS }),
  '/shows/[slug]/seasons/[n]/feed.json': text(`${show}/seasons/2/feed.json`, { parts: NUMBERS }),
  '/changes.atom': text('/changes.atom'),
  '/changes.ics': text('/changes.ics'),
  '/changes.json': text('/changes.json'),
  '/data/manifest.json': api('/data/manifest.json'),
  '/forecasts.json': api('/forecasts.json'),
  // Found by a secret in the address, not by a cookie: here nobody has one; tests/security/feed-tokens does.
  '/feeds/[token]/calendar.ics': text(`/feeds/${'x'.repeat(43)}/calendar.ics`, {
    personal: true,
    parts: SLUGS,
  }),
  '/feeds/[token]/feed.atom': text(`/feeds/${'x'.repeat(43)}/feed.atom`, { personal: true, parts: SLUGS }),
  '/feeds/[token]/feed.json': text(`/feeds/${'x'.repeat(43)}/feed.json`, { personal: true, parts: SLUGS }),
  '/health': api('/health'),
  '/ready': api('/ready', { mayBeUnready: true }),
  // Opens to this machine alone; tests/security/metrics-door is the stranger.
  '/metrics': api('/metrics'),
  '/manifest.webmanifest': text('/manifest.webmanifest'),
  '/robots.txt': text('/robots.txt'),
  '/sitemap.xml': text('/sitemap.xml'),
  '/sitemaps/[file]': text('/sitemaps/shows-1.xml', {
    parts: ['x', 'shows-0.xml', 'shows-999999.xml', 'shows'],
  }),
  '/api/v1/changes': api('/api/v1/changes', {
    reads: { names: ['since', 'cursor', 'after'], refuses: true },
  }),
  '/api/v1/openapi.json': api('/api/v1/openapi.json'),
  '/api/v1/search': api('/api/v1/search?q=dead', { reads: { names: ['limit'], refuses: true } }),
  '/api/v1/shows': api('/api/v1/shows', { reads: { names: FILTERS, refuses: true }, words: true }),
  '/api/v1/shows/[slug]': api(`/api/v1${show}`, { parts: SLUGS }),
  '/api/me': api('/api/me', { personal: true, reads: { names: ['show', 'season'], refuses: true } }),
  '/api/me/export': api('/api/me/export', { personal: true }),
  '/api/me/channels': form('/api/me/channels', ['want', 'channel', 'url', 'format', 'label']),
  '/api/me/delete': form('/api/me/delete', ['sure']),
  '/api/me/feeds': form('/api/me/feeds', ['want']),
  '/api/me/follows': form('/api/me/follows', ['show', 'season', 'want']),
  '/api/me/follows/export': api('/api/me/follows/export?format=csv', {
    personal: true,
    reads: { names: ['format'], refuses: true },
  }),
  '/api/me/for-you': api('/api/me/for-you', {
    personal: true,
    reads: { names: ['fame', 'length'], refuses: true },
  }),
  '/api/me/imports': form('/api/me/imports', ['file']),
  '/api/me/imports/confirm': form('/api/me/imports/confirm', ['import', 'answer.0']),
  '/api/me/imports/undo': form('/api/me/imports/undo', ['import']),
  '/api/me/imports/unmatched': api('/api/me/imports/unmatched?import=x', {
    personal: true,
    reads: { names: ['import'], refuses: true },
  }),
  '/api/me/looked': form('/api/me/looked', ['until']),
  '/api/me/pairs': form('/api/me/pairs', ['slug', 'related', 'reason', 'want']),
  '/api/me/passkeys': form('/api/me/passkeys', ['remove']),
  '/api/me/verdicts': form('/api/me/verdicts', ['slug', 'word']),
  '/api/me/wanted': form('/api/me/wanted', ['words', 'drop']),
  '/api/me/wishes': form('/api/me/wishes', ['timeZone', 'leadDays', 'show', 'season']),
  // Only an operator gets further than this; tests/security/studio-identity is one.
  '/api/studio/identity': form('/api/studio/identity', ['want', 'pair', 'one', 'other', 'slug', 'id']),
  '/api/follow-by-mail': form('/api/follow-by-mail', ['email', 'show', 'season']),
  '/api/follow-by-mail/confirm': form('/api/follow-by-mail/confirm', ['token']),
  '/api/wanted': form('/api/wanted', ['email', 'words']),
  // Mail programs post here from nowhere (RFC 8058); the token is all, and tests/integration/telling spends it.
  '/api/unsubscribe/[token]': api('/api/unsubscribe/x', { personal: true }),
  '/api/me/push': form('/api/me/push', ['want', 'endpoint', 'p256dh', 'auth']),
  '/api/me/push/key': api('/api/me/push/key', { personal: true }),
  '/api/me/sessions': form('/api/me/sessions', ['end']),
  '/api/auth/[...nextauth]': api('/api/auth/session', { personal: true }),
  '/api/auth/code': form('/api/auth/code', ['code']),
  '/api/auth/confirm': form('/api/auth/confirm', ['token']),
  '/api/auth/mail': form('/api/auth/mail', ['email', 'returnTo']),
  '/api/auth/passkey/options': form('/api/auth/passkey/options', ['for']),
  '/api/auth/passkey/register': form('/api/auth/passkey/register', ['answer']),
  '/api/auth/passkey/sign-in': form('/api/auth/passkey/sign-in', ['answer', 'returnTo']),
  '/api/auth/sign-out': form('/api/auth/sign-out', []),
  '/api/auth/with/[provider]': form('/api/auth/with/nobody', ['returnTo']),
}

/** Pages behind a secret or of one reader: what is none of theirs is said on a page of their own. */
const OWN_WORDS = /^\/(sign-in|follow\/confirm|following|unsubscribe)\//
const TEN_KB = 'x'.repeat(10_000)
/** Values no field or parameter should have, as they stand in an address or a form. */
const NONSENSE: Record<string, string> = {
  'ten kilobytes': TEN_KB,
  'control characters': '%00%01%1b%7f',
  'characters that turn the text around': '%E2%80%AEabc%E2%81%A6',
  'half a character': '%ED%A0%80',
  'a climb': '../../etc/passwd',
  'a cursor cut short': 'WzEsIjEwMCIs',
  'a cursor of another list': 'WzEsIngiLDFd',
  markup: '%3Cscript%3Ealert(1)%3C/script%3E',
  quotes: `'%22;drop%20table%20show;--`,
}

const dist = path.resolve(process.env.GREENLIT_DIST ?? '.next')
const built = <T>(file: string): T => JSON.parse(readFileSync(path.join(dist, file), 'utf8')) as T

interface Reader {
  name: string
  address: string
  cookie: string
  secrets: string[]
}
const readers: Reader[] = []
const nobody: Reader = { name: 'nobody', address: '', cookie: '', secrets: [] }

test.beforeAll(async ({ browser }) => {
  for (const name of ['A', 'B']) {
    const context = await newVisitor(browser)
    const tab = await context.newPage()
    const address = newAddress()
    await signIn(tab, address)
    await tab.goto(show)
    await tab.getByRole('button', { name: `Follow season ${SHOW.season}`, exact: true }).click()
    await expect(tab.getByRole('button', { name: /^Unfollow season/ })).toBeVisible()
    const cookie = await cookieOf(context)
    await context.close()
    readers.push({ name, address, cookie, secrets: [address, /greenlit-session=([^;]+)/.exec(cookie)![1]!] })
  }
})

interface Try {
  what: string
  address: string
  init?: RequestInit & { headers?: Record<string, string> }
  /** What the answer's status must be. */
  status: (status: number) => boolean
  /** Worth trying as everybody; the others are shared out among nobody, A and B. */
  byAll?: true
}

const refused = (status: number) => status >= 400 && status < 500
const notFound = (status: number) => status === 404 || status === 400
/** A proxy in front tells each client's address; none of them may use up another's limits. */
const someAddress = () => `10.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}`

const withPart = (route: string, good: string, value: string) => {
  const pattern = route.split('/')
  const filled = good.split('?')[0]!.split('/')
  const at = pattern.findLastIndex((part) => part.startsWith('['))
  return pattern.map((part, i) => (i === at ? value : part.startsWith('[') ? filled[i] : part)).join('/')
}

function triesOf(route: string, door: Door, origin: string): Try[] {
  const noFailure = (status: number) => status < 500 || (door.mayBeUnready === true && status === 503)
  const tries: Try[] = []
  const [base] = door.good.split('?')
  const posts = door.method === 'POST'
  const send = (body: string, headers: Record<string, string> = {}) => ({
    method: 'POST',
    body,
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', Origin: origin, ...headers },
  })
  if (!posts) tries.push({ what: 'as it is meant', address: door.good, status: noFailure, byAll: true })
  if (route.includes('[')) {
    for (const [what, value] of Object.entries(NONSENSE)) {
      const part = value.replaceAll('/', '%2f')
      const address = withPart(route, door.good, part)
      if (posts) tries.push({ what: `${what} in its address`, address, init: send(''), status: refused })
      else if (!OWN_WORDS.test(route))
        tries.push({ what: `${what} in its address`, address, status: refused })
      else tries.push({ what: `${what} in its address`, address, status: noFailure })
    }
    for (const value of door.parts ?? [])
      tries.push({
        what: `${value} in its address`,
        address: withPart(route, door.good, value),
        status: notFound,
      })
  }
  for (const name of door.reads?.names ?? [])
    tries.push({ what: `${name} twice`, address: `${base}?${name}=1&${name}=2`, status: noFailure })
  for (const [what, value] of Object.entries(NONSENSE)) {
    if (!posts)
      tries.push({
        what: `${what} in a parameter nobody reads`,
        address: `${base}?x=${value}`,
        status: noFailure,
      })
    for (const name of door.reads?.names ?? []) {
      // A cursor is a word too: of a list that takes words it finds nothing.
      const word =
        name !== 'cursor' && WORD.test(value) && !['status', 'lamp', 'sort', 'limit', 'since'].includes(name)
      const status = door.reads!.refuses && !(word && door.words) ? refused : noFailure
      tries.push({ what: `${what} as ${name}`, address: `${base}?${name}=${value}`, status })
    }
    for (const name of door.fields ?? [])
      tries.push({
        what: `${what} as ${name}`,
        address: door.good,
        init: send(`${name}=${value}`),
        // Any word may be the title of a show that is not here.
        status: name === 'returnTo' || name === 'words' ? noFailure : refused,
      })
  }
  for (const method of posts ? ['GET', 'PUT', 'DELETE', 'PATCH'] : ['PUT', 'DELETE', 'PATCH', 'POST'])
    tries.push({
      what: `${method}, which it does not know`,
      address: door.good,
      init: { method, ...(method === 'GET' ? {} : { body: 'x=1' }), headers: { Origin: origin } },
      status: refused,
    })
  if (posts)
    for (const foreign of ['https://evil.example', 'null', ''])
      tries.push({
        what: `from the origin “${foreign}”`,
        address: door.good,
        init: send('sure=delete&end=all&want=unfollow&show=all-of-us-are-dead&season=2', { Origin: foreign }),
        status: (status) => status === 403,
        byAll: true,
      })
  else
    tries.push({
      what: 'read by another site',
      address: door.good,
      init: { headers: { Origin: 'https://evil.example' } },
      status: noFailure,
      byAll: true,
    })
  return tries
}

/** What is wrong with an answer to a try, a line each. */
async function faultsOf(door: Door, visitor: Reader, { what, address, init, status }: Try, site: string) {
  const answer = await fetch(new URL(address, site), {
    redirect: 'manual',
    ...init,
    headers: {
      'X-Forwarded-For': someAddress(),
      ...(visitor.cookie ? { Cookie: visitor.cookie } : {}),
      ...init?.headers,
    },
  })
  const body = await answer.text()
  const told = `${[...answer.headers].join('\n')}\n${body}`
  const where = `${visitor.name}, ${what}: ${init?.method ?? 'GET'} ${address.slice(0, 120)} → ${answer.status}`
  const faults: string[] = []
  if (!status(answer.status)) faults.push(where)
  const others = readers.filter((reader) => reader !== visitor).flatMap(({ secrets }) => secrets)
  if (others.some((secret) => told.includes(secret))) faults.push(`${where}, and tells what is another's`)
  const type = answer.headers.get('content-type') ?? ''
  if (refused(answer.status) && answer.status !== 405 && init?.method !== 'PUT') {
    const sentence = /[A-Z][^<>]{10,}[.?]/
    if (
      door.speaks === 'problem' &&
      !(type.includes('problem+json') && sentence.test(JSON.parse(body).detail))
    )
      faults.push(`${where}, without a sentence a program can read: ${type} ${body.slice(0, 80)}`)
    if ((door.speaks === 'page' || door.speaks === 'text') && body && !sentence.test(body))
      faults.push(`${where}, without a sentence: ${body.slice(0, 80)}`)
  }
  if (door.personal) {
    if (answer.headers.get('access-control-allow-origin')) faults.push(`${where}, open to other sites`)
    if (answer.status === 200 && !answer.headers.get('cache-control')?.includes('no-store'))
      faults.push(`${where}, for any cache to keep`)
  } else if (answer.headers.get('set-cookie')) faults.push(`${where}, sets a cookie`)
  if (/\bat \S+ \(?(?:file:|\/|node:)|postgres(?:ql)?:\/\//i.test(body))
    faults.push(`${where}, and shows its insides`)
  return faults
}

test('every route of the build has a row in this matrix', () => {
  const routes = Object.values(built<Record<string, string>>('app-path-routes-manifest.json'))
  const own = routes.filter((route) => !route.startsWith('/_'))
  expect(Object.keys(DOORS).sort()).toEqual(own.sort())
})

test('no function of a page can be called from outside, whatever form names it', async ({ baseURL }) => {
  const file = 'server/server-reference-manifest.json'
  type Actions = Record<string, { workers: Record<string, unknown> }>
  const { node, edge } = built<{ node: Actions; edge: Actions }>(file)
  // Cached functions, by the first bit of their id; a real action would need a row of its own here.
  const ids = [...Object.keys(node), ...Object.keys(edge)]
  expect(ids.filter((id) => Number.parseInt(id[0]!, 16) < 8)).toEqual([])
  const form = (id: string) => {
    const body = new FormData()
    body.set(`$ACTION_ID_${id}`, '')
    body.set('1_$ACTION_REF_', '')
    return body
  }
  for (const id of [...ids, 'f'.repeat(42), TEN_KB]) {
    const ways: RequestInit[] = [
      { headers: { 'Next-Action': id, Origin: baseURL! }, body: '[{"sort":"title"},"2"]' },
      { headers: { Origin: baseURL! }, body: form(id) },
    ]
    for (const way of ways)
      for (const address of ['/', show, `${show}/seasons/2`, '/shows', '/sign-in']) {
        const answer = await fetch(new URL(address, baseURL), { method: 'POST', redirect: 'manual', ...way })
        expect(answer.status, `${address} ${id.slice(0, 42)}`).toBe(405)
        expect(await answer.text()).toContain('can only be read')
      }
  }
})

for (const [route, door] of Object.entries(DOORS))
  test(`${route} answers nonsense with a refusal, and tells nobody what is another's`, async ({
    baseURL,
  }) => {
    const faults: string[] = []
    const visitors = [nobody, ...readers]
    const work = triesOf(route, door, baseURL!).flatMap((attempt, i) =>
      attempt.byAll
        ? visitors.map((visitor) => ({ visitor, attempt }))
        : [{ visitor: visitors[i % visitors.length]!, attempt }],
    )
    for (let i = 0; i < work.length; i += AT_ONCE)
      for (const found of await Promise.all(
        work.slice(i, i + AT_ONCE).map(({ visitor, attempt }) => faultsOf(door, visitor, attempt, baseURL!)),
      ))
        faults.push(...found)
    expect([...new Set(faults)]).toEqual([])
  })

test('after all of it, both readers are signed in still and follow what they followed', async ({
  baseURL,
}) => {
  for (const { cookie, address } of readers) {
    const me = await fetch(new URL(`/api/me?show=${SHOW.slug}&season=${SHOW.season}`, baseURL), {
      headers: { Cookie: cookie },
    })
    expect(await me.json()).toMatchObject({ signedIn: true, following: true })
    const exported = await fetch(new URL('/api/me/export', baseURL), { headers: { Cookie: cookie } })
    expect(await exported.text()).toContain(address)
  }
})

test('a reader’s session, a passkey or a follow of another cannot be ended by naming it', async ({
  baseURL,
}) => {
  const [a, b] = readers as [Reader, Reader]
  const mine = await (
    await fetch(new URL('/api/me/export', baseURL), { headers: { Cookie: b.cookie } })
  ).text()
  const ids = [...new Set(mine.match(/[A-Za-z0-9_-]{16,}/g) ?? [])].slice(0, 40)
  for (const [door, field] of [
    ['/api/me/sessions', 'end'],
    ['/api/me/passkeys', 'remove'],
  ] as const)
    for (const id of [...ids, b.secrets[1]!, randomUUID()]) {
      const answer = await fetch(new URL(door, baseURL), {
        method: 'POST',
        redirect: 'manual',
        headers: { Cookie: a.cookie, Origin: baseURL!, 'X-Forwarded-For': someAddress() },
        body: new URLSearchParams({ [field]: id }),
      })
      expect(answer.status, `${door} ${id}`).toBeGreaterThanOrEqual(400)
      expect(answer.status, `${door} ${id}`).toBeLessThan(500)
    }
  const still = await fetch(new URL('/api/me', baseURL), { headers: { Cookie: b.cookie } })
  expect(await still.json()).toMatchObject({ signedIn: true })
})
