import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { titleKey } from '@/lib/catalogue/build/names'
import { idNames } from '@/lib/catalogue/ids'
import { canonicalLine } from '@/lib/catalogue/record'
import { checkLine, KINDS } from '@/lib/catalogue/rules'
import { slugOf } from '@/lib/catalogue/slugs'
import type { CatalogueRecord } from '@/lib/catalogue/types'
import { parseEdtf } from '@/lib/shared/edtf'

const starter = (name: string) =>
  readFileSync(path.join(import.meta.dirname, '../../db/starter', name), 'utf8')
const linesIn = (name: string) => starter(name).trimEnd().split('\n')
const lines = linesIn('catalogue.ndjson')
const checked = lines.map(checkLine)
const shows = checked.flatMap((result) => (result.ok ? [result.record] : []))
const bySlug = new Map(shows.map((show) => [show.slug, show]))
const show = (slug: string) => bySlug.get(slug) as CatalogueRecord
const premieres = (slug: string) => show(slug).seasons?.map(({ premiere }) => premiere ?? null)
const yearOf = ({ seasons }: CatalogueRecord) =>
  seasons?.find(({ premiere }) => premiere)?.premiere?.slice(0, 4)

describe('the starter catalogue', () => {
  test('is sound: every line is a catalogue record in its canonical form, ordered by address', () => {
    expect(
      checked.flatMap((result, index) => (result.ok ? [] : [`line ${index + 1}: ${result.problems}`])),
    ).toEqual([])
    expect(shows.findIndex((record, index) => canonicalLine(record) !== lines[index])).toBe(-1)
    const slugs = shows.map(({ slug }) => slug as string)
    expect(slugs).toEqual([...slugs].sort())
    expect(new Set(slugs).size).toBe(slugs.length)
  })

  test('holds at least 4,000 anime and 1,500 other shows', () => {
    const anime = shows.filter(({ kind }) => kind === 'anime').length
    expect(anime).toBeGreaterThanOrEqual(4000)
    expect(shows.length - anime).toBeGreaterThanOrEqual(1500)
    expect(
      [...new Set(shows.map(({ kind }) => kind))].filter((kind) => !KINDS.includes(kind as 'anime')),
    ).toEqual([])
  })

  test('says where every show comes from, and its share-alike part can be told apart', () => {
    expect(shows.filter(({ provenance }) => !provenance?.length)).toEqual([])
    for (const { provenance, slug } of shows)
      for (const set of provenance ?? [])
        if (set.startsWith('tvmaze')) expect(set, slug).toMatch(/\(CC BY-SA 4\.0\)$/)
  })

  test('gives no outside id to two shows', () => {
    const ids = shows.flatMap((record) => idNames(record.ids))
    expect(ids.length - new Set(ids).size).toBe(0)
  })

  test('dates no season in the future, none before television, and each after the one before it', () => {
    for (const { slug, seasons } of shows) {
      let latest = ''
      for (const { premiere, finale } of seasons ?? []) {
        for (const date of [premiere, finale]) {
          const read = date ? parseEdtf(date) : null
          if (!read?.ok) continue
          expect(
            read.window.earliest >= '1928' && read.window.earliest <= '2026-11-22',
            `${slug}: ${date}`,
          ).toBe(true)
        }
        const read = premiere ? parseEdtf(premiere) : null
        if (!read?.ok) continue
        expect(read.window.latest >= latest, `${slug}: ${premiere} after ${latest}`).toBe(true)
        latest = read.window.earliest
      }
    }
  })

  test('numbers seasons from 1 without a gap, wherever a list of them begins at all', () => {
    const gaps = shows.filter(({ seasons }) => seasons?.some(({ number }, index) => number !== index + 1))
    expect(gaps.map(({ slug }) => slug)).toEqual([])
  })

  test('has every show of the ledger under its plain address, with our summary', () => {
    const names = [
      ...new Set([
        ...linesIn('editorial.ndjson').map((line) => JSON.parse(line).show as string),
        ...linesIn('claims.ndjson').map((line) => JSON.parse(line).show as string),
      ]),
    ].filter((name) => !name.includes(':') || name.includes(' '))
    expect(names.length).toBeGreaterThanOrEqual(133)
    for (const name of names) {
      const record = show(slugOf(name) as string)
      expect(record, name).toBeDefined()
      expect([record.title, ...(record.aliases ?? [])].map(titleKey)).toContain(titleKey(name))
      expect(record.summary?.length, name).toBeGreaterThan(100)
    }
  })

  test('knows All of Us Are Dead: one season of twelve, since 28 January 2022, after a webtoon', () => {
    expect(show('all-of-us-are-dead')).toMatchObject({
      ...{ original_title: '지금 우리 학교는', country: 'South Korea', network: 'Netflix', kind: 'scripted' },
      seasons: [{ number: 1, premiere: '2022-01-28', episodes: 12 }],
    })
    expect(show('all-of-us-are-dead').source_material).toContain('webtoon')
    expect(show('all-of-us-are-dead').tags).toContain('zombie outbreak')
    expect(show('all-of-us-are-dead').cast?.[0]).toEqual({
      person: 'Yoon Chan-young',
      character: 'Lee Cheong-san',
    })
  })

  test('keeps three shows called Kingdom, and gives the plain address to the one the ledger follows', () => {
    const kingdoms = shows.filter(({ title }) => titleKey(title) === 'kingdom' && /^kingdom/i.test(title))
    expect(kingdoms.map((record) => [record.slug, yearOf(record), record.country])).toEqual([
      ['kingdom', '2019', 'South Korea'],
      ['kingdom-2012', '2012', 'Japan'],
      ['kingdom-2014', '2014', 'United States'],
    ])
  })

  test('keeps remakes apart and their dates with them', () => {
    for (const [slug, year] of [
      ['one-piece', '2023'],
      ['one-piece-1999', '1999'],
      ['avatar-the-last-airbender', '2024'],
      ['avatar-the-last-airbender-2005', '2005'],
      ['the-office-2001', '2001'],
      ['the-office-2005', '2005'],
      ['doctor-who-1963', '1963'],
      ['doctor-who-2005', '2005'],
    ] as const)
      expect(yearOf(show(slug)), slug).toBe(year)
  })

  test("believes a show's own premiere over the day it came to Netflix", () => {
    expect(premieres('the-last-kingdom')?.[0]).toBe('2015-10-10')
    expect(premieres('you')).toEqual(['2018-09-09', '2019-12-26', '2021-10-15', '2023-02-09', '2025-04-24'])
    expect(premieres('the-ranch')).toEqual(['2016-04-01', '2017-06-16', '2018-06-15'])
  })

  test('knows that Stranger Things 4 is a season, and that a special is none', () => {
    expect(premieres('stranger-things')).toHaveLength(5)
    expect(show('stranger-things').seasons?.[3]?.premiere).toBe('2022')
    expect(premieres('kingdom')).toEqual(['2019-01-25', '2020-03-13'])
    expect(shows.filter(({ title }) => /^stranger things \d/i.test(title))).toEqual([])
  })

  test('gathers the seasons of an anime in one show and finds it by its names in every script', () => {
    expect(premieres('oshi-no-ko')).toEqual(['2023-04-12', '2024-07-03', '2026-01-14'])
    const frieren = show('frieren-beyond-journeys-end')
    expect(frieren.original_title).toBe('葬送のフリーレン')
    expect(frieren.aliases).toContain('葬送的芙莉莲')
    expect(frieren.ids).toMatchObject({ bangumi: '400602', mal: '52991', anilist: '154587', tmdb: '209867' })
  })

  test('prints no precision nobody gave: ledger shows keep the year their pages say', () => {
    expect(premieres('severance')).toEqual(['2022-02', '2025-01-17'])
    expect(premieres('darwins-game')).toEqual(['2020-01-03'])
  })
})
