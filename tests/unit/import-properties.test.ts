/** Whatever is in a file, reading it ends soon, with rows or with a sentence. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readUpload } from '@/lib/imports/read'
import { foldRows, idsAgree, idWords, isAlike, takenByName, yearsAgree } from '@/lib/imports/rules'
import { type ListRow, NAMESPACES } from '@/lib/imports/types'
import { csvOf } from '@/lib/shared/csv'
import { zipOf } from '../support/zip'

const FIXTURES = join(import.meta.dirname, '../fixtures/imports')
const files = readdirSync(FIXTURES, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(csv|json|xml)$/.test(file))
  .map((file) => ({ name: file.split('/').at(-1)!, bytes: readFileSync(join(FIXTURES, file)) }))
const archive = {
  name: 'gdpr.zip',
  bytes: zipOf(
    files
      .filter(({ name }) => /^(tracking|followed)/.test(name))
      .map(({ name, bytes }) => ({ name, content: bytes })),
  ),
}
const RUNS = Number(process.env.GREENLIT_PROPERTY_RUNS ?? 1000)
const LONGEST_MS = 1_500
/** Time of the processor, not of the clock: neighbours do not count. */
const spentMs = (since?: NodeJS.CpuUsage) => process.cpuUsage(since).user / 1000

/** A file with some of its bytes changed, cut or doubled. */
const mutated = fc
  .record({
    file: fc.constantFrom(...files, archive),
    edits: fc.array(
      fc.record({
        at: fc.double({ min: 0, max: 1, noNaN: true }),
        kind: fc.constantFrom('set', 'cut', 'drop', 'double', 'insert'),
        bytes: fc.uint8Array({ maxLength: 12 }),
        span: fc.nat({ max: 400 }),
      }),
      { maxLength: 8 },
    ),
  })
  .map(({ file, edits }) => {
    let bytes: Buffer = Buffer.from(file.bytes)
    for (const { at, kind, bytes: with_, span } of edits) {
      const place = Math.floor(at * bytes.length)
      if (kind === 'set') Buffer.from(with_).copy(bytes, place)
      else if (kind === 'cut') bytes = bytes.subarray(0, place)
      else if (kind === 'drop')
        bytes = Buffer.concat([bytes.subarray(0, place), bytes.subarray(place + span)])
      else if (kind === 'double')
        bytes = Buffer.concat([bytes.subarray(0, place), bytes.subarray(Math.max(0, place - span))])
      else bytes = Buffer.concat([bytes.subarray(0, place), Buffer.from(with_), bytes.subarray(place)])
    }
    return { name: file.name, bytes }
  })

/** JSON of the shapes we know with any value anywhere. */
const anyJson = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom<unknown>(null, true, -1, 0, 1e300, '', 'tt7000001', '../x', '\u202e', '__proto__'),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(
      fc.constantFrom(
        ...[
          'show',
          'movie',
          'ids',
          'title',
          'id',
          'seasons',
          'status',
          'data',
          'lists',
          'entries',
          'media',
          'content',
        ],
        ...[
          'shows',
          'anime',
          'movies',
          'node',
          'type',
          'MediaContainer',
          'Metadata',
          'Items',
          'metadata',
          'lot',
        ],
        ...[
          'watched_at',
          'follows',
          'tvdb',
          'number',
          'episodes',
          'cH',
          'cW',
          'cHid',
          'tmdb_id',
          'tvdbId',
          'items',
        ],
        ...[
          'included',
          'relationships',
          'attributes',
          'MediaListCollection',
          'TotalRecordCount',
          'version',
          '__proto__',
        ],
      ),
      tie('value'),
      { maxKeys: 6 },
    ),
  ),
})).value

async function isReadOrRefused(bytes: Buffer, name: string): Promise<void> {
  const began = process.cpuUsage()
  const reading = await readUpload(bytes, name)
  expect(spentMs(began)).toBeLessThan(LONGEST_MS)
  if (!reading.ok) {
    expect(reading.message).toMatch(/^[A-Z“].{10,}\.$/)
    return
  }
  for (const { title, year, ids, season } of reading.rows) {
    expect(title === null ? Object.keys(ids).length > 0 : title.length > 0 && title.length <= 300).toBe(true)
    expect(title ?? '').not.toMatch(/[\p{Cc}\u202a-\u202e]/u)
    expect(year === null || (year >= 1900 && year <= 2100)).toBe(true)
    expect(season === null || (season >= 1 && season <= 1000)).toBe(true)
    for (const [namespace, id] of Object.entries(ids)) {
      expect(NAMESPACES).toContain(namespace)
      expect(id).toMatch(/^(tt\d{5,10}|[1-9]\d{0,15}|[a-z0-9]+(-[a-z0-9]+)*)$/)
    }
  }
}

describe('reading a list', () => {
  it(`ends with rows or a sentence for ${RUNS} damaged files`, { timeout: 600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(mutated, ({ name, bytes }) => isReadOrRefused(bytes, name)),
      { numRuns: RUNS },
    )
  })

  it(`ends with rows or a sentence for ${RUNS} files of nonsense in our formats’ words`, {
    timeout: 600_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(anyJson, (value) => isReadOrRefused(Buffer.from(JSON.stringify(value)), 'x.json')),
      { numRuns: RUNS },
    )
  })

  it('of the largest size ends within seconds', { timeout: 60_000 }, async () => {
    const row = ',1,0,user_1,880004,"Night, and Day"\n'
    const sheet = `updated_at,active,archived,user_id,tv_show_id,tv_show_name\n${row.repeat(99_000)}`
    const nested = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    const tags = `<myanimelist>${'<anime>'.repeat(20_000)}`
    const quotes = `title\n${'"'.repeat(1_000_001)}`
    const series = (id: number, imdb: number) => `880${id},tt70${imdb},Utopia`
    // Every row leads to the next by an id; and thousands of one name, with and without an id.
    const chain = Array.from({ length: 20_000 }, (_, i) => [series(i, 10_000 + i), series(i + 1, 10_000 + i)])
    const linked = `tvdb_id,imdb_id,title\n${chain.flat().join('\n')}`
    const namesakes = `tvdb_id,title\n${Array.from({ length: 40_000 }, (_, i) => `${i % 2 ? i : ''},Utopia`).join('\n')}`
    for (const text of [sheet, nested, tags, quotes, linked, namesakes]) {
      const began = process.cpuUsage()
      await readUpload(Buffer.from(text), 'x')
      expect(spentMs(began)).toBeLessThan(8_000)
    }
  })
})

const row: fc.Arbitrary<ListRow> = fc.record({
  title: fc.option(fc.constantFrom('Lantern Street', 'lantern street', 'Winter Harbour')),
  year: fc.option(fc.constantFrom(2019, 2020)),
  ids: fc.dictionary(fc.constantFrom('tvdb', 'imdb', 'tmdb'), fc.constantFrom('1', '2', '3'), { maxKeys: 3 }),
  kind: fc.constantFrom('show', 'film', 'unknown'),
  season: fc.option(fc.integer({ min: 1, max: 9 })),
  state: fc.constantFrom('watching', 'completed', 'planned', 'dropped', 'hidden'),
})

describe('rows of one show', () => {
  it('are one: no id is in two of them, and folding again changes nothing', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 12 }), (rows) => {
        const folded = foldRows(rows)
        const ids = folded.flatMap(({ ids, kind }) =>
          Object.entries(ids).map((pair) => [kind === 'film', ...pair].join()),
        )
        expect(new Set(ids).size).toBe(ids.length)
        expect(foldRows(folded)).toEqual(folded)
        const named = (list: ListRow[]) => new Set(list.flatMap((r) => Object.entries(r.ids).map(String)))
        expect(named(folded).size).toBeLessThanOrEqual(named(rows).size)
      }),
    )
  })

  it('stay dropped when one of them says so, and know the last season of all', () => {
    const base = { title: 'Lantern Street', year: null, ids: { tvdb: '1' }, kind: 'show' as const }
    const [one, ...others] = foldRows([
      { ...base, season: 2, state: 'watching' },
      { ...base, season: null, state: 'dropped', title: null },
      { ...base, ids: {}, season: 4, state: 'planned' },
    ])
    expect(others).toEqual([])
    expect(one).toMatchObject({ season: 4, state: 'dropped', title: 'Lantern Street' })
  })

  it('of two namesakes stay two where years or ids tell them apart', () => {
    const base = { kind: 'show' as const, season: null, state: 'watching' as const, ids: {} }
    const rows = [
      { ...base, title: 'Utopia', year: 2013, ids: { tvdb: '1' } },
      { ...base, title: 'Utopia', year: 2020, ids: { tvdb: '2' } },
      { ...base, title: 'Utopia', year: 2020 },
    ]
    expect(foldRows(rows).map(({ ids }) => ids.tvdb)).toEqual(['1', '2'])
  })
})

describe('names', () => {
  it('may be one show’s where they differ by case, accents, signs, articles, a part or few letters', () => {
    expect(isAlike('The Wire', 'wire')).toBe(true)
    expect(isAlike('Pokémon', 'POKEMON')).toBe(true)
    expect(isAlike("Marvel's Luke Cage", 'Luke Cage')).toBe(true)
    expect(isAlike('Dark', 'Darkest Hour')).toBe(false)
    expect(isAlike('', 'x')).toBe(false)
    expect(yearsAgree(2019, 2020)).toBe(true)
    expect(yearsAgree(2013, 2020)).toBe(false)
    expect(idWords({ tvdb: '1', imdb: 'tt1' })).toBe('TheTVDB 1, IMDb tt1')
  })
})

describe('a name and a year', () => {
  const row = {
    title: 'Utopia',
    year: 2013,
    ids: {},
    kind: 'show' as const,
    season: null,
    state: 'watching' as const,
  }
  const found = (slug: string, year: number | null, matched = 'Utopia') => ({
    slug,
    year,
    matched,
    nearness: 'same' as const,
  })

  it('are taken where one show alone has both, and asked where another is within a year or the kind is in doubt', () => {
    const [british, american] = [found('utopia-2013', 2013), found('utopia-2020', 2020)]
    expect(takenByName(row, [british, american])).toBe('utopia-2013')
    expect(takenByName(row, [american, found('utopia', 2014)])).toBe(null)
    expect(takenByName(row, [british, found('utopia-2014', 2014)])).toBe(null)
    expect(takenByName(row, [british, found('utopia-undated', null)])).toBe(null)
    expect(takenByName(row, [found('utopia-falls', 2013, 'Utopia Falls')])).toBe(null)
    expect(takenByName({ ...row, year: null }, [british])).toBe(null)
    for (const kind of ['unknown', 'film'] as const)
      expect(takenByName({ ...row, kind }, [british])).toBe(null)
  })

  it('are another’s where an id of the same site says so', () => {
    expect(idsAgree({ imdb: 'tt7000001' }, ['imdb tt7000002'])).toBe(false)
    expect(idsAgree({ imdb: 'tt7000001' }, ['imdb tt7000001', 'imdb tt7000002'])).toBe(true)
    expect(idsAgree({ imdb: 'tt7000001' }, ['tvdb 880001'])).toBe(true)
    // One show, a number a season.
    expect(idsAgree({ mal: '660003' }, ['mal 660001', 'mal 660002'])).toBe(true)
  })
})

describe('a sheet of ours', () => {
  it('is read back as it was written, and no field begins like a formula', () => {
    const field = fc.oneof(
      fc.string(),
      fc.constantFrom('=1+1', '+1', '-1', '@x', '\tx', '\rx', 'a,"b"\r\nc', ' x '),
    )
    fc.assert(
      fc.property(fc.array(fc.tuple(field, field), { minLength: 1, maxLength: 5 }), (rows) => {
        const text = csvOf(['a', 'b'], rows)
        const read = parse(text, { relax_column_count: false, record_delimiter: '\r\n' }) as string[][]
        expect(read.slice(1)).toEqual(rows.map((r) => r.map((f) => (/^[=+\-@\t\r]/.test(f) ? `'${f}` : f))))
        for (const cells of read) for (const cell of cells) expect(cell).not.toMatch(/^[=+\-@\t\r]/)
      }),
    )
  })
})
