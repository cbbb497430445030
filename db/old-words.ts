/**
 * Dates in the words events were stored in before they stored dates: of the release whose last migration was
 * 0005_safe_and_fast. Frozen, and a copy of its own: what a page says of a date may be put into other words any day,
 * but the rows of that release keep its words, and `nameEvents` finds by them which date was meant.
 */

interface Point {
  earliest: string
  latest: string
  year: number
  month: number | null
  day: number | null
  code: number | null
  mark: string
}

const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
)

/** Code → [first month, months, words]. */
const SPANS: Record<number, [number, number, string]> = {
  21: [3, 3, 'spring'],
  22: [6, 3, 'summer'],
  23: [9, 3, 'autumn'],
  24: [12, 3, 'winter'],
  25: [3, 3, 'spring'],
  26: [6, 3, 'summer'],
  27: [9, 3, 'autumn'],
  28: [12, 3, 'winter'],
  29: [9, 3, 'southern spring'],
  30: [12, 3, 'southern summer'],
  31: [3, 3, 'southern autumn'],
  32: [6, 3, 'southern winter'],
  33: [1, 3, 'first quarter of'],
  34: [4, 3, 'second quarter of'],
  35: [7, 3, 'third quarter of'],
  36: [10, 3, 'last quarter of'],
  37: [1, 4, 'first third of'],
  38: [5, 4, 'second third of'],
  39: [9, 4, 'last third of'],
  40: [1, 6, 'first half of'],
  41: [7, 6, 'second half of'],
}

const two = (n: number) => String(n).padStart(2, '0')

function pointOf(text: string): Point | null {
  const match = /^(\d{4})(?:-(\d\d|XX|Q[1-4])(?:-(\d\d|XX))?)?([~?%]?)$/.exec(text)
  if (!match) return null
  const [, yearText = '', second = 'XX', third = 'XX', mark = ''] = match
  const year = Number(yearText)
  const unit = second === 'XX' ? null : second.startsWith('Q') ? 32 + Number(second[1]) : Number(second)
  if (unit !== null && unit <= 12 && third !== 'XX') {
    const day = `${yearText}-${second}-${third}`
    return { earliest: day, latest: day, year, month: unit, day: Number(third), code: null, mark }
  }
  const span = unit === null ? [1, 12] : unit <= 12 ? [unit, 1] : SPANS[unit]
  if (!span) return null
  const [first, months] = span as [number, number]
  const end = new Date(Date.UTC(year, first + months - 1, 0)).toISOString().slice(0, 10)
  const code = unit !== null && unit > 12 ? unit : null
  const month = code === null ? unit : null
  return { earliest: `${yearText}-${two(first)}-01`, latest: end, year, month, day: null, code, mark }
}

function pointWords({ year, month, day, code }: Point, withYear = true, withMonth = true): string {
  const name = month === null ? '' : MONTHS[month - 1]
  const ending = withYear ? ` ${year}` : ''
  if (day !== null) return withMonth ? `${day} ${name}${ending}` : String(day)
  if (month !== null) return `${name}${ending}`
  return code === null ? String(year) : `${SPANS[code]?.[2]} ${year}`
}

const doubt = ({ mark }: Point) =>
  `${mark === '?' || mark === '%' ? 'perhaps ' : ''}${mark === '~' || mark === '%' ? 'about ' : ''}`

const holds = (outer: Point, inner: Point) => outer.earliest <= inner.earliest && outer.latest >= inner.latest
const sure = (point: Point) => point.mark === '' && point.code === null

function intervalWords(from: Point, to: Point): string {
  const end = (point: Point) => doubt(point) + pointWords(point)
  if (from.earliest === to.earliest && from.latest === to.latest) return end(from)
  if (holds(from, to)) return `by ${end(to)}`
  const plain = sure(from) && sure(to) && !holds(to, from)
  const months = plain && from.day === null && to.day === null
  if (months && from.month === 10 && to.month === 3 && to.year === from.year + 1)
    return `late ${from.year} or early ${to.year}`
  const sameYear = plain && from.year === to.year && from.month !== null && to.month !== null
  const sameMonth = sameYear && from.month === to.month && from.day !== null && to.day !== null
  const first = doubt(from) + pointWords(from, !sameYear, !sameMonth)
  return `${first} – ${holds(to, from) ? 'end of ' : ''}${end(to)}`
}

/** An EDTF date in the words of that release; '' for text that is none. */
export function oldWords(edtf: string): string {
  const [from, to, ...more] = edtf.split('/').map(pointOf)
  if (!from || to === null || more.length > 0) return ''
  return to === undefined ? doubt(from) + pointWords(from) : intervalWords(from, to)
}
