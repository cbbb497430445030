/**
 * Dates as precise as they were said, and no more: the part of EDTF (ISO 8601-2) that people use of premieres.
 *
 * Read: `2027`, `2027-03`, `2027-03-14`; seasons `2027-21` … `2027-24` (25–28 northern, 29–32 southern by name);
 * quarters `2027-33` … `2027-36` and the spelling `2027-Q2`; thirds `2027-37` … `39`; halves `2027-40`, `41`;
 * unspecified ends `2027-XX`, `2027-03-XX`; `~` (about), `?` (uncertain), `%` (both); intervals `a/b` of any of these.
 *
 * Bounds by decision: spring is March to May, summer June to August, autumn September to November, winter December
 * of its year to the end of February after it (the later of the two readings people give "winter 2027", so that
 * a window is never called missed while it may still be open). A season with no hemisphere is a northern one.
 * `~` and `?` are kept and printed and leave the bounds alone. Open ends (`2027/..`) are refused: a window
 * that never closes can be neither sorted nor missed. Years run from 1870 to 2199; 9999 is somebody's "unknown".
 */
import type { Day } from './day'

export type EdtfPrecision = 'day' | 'month' | 'quarter' | 'season' | 'third' | 'half' | 'year'

/** A date as it was said, with the days it allows; `precision` is the finest unit said. */
export interface EdtfWindow {
  /** Canonical text: what was given, with `2027-Q2` spelled `2027-04/2027-06`. */
  edtf: string
  earliest: Day
  latest: Day
  precision: EdtfPrecision
  interval: boolean
  /** `~` or `%`: about. */
  approximate: boolean
  /** `?` or `%`: the source was not sure. */
  uncertain: boolean
}

export type EdtfResult = { ok: true; window: EdtfWindow } | { ok: false; reason: string }

interface Point {
  text: string
  earliest: Day
  latest: Day
  precision: EdtfPrecision
  year: number
  month: number | null
  day: number | null
  code: number | null
  approximate: boolean
  uncertain: boolean
}

const FIRST_YEAR = 1870
const LAST_YEAR = 2199
const LONGEST = 48

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** Code → [first month, months, words, precision]; a span that runs past December ends in the year after. */
const SPANS: Record<number, [number, number, string, EdtfPrecision]> = {
  21: [3, 3, 'spring', 'season'],
  22: [6, 3, 'summer', 'season'],
  23: [9, 3, 'autumn', 'season'],
  24: [12, 3, 'winter', 'season'],
  25: [3, 3, 'spring', 'season'],
  26: [6, 3, 'summer', 'season'],
  27: [9, 3, 'autumn', 'season'],
  28: [12, 3, 'winter', 'season'],
  29: [9, 3, 'southern spring', 'season'],
  30: [12, 3, 'southern summer', 'season'],
  31: [3, 3, 'southern autumn', 'season'],
  32: [6, 3, 'southern winter', 'season'],
  33: [1, 3, 'first quarter of', 'quarter'],
  34: [4, 3, 'second quarter of', 'quarter'],
  35: [7, 3, 'third quarter of', 'quarter'],
  36: [10, 3, 'last quarter of', 'quarter'],
  37: [1, 4, 'first third of', 'third'],
  38: [5, 4, 'second third of', 'third'],
  39: [9, 4, 'last third of', 'third'],
  40: [1, 6, 'first half of', 'half'],
  41: [7, 6, 'second half of', 'half'],
}

const two = (n: number) => String(n).padStart(2, '0')
const daysIn = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate()
const isRefusal = (point: Point | string): point is string => typeof point === 'string'

/** The text fit to be repeated in a sentence: short, on one line, without control or direction characters. */
function echo(text: string): string {
  const plain = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}]/gu, ' ')
  return plain.length > 32 ? `${plain.slice(0, 32)}…` : plain
}

const spanBounds = (year: number, first: number, months: number): [Day, Day] => {
  const last = first + months - 1
  const endYear = last > 12 ? year + 1 : year
  const endMonth = last > 12 ? last - 12 : last
  const day = (y: number, month: number, n: number) => `${y}-${two(month)}-${two(n)}` as Day
  return [day(year, first, 1), day(endYear, endMonth, daysIn(endYear, endMonth))]
}

/** One point of an EDTF text, or the sentence that says why it is none. */
function parsePoint(text: string): Point | string {
  const shown = echo(text)
  const match = /^(\d{4})(?:-(\d\d|XX|Q\d)(?:-(\d\d|XX))?)?([~?%]?)$/.exec(text)
  if (!match) {
    if (/^\d{4}-\d\d-\d\d[T ]/.test(text)) return `${shown} has a time in it: a premiere is a day`
    return `${shown} is not a date: write a year, 2027-03, 2027-03-14, a season such as 2027-21, or two of them with a slash`
  }
  const [, yearText = '', second, third, mark = ''] = match
  const year = Number(yearText)
  if (year < FIRST_YEAR || year > LAST_YEAR)
    return `${shown} is not a date: the year ${yearText} is outside ${FIRST_YEAR} to ${LAST_YEAR}`
  const marks = { approximate: mark === '~' || mark === '%', uncertain: mark === '?' || mark === '%' }
  const whole = (
    code: number | null,
    month: number | null,
    [earliest, latest]: [Day, Day],
    precision: EdtfPrecision,
  ) => ({
    text,
    year,
    month,
    day: null,
    code,
    earliest,
    latest,
    precision,
    ...marks,
  })
  if (second === undefined || second === 'XX') {
    if (third !== undefined && third !== 'XX') return `${shown} is not a date: it has a day and no month`
    return whole(null, null, spanBounds(year, 1, 12), 'year')
  }
  const code = second.startsWith('Q') ? 32 + Number(second[1]) : Number(second)
  const span = SPANS[code]
  if (code > 12 || second.startsWith('Q')) {
    if (second.startsWith('Q') && (code < 33 || code > 36))
      return `${shown} is not a date: there is no quarter ${second[1]}`
    if (!span) return `${shown} is not a date: there is no month ${second}`
    if (third !== undefined)
      return code <= 20
        ? `${shown} is not a date: there is no month ${second}`
        : `${shown} is not a date: a season or quarter has no day`
    return whole(code, null, spanBounds(year, span[0], span[1]), span[3])
  }
  if (code === 0) return `${shown} is not a date: there is no month 00`
  if (third === undefined || third === 'XX') return whole(null, code, spanBounds(year, code, 1), 'month')
  const day = Number(third)
  if (day < 1 || day > daysIn(year, code))
    return `${shown} is not a date: ${MONTHS[code - 1]} ${year} has no day ${third}`
  const iso = `${yearText}-${second}-${third}` as Day
  return { text, year, month: code, day, code: null, earliest: iso, latest: iso, precision: 'day', ...marks }
}

const FINENESS: EdtfPrecision[] = ['day', 'month', 'quarter', 'season', 'third', 'half', 'year']

function parsePoints(text: string): { from: Point; to: Point } | string {
  if (typeof text !== 'string' || text === '') return 'the date is empty'
  if (text.length > LONGEST) return `${echo(text)} is too long to be a date`
  const parts = text.split('/')
  if (parts.length > 2) return `${echo(text)} is not a date: more than one slash`
  if (parts.some((part) => part === '' || part === '..'))
    return `${echo(text)} has an open end: say the earliest and the latest it can be`
  const from = parsePoint(parts[0] as string)
  if (isRefusal(from)) return from
  if (parts.length === 1) return { from, to: from }
  const to = parsePoint(parts[1] as string)
  if (isRefusal(to)) return to
  if (from.earliest > to.latest) return `${echo(text)} is not a date: it ends before it begins`
  return { from, to }
}

/** The days an EDTF date allows; null for none, or for what is no date. */
export function windowOf(edtf: string | null | undefined): EdtfWindow | null {
  const read = edtf ? parseEdtf(edtf) : null
  return read?.ok ? read.window : null
}

/** Quarters are spelled as the interval they are, because `Q2` is no EDTF. */
const canonical = (point: Point): string =>
  /-Q\d/.test(point.text)
    ? `${point.earliest.slice(0, 7)}/${point.latest.slice(0, 7)}`
    : point.text.replace(/(-XX)+/, '')

/**
 * Reads a date as it was said. Never throws; a refusal is a plain sentence that names what is wrong,
 * "2026-13-45 is not a date: there is no month 13".
 */
export function parseEdtf(text: string): EdtfResult {
  const points = parsePoints(text)
  if (typeof points === 'string') return { ok: false, reason: points }
  const { from, to } = points
  const single = from === to
  let edtf = single ? canonical(from) : `${canonical(from)}/${canonical(to)}`
  if (edtf.split('/').length > 2)
    // An end of an interval was spelled as a quarter: keep its outer months.
    edtf = `${canonical(from).split('/')[0]}/${canonical(to).split('/').at(-1)}`
  const interval = edtf.includes('/')
  return {
    ok: true,
    window: {
      edtf: single && interval ? edtf + (/[~?%]$/.exec(from.text)?.[0] ?? '') : edtf,
      earliest: from.earliest,
      latest: to.latest,
      precision: FINENESS.find((unit) => unit === from.precision || unit === to.precision) ?? 'year',
      interval,
      approximate: from.approximate || to.approximate,
      uncertain: from.uncertain || to.uncertain,
    },
  }
}

/**
 * `long` "14 March 2027", `short` "14 Mar 2027", `prose` with its preposition: "on 14 March 2027", "in March 2027",
 * "in late 2023 or early 2024".
 */
export type WindowStyle = 'long' | 'short' | 'prose'

function pointWords(point: Point, style: WindowStyle, withYear = true, withMonth = true): string {
  const month = point.month === null ? '' : (MONTHS[point.month - 1] ?? '')
  const name = style === 'short' ? month.slice(0, 3) : month
  const year = withYear ? ` ${point.year}` : ''
  if (point.day !== null) return withMonth ? `${point.day} ${name}${year}` : String(point.day)
  if (point.month !== null) return `${name}${year}`
  if (point.code !== null) {
    const words = SPANS[point.code]?.[2] ?? ''
    return words.endsWith(' of')
      ? `${style === 'prose' ? 'the ' : ''}${words} ${point.year}`
      : `${words} ${point.year}`
  }
  return String(point.year)
}

const doubt = (point: { approximate: boolean; uncertain: boolean }) =>
  `${point.uncertain ? 'perhaps ' : ''}${point.approximate ? 'about ' : ''}`

function intervalWords(from: Point, to: Point, style: WindowStyle): string {
  const holds = (outer: Point, inner: Point) =>
    outer !== inner && outer.earliest <= inner.earliest && outer.latest >= inner.latest
  const end = (point: Point) => doubt(point) + pointWords(point, style)
  if (from.earliest === to.earliest && from.latest === to.latest)
    return (style === 'prose' ? preposition(from) : '') + end(from)
  if (holds(from, to)) return `by ${end(to)}`
  const last = holds(to, from) ? `${style === 'prose' ? 'the ' : ''}end of ${end(to)}` : end(to)
  const plain = !doubt(from) && !doubt(to) && from.code === null && to.code === null && !holds(to, from)
  // The turn of a year is spoken of like this; its months would claim more than anybody said.
  const turn = plain && from.day === null && to.day === null && from.month === 10 && to.month === 3
  if (turn && to.year === from.year + 1)
    return `${style === 'prose' ? 'in ' : ''}late ${from.year} or early ${to.year}`
  const sameYear = plain && from.year === to.year && from.month !== null && to.month !== null
  const sameMonth = sameYear && from.month === to.month && from.day !== null && to.day !== null
  const first = doubt(from) + pointWords(from, style, !sameYear, !sameMonth)
  return style === 'prose' ? `between ${first} and ${last}` : `${first} – ${last}`
}

const preposition = (point: Point) => (point.day !== null && !point.approximate ? 'on ' : 'in ')

/**
 * A date in words, as precise as it was said: "14 March 2027", "March 2027", "spring 2027", "2027",
 * "late 2023 or early 2024". Never a day nobody said. Text that is no date gives ''.
 */
export function formatWindow(edtf: string, options: { style?: WindowStyle } = {}): string {
  const style = options.style ?? 'long'
  const points = parsePoints(edtf)
  if (typeof points === 'string') return ''
  const { from, to } = points
  if (from !== to) return intervalWords(from, to, style)
  const words = doubt(from) + pointWords(from, style)
  if (style !== 'prose') return words
  if (from.uncertain) return `perhaps ${preposition(from)}${words.replace('perhaps ', '')}`
  return preposition(from) + words
}

/**
 * The one spelling of what was said, for whoever stores or compares it: a northern season is written as the plain one
 * (it has the same days), and a date that begins and ends in itself once.
 */
export function oneSpelling(edtf: string): string {
  const ends = edtf
    .split('/')
    .map((end) => end.replace(/^(\d{4})-2([5-8])(?=[~?%]?$)/, (_, year, code) => `${year}-2${code - 4}`))
  return [...new Set(ends)].join('/')
}
