import { describe, expect, test } from 'vitest'
import { readLabel } from '@/lib/status/labels'
import { titleKey } from '@/lib/workshop/catalogue/names'
import { parseNewsShows } from '@/lib/workshop/catalogue/sets/claim-pages'
import { famousLine, parseFamous } from '@/lib/workshop/catalogue/sets/famous'
import { parseStreaming } from '@/lib/workshop/catalogue/sets/streaming'
import { parseTvmazeOctober, parseTvmazeSchedule } from '@/lib/workshop/catalogue/sets/tvmaze-more'
import { parseKorean, parseNetflixOriginals, parseTurkish } from '@/lib/workshop/catalogue/sets/wikipedia'

const TODAY = '2026-11-22'
const adults = (set: string, what: string) => ({ set, what, why: 'for adults only' })

describe('TVmaze as of October 2025', () => {
  const line = (facts: object) => ({
    title: 'The Bear',
    premiered: '2022-06-23',
    status: 'Running',
    genres: ['Drama', 'Comedy'],
    network: 'Hulu',
    web_channel: 'Hulu',
    language: 'English',
    ...facts,
  })
  const one = (facts: object) => parseTvmazeOctober([line(facts)]).entries[0]

  test('gives the first and the last day, the genres and the label as it was then', () => {
    expect(one({ status: 'Ended', ended: '2025-06-26' })).toMatchObject({
      title: 'The Bear',
      startYear: 2022,
      startDay: '2022-06-23',
      genres: ['Drama', 'Comedy'],
      ended: '2025-06-26',
      endYear: 2025,
      seasons: [{ number: 1, premiere: '2022-06-23' }],
      listed: { label: 'Ended', source: 'TVmaze', as_of: '2025-10' },
    })
  })

  test('calls a streaming service a place to see a show, not surely its home', () => {
    expect(one({})).toMatchObject({ network: 'Hulu', carried: true })
    expect(one({ network: 'HBO' })).toMatchObject({
      network: 'HBO',
      carried: false,
      countries: ['United States'],
    })
    expect(one({ network: 'Apple TV' })?.network, 'one service, one name').toBe('Apple TV+')
  })

  test('says no more than a year where it writes the first of January', () => {
    const entry = one({ premiered: '1995-01-01', ended: '1996-01-01' })
    expect(entry).toMatchObject({ ended: '1996', seasons: [{ number: 1, premiere: '1995' }] })
    expect(entry?.startDay).toBeUndefined()
  })

  test('calls an anime what is Japanese, and no show for adults enters', () => {
    expect(one({ genres: ['Anime'], language: 'Japanese' })).toMatchObject({ kind: 'anime', drawn: true })
    expect(one({ genres: ['Anime'], language: 'Chinese' })?.kind).toBe('animation')
    expect(one({})?.kind, 'what it does not tell is left open').toBeUndefined()
    expect(parseTvmazeOctober([line({ genres: ['Drama', 'Adult'] })])).toEqual({
      entries: [],
      dropped: [adults('tvmaze-2025-10', 'The Bear')],
    })
  })
})

describe("TVmaze's schedules", () => {
  const line = (facts: object) => ({
    tvmaze: 274,
    title: 'Bad Education',
    type: 'Scripted',
    language: 'English',
    genres: ['Comedy'],
    status: 'To Be Determined',
    premiered: '2012-08-14',
    web_channel: 'BBC iPlayer',
    country: 'United Kingdom',
    tvdb: 261277,
    imdb: 'tt2337840',
    as_of: '2024-01-27',
    ...facts,
  })
  const one = (facts: object) => parseTvmazeSchedule([line(facts)]).entries[0]

  test('give the ids of three services, and a later season that began in their month', () => {
    expect(one({ season_premieres: { '5': '2024-01-14' } })).toMatchObject({
      ids: { tvmaze: ['274'], imdb: ['tt2337840'], tvdb: ['261277'] },
      countries: ['United Kingdom'],
      network: 'BBC iPlayer',
      carried: true,
      seasons: [
        { number: 1, premiere: '2012-08-14' },
        { number: 5, premiere: '2024-01-14' },
      ],
      listed: { label: 'To Be Determined', source: 'TVmaze', as_of: '2024-01-27' },
    })
  })

  test('number some seasons by the year, which is no number of a season', () => {
    expect(one({ season_premieres: { '2024': '2024-01-14', '2': '2011-01-01' } })?.seasons).toEqual([
      { number: 1, premiere: '2012-08-14' },
    ])
  })

  test('list sport, news and shows for adults, which do not enter', () => {
    const lines = [
      line({ title: 'Football', type: 'Sports' }),
      line({ title: 'At Noon', type: 'News' }),
      line({ title: 'Late', genres: ['Adult'] }),
      line({ title: 'Someday', premiered: undefined }),
    ]
    expect(parseTvmazeSchedule(lines)).toEqual({
      entries: [],
      dropped: [
        { set: 'tvmaze-schedule', what: 'Football', why: 'of the type sports' },
        { set: 'tvmaze-schedule', what: 'At Noon', why: 'of the type news' },
        adults('tvmaze-schedule', 'Late'),
        { set: 'tvmaze-schedule', what: 'Someday', why: 'no premiere' },
      ],
    })
  })
})

describe('the famous shows compiled by hand', () => {
  const season = (number: number, premiere: string, checked: string[], to_the_day = true) => ({
    number,
    premiere,
    episodes: 10,
    checked,
    to_the_day,
  })
  const line = famousLine.parse({
    title: 'Shameless (US)',
    original_title: null,
    aliases: ['Shameless (2011)', 'Shameless America'],
    kind: 'scripted',
    countries: ['United States'],
    languages: ['English'],
    networks: ['Showtime'],
    genres: ['Drama', 'Comedy'],
    cast: ['Emmy Rossum', 'William H. Macy'],
    tvmaze: 150,
    seasons: [
      season(1, '2011-01-09', ['tvmaze-2025-10']),
      season(2, '2012-01-08', []),
      season(3, '2013-01-13', ['epguides-month'], false),
      season(4, '2027-01-12', ['tvmaze-2025-10']),
    ],
  })
  const entry = parseFamous([line], TODAY).entries[0]

  test('ship a day that another set confirms, a month where only a month is confirmed, else the number alone', () => {
    expect(entry?.seasons).toEqual([
      { number: 1, premiere: '2011-01-09', episodes: 10 },
      { number: 2 },
      { number: 3, premiere: '2013-01', episodes: 10 },
    ])
  })

  test('ship none of their ids, and people and genres only where another set names them', () => {
    expect(entry?.ids).toEqual({})
    expect(entry).toMatchObject({ title: 'Shameless', confirmedOnly: true, network: 'Showtime' })
    expect(entry?.aliases).toEqual(['Shameless America'])
  })

  test('know nothing of a season that has not begun', () => {
    expect(parseFamous([line], '2011-12-31').entries[0]?.seasons.map(({ number }) => number)).toEqual([1])
  })
})

describe('Turkish Wikipedia', () => {
  const line = (facts: object) => ({
    title: 'Ezel (dizi)',
    wikipedia: 'Ezel (dizi)',
    premiere: '2009-09-28',
    end: '2011-06-20',
    genres: ['Dram', 'Suç'],
    network: 'Show TV atv',
    cast: ['Kenan İmirzalıoğlu  Cansu Dere'],
    seasons: 2,
    episodes: 71,
    status: 'Sona erdi.',
    ...facts,
  })
  const one = (facts: object) => parseTurkish([line(facts)]).entries[0]

  test('gives days, the first of the channels it runs together, people one by one, and the page it stands on', () => {
    expect(one({})).toMatchObject({
      title: 'Ezel',
      network: 'Show TV',
      countries: ['Turkey'],
      language: 'Turkish',
      startDay: '2009-09-28',
      ended: '2011-06-20',
      seasonCount: 2,
      genres: ['Drama', 'Crime'],
      cast: [{ person: 'Kenan İmirzalıoğlu' }, { person: 'Cansu Dere' }],
      ids: { 'wikipedia-tr': ['Ezel (dizi)'] },
    })
    expect(one({ network: 'FOX' })?.network).toBe('Fox (Turkey)')
    expect(one({ network: 'An unknown one' })?.network).toBeUndefined()
  })

  test('has words of its own for what a show is about', () => {
    const genres = (...words: string[]) => one({ genres: words })?.genres
    expect(genres('Suç', 'İstihbarat')).toEqual(['Crime', 'Espionage'])
    expect(genres('Suçsuz')).toEqual([])
    expect(genres('Aşk'), 'love').toEqual(['Romance'])
    expect(genres('Askeri'), 'of the army').toEqual(['War'])
  })

  test('counts the episodes of the whole run: they are those of a season where there is one', () => {
    expect(one({})?.seasons).toEqual([{ number: 1, premiere: '2009-09-28' }])
    expect(one({ seasons: 1 })?.seasons).toEqual([{ number: 1, premiere: '2009-09-28', episodes: 71 }])
  })

  test("says in Turkish whether a show goes on, and that is read as a provider's label", () => {
    const listed = one({})?.listed
    expect(listed).toEqual({ label: 'Sona erdi', source: 'Turkish Wikipedia', as_of: '2024-01' })
    const reads = (label: string) => readLabel('Turkish Wikipedia', label)?.says
    expect(one({ status: 'Sona erdi [1]' })?.listed, 'without the mark of a footnote').toEqual(listed)
    expect(reads('Sona erdi')).toBe('finished')
    expect(reads('Yayından kaldırıldı')).toBe('finished')
    expect(reads('Devam ediyor')).toBe('running')
    expect([reads('Sezon arası'), reads('Ara verdi')]).toEqual(['paused', 'paused'])
    expect(reads('Bilinmiyor')).toBeUndefined()
  })

  test('has infoboxes without a premiere, which say too little', () => {
    for (const premiere of [undefined, '28 Eylül 2009'])
      expect(parseTurkish([line({ premiere })])).toEqual({
        entries: [],
        dropped: [{ set: 'turkish-wikipedia', what: 'Ezel (dizi)', why: 'no premiere' }],
      })
  })
})

test('Korean Wikipedia writes titles without spaces: it adds to shows and opens none', () => {
  const row = {
    native_title: '사랑의불시착',
    premiere: '2019-12-14',
    end: '2020-02-16',
    episodes: '16',
    network: 'tvN',
    genre: '로맨틱 코미디 드라마',
  }
  const [entry] = parseKorean([row, { ...row, premiere: '' }]).entries
  expect(parseKorean([row, { ...row, premiere: '' }]).entries).toHaveLength(1)
  expect(entry).toMatchObject({
    addsOnly: true,
    network: 'tvN',
    genres: ['Drama', 'Romance', 'Comedy'],
    seasons: [{ number: 1, premiere: '2019-12-14', finale: '2020-02-16', episodes: 16 }],
  })
  expect(titleKey(entry?.title ?? ''), 'and meets the title with its spaces').toBe(titleKey('사랑의 불시착'))
  expect(parseKorean([{ ...row, network: '문화방송' }]).entries[0]?.network).toBe('MBC')
})

test("Wikipedia's list of Netflix series counts seasons; the day of one that Netflix bought dates none", () => {
  const row = (network: string) => ({
    title: 'Black Mirror',
    genre: 'Science fiction',
    network,
    series_premiere: '2016-10-21',
    seasons: '5',
    as_of: '2022-11',
  })
  const of = (network: string) => parseNetflixOriginals([row(network)]).entries[0]
  expect(of('Netflix')).toMatchObject({ addsOnly: true, seasonCount: 5, carried: true, seasons: [] })
  expect(of('Channel 4')).toMatchObject({ carried: false, countries: [], network: 'Channel 4' })
})

describe('what the streaming services listed in 2021', () => {
  const row = (facts: object) => ({
    platform: 'Prime Video',
    title: 'Bosch',
    release_year: '2020',
    country: 'United States',
    genres: 'Drama, Suspense, International',
    cast: 'Titus Welliver, Jamie Hector',
    ...facts,
  })
  const one = (facts: object) => parseStreaming([row(facts)]).entries[0]

  test('adds genres and people, and dates nothing: its year is that of the newest season', () => {
    expect(one({})).toMatchObject({
      addsOnly: true,
      seenYear: 2020,
      genres: ['Drama', 'Thriller'],
      seasons: [],
      cast: [{ person: 'Titus Welliver' }, { person: 'Jamie Hector' }],
    })
    expect(one({})?.startYear).toBeUndefined()
  })

  test('is rid of what the shop hung on a title or a name', () => {
    expect(one({ title: 'Bosch Season 6 [4K UHD]' })?.title).toBe('Bosch')
    expect(one({ title: 'Merlin: The Complete Series 2' })?.title).toBe('Merlin')
    expect(one({ title: 'Season 4' })?.title, 'where nothing else is left, that is the title').toBe(
      'Season 4',
    )
    expect(one({ cast: 'Narrator - David Attenborough, Madonna' })?.cast).toEqual([
      { person: 'David Attenborough' },
    ])
    expect(one({ cast: 'ANDREA RISEBOROUGH, HAROLD TORRES' })?.cast, 'shouted names are no spelling').toEqual(
      [],
    )
  })
})

describe('the shows that the news speaks of', () => {
  const line = (facts: object) => ({
    title: 'The Diplomat',
    year: 2023,
    network: 'Netflix',
    country: 'United States',
    seasons: [{ season: 4, premiere: '2026-10-15' }],
    genres: ['thriller'],
    urls: [],
    ...facts,
  })
  const one = (facts: object) => parseNewsShows([line(facts)]).entries[0]

  test('have the seasons before the one spoken of; the day a page plans for it is a claim and no record', () => {
    expect(one({})).toMatchObject({ title: 'The Diplomat', startYear: 2023, network: 'Netflix' })
    expect(one({})?.seasons).toEqual([{ number: 1, premiere: '2023' }, { number: 2 }, { number: 3 }])
    expect(one({})?.startDay).toBeUndefined()
  })

  test('of the last year of the news may not have begun: no season is on record', () => {
    expect(one({ year: 2026, seasons: [{ season: 1, premiere: '2026-03-01' }] })?.seasons).toEqual([])
    expect(one({ year: null, seasons: [] })?.seasons).toEqual([])
    expect(one({ year: 2025, seasons: [] })?.seasons).toEqual([{ number: 1, premiere: '2025' }])
  })

  test('say in brackets which namesake is meant: that is part of the address, not of the title', () => {
    const coming = one({ title: 'Baywatch (reboot)', year: 2026, seasons: [{ season: 1 }] })
    expect(coming).toMatchObject({ title: 'Baywatch', hint: 'reboot', upcoming: true })
    expect(one({ title: 'Ghosts (US)' })).toMatchObject({ title: 'Ghosts', hint: 'us', upcoming: false })
    expect(one({})).not.toHaveProperty('upcoming')
  })

  test('that are a season of another show are none of their own', () => {
    expect(one({ title: 'Bleach: Thousand-Year Blood War' })).toBeUndefined()
  })

  test('from Japan are anime where the page says so, and are left open where it does not', () => {
    const japanese = { country: 'Japan', genres: ['anime'] }
    expect(one(japanese)?.kind).toBe('anime')
    expect(one({ ...japanese, genres: ['animation'] })?.kind).toBe('anime')
    expect(one({ ...japanese, genres: ['drama'] })?.kind).toBeUndefined()
    expect(one({ genres: ['animation'] })).toMatchObject({ kind: 'animation', drawn: true })
    expect(one({})).toMatchObject({ drawn: false })
  })
})
