import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { idNames } from '@/lib/catalogue/ids'
import { canonicalLine } from '@/lib/catalogue/record'
import { checkLine, KINDS } from '@/lib/catalogue/rules'
import type { CatalogueRecord } from '@/lib/catalogue/types'
import { parseEdtf } from '@/lib/shared/edtf'
import { titleKey, withoutMarks } from '@/lib/workshop/catalogue/names'

const starter = (name: string) =>
  readFileSync(path.join(import.meta.dirname, '../../db/starter', name), 'utf8')
const linesIn = (name: string) => starter(name).trimEnd().split('\n')
const lines = linesIn('catalogue.ndjson')
const checked = lines.map(checkLine)
const shows = checked.flatMap((result) => (result.ok ? [result.record] : []))
const bySlug = new Map(shows.map((show) => [show.slug, show]))
const slugs = shows.map(({ slug }) => slug as string)
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
    expect(slugs).toEqual([...slugs].sort())
    expect(new Set(slugs).size).toBe(slugs.length)
  })

  test('holds at least 16,000 shows, 4,500 of them anime', () => {
    const anime = shows.filter(({ kind }) => kind === 'anime').length
    expect(anime).toBeGreaterThanOrEqual(4500)
    expect(shows.length).toBeGreaterThanOrEqual(16_000)
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

  test('calls a show by its name alone, in its own writing too: no "Limited Series", in no language', () => {
    for (const { title, original_title: native } of shows)
      for (const name of [title, native ?? title]) expect(name).toBe(withoutMarks(name))
    expect(withoutMarks('괴물: 리미티드 시리즈')).toBe('괴물')
    expect(withoutMarks('Ο Τελευταίος: Μίνι σειρά')).toBe('Ο Τελευταίος')
    expect(withoutMarks('The Comedy Specials')).toBe('The Comedy Specials')
    expect(show('beyond-evil').original_title).toBe('괴물')
  })

  test('has a Korean show once, whichever of its names a list knows', () => {
    const named = (name: string) =>
      shows
        .filter((record) => [record.title, ...(record.aliases ?? [])].includes(name))
        .map(({ slug }) => slug)
    expect(named('Answer Me 1988')).toEqual(['reply-1988'])
    expect(named('Love in the Moonlight')).toEqual(named('Moonlight Drawn by Clouds'))
    // The Thai series of that name is another.
    expect(named("Let's Fight Ghost")).toEqual(['bring-it-on-ghost', 'lets-fight-ghost-2021'])
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

  test('has every show of the ledger, each statement about exactly one, and the first 133 with our summary', () => {
    const named = new Map<string, number>()
    for (const { title } of shows) named.set(title, (named.get(title) ?? 0) + 1)
    for (const line of linesIn('claims.ndjson')) {
      const name = JSON.parse(line).show as string
      const address = /^greenlit:(.*)$/.exec(name)?.[1]
      if (address) expect(show(address), name).toBeDefined()
      else expect(named.get(name), name).toBe(1)
    }
    expect(shows.filter(({ summary }) => summary).length).toBeGreaterThanOrEqual(1200)
  })

  test('calls no show an anime in its address that is none, and an address that changed still leads to its show', () => {
    const former = shows.flatMap(({ ids }) => [ids.greenlit ?? []].flat())
    expect(new Set(former).size).toBe(former.length)
    // The Brazilian series was published under the word "anime".
    expect([show('3-percent').ids.greenlit].flat()).toContain('anime-2016-tvmaze-2025')
    expect(
      slugs.filter(
        (slug) => slug.startsWith('anime-') && show(slug).kind !== 'anime' && /^anime-\d{4}-/.test(slug),
      ),
    ).toEqual([])
  })

  test('knows All of Us Are Dead: one season of twelve, since 28 January 2022, after a webtoon', () => {
    expect(show('all-of-us-are-dead')).toMatchObject({
      original_title: '지금 우리 학교는',
      country: 'South Korea',
      network: 'Netflix',
      kind: 'scripted',
      seasons: [{ number: 1, premiere: '2022-01-28', episodes: 12 }],
    })
    expect(show('all-of-us-are-dead').source_material).toContain('webtoon')
    expect(show('all-of-us-are-dead').tags).toContain('zombie outbreak')
    expect(show('all-of-us-are-dead').cast?.[0]).toEqual({
      person: 'Yoon Chan-young',
      character: 'Lee Cheong-san',
    })
  })

  test('keeps four shows called Kingdom, and gives the plain address to the one the ledger follows', () => {
    const kingdoms = shows.filter(({ title }) => titleKey(title) === 'kingdom' && /^kingdom/i.test(title))
    expect(kingdoms.map((record) => [record.slug, yearOf(record), record.country])).toEqual([
      ['kingdom', '2019', 'South Korea'],
      ['kingdom-2007', '2007', 'United Kingdom'],
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
    expect(show('stranger-things').seasons?.[3]?.premiere).toBe('2022-05')
    expect(premieres('kingdom')).toEqual(['2019-01-25', '2020-03-13'])
    expect(shows.filter(({ title }) => /^stranger things \d/i.test(title))).toEqual([])
  })

  test('gathers the seasons of an anime in one show and finds it by its names in every script', () => {
    expect(premieres('oshi-no-ko')).toEqual(['2023-04-12', '2024-07-03', '2026-01-14'])
    const frieren = show('frieren-beyond-journeys-end')
    expect(frieren.original_title).toBe('葬送のフリーレン')
    expect(frieren.aliases).toContain('葬送的芙莉莲')
    expect(frieren.ids).toMatchObject({
      bangumi: ['400602', '515759'],
      mal: ['52991', '59978'],
      tmdb: '209867',
    })
  })

  test('prints no precision nobody gave: a month of the pages becomes a day only where a set that agrees gives it', () => {
    expect(premieres('severance')).toEqual(['2022-02-18', '2025-01-17'])
    expect(premieres('stranger-things')?.[3]).toBe('2022-05')
    expect(premieres('darwins-game')).toEqual(['2020-01-03'])
  })
})
