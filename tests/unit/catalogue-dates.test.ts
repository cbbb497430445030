import { describe, expect, test } from 'vitest'
import { shownSeason } from '@/lib/catalogue/facts'
import { type Entry, emptyEntry, type SetName } from '@/lib/workshop/catalogue/entry'
import { buildSeasons } from '@/lib/workshop/catalogue/seasons'
import { dayInJapan, parseAnime } from '@/lib/workshop/catalogue/sets/anime'
import { courMark, numberInTitle, substantiveName } from '@/lib/workshop/catalogue/sets/anime-titles'
import { parseNetflixSeasons, parseNetflixTitles } from '@/lib/workshop/catalogue/sets/netflix'
import { parseTvmaze2025 } from '@/lib/workshop/catalogue/sets/tvmaze'

const TODAY = '2026-11-22'
const entry = (set: SetName, facts: Partial<Entry>): Entry => ({ ...emptyEntry(set, 'A show'), ...facts })
const report = (...days: [number, string][]) =>
  entry('netflix-reports', {
    seasons: days.map(([number, premiere]) => ({ number, premiere })),
    startYear: Number(days[0]?.[1].slice(0, 4)),
  })
/** The premiere that is shown of each season, as the facts decide. */
const datesOf = (...entries: Entry[]) => {
  const { facts } = buildSeasons(entries, TODAY)
  const numbers = [...new Set(facts.map(({ season }) => season))]
  return numbers.map(
    (number) => shownSeason(facts.filter(({ season }) => season === number)).premiere.value ?? undefined,
  )
}

describe('a Netflix arrival day is never called a premiere', () => {
  test('a show at home on another network keeps its own dates', () => {
    const bbc = entry('network-seasons', {
      network: 'BBC One',
      seasons: [{ number: 1, premiere: '2015-10-10' }],
    })
    expect(datesOf(bbc, report([1, '2015-12-28'], [2, '2017-03-20']))).toEqual(['2015-10-10'])
  })

  test('a Korean show that began in the year it came to Netflix keeps its year and gets no day', () => {
    const tvn = entry('tvmaze-2025', {
      startYear: 2018,
      countries: ['South Korea'],
      seasons: [{ number: 1, premiere: '2018' }],
    })
    expect(datesOf(tvn, report([1, '2018-04-13']))).toEqual(['2018'])
  })

  test("a day inside the month that a show's own page gives makes that month finer", () => {
    const page = entry('claim-pages', { network: 'Netflix', seasons: [{ number: 1, premiere: '2021-09' }] })
    expect(datesOf(page, report([1, '2021-09-17']))).toEqual(['2021-09-17'])
  })

  test('eight parts in four seasons date no season', () => {
    const ranch = entry('network-seasons', {
      network: 'Netflix',
      seasons: [
        { number: 1, premiere: '2016-04-01' },
        { number: 2, premiere: '2017-06-16' },
      ],
    })
    expect(datesOf(ranch, report([1, '2016-04-01'], [2, '2016-10-07'], [3, '2017-06-16']))).toEqual([
      '2016-04-01',
      '2017-06-16',
    ])
  })

  test('seasons that came fewer than 150 days apart are parts, and what follows them is numbered by parts', () => {
    const row = (season: number, day: string) => ({
      title: 'Parted',
      season,
      released_on_netflix: day,
      available_globally: 'Yes' as const,
    })
    const { entries, dropped } = parseNetflixSeasons([
      row(1, '2021-01-08'),
      row(2, '2021-04-11'),
      row(3, '2023-10-05'),
    ])
    expect(entries[0]?.seasons).toEqual([{ number: 1, premiere: '2021-01-08' }])
    expect(dropped).toHaveLength(1)
  })

  test('a day without "everywhere" is an arrival and dates nothing', () => {
    const row = {
      title: 'Vikings',
      season: 1,
      released_on_netflix: '2014-01-01',
      available_globally: 'No' as const,
    }
    expect(parseNetflixSeasons([row]).entries).toEqual([])
  })

  test('a limited series is its season 1, and a part listed as a show is none', () => {
    const row = (title: string, season: number) => ({
      title,
      season,
      released_on_netflix: '2021-03-15',
      available_globally: 'Yes' as const,
    })
    expect(parseNetflixSeasons([row('Transatlantic', 0)]).entries[0]?.seasons[0]?.number).toBe(1)
    expect(parseNetflixSeasons([row('Attack on Titan: Season 3', 2)]).entries).toEqual([])
  })

  test('a stand-up special in the Netflix listing is not a show', () => {
    const special = {
      title: 'Ellen DeGeneres: Relatable',
      director: '',
      cast: 'Ellen DeGeneres',
      country: 'United States',
      release_year: 2018,
      seasons: '1 Season',
      genres: 'Stand-Up Comedy & Talk Shows, TV Comedies',
    }
    expect(parseNetflixTitles([special]).entries).toEqual([])
    expect(parseNetflixTitles([{ ...special, seasons: '3 Seasons' }]).entries).toHaveLength(1)
  })
})

describe('no date is more precise than its source', () => {
  test('a set that knows years only says a year', () => {
    const row = {
      title: 'A',
      start_year: '2010',
      end_year: '',
      genres: 'Drama',
      language: '',
      actors: '',
      status: 'Ended',
    }
    expect(parseTvmaze2025([row]).entries[0]?.seasons).toEqual([{ number: 1, premiere: '2010' }])
    expect(parseTvmaze2025([row]).entries[0]?.listed).toEqual({
      label: 'Ended',
      source: 'TVmaze',
      as_of: '2025',
    })
  })

  test('two sets that disagree do not add up to a finer date: the more trusted one is shown, the other kept', () => {
    const year = entry('tvmaze-2025', { seasons: [{ number: 1, premiere: '2021' }] })
    const day = entry('netflix-titles', { seasons: [{ number: 1, premiere: '2022-03-04' }] })
    expect(datesOf(year, day)).toEqual(['2021'])
    const { facts, disagreements } = buildSeasons([year, day], TODAY)
    expect(disagreements).toEqual([{ season: 1, believed: '2021', doubted: '2022-03-04 (netflix-titles)' }])
    expect(facts).toContainEqual(expect.objectContaining({ provider: 'netflix-titles', value: '2022-03-04' }))
  })

  test('a year and a day in it do: the day is shown', () => {
    const year = entry('tvmaze-2025', { seasons: [{ number: 1, premiere: '2021' }] })
    expect(datesOf(year, entry('claim-pages', { seasons: [{ number: 1, premiere: '2021-03-04' }] }))).toEqual(
      ['2021-03-04'],
    )
  })

  test('what has not happened yet is not on record', () => {
    const page = entry('claim-pages', { seasons: [{ number: 1, premiere: '2027-01-01' }] })
    expect(datesOf(page)).toEqual([undefined])
  })

  test('a season dated before the one before it loses its date', () => {
    const page = entry('claim-pages', {
      seasons: [
        { number: 1, premiere: '2020-05-01' },
        { number: 2, premiere: '2019-05-01' },
      ],
    })
    expect(datesOf(page)).toEqual(['2020-05-01', undefined])
  })
})

describe('anime begin on the Japanese day', () => {
  test('an anime that starts at 15:00 UTC starts the next day in Japan', () => {
    expect(dayInJapan('2020-01-03T15:00:00.000Z')).toBe('2020-01-04')
    expect(dayInJapan('2020-01-03T14:59:00.000Z')).toBe('2020-01-03')
    expect(dayInJapan('')).toBeNull()
  })

  const item = (title: string, begin: string, end: string, tmdb: string, type = 'tv') => ({
    title,
    titleTranslate: { en: [], 'zh-Hans': [] },
    type,
    lang: 'ja',
    begin,
    end,
    sites: [
      { site: 'tmdb', id: tmdb },
      { site: 'bangumi', id: title },
    ],
  })
  const row = (show: string, title: string, premiere: string) => ({
    show,
    title,
    season: 1,
    premiere,
    finale: '',
  })
  const parse = (items: ReturnType<typeof item>[]) =>
    parseAnime(
      items.map(({ title, begin }) => row('tmdb:7', title, begin.slice(0, 10))),
      items,
    )

  test('instalments that state their season become the seasons of one show', () => {
    const { entries } = parse([
      item('【推しの子】', '2023-04-12T14:00:00Z', '2023-06-28T14:30:00Z', 'tv/7'),
      item('【推しの子】(第2期)', '2024-07-03T14:00:00Z', '2024-10-06T14:30:00Z', 'tv/7'),
    ])
    expect(entries).toHaveLength(1)
    expect(entries[0]?.seasons).toEqual([
      { number: 1, premiere: '2023-04-12', finale: '2023-06-28' },
      { number: 2, premiere: '2024-07-03', finale: '2024-10-06' },
    ])
  })

  test('a second cour is not a season: it ends the one it belongs to', () => {
    const { entries } = parse([
      item('無職転生', '2021-01-10T15:00:00Z', '2021-03-21T15:30:00Z', 'tv/7'),
      item('無職転生 第2クール', '2021-10-03T15:00:00Z', '2021-12-19T15:30:00Z', 'tv/7'),
    ])
    expect(entries[0]?.seasons).toEqual([{ number: 1, premiere: '2021-01-11', finale: '2021-12-20' }])
  })

  test('two shows that only share an address stay two, and a film or remaster is no season', () => {
    const { entries, dropped } = parse([
      item('悟空の大冒険', '1967-01-06T16:00:00Z', '1967-09-29T16:00:00Z', 'tv/7'),
      item('夢戦士ウイングマン', '1984-02-06T16:00:00Z', '1985-02-25T16:00:00Z', 'tv/7'),
      item('悟空の大冒険 HDリマスター', '2011-12-23T16:00:00Z', '2012-11-25T16:00:00Z', 'tv/7'),
      item('劇場版 悟空の大冒険', '1967-12-01T16:00:00Z', '1967-12-01T16:00:00Z', 'movie/7', 'movie'),
    ])
    expect(entries.map(({ title }) => title)).toEqual(['悟空の大冒険', '夢戦士ウイングマン'])
    expect(entries[1]?.ids.tmdb).toBeUndefined()
    expect(dropped.map(({ what }) => what)).toEqual(
      expect.arrayContaining(['悟空の大冒険 HDリマスター', '劇場版 悟空の大冒険']),
    )
  })

  test('a number that is a part of the name makes no seasons before the first', () => {
    const seasonsOf = (...items: ReturnType<typeof item>[]) => parse(items).entries[0]?.seasons
    expect(
      seasonsOf(item('マクロス7', '1994-10-16T15:00:00Z', '1995-09-24T15:00:00Z', 'tv/7')),
    ).toMatchObject([{ number: 1, premiere: '1994-10-17' }])
    expect(
      seasonsOf(
        item('シンコウキV', '2001-04-06T09:00:00Z', '2001-06-29T09:00:00Z', 'tv/7'),
        item('シンコウキV 第2期', '2003-04-04T09:00:00Z', '2003-06-27T09:00:00Z', 'tv/7'),
      ),
    ).toMatchObject([
      { number: 1, premiere: '2001-04-06' },
      { number: 2, premiere: '2003-04-04' },
    ])
    // A title that says "second season", and an address that does, mean it, though nobody dates the first.
    for (const second of [
      item('薄明 第2期', '2011-04-01T09:00:00Z', '2011-06-24T09:00:00Z', 'tv/7'),
      item('薄明', '2011-04-01T09:00:00Z', '2011-06-24T09:00:00Z', 'tv/7/season/2'),
    ])
      expect(seasonsOf(second)).toMatchObject([{ number: 2, premiere: '2011-04-01' }])
  })

  test('season numbers are read from Japanese titles in every spelling', () => {
    for (const [title, number] of [
      ['おそ松さん(第2期)', 2],
      ['闇芝居 十三期', 13],
      ['プリパラ 2nd season', 2],
      ['オーバーロードIII', 3],
      ['オーバーロードⅣ', 4],
      ['境界のRINNE(第3シリーズ)', 3],
      ['モンスターストライク セカンドシーズン', 2],
      ['機動戦士ガンダム00', null],
      ['モブサイコ100', null],
    ] as const)
      expect(numberInTitle(title), title).toBe(number)
    expect(courMark('進撃の巨人 The Final Season Part 2')).toBe(true)
    expect(substantiveName('キングダム', 'キングダム 第5シリーズ')).toBeNull()
    expect(substantiveName('ポケットモンスター', 'ポケットモンスター サン＆ムーン')).toBe(
      'ポケットモンスター サン＆ムーン',
    )
  })
})
