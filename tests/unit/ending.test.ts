import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Day } from '@/lib/shared/day'
import type { Claim } from '@/lib/status/claim'
import { deriveShow, NO_SHOW_FACTS } from '@/lib/status/show'
import type { SeasonInput, ShowFacts } from '@/lib/status/types'
import { claim, factsOf } from '../support/ledger'

const TODAY = '2026-11-30'
const CLASSES = ['official', 'interview', 'trade', 'press', 'aggregator', 'fan'] as const

const show = (...claims: SeasonInput['claims']) =>
  deriveShow(
    [1, 2, 3].map((number) => ({
      facts: number < 3 ? { ...factsOf(number, `202${number}-01-10`), recorded: true } : factsOf(3),
      claims: claims.filter(({ season }) => season === number),
    })),
    TODAY,
  ).status

const said = (
  kind: 'final_season' | 'ended',
  sourceClass: (typeof CLASSES)[number],
  by: string,
  publishedOn: Day = '2022-05-01',
) => claim({ kind, sourceClass, by, publishedOn, season: kind === 'ended' ? 3 : 2 })

describe('what the end of a show rests on', () => {
  it('is the trade paper that called the season the last, not the fan pages that say none follows', () => {
    const trade = said('final_season', 'trade', 'Deadline')
    const fans = [said('ended', 'fan', 'Fan One'), said('ended', 'fan', 'Fan Two')]
    const status = show(...fans, trade)
    expect(status.status).toBe('ended')
    expect(status.because[0]).toBe(trade.id)
    expect(status.answer).toBe('It ended with season 2, by choice (Deadline, 1 May 2022).')
  })

  it('is the most trusted of those who call a season the last, whatever their ids', () => {
    const maker = said('final_season', 'interview', 'The Maker')
    const others = ['A', 'B', 'C', 'D'].map((by) => said('final_season', 'press', by))
    expect(show(...others, maker).because[0]).toBe(maker.id)
  })

  it('never has somebody less trusted before somebody more trusted', () => {
    const word = fc.record({
      kind: fc.constantFrom('final_season' as const, 'ended' as const),
      sourceClass: fc.constantFrom(...CLASSES),
      by: fc.constantFrom('A', 'B', 'C', 'D', 'E'),
    })
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 6 }), (words) => {
        const claims = words.map(({ kind, sourceClass, by }) =>
          said(kind, sourceClass, `${by} ${sourceClass}`),
        )
        const { status, because } = show(...claims)
        if (status !== 'ended') return
        const ranks = because.map((id) => CLASSES.indexOf(claims.find((one) => one.id === id)!.sourceClass))
        expect(ranks).toEqual([...ranks].sort((a, b) => a - b))
      }),
    )
  })
})

describe('how a show ended, where one aggregator alone says so', () => {
  const running: ShowFacts = {
    ...NO_SHOW_FACTS,
    labels: [{ provider: 'TVmaze', label: 'Running', asOf: '2025-10', seenOn: '2026-11-22' }],
  }
  const state = (...claims: SeasonInput['claims']) =>
    deriveShow(
      [1, 2].map((number) => ({
        facts: number < 2 ? { ...factsOf(1, '2025-09-04'), recorded: true } : factsOf(2),
        claims: claims.filter(({ season }) => season === number),
      })),
      TODAY,
      running,
    ).status
  const word = (kind: 'cancelled' | 'ended' | 'renewed', by = 'A List', more: Partial<Claim> = {}) =>
    claim({ kind, by, season: 2, sourceClass: 'aggregator', publishedOn: '2026-03-01', ...more })

  it('is told with its name, since an older label that says running says nothing of today', () => {
    const cancelled = state(word('cancelled'))
    expect(cancelled).toMatchObject({ status: 'cancelled', lamp: 'cancelled' })
    expect(cancelled.answer).toBe('Cancelled after season 1, as A List alone says.')
    expect(state(word('ended')).answer).toBe('Ended with season 1, as A List alone says.')
  })

  it('is not told where the label is newer, a fan says it, or anybody speaks of a season to come', () => {
    expect(state(word('cancelled', 'A List', { publishedOn: '2025-09-20' })).status).toBe('unknown')
    expect(state(word('cancelled', 'A Fan', { sourceClass: 'fan' })).status).toBe('unknown')
    expect(state(word('cancelled'), word('renewed', 'Another', { sourceClass: 'fan' })).status).toBe(
      'unknown',
    )
    expect(state(word('cancelled'), word('ended', 'Another')).status).toBe('unknown')
  })

  it('is a rumour where it says that the show goes on', () => {
    expect(state(word('renewed')).answer).toBe(
      'Nobody we can rely on has announced season 2; A List alone says it is coming.',
    )
  })
})

describe('an order that nobody has spoken of for two years', () => {
  const ordered = (seasons: string[], publishedOn: Day, label?: string) =>
    deriveShow(
      [
        ...seasons.map((premiere, i) => ({
          facts: { ...factsOf(i + 1, premiere), recorded: true },
          claims: [],
        })),
        {
          facts: factsOf(seasons.length + 1),
          claims: [claim({ kind: 'renewed', season: seasons.length + 1, publishedOn })],
        },
      ],
      TODAY,
      {
        ...NO_SHOW_FACTS,
        labels: label ? [{ provider: 'TVmaze', label: 'Running', asOf: label, seenOn: TODAY }] : [],
      },
    ).status

  it('has aged', () => {
    expect(ordered(['2024-01-10'], '2024-11-01')).toMatchObject({ status: 'unknown', aged: '2024-11-01' })
  })

  it('has not where it was given ahead of its turn, and the season before it came since', () => {
    expect(ordered(['2023-01-10', '2025-07-09'], '2020-12-10').status).toBe('returning')
  })

  it('has not where a provider went on listing the show as running', () => {
    expect(ordered(['2024-01-10'], '2024-11-01', '2025-10').status).toBe('returning')
    expect(ordered(['2020-01-10'], '2020-11-01', '2022').status).toBe('unknown')
  })
})

it('who says that a show has ended with a season says that the season came on its announced day', () => {
  const day = claim({ kind: 'release_date', season: 2, edtf: '2026-06-25', publishedOn: '2026-05-01' })
  const over = (publishedOn: Day) =>
    deriveShow(
      [
        { facts: { ...factsOf(1, '2025-06-25'), recorded: true }, claims: [] },
        { facts: factsOf(2), claims: [day] },
        { facts: factsOf(3), claims: [claim({ kind: 'ended', season: 3, publishedOn })] },
      ],
      TODAY,
    )
  expect(over('2026-06-27').seasons[1]?.status).toMatchObject({
    status: 'complete',
    premiereState: 'premiered',
  })
  expect(over('2026-06-27').status.answer).toMatch(/^It ended with season 2/)
  expect(over('2026-05-20').seasons[1]?.status.premiereState).not.toBe('premiered')
})

it('a new voice or trailer after a given day is no look that missed the premiere', () => {
  const window = claim({
    kind: 'release_date',
    edtf: '2026-07-08',
    publishedOn: '2026-06-01',
    sourceClass: 'trade',
  })
  const season = (...more: SeasonInput['claims']) =>
    deriveShow([{ facts: factsOf(2), claims: [window, ...more] }], TODAY).seasons[0]!.status
  const later = (kind: 'cast_new' | 'trailer' | 'split_release' | 'no_news') =>
    season(claim({ kind, publishedOn: '2026-08-14', sourceClass: 'trade' })).premiereState
  expect(later('cast_new')).toBe('not_confirmed')
  expect(later('trailer')).toBe('not_confirmed')
  expect(later('split_release')).toBe('not_confirmed')
  expect(later('no_news')).toBe('missed')
})
