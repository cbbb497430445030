/**
 * Random sequences of 200 commands against a simple model of what readers must have been told. A worker is killed by
 * cutting its round short between two of its steps, which is what a kill leaves behind: each step is a transaction.
 *
 * The model knows nothing of holds, histories or outboxes. It asks, when everything has come to rest:
 * - nobody was told the same thing twice in a row, and nobody got one mail twice;
 * - whoever followed throughout and was never muted was last told what is true, of the order and of the date, unless
 *   it fell away, and then a correction or a missed window told them so;
 * - whoever was muted, or had unfollowed, was told nothing meanwhile;
 * - nothing waits for ever.
 *
 * 8 sequences in a test run; GREENLIT_SEQUENCES=2000 runs that many. The seed is printed.
 */
import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { db } from '@/db/client'
import { unfollowSeason } from '@/lib/follows/commands'
import { setFollowWishes } from '@/lib/follows/wishes'
import { retractClaim } from '@/lib/ledger/commands'
import { deriveStates } from '@/lib/ledger/derive'
import { standingOf } from '@/lib/ledger/rules'
import { deriveShows } from '@/lib/ledger/states'
import { tellCorrections } from '@/lib/notices/correct'
import { deliverMail } from '@/lib/notices/deliver'
import { gatherMail } from '@/lib/notices/gather'
import { tellEvents, tellPremieres } from '@/lib/notices/tell'
import { dayOf } from '@/lib/shared/day'
import { formatWindow } from '@/lib/shared/edtf'
import { asOwner } from '../support/database'
import { forgetLimits } from '../support/readers'
import { aFollower, aShow, Clock, days, Inbox, minutes, newsOf, said } from '../support/telling'

const SEQUENCES = Number(process.env.GREENLIT_SEQUENCES ?? 8)
const COMMANDS = 200
const SEED = Number(process.env.GREENLIT_SEED ?? Math.floor(Math.random() * 1e9))

/** Mulberry32: small, and the same everywhere. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

const KINDS = ['renewed', 'cancelled', 'release_date', 'release_date', 'filming_started', 'trailer'] as const
const SOURCES = [
  ['Netflix', 'official'],
  ['Variety', 'trade'],
  ['The Daily', 'press'],
  ['The Post', 'press'],
  ['A Fan', 'fan'],
] as const
const DATES = ['2027-06-01', '2027-07-01', '2027-08-01', '2027-09']
const READERS = ['ana', 'bo', 'cy']
const CORRECTION = /season \d+: A statement by .* no longer counts/

interface Reader {
  address: string
  id: string
  following: boolean
  muted: boolean
  /** Followed from the beginning and was never quiet: must know everything. */
  steady: boolean
  /** Mails they had when they fell silent. */
  quietSince: number | null
}

/** The entry in whose stretch a place falls, stretches as long as the weights. */
function weighted<T extends [number, ...unknown[]]>(list: T[], place: number): T {
  let end = 0
  for (const entry of list) {
    end += entry[0]
    if (place < end) return entry
  }
  return list.at(-1)!
}

async function sequence(seed: number, slug: string): Promise<void> {
  const random = randomFrom(seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
  const clock = new Clock(new Date('2026-11-02T10:00:00Z'))
  const inbox = new Inbox()
  await aShow(slug, clock, 2)
  const readers: Reader[] = []
  for (const name of READERS) {
    const address = `${name}.${slug}@greenlit.test`
    const { id } = await aFollower(address, slug, 2, clock)
    readers.push({ address, id, following: true, muted: false, steady: true, quietSince: null })
  }
  clock.pass(minutes(1))
  const claims: string[] = []
  const count = (reader: Reader) => inbox.mailsTo(reader.address).length
  const steps = [
    () => tellCorrections(clock.now()),
    () => tellEvents(clock.now()),
    () => gatherMail(clock.now()),
    () => deliverMail(inbox.send, clock.now),
  ]
  const settle = async (reader: Reader) => {
    // What is on its way when somebody falls silent may still arrive; what comes later may not.
    for (const step of steps) await step()
    reader.quietSince = count(reader)
    reader.steady = false
  }
  const name = { slug, number: 2 }
  const commands: [weight: number, run: () => Promise<void>][] = [
    [
      30,
      async () => {
        const kind = pick(KINDS)
        const [by, sourceClass] = pick(SOURCES)
        claims.push(
          await said(
            { show: slug, kind, by, sourceClass, date: kind === 'release_date' ? pick(DATES) : null },
            clock,
          ),
        )
      },
    ],
    [
      8,
      async () => {
        const id = claims.length > 0 ? pick(claims) : null
        if (id) await retractClaim(id, 'It was not so.', { today: dayOf(clock.now()), now: clock.now() })
      },
    ],
    [
      6,
      async () => {
        const reader = pick(readers.slice(1))
        if (!reader.following) return
        const muted = !reader.muted
        if (muted) await settle(reader)
        await setFollowWishes({ id: reader.id, email: reader.address }, name, {
          ...{ wants: null, leadDays: null, cadence: null, channels: null, snoozedUntil: null },
          muted,
        })
        reader.muted = muted
        if (!muted) reader.quietSince = null
      },
    ],
    [
      4,
      async () => {
        const reader = pick(readers.slice(1))
        const follower = { id: reader.id, email: reader.address }
        if (reader.following) {
          await settle(reader)
          await unfollowSeason(follower, name)
          reader.following = false
        } else {
          await aFollower(reader.address, slug, 2, clock)
          clock.pass(1)
          reader.following = true
          reader.muted = false
          reader.quietSince = null
        }
      },
    ],
    [
      20,
      async () => {
        clock.pass(minutes(1 + Math.floor(random() * 40)))
      },
    ],
    [
      6,
      async () => {
        clock.pass(days(random() < 0.2 ? 20 : 1))
        await deriveStates({ today: dayOf(clock.now()), now: clock.now(), tell: true, showIds: [showId] })
        await tellPremieres(clock.now())
      },
    ],
    // A worker that is killed gets only so far.
    [
      14,
      async () => void (await Promise.all(steps.slice(0, Math.floor(random() * 4)).map((step) => step()))),
    ],
    [
      12,
      async () => {
        for (const step of steps) await step()
      },
    ],
  ]
  const [{ id: showId } = { id: 0 }] = await db().execute<{ id: number }>(
    sql`select id from show where slug = ${slug}`,
  )
  const total = commands.reduce((sum, [weight]) => sum + weight, 0)
  for (let i = 0; i < COMMANDS; i++) {
    const [, run] = weighted(commands, random() * total)
    await run()
    for (const reader of readers)
      if (reader.quietSince !== null && (reader.muted || !reader.following)) {
        const after = inbox
          .mailsTo(reader.address)
          .slice(reader.quietSince)
          .flatMap(({ text }) => newsOf(text))
        // Only corrections of what they were told may still come.
        expect(
          after.filter((line) => !CORRECTION.test(line)),
          `seed ${seed}: ${reader.address} is not told while silent`,
        ).toEqual([])
      }
  }
  clock.pass(minutes(45))
  for (const step of [...steps, ...steps]) await step()

  const [{ waiting } = { waiting: 0 }] = await db().execute<{ waiting: number }>(sql`
    select (select count(*) from notice where state in ('due', 'gathered'))::int
      + (select count(*) from outbox where processed_at is null)::int + (select count(*) from event where telling = 'held')::int as waiting`)
  expect(waiting, 'nothing waits for ever').toBe(0)
  const ids = inbox.mails.map(({ messageId }) => messageId)
  expect(new Set(ids).size, 'no mail leaves twice').toBe(ids.length)

  const [show] = await deriveShows([showId], dayOf(clock.now()))
  const season = show!.seasons.find(({ facts }) => facts.number === 2)!
  const standing = standingOf(season.status)
  // The ledger keeps dates; mails say them.
  const truth = { ...standing, date: standing.date && formatWindow(standing.date) }
  const over = season.status.status === 'airing' || season.status.status === 'complete'
  for (const reader of readers.filter(({ steady }) => steady)) {
    const told = inbox
      .mailsTo(reader.address)
      .flatMap(({ text }) => newsOf(text).map((line) => line.replace(/^.*?, season \d+: /, '')))
    const order = told.filter((line) => /^(Announced|In the making|Renewed|Cancelled)\.$/.test(line))
    // A cancellation and a missed window end a date: the same one may be given again after them.
    const dates = told
      .filter((line) => /^(A date was given|Premiere moved|Cancelled|The window)/.test(line))
      .map((line) => /: (.*)\.$/.exec(line)?.[1] ?? / to (.*)\.$/.exec(line)?.[1])
    const corrected = told.some((line) => line.startsWith('A statement by'))
    const story = `seed ${seed}: ${told.join(' / ')}; truth ${JSON.stringify(truth)}`
    const twice = (list: (string | undefined)[]) =>
      list.find((line, i) => i > 0 && line !== undefined && line === list[i - 1])
    if (!corrected) {
      expect(
        twice(order.map((line) => (line === 'Cancelled.' ? line : 'ordered'))),
        `no order is told twice, ${story}`,
      ).toBeUndefined()
      expect(twice(dates), `no date is told twice, ${story}`).toBeUndefined()
    }
    // A day says of itself that there will be a season.
    const heardOfIt =
      order.at(-1) === 'Cancelled.' ? 'cancelled' : [...order, ...dates].length > 0 ? 'ordered' : ''
    if (truth.order && !over && !corrected) expect(heardOfIt, story).toBe(truth.order)
    // A date that comes back with a revival stands in the mail about the revival, as the answer.
    const last = inbox.mailsTo(reader.address).at(-1)?.text ?? ''
    if (truth.date && !over && !corrected && !(dates.at(-1) === undefined && last.includes(truth.date)))
      expect(dates.at(-1), story).toBe(truth.date)
  }
}

it(
  `no notice is lost and none is doubled in ${SEQUENCES} random sequences of ${COMMANDS} commands`,
  async () => {
    console.info(`seed ${SEED}`)
    const wrong: string[] = []
    for (let i = 0; i < SEQUENCES; i++) {
      await forgetLimits()
      await sequence(SEED + i, `sequence-${i}`).catch((error: Error) => wrong.push(error.message))
      // The next sequence is not to be slowed by what this one left.
      await asOwner((owner) => owner`truncate show, reader, mail, event, outbox cascade`)
    }
    expect(wrong).toEqual([])
  },
  600_000 + SEQUENCES * 10_000,
)
