import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalLine } from '@/lib/catalogue/record'
import { checkLine, matchIds, mergeRecords, nextSeasonNumber } from '@/lib/catalogue/rules'
import { assignSlugs, romanise, slugOf } from '@/lib/catalogue/slugs'
import type { Stating } from '@/lib/catalogue/stated'
import type { CatalogueRecord } from '@/lib/catalogue/types'
import { currentNetwork, makersOf } from '@/lib/workshop/catalogue/sets/claim-pages'
import { numberedNames } from '@/lib/workshop/catalogue/sets/tvmaze'
import { genresAndTags, networkOf } from '@/lib/workshop/catalogue/words'
import { anyRecord } from '../support/records'

const problems = (line: unknown) => {
  const result = checkLine(typeof line === 'string' ? line : JSON.stringify(line))
  return result.ok ? [] : result.problems
}
const show = (facts: Partial<CatalogueRecord>) => ({ ids: { tvmaze: '1' }, title: 'A', ...facts })

describe('a bad line is refused with its field', () => {
  test('a date like 2026-13-45 is named', () => {
    expect(problems(show({ seasons: [{ number: 1, premiere: '2026-13-45' }] }))).toEqual([
      'seasons.0.premiere: 2026-13-45 is not a date: there is no month 13',
    ])
  })

  test('half a line says that it is cut off', () => {
    expect(problems('{"ids":{"tvmaze":"1"},"tit')).toEqual([
      'the line is cut off: it is half of a JSON object',
    ])
    expect(problems('hello')).toEqual(['the line is not JSON'])
    expect(problems('[]')).toEqual(['the line: should be an object'])
  })

  test('a season that is none is left out and named, and the show is not refused for it', () => {
    const seasons = [{ number: 0, name: 'Specials' }, { number: 1 }, { number: 1984 }]
    const read = checkLine(JSON.stringify(show({ seasons })))
    expect(read).toMatchObject({
      ok: true,
      record: { seasons: [{ number: 1 }] },
      leftOut: [
        'seasons.0: season 0, the specials, was left out: the seasons of a show begin with 1',
        'seasons.2: season 1984 was left out: a year is no number of a season',
      ],
    })
    expect(problems(show({ seasons: [{ number: -1 }] }))).toEqual(['seasons.0.number: is less than 1'])
  })

  test('control and text-direction characters are refused, markup is text', () => {
    expect(problems(show({ title: 'A\u202eB' }))).toEqual([
      'title: has a control or text-direction character, U+202E',
    ])
    expect(problems(show({ aliases: ['ok', 'A\u0000'] }))).toEqual([
      'aliases.1: has a control or text-direction character, U+0000',
    ])
    expect(problems(show({ title: 'two\nlines' }))).toHaveLength(1)
    expect(problems(show({ title: '<script>alert(1)</script>', summary: 'one\ntwo' }))).toEqual([])
  })

  test('a title of ten thousand letters is too long, an empty one too short', () => {
    expect(problems(show({ title: 'x'.repeat(10_000) }))).toEqual(['title: is more than 500 characters'])
    expect(problems(show({ title: '  ' }))).toEqual(['title: is empty'])
    expect(problems(`"${'x'.repeat(1_000_001)}"`)).toEqual(['the line is longer than 1000000 characters'])
  })

  test('every problem of a line is told at once', () => {
    expect(
      problems({ ids: {}, title: 'A', seasons: [{ number: -1 }, { number: 1.5 }], popularity: 'high' }),
    ).toHaveLength(3)
  })

  test('a show without an id, a season twice and a finale before its premiere are refused', () => {
    expect(problems({ ids: {}, title: 'A' })[0]).toMatch(/^ids: give at least one/)
    expect(problems(show({ seasons: [{ number: 1 }, { number: 1 }] }))).toEqual([
      'seasons: season 1 is there twice',
    ])
    expect(problems(show({ seasons: [{ number: 1, premiere: '2024', finale: '2023' }] }))).toEqual([
      'seasons.0.finale: 2023 is before the premiere, 2024',
    ])
  })

  test('an id is a string or an array of them, and what is wrong with one is named', () => {
    const word = 'should be an id as a string, or an array of them'
    expect(problems(show({ ids: { tmdb: 5 } as never }))).toEqual([`ids.tmdb: ${word}`])
    expect(problems(show({ ids: { tmdb: '' } }))).toEqual(['ids.tmdb: is empty'])
    expect(problems(show({ ids: { tmdb: ['1', ''] } }))).toEqual(['ids.tmdb.1: is empty'])
    expect(problems(show({ ids: { tmdb: ['1', 2] } as never }))).toEqual(['ids.tmdb.1: should be a string'])
    expect(problems(show({ ids: { tmdb: [] } }))).toEqual(['ids.tmdb: is empty'])
  })

  test('no text whatever makes the reader throw', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (text) => void checkLine(text)))
  })
})

describe('a catalogue line is written one way', () => {
  test('what is read back is written as the same bytes', () => {
    fc.assert(
      fc.property(anyRecord, (record) => {
        const line = canonicalLine(record)
        const read = checkLine(line)
        expect(read.ok && canonicalLine(read.record)).toBe(line)
      }),
    )
  })

  test('the order of keys and ids in the input changes nothing', () => {
    const a: CatalogueRecord = { title: 'A', ids: { tmdb: '2', bangumi: '1' }, country: 'Japan' }
    const b: CatalogueRecord = { country: 'Japan', ids: { bangumi: '1', tmdb: '2' }, title: 'A' }
    expect(canonicalLine(a)).toBe(canonicalLine(b))
    expect(canonicalLine(a)).toBe('{"ids":{"bangumi":"1","tmdb":"2"},"title":"A","country":"Japan"}')
  })

  test('several ids of one namespace are a sorted list, each once; a single one is plain text', () => {
    const ids = { mal: ['9', '38', '9'], tmdb: ['2'], x: '1' }
    expect(canonicalLine({ title: 'A', ids })).toBe(
      '{"ids":{"mal":["38","9"],"tmdb":"2","x":"1"},"title":"A"}',
    )
    expect(problems(show({ ids }))).toEqual([])
  })
})

describe('a line about a known show', () => {
  const by: Stating = { provider: 'catalogue', today: '2026-11-22' }
  const there: CatalogueRecord = {
    ids: { tvmaze: '1' },
    slug: 'a',
    title: 'A',
    country: 'Japan',
    aliases: ['Ours'],
    seasons: [{ number: 1, premiere: '2020-01-01', episodes: 10 }],
  }

  test('leaves what it does not mention, empties what it calls null', () => {
    const merged = mergeRecords(there, { ids: { tvmaze: '1' }, title: 'A!', country: null }, 'replace', by)
    expect(merged).toMatchObject({ title: 'A!', slug: 'a', country: null, aliases: ['Ours'] })
  })

  test('never takes a season away', () => {
    const merged = mergeRecords(
      there,
      { ids: {}, title: 'A', seasons: [{ number: 2, premiere: '2021' }] },
      'replace',
      by,
    )
    expect(merged.seasons?.map(({ number }) => number)).toEqual([1, 2])
    expect(
      mergeRecords(there, { ids: {}, title: 'A', seasons: [{ number: 1, episodes: 11 }] }, 'replace', by)
        .seasons,
    ).toMatchObject([{ number: 1, premiere: '2020-01-01', episodes: 11 }])
  })

  test('adds to lists without removing where lists are united', () => {
    expect(mergeRecords(there, { ids: {}, title: 'A', aliases: ['Theirs'] }, 'unite', by).aliases).toEqual([
      'Ours',
      'Theirs',
    ])
    expect(mergeRecords(there, { ids: {}, title: 'A', aliases: ['Theirs'] }, 'replace', by).aliases).toEqual([
      'Theirs',
    ])
  })

  test('told twice is told once', () => {
    fc.assert(
      fc.property(
        anyRecord,
        anyRecord,
        fc.constantFrom('replace' as const, 'unite' as const),
        (a, b, lists) => {
          const once = mergeRecords(a, b, lists, by)
          expect(canonicalLine(mergeRecords(once, b, lists, by))).toBe(canonicalLine(once))
        },
      ),
    )
  })

  test('ids of two shows in one line, or a second id in a namespace, are conflicts', () => {
    const owners = [
      { namespace: 'tmdb', value: '1', show: 'dark' },
      { namespace: 'mal', value: '2', show: 'kingdom' },
    ]
    expect(matchIds({ tmdb: '1', mal: '2' }, owners, () => ({}))).toEqual({
      problem: 'ids: belong to different shows: tmdb:1 is dark, mal:2 is kingdom',
    })
    expect(matchIds({ tmdb: '1', mal: '9' }, owners.slice(0, 1), () => ({ tmdb: '1', mal: '8' }))).toEqual({
      problem: 'ids.mal: dark is known as 8, not 9',
    })
    expect(matchIds({ tmdb: '3' }, owners, () => ({}))).toEqual({ show: null })
  })

  test('a show of several ids in a namespace is known by any of them, and a line may add more', () => {
    const owners = [{ namespace: 'mal', value: '2', show: 'frieren' }]
    const known = () => ({ mal: ['1', '2'], tmdb: '7' })
    expect(matchIds({ mal: ['2', '3'] }, owners, known)).toEqual({ show: 'frieren' })
    expect(matchIds({ mal: '2', tmdb: ['7', '8'] }, owners, known)).toEqual({ show: 'frieren' })
    expect(matchIds({ mal: '2', tmdb: ['8', '9'] }, owners, known)).toEqual({
      problem: 'ids.tmdb: frieren is known as 7, not 8, 9',
    })
    const more = mergeRecords(
      { ids: { mal: ['1', '2'] }, title: 'A' },
      { ids: { mal: '3', x: '1' }, title: 'A' },
      'replace',
      by,
    )
    expect(more.ids).toEqual({ mal: ['1', '2', '3'], x: '1' })
  })

  test('the season a reader waits for is the one after the last on record', () => {
    expect(nextSeasonNumber([])).toBe(1)
    expect(nextSeasonNumber([1, 2, 5])).toBe(6)
    expect(nextSeasonNumber([1000])).toBe(1000)
  })
})

describe('addresses', () => {
  test('are plain ASCII and carry the title', () => {
    expect(slugOf('All of Us Are Dead')).toBe('all-of-us-are-dead')
    expect(slugOf("Frieren: Beyond Journey's End")).toBe('frieren-beyond-journeys-end')
    expect(slugOf('Élite')).toBe('elite')
    expect(slugOf('SPY×FAMILY')).toBe('spyxfamily')
    expect(slugOf('進撃の巨人')).toBeNull()
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (title) => {
        expect(slugOf(title) ?? 'none').toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
      }),
    )
  })

  test('spell pure kana in Hepburn letters', () => {
    expect(romanise('ちびまるこちゃん')).toBe('chibimarukochan')
    expect(romanise('ジョジョ')).toBe('jojo')
    expect(romanise('けっかい')).toBe('kekkai')
    expect(slugOf('ドラえもん')).toBe('doraemon')
    expect(slugOf('ハイキュー!!')).toBe('haikyu')
  })

  test('of namesakes get the year, then the country, and a show of the ledger keeps the plain one', () => {
    const named = (year: number, country: string, first = false) => ({
      titles: ['Kingdom'],
      year,
      country,
      fallback: 'x-1',
      first,
      kind: 'scripted',
      published: null,
    })
    expect(
      assignSlugs([
        named(2014, 'United States'),
        named(2019, 'South Korea', true),
        named(2012, 'Japan'),
        named(2012, 'United Kingdom'),
      ]),
    ).toEqual(['kingdom-2014', 'kingdom', 'kingdom-2012', 'kingdom-2012-united-kingdom'])
  })
})

describe('the words of the sets', () => {
  test('become one vocabulary of genres', () => {
    expect(genresAndTags(['TV Dramas', 'International TV Shows', 'TV Sci-Fi & Fantasy']).genres).toEqual([
      'Drama',
      'Science fiction & fantasy',
    ])
    expect(genresAndTags(['Science-Fiction', 'Sci-Fi', 'science fiction']).genres).toEqual([
      'Science fiction',
    ])
    expect(genresAndTags(['zombie apocalypse', 'workplace drama'])).toEqual({
      genres: ['Horror', 'Drama'],
      tags: ['zombie apocalypse', 'workplace drama'],
    })
  })

  test('name a network once and place it where it is at home', () => {
    expect(networkOf('BBC1')).toEqual({ name: 'BBC One', country: 'United Kingdom' })
    expect(networkOf('Channel 4')?.country).toBe('United Kingdom')
    expect(networkOf('Netflix')).toEqual({ name: 'Netflix' })
    expect(networkOf('SideReel')).toBeUndefined()
  })

  test('say where a show is now, and who made it', () => {
    expect(currentNetwork('Antena 3 (S1-2), Netflix')).toBe('Netflix')
    expect(currentNetwork('Wavve (S1), Netflix (S2)')).toBe('Netflix')
    expect(currentNetwork('OCN (S1), tvN (S2); Netflix')).toBe('tvN')
    expect(currentNetwork('tvN / Netflix')).toBe('tvN')
    expect(makersOf('Chun Sung-il (writer); Lee Jae-kyoo and Kim Nam-su (directors)')).toEqual([
      'Chun Sung-il',
      'Lee Jae-kyoo',
      'Kim Nam-su',
    ])
    expect(makersOf('Kim Joo-hwan (Jason Kim), writer-director')).toEqual(['Kim Joo-hwan'])
    expect(numberedNames('0-Robert Downey, Jr., 1-B')).toEqual(['Robert Downey, Jr.', 'B'])
  })
})
