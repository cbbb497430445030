/** What a provider's look says of a window that is over: somebody looked after its end, and no premiere is on record. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { groundsOf } from '@/lib/ledger/grounds'
import { addDays } from '@/lib/shared/day'
import { deriveSeasonStatus, replayEvents } from '@/lib/status/rules'
import { deriveShow } from '@/lib/status/show'
import type { SeasonFacts } from '@/lib/status/types'
import { claim, factsOf } from '../support/ledger'

const TODAY = '2026-11-22'
const spring = claim({
  kind: 'release_window',
  edtf: '2026-21',
  sourceClass: 'trade',
  publishedOn: '2025-08-01',
})
const renewed = claim({ kind: 'renewed', publishedOn: '2025-07-01' })
const said = [renewed, spring]
const looked = (on: string, more: Partial<SeasonFacts> = {}): SeasonFacts => ({
  ...factsOf(),
  looked: { on: on as `${number}-${number}-${number}`, by: 'tvmaze' },
  ...more,
})
const missedEvents = (facts: SeasonFacts, today = TODAY) =>
  replayEvents(said, facts, today as typeof TODAY).filter(({ kind }) => kind === 'window-missed')

describe('a window that is over', () => {
  it('is missed once a provider was read after its end that has no premiere, and says by which day', () => {
    const status = deriveSeasonStatus(said, TODAY, looked('2026-07-04'))
    expect(status).toMatchObject({ status: 'announced', premiereState: 'missed', unconfirmed: [] })
    expect(status.missed).toMatchObject([{ claimIds: [spring.id], lookedOn: '2026-07-04', by: null }])
    expect(missedEvents(looked('2026-07-04'))).toMatchObject([
      { was: '2026-21', happenedOn: '2026-07-04', because: [spring.id] },
    ])
  })

  it('is not confirmed while nobody looked, or only before its end or on its last day', () => {
    for (const facts of [factsOf(), looked('2026-05-30'), looked('2026-05-31')]) {
      expect(deriveSeasonStatus(said, TODAY, facts)).toMatchObject({
        missed: [],
        premiereState: 'not_confirmed',
      })
      expect(missedEvents(facts)).toEqual([])
    }
  })

  it('is no more missed by a look that lies ahead of the day it is told for', () => {
    expect(deriveSeasonStatus(said, '2026-06-30', looked('2026-07-04')).premiereState).toBe('not_confirmed')
    expect(missedEvents(looked('2026-07-04'), '2026-06-30')).toEqual([])
  })

  it('becomes known on the day that is on record, however often somebody looks again', () => {
    const first = looked('2026-07-04')
    const [event] = missedEvents(first)
    const changedOn = deriveSeasonStatus(said, TODAY, first).changedOn
    expect(changedOn).toBe('2026-07-04')
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 140 }), (days) => {
        const again = looked(addDays('2026-07-04', days), { missedOn: { '2026-21': '2026-07-04' } })
        expect(missedEvents(again)).toEqual([event])
        expect(deriveSeasonStatus(said, TODAY, again).changedOn).toBe(changedOn)
      }),
    )
  })

  it('is told by the day a statement showed it where that was before the look', () => {
    const noNews = claim({ kind: 'no_news', publishedOn: '2026-06-20', by: 'Other' })
    const status = deriveSeasonStatus([...said, noNews], TODAY, looked('2026-07-04'))
    expect(status.missed).toMatchObject([{ lookedOn: '2026-06-20', by: noNews.id }])
  })

  it('that was moved in time, or that the season kept, is missed by no look', () => {
    const moved = claim({ kind: 'delayed', edtf: '2027', sourceClass: 'trade', publishedOn: '2026-02-01' })
    expect(deriveSeasonStatus([...said, moved], TODAY, looked('2026-07-04')).missed).toEqual([])
    const kept = { ...factsOf(2, '2026-04-10'), looked: looked('2026-07-04').looked }
    expect(deriveSeasonStatus(said, TODAY, kept)).toMatchObject({ missed: [], premiereState: 'premiered' })
  })

  it('rests on the window and on the provider who was read', () => {
    const inputs = [
      { facts: factsOf(1, '2024-03-01'), claims: [] },
      { facts: looked('2026-07-04'), claims: said },
    ]
    const sentence = groundsOf(deriveShow(inputs, TODAY, undefined), () => [], TODAY).find(
      (one) => one.said === 'missed',
    )
    expect(sentence).toMatchObject({
      season: 2,
      when: '2026-21',
      grounds: [{ claim: spring.id }, { provider: 'tvmaze', says: 'no premiere', asOf: '2026-07-04' }],
    })
  })
})
