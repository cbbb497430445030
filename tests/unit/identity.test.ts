/** Whether two shows are one: what speaks for it, what against, and when nobody but a person may say. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalLine } from '@/lib/catalogue/record'
import type { CatalogueRecord } from '@/lib/catalogue/types'
import { compare, judge, keyOfName } from '@/lib/identity/rules'
import type { Comparable } from '@/lib/identity/types'
import { parted, seasonsBetween, united } from '@/lib/identity/unite'

const show = (more: Partial<Comparable> = {}): Comparable => ({
  title: 'Harbour Lights',
  aliases: [],
  began: '2024-03-03',
  country: 'Norway',
  network: null,
  kind: 'scripted',
  ids: [],
  ...more,
})
const is = (one: Comparable, ...others: Comparable[]) => judge(one, others).map((judged) => judged.is)
const codes = (one: Comparable, other: Comparable) => compare(one, other).map(({ code }) => code)

describe('two shows', () => {
  it('of one name and one first day are one', () => {
    expect(is(show(), show())).toEqual(['same'])
    expect(codes(show(), show())).toEqual(['title', 'day', 'country'])
  })

  it('are one under another name too, with accents, articles and signs or without', () => {
    expect(is(show(), show({ title: 'Havnelys', aliases: ['The Harbour-Lights'] }))).toEqual(['same'])
    for (const name of ['The Café & Bar', 'cafe and bar', 'CAFÉ — and — BAR'])
      expect(keyOfName(name)).toBe('cafeandbar')
  })

  it('of one name, year, country and network are one; without the network a person is asked', () => {
    const year = { began: '2024', network: 'Fjordvision' }
    expect(is(show({ network: 'Fjordvision' }), show(year))).toEqual(['same'])
    expect(is(show(), show({ began: '2024' }))).toEqual(['doubtful'])
    expect(is(show(), show({ began: null }))).toEqual(['doubtful'])
  })

  it('of other countries, other years or other ids of one service are never joined unasked', () => {
    for (const more of [{ country: 'Denmark' }, { began: '2019-03-03' }, { ids: ['imdb:tt2'] }])
      expect(is(show({ ids: ['imdb:tt1'] }), show(more))).not.toContain('same')
  })

  it('that only began together in one country have nothing to be asked', () => {
    expect(is(show(), show({ title: 'Another' }))).toEqual(['different'])
    expect(compare(show(), show({ title: 'Another' }))).toEqual([])
  })

  it('of which a third may be it as well are for a person', () => {
    expect(is(show(), show(), show({ country: null }))).toEqual(['doubtful', 'doubtful'])
  })

  it('compare alike in either direction, and a show is at least in doubt with itself', () => {
    const any = fc.record({
      title: fc.constantFrom('One', 'The One', 'Other', 'Ärger', ''),
      aliases: fc.subarray(['One', 'Arger', 'Third']),
      began: fc.constantFrom(null, '2024', '2024-03-03', '2023-11-01', '2011'),
      country: fc.constantFrom(null, 'Norway', 'Denmark'),
      network: fc.constantFrom(null, 'A', 'a', 'B'),
      kind: fc.constantFrom(null, 'scripted', 'anime'),
      ids: fc.subarray(['imdb:tt1', 'imdb:tt2', 'tvdb:7']),
    })
    const sum = (a: Comparable, b: Comparable) => compare(a, b).reduce((all, { adds }) => all + adds, 0)
    fc.assert(
      fc.property(any, any, (a, b) => {
        expect(sum(a, b)).toBe(sum(b, a))
        if (keyOfName(a.title) !== '') expect(is(a, a)).not.toContain('different')
      }),
    )
  })
})

describe('two records made one', () => {
  const record = (slug: string): fc.Arbitrary<CatalogueRecord> =>
    fc
      .record({
        ids: fc.subarray(['imdb', 'tvdb', 'tmdb'], { minLength: 1 }),
        aliases: fc.subarray(['A', 'B', 'C']),
        genres: fc.subarray(['Drama', 'Crime']),
        summary: fc.option(fc.constantFrom('x', 'y')),
        seasons: fc.subarray([1, 2, 3]),
        provider: fc.constantFrom('tvmaze', 'tmdb'),
        year: fc.constantFrom(2020, 2021),
      })
      .map(({ ids, seasons, provider, year, ...more }) => ({
        ...more,
        slug,
        ids: Object.fromEntries(ids.map((namespace) => [namespace, `${slug}-${namespace}`])),
        title: `Title of ${slug}`,
        original_title: null,
        kind: 'scripted',
        country: null,
        language: null,
        network: null,
        source_material: null,
        popularity: null,
        rating: null,
        tags: [],
        creators: [],
        cast: [],
        related_franchise: [],
        provenance: [provider],
        seasons: seasons.map((number) => ({
          number,
          name: null,
          premiere: `${year + number}-05-01`,
          finale: null,
          episodes: null,
        })),
        facts: seasons.flatMap((number) =>
          (['counted', 'premiere'] as const).map((field) => ({
            season: number,
            field,
            provider,
            value: field === 'counted' ? 'yes' : `${year + number}-05-01`,
            as_of: null,
            seen_on: '2026-11-01' as const,
            withdrawn_on: null,
          })),
        ),
      }))

  it('have every id and name of both, and parted again the one that stayed is as it was', () => {
    fc.assert(
      fc.property(record('one'), record('two'), (into, from) => {
        const union = united(into, from, seasonsBetween(into, from, []))
        for (const [namespace, value] of [...Object.entries(into.ids), ...Object.entries(from.ids)])
          expect([union.ids[namespace]].flat()).toContain(value)
        expect(union.aliases).toContain(from.title)
        expect(canonicalLine(parted(into, union, union))).toBe(canonicalLine(into))
      }),
    )
  })

  it('and parted keep what came since, and nothing that the other brought', () => {
    fc.assert(
      fc.property(record('one'), record('two'), (into, from) => {
        const union = united(into, from, seasonsBetween(into, from, []))
        const now = {
          ...union,
          aliases: [...(union.aliases ?? []), 'Since'],
          genres: [...(union.genres ?? []), 'Since'],
        }
        const left = parted(into, union, now)
        expect(left.aliases).toEqual([...(into.aliases ?? []), 'Since'])
        expect(left.genres).toEqual([...(into.genres ?? []), 'Since'])
        expect(left.summary).toEqual(into.summary)
        const facts = (of: CatalogueRecord) => JSON.stringify(of.facts)
        expect(facts(left)).toBe(facts(into))
      }),
    )
  })
})
