/** F2: the site is killed again and again while readers follow and unfollow. */
import { type ChildProcess, fork } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { db } from '@/db/client'
import { freePort } from '@/db/embedded'
import { reader } from '@/db/schema/account'
import { sessionCookieName } from '@/lib/accounts/cookies'
import { beginSession } from '@/lib/accounts/sessions'
import { getReaderState } from '@/lib/follows/queries'
import { forgetLimits, makeShow, SITE } from '../support/readers'

const KILLS = Number(process.env.FAULT_KILLS ?? 8)
const CLIENTS = 50
const PATIENCE_MS = 10_000

let site: ChildProcess
let port = 0

async function start(): Promise<void> {
  site = fork(join(import.meta.dirname, 'follow-site.ts'), [String(port)], {
    execArgv: ['--conditions=react-server', '--import', 'tsx'],
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  await once(site, 'message')
}

async function kill(): Promise<void> {
  const gone = once(site, 'exit')
  site.kill('SIGKILL')
  await gone
}

beforeAll(async () => {
  port = await freePort()
  await makeShow('kingdom')
  await start()
})
afterAll(kill)

it(`what a reader was told is true, after ${KILLS} kills under ${CLIENTS} readers: no confirmed follow or unfollow is lost`, async () => {
  let over = false
  let confirmed = 0
  let slowestMs = 0
  const client = async (index: number) => {
    const [self] = await db()
      .insert(reader)
      .values({ email: `reader-${index}@greenlit.test` })
      .returning()
    const token = await beginSession(self!.id, 'a test', new Date())
    // What may be stored: one state after a confirmation, either after a request nobody answered.
    let possible = new Set([false])
    for (let wish = true; !over; wish = !wish) {
      const began = performance.now()
      try {
        const answer = await fetch(`http://127.0.0.1:${port}/api/me/follows`, {
          method: 'POST',
          headers: { Origin: SITE, Cookie: `${sessionCookieName()}=${token}` },
          body: new URLSearchParams({ show: 'kingdom', season: '2', want: wish ? 'follow' : 'unfollow' }),
          signal: AbortSignal.timeout(PATIENCE_MS),
        })
        const said = (await answer.json()) as { following?: boolean }
        if (answer.status === 200) {
          expect(said.following).toBe(wish)
          possible = new Set([wish])
          confirmed++
        } else {
          expect([429, 503]).toContain(answer.status)
          if (answer.status === 503) possible.add(wish)
        }
      } catch (error) {
        if ((error as Error).name === 'AssertionError') throw error
        possible.add(wish)
        await wait(20)
      }
      slowestMs = Math.max(slowestMs, performance.now() - began)
    }
    const { following } = await getReaderState(self!, { slug: 'kingdom', number: 2 })
    return { index, held: possible.has(following), certain: possible.size === 1 }
  }
  const clients = Promise.all(Array.from({ length: CLIENTS }, (_, index) => client(index)))
  for (let round = 0; round < KILLS; round++) {
    const enough = confirmed + randomInt(30, 150)
    while (confirmed < enough) await wait(5)
    await kill()
    await forgetLimits()
    await start()
  }
  // Everybody hears one last answer from a site that lives.
  const enough = confirmed + 2 * CLIENTS
  while (confirmed < enough) await wait(5)
  over = true
  const ends = await clients
  expect(ends.filter(({ held }) => !held)).toEqual([])
  expect(ends.filter(({ certain }) => certain).length).toBeGreaterThan(CLIENTS / 2)
  expect(confirmed).toBeGreaterThan(KILLS * 30)
  expect(slowestMs).toBeLessThan(PATIENCE_MS)
})
