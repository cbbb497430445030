import { describe, expect, test } from 'vitest'
import { type Entry, emptyEntry, type SetName } from '@/lib/catalogue/build/entry'
import { mergeEntries } from '@/lib/catalogue/build/merge'
import { personKey, titleKey } from '@/lib/catalogue/build/names'

const entry = (set: SetName, title: string, facts: Partial<Entry> = {}): Entry => ({
  ...emptyEntry(set, title),
  ...facts,
})
const cast = (...people: string[]) => people.map((person) => ({ person }))
/** Which entries ended up as one show, as lists of `set:year`. */
const showsOf = (entries: Entry[]) =>
  mergeEntries(entries).clusters.map(({ entries: members }) =>
    members.map(({ set, startYear }) => `${set}:${startYear}`),
  )

const koreanKingdom = entry('claim-pages', 'Kingdom', {
  drawn: false,
  original: '킹덤',
  countries: ['South Korea'],
  network: 'Netflix',
  startYear: 2019,
  startDay: '2019-01-25',
  cast: cast('Ju Ji-hoon', 'Bae Doona', 'Ryu Seung-ryong', 'Kim Sung-kyu'),
})
const kingdoms = [
  koreanKingdom,
  entry('tvmaze-2024', 'Kingdom', {
    ...{ drawn: false, countries: ['United States'], network: 'Audience Network', language: 'English' },
    ...{
      startYear: 2014,
      startDay: '2014-10-08',
      endYear: 2017,
      cast: cast('Jonathan Tucker', 'Frank Grillo'),
    },
  }),
  entry('network-seasons', 'Kingdom', {
    countries: ['United States'],
    startYear: 2014,
    startDay: '2014-10-08',
  }),
  entry('bangumi-data', 'KINGDOM', {
    drawn: true,
    original: 'キングダム',
    countries: ['Japan'],
    startYear: 2012,
  }),
  entry('tvmaze-2025', 'Kingdom', {
    drawn: false,
    language: 'Korean',
    startYear: 2019,
    cast: cast('Ju Ji-Hoon'),
  }),
  entry('tvmaze-2025', 'Kingdom', {
    drawn: false,
    startYear: 2014,
    cast: cast('Frank Grillo', 'Kiele Sanchez'),
  }),
  entry('tvmaze-2025', 'Kingdom', { drawn: true, startYear: 2012 }),
  entry('netflix-reports', 'Kingdom', { startYear: 2019, startDay: '2019-01-25', seenYear: 2019 }),
]

describe('what is one show and what is not', () => {
  test('three shows called Kingdom stay three, whatever order their sets come in', () => {
    expect(showsOf(kingdoms)).toEqual([
      ['claim-pages:2019', 'tvmaze-2025:2019', 'netflix-reports:2019'],
      ['tvmaze-2024:2014', 'network-seasons:2014', 'tvmaze-2025:2014'],
      ['bangumi-data:2012', 'tvmaze-2025:2012'],
    ])
  })

  test('the same show in two sets is one show', () => {
    const same = [
      entry('tvmaze-2024', 'The Strain', { startYear: 2014, startDay: '2014-07-13', network: 'FX' }),
      entry('network-seasons', 'The Strain', { startYear: 2014, startDay: '2014-07-13', network: 'FX' }),
      entry('tvmaze-2025', 'Strain', { startYear: 2014 }),
    ]
    expect(showsOf(same)).toHaveLength(1)
  })

  test('a remake is another show', () => {
    expect(
      showsOf([
        entry('tvmaze-2024', 'The Office', { startYear: 2001, countries: ['United Kingdom'] }),
        entry('tvmaze-2024', 'The Office', { startYear: 2005, countries: ['United States'] }),
      ]),
    ).toHaveLength(2)
  })

  test('two shows of one name and one year in two countries stay two', () => {
    expect(
      showsOf([
        entry('tvmaze-2024', 'Hostages', { startYear: 2013, startDay: '2013-10-13', countries: ['Israel'] }),
        entry('tvmaze-2024', 'Hostages', {
          startYear: 2013,
          startDay: '2013-09-23',
          countries: ['United States'],
        }),
      ]),
    ).toHaveLength(2)
  })

  test('a drawn show and its filmed remake stay two', () => {
    expect(
      showsOf([
        entry('claim-pages', 'One Piece', { drawn: false, startYear: 2023 }),
        entry('bangumi-data', 'ONE PIECE', { drawn: true, startYear: 1999 }),
        entry('netflix-titles', 'One Piece', { drawn: true, kind: 'anime', seenYear: 1999 }),
      ])[0],
    ).toEqual(['claim-pages:2023'])
  })

  test('a shared title alone makes nothing one show: what cannot be told stays out', () => {
    const { clusters, dropped } = mergeEntries([
      entry('tvmaze-2024', 'Dark Matter', { startYear: 2015 }),
      entry('netflix-titles', 'Dark Matter', { seenYear: 2017 }),
    ])
    expect(clusters).toHaveLength(1)
    expect(clusters[0]?.entries).toHaveLength(1)
    expect(dropped).toEqual([expect.objectContaining({ set: 'netflix-titles', what: 'Dark Matter' })])
  })

  test('two people in both casts outweigh a country that one set forgot', () => {
    const people = cast('Tatiana Maslany', 'Jordan Gavaris', 'Maria Doyle Kennedy')
    expect(
      showsOf([
        entry('tvmaze-2024', 'Orphan Black', { startYear: 2013, countries: ['Canada'], cast: people }),
        entry('netflix-titles', 'Orphan Black', {
          seenYear: 2014,
          countries: ['United States'],
          cast: people,
        }),
      ]),
    ).toHaveLength(1)
  })

  test('an outside id in common is one show under any two names', () => {
    expect(
      showsOf([
        entry('bangumi-data', '重神機パンドーラ', { ids: { bangumi: '186180' }, startYear: 2018 }),
        entry('bangumi-data', 'Last Hope', { ids: { bangumi: '186180' }, startYear: 2018 }),
      ]),
    ).toHaveLength(1)
  })

  test('a name spelled in another order, case or accent is the same person', () => {
    expect(personKey('Jung-jae Lee')).toBe(personKey('Lee Jung-Jae'))
    expect(personKey('Yûki Kaji')).toBe(personKey('Yuki Kaji'))
    expect(personKey('Ju Ji-hoon')).not.toBe(personKey('Ji Ju-hoon'))
  })

  test('a title is the same with or without its article, year, accents and punctuation', () => {
    expect(titleKey('The Kingdom')).toBe(titleKey('Kingdom'))
    expect(titleKey('Shameless (U.S.)')).toBe(titleKey('Shameless'))
    expect(titleKey('Élite')).toBe(titleKey('Elite'))
    expect(titleKey('ガンダム')).not.toBe(titleKey('カンタム'))
  })
})
