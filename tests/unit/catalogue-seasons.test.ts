import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { shownSeason } from '@/lib/catalogue/facts'
import type { Fact } from '@/lib/catalogue/types'
import { assemble } from '@/lib/workshop/catalogue/assemble'
import { type Entry, emptyEntry, type SeasonEntry, type SetName } from '@/lib/workshop/catalogue/entry'
import { buildSeasons, homeNetwork, madeForNetflix } from '@/lib/workshop/catalogue/seasons'

const TODAY = '2026-11-22'
const entry = (set: SetName, facts: Partial<Entry>): Entry => ({ ...emptyEntry(set, 'A show'), ...facts })
const on = (...premieres: string[]): SeasonEntry[] =>
  premieres.map((premiere, index) => ({ number: index + 1, ...(premiere ? { premiere } : {}) }))
const numbersOf = (facts: Fact[]) => [...new Set(facts.map(({ season }) => season))]
const shownOf = (facts: Fact[]) =>
  numbersOf(facts).map((number) => {
    const { premiere, finale, episodes } = shownSeason(facts.filter(({ season }) => season === number))
    return [premiere.value, finale.value, episodes.value]
  })
const premieres = (...entries: Entry[]) => shownOf(buildSeasons(entries, TODAY).facts).map(([first]) => first)

describe("an anime that is cut otherwise elsewhere keeps the numbers of the ledger's pages", () => {
  // The pages count the second run of the first season to it; the other sets call it the second season.
  const pages = entry('claim-pages', { seasons: on('2013-04-07', '2017-04-01', '2018-07-23') })
  const elsewhere: SeasonEntry[] = [
    { number: 1, premiere: '2013-04-07', finale: '2013-06-30' },
    { number: 2, premiere: '2013-07-07', finale: '2013-09-29' },
    { number: 3, premiere: '2017-04-02', finale: '2017-06-18' },
    { number: 4, premiere: '2018-07-23', finale: '2018-10-15' },
  ]
  const bangumi = entry('bangumi-data', { seasons: elsewhere })

  test('a season is the one that began when the page says; a part of one is none', () => {
    const { facts } = buildSeasons([pages, bangumi], TODAY)
    expect(shownOf(facts)).toEqual([
      ['2013-04-07', '2013-06-30', null],
      ['2017-04-02', '2017-06-18', null],
      ['2018-07-23', '2018-10-15', null],
    ])
  })

  test('what other lists say of the parts goes the same way', () => {
    const list = entry('anime-seasons', { seasons: [{ number: 3, premiere: '2017-04-01', episodes: 12 }] })
    const part = entry('bangumi-subjects', { seasons: [{ number: 2, episodes: 13 }] })
    const { facts } = buildSeasons([pages, bangumi, list, part], TODAY)
    expect(shownOf(facts).map(([, , episodes]) => episodes)).toEqual([null, '12', null])
  })

  test('where the sets count as the pages do, nothing is renumbered, though days differ a little', () => {
    const same = entry('bangumi-data', {
      seasons: on('2013-04-06', '2017-04-02', '2018-07-22', '2025-01-05'),
    })
    expect(numbersOf(buildSeasons([pages, same], TODAY).facts)).toEqual([1, 2, 3, 4])
  })
})

describe('the day on which Netflix released a season', () => {
  const report = (...days: string[]) =>
    entry('netflix-reports', {
      seasons: on(...days),
      ...(days[0] ? { startDay: days[0], startYear: Number(days[0].slice(0, 4)) } : {}),
    })

  test('is the premiere where another set gives the day beside it: midnight falls on two days', () => {
    const tvmaze = entry('tvmaze-2025-10', {
      network: 'Netflix',
      carried: true,
      startYear: 2021,
      startDay: '2021-09-17',
      seasons: on('2021-09-17'),
    })
    const { facts, arrivals } = buildSeasons([tvmaze, report('2021-09-16', '2024-12-26')], TODAY)
    expect(arrivals).toEqual([])
    expect(shownOf(facts).map(([first]) => first)).toEqual(['2021-09-17', '2024-12-26'])
  })

  test('makes a show Netflix’s own that began there on that very day, whoever shows it now', () => {
    const moved = entry('tvmaze-2025-10', {
      network: 'Fox',
      startYear: 2018,
      startDay: '2018-05-02',
      seasons: on('2018-05-02'),
    })
    expect(madeForNetflix([moved, report('2018-05-02', '2019-04-24')])).toBe(true)
    expect(premieres(moved, report('2018-05-02', '2019-04-24'))).toEqual(['2018-05-02', '2019-04-24'])
    const late = report('2018-06-02', '2019-04-24')
    expect(madeForNetflix([moved, late])).toBe(false)
    expect(premieres(moved, late)).toEqual(['2018-05-02'])
  })

  test('of an anime counts the runs it may show, which are not its seasons', () => {
    const anime = entry('bangumi-data', { network: 'Tokyo MX', seasons: on('2019-04-06', '2023-04-09') })
    const shop = entry('netflix-titles', { seasonCount: 5, seasons: [] })
    expect(premieres(anime, shop, report('2021-02-01'))).toEqual(['2019-04-06', '2023-04-09'])
  })
})

test('a show is at home where a set says so that can know it; a service that may only carry it comes last', () => {
  const carried = entry('tvmaze-2025-10', { network: 'Hulu', carried: true })
  expect(homeNetwork([carried, entry('network-seasons', { network: 'FX' })])).toBe('FX')
  expect(homeNetwork([carried])).toBe('Hulu')
  expect(homeNetwork([entry('netflix-originals-wikipedia', { network: 'BBC One' })])).toBe('BBC One')
  expect(homeNetwork([])).toBeUndefined()
})

describe('the last day of a show', () => {
  const built = (ended: string, premiere: string, finale?: string) => {
    const show = entry('tvmaze-2025-10', {
      ended,
      seasons: [{ number: 1, premiere, ...(finale ? { finale } : {}) }],
      startYear: 2008,
    })
    const { record } = assemble({ entries: [show], keys: new Set() }, new Map(), TODAY)
    return record.seasons?.[0]?.finale ?? null
  }

  test('is the finale of its last season where it came soon enough after that began', () => {
    expect(built('2008-03-09', '2008-01-20')).toBe('2008-03-09')
  })

  test('may be that of a special years later, or known to the year only: then nobody says when the season ended', () => {
    expect(built('2019-10-11', '2008-01-20')).toBeNull()
    expect(built('2009', '2008-01-20')).toBeNull()
    expect(built('2008-03-09', '2008')).toBeNull()
    expect(built('2007-03-09', '2008-01-20')).toBeNull()
  })

  test('does not take the place of a finale that a set gives', () => {
    expect(built('2008-03-09', '2008-01-20', '2008-03-02')).toBe('2008-03-02')
  })
})

describe('whatever the sets say of the seasons', () => {
  const anyDay = fc
    .tuple(fc.integer({ min: 2010, max: 2027 }), fc.constantFrom('', '-03', '-03-14', '-11-30'))
    .map(([year, rest]) => `${year}${rest}`)
  const anySeason = fc.record(
    { number: fc.integer({ min: 1, max: 5 }), premiere: anyDay, episodes: fc.integer({ min: 1, max: 30 }) },
    { requiredKeys: ['number'] },
  )
  const anyEntry = fc
    .record({
      set: fc.constantFrom<SetName>(
        'claim-pages',
        'tvmaze-2024',
        'tvmaze-2025-10',
        'bangumi-data',
        'premises',
      ),
      seasons: fc.uniqueArray(anySeason, { maxLength: 4, selector: ({ number }) => number }),
      seasonCount: fc.option(fc.integer({ min: 1, max: 6 }), { nil: undefined }),
    })
    .map(({ set, seasons, seasonCount }) =>
      entry(set, { seasons, ...(seasonCount === undefined ? {} : { seasonCount }) }),
    )

  test('they are numbered from 1 without a gap, begin in their order, and none after today', () => {
    fc.assert(
      fc.property(fc.array(anyEntry, { maxLength: 5 }), (entries) => {
        const { facts } = buildSeasons(entries, TODAY)
        const numbers = numbersOf(facts)
        expect(numbers).toEqual(numbers.map((_, index) => index + 1))
        const days = shownOf(facts).flatMap(([first]) => first ?? [])
        for (const day of days) expect(day <= TODAY).toBe(true)
        days.forEach((day, index) => {
          const before = days[index - 1]
          if (before) expect(day.slice(0, 4) >= before.slice(0, 4)).toBe(true)
        })
      }),
    )
  })

  test('a provider says a thing of a season once, and counts every season it speaks of', () => {
    fc.assert(
      fc.property(fc.array(anyEntry, { maxLength: 5 }), (entries) => {
        const { facts } = buildSeasons(entries, TODAY)
        const keys = facts.map(({ season, field, provider }) => `${season} ${field} ${provider}`)
        expect(new Set(keys).size).toBe(keys.length)
        for (const { season, provider } of facts) expect(keys).toContain(`${season} counted ${provider}`)
      }),
    )
  })
})
