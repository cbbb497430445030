/** A list with odd items in it: every good row comes through, every odd one is named or read, nothing is thrown. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readUpload } from '@/lib/imports/read'

const RUNS = Number(process.env.GREENLIT_PROPERTY_RUNS ?? 10_000)

/** A title of a list, numbered so that no two are one. */
interface Good {
  n: number
  title: string
  year: number
}
interface Writing {
  /** The items or lines, good and odd, as the format writes them, in their order. */
  parts: string[]
  /** The odd ones: where they stand, counted from 1, and what they may be called. */
  odd: { at: number; title: string | null }[]
}

const LETTERS = 'bcdfghklmnprstvz'
/** A word that is no other number's, and like none of them. */
const wordOf = (n: number) =>
  [...String(n + 100)]
    .map((digit, i) => LETTERS[(Number(digit) + 3 * i) % LETTERS.length] + 'aeiou'[(n + i) % 5]!)
    .join('')
const FIRST = ['Lantern', 'Winter', 'Iron', 'Paper', 'Hidden', 'Дом', '겨울', 'Été', '100']
const LAST = ['Street', 'Harbour', 'Well', 'Kite & Co', 'Hill', '서울', 'à la carte', '2049']
const good: fc.Arbitrary<Good[]> = fc
  .array(
    fc.tuple(fc.constantFrom(...FIRST), fc.constantFrom(...LAST), fc.integer({ min: 1950, max: 2026 })),
    {
      minLength: 1,
      maxLength: 12,
    },
  )
  .map((made) => made.map(([first, last, year], n) => ({ n, title: `${first} ${wordOf(n)} ${last}`, year })))

const imdb = (n: number) => `tt${7_000_000 + n}`
const number = (n: number) => 880_000 + n
const json = (value: unknown) => JSON.stringify(value)

/** What stands among the items of any JSON list in the wild; a name where it has one. */
const ODD_ITEMS: { text: string; title: string | null }[] = [
  { text: 'null', title: null },
  { text: '17', title: '17' },
  { text: 'true', title: null },
  { text: '{}', title: null },
  { text: '[]', title: null },
  { text: '[[null]]', title: null },
  { text: '{"error":"rate limited"}', title: null },
  { text: '{"game":{"id":3,"name":"Odd Lantern Keep"},"status":"FINISHED"}', title: 'Odd Lantern Keep' },
  { text: '{"title":"Odd without an id"}', title: 'Odd without an id' },
  { text: '{"type":"person","person":{"name":"Odd Person"}}', title: 'Odd Person' },
  {
    text: '{"ids":null,"title":null,"show":null,"media":null,"node":null,"content":null,"id":null}',
    title: null,
  },
]
/** Items with a mistake in them: the text of the file is no JSON any more. */
const BROKEN_ITEMS = [
  { text: '{"title":"Odd broken" "year":2019}', title: 'Odd broken' },
  { text: '{"title":oops}', title: null },
  { text: '{"title":"Odd unclosed}', title: null },
  { text: '{"title":"Odd comma","year":2019,}', title: 'Odd comma' },
]

interface Kind {
  name: string
  item: (good: Good) => unknown
  /** The whole file around its items. */
  file: (items: string) => string
  /** Items of other kinds that the service itself leaves out in silence. */
  silent?: RegExp
}

const list = (items: string) => `[${items}]`
/** Every JSON list we read: how it writes one title, and what it puts around them. */
const JSON_KINDS: Kind[] = [
  {
    name: 'Trakt, watched shows',
    item: ({ n, title, year }) => ({
      last_watched_at: '2025',
      show: { title, year, ids: { trakt: number(n), imdb: imdb(n) } },
    }),
    file: list,
    silent: /person/,
  },
  {
    name: 'Trakt, watchlist',
    item: ({ n, title, year }) => ({
      type: 'show',
      listed_at: '2025',
      show: { title, year, ids: { trakt: number(n) } },
    }),
    file: list,
    silent: /person/,
  },
  {
    name: 'Trakt, flat',
    item: ({ n, title }) => ({
      title,
      type: 'show',
      imdb_id: imdb(n),
      tmdb_id: number(n),
      watched_at: '2025',
    }),
    file: list,
  },
  {
    name: 'Simkl',
    item: ({ n, title, year }) => ({
      status: 'watching',
      show: { title, year, ids: { simkl: number(n), imdb: imdb(n) } },
    }),
    file: (items) => `{"shows":[${items}],"anime":null}`,
  },
  {
    name: 'MyAnimeList, answers',
    item: ({ n, title }) => ({ node: { id: number(n), title }, list_status: { status: 'watching' } }),
    file: (items) => `{"data":[${items}],"paging":{}}`,
  },
  {
    name: 'MyAnimeList, page',
    item: ({ n, title }) => ({
      status: 1,
      anime_id: number(n),
      anime_title: title,
      anime_media_type_string: 'TV',
    }),
    file: list,
  },
  {
    name: 'AniList',
    item: ({ n, title }) => ({ status: 'CURRENT', media: { id: number(n), title: { english: title } } }),
    file: (items) => `{"data":{"MediaListCollection":{"lists":[{"name":"x","entries":[${items}]},null]}}}`,
  },
  {
    name: 'Jellyfin',
    item: ({ n, title, year }) => ({
      Type: 'Series',
      Name: title,
      ProductionYear: year,
      ProviderIds: { Tvdb: String(number(n)) },
    }),
    file: (items) => `{"Items":[${items}],"TotalRecordCount":1}`,
  },
  {
    name: 'Plex',
    item: ({ n, title, year }) => ({ type: 'show', title, year, Guid: [{ id: `imdb://${imdb(n)}` }] }),
    file: (items) => `{"MediaContainer":{"Metadata":[${items}]}}`,
  },
  {
    name: 'Sonarr',
    item: ({ n, title, year }) => ({ title, titleSlug: 'x', tvdbId: number(n), year, seasons: [] }),
    file: list,
  },
  {
    name: 'SeriesGuide',
    item: ({ n, title }) => ({ tmdb_id: number(n), title, hidden: false, seasons: [] }),
    file: list,
  },
  {
    name: 'Showly',
    item: ({ n, title }) => ({ id: number(n), t: title }),
    file: (items) => `{"version":2,"shows":{"cH":[${items}],"cW":null,"cHid":[]}}`,
  },
  {
    name: 'Watcharr',
    item: ({ n, title }) => ({ status: 'WATCHING', content: { tmdbId: number(n), title, type: 'tv' } }),
    file: list,
  },
  {
    name: 'Ryot',
    item: ({ n, title }) => ({
      lot: 'show',
      identifier: String(number(n)),
      source: 'tmdb',
      source_id: title,
      seen_history: null,
    }),
    file: (items) => `{"metadata":[${items}]}`,
  },
  {
    name: 'TV Time, its last year',
    item: ({ n, title }) => ({ id: { tvdb: number(n), imdb: null }, title, status: 'up_to_date' }),
    file: list,
  },
  {
    name: 'Greenlit',
    item: ({ n, title }) => ({ show: `odd-${n}`, title, season: 2, followed_at: '2026' }),
    file: (items) => `{"follows":[${items}]}`,
  },
  {
    name: 'a list by hand',
    item: ({ n, title, year }) => ({ name: title, first_air_date: `${year}-01-01`, imdb_id: imdb(n) }),
    file: list,
  },
]

/** Good rows and odd ones, shuffled together. */
const mixed = <T>(oddOnes: fc.Arbitrary<T[]>) =>
  fc.tuple(good, oddOnes, fc.array(fc.nat({ max: 1000 }), { minLength: 30, maxLength: 30 }))

/** Puts odd parts between good ones, at the places that chance names. */
function place(goods: string[], odd: { text: string; title: string | null }[], places: number[]): Writing {
  const parts: { text: string; title?: string | null }[] = goods.map((text) => ({ text }))
  odd.forEach((one, i) => {
    parts.splice(places[i]! % (parts.length + 1), 0, one)
  })
  return {
    parts: parts.map(({ text }) => text),
    odd: parts.flatMap(({ title }, i) => (title === undefined ? [] : { at: i + 1, title })),
  }
}

const letters = (text: string) =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')

/** Every good title is there, by name or id; each odd one is read under its name, or named, or said by its place. */
function expectWhole(
  text: string,
  goods: Good[],
  odd: Writing['odd'],
  {
    fileName = 'list',
    lineOf = (at: number) => at,
  }: { fileName?: string; lineOf?: (at: number) => number } = {},
): void {
  const reading = readUpload(Buffer.from(text), fileName)
  if (!reading.ok) throw new Error(`${reading.message}\n${text}`)
  const titles = new Set(reading.rows.map(({ title }) => letters(title ?? '')))
  for (const { title } of goods) expect(titles, `${title} in\n${text}`).toContain(letters(title))
  for (const { at, title } of odd) {
    const read = title !== null && titles.has(letters(title))
    const said = reading.unreadable.some(
      (row) => row.line === lineOf(at) || (title !== null && letters(row.title ?? '') === letters(title)),
    )
    expect(
      read || said,
      `${title ?? 'a part without a name'} at ${at} in\n${text}\n${json(reading.unreadable)}`,
    ).toBe(true)
  }
  for (const { reason } of reading.unreadable) expect(reason).toMatch(/^[A-Z“].+\.$/)
}

describe('a JSON list with odd items', () => {
  it.each(JSON_KINDS)(
    `of $name loses none of its rows, in ${Math.ceil((0.6 * RUNS) / 17)} files`,
    ({ item, file, silent }) => {
      fc.assert(
        fc.property(
          mixed(fc.array(fc.constantFrom(...ODD_ITEMS), { maxLength: 5 })),
          ([goods, odd, places]) => {
            const written = place(
              goods.map((one) => json(item(one))),
              odd,
              places,
            )
            const named = written.odd.filter(({ at }) => !silent?.test(written.parts[at - 1]!))
            expectWhole(file(written.parts.join(',')), goods, named)
          },
        ),
        { numRuns: Math.ceil((0.6 * RUNS) / 17) },
      )
    },
  )

  it('and a mistake in one of them loses that one, an item a line or all in one', () => {
    const kinds = JSON_KINDS.filter(({ file }) => file === list)
    fc.assert(
      fc.property(
        fc.constantFrom(...kinds),
        mixed(fc.array(fc.constantFrom(...BROKEN_ITEMS), { minLength: 1, maxLength: 3 })),
        ({ item }, [goods, odd, places]) => {
          const written = place(
            goods.map((one) => json(item(one))),
            odd,
            places,
          )
          expectWhole(`[\n${written.parts.join(',\n')}\n]`, goods, written.odd, { lineOf: (at) => at + 1 })
        },
      ),
      { numRuns: Math.ceil(0.05 * RUNS) },
    )
  })

  it('is read where it has a comma too many, or an item a line and nothing around them', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...JSON_KINDS.filter(({ file }) => file === list)),
        good,
        ({ item }, goods) => {
          const items = goods.map((one) => json(item(one)))
          expectWhole(`[${items.join(',')},]`, goods, [])
          expectWhole(items.join('\n'), goods, [])
        },
      ),
      { numRuns: Math.ceil(0.05 * RUNS) },
    )
  })
})

/** A field as a sheet writes it. */
const field = (text: string | number, mark = ',') =>
  typeof text === 'string' && (text.includes(mark) || text.includes('"'))
    ? `"${text.replaceAll('"', '""')}"`
    : text

interface SheetKind {
  name: string
  header: string[]
  row: (good: Good) => (string | number)[]
}

/** Every sheet we read. */
const SHEETS: SheetKind[] = [
  { name: 'a list by hand', header: ['title', 'year'], row: ({ title, year }) => [title, year] },
  { name: 'a list of ids', header: ['imdb_id', 'title'], row: ({ n, title }) => [imdb(n), title] },
  {
    name: 'IMDb',
    header: ['Const', 'Your Rating', 'Title', 'Title Type', 'Year'],
    row: ({ n, title, year }) => [
      imdb(n),
      8,
      title,
      ['TV Series', 'Fernsehserie', 'Série télévisée', 'Serie TV'][n % 4]!,
      year,
    ],
  },
  {
    name: 'Trakt',
    header: ['type', 'title', 'year', 'trakt_id'],
    row: ({ n, title, year }) => ['show', title, year, number(n)],
  },
  {
    name: 'Simkl',
    header: ['simkl_id', 'Type', 'Title', 'Year', 'Watchlist'],
    row: ({ n, title, year }) => [number(n), 'tv', title, year, 'watching'],
  },
  {
    name: 'TMDB',
    header: ['TMDb ID', 'Type', 'Name', 'Release Date'],
    row: ({ n, title, year }) => [number(n), 'tv', title, `${year}-01-01`],
  },
  {
    name: 'Yamtrack',
    header: ['media_id', 'source', 'media_type', 'title'],
    row: ({ n, title }) => [number(n), 'tmdb', 'tv', title],
  },
  {
    name: 'TV Time',
    header: ['active', 'archived', 'tv_show_id', 'tv_show_name'],
    row: ({ n, title }) => [1, 0, number(n), title],
  },
  {
    name: 'TV Time, its last year',
    header: ['uuid', 'tvdb_id', 'title', 'status'],
    row: ({ n, title }) => ['a', number(n), title, 'continuing'],
  },
  {
    name: 'Prime Video',
    header: ['Date Watched', 'Type', 'Title', 'Global Title Identifier'],
    row: ({ title }) => ['2026-01-01', 'Series', `${title} - Season 2`, 'amzn1.x'],
  },
  { name: 'Netflix', header: ['Title', 'Date'], row: ({ title }) => [`${title}: Season 2: Ep`, '1/1/26'] },
  {
    name: 'Greenlit',
    header: ['show', 'title', 'season', 'followed_at'],
    row: ({ n, title }) => [`odd-${n}`, title, 2, '2026'],
  },
]

describe('a sheet with odd lines', () => {
  const line = (header: string[], mark: string) =>
    fc.oneof(
      fc.constant({ text: mark.repeat(header.length - 1), title: null }),
      fc.constant({ text: mark.repeat(header.length + 4), title: null }),
      fc.constant({ text: `"Odd quote${mark.repeat(header.length - 1)}`, title: 'Odd quote' }),
    )

  it.each(SHEETS)(
    `of $name loses none of its rows, in ${Math.ceil((0.25 * RUNS) / 12)} files`,
    ({ header, row }) => {
      fc.assert(
        fc.property(
          fc.constantFrom(',', ';', '\t'),
          fc.constantFrom('', 'sep=', 'banner'),
          fc.constantFrom('\n', '\r\n'),
          good,
          fc.array(fc.nat({ max: 1000 }), { minLength: 30, maxLength: 30 }),
          fc.nat({ max: 3 }),
          (mark, before, end, goods, places, count) => {
            // Excel says what parts the fields; other programs write a line of their own above.
            const above =
              before === 'sep=' ? [`sep=${mark}`] : before === 'banner' ? ['My list of 1 January 2026'] : []
            const odd = fc.sample(line(header, mark), { numRuns: count, seed: places[0] })
            const lines = goods.map((one) =>
              row(one)
                .map((text) => field(text, mark))
                .join(mark),
            )
            const written = place(lines, odd, places.slice(1))
            const text = [...above, header.join(mark), ...written.parts].join(end) + end
            expectWhole(text, goods, written.odd, { lineOf: (at) => at + 1 + above.length })
          },
        ),
        { numRuns: Math.ceil((0.25 * RUNS) / 12) },
      )
    },
  )

  it('has a title with a comma and no quotes whole, its year beside it, and fields too many fall', () => {
    fc.assert(
      fc.property(good, fc.constantFrom('', ',', ',,,'), (goods, surplus) => {
        const comma = goods.map((one) => ({ ...one, title: `Love, ${one.title}` }))
        const text = `title,year\n${comma.map(({ title, year }) => `${title},${year}${surplus}`).join('\n')}\n`
        expectWhole(text, comma, [])
        const reading = readUpload(Buffer.from(text), 'list')
        expect(reading.ok && reading.rows.map(({ year }) => year)).toEqual(comma.map(({ year }) => year))
        expectWhole(`title\n${comma.map(({ title }) => title).join('\n')}\n`, comma, [])
      }),
      { numRuns: Math.ceil(0.02 * RUNS) },
    )
  })

  it('with a comma in its numbers, as some regions write them, keeps every other field in its place', () => {
    const head =
      'Const,Your Rating,Date Rated,Title,Original Title,URL,Title Type,IMDb Rating,Runtime (mins),Year'
    const row =
      'tt7000001,8,2026-01-02,Lantern Street,Lantern Street,https://www.imdb.com/title/tt7000001/,TV Series,8,1,60,2017'
    const reading = readUpload(Buffer.from(`${head}\n${row}\n`), 'ratings.csv')
    expect(reading.ok && reading.rows).toMatchObject([
      { title: 'Lantern Street', year: 2017, ids: { imdb: 'tt7000001' }, kind: 'show' },
    ])
  })

  it('of bare titles, ids or links, a line each, is read', () => {
    fc.assert(
      fc.property(good, fc.constantFrom('', '- ', '1. ', '* '), (goods, bullet) => {
        expectWhole(goods.map(({ title }) => `${bullet}${title}`).join('\n'), goods, [])
        const ids = goods.map(
          ({ n }) => [imdb(n), `https://www.imdb.com/title/${imdb(n)}/`, `imdb:${imdb(n)}`][n % 3]!,
        )
        const reading = readUpload(Buffer.from(ids.join('\n')), 'ids.txt')
        expect(reading.ok && reading.rows.map((row) => row.ids.imdb)).toEqual(goods.map(({ n }) => imdb(n)))
      }),
      { numRuns: Math.ceil(0.02 * RUNS) },
    )
  })

  it('has names coded for the web decoded', () => {
    const text =
      'title,year\n"Winter&#039;s Harbour",2005\nLove &amp; Lanterns,2019\nIt&apos;s Always Hidden,2005\n'
    const reading = readUpload(Buffer.from(text), 'list.csv')
    expect(reading.ok && reading.rows.map(({ title }) => title)).toEqual([
      "Winter's Harbour",
      'Love & Lanterns',
      "It's Always Hidden",
    ])
  })
})

describe('XML with odd elements', () => {
  it(`loses none of its rows, in ${Math.ceil(0.03 * RUNS)} files`, () => {
    const odd = [
      { text: '<anime/>', title: null },
      { text: '<anime><series_title/></anime>', title: null },
      { text: '<anime><series_title>Odd without an id</series_title></anime>', title: 'Odd without an id' },
      { text: '<anime><series_animedb_id>x</series_animedb_id></anime>', title: null },
    ]
    fc.assert(
      fc.property(mixed(fc.array(fc.constantFrom(...odd), { maxLength: 4 })), ([goods, oddOnes, places]) => {
        const items = goods.map(
          ({ n, title }) =>
            `<anime><series_animedb_id>${number(n)}</series_animedb_id><series_title><![CDATA[${title}]]></series_title><series_type>TV</series_type><my_status>Watching</my_status></anime>`,
        )
        const written = place(items, oddOnes, places)
        expectWhole(
          `<?xml version="1.0"?><myanimelist>${written.parts.join('')}</myanimelist>`,
          goods,
          written.odd,
        )
      }),
      { numRuns: Math.ceil(0.03 * RUNS) },
    )
  })
})
