import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildIndex } from '@/lib/search/names'
import { isFar, type Match, nearnessOf } from '@/lib/search/nearness'
import { searchIndex } from '@/lib/search/rules'

const NAMES = [
  ...[
    'Martian Successor Nadesico',
    'Stranger Things',
    'Dark',
    'Severance',
    'Purposely',
    'The Sandman',
    'Attack on Titan',
  ],
  ...['오징어 게임', '進撃の巨人'],
]
const index = buildIndex(
  NAMES.map((title, i) => ({ slug: `show-${i}`, title, year: null, popularity: 0, names: [] })),
)
const found = (query: string) => searchIndex(index, query, 8)
const nearness = (query: string) => found(query).map(({ nearness: is }) => is)

describe('how near a name is to what was asked', () => {
  test('"succession" is not answered with Martian Successor Nadesico as if it were it', () => {
    expect(found('succession')).toMatchObject([{ title: 'Martian Successor Nadesico', nearness: 'far' }])
    expect(isFar(found('succession'))).toBe(true)
  })

  test('letters in the middle of another word are no answer', () => {
    expect(found('pose')).toMatchObject([{ title: 'Purposely', nearness: 'far' }])
  })

  test('a slip of the finger is forgiven', () => {
    for (const query of ['severence', 'strangr things', 'attack on titen'])
      expect(nearness(query)[0], query).toBe('near')
  })

  test('a part of a name, its initials, and a name in its own script are near', () => {
    for (const query of ['stranger', 'things', 'aot', 'ㅇㅈㅇㄱㅇ', '巨人'])
      expect(nearness(query)[0], query).toBe('near')
  })

  test('the very name is the same, with or without its article', () => {
    for (const query of ['dark', 'sandman', 'the sandman', 'attack on titan', '오징어게임'])
      expect(nearness(query)[0], query).toBe('same')
  })

  test('nothing found is far from everything', () => {
    expect(isFar(found('zzqxjv'))).toBe(true)
    expect(isFar(found('dark'))).toBe(false)
  })

  test('more errors never bring a name nearer, and every verdict has its reason', () => {
    const match = fc.record({
      tier: fc.constantFrom<Match['tier']>('exact', 'prefix', 'word', 'typo', 'initials'),
      letters: fc.integer({ min: 1, max: 40 }),
      errors: fc.integer({ min: 0, max: 3 }),
      where: fc.constantFrom<Match['where']>('whole', 'beginning', 'inside'),
    })
    fc.assert(
      fc.property(match, (given) => {
        const { is, because } = nearnessOf(given)
        expect(because).not.toBe('')
        if (is === 'far') expect(nearnessOf({ ...given, errors: given.errors + 1 }).is).toBe('far')
      }),
    )
  })
})
