/** S6: no one is mailed more than they can bear, and nobody learns who has an account. */
import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as mailDoor from '@/app/api/auth/mail/route'
import * as followDoor from '@/app/api/me/follows/route'
import { db } from '@/db/client'
import { rateLimit } from '@/db/schema/account'
import { mail } from '@/db/schema/outbox'
import { Browser, forgetLimits, makeShow, signInAs } from '../support/readers'

beforeEach(forgetLimits)

const ask = (browser: Browser, email: string) => browser.post(mailDoor, '/api/auth/mail', { email })
const letters = async () => (await db().select().from(mail)).length
const by = (answers: Response[], status: number) =>
  answers.filter((answer) => answer.status === status).length

describe('sign-in mails', () => {
  it('reach one address three times in a quarter of an hour, under 500 tries at once from anywhere', async () => {
    const before = await letters()
    const answers = await Promise.all(
      Array.from({ length: 500 }, () => ask(new Browser(), 'ana@greenlit.test')),
    )
    // Whoever would have to wait for the database too long is refused as well.
    expect(by(answers, 200)).toBeLessThanOrEqual(3)
    expect(by(answers, 200) + by(answers, 429) + by(answers, 503)).toBe(500)
    for (let n = 0; n < 4; n++) answers.push(await ask(new Browser(), 'ana@greenlit.test'))
    expect((await letters()) - before).toBe(by(answers, 200))
    expect((await letters()) - before).toBeLessThanOrEqual(3)
    const refusedOne = answers.at(-1)!
    expect(refusedOne.status).toBe(429)
    expect(Number(refusedOne.headers.get('retry-after'))).toBeGreaterThan(800)
    expect(((await refusedOne.json()) as { detail: string }).detail).toMatch(/Try again in 15 minutes/)
  })

  it('are asked for twenty times an hour by one client, whatever address it claims to have', async () => {
    const client = new Browser()
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, i) =>
        client.post(
          mailDoor,
          '/api/auth/mail',
          { email: `reader-${i}@greenlit.test` },
          { 'X-Forwarded-For': `203.0.113.${i}` },
        ),
      ),
    )
    expect(by(answers, 200)).toBe(20)
    expect(by(answers, 429)).toBe(80)
  })

  it('leave the house 300 times an hour at most', async () => {
    const answers: Response[] = []
    for (let i = 0; i < 320; i += 40)
      answers.push(
        ...(await Promise.all(
          Array.from({ length: 40 }, (_, j) => ask(new Browser(), `crowd-${i + j}@greenlit.test`)),
        )),
      )
    expect(by(answers, 200)).toBe(300)
    expect(by(answers, 429)).toBe(20)
  })

  it('are refused, not sent uncounted, while the counters cannot be read', async () => {
    await db().execute(sql`alter table rate_limit rename to rate_limit_away`)
    try {
      const before = await letters()
      const answer = await ask(new Browser(), 'ana@greenlit.test')
      expect(answer.status).toBe(503)
      expect(answer.headers.get('retry-after')).toBe('30')
      expect(await letters()).toBe(before)
    } finally {
      await db().execute(sql`alter table rate_limit_away rename to rate_limit`)
    }
  })

  it('are counted without keeping the address anywhere', async () => {
    await ask(new Browser(), 'kept-nowhere@greenlit.test')
    const keys = (await db().select().from(rateLimit)).map((row) => row.key).join(' ')
    expect(keys).not.toContain('kept-nowhere')
    expect(keys).not.toContain('192.0.2')
  })

  it('get the same answer, within 5 ms in the median, whether the address has an account or not', async () => {
    const known = 'known@greenlit.test'
    await signInAs(known)
    const times: Record<string, number[]> = { known: [], unknown: [] }
    const words = new Set<string>()
    for (let i = 0; i < 500; i++) {
      for (const [kind, email] of [
        ['known', known],
        ['unknown', `unknown-${i}@greenlit.test`],
      ] as const) {
        await forgetLimits()
        const browser = new Browser()
        const began = performance.now()
        const answer = await ask(browser, email)
        times[kind]!.push(performance.now() - began)
        words.add(`${answer.status} ${await answer.text()} ${[...answer.headers.keys()]}`)
      }
    }
    const median = (list: number[]) => list.toSorted((a, b) => a - b)[list.length / 2]!
    expect(words.size).toBe(1)
    const [ofKnown, ofUnknown] = [median(times.known!), median(times.unknown!)]
    // Asked in turn, so a busy machine slows both alike: 5 ms, or a tenth where everything is slow.
    expect(Math.abs(ofKnown - ofUnknown)).toBeLessThan(Math.max(5, 0.1 * ofUnknown))
  })
})

describe('following', () => {
  afterEach(forgetLimits)

  it('changes sixty times a minute for one reader, however many tabs they have', async () => {
    await makeShow('kingdom')
    const browser = await signInAs('busy@greenlit.test')
    await forgetLimits()
    const fields = { show: 'kingdom', season: '1', want: 'follow' }
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => browser.post(followDoor, '/api/me/follows', fields)),
    )
    expect(by(answers, 200)).toBe(60)
    expect(by(answers, 429)).toBe(40)
  })
})
