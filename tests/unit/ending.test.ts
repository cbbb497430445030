import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deriveShow } from '@/lib/status/show'
import type { SeasonInput } from '@/lib/status/types'
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
  publishedOn = '2022-05-01',
) => claim({ ...{ kind, sourceClass, by, publishedOn }, season: kind === 'ended' ? 3 : 2 })

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
