import { expect, it } from 'vitest'
import { returningCast } from '@/lib/catalogue/show-rules'
import { claim } from '../support/ledger'
import { claimOf } from '../support/show-page'

const said = (who: string, kind: 'cast_confirmed' | 'cast_new' | 'cast_out' = 'cast_confirmed') => ({
  ...claimOf({ season: 2, kind, who }),
  state: 'stands' as const,
})

it('a person a claim names with their part is the person on record, not a second one', () => {
  const recorded = [{ person: 'Park Ji-hu', character: 'Nam On-jo' }]
  expect(returningCast(recorded, [said('Park Ji-Hu as Nam On-jo')])).toMatchObject([
    { person: 'Park Ji-hu', character: 'Nam On-jo', returning: 'confirmed' },
  ])
})

it('newcomers stand with their part, however the claim writes it', () => {
  expect(
    returningCast(
      [],
      [
        said('Rain as Baek Jeong', 'cast_new'),
        said('Lee Pace (Thragg)', 'cast_new'),
        said('Anna Camp (Raegan and Maddie Lockwood)', 'cast_new'),
        said('Fairouz Ai as Shaula (voice)', 'cast_new'),
        said('Dan Levy and Linda Hamilton', 'cast_new'),
      ],
    ).map(({ person, character }) => [person, character]),
  ).toEqual([
    ['Rain', 'Baek Jeong'],
    ['Lee Pace', 'Thragg'],
    ['Anna Camp', 'Raegan and Maddie Lockwood'],
    ['Fairouz Ai', 'Shaula'],
    ['Dan Levy', null],
    ['Linda Hamilton', null],
  ])
})

it('"core voice cast" is nobody in particular', () => {
  expect(returningCast([], [said('core voice cast')])).toEqual([])
})

it('somebody new never comes back, and a list in one note is a list of people', () => {
  const note = claim({
    ...{
      kind: 'cast_new',
      who: 'Helena Bonham Carter',
      personStatus: 'confirmed',
      publishedOn: '2026-03-04',
    },
    value: 'Helena Bonham Carter, Steve Coogan and Chris Messina cast.',
  })
  expect(returningCast([], [{ ...note, state: 'stands' }])).toMatchObject([
    { person: 'Helena Bonham Carter', returning: 'new' },
    { person: 'Steve Coogan', returning: 'new' },
    { person: 'Chris Messina', returning: 'new' },
  ])
  const left = claim({
    kind: 'cast_out',
    who: 'Helena Bonham Carter',
    publishedOn: '2026-05-02',
    by: 'Other',
  })
  const both = [
    { ...left, state: 'stands' },
    { ...note, state: 'superseded' },
  ]
  expect(returningCast([], both).find(({ person }) => person.startsWith('Helena'))?.returning).toBe('out')
})
