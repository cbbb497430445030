/** Whom a sign-in mail is sent, and when: the rules without a database. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Asker,
  type Counts,
  nextStep,
  PRESSED_TWICE_MS,
  SHARES,
  type Share,
  type Verdict,
  WAIT_MAX_MS,
} from '@/lib/accounts/mail-shares'

const STRANGER: Asker = { known: false, openForMs: null }
const KNOWN: Asker = { known: true, openForMs: null }
const open = (asker: Asker, openForMs = 60_000): Asker => ({ ...asker, openForMs })

/** The verdict when every share stands at 1 but those named. */
function verdict(asker: Asker, counts: Counts = {}): Verdict {
  const counted: Counts = {}
  for (;;) {
    const step = nextStep(asker, counted)
    if (!('count' in step)) return step
    for (const share of step.count) counted[share] = counts[share] ?? 1
  }
}

describe('a sign-in mail', () => {
  it.each<[string, Asker, Counts, Partial<Verdict>]>([
    ['a first ask', STRANGER, {}, { mail: 'new', delayMs: 0 }],
    ['the third within a quarter of an hour', STRANGER, { pair: 3 }, { mail: 'new', delayMs: 0 }],
    ['the fourth, while a link is open', open(STRANGER), { pair: 4 }, { mail: 'again', delayMs: 0 }],
    ['the fifth, while a link is open', open(STRANGER), { pair: 5 }, { mail: 'again', delayMs: 0 }],
    ['the sixth, while a link is open', open(STRANGER), { pair: 6 }, { mail: 'none' }],
    ['the fourth, when all links are used or too old', STRANGER, { pair: 4 }, { mail: 'new', delayMs: 0 }],
    ['the sixth, when all are', STRANGER, { pair: 6 }, { mail: 'refused', share: 'pair' }],
    ['a second press', open(STRANGER, PRESSED_TWICE_MS - 1), { pair: 2 }, { mail: 'again', delayMs: 0 }],
    ['a second ask a little later', open(STRANGER, PRESSED_TWICE_MS), { pair: 2 }, { mail: 'new' }],
    ['the 60th of an office', STRANGER, { client: 60 }, { mail: 'new', delayMs: 0 }],
    ['the 61st within ten minutes', STRANGER, { client: 61 }, { mail: 'refused', share: 'client' }],
    ['the 61st, with a link open', open(STRANGER), { client: 61 }, { mail: 'none' }],
    ['the 601st of a day', STRANGER, { 'client-day': 601 }, { mail: 'refused', share: 'client-day' }],
    ['the 25th of a pair in a day', STRANGER, { 'pair-day': 25 }, { mail: 'refused', share: 'pair-day' }],
    [
      'to an address many strangers ask for',
      STRANGER,
      { address: 31 },
      { mail: 'refused', share: 'address' },
    ],
    ['the same, all day', STRANGER, { 'address-day': 61 }, { mail: 'refused', share: 'address-day' }],
    ['the same, in its owner’s browser', KNOWN, { address: 999, 'address-day': 999 }, { mail: 'new' }],
    ['from a spent network, in a known browser', KNOWN, { client: 999, pair: 999 }, { mail: 'new' }],
    ['the seventh in a known browser', open(KNOWN), { known: 7 }, { mail: 'again' }],
    ['the eleventh, a link open', open(KNOWN), { known: 11 }, { mail: 'none' }],
    ['the eleventh, none open', KNOWN, { known: 11 }, { mail: 'refused', share: 'known' }],
    ['above the house’s share', STRANGER, { all: 201 }, { mail: 'new', delayMs: 10_000, overShare: true }],
    [
      'above it, the sixth of its network',
      STRANGER,
      { all: 201, client: 6 },
      { mail: 'new', delayMs: 60_000 },
    ],
    [
      'above it, of a busy network',
      STRANGER,
      { all: 5_000, client: 60 },
      { mail: 'new', delayMs: WAIT_MAX_MS },
    ],
    ['above it, in a known browser', KNOWN, { all: 5_000 }, { mail: 'new', delayMs: 0, overShare: true }],
  ])('%s', (_, asker, counts, expected) => {
    expect(verdict(asker, counts)).toMatchObject(expected)
  })

  it('is never refused by what others have spent of the house, and never in silence', () => {
    const counts = fc.dictionary(
      fc.constantFrom<Share>(
        'client',
        'client-day',
        'pair',
        'pair-day',
        'address',
        'address-day',
        'known',
        'all',
      ),
      fc.integer({ min: 1, max: 1_000 }),
    )
    const asker = fc.record({
      known: fc.boolean(),
      openForMs: fc.option(fc.integer({ min: 0, max: 600_000 })),
    })
    fc.assert(
      fc.property(asker, counts, (who, spent) => {
        const given = verdict(who, spent)
        expect(given.because).not.toBe('')
        if (given.mail === 'refused') {
          expect(given.share).not.toBe('all')
          expect(spent[given.share]).toBeGreaterThan(SHARES[given.share].points)
          expect(who.openForMs).toBeNull()
        }
        if (given.mail === 'none' || given.mail === 'again') expect(who.openForMs).not.toBeNull()
        if (given.mail === 'new' || given.mail === 'again')
          expect(given.delayMs).toBeLessThanOrEqual(who.known ? 0 : WAIT_MAX_MS)
      }),
      { numRuns: 10_000 },
    )
  })

  it('cannot be used up for others by one machine: what it can spend is less than what an address and the house bear', () => {
    const perHour = (share: Share, extra = 0) =>
      ((SHARES[share].points + extra) * 3_600) / SHARES[share].perSeconds
    // A window may begin anywhere, so one more of them touches the hour.
    expect(perHour('pair', 2) + SHARES.pair.points + 2).toBeLessThan(SHARES.address.points)
    expect(2 * SHARES['pair-day'].points).toBeLessThan(SHARES['address-day'].points)
    expect(2 * SHARES.client.points).toBeLessThan(SHARES.all.points)
    expect(SHARES.client.points).toBeGreaterThanOrEqual(60)
  })
})
