import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Day } from '@/lib/shared/day'
import type { Claim } from '@/lib/status/claim'
import { recordOn } from '@/lib/status/record'
import { deriveSeasonStatus, replayEvents } from '@/lib/status/rules'
import { claim, factsOf } from '../support/ledger'

const TODAY = '2026-11-22'
/** What a provider's record said of a premiere; without a day, what it said when it was first read. */
const listed = (edtf: string, publishedOn: Day | null, more: Partial<Claim> & { by?: string } = {}) =>
  claim({
    kind: 'release_date',
    edtf,
    publishedOn,
    sourceClass: 'aggregator',
    by: 'TVmaze',
    seenOn: '2026-09-01',
    ...more,
  })
const told = (claims: Claim[], now: string | null, today: Day = TODAY) =>
  replayEvents(claims, factsOf(2, now), today).map(({ kind, was, became, happenedOn }) => [
    kind,
    was,
    became,
    happenedOn,
  ])
const orderOf = (by = 'Variety', publishedOn: Day = '2026-09-10') =>
  claim({ kind: 'renewed', sourceClass: 'trade', by, publishedOn })

describe('the record of a premiere, told from a provider’s claims', () => {
  it('is no event when it was there before we looked', () => {
    expect(told([listed('2027-03-14', null)], '2027-03-14')).toEqual([])
    expect(deriveSeasonStatus([listed('2027-03-14', null)], TODAY, factsOf(2, '2027-03-14'))).toMatchObject({
      status: 'dated',
      byRecord: true,
      premiere: { edtf: '2027-03-14' },
    })
  })

  it('is an event when it comes, moves, or grows more precise', () => {
    const first = listed('2027', '2026-09-05')
    const narrower = listed('2027-03-14', '2026-10-01')
    const later = listed('2027-04-18', '2026-11-01')
    expect(told([first, narrower, later], '2027-04-18')).toEqual([
      ['dated', '', '2027', '2026-09-05'],
      ['dated', '2027', '2027-03-14', '2026-10-01'],
      ['moved', '2027-03-14', '2027-04-18', '2026-11-01'],
    ])
  })

  it('moves from what it was when it was first read', () => {
    const claims = [listed('2027-03-14', null), listed('2027-04-18', '2026-11-01')]
    expect(told(claims, '2027-04-18')).toEqual([['moved', '2027-03-14', '2027-04-18', '2026-11-01']])
    expect(deriveSeasonStatus(claims, TODAY, factsOf(2, '2027-04-18')).states).toMatchObject({
      [claims[0]!.id]: 'superseded',
    })
  })

  it('an order that comes while the record has a day is news, and the day is not told beside it', () => {
    expect(told([listed('2027-03-14', null), orderOf()], '2027-03-14')).toEqual([
      ['renewed', 'unannounced', 'announced', '2026-09-10'],
    ])
  })

  it('a day that only the record had is news once somebody announces it', () => {
    const announced = claim({
      kind: 'release_date',
      edtf: '2027-03-14',
      publishedOn: '2026-10-02',
      sourceClass: 'official',
      by: 'Network',
    })
    expect(told([listed('2027-03-14', null), orderOf(), announced], '2027-03-14')).toEqual([
      ['renewed', 'unannounced', 'announced', '2026-09-10'],
      ['dated', '', '2027-03-14', '2026-10-02'],
    ])
  })

  it('does not outrank a maker: while an announced day stands, what the record says moves nothing', () => {
    const announced = claim({
      kind: 'release_date',
      edtf: '2027-03-14',
      publishedOn: '2026-09-12',
      sourceClass: 'official',
      by: 'Network',
    })
    const record = listed('2027-04-18', '2026-10-01')
    expect(told([announced, record], '2027-04-18').map(([, , became]) => became)).toEqual(['2027-03-14'])
  })

  it('is that of the most trusted provider, whichever spoke last', () => {
    const claims = [listed('2027-03-14', '2026-09-05'), listed('2027-05-01', '2026-10-01', { by: 'TMDB' })]
    expect(recordOn(claims, '2026-10-02')?.window.edtf).toBe('2027-03-14')
    expect(told(claims, '2027-03-14')).toEqual([['dated', '', '2027-03-14', '2026-09-05']])
  })

  it('is no press: what a fan page or an aggregator that keeps no record lists is a rumour as before', () => {
    const rumour = listed('2027-03-14', '2026-09-05', { by: 'Soon On Screens' })
    expect(recordOn([rumour], TODAY)).toBeNull()
    expect(told([rumour], null)).toEqual([])
  })

  it('tells the same for any order and any number of copies of the claims, and never without a claim that was made', () => {
    const days = fc.constantFrom<Day>('2026-08-01', '2026-09-05', '2026-10-01', '2026-11-01')
    const dates = fc.constantFrom('2027', '2027-03-14', '2027-04-18', '2027-04')
    const some = fc.array(
      fc.oneof(
        fc
          .tuple(dates, fc.option(days), fc.constantFrom('TVmaze', 'TMDB'))
          .map(([edtf, on, by]) => listed(edtf, on, { by })),
        days.map((day) => orderOf('Variety', day)),
      ),
      { minLength: 1, maxLength: 6 },
    )
    fc.assert(
      fc.property(some, fc.option(dates), fc.integer({ min: 0, max: 5 }), (claims, now, turn) => {
        const once = told(claims, now)
        const turned = [...claims.slice(turn), ...claims.slice(0, turn), ...claims]
        expect(told(turned, now)).toEqual(once)
        const made = new Set(claims.map(({ id }) => id))
        for (const { because } of replayEvents(claims, factsOf(2, now), TODAY)) {
          expect(because.length).toBeGreaterThan(0)
          expect(because.every((id) => made.has(id))).toBe(true)
        }
      }),
      { numRuns: 300 },
    )
  })
})
