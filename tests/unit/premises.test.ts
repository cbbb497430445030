import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { kinOf, readPremise, type Term, termsOf, withoutSaidAnyway } from '@/lib/search/premises'

const term = (filter: Term['filter'], label: string): Term => ({
  filter,
  value: label.toLowerCase().replaceAll(' ', '-'),
  label,
})
const terms = termsOf([
  ...[term('country', 'South Korea'), term('country', 'Turkey'), term('country', 'United Kingdom')],
  ...[
    term('genre', 'Science fiction'),
    term('genre', 'Crime'),
    term('genre', 'Drama'),
    term('genre', 'Talk show'),
  ],
  ...[
    term('tag', 'zombies'),
    term('tag', 'zombie outbreak'),
    term('tag', 'time travel'),
    term('tag', 'romantic comedy'),
  ],
  ...[
    term('kind', 'anime'),
    term('kind', 'animation'),
    term('network', 'Netflix'),
    term('language', 'Turkish'),
  ],
])
const read = (query: string) =>
  readPremise(query, terms)?.map(({ filter, value }) => `${filter}=${value}`) ?? null

describe('a query that says what shows are like', () => {
  test.each([
    ['k-drama zombie', ['country=south-korea', 'tag=zombies']],
    ['zombie kdrama', ['tag=zombies', 'country=south-korea']],
    ['Korean zombies', ['country=south-korea', 'tag=zombies']],
    ['sci-fi anime', ['genre=science-fiction', 'kind=anime']],
    ['best british crime shows', ['country=united-kingdom', 'genre=crime']],
    ['time-travel series on Netflix', ['tag=time-travel', 'network=netflix']],
    ['talk show', ['genre=talk-show']],
    ['rom-com', ['tag=romantic-comedy']],
    ['cartoon', ['kind=animation']],
  ])('%s', (query, filters) => expect(read(query)).toEqual(filters))

  test('is read whole or not at all', () => {
    for (const query of [
      'zombie wedding',
      'crime and punishment',
      'the best of shows',
      '',
      'korean'.repeat(30),
    ])
      expect(read(query), query).toBe(null)
    // A list has one country.
    expect(read('korean british crime')).toBe(null)
  })

  test('may be any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (query) => {
        const premise = readPremise(query, terms)
        if (premise) expect(new Set(premise.map(({ filter }) => filter)).size).toBe(premise.length)
      }),
    )
  })
})

test('premises of the same words stand beside each other, the plainest first', () => {
  const [zombies] = readPremise('zombie', terms)!
  expect(kinOf(zombies!, terms).map(({ label }) => label)).toEqual(['zombies', 'zombie outbreak'])
  const [crime] = readPremise('crime', terms)!
  expect(kinOf(crime!, terms)).toEqual([crime])
})

test('a name stays when what only says that shows are wanted is left out', () => {
  expect(withoutSaidAnyway('shows with Ana Lima')).toBe('Ana Lima')
  expect(withoutSaidAnyway('Ana Lima series')).toBe('Ana Lima')
})
