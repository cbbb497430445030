import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { REASON_KINDS } from '@/db/schema/words'
import { FileError, readPairRows } from '@/lib/related/files'
import { pairReason } from '@/lib/related/pair-reason'
import { namesOf, readReason, readSource, resolvePairs } from '@/lib/related/pair-rules'

describe('a reason a reader gives', () => {
  test('is one line of 10 to 200 characters, however it was typed', () => {
    expect(readReason('  both are\r\n slow\tand cold ')).toEqual({
      ok: true,
      value: 'both are slow and cold',
    })
    expect(readReason('이 드라마도 똑같이 무서워요')).toMatchObject({ ok: true })
    expect(readReason('🧟'.repeat(9))).toMatchObject({ ok: false })
  })

  test.each([
    ['nothing', '', 'these are 0'],
    ['too little', 'so good', 'these are 7'],
    ['too much', 'x'.repeat(201), 'these are 201'],
    ['no words', '!!!!!!!!!!!!', 'in words'],
    ['a link', 'watch it at https://example.org', 'no links'],
    ['a link without its beginning', 'look at www.example.org now', 'no links'],
    ['markup', 'so <b>good</b> and cold', 'no markup'],
    ['control characters', 'both are \u0007 cold and slow', 'plain text'],
    ['text that turns around', 'both are \u202e cold and slow', 'plain text'],
    ['half a character', 'both are \ud83e cold and slow', 'plain text'],
  ])('is refused with a sentence where it is %s', (_, typed, sentence) => {
    const read = readReason(typed)
    expect(read).toMatchObject({ ok: false })
    expect(!read.ok && read.message).toMatch(/^[A-Z].*\.$/)
    expect(!read.ok && read.message).toContain(sentence)
  })

  test('is kept as it was read: reading it again changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 260 }), (typed) => {
        const read = readReason(typed)
        if (!read.ok) return
        const length = [...read.value].length
        expect(length).toBeGreaterThanOrEqual(10)
        expect(length).toBeLessThanOrEqual(200)
        expect(readReason(read.value)).toEqual(read)
      }),
    )
  })
})

test('a list has a name that a card can say', () => {
  expect(readSource(' The  Paper ')).toEqual({ ok: true, value: 'The Paper' })
  for (const name of ['', '  ', 'x'.repeat(61), 'The \u202ePaper']) expect(readSource(name).ok).toBe(false)
})

describe('a file of pairs', () => {
  const ids = new Map([
    ['x:1', 1],
    ['one', 1],
    ['x:2', 2],
    ['two', 2],
    ['x:3', 3],
  ])
  const read = (csv: string) => {
    const rows = readPairRows(csv)
    namesOf(rows)
    return resolvePairs(rows, ids)
  }

  test('may leave the weights out: then all weigh one', () => {
    expect(read('source,related\nx:1,two\n').pairs).toEqual([{ source: 1, related: 2, weight: 1 }])
  })

  test('names a show by an outside id or its slug: both mean one pair, with the larger weight', () => {
    const { pairs } = read('source,related,weight\nx:1,x:2,3\none,two,5\nx:1,one,9\n')
    expect(pairs).toEqual([{ source: 1, related: 2, weight: 5 }])
  })

  test('may name titles nobody knows: they are counted, with the line where each stands first', () => {
    const { pairs, unknown } = read('source,related,weight\nx:1,x:8,1\nx:8,x:9,1\nx:1,x:3,1\n')
    expect(pairs).toHaveLength(1)
    expect(unknown).toEqual([
      { name: 'x:8', rows: 2, line: 2 },
      { name: 'x:9', rows: 1, line: 3 },
    ])
  })

  test.each([
    ['no header', 'x:1,x:2,1\n', 'line 1: the columns should be source,related,weight'],
    ['columns in another order', 'related,source\nx:1,x:2\n', 'line 1: the columns'],
    ['a value too few', 'source,related\nx:1\n', 'line 2: 1 values where source,related are wanted'],
    [
      'a weight that is none',
      'source,related,weight\nx:1,x:2,-1\n',
      'line 2: weight: "-1" is no number from 0 up',
    ],
    ['a weight beyond all people', 'source,related,weight\nx:1,x:2,1e300\n', 'line 2: weight: at most'],
    [
      'a title for a name',
      'source,related\nx:1,x:2\nx:1,The Wire\n',
      'line 3: related: "The Wire" is neither',
    ],
    ['no name', 'source,related\n,x:2\n', 'line 2: source: nothing is neither'],
    ['a quote that never ends', 'source,related\n"x:1,x:2\n', ''],
    ['no pairs', 'source,related\n', 'there are no pairs'],
    ['nothing', '', 'line 1: the columns'],
  ])('with %s is refused, its line named', (_, csv, sentence) => {
    expect(() => read(csv)).toThrow(FileError)
    expect(() => read(csv)).toThrow(sentence)
  })

  test('whatever it holds, is read or refused with a sentence, and no pair is said twice or of one show', () => {
    const name = fc.constantFrom('x:1', 'one', 'x:2', 'two', 'x:3', 'x:9', 'nobody', 'No Slug', '')
    const weight = fc.constantFrom('1', '2.5', '0', '-1', 'x', '')
    const row = fc.tuple(name, name, weight).map((values) => values.join(','))
    fc.assert(
      fc.property(fc.array(fc.oneof({ weight: 9, arbitrary: row }, fc.string({ maxLength: 20 }))), (rows) => {
        try {
          const { pairs } = read(`source,related,weight\n${rows.join('\n')}\n`)
          expect(new Set(pairs.map((pair) => `${pair.source} ${pair.related}`)).size).toBe(pairs.length)
          for (const pair of pairs) expect(pair.source).not.toBe(pair.related)
        } catch (error) {
          expect(error).toBeInstanceOf(FileError)
        }
      }),
    )
  })
})

test('a card says how many readers name a pair, or whose list does, and leads to where it stands', () => {
  expect(REASON_KINDS).toContain('pair')
  expect(pairReason({ voices: 3, source: 'The Paper' })).toEqual({
    kind: 'pair',
    term: 'readers',
    text: 'Named beside it by 3 readers',
    href: null,
    share: 0,
  })
  expect(pairReason({ voices: 0, source: 'The Paper' }, { share: 0.4, slug: 'dark' })).toEqual({
    kind: 'pair',
    term: 'The Paper',
    text: 'Named beside it in The Paper’s list',
    href: '/shows/dark/suggest#named',
    share: 0.4,
  })
})
