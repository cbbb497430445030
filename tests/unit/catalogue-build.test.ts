import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { buildCatalogue } from '@/lib/catalogue/build/build'
import { linkFranchises, namedKin, titleStems } from '@/lib/catalogue/build/franchise'
import { canonicalLine } from '@/lib/catalogue/record'
import { checkLine } from '@/lib/catalogue/rules'
import type { CatalogueRecord } from '@/lib/catalogue/types'

const folder = mkdtempSync(path.join(tmpdir(), 'greenlit-build-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const put = (name: string, lines: string[]) => {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
  writeFileSync(path.join(folder, name), `${lines.join('\n')}\n`)
}

put('claims/shows-asia.ndjson', [
  JSON.stringify({
    ...{ show: 'Kingdom', original_title: '킹덤', year: 2019, network: 'Netflix', country: 'South Korea' },
    seasons: [
      { season: 1, premiere: '2019-01-25', episodes: 6 },
      { season: 'special (Ashin of the North)', premiere: '2021-07-23', episodes: 1 },
      { season: 2, premiere: '2030-01-01' },
    ],
    ...{
      genres: ['period', 'zombie'],
      creators: 'Kim Eun-hee (writer)',
      cast: [{ actor: 'Bae Doona', character: 'Seo-bi' }],
    },
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
put('bangumi.json', [
  JSON.stringify({
    items: [
      {
        ...{
          title: 'キングダム',
          titleTranslate: { en: ['KINGDOM'], 'zh-Hans': ['王者天下'] },
          type: 'tv',
          lang: 'ja',
        },
        ...{ begin: '2012-06-04T08:30:00.000Z', end: '2013-02-25T09:00:00.000Z' },
        sites: [{ site: 'bangumi', id: '30318' }],
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

const build = () =>
  buildCatalogue({
    from: folder,
    bangumi: path.join(folder, 'bangumi.json'),
    editorial: path.join(folder, 'editorial'),
    today: '2026-11-22',
  })

describe('the builder', () => {
  const { records, report } = build()

  test('makes one record of each show out of all sets, and keeps namesakes apart', () => {
    expect(
      records.filter(({ title }) => /kingdom/i.test(title)).map(({ slug, seasons }) => [slug, seasons]),
    ).toEqual([
      [
        'kingdom',
        [
          { number: 1, premiere: '2019-01-25', episodes: 6 },
          { number: 2, premiere: '2020-03-13' },
        ],
      ],
      ['kingdom-2012', [{ number: 1, premiere: '2012-06-04', finale: '2013-02-25' }]],
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
    const [korean, anime, american] = ['kingdom', 'kingdom-2012', 'kingdom-2014'].map((slug) =>
      records.find((record) => record.slug === slug),
    )
    expect(korean?.original_title).toBe('킹덤')
    expect(korean?.aliases).toBeUndefined()
    expect(anime?.original_title).toBe('キングダム')
    expect(american?.tags).toEqual(['boxing', 'family drama'])
    expect(american?.cast?.[0]).toEqual({ person: 'Jonathan Tucker', character: 'Jay Kulina' })
  })

  test('names the sets of each record and keeps the label of a list raw', () => {
    expect(records.find(({ slug }) => slug === 'kingdom-2014')).toMatchObject({
      listed: { label: 'Ended', source: 'TVmaze', as_of: '2025' },
      provenance: [
        'tvmaze-2024 (CC BY-SA 4.0)',
        'network-seasons (MIT)',
        'tvmaze-2025 (CC BY-SA 4.0)',
        'premises (by hand)',
      ],
    })
  })

  test('does the same every time, and writes only lines that can be imported', () => {
    const lines = records.map(canonicalLine)
    expect(build().records.map(canonicalLine)).toEqual(lines)
    expect(build().report.markdown).toBe(report.markdown)
    expect(lines.filter((line) => !checkLine(line).ok)).toEqual([])
    expect(report.markdown).toContain('began on the same day')
  })
})

describe('kin', () => {
  const record = (slug: string, title: string, facts: Partial<CatalogueRecord> = {}): CatalogueRecord => ({
    ...{ ids: {}, slug, title, country: 'United States', kind: 'scripted' },
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
