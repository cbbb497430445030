/**
 * F7: a mail server that is unwell in every way, and well again. A hundred readers each hear of an official event
 * through the real sender; the clock is moved on by hand. GREENLIT_NOTICES=1000 is the whole figure.
 */
import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { db } from '@/db/client'
import { AT_THE_MACHINE } from '@/lib/accounts/rules'
import { deliverMail, smtpSender } from '@/lib/mail/deliver'
import { retryParked } from '@/lib/notices/commands'
import { gatherMail } from '@/lib/notices/gather'
import { tellEvents } from '@/lib/notices/tell'
import { aCrowd } from '../support/crowd'
import { aShow, Clock, days, minutes, said } from '../support/telling'
import { UnwellServer } from '../support/unwell-smtp'

const NOTICES = Number(process.env.GREENLIT_NOTICES ?? 100)
/** A tenth of the readers, for what befalls some of them. */
const SOME = NOTICES / 10

let server: UnwellServer
let clock: Clock
let shows = 0
let printed: string[]

beforeAll(async () => {
  await db().execute(sql`analyze`)
})
beforeEach(async () => {
  server = await UnwellServer.start()
  clock = new Clock(new Date('2026-11-02T10:00:00Z'))
  await db().execute(sql`delete from mail`)
  await db().execute(sql`delete from reader`)
  printed = []
  for (const name of ['log', 'warn', 'error'] as const)
    vi.spyOn(console, name).mockImplementation((...said) => void printed.push(said.join(' ')))
})
afterEach(async () => {
  vi.restoreAllMocks()
  await server.close()
  expect(printed.filter((line) => line.includes('@'))).toEqual([])
})
afterAll(async () => {
  vi.restoreAllMocks()
})

/** An official event, told to so many readers: their mails wait to be sent. */
async function news(count = NOTICES): Promise<void> {
  const slug = `unwell-${++shows}`
  await aShow(slug, clock)
  await aCrowd({ count, name: 'ana', slug, number: 2 }, clock.now())
  await said({ show: slug, kind: 'renewed', sourceClass: 'official' }, clock)
  await tellEvents(clock.now())
  await gatherMail(clock.now())
  await db().execute(sql`analyze mail, notice`)
  expect(await states()).toEqual({ gathered: count })
}

/** One run of the worker's task. */
async function deliver({ sign = '', options = '' } = {}) {
  const { send, close } = smtpSender({
    ...process.env,
    SMTP_URL: `smtp://${sign}${server.address}/${options}`,
  })
  try {
    return await deliverMail(send, clock.now)
  } finally {
    close()
  }
}

async function states(): Promise<Record<string, number>> {
  const rows = await db().execute<{ state: string; count: number }>(
    sql`select state, count(*)::int as count from notice group by state order by state`,
  )
  return Object.fromEntries([...rows].map(({ state, count }) => [state, count]))
}

/** What is noted of refusals, of mails, notices and channels: never an address. */
async function noted(): Promise<string[]> {
  const rows = await db().execute<{ words: string }>(sql`
    select distinct words from (select last_error as words from mail union select outcome from notice
      union select last_refusal from channel) all_words where words is not null`)
  const words = [...rows].map((row) => row.words)
  expect(words.filter((line) => line.includes('@'))).toEqual([])
  return words
}
const suspended = async () => {
  const [row] = await db().execute<{ count: number }>(
    sql`select count(*)::int as count from channel where suspended_at is not null`,
  )
  return row!.count
}

/** How often the server took each reader's mail; every copy of one carries one Message-ID. */
function takenByReader(): Map<string, number> {
  const ids = new Map<string, string>()
  const count = new Map<string, number>()
  for (const { to, messageId } of server.taken) {
    expect(messageId).toMatch(/^<notice\.\d+@greenlit\.test>$/)
    expect(ids.get(to) ?? messageId).toBe(messageId)
    ids.set(to, messageId)
    count.set(to, (count.get(to) ?? 0) + 1)
  }
  return count
}
function everybodyOnce(count = NOTICES): void {
  const taken = takenByReader()
  expect(taken.size).toBe(count)
  expect([...taken.values()].every((copies) => copies === 1)).toBe(true)
}

const numberOf = (address: string) => Number(/\d+/.exec(address)![0])
const isSome = (address: string) => numberOf(address) <= SOME

it('a server without time (421) is asked again and again, for a mail is not worn out by it', async () => {
  await news()
  server.mood = { greeting: '421 4.3.2 not now, says postmaster@unwell.test' }
  for (let run = 0; run < 12; run++) {
    const { sent, later, parked } = await deliver()
    expect([sent, parked]).toEqual([0, 0])
    // A run gives up soon: it does not knock a thousand times at a closed door.
    expect(later).toBeLessThanOrEqual(8 + 3)
    clock.pass(minutes(31))
  }
  expect(await states()).toEqual({ gathered: NOTICES })
  server.mood = {
    rcpt: (to, attempt) => (isSome(to) && attempt === 1 ? '421 4.3.2 closing now' : undefined),
  }
  for (let run = 0; run < 4; run++) {
    await deliver()
    clock.pass(minutes(31))
  }
  expect(await states()).toEqual({ sent: NOTICES })
  everybodyOnce()
  await noted()
})

it('who is put off (451) is asked again with growing pauses, and parked after eight times', async () => {
  await news()
  server.mood = {
    rcpt: (to, attempt) =>
      attempt === 1 || numberOf(to) <= 5 ? `451 4.7.1 <${to}>: greylisted, ask bo@elsewhere.test` : undefined,
  }
  expect(await deliver()).toEqual({ sent: 0, later: NOTICES, parked: 0 })
  expect(await deliver()).toEqual({ sent: 0, later: 0, parked: 0 })
  clock.pass(minutes(1))
  expect(await deliver()).toEqual({ sent: NOTICES - 5, later: 5, parked: 0 })
  for (let attempt = 3; attempt <= 8; attempt++) {
    clock.pass(minutes(301))
    expect(await deliver()).toEqual({ sent: 0, later: attempt < 8 ? 5 : 0, parked: attempt < 8 ? 0 : 5 })
  }
  expect(await states()).toEqual({ parked: 5, sent: NOTICES - 5 })
  expect(await suspended()).toBe(0)
  await noted()
  server.mood = {}
  expect(await retryParked(AT_THE_MACHINE, clock.now())).toBe(5)
  expect(await deliver()).toEqual({ sent: 5, later: 0, parked: 0 })
  everybodyOnce()
})

it('who is unknown (550) is parked at once and written to no more, until an operator says so', async () => {
  await news()
  server.mood = { rcpt: (to) => (isSome(to) ? `550 5.1.1 <${to.toUpperCase()}>: no such user` : undefined) }
  expect(await deliver()).toEqual({ sent: NOTICES - SOME, later: 0, parked: SOME })
  expect(await states()).toEqual({ parked: SOME, sent: NOTICES - SOME })
  expect(await suspended()).toBe(SOME)
  expect((await noted()).join()).toContain('no such user')
  clock.pass(days(1))
  expect(await deliver()).toEqual({ sent: 0, later: 0, parked: 0 })
  server.mood = {}
  expect(await retryParked(AT_THE_MACHINE, clock.now())).toBe(SOME)
  expect(await suspended()).toBe(0)
  expect(await deliver()).toEqual({ sent: SOME, later: 0, parked: 0 })
  everybodyOnce()
})

it('a mail that is refused when it is read (552) is parked; its reader is not given up', async () => {
  await news()
  server.mood = { data: (to) => (isSome(to) ? '552 5.3.4 too large' : undefined) }
  expect(await deliver()).toEqual({ sent: NOTICES - SOME, later: 0, parked: SOME })
  expect(await states()).toEqual({ parked: SOME, sent: NOTICES - SOME })
  expect(await suspended()).toBe(0)
  server.mood = {}
  await retryParked(AT_THE_MACHINE, clock.now())
  expect(await deliver()).toEqual({ sent: SOME, later: 0, parked: 0 })
  everybodyOnce()
})

it.each(['drop, not taken', 'drop, taken'] as const)(
  'a connection lost behind the mail (%s) costs at most a double, with the same Message-ID',
  async (fate) => {
    await news()
    server.mood = { data: (to, attempt) => (isSome(to) && attempt === 1 ? fate : undefined) }
    const first = await deliver()
    expect(first).toMatchObject({ later: SOME, parked: 0 })
    server.mood = {}
    clock.pass(minutes(31))
    expect(await deliver()).toEqual({ sent: NOTICES - first.sent, later: 0, parked: 0 })
    expect(await states()).toEqual({ sent: NOTICES })
    const taken = takenByReader()
    expect(taken.size).toBe(NOTICES)
    for (const [to, copies] of taken) expect(copies).toBe(fate === 'drop, taken' && isSome(to) ? 2 : 1)
    await noted()
  },
)

it('a server that dribbles its answers is waited for', async () => {
  // A mail takes it half a second: fifty of them on four connections are enough to see that none is given up.
  const count = Math.min(50, NOTICES)
  await news(count)
  server.mood = { dribbleMs: 15 }
  expect(await deliver()).toEqual({ sent: count, later: 0, parked: 0 })
  everybodyOnce(count)
})

it('TLS that is asked for and does not come about: nothing is said in the clear, nothing is parked', async () => {
  await news()
  server.mood = { brokenTls: true }
  for (let run = 0; run < 10; run++) {
    const { sent, parked } = await deliver({ options: '?requireTLS=true' })
    expect([sent, parked]).toEqual([0, 0])
    clock.pass(minutes(31))
  }
  expect(server.attempts.size).toBe(0)
  server.mood = {}
  // A server that offers none is not spoken to either, for it was asked for.
  expect(await deliver({ options: '?requireTLS=true' })).toMatchObject({ sent: 0, parked: 0 })
  expect(server.attempts.size).toBe(0)
  clock.pass(minutes(31))
  expect(await deliver()).toEqual({ sent: NOTICES, later: 0, parked: 0 })
  everybodyOnce()
})

it('our own password refused (535) parks nobody’s mail for days, and all of it leaves when it is right again', async () => {
  await news()
  const sign = 'greenlit:secret@'
  server.mood = { auth: '535 5.7.8 greenlit@greenlit.test: not with this password' }
  for (let run = 0; run < 20; run++) {
    const { sent, parked } = await deliver({ sign })
    expect([sent, parked]).toEqual([0, 0])
    clock.pass(minutes(300))
  }
  expect(await states()).toEqual({ gathered: NOTICES })
  expect((await noted()).join()).not.toContain('secret')
  server.mood = { auth: '235 welcome' }
  expect(await deliver({ sign })).toEqual({ sent: NOTICES, later: 0, parked: 0 })
  everybodyOnce()
})
