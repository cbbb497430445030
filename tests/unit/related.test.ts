import { readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { indexTitles } from '@/lib/related/compared'
import { explainPair, explainPlace } from '@/lib/related/explain'
import { sameFranchise } from '@/lib/related/franchise'
import { readCardModel, writtenCards } from '@/lib/related/model'
import { relatedToTitle } from '@/lib/related/rules'
import type { RelatedTitle } from '@/lib/related/types'
import { seeded } from '@/lib/shared/random'
import { relatedTo, aTitle as title } from '../support/titles'

/** Twenty shows that share nothing, so that what the others share tells them apart. */
const crowd = Array.from({ length: 20 }, (_, i) =>
  title(`crowd${i}`, { tags: [`tag ${i}`], country: `Land ${i}` }),
)
const dead = title('dead', {
  tags: ['zombie outbreak', 'high school'],
  country: 'South Korea',
  genres: ['Horror'],
})
const home = title('home', {
  tags: ['zombie outbreak', 'survival'],
  country: 'South Korea',
  genres: ['Horror'],
})
const gossip = title('gossip', {
  kind: 'talk',
  tags: ['zombie outbreak'],
  country: 'South Korea',
  genres: ['Horror'],
})

/** Shows that may share a premise, a genre, people, a country, a network or a year, or nothing. */
const catalogue = fc
  .array(
    fc.record({
      tags: fc.uniqueArray(fc.constantFrom('heist', 'zombie', 'school', 'space', 'court', 'spy'), {
        maxLength: 4,
      }),
      genres: fc.uniqueArray(fc.constantFrom('Drama', 'Horror', 'Comedy'), { maxLength: 2 }),
      cast: fc.uniqueArray(fc.constantFrom('Ann', 'Bo', 'Cy', 'Di'), { maxLength: 3 }),
      country: fc.constantFrom(null, 'Japan', 'France'),
      network: fc.constantFrom(null, 'tvN', 'HBO'),
      kind: fc.constantFrom('scripted', 'anime', 'talk'),
      year: fc.option(fc.integer({ min: 1990, max: 2026 })),
      popularity: fc.option(fc.double({ min: 0, max: 100, noNaN: true })),
    }),
    { minLength: 2, maxLength: 25 },
  )
  .map((list) => list.map((given, i) => title(String(i), given)))

/** What a reason may say of a show of these. */
const factsOf = (t: RelatedTitle) => [
  ...[...t.tags, ...t.genres, ...t.cast, t.country, t.network, String(t.year)],
  ...t.genres.map((genre) => `${genre}, ${t.country}`),
]

describe('what to watch until then', () => {
  test('a zombie school drama leads to a zombie drama, with the reasons both share', () => {
    const [first] = relatedTo(indexTitles([...crowd, dead, home]), 'dead')
    expect(first?.id).toBe('home')
    expect(first?.reasons.map((reason) => reason.text)).toContain('Shared premise: zombie outbreak')
    expect(first!.reasons.length).toBeGreaterThanOrEqual(2)
  })

  test('gossip and talk shows are never suggested under a drama', () => {
    const ids = relatedTo(indexTitles([...crowd, dead, home, gossip]), 'dead').map((entry) => entry.id)
    expect(ids).not.toContain('gossip')
  })

  test("under a children's show stands nothing that is not for children or families; the other way round it may", () => {
    const shared = { tags: ['talking animals', 'slice of life'] }
    const puppies = title('puppies', { ...shared, genres: ['Children'] })
    const kittens = title('kittens', { ...shared, genres: ['Children', 'Comedy'] })
    const outing = title('outing', { ...shared, genres: ['Family'] })
    const hangover = title('hangover', { ...shared, genres: ['Comedy'] })
    const index = indexTitles([...crowd, puppies, kittens, outing, hangover])
    const ids = (id: string) => relatedTo(index, id).map((card) => card.id)
    expect(ids('puppies').sort()).toEqual(['kittens', 'outing'])
    expect(ids('hangover').sort()).toEqual(['kittens', 'outing', 'puppies'])
  })

  test('a fact true of a fifth of all shows is no reason, and a title with one reason gets no card', () => {
    const common = Array.from({ length: 10 }, (_, i) =>
      title(`netflix${i}`, { network: 'Netflix', tags: [`only ${i}`] }),
    )
    const index = indexTitles([
      ...common,
      title('a', { network: 'Netflix', tags: ['heist'] }),
      title('b', { network: 'Netflix', tags: ['heist'] }),
    ])
    expect(relatedTo(index, 'a')).toEqual([])
  })

  test('a genre and a country that are each too common to be said are one reason where few shows have both', () => {
    const films = (count: number, given: Partial<RelatedTitle>) =>
      Array.from({ length: count }, (_, i) => title(`${given.country} ${given.genres} ${i}`, given))
    const rest = [
      ...films(12, { country: 'Norway', genres: ['Drama'] }),
      ...films(12, { country: 'Chile', genres: ['Comedy'] }),
    ]
    const sitcom = { country: 'Norway', genres: ['Comedy'], network: 'NRK' }
    const index = indexTitles([...crowd, ...rest, title('a', sitcom), title('b', sitcom)])
    const [card] = relatedTo(index, 'a')
    expect(card?.id).toBe('b')
    expect(card?.reasons.map(({ text, href }) => [text, href])).toEqual([
      ['Shared genre: comedy from Norway', '/shows?genre=comedy&country=norway'],
      ['Both on NRK', '/shows?network=nrk'],
    ])
  })

  test('a title that shares a premise alone with a hundred others still finds the dozen it shares two facts with', () => {
    const many = (count: number, make: (i: number) => Partial<RelatedTitle>) =>
      Array.from({ length: count }, (_, i) => title(`${count} ${i}`, make(i)))
    const near = many(150, () => ({ tags: ['heist'] }))
    const far = many(12, () => ({ network: 'Kanal 9', year: 1987 }))
    const rest = many(900, (i) => ({ tags: [`only ${i}`] }))
    const of = title('of', { tags: ['heist'], network: 'Kanal 9', year: 1987 })
    const found = relatedTo(indexTitles([...near, ...far, ...rest, of]), 'of').map(({ id }) => id)
    expect(found.sort()).toEqual(far.map(({ id }) => id).sort())
  })

  test('a sequel is named as one and never crowds the list', () => {
    const family = Array.from({ length: 5 }, (_, i) =>
      title(`walk${i}`, {
        title: i ? `The Walking Dead: Part ${i}` : 'The Walking Dead',
        tags: ['zombie outbreak', 'survival'],
        franchise: ['x:walk'],
      }),
    )
    const list = relatedTo(indexTitles([...crowd, ...family, dead, home]), 'walk0')
    const kin = list.filter((entry) => entry.id.startsWith('walk'))
    expect(kin.length).toBeLessThanOrEqual(2)
    for (const entry of kin) expect(entry.reasons[0]?.kind).toBe('franchise')
  })

  test('a short title does not swallow another show that begins with the same word', () => {
    expect(sameFranchise(title('1', { title: 'You' }), title('2', { title: 'You Me Her' }))).toBe(false)
    expect(
      sameFranchise(title('1', { title: 'Dexter' }), title('2', { title: 'Dexter: Resurrection' })),
    ).toBe(true)
  })

  test('likeness is the same from both sides, between 0 and 1, and greatest with oneself', () => {
    fc.assert(
      fc.property(catalogue, (titles) => {
        const index = indexTitles(titles)
        const pair = explainPair(index, '0', '1').score
        expect(explainPair(index, '1', '0').score).toBeCloseTo(pair, 10)
        expect(pair).toBeGreaterThanOrEqual(0)
        expect(pair).toBeLessThanOrEqual(1.0000001)
        expect(explainPair(index, '0', '0').score).toBeGreaterThanOrEqual(pair - 1e-9)
      }),
    )
  })

  test('the list does not depend on the order the catalogue came in', () => {
    fc.assert(
      fc.property(catalogue, (titles) => {
        const list = (order: RelatedTitle[]) => relatedTo(indexTitles(order), '0').map((entry) => entry.id)
        expect(list([...titles].reverse())).toEqual(list(titles))
      }),
    )
  })

  test('every reason on every card is true of both titles', () => {
    fc.assert(
      fc.property(catalogue, (titles) => {
        const byId = new Map(titles.map((t) => [t.id, t]))
        for (const entry of relatedTo(indexTitles(titles), '0')) {
          expect(entry.reasons.length).toBeGreaterThanOrEqual(2)
          for (const reason of entry.reasons.filter((r) => r.kind !== 'franchise')) {
            expect(factsOf(byId.get('0')!)).toContain(reason.term)
            expect(factsOf(byId.get(entry.id)!)).toContain(reason.term)
          }
        }
      }),
    )
  })

  test('the reasons of a card belong to that card: dealt to other cards they carry less of the score', () => {
    const random = seeded(4)
    const worlds = Array.from({ length: 60 }, (_, i) =>
      title(`w${i}`, {
        tags: Array.from({ length: 4 }, () => `tag ${i % 6}.${Math.floor(random() * 8)}`),
        cast: [`Actor ${Math.floor(random() * 30)}`, `Actor ${Math.floor(random() * 30)}`],
        network: `Network ${i % 7}`,
      }),
    )
    const index = indexTitles(worlds)
    let own = 0
    let shuffled = 0
    for (const { id } of worlds) {
      const cards = relatedTo(index, id)
      cards.forEach((card, i) => {
        const parts = explainPair(index, id, card.id).parts
        const carried = (reasons: { kind: string; term: string }[]) =>
          parts
            .filter((part) =>
              reasons.some(({ kind, term }) => kind === part.term.field && term === part.term.label),
            )
            .reduce((sum, part) => sum + part.amount, 0)
        own += carried(card.reasons)
        shuffled += carried(cards[(i + 1) % cards.length]!.reasons)
      })
    }
    expect(own).toBeGreaterThan(1.3 * shuffled)
  })

  test('a changed title gets the list it would have had from the start', () => {
    fc.assert(
      fc.property(catalogue, (titles) => {
        const index = indexTitles(titles)
        expect(relatedToTitle(index, titles[0]!)).toEqual(relatedTo(index, titles[0]!.id))
      }),
    )
  })
})

describe('the order people taught', () => {
  const folder = path.join(import.meta.dirname, '../../lib/related')
  const learned = readCardModel(JSON.parse(readFileSync(path.join(folder, 'card-model.json'), 'utf8')))

  test('still shows no card without two true reasons, and scores it by the chance that people name it', () => {
    fc.assert(
      fc.property(catalogue, (titles) => {
        const byId = new Map(titles.map((t) => [t.id, t]))
        const index = indexTitles(titles, { learned })
        for (const { id, score, reasons } of relatedTo(index, '0')) {
          expect(reasons.length).toBeGreaterThanOrEqual(2)
          for (const { kind, term } of reasons.filter((r) => r.kind !== 'franchise'))
            for (const one of ['0', id]) expect(factsOf(byId.get(one)!), kind).toContain(term)
          expect(score).toBeGreaterThan(0)
          expect(score).toBeLessThan(1)
          expect(explainPlace(index, '0', id).sum.total).toBeCloseTo(score, 10)
        }
      }),
    )
  })

  test('puts what the same makers made before what merely shares as much', () => {
    const premise = { tags: ['time travel', 'missing person'], genres: ['Drama'], country: 'Germany' }
    const others = Array.from({ length: 5 }, (_, i) => title(`other${i}`, { ...premise, network: 'ZDF' }))
    const of = title('of', { ...premise, creators: ['Ann', 'Bo'], network: 'ZDF' })
    const next = title('next', { ...premise, creators: ['Ann', 'Bo'] })
    const list = relatedTo(indexTitles([...crowd, ...others, of, next], { learned }), 'of')
    expect(list[0]?.id).toBe('next')
    expect(list[0]?.reasons.map(({ text }) => text)).toContain('Both made by Ann')
  })

  test('gives a changed title the list it would have had from the start, whatever order the shows came in', () => {
    fc.assert(
      fc.property(catalogue, (titles) => {
        const index = indexTitles(titles, { learned })
        expect(relatedToTitle(index, { ...titles[0]! })).toEqual(relatedTo(index, '0'))
        expect(relatedTo(indexTitles([...titles].reverse(), { learned }), '0')).toEqual(relatedTo(index, '0'))
      }),
    )
  })

  test('is refused where it was learned with other features, or is cut off', () => {
    const kept = writtenCards(learned)
    expect(() => readCardModel({ ...kept, cards: { ...kept.cards, names: ['fame'] } })).toThrow(
      'learned with other features',
    )
    const cut = { ...kept.cards, leaves: kept.cards.leaves.slice(1) }
    expect(() => readCardModel({ ...kept, cards: cut })).toThrow('cut off')
  })
})
