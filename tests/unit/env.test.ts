import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { environmentFaults, fromEnv, VARIABLE_NAMES } from '../../lib/shared/env'

/** One value of each kind that cannot be used, and what is said about it. */
const WRONG: [string, string, string][] = [
  ['AUTH_URL', 'greenlit.example.org', 'AUTH_URL must look like https://greenlit.example.org.'],
  ['DATABASE_POOL', '0', 'DATABASE_POOL must be a whole number from 1 to 1000.'],
  [
    'DATABASE_URL',
    'mysql://user:hunter2@host/name',
    'DATABASE_URL must look like postgres://user:password@host:5432/name.',
  ],
  ['GREENLIT_HOLD_MINUTES', '-3', 'GREENLIT_HOLD_MINUTES must be a number from 0 to 1440.'],
  ['GREENLIT_LEASE_SECONDS', '1e9', 'GREENLIT_LEASE_SECONDS must be a whole number from 3 to 3600.'],
  ['GREENLIT_MAILBOX', 'no', 'GREENLIT_MAILBOX must be on or off.'],
  [
    'GREENLIT_OUTBOUND_ALLOW',
    'ntfy.lan',
    'GREENLIT_OUTBOUND_ALLOW must be host:port pairs with commas between, as ntfy.lan:80,localhost:8080.',
  ],
  ['MAIL_FROM', 'Greenlit', 'MAIL_FROM must have an address in it, as post@example.org.'],
  ['PORT', '70000', 'PORT must be a whole number from 1 to 65535.'],
  ['SMTP_TLS', 'off', 'SMTP_TLS must be optional or required.'],
  ['SMTP_URL', 'mail.example.org', 'SMTP_URL must look like smtp://user:password@mail.example.org:587.'],
  ['TRUSTED_PROXY_HOPS', 'one', 'TRUSTED_PROXY_HOPS must be a whole number from 0 to 32.'],
]

describe('the environment', () => {
  it.each(WRONG)('a wrong %s is one sentence that says what it must be', (name, value, sentence) => {
    expect(environmentFaults({ [name]: value })).toEqual([sentence])
  })

  it('no sentence repeats a value, which may be a secret', () => {
    for (const name of VARIABLE_NAMES)
      expect(environmentFaults({ [name]: ' hunter2 ' }).join(' ')).not.toContain('hunter2')
  })

  it('of two variables that belong together, the one that is missing is named', () => {
    expect(environmentFaults({ VAPID_PUBLIC_KEY: 'a' })).toEqual([
      'VAPID_PRIVATE_KEY must be set too: VAPID_PUBLIC_KEY and VAPID_PRIVATE_KEY belong together.',
    ])
    expect(environmentFaults({ AUTH_GITHUB_ID: 'a', AUTH_GITHUB_SECRET: 'b' })).toEqual([])
  })

  it('a variable that is set to nothing is not set', () => {
    const nothing = Object.fromEntries(VARIABLE_NAMES.map((name) => [name, '']))
    expect(environmentFaults(nothing)).toEqual([])
    for (const name of VARIABLE_NAMES) expect(fromEnv(name, nothing)).toBeUndefined()
  })

  it('numbers come as numbers, all else as it stands', () => {
    expect(fromEnv('PORT', { PORT: '8080' })).toBe(8080)
    expect(fromEnv('GREENLIT_HOLD_MINUTES', { GREENLIT_HOLD_MINUTES: '0.5' })).toBe(0.5)
    expect(fromEnv('GREENLIT_OUTBOUND_ALLOW', { GREENLIT_OUTBOUND_ALLOW: '[::1]:80, a.lan:8080' })).toBe(
      '[::1]:80, a.lan:8080',
    )
  })

  it('what is set stands in .env.example, and what stands there can be set', () => {
    const example = readFileSync('.env.example', 'utf8')
    const named = [...example.matchAll(/^#?([A-Z][A-Z_]+)=(.*)$/gm)]
    expect(named.map(([, name]) => name).sort()).toEqual([...VARIABLE_NAMES].sort())
    const pairs = named.map(([, name, value]) => [name, value])
    const alone = (fault: string) => !fault.includes('must be set too')
    expect(environmentFaults(Object.fromEntries(pairs)).filter(alone)).toEqual([])
  })
})

describe('a process with a wrong environment ends at once, and says why', () => {
  const TSX = ['--conditions=react-server', '--import', 'tsx']
  it.each([
    ['the site', ['lib/edge/serve.ts']],
    ['the worker', ['lib/jobs/worker.ts']],
    ['a command', ['lib/cli/main.ts', 'audit']],
  ])('%s', (_who, args) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [...TSX, ...args], {
      encoding: 'utf8',
      timeout: 30_000,
      env: { ...process.env, DATABASE_URL: 'mysql://user:hunter2@host/name', SMTP_TLS: 'off' },
    })
    expect(status).toBe(1)
    const said = stdout + stderr
    expect(said).toContain('DATABASE_URL must look like postgres://')
    expect(said).toContain('SMTP_TLS must be optional or required.')
    expect(said).not.toContain('hunter2')
  })
})
