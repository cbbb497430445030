import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LAMPS, PREMIERE_STATES, SEASON_STATUSES } from '@/db/schema/words'
import { type ShortState, shortAnswer } from '@/lib/status/short'
import { windowOf } from '../support/ledger'

const TODAY = '2026-12-01'
const state = (given: Partial<ShortState>): ShortState => ({
  lamp: 'silent',
  nextSeason: 4,
  nextStatus: 'unannounced',
  nextWindow: null,
  nextState: 'open',
  since: null,
  ...given,
})
const says = (given: Partial<ShortState>) => shortAnswer(state(given), TODAY)

describe('the answer in three words', () => {
  test('says a date as precisely as it was said, and no more', () => {
    const dated = (edtf: string) => says({ lamp: 'coming', nextStatus: 'dated', nextWindow: windowOf(edtf) })
    expect(dated('2027-03-14')).toBe('Due 14 March 2027')
    expect(dated('2027-21')).toBe('Due spring 2027')
    expect(dated('2027')).toBe('Due 2027')
    expect(dated('2026-11-26')).toBe('Was due 26 November 2026')
  })

  test('says how far an ordered season is', () => {
    expect(says({ lamp: 'ordered', nextStatus: 'announced' })).toBe('Season 4 ordered')
    expect(says({ lamp: 'ordered', nextStatus: 'filming' })).toBe('Season 4 filming')
    expect(says({ lamp: 'ordered', nextStatus: 'wrapped' })).toBe('Season 4 filmed')
    expect(says({ lamp: 'ordered', nextStatus: 'announced', nextState: 'not_confirmed' })).toBe(
      'Season 4 not confirmed',
    )
  })

  test('says since when a show is over, by choice or not, where that is known', () => {
    expect(says({ lamp: 'over', since: '2019-05-19' })).toBe('Over since 2019')
    expect(says({ lamp: 'over' })).toBe('Over')
    expect(says({ lamp: 'ended', since: '2020-06' })).toBe('Ended in 2020')
    expect(says({ lamp: 'ended' })).toBe('Ended by choice')
    expect(says({ lamp: 'cancelled' })).toBe('Cancelled after season 3')
    expect(says({ lamp: 'cancelled', nextSeason: 1 })).toBe('Cancelled')
  })

  test('says that nothing was said, or nothing lately', () => {
    expect(says({})).toBe('Nothing said')
    expect(says({ nextStatus: 'announced' })).toBe('Nothing said lately')
  })

  test('is never empty, never longer than a row holds, and never promises a day that is over', () => {
    fc.assert(
      fc.property(
        fc.record({
          lamp: fc.constantFrom(...LAMPS),
          nextSeason: fc.integer({ min: 1, max: 60 }),
          nextStatus: fc.constantFrom(...SEASON_STATUSES),
          nextWindow: fc
            .constantFrom(null, '2025', '2026-10', '2026-11-30', '2027-03-14', '2027-03/2027-06')
            .map(windowOf),
          nextState: fc.constantFrom(null, ...PREMIERE_STATES),
          since: fc.constantFrom(null, '2019', '2019-05-19'),
        }),
        (given) => {
          const line = shortAnswer(given, TODAY)
          expect(line).not.toBe('')
          expect(line.split(' ').length).toBeLessThanOrEqual(7)
          if (given.nextWindow && given.nextWindow.latest < TODAY) expect(line).not.toMatch(/^Due /)
        },
      ),
    )
  })
})
