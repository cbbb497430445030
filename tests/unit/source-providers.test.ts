import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { trustOf } from '@/lib/catalogue/facts'
import { parseAnswer, parseMedia } from '@/lib/sources/anilist/parse'
import { edtfOf as anilistDate, toLook as fromAnilist, partIn } from '@/lib/sources/anilist/to-look'
import { providers, withheld } from '@/lib/sources/registry'
import { parseChanges, parseSearch, parseSeries } from '@/lib/sources/tmdb/parse'
import { toLook as fromTmdb } from '@/lib/sources/tmdb/to-look'
import { parseEntities, parseRows } from '@/lib/sources/wikidata/parse'
import { toLook as fromWikidata, edtfOf as wikidataDate } from '@/lib/sources/wikidata/to-look'
import { RECORD_KEEPERS } from '@/lib/status/record'
import { mutated } from '../support/mutations'
import { aMedia, anItem, aTime, type MediaGiven } from '../support/other-answers'
import { aSeriesAnswer, type SeriesGiven } from '../support/tmdb-answers'

describe('every provider', () => {
  test('has terms: what stands beside its words, under which licence, how long it may be kept and passed on', () => {
    for (const { terms, title } of providers) {
      expect(terms.attribution, title).toContain(title)
      expect(terms.url, title).toMatch(/^https:\/\//)
    }
    const tmdb = providers.find(({ name }) => name === 'tmdb')
    expect(tmdb?.terms).toMatchObject({ keptDays: 180, mayExport: false, mayTrain: false })
    expect(tmdb?.terms.attribution).toBe(
      'This product uses the TMDB API but is not endorsed or certified by TMDB.',
    )
    expect(withheld.map(({ name }) => name)).toEqual(['tmdb', 'anilist'])
  })

  test('is a keeper of records to the status, in the order in which its facts are trusted', () => {
    const byTrust = providers.map(({ name }) => name).sort((a, b) => trustOf(a) - trustOf(b))
    expect(RECORD_KEEPERS).toEqual(byTrust)
    for (const { name, title } of providers) expect(title.toLowerCase()).toBe(name)
  })

  test('takes its own ids and no other text for one', () => {
    for (const { isId, name } of providers)
      for (const text of ['', '0', '-1', '1.5', '1e3', '0x1', ' 1', '1 ', '../1', '1;2', 'constructor', '９'])
        expect(isId(text), `${name} ${text}`).toBe(false)
  })
})

describe('what TMDB says', () => {
  const look = (given: Partial<SeriesGiven>) => {
    const read = parseSeries(aSeriesAnswer({ id: 9, ...given }))
    if (!read.ok) throw new Error(read.reason)
    return fromTmdb(read.value)
  }

  test('specials are no season, and what is still to come has no count', () => {
    const seasons = [
      { number: 1, air: '2024-03-03', count: 8 },
      { number: 2, air: '2027-03-14', count: 1 },
      { number: 2024, air: '2024-01-01', count: 1 },
    ]
    expect(look({ seasons }).seasons).toMatchObject([
      { number: 1, premiere: '2024-03-03', finale: null, episodes: 8 },
      { number: 2, premiere: '2027-03-14', finale: null, episodes: null },
    ])
  })

  test('a year written as its first of January is a year; an empty date is none', () => {
    expect(
      look({
        seasons: [
          { number: 1, air: '2027-01-01' },
          { number: 2, air: '' },
        ],
      }).seasons,
    ).toMatchObject([{ premiere: '2027' }, { premiere: null }])
  })

  test('of a show that is over the last episode is the last season’s finale', () => {
    const seasons = [
      { number: 1, air: '2024-03-03' },
      { number: 2, air: '2025-03-02' },
    ]
    const last = { season: 2, number: 8, air: '2025-04-20' }
    expect(look({ seasons, last, status: 'Canceled' })).toMatchObject({
      label: 'Canceled',
      ended: '2025-04-20',
      seasons: [{ finale: null }, { finale: '2025-04-20', episodes: 8 }],
    })
    expect(look({ seasons, last }).seasons[1]?.finale).toBeNull()
  })

  test('countries and languages come by their names, titles by what people call it elsewhere', () => {
    expect(look({ imdb: 'tt9990001', tvdb: 12, wikidata: 'Q55' })).toMatchObject({
      country: 'Norway',
      record: {
        language: 'Norwegian',
        ids: { tmdb: '9', imdb: 'tt9990001', tvdb: '12', wikidata: 'Q55' },
        aliases: ['Havnelysene', 'Hafenlichter'],
        creators: ['Ragna Moe'],
        cast: [{ person: 'Ingrid Aas', character: 'Keeper', ids: { tmdb: '77' } }],
      },
    })
    expect(look({ country: 'XX' }).country).toBeNull()
    expect(look({ country: 'HK' }).country).toBe('Hong Kong')
  })
})

describe('what AniList says', () => {
  const read = (given: MediaGiven) => {
    const media = parseMedia(aMedia(given))
    if (!media.ok) throw new Error(media.reason)
    return fromAnilist(media.value)
  }
  const look = (given: Partial<MediaGiven>) => {
    const result = read({ id: 7, ...given })
    if (!result.ok) throw new Error(result.reason)
    return result.value
  }
  const premiere = (given: Partial<MediaGiven>) => look(given).seasons[0]?.premiere

  test.each<[string, Partial<MediaGiven>, string | null]>([
    ['nothing', {}, null],
    ['a year', { start: [2027, null, null] }, '2027'],
    ['a month', { start: [2027, 4, null] }, '2027-04'],
    ['a day', { start: [2027, 4, 6] }, '2027-04-06'],
    ['a first of January, before release', { start: [2027, 1, 1] }, '2027'],
    ['the first of a month, before release', { start: [2027, 7, 1] }, '2027-07'],
    ['the first of a month, once it was shown', { start: [2026, 7, 1], status: 'RELEASING' }, '2026-07-01'],
    ['a quarter', { quarter: ['WINTER', 2027] }, '2027-01/2027-03'],
    ['a quarter beside a year', { start: [2027, null, null], quarter: ['FALL', 2027] }, '2027-10/2027-12'],
    [
      'the hour of its first episode: the day in Japan',
      { start: [2027, 1, 1], next: { at: '2027-01-03T15:30:00Z', episode: 1 } },
      '2027-01-04',
    ],
  ])('%s is as precise as it was said', (_, given, expected) => {
    expect(premiere(given)).toBe(expected)
  })

  test('an hour comes with its zone, and only where AniList has one', () => {
    expect(look({ next: { at: '2027-01-03T15:30:00Z', episode: 1 } }).episodes).toEqual([
      { season: 1, number: 1, name: null, day: '2027-01-04', at: '2027-01-04T00:30:00+09:00', minutes: 24 },
    ])
    expect(look({}).episodes).toEqual([])
  })

  test.each<[string, Partial<MediaGiven>, number[] | string]>([
    ['nothing came before', {}, [1]],
    ['Season 3', { english: 'Sea Lights Season 3', relations: [['PREQUEL', 6, 'TV']] }, [3]],
    ['2nd Season', { romaji: 'Umi no Akari 2nd Season', relations: [['PREQUEL', 6, 'TV']] }, [2]],
    ['第2期', { native: '海の灯り 第2期', relations: [['PREQUEL', 6, 'TV']] }, [2]],
    ['II', { romaji: 'Umi no Akari II', relations: [['PREQUEL', 6, 'TV']] }, [2]],
    ['a numeral that is a name', { romaji: 'Final Harbour VII' }, [1]],
    ['a film before it', { relations: [['PREQUEL', 6, 'MOVIE']] }, [1]],
    ['a manga before it', { relations: [['PREQUEL', 6, 'MANGA']] }, [1]],
    [
      'a name of its own',
      { english: 'Sea Lights: Storm Arc', relations: [['PREQUEL', 6, 'TV']] },
      'cannot be told',
    ],
    ['a film', { format: 'MOVIE' }, 'lists it as movie'],
    ['an OVA', { format: 'OVA' }, 'lists it as ova'],
  ])('an entry is the season its name says: %s', (_, given, expected) => {
    const result = read({ id: 7, ...given })
    if (typeof expected === 'string')
      expect(result).toMatchObject({ ok: false, reason: expect.stringContaining(expected) })
    else expect(result.ok && result.value.seasons.map(({ number }) => number)).toEqual(expected)
  })

  test('a later part or cour is no new season, and says nothing of when its season began', () => {
    for (const english of [
      'Sea Lights Season 2 Part 2',
      'Sea Lights 2nd Cour',
      'Sea Lights Season 2, Cour 2',
    ])
      expect(look({ english, relations: [['PREQUEL', 6, 'TV']], start: [2027, 4, 6] })).toMatchObject({
        seasons: [],
        whole: [],
        record: { title: 'Sea Lights' },
      })
    expect([partIn('Party'), partIn('Part II'), partIn('第2クール'), partIn('A Departure')]).toEqual([
      1, 2, 2, 1,
    ])
  })

  test('its word is the show’s only where no season follows, and spoilers are no tags', () => {
    expect(look({ relations: [['SEQUEL', 8, 'TV']], status: 'FINISHED' }).label).toBeNull()
    expect(look({ status: 'FINISHED' })).toMatchObject({
      label: 'FINISHED',
      record: { tags: ['lighthouse'] },
    })
  })

  test('an error is a reason, also where it comes as an answer', () => {
    expect(parseAnswer({ errors: [{ message: 'Too Many Requests.' }], data: null })).toEqual({
      ok: false,
      reason: 'AniList says: Too Many Requests.',
    })
    expect(anilistDate({ year: 2027, month: 2, day: 31 })).toBeNull()
  })
})

describe('what Wikidata says', () => {
  const item = (statements: Parameters<typeof anItem>[2]) => {
    const read = parseEntities(anItem('Q77', 'Harbour Lights', statements))
    if (!read.ok) throw new Error(read.reason)
    return fromWikidata(
      read.value[0]!,
      new Map([
        ['Q1', 'Fjordvision'],
        ['Q2', 'Norway'],
      ]),
    )
  }

  test('its ids elsewhere, its network and country, and dates as precise as they are given', () => {
    const result = item([
      ['P8600', '501'],
      ['P345', 'tt9990001'],
      ['P345', 'nm0000001', 'deprecated'],
      ['P449', { id: 'Q1', 'entity-type': 'item' }],
      ['P495', { id: 'Q2' }],
      ['P580', aTime('2024-03-00', 10)],
      ['P582', aTime('2026-00-00', 9)],
      ['P2437', { amount: '+3', unit: '1' }],
    ])
    expect(result).toMatchObject({
      ok: true,
      value: {
        network: 'Fjordvision',
        country: 'Norway',
        ended: '2026',
        total: 3,
        seasons: [{ number: 1, premiere: '2024-03' }],
        record: { ids: { wikidata: 'Q77', tvmaze: '501', imdb: 'tt9990001' }, title: 'Harbour Lights' },
      },
    })
    expect(wikidataDate(aTime('1900-00-00', 9))).toBe('1900')
    expect(wikidataDate({ ...aTime('2024-03-03', 11), precision: 7 })).toBeNull()
  })

  test('an item that no service of series knows is none, and a preferred statement goes before others', () => {
    expect(item([['P580', aTime('2024-03-03', 11)]])).toMatchObject({
      ok: false,
      reason: expect.stringContaining('no series'),
    })
    const both = item([
      ['P8600', '1'],
      ['P8600', '2', 'preferred'],
    ])
    expect(both.ok && both.value.record.ids.tvmaze).toBe('2')
  })

  test('an item that was taken away is not among those that came', () => {
    expect(parseEntities({ entities: { Q1: { id: 'Q1', missing: '' } } })).toEqual({ ok: true, value: [] })
    expect(parseRows({ results: { bindings: [{ item: { type: 'uri', value: 'http://x/Q1' } }] } })).toEqual({
      ok: true,
      value: [{ item: 'http://x/Q1' }],
    })
  })
})

describe('whatever is changed in an answer, it is read or refused with a reason', () => {
  const cases: [string, unknown, (answer: unknown) => { ok: boolean; reason?: string }][] = [
    [
      'TMDB',
      aSeriesAnswer({
        id: 9,
        imdb: 'tt9990001',
        seasons: [{ number: 1, air: '2024-03-03' }],
        last: { season: 1, number: 8, air: '2024-04-21' },
      }),
      (answer) => {
        const read = parseSeries(answer)
        return read.ok ? { ok: fromTmdb(read.value).id !== '' } : read
      },
    ],
    [
      'AniList',
      aMedia({
        id: 7,
        english: 'Sea Lights Season 2',
        start: [2027, 4, null],
        relations: [['PREQUEL', 6, 'TV']],
        next: { at: '2027-04-06T15:00:00Z', episode: 1 },
      }),
      (answer) => {
        const read = parseMedia(answer)
        return read.ok ? fromAnilist(read.value) : read
      },
    ],
    [
      'Wikidata',
      anItem('Q77', 'Harbour Lights', [
        ['P8600', '501'],
        ['P580', aTime('2024-03-03', 11)],
        ['P449', { id: 'Q1' }],
      ]),
      (answer) => {
        const read = parseEntities(answer)
        return read.ok && read.value[0]
          ? fromWikidata(read.value[0], new Map())
          : { ok: false, reason: 'none' }
      },
    ],
  ]
  test.each(cases)('%s', (_, answer, use) => {
    expect(use(answer)).toMatchObject({ ok: true })
    fc.assert(
      fc.property(mutated(answer), (changed) => {
        const done = use(changed)
        if (!done.ok) expect(done.reason).toMatch(/\S/)
      }),
      { numRuns: 300 },
    )
  })
})

const recordings = path.resolve(import.meta.dirname, '../../../shared/data/recordings')

describe.runIf(existsSync(recordings))('recorded answers', () => {
  const json = (file: string) => JSON.parse(readFileSync(path.join(recordings, file), 'utf8')) as unknown

  test('of TMDB’s series, changes and searches are read', () => {
    const series = [
      'tmdb/subliminal__3_tv_1418_api_key_X_append_to_response_external_ids__200.json',
      'tmdb/subliminal__3_tv_1425_api_key_X_append_to_response_external_ids__200.json',
      'tmdb/subliminal__3_tv_40_api_key_X_append_to_response_external_ids__200.json',
      'tmdb_jdrouet/tv-details-complex.json',
      'tmdb_jdrouet/tv-latest.json',
      'tmdb_adamayoung/tv-series-details-append-response.json',
      'tmdb_adamayoung/tv-series-blank-homepage-first-air-date.json',
      'tmdb_adamayoung/tv-series.json',
    ]
    for (const file of series) {
      const read = parseSeries(json(file))
      expect(read, file).toMatchObject({ ok: true })
      if (read.ok) fromTmdb(read.value)
    }
    expect(parseChanges(json('tmdb_jdrouet/tv-all-changes.json')).ok).toBe(true)
    for (const file of ['search-tv.json', 'search-tv-rick-and-morty.json'])
      expect(parseSearch(json(`tmdb_jdrouet/${file}`)).ok, file).toBe(true)
    expect(parseSeries(json('tmdb_jdrouet/invalid-api-key.json'))).toMatchObject({ ok: false })
  })

  test('of AniList’s entries are read, and those that are no season are left out with the reason', () => {
    const page = json('anilist/anitrend_media_paged_response.json') as {
      data: { Page: { media: unknown[] } }
    }
    const outcomes = [
      ...page.data.Page.media,
      ...(json('anilist/anitrend_series_list_response.json') as unknown[]),
    ].map((one) => {
      const read = parseMedia(one)
      return read.ok ? fromAnilist(read.value) : read
    })
    expect(outcomes.length).toBeGreaterThan(60)
    for (const one of outcomes)
      if (!one.ok) expect(one.reason).toMatch(/^(is no season: AniList lists it as|relations: are missing)/)
  })
})
