import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

/** The day the advisories were last read through for the table below. */
const READ_ON = '2026-11-30'
const READ_EVERY_DAYS = 30

/** The oldest release of each package without a known hole; raised as advisories appear. */
const FLOORS: Record<string, string> = {
  next: '16.3.3',
  react: '19.2.8',
  'react-dom': '19.2.8',
  'next-auth': '5.0.0-beta.32',
  nodemailer: '9.1.1',
  '@simplewebauthn/server': '13.3.2',
  'drizzle-orm': '0.45.2',
}

const numbers = (version: string) =>
  version
    .split(/[.-]|beta/)
    .filter(Boolean)
    .map(Number)

function atLeast(version: string, floor: string): boolean {
  const [have, want] = [numbers(version), numbers(floor)]
  for (let i = 0; i < want.length; i++) {
    if ((have[i] ?? 0) > want[i]!) return true
    if ((have[i] ?? 0) < want[i]!) return false
  }
  return true
}

const lock = JSON.parse(readFileSync(join(import.meta.dirname, '../../package-lock.json'), 'utf8')) as {
  packages: Record<string, { version?: string; resolved?: string }>
}

test('no package readers depend on is older than its last security fix', () => {
  for (const [name, floor] of Object.entries(FLOORS)) {
    const copies = Object.entries(lock.packages).filter(([path]) => path.endsWith(`node_modules/${name}`))
    expect(copies.length, `${name} is in the lock file`).toBeGreaterThan(0)
    for (const [path, { version }] of copies)
      expect(atLeast(version!, floor), `${path} ${version} is below ${floor}`).toBe(true)
  }
})

test('the table of floors is not older than thirty days: what nobody has looked at is not known to be safe', () => {
  const days = (Date.now() - Date.parse(READ_ON)) / 86_400_000
  expect(
    days,
    `read the advisories of these packages again, raise the floors, and set READ_ON (it says ${READ_ON})`,
  ).toBeLessThanOrEqual(READ_EVERY_DAYS)
})

test('the lock file names no place to download from, so any registry will do', () => {
  expect(Object.values(lock.packages).filter((entry) => entry.resolved?.startsWith('http'))).toEqual([])
})

test('the build parts of every platform are in the lock file', () => {
  const has = (name: string) => `node_modules/${name}` in lock.packages
  for (const platform of ['darwin-arm64', 'darwin-x64', 'linux-x64-gnu', 'linux-arm64-gnu', 'win32-x64-msvc'])
    expect(has(`@next/swc-${platform}`), `@next/swc-${platform}`).toBe(true)
  for (const platform of ['darwin-arm64', 'darwin-x64', 'linux-x64', 'linux-arm64', 'win32-x64'])
    expect(has(`@biomejs/cli-${platform}`), `@biomejs/cli-${platform}`).toBe(true)
})
