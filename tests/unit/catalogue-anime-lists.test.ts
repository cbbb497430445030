import { describe, expect, test } from 'vitest'
import { mergeEntries } from '@/lib/workshop/catalogue/merge'
import { type Instalments, parseAnime } from '@/lib/workshop/catalogue/sets/anime'
import {
  malWords,
  parseAnimeGenres,
  parseAnimeSeasons,
  parseBangumiSubjects,
} from '@/lib/workshop/catalogue/sets/anime-lists'

/** Of one show: its first season in two runs, then a second season, under the ids of two sites. */
const instalments: Instalments = {
  mal: new Map([
    ['39535', { season: 1, part: 0, parts: 2 }],
    ['45576', { season: 1, part: 1, parts: 2 }],
    ['51179', { season: 2, part: 0, parts: 1 }],
  ]),
  bangumi: new Map([
    ['277554', { season: 1, part: 0, parts: 1 }],
    ['373247', { season: 2, part: 0, parts: 1 }],
  ]),
}
const row = (facts: object) => ({
  mal: '39535',
  title: 'Mushoku Tensei: Isekai Ittara Honki Dasu',
  status: 'Finished Airing',
  english_title: 'Mushoku Tensei: Jobless Reincarnation',
  native_title: '無職転生',
  synonyms: '',
  aired_from: '2021-01-11',
  aired_to: '2021-03-22',
  episodes: '11',
  source_material: 'Light novel',
  genres: 'Adventure|Drama|Fantasy',
  themes: 'Isekai|Reincarnation',
  demographics: '',
  ...facts,
})
/** A show that bangumi-data does not have. */
const stranger = (facts: object) =>
  row({
    mal: '99',
    title: 'Yubisaki to Renren',
    english_title: 'A Sign of Affection',
    native_title: 'ゆびさきと恋々',
    aired_from: '2024-01-06',
    aired_to: '2024-03-23',
    episodes: '12',
    ...facts,
  })
const parse = (facts: object, taken: (title: string) => boolean = () => false) =>
  parseAnimeSeasons([row(facts)], instalments, taken)

describe("MyAnimeList's seasons", () => {
  test('add words, names and days to the show that has their id', () => {
    expect(parse({}).entries[0]).toMatchObject({
      title: 'Mushoku Tensei: Jobless Reincarnation',
      original: '無職転生',
      addsOnly: true,
      aliases: ['Mushoku Tensei: Isekai Ittara Honki Dasu'],
      genres: ['Adventure', 'Drama', 'Fantasy'],
      tags: ['isekai', 'reincarnation'],
      sourceMaterial: 'light novel',
      startDay: '2021-01-11',
      ids: { mal: ['39535'] },
    })
  })

  test('are runs: one of two gives neither the episodes nor the end of its season, the second no premiere', () => {
    expect(parse({}).entries[0]?.seasons).toEqual([{ number: 1, premiere: '2021-01-11' }])
    expect(parse({ mal: '45576', aired_from: '2021-10-04' }).entries[0]?.seasons).toEqual([{ number: 1 }])
    const second = { mal: '51179', aired_from: '2023-07-10', aired_to: '2024-07-01', episodes: '24' }
    expect(parse(second).entries[0]?.seasons).toEqual([
      { number: 2, premiere: '2023-07-10', finale: '2024-07-01', episodes: 24 },
    ])
  })

  test('of a sequel do not say when or as what the show began', () => {
    const entry = parse({
      mal: '51179',
      title: 'Mushoku Tensei II',
      english_title: 'Jobless Reincarnation Season 2',
    }).entries[0]
    expect(entry).toMatchObject({ title: 'Mushoku Tensei II', aliases: ['Jobless Reincarnation'] })
    for (const field of ['startDay', 'startYear', 'original']) expect(entry).not.toHaveProperty(field)
  })

  test('that have not been shown yet are dated by no padding, and those still on by no end', () => {
    expect(
      parse({ mal: '51179', status: 'Not yet aired', aired_from: '2026-04-01' }).entries[0]?.seasons,
    ).toEqual([{ number: 2 }])
    expect(parse({ mal: '51179', status: 'Currently Airing' }).entries[0]?.seasons).toEqual([
      { number: 2, premiere: '2021-01-11' },
    ])
  })

  test('for adults only do not enter', () => {
    expect(parse({ genres: 'Erotica|Romance' })).toEqual({
      entries: [],
      dropped: [
        {
          set: 'anime-seasons',
          what: 'Mushoku Tensei: Isekai Ittara Honki Dasu',
          why: 'for adults only',
        },
      ],
    })
  })
})

describe('an anime that bangumi-data does not have', () => {
  const open = (facts: object, taken: (title: string) => boolean = () => false) =>
    parseAnimeSeasons([stranger(facts)], instalments, taken)

  test('opens a show of its own', () => {
    const [entry] = open({}).entries
    expect(entry).toMatchObject({
      title: 'A Sign of Affection',
      original: 'ゆびさきと恋々',
      kind: 'anime',
      countries: ['Japan'],
      seasons: [{ number: 1, premiere: '2024-01-06', finale: '2024-03-23', episodes: 12 }],
    })
    expect(entry).not.toHaveProperty('addsOnly')
  })

  test('opens none where it is a sequel, a special or a film by any of its names', () => {
    for (const names of [
      { english_title: 'A Sign of Affection Season 2' },
      { english_title: 'A Sign of Affection: The Final' },
      { title: 'Yubisaki to Renren II' },
      { title: 'Yubisaki to Renren 2' },
      { title: 'Yubisaki to Renren: 3rd Stage' },
      { title: 'Yubisaki to Renren OVA' },
      { native_title: '続・ゆびさきと恋々' },
      { native_title: 'ゆびさきと恋々 第2期' },
      { native_title: '劇場版 ゆびさきと恋々' },
    ])
      expect(open(names).entries, JSON.stringify(names)).toEqual([])
  })

  test('opens none where its name begins like that of a show already there', () => {
    expect(open({}, (title) => title === 'A Sign of Affection')).toEqual({
      entries: [],
      dropped: [
        {
          set: 'anime-seasons',
          what: 'Yubisaki to Renren',
          why: 'a sequel, or its name begins like that of a show already there',
        },
      ],
    })
  })

  test('opens none where it may be Chinese, or where nobody says in which month it began', () => {
    for (const facts of [{ native_title: '斗破苍穹' }, { native_title: '' }, { aired_from: '2024' }])
      expect(open(facts).dropped[0]?.why).toBe('not surely Japanese, or without a premiere')
    expect(open({ status: 'Not yet aired' }).entries).toEqual([])
  })
})

describe("MyAnimeList's genres", () => {
  const genres = (facts: object) =>
    parseAnimeGenres(
      [
        {
          mal: '39535',
          title: 'Mushoku Tensei',
          type: 'TV',
          genres: 'Sci-Fi;Demons',
          set: 'cooperunion-2016',
          ...facts,
        },
      ],
      instalments,
    ).entries

  test('come by the id alone and open no show', () => {
    expect(genres({})).toMatchObject([
      { addsOnly: true, genres: ['Science fiction'], tags: ['demons'], ids: { mal: ['39535'] }, seasons: [] },
    ])
    expect(genres({ mal: '5', type: 'Movie' })).toEqual([])
  })

  test('that nobody may pass on are not read', () => {
    expect(genres({ set: 'hernan4444-2020' })).toEqual([])
  })

  test('become our words: a theme is a tag, an audience too, and praise is neither', () => {
    expect(malWords(['Sci-Fi', 'Shoujo Ai', 'Mahou Shoujo', 'Award Winning', 'Shounen'])).toEqual({
      genres: ['Science fiction'],
      tags: ['girls love', 'magical girls', 'shonen'],
    })
    expect(malWords(['Isekai', 'Martial Arts']), 'a theme that tells the genre stays a tag').toEqual({
      genres: ['Fantasy', 'Action'],
      tags: ['isekai', 'martial arts'],
    })
    expect(malWords(['Game']), 'a story about games is no game show').toEqual({ genres: [], tags: ['games'] })
    expect(malWords(['', ' '])).toEqual({ genres: [], tags: [] })
  })
})

describe("Bangumi's list", () => {
  const subject = (bangumi: string, native_title: string) => ({
    bangumi,
    native_title,
    title_zh: '无职转生',
    episodes: '23',
    'voice_actor=character': '内山夕実=ルーデウス;|茅野愛衣=ロキシー',
  })

  test('adds episodes, people and a Chinese name by the id alone', () => {
    expect(parseBangumiSubjects([subject('277554', '無職転生')], instalments).entries).toMatchObject([
      {
        addsOnly: true,
        aliases: ['无职转生'],
        seasons: [{ number: 1, episodes: 23 }],
        cast: [
          { person: '内山夕実', character: 'ルーデウス' },
          { person: '茅野愛衣', character: 'ロキシー' },
        ],
      },
    ])
    expect(
      parseBangumiSubjects([subject('373247', '無職転生Ⅱ')], instalments).entries[0]?.aliases,
      "a sequel's name is not the show's",
    ).toEqual([])
  })

  test('has films and video releases too, which become no shows', () => {
    expect(
      parseBangumiSubjects([subject('237', 'GHOST IN THE SHELL / 攻殻機動隊')], instalments).entries,
    ).toEqual([])
  })
})

test("a sequel's entry of any list joins its show by the id, whatever it is called, and opens none without it", () => {
  const item = {
    title: '無職転生',
    titleTranslate: { en: [], 'zh-Hans': [] },
    type: 'tv',
    lang: 'ja',
    begin: '2021-01-10T15:00:00Z',
    end: '2021-03-21T15:30:00Z',
    sites: [
      { site: 'tmdb', id: 'tv/94664' },
      { site: 'mal', id: '39535' },
    ],
  }
  const later = {
    ...item,
    title: '無職転生Ⅱ',
    begin: '2023-07-02T15:00:00Z',
    end: '2023-09-24T15:30:00Z',
    sites: [
      { site: 'tmdb', id: 'tv/94664' },
      { site: 'mal', id: '51179' },
    ],
  }
  const anime = parseAnime(
    [item, later].map(({ title, begin }) => ({
      show: 'tmdb:94664',
      title,
      season: 1,
      premiere: begin.slice(0, 10),
      finale: '',
    })),
    [item, later],
  )
  expect(anime.entries[0]?.ids, 'every instalment’s id is kept').toMatchObject({ mal: ['39535', '51179'] })
  const { entries } = parseAnimeSeasons(
    [row({ mal: '51179', title: 'Jobless II', english_title: '', native_title: '無職転生Ⅱ' })],
    anime.instalments,
    () => false,
  )
  expect(mergeEntries([...anime.entries, ...entries]).clusters).toHaveLength(1)
  expect(mergeEntries(entries).clusters).toEqual([])
})
