/** What no list is like is refused before it is parsed; every list we know passes; sheets are cut as csv-parse cuts them, and read on where it stops. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jsonBound, NESTING_MAX, xmlBound } from '@/lib/imports/bounds'
import { textOf } from '@/lib/imports/bytes'
import { delimiterOf, FIELDS_MAX, ROW_CHARACTERS_MAX, readCsv } from '@/lib/imports/csv'
import { readUpload } from '@/lib/imports/read'
import { HONEST_LISTS, HOSTILE_LISTS } from '../support/uploads'

const FIXTURES = join(import.meta.dirname, '../fixtures/imports')
const fixtures = readdirSync(FIXTURES, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(csv|json|xml)$/.test(file))
  .map((file) => ({ file, text: textOf(readFileSync(join(FIXTURES, file)))! }))
const MILLION = 1_000_000
const SENTENCE = /^[A-Z].{10,}\.$/

/** Fields as files have them, and as nobody would write them. */
const field = fc.oneof(
  fc.string({ maxLength: 6 }),
  fc.constantFrom('', ' ', '"', '""', '"a,b"', '"a""b"', ' "x" ', '"a"b', 'a"b', '"\n"', 'é'),
)
const sheet = fc
  .record({
    rows: fc.array(fc.array(field, { maxLength: 5 }), { maxLength: 6 }),
    delimiter: fc.constantFrom(',', ';', '\t'),
    lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
    ends: fc.nat({ max: 2 }),
  })
  .map(({ rows, delimiter, lineEnd, ends }) => ({
    delimiter,
    text: rows.map((fields) => fields.join(delimiter)).join(lineEnd) + lineEnd.repeat(ends),
  }))

/** Where csv-parse takes what is between two pairs of quotes for part of a field; we take such a field as it is written. */
const TWO_PAIRS = /""\s+"/

/** True where lines end in several ways: csv-parse goes by the first, and takes the others for a part of a field. */
const isMixed = (text: string) => new Set(text.match(/\r\n|\n|\r/g) ?? []).size > 1

function peer(text: string, delimiter: string): string[][] | 'refused' {
  try {
    return parse(text, {
      delimiter,
      trim: true,
      relax_quotes: true,
      relax_column_count: true,
      skip_empty_lines: true,
    }) as string[][]
  } catch {
    return 'refused'
  }
}

function ours(text: string, delimiter: string): string[][] | 'refused' {
  const csv = readCsv(text, delimiter)
  if (typeof csv === 'string') return 'refused'
  return Array.from({ length: csv.count }, (_, row) => csv.fieldsOf(row))
}

/** What csv-parse reads is read the same; what stops it, a quote out of place, costs us no more than its own line. */
function expectSameFields(text: string, delimiter: string): void {
  const [read, peers] = [ours(text, delimiter), peer(text, delimiter)]
  if (peers === 'refused') expect(read).not.toBe('refused')
  else expect(read).toEqual(peers)
}

describe('a sheet', () => {
  it('with a quote out of place loses that quote at most', () => {
    const lines = [
      'title,year',
      '"Lantern Street,2019',
      'Winter Harbour,2021',
      '"Oshi" no Ko,2023',
      '"Night, and Day",2020',
    ]
    expect(ours(lines.join('\n'), ',')).toEqual([
      ['title', 'year'],
      ['Lantern Street', '2019'],
      ['Winter Harbour', '2021'],
      ['"Oshi" no Ko', '2023'],
      ['Night, and Day', '2020'],
    ])
    // The last one of a file.
    expect(ours('title,year\nWinter Harbour,2021\n"Lantern Street,2019\n', ',')).toEqual([
      ['title', 'year'],
      ['Winter Harbour', '2021'],
      ['Lantern Street', '2019'],
    ])
  })

  it('of which some lines end otherwise than the first has them all', () => {
    expect(ours('title,year\r\nDark,2017\n1899,2022\r"Night\nand Day",2020\n', ',')).toEqual([
      ['title', 'year'],
      ['Dark', '2017'],
      ['1899', '2022'],
      ['Night\nand Day', '2020'],
    ])
  })

  it('says on which line of the file each of its rows begins', () => {
    const csv = readCsv('title,year\n\n"Night\nand Day",2020\nDark,2017\n')
    expect(typeof csv === 'string' ? csv : [0, 1, 2].map(csv.lineOf)).toEqual([1, 3, 5])
  })

  it('is cut into the fields csv-parse finds, whatever its quotes, blanks and line ends; what it refuses is read', () => {
    fc.assert(
      fc.property(sheet, ({ text, delimiter }) => {
        fc.pre(!TWO_PAIRS.test(text) && !isMixed(text))
        expectSameFields(text, delimiter)
      }),
      { numRuns: 2_000 },
    )
  })

  // Blanks of several bytes aside, of which csv-parse takes the first byte for one.
  it('of any characters at all is cut into the fields csv-parse finds', () => {
    const signs = fc.string({ unit: fc.constantFrom(...'ab",;\t\n '), maxLength: 40 })
    fc.assert(
      fc.property(signs, (text) => {
        fc.pre(!TWO_PAIRS.test(text))
        expectSameFields(text, ',')
      }),
      { numRuns: 2_000 },
    )
  })

  it('that we know is read as csv-parse reads it', () => {
    for (const { file, text } of fixtures.filter((one) => one.file.endsWith('.csv')))
      expect(ours(text, delimiterOf(text)), file).toEqual(peer(text, delimiterOf(text)))
  })

  it('is parted by the sign its first line has most of', () => {
    expect(delimiterOf('a;b;c,d\n,,,,')).toBe(';')
    expect(delimiterOf('a\tb\n')).toBe('\t')
    expect(delimiterOf('a,b;c')).toBe(',')
    expect(delimiterOf('')).toBe(',')
  })

  it('with a row of more than 1,000 fields or a million characters is refused, and the row named', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 5 }),
        fc.integer({ min: FIELDS_MAX, max: 3 * FIELDS_MAX }),
        fc.constantFrom('', 'a', '"a"', ' '),
        (before, marks, content) => {
          const text = `${'title\n'.repeat(before)}${`${content},`.repeat(marks)}`
          expect(readCsv(text, ',')).toBe(
            `Row ${before + 1} of the file has more than 1,000 fields: no list we know has.`,
          )
        },
      ),
      { numRuns: 50 },
    )
    const whole = `title\n${','.repeat(FIELDS_MAX - 1)}\n${'a'.repeat(ROW_CHARACTERS_MAX)}`
    expect(readCsv(whole)).toMatchObject({ count: 3 })
    for (const long of [`title\n${'a'.repeat(MILLION + 1)}`, `title\n"${'a'.repeat(MILLION)}"`])
      expect(readCsv(long)).toMatch(/^Row 2 of the file is longer than a million characters/)
  })
})

describe('JSON', () => {
  const nested = (depth: number, [open, close]: [string, string]) => open.repeat(depth) + close.repeat(depth)

  it('of any kind is parsed or refused, never an error, and only for its nesting when it is small', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json({ maxDepth: 30 })), (text) => {
        const bound = jsonBound(text)
        if (bound !== null) expect(bound).toMatch(/nested more than 20 deep/)
      }),
    )
  })

  it('nested 20 deep passes and 21 deep does not, brackets in strings aside', () => {
    for (const pair of [
      ['[', ']'],
      ['{"a":', '}'],
    ] as [string, string][]) {
      expect(jsonBound(nested(NESTING_MAX, pair))).toBe(null)
      expect(jsonBound(nested(NESTING_MAX + 1, pair))).toMatch(SENTENCE)
    }
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'[]{}",\\a') }), (text) => {
        expect(jsonBound(JSON.stringify([text.repeat(30), [text]]))).toBe(null)
      }),
    )
  })
})

describe('XML', () => {
  it('of any characters is parsed or refused, never an error', () => {
    const signs = fc.string({
      unit: fc.constantFrom(...'<>/!?-[]="\' aC', '<!--', '<![CDATA[', ']]>'),
      maxLength: 200,
    })
    fc.assert(
      fc.property(signs, (text) => {
        const bound = xmlBound(text)
        if (bound !== null) expect(bound).toMatch(SENTENCE)
      }),
      { numRuns: 2_000 },
    )
  })

  it('nested 20 deep passes and 21 deep does not; comments, CDATA and values hold no elements', () => {
    const nested = (depth: number) => '<a b="/>">'.repeat(depth) + '</a>'.repeat(depth)
    expect(xmlBound(nested(NESTING_MAX))).toBe(null)
    expect(xmlBound(nested(NESTING_MAX + 1))).toMatch(/nested more than 20 deep/)
    for (const inside of ['<!--', '<![CDATA[', '<a b="'])
      expect(xmlBound(`<a>${inside}${'<a>'.repeat(30)}`)).toBe(null)
    expect(xmlBound(`<l>${'<a/>'.repeat(1_000)}</l>`)).toBe(null)
  })

  it('with more than 100 attributes in one element is refused, wherever it stands', () => {
    const attributes = (count: number) => Array.from({ length: count }, (_, i) => `a${i}='='`).join(' ')
    expect(xmlBound(`<l><a ${attributes(100)}/></l>`)).toBe(null)
    expect(xmlBound(`<l><a ${attributes(101)}/></l>`)).toMatch(/more than 100 attributes/)
    // Without values they are as many.
    expect(xmlBound(`<l><a ${'b '.repeat(MILLION)}/></l>`)).toMatch(SENTENCE)
  })
})

describe('a list brought from elsewhere', () => {
  it('passes every bound, whichever of ours it is', () => {
    for (const { file, text } of fixtures) {
      if (file.endsWith('.csv')) expect(readCsv(text), file).toMatchObject({ count: expect.any(Number) })
      else expect(file.endsWith('.xml') ? xmlBound(text) : jsonBound(text), file).toBe(null)
    }
  })

  it('as large as the largest people have is read', () => {
    for (const { name, text } of HONEST_LISTS)
      expect(readUpload(Buffer.from(text()), 'list'), name).toMatchObject({ ok: true })
  })

  it('made to break the reader is refused with a sentence that names what there is too much of', () => {
    for (const { name, text, says } of HOSTILE_LISTS) {
      const reading = readUpload(Buffer.from(text()), 'list')
      expect(reading.ok ? 'read' : reading.message, name).toMatch(says)
    }
  })
})
