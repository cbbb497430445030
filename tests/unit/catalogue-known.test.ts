import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CatalogueRecord } from '@/lib/catalogue/types'
import { assemble, type Draft } from '@/lib/workshop/catalogue/assemble'
import { whyLeftOut } from '@/lib/workshop/catalogue/enters'
import { type Entry, emptyEntry, SETS, type SetName } from '@/lib/workshop/catalogue/entry'
import { pointsOf, rank } from '@/lib/workshop/catalogue/popularity'
import { parseAnimeSeasons } from '@/lib/workshop/catalogue/sets/anime-lists'
import { parseFamous } from '@/lib/workshop/catalogue/sets/famous'
import { parseTvmaze2024 } from '@/lib/workshop/catalogue/sets/tvmaze'
import { parseTvmazeOctober } from '@/lib/workshop/catalogue/sets/tvmaze-more'

const TODAY = '2026-11-22'
const entry = (set: SetName, facts: Partial<Entry> = {}): Entry => ({
  ...emptyEntry(set, 'A show'),
  ...facts,
})
const draftOf = (...entries: Entry[]): Draft => assemble({ entries, keys: new Set() }, new Map(), TODAY)
const people = (...names: string[]) => names.map((person) => ({ person }))

describe('how well known a show is held to be', () => {
  const anySets = fc.uniqueArray(fc.constantFrom(...SETS), { maxLength: 6 })
  const anyYears = fc.array(fc.integer({ min: 1960, max: 2026 }), { maxLength: 12 })
  const anyCast = fc.integer({ min: 0, max: 24 })
  const shown = (years: number[], cast: number): CatalogueRecord => ({
    ids: {},
    title: 'A show',
    seasons: years.map((year, index) => ({ number: index + 1, premiere: String(year) })),
    cast: Array.from({ length: cast }, (_, index) => ({ person: `Person ${index}` })),
  })
  const points = (sets: SetName[], years: number[], cast: number) =>
    pointsOf({ record: shown(years, cast), sets })

  test('one more season, year, set or person never makes it less known', () => {
    fc.assert(
      fc.property(anySets, anyYears, anyCast, fc.constantFrom(...SETS), (sets, years, cast, set) => {
        const before = points(sets, years, cast)
        const last = Math.max(2000, ...years)
        expect(points(sets, [...years, last], cast)).toBeGreaterThan(before)
        expect(points(sets, [...years, last + 1], cast)).toBeGreaterThan(before)
        expect(points(sets, years, cast + 1)).toBeGreaterThan(before)
        expect(points([...new Set([...sets, set])], years, cast)).toBeGreaterThanOrEqual(before)
      }),
    )
  })

  test('the tenth season says less than the second, and of nothing nothing follows', () => {
    const of = (seasons: number) => points([], Array(seasons).fill(2020), 0)
    expect(of(2) - of(1)).toBeGreaterThan(of(10) - of(9))
    expect(of(0)).toBe(0)
  })

  test("one service's lists are one voice, however many of them have it", () => {
    const [titles, reports, originals] = [
      ...(['netflix-titles', 'netflix-reports', 'netflix-originals-wikipedia'] as const),
    ]
    expect(points([titles, reports, originals], [], 0)).toBe(points([titles, reports], [], 0))
    expect(points([titles, reports], [], 0)).toBeGreaterThan(points([titles], [], 0))
  })

  test('a show we wrote down by hand comes before one that lists of everything have', () => {
    const everywhere = points(
      ['bangumi-data', 'anime-seasons', 'anime-genres', 'bangumi-subjects'],
      [2010],
      5,
    )
    expect(points(['famous-by-hand'], [2010], 5)).toBeGreaterThan(everywhere)
  })

  test('is given from 0 to 100, the best known at 100, and in the order of the points', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anySets, anyYears, anyCast), { minLength: 1, maxLength: 8 }), (shows) => {
        const drafts = shows.map(([sets, years, cast]) => ({
          ...draftOf(entry('tvmaze-2024')),
          record: shown(years, cast),
          sets,
        }))
        const records = drafts.map(({ record }) => ({ ...record }))
        rank(records, drafts)
        const given = records.map(({ popularity }) => popularity ?? -1)
        const known = drafts.map(pointsOf)
        for (const value of given) {
          expect(value).toBeGreaterThanOrEqual(0)
          expect(value).toBeLessThanOrEqual(100)
        }
        if (Math.max(...known) >= 1) expect(Math.max(...given)).toBe(100)
        known.forEach((one, a) => {
          known.forEach((other, b) => {
            if (one > other) expect(given[a]).toBeGreaterThanOrEqual(given[b] as number)
          })
        })
      }),
    )
  })
})

describe('a show stays out', () => {
  const described = {
    genres: ['Drama'],
    countries: ['France'],
    startYear: 2019,
    seasons: [{ number: 1, premiere: '2019-03-04' }],
  }
  const running = (label: string, premiere: string) => ({
    ...described,
    seasons: [{ number: 1, premiere }],
    listed: { label, source: 'TVmaze', as_of: '2025-10' },
  })
  const why = (...entries: Entry[]) => whyLeftOut(draftOf(...entries), false)

  test('where it may have had a second season and nobody counts them; one that surely ran on is in', () => {
    const reason = 'may have had more seasons than one, and nobody here counts them'
    expect(why(entry('tvmaze-2025-10', running('To Be Determined', '2019-03-04')))).toBe(reason)
    expect(why(entry('tvmaze-2025-10', running('Running', '2024-03-04')))).toBe(reason)
    expect(
      why(entry('tvmaze-2025-10', running('Running', '2019-03-04'))),
      'its page says that the record stops',
    ).toBeNull()
    expect(
      why(entry('tvmaze-2025-10', running('Ended', '2019-03-04'))),
      'but not where it is over',
    ).toBeNull()
    expect(why(entry('tvmaze-2025-10', running('Running', '2025-03-04'))), 'or new').toBeNull()
    const counted = entry('turkish-wikipedia', { ...described, seasonCount: 1 })
    expect(why(entry('tvmaze-2025-10', running('Running', '2024-03-04')), counted), 'or counted').toBeNull()
  })

  test('where no date, no genre, or neither country, network nor cast is known', () => {
    expect(why(entry('tvmaze-2024', { ...described, seasons: [] }))).toMatch(/^no season with a date/)
    expect(why(entry('tvmaze-2024', { ...described, genres: [] }))).toBe('no genre is known')
    expect(why(entry('tvmaze-2024', { ...described, countries: [] }))).toMatch(/^neither country/)
  })

  test('where one set alone has it that says too little by itself', () => {
    const years = { ...described, seasons: [{ number: 1, premiere: '2019' }] }
    expect(why(entry('tvmaze-2025', years))).toBe('one set only, which gives years and no network')
    expect(why(entry('network-seasons', described))).toBe('one set only')
    expect(why(entry('netflix-titles', { ...years, cast: people('A B', 'C D', 'E F') }))).toBeNull()
    expect(why(entry('netflix-titles', { ...years, cast: people('A B') }))).toBe('one set only')
    expect(why(entry('network-seasons', described), entry('netflix-titles', years))).toBeNull()
  })

  test('where it is an anime under a name that no list of anime knows', () => {
    const anime = entry('netflix-titles', { ...described, kind: 'anime' })
    expect(why(anime)).toMatch(/^a Japanese animation under a name/)
    expect(why(entry('bangumi-data', { kind: 'anime' }), anime)).toBeNull()
  })

  test('never where it is of the ledger, famous, or has an address already', () => {
    expect(why(entry('claim-pages'))).toBeNull()
    expect(why(entry('famous-by-hand'))).toBeNull()
    expect(whyLeftOut(draftOf(entry('netflix-titles')), true)).toBeNull()
  })

  test('always where it is for adults only: no entry is made of it, so nothing lets it in', () => {
    const october = parseTvmazeOctober([
      {
        title: 'After Dark',
        premiered: '2010-01-02',
        status: 'Ended',
        network: 'Playboy TV',
        genres: ['Drama', 'Adult'],
        language: 'English',
      },
    ])
    const anime = parseAnimeSeasons(
      [
        {
          mal: '1',
          title: 'Yoru',
          english_title: '',
          native_title: 'よる',
          synonyms: '',
          status: 'Finished Airing',
          aired_from: '2020-01-05',
          aired_to: '',
          episodes: '8',
          genres: 'Erotica',
          themes: '',
          demographics: '',
          source_material: 'Manga',
        },
      ],
      { mal: new Map([['1', { season: 1, part: 0, parts: 1 }]]), bangumi: new Map() },
      () => false,
    )
    const old = parseTvmaze2024([
      {
        title: '3AM',
        premiere: '2015-05-28',
        ended: '2015-07-09',
        genres: "['Adult']",
        type: 'Reality',
        language: 'English',
        network: 'Showtime',
        seasons: '1',
        characters: '',
        people: '',
        official_site: '',
      },
    ])
    expect([...october.entries, ...anime.entries, ...old.entries]).toEqual([])
    expect(old.dropped).toEqual([{ set: 'tvmaze-2024', what: '3AM', why: 'for adults only' }])
  })
})

describe('of the famous shows compiled by hand', () => {
  const famous = parseFamous(
    [
      {
        title: 'Succession',
        kind: 'scripted',
        countries: ['United States'],
        languages: ['English'],
        networks: ['HBO'],
        genres: ['Drama', 'Comedy'],
        cast: ['Brian Cox', 'Nobody Else'],
        seasons: [
          { number: 1, premiere: '2018-06-03', episodes: 10, checked: ['tvmaze-2025-10'], to_the_day: true },
          { number: 2, premiere: '2019-08-11', episodes: 10, checked: [], to_the_day: false },
        ],
      },
    ],
    TODAY,
  ).entries
  const cast = (...entries: Entry[]) => draftOf(...famous, ...entries).record.cast ?? []

  test('people and genres ship only where another set names them too', () => {
    const alone = draftOf(...famous).record
    expect([alone.cast, alone.genres]).toEqual([undefined, undefined])
    const other = entry('tvmaze-2024', { genres: ['Drama'], cast: people('Cox Brian', 'Jeremy Strong') })
    expect(cast(other).map(({ person }) => person)).toEqual(
      expect.arrayContaining(['Jeremy Strong', expect.stringMatching(/Cox/)]),
    )
    expect(cast(other)).toHaveLength(2)
    expect(draftOf(...famous, other).record.genres).toEqual(['Drama'])
  })

  test('a season that nobody confirms is there without a day', () => {
    expect(draftOf(...famous).record.seasons).toMatchObject([
      { number: 1, premiere: '2018-06-03', episodes: 10 },
      { number: 2, premiere: null, episodes: null },
    ])
  })
})

describe('a record put together of several sets', () => {
  test('is of an anime whoever says so, and called as the better list of anime calls it', () => {
    const { record } = draftOf(
      entry('bangumi-data', { title: '葬送のフリーレン', kind: 'anime', countries: ['Japan'] }),
      entry('anime-seasons', { title: "Frieren: Beyond Journey's End", original: '葬送のフリーレン' }),
      entry('netflix-titles', { title: 'Frieren', kind: 'animation' }),
    )
    expect(record).toMatchObject({
      kind: 'anime',
      title: "Frieren: Beyond Journey's End",
      original_title: '葬送のフリーレン',
      aliases: ['Frieren'],
    })
  })

  test('keeps the ids of all, the newest label of a provider, and the last day it gives', () => {
    const { record } = draftOf(
      entry('tvmaze-2024', {
        ids: { tvmaze: ['1'] },
        listed: { label: 'Running', source: 'TVmaze', as_of: '2024' },
      }),
      entry('tvmaze-2025-10', {
        ids: { tvmaze: ['1'], imdb: ['tt1'] },
        ended: '2025-03-02',
        listed: { label: 'Ended', source: 'TVmaze', as_of: '2025-10' },
      }),
    )
    expect(record.ids).toEqual({ tvmaze: ['1'], imdb: ['tt1'] })
    expect(record.listed).toEqual({ label: 'Ended', source: 'TVmaze', as_of: '2025-10' })
    expect(record.facts).toContainEqual(
      expect.objectContaining({ field: 'ended', provider: 'tvmaze', value: '2025-03-02' }),
    )
  })

  test('keeps a day of the end where a newer copy gives only its year, and takes another year for a correction', () => {
    const end = (...copies: [SetName, string][]) =>
      draftOf(...copies.map(([set, ended]) => entry(set, { ended }))).record.facts?.find(
        ({ field }) => field === 'ended',
      )?.value
    expect(end(['tvmaze-2024', '2022-04-03'], ['tvmaze-2025', '2022'])).toBe('2022-04-03')
    expect(end(['tvmaze-2024', '2022-04-03'], ['tvmaze-2025', '2023'])).toBe('2023')
    expect(end(['tvmaze-2024', '2022-04-03'], ['tvmaze-2025-10', '2022-04-10'])).toBe('2022-04-10')
  })

  test('hands on how many seasons a set counts in all, but not how many a shop has', () => {
    const { record } = draftOf(
      entry('tvmaze-2024', { seasonCount: 6 }),
      entry('netflix-titles', { seasonCount: 4 }),
    )
    expect(record.facts?.filter(({ field }) => field === 'seasons')).toMatchObject([
      { season: 0, provider: 'tvmaze', value: '6' },
    ])
  })

  test('names the licence of each set it rests on', () => {
    const { record } = draftOf(entry('tvmaze-2025-10'), entry('turkish-wikipedia'), entry('anime-genres'))
    expect(record.provenance).toEqual([
      'tvmaze-2025-10 (CC BY-SA 4.0)',
      'anime-genres (CC0; facts of MyAnimeList)',
      'turkish-wikipedia (CC BY-SA 4.0)',
    ])
  })
})
