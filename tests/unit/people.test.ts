import { readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parsePeople } from '@/lib/catalogue/editorial'
import { type KnownPerson, type Mention, mayBeOne, onePerCredit, settlePeople } from '@/lib/catalogue/people'
import { canonicalLine } from '@/lib/catalogue/record'
import { checkLine } from '@/lib/catalogue/rules'
import type { CatalogueRecord } from '@/lib/catalogue/types'

const said = (name: string, more: Partial<Mention> = {}): Mention => ({ name, ids: {}, also: [], ...more })
const known = (id: number, name: string, more: Partial<KnownPerson> = {}): KnownPerson => ({
  id,
  name,
  ids: {},
  also: [],
  ...more,
})
/** The people as their rows, names and ids, and why each mention is whom it is. */
const told = (people: KnownPerson[], ...mentions: Mention[]) => {
  const settled = settlePeople(people, mentions)
  return {
    people: settled.people.map(({ rows, name, also, ids }) => ({ rows, names: [name, ...also], ids })),
    why: settled.of.map(({ reason }) => reason),
    who: settled.of.map(({ person }) => settled.people.indexOf(person)),
  }
}

describe('who is who', () => {
  it('"Lomon is Park Solomon": an alias that one person has is that person', () => {
    const park = known(1, 'Park Solomon', { also: ['Lomon'] })
    expect(told([park], said('Lomon'), said('Park Solomon'))).toMatchObject({
      why: ['alias', 'name'],
      who: [0, 0],
    })
  })

  it('two on record become one when somebody says that they are, under the name of the first row kept', () => {
    const both = [known(4, 'Lomon'), known(9, 'Park Solomon')]
    expect(told(both, said('Park Solomon', { also: ['Lomon'], isMain: true })).people).toEqual([
      { rows: [4, 9], names: ['Park Solomon', 'Lomon'], ids: {} },
    ])
  })

  it('the same outside id is the same person, whatever the name, and the name is learned', () => {
    const page = known(1, 'Elliot Page', { ids: { imdb: 'nm0680983' } })
    expect(told([page], said('Ellen Page', { ids: { imdb: 'nm0680983', tmdb: '27578' } }))).toEqual({
      people: [
        { rows: [1], names: ['Elliot Page', 'Ellen Page'], ids: { imdb: 'nm0680983', tmdb: '27578' } },
      ],
      why: ['id'],
      who: [0],
    })
  })

  it('a name with different ids in one namespace is two people; in two namespaces nothing speaks against one', () => {
    const first = known(1, 'Kim Soo-hyun', { ids: { tmdb: '1' } })
    expect(told([first], said('Kim Soo-hyun', { ids: { tmdb: '2' } }))).toMatchObject({
      why: ['new'],
      who: [1],
    })
    expect(told([first], said('Kim Soo-hyun', { ids: { imdb: 'x' } }))).toMatchObject({
      why: ['name'],
      who: [0],
    })
  })

  it('a bare name that two have is neither, and the next bare one is the same nobody in particular', () => {
    const two = [known(1, 'A', { ids: { tmdb: '1' } }), known(2, 'A', { ids: { tmdb: '2' } })]
    expect(told(two, said('A'), said('A'))).toMatchObject({ why: ['new', 'no-id'], who: [2, 2] })
    expect(told([...two, known(3, 'A')], said('A'))).toMatchObject({ why: ['no-id'], who: [2] })
  })

  it('a bare name stays with whom the show credits already', () => {
    const two = [known(1, 'A', { ids: { tmdb: '1' } }), known(2, 'A', { ids: { tmdb: '2' } })]
    expect(told(two, said('A', { credited: new Set([2]) }))).toMatchObject({ why: ['credited'], who: [1] })
  })

  it('an alias makes nobody one of two whose ids differ', () => {
    const both = [known(1, 'Lomon', { ids: { tmdb: '1' } }), known(2, 'Park Solomon', { ids: { tmdb: '2' } })]
    expect(told(both, said('Park Solomon', { also: ['Lomon'] })).people).toHaveLength(2)
  })

  it('in one file the order of a name with ids and without decides nothing', () => {
    const mentions = [said('A'), said('A', { ids: { tmdb: '1' } }), said('A', { ids: { tmdb: '2' } })]
    for (const order of [
      [0, 1, 2],
      [2, 0, 1],
      [1, 2, 0],
    ]) {
      const { who } = told([], ...order.map((at) => mentions[at] as Mention))
      expect(new Set(who).size).toBe(3)
    }
  })
})

const anyName = fc.constantFrom('A', 'B', 'C', 'D')
const anyMention: fc.Arbitrary<Mention> = fc.record({
  name: anyName,
  ids: fc.dictionary(fc.constantFrom('tmdb', 'imdb'), fc.constantFrom('1', '2', '3'), {
    noNullPrototype: true,
  }),
  also: fc.uniqueArray(anyName, { maxLength: 2 }),
})

describe('whatever is said of people', () => {
  it('everybody mentioned is somebody, no id is two people’s, and nobody has two ids in a namespace', () => {
    fc.assert(
      fc.property(fc.array(anyMention, { maxLength: 12 }), (mentions) => {
        const { people, of } = settlePeople([], mentions)
        const ids = people.flatMap((one) => Object.entries(one.ids).map((pair) => pair.join(':')))
        expect(new Set(ids).size).toBe(ids.length)
        mentions.forEach(({ name }, i) => {
          const { person } = of[i]!
          expect(people).toContain(person)
          expect([person.name, ...person.also]).toContain(name)
        })
        for (const { name, also } of people) expect(new Set([name, ...also]).size).toBe(also.length + 1)
      }),
    )
  })

  it('people whose ids differ are never made one', () => {
    fc.assert(
      fc.property(fc.array(anyMention, { maxLength: 12 }), (mentions) => {
        const rows = [known(1, 'A', { ids: { tmdb: '1' } }), known(2, 'B', { ids: { tmdb: '2' } })]
        for (const { rows: own } of settlePeople(rows, mentions).people) expect(own.length).toBeLessThan(2)
      }),
    )
  })

  it('what is on record, said again as it stands, is whom it was', () => {
    fc.assert(
      fc.property(fc.array(anyMention, { maxLength: 12 }), (mentions) => {
        const record = settlePeople([], mentions).people.map(
          ({ name, also, ids }, i): KnownPerson => ({ id: i + 1, name, also, ids }),
        )
        const again = settlePeople(
          record,
          record.map(({ id, ...person }) => ({ ...person, credited: new Set([id]) })),
        )
        expect(again.people.map(({ rows }) => rows)).toEqual(record.map(({ id }) => [id]))
        expect(again.of.map(({ person }) => person.rows[0])).toEqual(record.map(({ id }) => id))
      }),
    )
  })

  it('nothing speaks against a person being themself, nor more one way than the other', () => {
    fc.assert(
      fc.property(anyMention, anyMention, (a, b) => {
        expect(mayBeOne(a.ids, a.ids)).toBe(true)
        expect(mayBeOne(a.ids, b.ids)).toBe(mayBeOne(b.ids, a.ids))
      }),
    )
  })
})

it('who is credited under two names has one credit, with the part that is told; several parts under one name stay', () => {
  const [park, voice] = settlePeople([], [said('Park Solomon'), said('Dan Castellaneta')]).people
  const credit = (person: typeof park, spelled: string, character?: string) => ({
    person: person!,
    spelled,
    member: { character },
  })
  const cast = [
    credit(park, 'Park Solomon'),
    credit(park, 'Lomon', 'Lee Su-hyeok'),
    credit(voice, 'Dan Castellaneta', 'Homer'),
    credit(voice, 'Dan Castellaneta', 'Krusty'),
    credit(voice, 'Dan Castellaneta', 'homer'),
  ]
  expect(onePerCredit(cast).map(({ person, member }) => [person.name, member.character])).toEqual([
    ['Park Solomon', 'Lee Su-hyeok'],
    ['Dan Castellaneta', 'Homer'],
    ['Dan Castellaneta', 'Krusty'],
  ])
})

it('a cast member’s ids and other names are written one way and read back', () => {
  const record: CatalogueRecord = {
    ids: { x: '1' },
    title: 'A',
    cast: [
      { also: ['B', 'A'], ids: { tmdb: '2', imdb: '1' }, person: 'C' },
      { person: 'D', ids: {}, also: [] },
    ],
  }
  const line =
    '{"ids":{"x":"1"},"title":"A","cast":[{"person":"C","ids":{"imdb":"1","tmdb":"2"},"also":["A","B"]},{"person":"D"}]}'
  expect(canonicalLine(record)).toBe(line)
  const read = checkLine(line)
  expect(read.ok && canonicalLine(read.record)).toBe(line)
})

describe('the starter’s people of several names', () => {
  const folder = path.join(import.meta.dirname, '../../db/starter')
  const text = readFileSync(path.join(folder, 'people.ndjson'), 'utf8')
  const { records, problems } = parsePeople(text)

  it('are sound lines, in order, and no name is two people’s', () => {
    expect(problems).toEqual([])
    const people = records.map(({ person }) => person)
    expect(people).toEqual([...people].sort())
    const names = records.flatMap(({ person, also }) => [person, ...also])
    expect(new Set(names).size).toBe(names.length)
  })

  it('are in the starter under two of their names at least', () => {
    const cast = new Set(
      readFileSync(path.join(folder, 'catalogue.ndjson'), 'utf8')
        .trimEnd()
        .split('\n')
        .flatMap((line) => ((JSON.parse(line) as CatalogueRecord).cast ?? []).map(({ person }) => person)),
    )
    for (const { person, also } of records)
      expect([person, [person, ...also].filter((name) => cast.has(name)).length > 1]).toEqual([person, true])
  })
})
