import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EVENT_KINDS, type EventKind, SOURCE_CLASSES, WANTS } from '@/db/schema/words'
import { holdMs, isUnheld, lastTold, settleHeld } from '@/lib/ledger/hold'
import type { HeldEvent } from '@/lib/ledger/types'
import {
  ATTEMPTS_MAX,
  afterFailure,
  isDeadAddress,
  isUnreached,
  leaseMs,
  retryDelayMs,
  UNREACHED_MAX_MS,
} from '@/lib/mail/rules'
import type { NoticeKind } from '@/lib/notices/types'
import { isWanted, wishesOf } from '@/lib/notices/wants'
import { WANT_CHOICES, WANT_WORDS } from '@/lib/notices/words'
import { EnvironmentError } from '@/lib/shared/env'
import type { LedgerEvent } from '@/lib/status/claim'

const RUNS = Number(process.env.GREENLIT_PROPERTY_RUNS ?? 1000)
const MINUTE_MS = 60_000
/** Readers who were told nothing yet. */
const NEWS_TO_ALL = { order: null, date: null }
const HELD_MS = 30 * MINUTE_MS

describe('what a reader asked for', () => {
  const kinds: NoticeKind[] = [...EVENT_KINDS, 'premiere']

  it.each(kinds)(
    '%s is told to who asked for one thing, and to nobody who asked for all the others',
    (kind) => {
      const asked = WANTS.filter((want) => isWanted(kind, { wants: [want] }))
      expect(asked).toHaveLength(1)
      expect(isWanted(kind, { wants: WANTS.filter((want) => want !== asked[0]) })).toBe(false)
      expect(WANT_WORDS[kind]).toBeTruthy()
    },
  )

  it('every choice of the form tells something, and a correction needs no asking', () => {
    for (const want of WANTS) {
      expect(kinds.some((kind) => isWanted(kind, { wants: [want] }))).toBe(true)
      expect(WANT_CHOICES[want].label).toBeTruthy()
    }
    expect(isWanted('correction', { wants: [] })).toBe(true)
  })

  it('for one season goes before what was asked for all of them, an empty wish list included', () => {
    const own = { ...ANY_WISHES, wants: [...WANTS], leadDays: 3 }
    expect(wishesOf(own, { wants: null, leadDays: null, cadence: null })).toEqual(own)
    expect(wishesOf(own, { wants: [], leadDays: 0, cadence: 'weekly' })).toEqual({
      ...own,
      wants: [],
      leadDays: 0,
      cadence: 'weekly',
    })
  })
})

const ANY_WISHES = {
  timeZone: 'UTC',
  cadence: 'now' as const,
  digestHour: 8,
  digestWeekday: 1,
  quietFrom: null,
  quietTo: null,
  leadDays: 0,
  spoilerSafe: true,
}

/** What is said one after the other about a question: where it led from where. */
type Chain = { from: string; steps: string[]; untilMs: number[] }

const chainOf = (from: fc.Arbitrary<string>, to: fc.Arbitrary<string>): fc.Arbitrary<Chain> =>
  fc
    .tuple(from, fc.array(fc.tuple(to, fc.integer({ min: 0, max: 60 })), { minLength: 1, maxLength: 6 }))
    .map(([start, said]) => {
      const chain: Chain = { from: start, steps: [], untilMs: [] }
      for (const [value, until] of said)
        if (value !== (chain.steps.at(-1) ?? start)) {
          chain.steps.push(value)
          chain.untilMs.push(until * MINUTE_MS)
        }
      return chain
    })
    .filter(({ steps }) => steps.length > 0)
const dates = chainOf(
  fc.constantFrom('', 'May 2027', 'June 2027'),
  fc.constantFrom('May 2027', 'June 2027', '2028'),
)
const orders = chainOf(fc.constantFrom('', 'ordered', 'cancelled'), fc.constantFrom('ordered', 'cancelled'))

let ids = 0
const held = (event: Partial<HeldEvent> & { kind: EventKind }): HeldEvent => ({
  id: ++ids,
  was: '',
  became: '',
  happenedOn: '2026-11-02',
  heldUntilMs: 0,
  ...event,
})
const asDates = ({ from, steps, untilMs }: Chain): HeldEvent[] =>
  steps.map((became, index) => {
    const was = index === 0 ? from : steps[index - 1]!
    return held({ kind: was === '' ? 'dated' : 'moved', was, became, heldUntilMs: untilMs[index]! })
  })
const STATUS: Record<string, string> = { '': 'unannounced', ordered: 'announced', cancelled: 'cancelled' }
const asOrders = ({ from, steps, untilMs }: Chain): HeldEvent[] =>
  steps.map((to, index) => {
    const was = index === 0 ? from : steps[index - 1]!
    const kind = to === 'cancelled' ? 'cancelled' : was === '' ? 'announced' : 'renewed'
    return held({ kind, was: STATUS[was]!, became: STATUS[to]!, heldUntilMs: untilMs[index]! })
  })
const standing = (order: string, date: string) => ({ order: order as 'ordered', date })
const idsOf = (events: HeldEvent[]) => events.map(({ id }) => id).sort((a, b) => a - b)
const inHistory = ({ kind, was, became, happenedOn }: HeldEvent): LedgerEvent => ({
  season: 2,
  because: [],
  kind,
  was,
  became,
  happenedOn,
})

describe('what is held', () => {
  it('and taken back, in however many steps, is told to nobody; otherwise the last word is', () => {
    fc.assert(
      fc.property(dates, orders, (date, order) => {
        const events = [...asDates(date), ...asOrders(order)]
        const now = standing(order.steps.at(-1)!, date.steps.at(-1)!)
        const { tell, withdraw, againAtMs } = settleHeld(
          events,
          { standing: now, history: [], known: NEWS_TO_ALL },
          HELD_MS * 3,
        )
        for (const [chain, isOrder] of [
          [date, false],
          [order, true],
        ] as const) {
          const told = tell.filter(({ kind }) => /dated|moved/.test(kind) !== isOrder)
          const last = chain.steps.at(-1)!
          // One step is never back where it began: it led somewhere else.
          if (last === chain.from) expect(told).toEqual([])
          else expect(told.map(({ became }) => became)).toEqual([isOrder ? STATUS[last] : last])
        }
        expect(againAtMs).toBeNull()
        expect(idsOf([...tell, ...withdraw.map(({ event }) => event)])).toEqual(idsOf(events))
      }),
      { numRuns: RUNS },
    )
  })

  it('is decided about question by question, whatever else is held in between', () => {
    const interleaved = fc.tuple(dates, orders, fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }))
    fc.assert(
      fc.property(interleaved, fc.integer({ min: 0, max: 90 }), ([date, order, first], minute) => {
        const [a, b] = [asDates(date), asOrders(order)]
        const mixed: HeldEvent[] = []
        for (let [i, j, k] = [0, 0, 0]; i < a.length || j < b.length; k++)
          mixed.push(j >= b.length || (i < a.length && first[k]) ? a[i++]! : b[j++]!)
        const world = {
          standing: standing(order.steps.at(-1)!, date.steps.at(-1)!),
          history: [],
          known: NEWS_TO_ALL,
        }
        const together = settleHeld(mixed, world, minute * MINUTE_MS)
        const apart = [a, b].map((events) => settleHeld(events, world, minute * MINUTE_MS))
        expect(idsOf(together.tell)).toEqual(idsOf(apart.flatMap(({ tell }) => tell)))
        expect(idsOf(together.withdraw.map(({ event }) => event))).toEqual(
          idsOf(apart.flatMap(({ withdraw }) => withdraw.map(({ event }) => event))),
        )
        const again = apart.flatMap(({ againAtMs }) => againAtMs ?? [])
        expect(together.againAtMs).toBe(again.length > 0 ? Math.min(...again) : null)
      }),
      { numRuns: RUNS },
    )
  })

  it('is not told before its time, and looked at again exactly then', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: 0, max: 70 }), (date, minute) => {
        const nowMs = minute * MINUTE_MS
        const events = asDates(date)
        const world = { standing: standing('', date.steps.at(-1)!), history: [], known: NEWS_TO_ALL }
        const { tell, withdraw, againAtMs } = settleHeld(events, world, nowMs)
        for (const { heldUntilMs } of tell) expect(heldUntilMs).toBeLessThanOrEqual(nowMs)
        if (events.at(-1)!.heldUntilMs > nowMs) {
          expect([tell, withdraw]).toEqual([[], []])
          expect(againAtMs).toBe(events.at(-1)!.heldUntilMs)
          expect(settleHeld(events, world, againAtMs!).againAtMs).toBeNull()
        }
      }),
      { numRuns: RUNS },
    )
  })

  it('and no longer stands is withdrawn, whoever said it last', () => {
    fc.assert(
      fc.property(dates, orders, (date, order) => {
        const events = [...asDates(date), ...asOrders(order)]
        const { tell, withdraw } = settleHeld(
          events,
          { standing: standing('', ''), history: [], known: NEWS_TO_ALL },
          HELD_MS * 3,
        )
        expect(tell).toEqual([])
        expect(withdraw.every(({ reason }) => reason === 'no longer holds')).toBe(true)
      }),
      { numRuns: RUNS / 10 },
    )
  })

  it('what readers know already is not told them again, unless a cancellation or a missed window came between', () => {
    const said = (kind: HeldEvent['kind'], became: string): HeldEvent => ({
      id: 1,
      kind,
      was: '',
      became,
      happenedOn: '2026-11-02',
      heldUntilMs: 0,
    })
    const world = { standing: { order: 'ordered' as const, date: '2027-06-01' }, history: [] }
    const date = said('dated', '2027-06-01')
    const told = [said('announced', 'announced'), date]
    expect(settleHeld([date], { ...world, known: lastTold(told) }, 1).tell).toEqual([])
    for (const end of [said('cancelled', 'cancelled'), said('window-missed', '')])
      expect(settleHeld([date], { ...world, known: lastTold([...told, end]) }, 1).tell).toEqual([date])
  })

  it('about neither order nor date is told where the history still holds it, and what the clock brought in any case', () => {
    for (const kind of [
      'final-season',
      'filming-started',
      'filming-wrapped',
      'trailer',
      'cast-confirmed',
    ] as const) {
      const event = held({ kind, became: kind === 'cast-confirmed' ? 'Ann Lee' : '', heldUntilMs: HELD_MS })
      const world = { standing: standing('ordered', ''), history: [inHistory(event)], known: NEWS_TO_ALL }
      expect(settleHeld([event], world, HELD_MS - 1)).toEqual({ tell: [], withdraw: [], againAtMs: HELD_MS })
      expect(settleHeld([event], world, HELD_MS).tell).toEqual([event])
      expect(settleHeld([event], { ...world, history: [] }, HELD_MS).withdraw).toEqual([
        { event, reason: 'no longer holds' },
      ])
    }
    for (const kind of ['window-missed', 'premiered', 'complete'] as const) {
      const event = held({ kind, was: '2026-05' })
      expect(
        settleHeld([event], { standing: standing('', ''), history: [], known: NEWS_TO_ALL }, 0).tell,
      ).toEqual([event])
    }
  })

  it('is held for half an hour unless told otherwise, and not at all where the makers said it or the clock brought it', () => {
    for (const kind of EVENT_KINDS) {
      expect(isUnheld(kind, ['press', 'official'])).toBe(true)
      const byTheClock = ['window-missed', 'premiered', 'complete'].includes(kind)
      for (const one of SOURCE_CLASSES) expect(isUnheld(kind, [one])).toBe(byTheClock || one === 'official')
    }
    const minutesOf = (text?: string) => holdMs({ GREENLIT_HOLD_MINUTES: text }) / MINUTE_MS
    expect([undefined, '', '5', '0', '1440'].map(minutesOf)).toEqual([30, 30, 5, 0, 1440])
    for (const text of ['-3', '999999', 'soon']) expect(() => minutesOf(text), text).toThrow(EnvironmentError)
  })
})

const refusal = (responseCode: number, command?: string, code?: string) => ({ responseCode, command, code })

describe('what becomes of a mail that could not be sent', () => {
  const young = { attempts: 1, ageMs: 0 }

  it.each([
    ['a full or unknown mailbox', refusal(550, 'RCPT TO', 'EENVELOPE')],
    ['a mail that is too large', refusal(552, 'DATA', 'EMESSAGE')],
    ['a mail that is taken for spam', refusal(554, 'DATA', 'EMESSAGE')],
  ])('%s is parked at once', (_, error) => {
    expect(afterFailure(error, young)).toEqual({ parked: true })
  })

  it.each([
    ['no server', { code: 'ECONNREFUSED' }],
    ['a connection lost on the way', { code: 'ECONNECTION', command: 'CONN' }],
    ['TLS that does not come about', { code: 'ETLS', command: 'STARTTLS' }],
    ['a server that has no time', refusal(421, 'RCPT TO', 'EENVELOPE')],
    ['a server that greets nobody', refusal(554, 'CONN', 'EPROTOCOL')],
    ['our password, refused', refusal(535, 'AUTH PLAIN', 'EAUTH')],
    ['a sign-in that is asked for', refusal(530, 'MAIL FROM', 'EENVELOPE')],
    ['our sender address, refused', refusal(550, 'MAIL FROM', 'EENVELOPE')],
  ])('%s is no fault of the mail: it is tried for five days, and no address is given up', (_, error) => {
    expect(isUnreached(error)).toBe(true)
    expect(isDeadAddress(error)).toBe(false)
    for (const attempts of [1, ATTEMPTS_MAX, 100])
      expect(afterFailure(error, { attempts, ageMs: UNREACHED_MAX_MS })).toEqual({
        parked: false,
        retryMs: Math.min(retryDelayMs(attempts), 30 * MINUTE_MS),
      })
    expect(afterFailure(error, { attempts: 1, ageMs: UNREACHED_MAX_MS + 1 })).toEqual({ parked: true })
  })

  it('a refusal for now is tried eight times with growing pauses', () => {
    const pauses = Array.from({ length: ATTEMPTS_MAX }, (_, index) =>
      afterFailure(refusal(451, 'RCPT TO'), { attempts: index + 1, ageMs: index * 5 * 3_600_000 }),
    )
    expect(pauses.at(-1)).toEqual({ parked: true })
    const waits = pauses.slice(0, -1).map((pause) => (pause.parked ? Number.NaN : pause.retryMs))
    expect(waits).toEqual([30_000, 120_000, 480_000, 1_920_000, 7_680_000, 18_000_000, 18_000_000])
  })

  it('only a refusal of the recipient gives an address up', () => {
    expect(isDeadAddress(refusal(550, 'RCPT TO', 'EENVELOPE'))).toBe(true)
    expect(isDeadAddress(refusal(451, 'RCPT TO', 'EENVELOPE'))).toBe(false)
    expect(isDeadAddress(refusal(554, 'DATA', 'EENVELOPE'))).toBe(false)
    expect(isDeadAddress(refusal(554, 'DATA', 'EMESSAGE'))).toBe(false)
  })

  it('whatever a server answers, a mail is parked or tried again after half a minute to five hours', () => {
    const error = fc.record({
      responseCode: fc.option(fc.integer({ min: 100, max: 699 }), { nil: undefined }),
      command: fc.constantFrom(
        undefined,
        'CONN',
        'EHLO',
        'STARTTLS',
        'AUTH PLAIN',
        'MAIL FROM',
        'RCPT TO',
        'DATA',
      ),
      code: fc.constantFrom(undefined, 'EENVELOPE', 'EMESSAGE', 'EAUTH', 'ECONNECTION', 'ETIMEDOUT'),
    })
    const age = fc.record({
      attempts: fc.integer({ min: 1, max: 500 }),
      ageMs: fc.integer({ min: 0, max: 1e9 }),
    })
    fc.assert(
      fc.property(error, age, (refused, at) => {
        const next = afterFailure(refused, at)
        if (next.parked) return
        expect(next.retryMs).toBeGreaterThanOrEqual(30_000)
        expect(next.retryMs).toBeLessThanOrEqual(5 * 3_600_000)
        expect(at.attempts < ATTEMPTS_MAX || at.ageMs <= UNREACHED_MAX_MS).toBe(true)
      }),
      { numRuns: RUNS },
    )
  })

  it('a lease is three minutes, and never so short that sending could outlast it', () => {
    const secondsOf = (text?: string) => leaseMs({ GREENLIT_LEASE_SECONDS: text }) / 1000
    expect([undefined, '', '10', '3600'].map(secondsOf)).toEqual([180, 180, 10, 3600])
    for (const text of ['0.1', '-5', '1e9', 'long'])
      expect(() => secondsOf(text), text).toThrow(EnvironmentError)
  })
})
