/** Small shapes that the answers of several providers share, and what is made of them. Pure. */
import { z } from 'zod'
import { countryOf } from '@/lib/catalogue/words'
import { type Day, dayOf, isDay } from '@/lib/shared/day'
import { withoutUnsafeCharacters } from '@/lib/shared/text'

const NAME_LENGTH_MAX = 500

/** A name as it may be kept: one line, harmless, not endless; null for an empty one. */
export function nameOf(text: string | null | undefined): string | null {
  const plain = withoutUnsafeCharacters(text ?? '')
    .replace(/\s+/g, ' ')
    .trim()
  return plain === '' ? null : [...plain].slice(0, NAME_LENGTH_MAX).join('').trim()
}

/** A name that must be there. */
export const name = z.string().transform((text, context) => {
  const plain = nameOf(text)
  if (plain !== null) return plain
  context.addIssue({ code: 'custom', message: 'is empty' })
  return z.NEVER
})

/** A name that may be missing. */
export const maybeName = z
  .string()
  .nullish()
  .transform((text) => nameOf(text))

/** A calendar day that may be missing; '' means the same. Anything else that is no day is a fault. */
export const maybeDay = z
  .string()
  .nullish()
  .transform((text, context): Day | null => {
    if (text === null || text === undefined || text === '') return null
    if (isDay(text)) return text
    context.addIssue({ code: 'custom', message: 'is not a day' })
    return z.NEVER
  })

/** The whole numbers that ids are. */
export const wholeId = z.number().int().positive().max(Number.MAX_SAFE_INTEGER)

/** A count that may be missing; nought says nothing. */
export const maybeCount = z
  .number()
  .int()
  .min(0)
  .max(20_000)
  .nullish()
  .transform((count) => count || null)

/** A list that may be missing. */
export const listOf = <Item extends z.ZodType>(item: Item) =>
  z
    .array(item)
    .nullish()
    .transform((list) => list ?? [])

const isZone = (zone: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}

/** The day of an instant where a show is at home; null for what is no instant. An unknown zone is UTC. */
export function dayAt(instant: string | number | null | undefined, zone: string): Day | null {
  if (instant === null || instant === undefined || instant === '') return null
  const date = new Date(instant)
  if (Number.isNaN(date.getTime())) return null
  const day = dayOf(date, isZone(zone) ? zone : 'UTC')
  return isDay(day) ? day : null
}

/**
 * An instant as RFC 3339 with the clock of where a show is at home, to the second: `2026-11-02T00:30:00+01:00`; null for
 * what is no instant. An unknown zone is UTC.
 */
export function stampAt(instant: string | number | null | undefined, zone: string): string | null {
  if (instant === null || instant === undefined || instant === '') return null
  const date = new Date(instant)
  if (Number.isNaN(date.getTime())) return null
  const offset = offsetAt(date, isZone(zone) ? zone : 'UTC')
  const [, sign = '+', hours = '0', minutes = '0'] = /^([+-])(\d\d):(\d\d)/.exec(offset) ?? []
  const ahead = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
  return `${new Date(date.getTime() + ahead * 60_000).toISOString().slice(0, 19)}${offset}`
}

/** What a zone's clocks are ahead of UTC at an instant: `+01:00`. Before the world agreed on hours, the hour is UTC's. */
function offsetAt(date: Date, zone: string): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(
    date,
  )
  const named = parts.find(({ type }) => type === 'timeZoneName')?.value ?? ''
  return /^GMT([+-]\d\d:\d\d)$/.exec(named)?.[1] ?? '+00:00'
}

/** Some values, each once, in their order. */
export const unique = <Value>(values: Value[]): Value[] => [...new Set(values)]

/** Other names of a show: each once, without those it has already; no more than a record takes. */
export function aliasesOf(
  names: (string | null | undefined)[],
  title: string,
  original?: string | null,
): string[] {
  const taken = new Set([title, original])
  return unique(names.flatMap((text) => nameOf(text) ?? []))
    .filter((text) => !taken.has(text))
    .slice(0, 200)
}

const REGIONS = new Intl.DisplayNames(['en'], { type: 'region' })
const LANGUAGES = new Intl.DisplayNames(['en'], { type: 'language' })
/** Where the tables of names are longer than a reader is. */
const PLAIN: Record<string, string> = {
  HK: 'Hong Kong',
  MO: 'Macao',
  // TMDB's own code for Cantonese.
  cn: 'Chinese',
  nb: 'Norwegian',
  no: 'Norwegian',
}

const named = (table: Intl.DisplayNames, code: string): string | null => {
  try {
    const found = Object.hasOwn(PLAIN, code) ? PLAIN[code] : table.of(code)
    return found && found !== code ? found : null
  } catch {
    return null
  }
}

/** A country by its two letters (ISO 3166-1), as our records name it; null for none that there is. */
export const countryOfCode = (code: string | null | undefined): string | null => {
  const found = code && /^[A-Z]{2}$/.test(code) ? named(REGIONS, code) : null
  return found ? (countryOf(found) ?? null) : null
}

/** A language by its code (ISO 639-1), as our records name it; null for none that there is. */
export const languageOfCode = (code: string | null | undefined): string | null =>
  code && /^[a-z]{2}$/.test(code) ? named(LANGUAGES, code) : null

/** A day, or the year alone: the first of January is how a year without a day is written down. */
export const orYear = (day: Day | null): string | null => (day?.endsWith('-01-01') ? day.slice(0, 4) : day)
