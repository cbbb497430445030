import { expect, it } from 'vitest'
import { returningCast } from '@/lib/catalogue/show-rules'
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
