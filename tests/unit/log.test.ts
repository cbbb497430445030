import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DrizzleQueryError } from 'drizzle-orm/errors'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { LINES_PER_SECOND_MAX, lineOf, log, quietConsole, readerMark, withRequest } from '@/lib/shared/log'
import { scrub, VALUE_MAX } from '@/lib/shared/scrub'

const root = join(import.meta.dirname, '../..')
const TOKEN = 'q8VtPz3ZkZrWm0uS6m2mO4w1sJqZt9H1b5cX7yL0aEg'
const parsed = (line: string) => JSON.parse(line) as Record<string, unknown>

const failedQuery = () => {
  const cause = Object.assign(new Error('duplicate key value violates unique constraint'), {
    name: 'PostgresError',
    code: '23505',
    detail: 'Key (email)=(ana@example.org) already exists.',
  })
  return new DrizzleQueryError(
    'insert into "reader" ("email") values ($1)',
    ['ana@example.org', TOKEN],
    cause,
  )
}

/** Everything that went out while `work` ran, line by line. */
function said(work: () => void): string[] {
  const lines: string[] = []
  const hear = (chunk: unknown) => lines.push(String(chunk)) > 0
  const out = vi.spyOn(process.stdout, 'write').mockImplementation(hear as never)
  const err = vi.spyOn(process.stderr, 'write').mockImplementation(hear as never)
  try {
    work()
  } finally {
    out.mockRestore()
    err.mockRestore()
  }
  return lines
}

afterEach(() => vi.unstubAllEnvs())

describe('a line of the log', () => {
  it('says when, how bad, what, in which request and by which process', async () => {
    vi.stubEnv('GREENLIT_ROLE', 'worker')
    const line = await withRequest({ id: 'r-17' }, async () => {
      await Promise.resolve()
      return parsed(lineOf('warn', 'door-refused', { status: 403 }))
    })
    expect(line).toEqual({
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      level: 'warn',
      event: 'door-refused',
      request: 'r-17',
      role: 'worker',
      status: 403,
    })
    expect(Math.abs(Date.parse(line.time as string) - Date.now())).toBeLessThan(5_000)
    expect(parsed(lineOf('info', 'x'))).not.toHaveProperty('request')
  })

  it('goes to standard output, a warning or an error to standard error, each with one line end', () => {
    const out = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
    const err = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    try {
      log.info('to-out')
      log.warn('to-err')
      log.error('to-err-too')
      expect(out.mock.calls.map(([line]) => line)).toEqual([
        expect.stringMatching(/^\{.*"event":"to-out".*\}\n$/),
      ])
      expect(err).toHaveBeenCalledTimes(2)
    } finally {
      out.mockRestore()
      err.mockRestore()
    }
  })

  it('names an error by its kind, its code and where it was thrown, never by what it says', () => {
    const line = parsed(lineOf('error', 'door-broken', { path: '/api/me/follows', error: failedQuery() }))
    expect(line).toMatchObject({ error: 'QueryFailed', cause: 'PostgresError', code: '23505' })
    expect(line.at).toMatch(/^tests\/unit\/log\.test\.ts:\d+:\d+$/)
    expect(JSON.stringify(line)).not.toMatch(/insert|reader|ana|example|q8VtPz/)
    for (const error of ['thrown text', undefined, null, 7, {}, Object.create(null)])
      expect(() => lineOf('error', 'x', { error })).not.toThrow()
  })

  it('keeps the words of a slip in our own code, which name what the code calls things', () => {
    const slip = (() => {
      try {
        return (undefined as unknown as { length: number }).length
      } catch (error) {
        return error
      }
    })()
    expect(parsed(lineOf('error', 'x', { error: slip })).says).toBe(
      "Cannot read properties of undefined (reading 'length')",
    )
    const quoting = new TypeError("Cannot use 'in' operator to search for 'a' in ana@example.org")
    expect(parsed(lineOf('error', 'x', { error: quoting }))).not.toHaveProperty('says')
  })

  it('stays one line, and short, whatever a stranger put into the address', () => {
    const hostile = [
      'x'.repeat(100_000),
      'a\nb\r\nc\u2028d\u2029e',
      `${String.fromCharCode(27)}[2J\u009b31m\u202egnp.exe`,
      '\ud800 half a character',
      '"},{"level":"info","event":"forged"',
      '🟢'.repeat(5_000),
    ]
    for (const path of hostile) {
      const line = lineOf('warn', 'door-refused', { path })
      expect(line).not.toMatch(/[\p{Cc}\u2028\u2029\u202e]/u)
      expect(parsed(line)).toMatchObject({ level: 'warn', event: 'door-refused' })
      expect(String(parsed(line).path).length).toBeLessThanOrEqual(VALUE_MAX)
    }
    expect(lineOf('warn', 'x', { path: hostile[0] }).length).toBeLessThan(400)
    const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`f${i}`, 'y'.repeat(500)]))
    expect(lineOf('warn', 'x', many).length).toBeLessThan(5_000)
  })

  it('cannot be made to say another event, level or request than it is', () => {
    const forged = { time: 'never', level: 'info', event: 'nothing', role: 'cli', left_out: 9 }
    expect(parsed(lineOf('error', 'real', forged))).toMatchObject({ level: 'error', event: 'real' })
    expect(parsed(lineOf('error', 'real', forged)).time).not.toBe('never')
    const request = withRequest({ id: 'a\n"b"' }, () => parsed(lineOf('info', 'x')).request)
    expect(request).toBe('ab')
  })

  it('leaves out what goes by the name of a secret or of a person, whatever it is', () => {
    const names = [
      ...['password', 'dbPassword', 'secret', 'AUTH_SECRET', 'token', 'feedToken', 'cookie', 'authorization'],
      ...[
        'credential',
        'email',
        'mail',
        'address',
        'recipient',
        'ip',
        'sql',
        'query',
        'params',
        'parameters',
      ],
      ...['session', 'readerId', 'userId', 'body', 'headers', 'url'],
    ]
    for (const name of names)
      expect([name, parsed(lineOf('info', 'x', { [name]: 'hunter2' }))[name]]).toEqual([
        name,
        name === 'parameters' ? 'hunter2' : '[refused]',
      ])
    for (const name of ['limit', 'reason', 'status', 'path', 'task', 'reader'])
      expect(parsed(lineOf('info', 'x', { [name]: 'fine' }))[name]).toBe('fine')
  })
})

describe('text of others', () => {
  it.each([
    ['a mail address', 'no mailbox for <ana.b+tag@mail.example.org>, sorry', /ana|example\.org/],
    ['a mail address in an address', '/search?q=ana%40example.org&x=1', /ana|example/],
    ['a token in a path', `/api/unsubscribe/${TOKEN}?want=all`, /q8Vt/],
    ['a hash in hexadecimal', `key ${'0123456789abcdef'.repeat(4)}`, /0123456789abcdef/],
    ['a reader by id', 'reader 2f1b0c4e-7a55-4a3e-9d0e-3c1b2a4f5e6d is gone', /2f1b0c4e/],
    ['a password in an address', 'cannot reach postgres://greenlit:hunter2@db:5432/greenlit', /hunter2/],
    ['an IPv4 address', 'refused 203.0.113.9', /203\.0/],
    ['an IPv6 address', 'refused 2001:db8:1:2:3:4:5:6 and fe80::1', /2001|fe80/],
    [
      'a query with its parameters',
      'Error: Failed query: select "email" from "reader" where id = $1\nparams: ana,7',
      /select|ana/,
    ],
    ['parameters alone', 'params: ana,7', /ana/],
    ['a bare statement', 'oops: select * from session where token = 1', /session/],
  ])('is written without %s', (_, text, gone) => {
    expect(scrub(text)).not.toMatch(gone)
    expect(scrub(text)).toMatch(/\[\w+\]/)
  })

  it('keeps what helps: slugs, days and times, places in the code, this machine', () => {
    for (const text of [
      '/shows/that-time-i-got-reincarnated-as-a-slime-the-slime-diaries',
      'at 12:30:11 on 2026-12-01',
      'app/page.tsx:12:34',
      'connect ECONNREFUSED 127.0.0.1:5432',
      '▲ Next.js 16.4.6',
    ])
      expect(scrub(text)).toBe(text)
  })

  it('is cleaned in a moment however it is made up', () => {
    for (const text of ['@', 'a', '=', 'a@', ' select', '1.', 'a:', 'A-', '://'].map((part) =>
      part.repeat(50_000),
    )) {
      const startedAt = performance.now()
      scrub(text)
      expect(performance.now() - startedAt).toBeLessThan(100)
    }
  })
})

describe('the console', () => {
  let restore: () => void
  beforeEach(() => {
    restore = quietConsole()
  })
  afterEach(() => restore())

  it('says a failed page without its query, where Next would print it whole', () => {
    const error = Object.assign(failedQuery(), { digest: '3921847' })
    const lines = said(() => {
      console.error(error)
      console.error('\u001b[31m⨯\u001b[39m', error)
      console.error('uncaughtException: ', error)
      console.warn(`⨯ ${error.message}`)
      console.log({ query: error.query, params: error.params })
      console.error(String(error.stack))
    })
    expect(lines).toHaveLength(6)
    expect(lines.join('')).not.toMatch(/insert into|ana@|q8VtPz/)
    expect(parsed(lines[0]!)).toMatchObject({
      event: 'console',
      level: 'error',
      code: '23505',
      digest: '3921847',
    })
  })

  it('writes little of a strange address, on one line', () => {
    const [line] = said(() => console.warn('invalid tags:', 'y'.repeat(5_000), '\nexceeded\nmax length'))
    expect(line!.length).toBeLessThan(400)
    expect(line!.match(/\n/g)).toHaveLength(1)
    expect(said(() => console.log(''))).toEqual([])
  })
})

describe('floods', () => {
  it('of one event stop at fifty lines a second, are counted, and drown no other event', () => {
    said(() => log.info('first')) // the log has its clock from now on
    const own = (globalThis as unknown as Record<symbol, { now: () => number }>)[Symbol.for('greenlit.log')]!
    const { now } = own
    let second = 2_000_000_000
    own.now = () => second * 1000
    const lines = said(() => {
      for (let i = 0; i < 1_000; i++) log.warn('flood', { i })
      log.warn('seldom')
      second++
      log.warn('flood', { i: 1_000 })
      log.warn('flood', { i: 1_001 })
    }).map(parsed)
    own.now = now
    expect(lines).toHaveLength(LINES_PER_SECOND_MAX + 3)
    expect(lines[LINES_PER_SECOND_MAX]).toMatchObject({ event: 'seldom' })
    expect(lines.at(-2)).toMatchObject({ event: 'flood', left_out: 1_000 - LINES_PER_SECOND_MAX, i: 1_000 })
    expect(lines.at(-1)).not.toHaveProperty('left_out')
  })
})

describe('a reader', () => {
  it('is a keyed mark: always the same, not their id, and nothing without the key', () => {
    vi.stubEnv('AUTH_SECRET', 'one secret of the tests')
    const mark = readerMark('2f1b0c4e-7a55-4a3e-9d0e-3c1b2a4f5e6d')
    expect(mark).toMatch(/^[\w-]{16}$/)
    expect(readerMark('2f1b0c4e-7a55-4a3e-9d0e-3c1b2a4f5e6d')).toBe(mark)
    expect(parsed(lineOf('info', 'signed-in', { reader: mark })).reader).toBe(mark)
    vi.stubEnv('AUTH_SECRET', 'another secret')
    expect(readerMark('2f1b0c4e-7a55-4a3e-9d0e-3c1b2a4f5e6d')).not.toBe(mark)
    vi.stubEnv('AUTH_SECRET', '')
    expect(readerMark('2f1b0c4e-7a55-4a3e-9d0e-3c1b2a4f5e6d')).toBeUndefined()
  })
})

describe('our own code', () => {
  const files = execFileSync(
    'git',
    ['ls-files', '--cached', '--others', '--exclude-standard', 'app', 'lib', 'db'],
    {
      cwd: root,
      encoding: 'utf8',
    },
  )
    .split('\n')
    .filter((file) => /\.(ts|tsx|mjs)$/.test(file))
  const read = (file: string) => readFileSync(join(root, file), 'utf8')

  it('speaks through the log alone; the command line and the launcher speak to a person', () => {
    const people = /^lib\/(cli|launcher)\/|^db\/migrate\.ts$|^lib\/shared\/log\.ts$/
    expect(files.filter((file) => !people.test(file) && /\bconsole\.\w+\(/.test(read(file)))).toEqual([])
  })

  it('never hands the log a value by the name of a secret', () => {
    const names = files.flatMap((file) =>
      [...read(file).matchAll(/\blog\.(?:info|warn|error)\(\s*'[\w-]+',\s*\{([^}]*)\}/g)].flatMap(
        ([, fields]) => [...fields!.matchAll(/(?:^|,)\s*(\w+)/g)].map(([, name]) => name!),
      ),
    )
    expect(names.length).toBeGreaterThan(15)
    const line = parsed(
      lineOf('info', 'x', Object.fromEntries(names.slice(0, 16).map((name) => [name, 'y']))),
    )
    expect(Object.values(line)).not.toContain('[refused]')
    for (const name of names)
      expect([name, parsed(lineOf('info', 'x', { [name]: 'y' }))[name]]).not.toEqual([name, '[refused]'])
  })
})
