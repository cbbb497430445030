import { describe, expect, test } from 'vitest'
import type { CatalogueRecord } from '@/lib/catalogue/types'
import { keepAddresses } from '@/lib/workshop/catalogue/addresses'
import { assemble } from '@/lib/workshop/catalogue/assemble'
import { type Entry, emptyEntry, type SetName } from '@/lib/workshop/catalogue/entry'
import { mergeEntries } from '@/lib/workshop/catalogue/merge'
import { joinTwins } from '@/lib/workshop/catalogue/twins'

const entry = (set: SetName, title: string, day: string | null, more: Partial<Entry> = {}): Entry => ({
  ...emptyEntry(set, title),
  ...(day ? { startYear: Number(day.slice(0, 4)), seasons: [{ number: 1, premiere: day }] } : {}),
  ...(day?.length === 10 ? { startDay: day } : {}),
  ...more,
})
const cast = (...names: string[]) => names.map((person) => ({ person }))
const showsOf = (...entries: Entry[]) => joinTwins(mergeEntries(entries).clusters).clusters
const four = cast('Ada Ayran', 'Bora Bey', 'Cem Can', 'Deniz Dal')

describe('one show under two names is one in the catalogue', () => {
  test('where both began on one day and one name is part of the other', () => {
    const twins = showsOf(
      entry('tvmaze-2025-10', "Harlan Coben's Far Shore", '2021-12-31', { network: 'Netflix' }),
      entry('netflix-reports', 'Far Shore', '2021-12-31', { countries: ['United Kingdom'] }),
    )
    expect(twins).toHaveLength(2)
    const named = showsOf(
      entry('tvmaze-2025-10', "Harlan Coben's Far Shore", '2021-12-31'),
      entry('premises', 'Far Shore', '2021-12-31', { countries: ['United Kingdom'] }),
    )
    expect(named).toHaveLength(1)
  })

  test('where they share a year and four people, whatever they are called', () => {
    const places = { countries: ['Turkey'] }
    const shows = showsOf(
      entry('turkish-wikipedia', 'Yanık Koza', '2005-04-06', { ...places, cast: four }),
      entry('netflix-titles', 'Burned Cocoon', '2005', { ...places, cast: four }),
    )
    expect(shows).toHaveLength(1)
  })

  test('not where one list has both: then it knows two', () => {
    const shows = showsOf(
      entry('tvmaze-2025-10', 'The Curse of Oak Island', '2014-01-05', { cast: four }),
      entry('tvmaze-2025-10', 'The Curse of Oak Island: Digging Deeper', '2014-01-05', { cast: four }),
    )
    expect(shows).toHaveLength(2)
  })

  test('not where one is a part of a longer series, which has its people and first year', () => {
    const shows = showsOf(
      entry('tvmaze-2024', 'Power Rangers', '1993-08-28', { cast: four, endYear: 2023 }),
      entry('tvmaze-2025', 'Mighty Morphin Power Rangers', '1993', { cast: four, endYear: 1996 }),
    )
    expect(shows).toHaveLength(2)
  })
})

test('of two published addresses of one show the other leads to the one that was published with its year', () => {
  const [cluster] = mergeEntries([
    entry('tvmaze-2025-10', 'The Magic School Bus', '1994-09-10', { countries: ['United States'] }),
  ]).clusters
  const draft = assemble(cluster!, new Map(), '2026-11-30')
  const published = (slug: string, premiere: string, popularity: number): CatalogueRecord => ({
    ids: { greenlit: slug },
    slug,
    title: 'The Magic School Bus',
    kind: 'scripted',
    popularity,
    seasons: [{ number: 1, premiere }],
  })
  const { of, moved, lost } = keepAddresses(
    [draft],
    [
      published('the-magic-school-bus-1997', '1994', 9),
      published('the-magic-school-bus-1994', '1994-09-10', 5),
    ],
  )
  expect(lost).toEqual([])
  expect(of[0]?.slug).toBe('the-magic-school-bus-1997')
  expect(moved.map(({ slug }) => slug)).toEqual(['the-magic-school-bus-1994'])
  const wrong = keepAddresses(
    [draft],
    [
      published('the-magic-school-bus-1997', '1995', 9),
      published('the-magic-school-bus-1994', '1994-09-10', 5),
    ],
  )
  expect(wrong.of[0]).toEqual({ slug: 'the-magic-school-bus-1994', former: ['the-magic-school-bus-1997'] })
})
