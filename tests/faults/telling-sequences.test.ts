/**
 * Random sequences of 200 commands against a simple model of what readers must have been told. A sequence is what
 * happens to one show and its three readers; ten run in one world, with one clock, one worker and one mail server, so
 * that the commands of one fall between those of the others. A worker is killed by cutting its round short between two
 * of its steps, which is what a kill leaves behind: each step is a transaction.
 *
 * The model knows nothing of holds, histories or outboxes. It asks, when everything has come to rest:
 * - nobody was told the same thing twice in a row, and nobody got one mail twice;
 * - whoever followed throughout and was never muted was last told what is true, of the order and of the date, unless
 *   it fell away, and then a correction or a missed window told them so;
 * - whoever was muted, or had unfollowed, was told nothing meanwhile;
 * - nothing waits for ever.
 *
 * 20 sequences in a test run; GREENLIT_SEQUENCES=2000 runs that many. The seed is printed.
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
import { deliverMail } from '@/lib/mail/deliver'
import { tellCorrections } from '@/lib/notices/correct'
import { gatherMail } from '@/lib/notices/gather'
import { tellEvents, tellPremieres } from '@/lib/notices/tell'
import { dayOf } from '@/lib/shared/day'
import { formatWindow } from '@/lib/shared/edtf'
import { seeded } from '@/lib/shared/random'
import { asOwner } from '../support/database'
import { forgetLimits } from '../support/readers'
import { aFollower, aShow, Clock, days, Inbox, minutes, newsOf, said } from '../support/telling'

// No reader waits here, and a busy machine is no fault of what is asked: the worker's patience.
process.env.GREENLIT_ROLE = 'worker'

const SEQUENCES = Number(process.env.GREENLIT_SEQUENCES ?? 20)
const COMMANDS = 200
/** How many sequences share a world. */
const TOGETHER = 10
const SEED = Number(process.env.GREENLIT_SEED ?? Math.floor(Math.random() * 1e9))

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

type Command = [weight: number, run: () => Promise<unknown>]

/** One of some commands by their weights, drawn by chance. */
function drawn(commands: Command[], random: () => number): Command[1] {
  const total = commands.reduce((sum, [weight]) => sum + weight, 0)
  return weighted(commands, random() * total)[1]
}

/** The clock, the mail server and the worker that the sequences share. */
class World {
  readonly clock = new Clock(new Date('2026-11-02T10:00:00Z'))
  readonly inbox = new Inbox()
  private last: Promise<unknown> = Promise.resolve()
  readonly steps = [
    () => tellCorrections(this.clock.now()),
    () => tellEvents(this.clock.now()),
    () => gatherMail(this.clock.now()),
    () => deliverMail(this.inbox.send, this.clock.now),
  ]

  /** A worker's round up to a step, after the round that is under way. */
  round(steps = this.steps.length): Promise<unknown> {
    const run = async () => {
      for (const step of this.steps.slice(0, steps)) await step()
    }
    this.last = this.last.then(run, run)
    return this.last
  }

  /** What happens to all shows at once: time passes, days begin, the worker works, or is killed half-way. */
  commands(random: () => number, showIds: () => number[]): Command[] {
    const { clock } = this
    return [
      [20, async () => clock.pass(minutes(1 + Math.floor(random() * 40)))],
      [
        6,
        async () => {
          clock.pass(days(random() < 0.2 ? 20 : 1))
          await deriveStates({ today: dayOf(clock.now()), now: clock.now(), tell: true, showIds: showIds() })
          await tellPremieres(clock.now())
        },
      ],
      [14, () => this.round(Math.floor(random() * 4))],
      [12, () => this.round()],
    ]
  }
}

/** A show with three readers, and what is done to them. */
class Sequence {
  private readonly random: () => number
  private readonly readers: Reader[] = []
  private readonly claims: string[] = []
  showId = 0

  constructor(
    private readonly world: World,
    private readonly seed: number,
    private readonly slug: string,
  ) {
    this.random = seeded(seed)
  }

  async begin(): Promise<void> {
    const { slug, world } = this
    await aShow(slug, world.clock, 2)
    for (const name of READERS) {
      const address = `${name}.${slug}@greenlit.test`
      const { id } = await aFollower(address, slug, 2, world.clock)
      this.readers.push({ address, id, following: true, muted: false, steady: true, quietSince: null })
    }
    const [row] = await db().execute<{ id: number }>(sql`select id from show where slug = ${slug}`)
    this.showId = row!.id
  }

  private pick = <T>(list: readonly T[]): T => list[Math.floor(this.random() * list.length)]!
  private count = ({ address }: Reader) => this.world.inbox.mailsTo(address).length

  /** What is on its way when somebody falls silent may still arrive; what comes later may not. */
  private async settle(reader: Reader): Promise<void> {
    await this.world.round()
    reader.quietSince = this.count(reader)
    reader.steady = false
  }

  private readonly commands: Command[] = [
    [
      30,
      async () => {
        const kind = this.pick(KINDS)
        const [by, sourceClass] = this.pick(SOURCES)
        const date = kind === 'release_date' ? this.pick(DATES) : null
        this.claims.push(await said({ show: this.slug, kind, by, sourceClass, date }, this.world.clock))
      },
    ],
    [
      8,
      async () => {
        const now = this.world.clock.now()
        const id = this.claims.length > 0 ? this.pick(this.claims) : null
        if (id) await retractClaim(id, 'It was not so.', { today: dayOf(now), now })
      },
    ],
    [
      6,
      async () => {
        const reader = this.pick(this.readers.slice(1))
        if (!reader.following) return
        const muted = !reader.muted
        if (muted) await this.settle(reader)
        await setFollowWishes({ id: reader.id, email: reader.address }, this.season, {
          wants: null,
          leadDays: null,
          cadence: null,
          channels: null,
          snoozedUntil: null,
          muted,
        })
        reader.muted = muted
        if (!muted) reader.quietSince = null
      },
    ],
    [
      4,
      async () => {
        const reader = this.pick(this.readers.slice(1))
        if (reader.following) {
          await this.settle(reader)
          await unfollowSeason({ id: reader.id, email: reader.address }, this.season)
          reader.following = false
        } else {
          await aFollower(reader.address, this.slug, 2, this.world.clock)
          this.world.clock.pass(1)
          reader.following = true
          reader.muted = false
          reader.quietSince = null
        }
      },
    ],
  ]

  private get season() {
    return { slug: this.slug, number: 2 }
  }

  /** Does one thing to the show or to one of its readers. */
  act = () => drawn(this.commands, this.random)()

  /** Whoever is muted, or has unfollowed, is told nothing. */
  silenceIsKept(): void {
    for (const reader of this.readers) {
      if (reader.quietSince === null || !(reader.muted || !reader.following)) continue
      const after = this.world.inbox
        .mailsTo(reader.address)
        .slice(reader.quietSince)
        .flatMap(({ text }) => newsOf(text))
      // Only corrections of what they were told may still come.
      expect(
        after.filter((line) => !CORRECTION.test(line)),
        `seed ${this.seed}: ${reader.address} is not told while silent`,
      ).toEqual([])
    }
  }

  /** Whoever followed throughout was last told what is true, and nothing twice in a row. */
  async truthIsTold(): Promise<void> {
    const { clock, inbox } = this.world
    const [show] = await deriveShows([this.showId], dayOf(clock.now()))
    const season = show!.seasons.find(({ facts }) => facts.number === 2)!
    const standing = standingOf(season.status)
    // The ledger keeps dates; mails say them.
    const truth = { ...standing, date: standing.date && formatWindow(standing.date) }
    const over = season.status.status === 'airing' || season.status.status === 'complete'
    for (const reader of this.readers.filter(({ steady }) => steady)) {
      const told = inbox
        .mailsTo(reader.address)
        .flatMap(({ text }) => newsOf(text).map((line) => line.replace(/^.*?, season \d+: /, '')))
      const order = told.filter((line) => /^(Announced|In the making|Renewed|Cancelled)\.$/.test(line))
      // A cancellation and a missed window end a date: the same one may be given again after them.
      const dates = told
        .filter((line) => /^(A date was given|Premiere moved|Cancelled|The window)/.test(line))
        .map((line) => /: (.*)\.$/.exec(line)?.[1] ?? / to (.*)\.$/.exec(line)?.[1])
      const corrected = told.some((line) => line.startsWith('A statement by'))
      const story = `seed ${this.seed}: ${told.join(' / ')}; truth ${JSON.stringify(truth)}`
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
}

/** Some sequences side by side. @returns what was wrong */
async function together(seed: number, count: number): Promise<string[]> {
  const random = seeded(seed)
  const world = new World()
  const sequences = Array.from({ length: count }, (_, i) => new Sequence(world, seed + i, `sequence-${i}`))
  for (const sequence of sequences) await sequence.begin()
  world.clock.pass(minutes(1))
  const forAll = world.commands(random, () => sequences.map(({ showId }) => showId))
  const forOne: Command = [48, () => Promise.all(sequences.map((sequence) => sequence.act()))]
  const wrong = new Map<Sequence, string>()
  const ask = async (sequence: Sequence, question: () => void | Promise<void>) => {
    try {
      await question()
    } catch (error) {
      wrong.set(sequence, wrong.get(sequence) ?? (error as Error).message)
    }
  }
  for (let i = 0; i < COMMANDS; i++) {
    await drawn([...forAll, forOne], random)()
    for (const sequence of sequences) await ask(sequence, () => sequence.silenceIsKept())
  }
  world.clock.pass(minutes(45))
  for (let round = 0; round < 2; round++) await world.round()
  for (const sequence of sequences) await ask(sequence, () => sequence.truthIsTold())

  const [{ waiting } = { waiting: 0 }] = await db().execute<{ waiting: number }>(sql`
    select (select count(*) from notice where state in ('due', 'gathered'))::int
      + (select count(*) from outbox where processed_at is null)::int + (select count(*) from event where telling = 'held')::int as waiting`)
  const ids = world.inbox.mails.map(({ messageId }) => messageId)
  return [
    ...wrong.values(),
    ...(waiting > 0 ? [`seed ${seed}: ${waiting} wait for ever`] : []),
    ...(new Set(ids).size < ids.length ? [`seed ${seed}: a mail left twice`] : []),
  ]
}

it(
  `no notice is lost and none is doubled in ${SEQUENCES} random sequences of ${COMMANDS} commands`,
  async () => {
    console.info(`seed ${SEED}`)
    const wrong: string[] = []
    for (let done = 0; done < SEQUENCES; done += TOGETHER) {
      await forgetLimits()
      wrong.push(...(await together(SEED + done, Math.min(TOGETHER, SEQUENCES - done))))
      // The next world is not to be slowed by what this one left.
      await asOwner((owner) => owner`truncate show, reader, mail, event, outbox cascade`)
    }
    expect(wrong).toEqual([])
  },
  600_000 + SEQUENCES * 10_000,
)
