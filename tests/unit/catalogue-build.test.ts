import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { canonicalLine } from '@/lib/catalogue/record'
import { checkLine } from '@/lib/catalogue/rules'
import type { CatalogueRecord } from '@/lib/catalogue/types'
import { buildCatalogue } from '@/lib/workshop/catalogue/build'
import { linkFranchises, namedKin, titleStems } from '@/lib/workshop/catalogue/franchise'

const folder = mkdtempSync(path.join(tmpdir(), 'greenlit-build-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const put = (name: string, lines: string[]) => {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
  writeFileSync(path.join(folder, name), `${lines.join('\n')}\n`)
}

put('claims/shows-asia.ndjson', [
  JSON.stringify({
    show: 'Kingdom',
    original_title: '킹덤',
    year: 2019,
    network: 'Netflix',
    country: 'South Korea',
    seasons: [
      { season: 1, premiere: '2019-01-25', episodes: 6 },
      { season: 'special (Ashin of the North)', premiere: '2021-07-23', episodes: 1 },
      { season: 2, premiere: '2030-01-01' },
    ],
    genres: ['period', 'zombie'],
    creators: 'Kim Eun-hee (writer)',
    cast: [{ actor: 'Bae Doona', character: 'Seo-bi' }],
  }),
])
put('claims/shows-west.ndjson', [
  JSON.stringify({
    title: 'Severance',
    year: 2022,
    network: 'Apple TV+',
    seasons: [{ season: 1, premiere: '2022-02' }],
    genres: ['thriller'],
  }),
])
put('catalogue/tvmaze_2024.csv', [
  'title,premiere,ended,genres,type,language,network,schedule_days,seasons,episodes,characters,people,official_site',
  `Kingdom,2014-10-08,2017-08-02,"['Drama', 'Sports']",Scripted,English,Audience Network,['Wednesday'],3,40,"0-Jay Kulina, 1-Nate Kulina, 2-Alvey Kulina","0-Jonathan Tucker, 1-Nick Jonas, 2-Frank Grillo",`,
])
put('catalogue/tvmaze_2025.csv', [
  'title,start_year,end_year,genres,language,actors,status',
  'Kingdom,2019,2021,"Action, Drama",Korean,"Ju Ji-Hoon, Bae Doona",Ended',
  'Kingdom,2014,2017,Drama,,"Frank Grillo, Jonathan Tucker",Ended',
])
put('catalogue/network_seasons.csv', [
  'title,season,premiere,episodes,network,country',
  'Kingdom,1,2014-10-08,10,DIRECTV,US',
  'Kingdom,2,2015-10-14,20,DIRECTV,US',
])
put('catalogue/netflix_titles.csv', ['title,director,cast,country,release_year,seasons,genres'])
put('catalogue/netflix_seasons.csv', [
  'title,season,released_on_netflix,available_globally',
  'Kingdom,1,2019-01-25,Yes',
  'Kingdom,2,2020-03-13,Yes',
  'Kingdom,3,,No',
])
put('catalogue/netflix_native_titles.csv', ['title,native_title', 'Kingdom,キングダム'])
put('catalogue/anime_instalments.csv', [
  'show,title,season,premiere,finale',
  'tmdb:1,キングダム,1,2012-06-04,2013-02-25',
])
put('claims/shows-2026-news.ndjson', [
  // What a page plans for the fourth season is a claim: three seasons are on record.
  JSON.stringify({
    title: 'The Diplomat',
    year: 2023,
    network: 'Netflix',
    country: 'United States',
    seasons: [{ season: 4, premiere: '2026-10-15' }],
    genres: ['thriller'],
    urls: [],
  }),
])
put('catalogue/more/famous-by-hand.ndjson', [
  JSON.stringify({
    title: 'Severance',
    kind: 'scripted',
    countries: ['United States'],
    languages: ['English'],
    networks: ['Apple TV+'],
    genres: ['Drama', 'Comedy'],
    cast: ['Adam Scott', 'Nobody Else'],
    tvmaze: 44933,
    seasons: [
      { number: 1, premiere: '2022-02-18', episodes: 9, checked: ['tvmaze-2025-10'], to_the_day: true },
      { number: 2, premiere: '2025-01-17', episodes: 10, checked: [], to_the_day: false },
    ],
  }),
])
put('catalogue/more/tvmaze-2025-10.ndjson', [
  JSON.stringify({
    title: 'Severance',
    premiered: '2022-02-18',
    status: 'Running',
    genres: ['Drama'],
    network: 'Apple TV',
    web_channel: 'Apple TV',
    language: 'English',
  }),
  JSON.stringify({
    title: '3%',
    premiered: '2016-11-25',
    ended: '2020-08-14',
    status: 'Ended',
    genres: ['Drama'],
    network: 'Netflix',
    web_channel: 'Netflix',
    language: 'Portuguese',
  }),
])
put('catalogue/more/tvmaze-schedule-shows.ndjson', [
  JSON.stringify({
    tvmaze: 44933,
    title: 'Severance',
    type: 'Scripted',
    language: 'English',
    genres: ['Drama'],
    status: 'Running',
    premiered: '2022-02-18',
    web_channel: 'Apple TV+',
    imdb: 'tt11280740',
    as_of: '2024-01-27',
  }),
])
put('catalogue/more/anime-seasons-2006-2026.csv', [
  'mal,title,english_title,native_title,synonyms,year,season,type,status,aired_from,aired_to,episodes,studios,genres,themes,demographics,source_material',
  '12031,Kingdom,,キングダム,,2012,summer,TV,Finished Airing,2012-06-04,2013-02-25,38,Pierrot,Action,Historical|Military,Seinen,Manga',
])
put('catalogue/more/anime-genres.csv', [
  'mal,title,type,genres,set,english_title,source_material,aired_text',
  '12031,Kingdom,TV,Action;Adventure,cooperunion-2016,,,',
  '12031,Kingdom,TV,Romance,hernan4444-2020,,,',
])
put('catalogue/more/bangumi-subjects-2022.csv', [
  'bangumi,native_title,title_zh,air_date,episodes,voice_actor=character',
  '30318,キングダム,王者天下,2012-06-04,38,',
  '237,GHOST IN THE SHELL / 攻殻機動隊,攻壳机动队,1995-11-18,1,',
])
put('catalogue/more/turkish-wikipedia.ndjson', [
  JSON.stringify({
    title: 'Ezel',
    wikipedia: 'Ezel (dizi)',
    country: 'Turkey',
    language: 'Turkish',
    network: 'atv',
    genres: ['Dram'],
    premiere: '2009-09-28',
    end: '2011-06-20',
    seasons: 2,
    status: 'Sona erdi',
    as_of: '2024-01',
  }),
])
put('catalogue/more/korean-wikipedia.csv', [
  'native_title,premiere,end,episodes,network,genre',
  '수사반장,1971-03-06,1984-10-18,880,MBC,드라마',
])
put('catalogue/more/netflix-originals-wikipedia.csv', [
  'title,genre,network,series_premiere,seasons,episodes,status_then,as_of',
  '3%,Science fiction,Netflix,2016-11-25,4,33,Ended,2022-11',
])
put('catalogue/more/streaming-titles-2021.csv', [
  'platform,title,release_year,seasons_listed,country,genres,cast',
  'Prime Video,Zoo Babies,2008,1,,"Kids, Special Interest",Narrator - Gillian Barlett',
])
/** The catalogue last published, before the Brazilian show was known to be none of the anime. */
put('published.ndjson', [
  JSON.stringify({
    ids: { greenlit: 'anime-2016-tvmaze-2025' },
    slug: 'anime-2016-tvmaze-2025',
    title: '3%',
    kind: 'anime',
    seasons: [{ number: 1, premiere: '2016' }],
  }),
  JSON.stringify({
    ids: { greenlit: 'kingdom-2012', bangumi: '30318' },
    slug: 'kingdom-2012',
    title: 'KINGDOM',
    kind: 'anime',
  }),
  JSON.stringify({ ids: { greenlit: ['gone', 'ezel'] }, slug: 'gone', title: 'Gone', popularity: 3 }),
])
put('bangumi.json', [
  JSON.stringify({
    items: [
      {
        title: 'キングダム',
        titleTranslate: { en: ['KINGDOM'], 'zh-Hans': ['王者天下'] },
        type: 'tv',
        lang: 'ja',
        begin: '2012-06-04T08:30:00.000Z',
        end: '2013-02-25T09:00:00.000Z',
        sites: [
          { site: 'bangumi', id: '30318' },
          { site: 'mal', id: '12031' },
        ],
      },
    ],
  }),
])
put('editorial/editorial.ndjson', [])
put('editorial/premises.ndjson', [
  JSON.stringify({
    title: 'Kingdom',
    year: 2014,
    country: 'United States',
    premise_tags: ['boxing', 'family drama'],
  }),
])

put('editorial/tagged.ndjson', [
  JSON.stringify({
    title: 'Kingdom',
    year: 2014,
    country: 'United States',
    premise_tags: ['sibling bond', 'boxing'],
  }),
  JSON.stringify({
    title: 'Nobody Else Lists This',
    year: 2014,
    country: null,
    premise_tags: ['heist', 'spies'],
  }),
])

const build = (published = 'published.ndjson') =>
  buildCatalogue({
    from: folder,
    bangumi: path.join(folder, 'bangumi.json'),
    editorial: path.join(folder, 'editorial'),
    published: path.join(folder, published),
    today: '2026-11-22',
  })

describe('the builder', () => {
  const { records, report } = build()

  const bySlug = (slug: string) => records.find((record) => record.slug === slug)
  /** A record as its line gives it. */
  const written = (slug: string) => JSON.parse(canonicalLine(bySlug(slug) as CatalogueRecord))

  test('makes one record of each show out of all sets, and keeps namesakes apart', () => {
    expect(
      records
        .filter(({ title }) => /kingdom/i.test(title))
        .map(({ slug }) => [slug, written(slug as string).seasons]),
    ).toEqual([
      [
        'kingdom',
        [
          { number: 1, premiere: '2019-01-25', episodes: 6 },
          { number: 2, premiere: '2020-03-13' },
        ],
      ],
      ['kingdom-2012', [{ number: 1, premiere: '2012-06-04', finale: '2013-02-25', episodes: 38 }]],
      [
        'kingdom-2014',
        [
          { number: 1, premiere: '2014-10-08', episodes: 10 },
          { number: 2, premiere: '2015-10-14', episodes: 20 },
          { number: 3 },
        ],
      ],
    ])
  })

  test("gives a namesake's native title, tags and dates to nobody else", () => {
    const [korean, anime, american] = ['kingdom', 'kingdom-2012', 'kingdom-2014'].map(bySlug)
    expect(korean?.original_title).toBe('킹덤')
    expect(korean?.aliases).toBeUndefined()
    expect(anime?.original_title).toBe('キングダム')
    expect(anime?.tags ?? []).not.toContain('boxing')
    expect(american?.cast?.[0]).toEqual({ person: 'Jonathan Tucker', character: 'Jay Kulina' })
  })

  test('takes our premise tags for a show that is there, and nothing but them: they mint none and date none', () => {
    const american = bySlug('kingdom-2014')
    expect(american?.tags).toEqual(['boxing', 'family drama', 'sibling bond'])
    expect(JSON.stringify(american?.facts)).not.toContain('tagged')
    expect(records.map(({ title }) => title)).not.toContain('Nobody Else Lists This')
  })

  test('names the sets of each record and keeps the label of a list raw', () => {
    expect(bySlug('kingdom-2014')).toMatchObject({
      listed: { label: 'Ended', source: 'TVmaze', as_of: '2025' },
      provenance: [
        'tvmaze-2024 (CC BY-SA 4.0)',
        'network-seasons (MIT)',
        'tvmaze-2025 (CC BY-SA 4.0)',
        'premises (by hand)',
        'tagged (by hand)',
      ],
    })
  })

  test('keeps every published address; one with a wrong word leads to the new one, and a lost one is told', () => {
    expect(bySlug('kingdom-2012')?.title).toBe('KINGDOM')
    expect(bySlug('3-percent')).toMatchObject({ title: '3%', kind: 'scripted' })
    expect(written('3-percent').ids.greenlit).toEqual(['3-percent', 'anime-2016-tvmaze-2025'])
    expect(written('kingdom').ids.greenlit).toBe('kingdom')
    expect(report.markdown).toContain('`anime-2016-tvmaze-2025`: it said anime of a show that is none')
    expect(report.markdown).toContain('Lost: gone.')
  })

  test('gives nobody an address that once led to another show', () => {
    expect(records.find(({ title }) => title === 'Ezel')?.slug).toBe('ezel-2009')
  })

  test('ships of what was compiled by hand what another set confirms', () => {
    const severance = written('severance')
    expect(severance.seasons).toEqual([{ number: 1, premiere: '2022-02-18', episodes: 9 }, { number: 2 }])
    expect(severance.ids).toEqual({ greenlit: 'severance', tvmaze: '44933', imdb: 'tt11280740' })
    expect(severance.genres).toEqual(expect.arrayContaining(['Thriller', 'Drama']))
    expect(severance.genres).not.toContain('Comedy')
    expect(severance.cast).toBeUndefined()
  })

  test('reads of a page of news which seasons there were, not the day it plans for the next', () => {
    expect(written('the-diplomat').seasons).toEqual([
      { number: 1, premiere: '2023' },
      { number: 2 },
      { number: 3 },
    ])
  })

  test('gives an anime the words of the lists that may be passed on, by its id', () => {
    expect(bySlug('kingdom-2012')?.genres).toEqual(['Action', 'History', 'Adventure'])
    expect(written('kingdom-2012').ids).toMatchObject({ bangumi: '30318', mal: '12031' })
  })

  test('opens no show for a line that only adds, and says of each line left out why', () => {
    const titles = records.map(({ title }) => title)
    for (const title of ['Zoo Babies', '수사반장', 'GHOST IN THE SHELL / 攻殻機動隊'])
      expect(titles).not.toContain(title)
    expect(report.markdown).toContain(
      '| streaming-titles | meets no show that other sets have | 1 | Zoo Babies |',
    )
    expect(titles).toContain('Ezel')
  })

  test('says how well known each show is, the best known at 100', () => {
    const known = records.map(({ popularity }) => popularity ?? -1)
    expect([Math.min(...known) >= 0, Math.max(...known)]).toEqual([true, 100])
    expect(bySlug('severance')?.popularity).toBeGreaterThan(bySlug('3-percent')?.popularity as number)
  })

  test('does the same every time, and writes only lines that can be imported', () => {
    const lines = records.map(canonicalLine)
    expect(build().records.map(canonicalLine)).toEqual(lines)
    expect(build().report.markdown).toBe(report.markdown)
    expect(lines.filter((line) => !checkLine(line).ok)).toEqual([])
    put('again.ndjson', lines)
    const again = build('again.ndjson')
    expect(again.records.map(canonicalLine), 'built over its own result too').toEqual(lines)
    expect(again.report.markdown).toContain('Lost: none.')
    expect(report.markdown).toContain('began on the same day')
  })
})

describe('kin', () => {
  const record = (slug: string, title: string, facts: Partial<CatalogueRecord> = {}): CatalogueRecord => ({
    ids: {},
    slug,
    title,
    country: 'United States',
    kind: 'scripted',
    ...facts,
  })

  test('are shows whose source note names the other, and shows with more after the same name', () => {
    const shows = [
      record('twd', 'The Walking Dead'),
      record('twd-dead-city', 'The Walking Dead: Dead City'),
      record('marshals', 'Marshals', { source_material: 'spin-off of Yellowstone' }),
      record('yellowstone', 'Yellowstone'),
      record('dark', 'Dark', { country: 'Germany' }),
      record('dark-matter', 'Dark Matter'),
    ]
    expect(linkFranchises(shows)).toBe(4)
    expect(shows.map(({ related_franchise }) => related_franchise ?? [])).toEqual([
      ['greenlit:twd-dead-city'],
      ['greenlit:twd'],
      ['greenlit:yellowstone'],
      ['greenlit:marshals'],
      [],
      [],
    ])
  })

  test('are not made by a name that two shows bear', () => {
    const shows = [record('a', 'Kingdom'), record('b', 'Kingdom'), record('c', 'Kingdom: Ashin of the North')]
    expect(linkFranchises(shows)).toBe(0)
    expect(namedKin('sequel to Dexter and Dexter: New Blood')).toEqual(['Dexter', 'Dexter: New Blood'])
    expect(titleStems('七つの大罪 黙示録の四騎士')).toEqual(['七つの大罪'])
  })
})
