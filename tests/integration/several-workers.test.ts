import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { db } from '@/db/client'
import { addDays } from '@/lib/shared/day'
import { aCrowd } from '../support/crowd'
import { aShow, Clock, days, Inbox, minutes, said, work } from '../support/telling'

// They have a worker's patience with each other's locks, and connections enough to be really at once.
process.env.GREENLIT_ROLE = 'worker'
process.env.DATABASE_POOL = '12'

const ROUNDS = Number(process.env.GREENLIT_ROUNDS ?? 30)
const READERS = 5
const WORKERS = 3

it(`${WORKERS} workers at once tell ${ROUNDS} events to everybody once: no fan-out, no notice and no mail is doubled`, {
  timeout: 300_000,
}, async () => {
  const clock = new Clock(new Date('2026-11-02T10:00:00Z'))
  const inbox = new Inbox()
  await aShow('kingdom', clock)
  await aCrowd({ count: READERS, name: 'ana', slug: 'kingdom', number: 2 }, clock.now())
  for (let round = 0; round < ROUNDS; round++) {
    clock.pass(days(1))
    const date = addDays('2027-06-01', round)
    // Every other one is held for a while, so that the workers also meet when they decide about it.
    const sourceClass = round % 2 === 0 ? 'official' : 'trade'
    await said({ show: 'kingdom', kind: 'release_date', date, by: `Paper ${round}`, sourceClass }, clock)
    clock.pass(minutes(31))
    await Promise.all(Array.from({ length: WORKERS }, () => work(clock, inbox)))
  }
  const [ledger] = await db().execute<{ told: number; notices: number; open: number }>(sql`
    select (select count(*)::int from event where telling = 'told') as told, (select count(*)::int from notice) as notices,
      (select count(*)::int from outbox where processed_at is null) as open`)
  expect(ledger!.told).toBeGreaterThanOrEqual(ROUNDS / 2)
  expect(ledger).toEqual({ told: ledger!.told, notices: ledger!.told * READERS, open: 0 })
  expect(inbox.mails).toHaveLength(ledger!.notices)
  expect(new Set(inbox.mails.map(({ messageId }) => messageId)).size).toBe(ledger!.notices)
  const [unsettled] = await db().execute<{ count: number }>(
    sql`select count(*)::int as count from notice where state <> 'sent'`,
  )
  expect(unsettled!.count).toBe(0)
})
