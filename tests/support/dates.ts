/** Finding every date a text prints, and the dates the starter's files really give for a show. */
import { readFileSync } from 'node:fs'
import path from 'node:path'

const MONTHS = 'january|february|march|april|may|june|july|august|september|october|november|december'
const MONTH = `(${MONTHS}|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)`
const YEAR = '((?:19|20)\\d{2})'
const SEASON_CODES: Record<string, string> = {
  spring: '21',
  summer: '22',
  autumn: '23',
  fall: '23',
  winter: '24',
}

const two = (value: string | number) => String(value).padStart(2, '0')
const monthNumber = (name: string) =>
  two(MONTHS.split('|').findIndex((month) => month.startsWith(name.toLowerCase().slice(0, 3))) + 1)

/** How a date is written, and what it says: most precise first, for a text is used up as it is read. */
const FORMS: [RegExp, (...parts: string[]) => string | string[]][] = [
  [new RegExp(`\\b${YEAR}(\\d{2})(\\d{2})(?:T\\d{6}Z?)?\\b`, 'g'), (y, m, d) => `${y}-${m}-${d}`],
  [new RegExp(`\\b${YEAR}-(\\d{2})-(\\d{2})(?:T[\\d:.]+Z?)?`, 'g'), (y, m, d) => `${y}-${m}-${d}`],
  [new RegExp(`\\b${YEAR}-(\\d{2})\\b`, 'g'), (y, m) => `${y}-${m}`],
  [
    new RegExp(`\\b(\\d{1,2})\\s*(?:–|-|to|and)\\s*(\\d{1,2}) ${MONTH}\\.? ${YEAR}\\b`, 'gi'),
    (a, b, m, y) => [a, b].map((d) => `${y}-${monthNumber(m!)}-${two(d!)}`),
  ],
  [
    new RegExp(`\\b(\\d{1,2}) ${MONTH}\\.? ${YEAR}\\b`, 'gi'),
    (d, m, y) => `${y}-${monthNumber(m!)}-${two(d!)}`,
  ],
  [
    new RegExp(`\\b${MONTH}\\.? (\\d{1,2}),? ${YEAR}\\b`, 'gi'),
    (m, d, y) => `${y}-${monthNumber(m!)}-${two(d!)}`,
  ],
  [
    new RegExp(`\\b${MONTH}\\s*(?:–|-|to|and|or)\\s*${MONTH}\\.? ${YEAR}\\b`, 'gi'),
    (a, b, y) => [a, b].map((m) => `${y}-${monthNumber(m!)}`),
  ],
  [new RegExp(`\\b${MONTH}\\.? ${YEAR}\\b`, 'gi'), (m, y) => `${y}-${monthNumber(m!)}`],
  [
    new RegExp(`\\b(spring|summer|autumn|fall|winter)(?: of)? ${YEAR}\\b`, 'gi'),
    (season, y) => `${y}-${SEASON_CODES[season!.toLowerCase()]}`,
  ],
  [
    new RegExp(`\\b(first|second) half of ${YEAR}\\b`, 'gi'),
    (half, y) => `${y}-${half!.toLowerCase() === 'first' ? '40' : '41'}`,
  ],
  [new RegExp(`\\b(?:from )?(\\d{1,2}) ${MONTH}\\b`, 'gi'), (d, m) => `XXXX-${monthNumber(m!)}-${two(d!)}`],
  [new RegExp(`(?<![\\d-])${YEAR}(?![\\d-])`, 'g'), (y) => y!],
]

/** Every date that a text prints, as ISO text no more precise than the print; `XXXX` where it leaves out the year. */
export function datesIn(text: string): string[] {
  const found: string[] = []
  let rest = text
  for (const [form, read] of FORMS)
    rest = rest.replace(form, (...match) => {
      found.push(...[read(...(match.slice(1, -2) as string[]))].flat())
      return ' · '
    })
  return [...new Set(found)]
}

/** True where a date was given as it is or more precisely: 2023 may be printed of 2023-10, never the other way. */
export function isGiven(date: string, given: Iterable<string>): boolean {
  for (const one of given) {
    if (one === date || one.startsWith(`${date}-`)) return true
    if (date.startsWith('XXXX') && one.endsWith(date.slice(4))) return true
  }
  return false
}

interface ClaimLine {
  show: string
  season: number
  kind: string
  value: string
  date: string | null
  url: string
  published_on: string | null
  seen_on: string
}

interface ShowLine {
  ids: Record<string, string>
  slug: string
  title: string
  summary?: string
  seasons?: { number: number; premiere?: string; finale?: string }[]
  listed?: { as_of: string }
  facts?: { value: string; as_of?: string | null }[]
}

const starter = path.join(import.meta.dirname, '../../db/starter')
const lines = <T>(name: string) =>
  readFileSync(path.join(starter, name), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T)

/** What the starter's files give for a show: its record, its claims, its story, and those of all other shows. */
export function starterOf(slug: string) {
  const shows = new Map(lines<ShowLine>('catalogue.ndjson').map((show) => [show.slug, show]))
  const record = shows.get(slug)
  if (!record) throw new Error(`the starter has no ${slug}`)
  const claims = lines<ClaimLine>('claims.ndjson').filter(
    ({ show }) => show === record.title || show === `greenlit:${slug}`,
  )
  const story = readFileSync(path.join(starter, 'editorial.ndjson'), 'utf8')
    .split('\n')
    .filter((line) => line.includes(`"${slug}"`))
  return { shows, record, claims, story }
}

/** Parts of an EDTF text, which may be an interval, without its marks of doubt. */
export const edtfParts = (edtf: string | null | undefined): string[] =>
  edtf ? edtf.split('/').map((part) => part.replace(/[~?%]/g, '').replace(/-XX/g, '')) : []

/** Every date one claim gives: its own, those in its words, the day it was published and the day it was seen. */
export const datesOfClaim = (claim: ClaimLine): string[] => [
  ...edtfParts(claim.date),
  ...datesIn(claim.value),
  ...(claim.published_on ? [claim.published_on] : []),
  claim.seen_on,
]

/** Every date the record of a show gives: of its seasons, its label and whoever gives them otherwise. */
export const datesOfRecord = (record: ShowLine): string[] => [
  ...(record.seasons ?? []).flatMap(({ premiere, finale }) => [...edtfParts(premiere), ...edtfParts(finale)]),
  ...datesIn(record.summary ?? ''),
  // When a provider called it what it calls it, and the days that others give.
  ...edtfParts(record.listed?.as_of),
  ...(record.facts ?? []).flatMap(({ value, as_of }) => [...edtfParts(value), ...edtfParts(as_of)]),
]
