import edtf from 'edtf'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isDay } from '@/lib/shared/day'
import { formatWindow, oneSpelling, parseEdtf } from '@/lib/shared/edtf'

const RUNS = Number(process.env.GREENLIT_PROPERTY_RUNS ?? 1000)

const window = (text: string) => {
  const result = parseEdtf(text)
  if (!result.ok) throw new Error(result.reason)
  return result.window
}
const refusal = (text: string) => {
  const result = parseEdtf(text)
  return result.ok ? `accepted ${result.window.edtf}` : result.reason
}

const two = (n: number) => String(n).padStart(2, '0')
const point = fc
  .tuple(
    fc.integer({ min: 1900, max: 2100 }),
    fc.option(fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 21, max: 41 }))),
    fc.option(fc.integer({ min: 1, max: 28 })),
    fc.constantFrom('', '', '~', '?', '%'),
  )
  .map(([year, month, day, mark]) => {
    if (month === null) return `${year}${mark}`
    return `${year}-${two(month)}${day !== null && month <= 12 ? `-${two(day)}` : ''}${mark}`
  })
const written = fc.oneof(
  point,
  fc.tuple(point, point).map(([a, b]) => `${a}/${b}`),
)

describe('a date is read as precisely as it was said', () => {
  it.each([
    ['2027', '2027-01-01', '2027-12-31', 'year'],
    ['2027-03', '2027-03-01', '2027-03-31', 'month'],
    ['2028-02', '2028-02-01', '2028-02-29', 'month'],
    ['2027-03-14', '2027-03-14', '2027-03-14', 'day'],
    ['2027-21', '2027-03-01', '2027-05-31', 'season'],
    ['2027-22', '2027-06-01', '2027-08-31', 'season'],
    ['2027-23', '2027-09-01', '2027-11-30', 'season'],
    ['2027-24', '2027-12-01', '2028-02-29', 'season'],
    ['2027-31', '2027-03-01', '2027-05-31', 'season'],
    ['2027-34', '2027-04-01', '2027-06-30', 'quarter'],
    ['2027-Q2', '2027-04-01', '2027-06-30', 'quarter'],
    ['2027-41', '2027-07-01', '2027-12-31', 'half'],
    ['2027-XX', '2027-01-01', '2027-12-31', 'year'],
    ['2027~', '2027-01-01', '2027-12-31', 'year'],
    ['2027-03?', '2027-03-01', '2027-03-31', 'month'],
    ['2023-10/2024-03', '2023-10-01', '2024-03-31', 'month'],
    ['2027-03-14/2027', '2027-03-14', '2027-12-31', 'day'],
    ['2027-21/2027-22', '2027-03-01', '2027-08-31', 'season'],
  ])('%s allows %s to %s', (text, earliest, latest, precision) => {
    expect(window(text)).toMatchObject({ earliest, latest, precision })
  })

  it('spells a quarter as the interval it is', () => {
    expect(window('2027-Q2').edtf).toBe('2027-04/2027-06')
    expect(window('2027-Q1/2027-Q3').edtf).toBe('2027-01/2027-09')
  })

  it('agrees with the EDTF library on years, months, days, quarters and halves', () => {
    fc.assert(
      fc.property(point, (text) => {
        const code = Number(/^\d{4}-(\d\d)/.exec(text)?.[1] ?? 0)
        // The library reads seasons as quarters, counts thirds by three months, and knows no doubtful ones:
        // there we differ on purpose.
        fc.pre(
          !(code >= 21 && code <= 32) && !(code >= 37 && code <= 39) && !(code > 12 && /[~?%]$/.test(text)),
        )
        const theirs = edtf(text)
        const ours = window(text)
        expect(ours.earliest).toBe(new Date(theirs.min).toISOString().slice(0, 10))
        expect(ours.latest).toBe(new Date(theirs.max).toISOString().slice(0, 10))
      }),
      { numRuns: RUNS },
    )
  })
})

describe('a date that is none is refused in a sentence', () => {
  it.each([
    ['2026-13-45', '2026-13-45 is not a date: there is no month 13'],
    ['2026-02-30', '2026-02-30 is not a date: February 2026 has no day 30'],
    ['2027-00', '2027-00 is not a date: there is no month 00'],
    ['2027-Q5', '2027-Q5 is not a date: there is no quarter 5'],
    ['9999-12-31', '9999-12-31 is not a date: the year 9999 is outside 1870 to 2199'],
    ['2027/..', '2027/.. has an open end: say the earliest and the latest it can be'],
    ['2027-06/2027-03', '2027-06/2027-03 is not a date: it ends before it begins'],
    ['2027-21-05', '2027-21-05 is not a date: a season or quarter has no day'],
    ['2027-XX-05', '2027-XX-05 is not a date: it has a day and no month'],
    ['2027-03-14T20:00Z', '2027-03-14T20:00Z has a time in it: a premiere is a day'],
    ['', 'the date is empty'],
  ])('%s', (text, sentence) => {
    expect(refusal(text)).toBe(sentence)
  })

  it('never throws, and repeats no control or direction character, whatever it is given', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary', maxLength: 80 }), fc.string({ maxLength: 10_000 })),
        (text) => {
          const result = parseEdtf(text)
          formatWindow(text)
          if (!result.ok) expect(result.reason).not.toMatch(/[\p{Cc}\p{Cf}]/u)
        },
      ),
      { numRuns: RUNS },
    )
    expect(refusal('9'.repeat(10_000))).toMatch(/too long to be a date$/)
  })
})

describe('a date is printed no finer than it was said', () => {
  it.each([
    ['2027-03-14', '14 March 2027', 'on 14 March 2027'],
    ['2027-03', 'March 2027', 'in March 2027'],
    ['2027-21', 'spring 2027', 'in spring 2027'],
    ['2027', '2027', 'in 2027'],
    ['2027~', 'about 2027', 'in about 2027'],
    ['2027?', 'perhaps 2027', 'perhaps in 2027'],
    ['2027-34', 'second quarter of 2027', 'in the second quarter of 2027'],
    ['2027-Q2', 'second quarter of 2027', 'in the second quarter of 2027'],
    ['2023-10/2024-03', 'late 2023 or early 2024', 'in late 2023 or early 2024'],
    ['2023-09/2024-03', 'September 2023 – March 2024', 'between September 2023 and March 2024'],
    ['2027-04/2027-06', 'April – June 2027', 'between April and June 2027'],
    ['2027-04-03/2027-04-09', '3 – 9 April 2027', 'between 3 and 9 April 2027'],
    ['2027-03-14/2027', '14 March 2027 – end of 2027', 'between 14 March 2027 and the end of 2027'],
    ['2027/2028', '2027 – 2028', 'between 2027 and 2028'],
    ['2027/2027-06', 'by June 2027', 'by June 2027'],
  ])('%s is "%s"', (text, long, prose) => {
    expect(formatWindow(text)).toBe(long)
    expect(formatWindow(text, { style: 'prose' })).toBe(prose)
  })

  it('never shows a day, month or first of January that was not said', () => {
    const months = /January|February|March|April|May|June|July|August|September|October|November|December/
    fc.assert(
      fc.property(written, (text) => {
        const result = parseEdtf(text)
        fc.pre(result.ok)
        if (!result.ok) return
        for (const style of ['long', 'short', 'prose'] as const) {
          const words = formatWindow(text, { style })
          expect(words).not.toBe('')
          if (result.window.precision !== 'day') {
            expect(words).not.toMatch(/\b\d{1,2}\b/)
            if (result.window.precision !== 'month' && style !== 'short') expect(words).not.toMatch(months)
          }
        }
      }),
      { numRuns: RUNS },
    )
  })

  it('has real days for bounds, in order, and reads its own canonical text to the same bounds', () => {
    fc.assert(
      fc.property(written, (text) => {
        const result = parseEdtf(text)
        fc.pre(result.ok)
        if (!result.ok) return
        const { earliest, latest } = result.window
        expect(isDay(earliest) && isDay(latest)).toBe(true)
        expect(earliest <= latest).toBe(true)
        expect(window(result.window.edtf)).toMatchObject({ earliest, latest, edtf: result.window.edtf })
      }),
      { numRuns: RUNS },
    )
  })

  it('has one spelling for one saying, which reads and lasts as long as what was said', () => {
    expect(oneSpelling('2027-25')).toBe('2027-21')
    expect(oneSpelling('2027-28~/2028-26?')).toBe('2027-24~/2028-22?')
    expect(oneSpelling('2027-03/2027-03')).toBe('2027-03')
    for (const kept of ['2027-03-25', '2027-03-25/2027-03-28', '2027-30', '2027-03', '2027~', 'Ann Lee', ''])
      expect(oneSpelling(kept)).toBe(kept)
    fc.assert(
      fc.property(written, (text) => {
        const result = parseEdtf(text)
        fc.pre(result.ok)
        if (!result.ok) return
        const { edtf, earliest, latest } = result.window
        expect(window(oneSpelling(edtf))).toMatchObject({ earliest, latest })
        expect(formatWindow(oneSpelling(edtf))).toBe(formatWindow(edtf))
        expect(oneSpelling(oneSpelling(edtf))).toBe(oneSpelling(edtf))
      }),
      { numRuns: RUNS },
    )
  })
})
