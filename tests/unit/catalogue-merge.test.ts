import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Entry, emptyEntry, SETS, type SetName } from '@/lib/workshop/catalogue/entry'
import { mergeEntries, sameShow } from '@/lib/workshop/catalogue/merge'
import { personKey, titleKey } from '@/lib/workshop/catalogue/names'

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
    drawn: false,
    countries: ['United States'],
    network: 'Audience Network',
    language: 'English',
    startYear: 2014,
    startDay: '2014-10-08',
    endYear: 2017,
    cast: cast('Jonathan Tucker', 'Frank Grillo'),
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
        entry('bangumi-data', '重神機パンドーラ', { ids: { bangumi: ['186180'] }, startYear: 2018 }),
        entry('bangumi-data', 'Last Hope', { ids: { bangumi: ['9', '186180'] }, startYear: 2018 }),
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

describe('namesakes', () => {
  const british = { countries: ['United Kingdom'], startYear: 2022 }

  test('that one set lists on other days are two shows, on one day one', () => {
    const on = (startDay: string) => entry('tvmaze-2025-10', 'The Traitors', { ...british, startDay })
    expect(showsOf([on('2022-11-29'), on('2022-03-11')])).toHaveLength(2)
    expect(showsOf([on('2022-11-29'), on('2022-11-29')])).toHaveLength(1)
  })

  test('that a shop lists once for each season are one show', () => {
    const people = cast('Idris Elba', 'Ruth Wilson')
    const listed = (seenYear: number) => entry('streaming-titles', 'Luther', { seenYear, cast: people })
    const luther = entry('tvmaze-2024', 'Luther', { startYear: 2010, endYear: 2019, cast: people })
    expect(showsOf([luther, listed(2010), listed(2013)])).toHaveLength(1)
  })

  test('that are known by one name each are brought together by whoever knows both', () => {
    const spanish = { startYear: 2017, countries: ['Spain'], drawn: false }
    const heist = entry('tvmaze-2024', 'Money Heist', spanish)
    const casa = entry('tvmaze-2025-10', 'La Casa de Papel', spanish)
    const both = entry('netflix-titles', 'Money Heist', { ...spanish, findBy: ['La casa de papel'] })
    expect(showsOf([heist, casa])).toHaveLength(2)
    const { clusters, joinedBecause } = mergeEntries([heist, casa, both])
    expect(clusters.map(({ entries }) => entries.length)).toEqual([3])
    expect(joinedBecause.get('known by both names')).toBe(1)
    const later = { ...casa, startYear: 2021 }
    expect(showsOf([heist, later, both]), 'but not where they began in other years').toEqual([
      ['tvmaze-2024:2017', 'netflix-titles:2017'],
      ['tvmaze-2025-10:2021'],
    ])
  })

  test('on one network in the same years are one show, whichever year a set calls its first', () => {
    const on = (set: SetName, network: string, startYear: number) =>
      entry(set, 'Vikings', { network, startYear, endYear: 2020 })
    expect(showsOf([on('tvmaze-2024', 'History', 2013), on('tvmaze-2025-10', 'History', 2015)])).toHaveLength(
      1,
    )
    expect(showsOf([on('tvmaze-2024', 'History', 2013), on('tvmaze-2025-10', 'Syfy', 2015)])).toHaveLength(2)
  })

  test('of which one is still to come are two, though the old one is long over', () => {
    const coming = entry('claim-pages', 'Baywatch', { upcoming: true, startYear: 2027, network: 'Fox' })
    const old = entry('tvmaze-2025-10', 'Baywatch', { startYear: 1989, network: 'Fox' })
    expect(showsOf([coming, old])).toHaveLength(2)
    const { homonyms } = mergeEntries([coming, old])
    expect(homonyms).toEqual([{ title: 'Baywatch', why: 'one is still to come' }])
  })
})

describe('what a set can tell', () => {
  const topBoy = entry('tvmaze-2024', 'Top Boy', {
    drawn: false,
    startYear: 2011,
    startDay: '2011-10-31',
    network: 'Channel 4',
    countries: ['United Kingdom'],
  })

  test('a line of ours joins the show of its name and year, whatever network it names', () => {
    const ours = entry('premises', 'Top Boy', { startYear: 2011, network: 'Netflix', tags: ['gangs'] })
    const elsewhere = { ...ours, network: 'BBC Two' }
    expect(showsOf([topBoy, ours])).toHaveLength(1)
    expect(showsOf([topBoy, elsewhere])).toHaveLength(1)
    expect(showsOf([topBoy, { ...elsewhere, set: 'turkish-wikipedia' }])).toHaveLength(2)
  })

  test("Netflix's lists do not say when a show began: they part no shows, and no later set is measured by them", () => {
    const cluster = { entries: [topBoy], keys: new Set<string>() }
    for (const set of ['netflix-reports', 'netflix-originals-wikipedia'] as const) {
      const arrival = entry(set, 'Top Boy', { startYear: 2019, startDay: '2019-09-13' })
      expect(sameShow(cluster, arrival).is, set).not.toBe('different')
      const withArrival = { ...cluster, entries: [topBoy, arrival] }
      const of2019 = entry('premises', 'Top Boy', { startYear: 2019 })
      expect(sameShow(withArrival, of2019).reasons, set).toEqual(['began in different years'])
    }
    expect(sameShow(cluster, entry('tvmaze-2025', 'Top Boy', { startYear: 2019 })).is).toBe('different')
  })

  test('an entry that only adds opens no show, and is named among what was left out', () => {
    const { clusters, dropped } = mergeEntries([
      entry('streaming-titles', 'Nobody Knows', { addsOnly: true }),
    ])
    expect(clusters).toEqual([])
    expect(dropped).toEqual([
      {
        set: 'streaming-titles',
        what: 'Nobody Knows',
        why: 'meets no show that other sets have',
      },
    ])
  })
})

describe('whatever the sets say', () => {
  const anyEntry = fc
    .record({
      set: fc.constantFrom<SetName>('tvmaze-2024', 'tvmaze-2025-10', 'premises', 'streaming-titles'),
      title: fc.constantFrom('Ghosts', 'The Bridge', 'Forever'),
      startYear: fc.option(fc.integer({ min: 2010, max: 2014 }), { nil: undefined }),
      country: fc.constantFrom('Japan', 'France'),
      network: fc.option(fc.constantFrom('NHK', 'TF1'), { nil: undefined }),
      drawn: fc.option(fc.boolean(), { nil: undefined }),
      addsOnly: fc.boolean(),
    })
    .map(({ set, title, startYear, country, network, drawn, addsOnly }) =>
      entry(set, title, {
        countries: [country],
        ...(addsOnly ? { addsOnly } : {}),
        ...(startYear === undefined ? {} : { startYear }),
        ...(network === undefined ? {} : { network }),
        ...(drawn === undefined ? {} : { drawn }),
      }),
    )
  const anyEntries = fc.array(anyEntry, { maxLength: 12 })

  test('every entry is in one show or named among what was left out, and none that only adds stands alone', () => {
    fc.assert(
      fc.property(anyEntries, (entries) => {
        const { clusters, dropped } = mergeEntries(entries)
        const placed = clusters.flatMap((cluster) => cluster.entries)
        expect(new Set(placed).size).toBe(placed.length)
        expect(placed.length + dropped.length).toBe(entries.length)
        for (const cluster of clusters) expect(cluster.entries.some(({ addsOnly }) => !addsOnly)).toBe(true)
      }),
    )
  })

  test('the order of the rows inside a set changes nothing where namesakes began two years apart or more', () => {
    const told = fc
      .uniqueArray(
        fc.record({
          set: fc.constantFrom<SetName>('tvmaze-2024', 'network-seasons', 'premises', 'streaming-titles'),
          title: fc.constantFrom('Ghosts', 'The Bridge'),
          startYear: fc.constantFrom(2010, 2012, 2014),
          country: fc.constantFrom('Japan', 'France'),
        }),
        { maxLength: 10, selector: (row) => Object.values(row).join() },
      )
      .map((rows) =>
        rows.map(({ set, title, startYear, country }) =>
          entry(set, title, { startYear, countries: [country] }),
        ),
      )
    const inTwoOrders = told.chain((entries) =>
      fc.tuple(
        fc.constant(entries),
        fc.shuffledSubarray(entries, { minLength: entries.length, maxLength: entries.length }),
      ),
    )
    const bySet = (entries: Entry[]) => [...entries].sort((a, b) => SETS.indexOf(a.set) - SETS.indexOf(b.set))
    fc.assert(
      fc.property(inTwoOrders, ([one, other]) => {
        const shows = (entries: Entry[]) =>
          mergeEntries(bySet(entries))
            .clusters.map((cluster) => cluster.entries.map((member) => one.indexOf(member)).sort())
            .map(String)
            .sort()
        expect(shows(other)).toEqual(shows(one))
      }),
    )
  })
})
