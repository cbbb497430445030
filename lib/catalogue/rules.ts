import { parseEdtf } from '@/lib/shared/edtf'
import { readJsonLine } from '@/lib/shared/ndjson'
import { hasUnsafeCharacters } from '@/lib/shared/text'
import { checkedFacts } from './checked-facts'
import { idsOf, listIds, type OutsideId, type OutsideIds, uniteIds } from './ids'
import { allFactsOf, type Stating, tell, withFacts } from './stated'
import { type CatalogueRecord, catalogueRecord } from './types'

/** The longest line of a catalogue file that is read, in characters; a longer one is no record of one show. */
export const LINE_LENGTH_MAX = 1_000_000

/** A line's record, with what of it was left out and why; or what is wrong with it. */
export type LineResult =
  | { ok: true; record: CatalogueRecord; leftOut: string[] }
  | { ok: false; problems: string[] }

/** Text that is read back in a message: short, on one line, harmless. */
const shown = (text: string) => {
  const plain = text.replace(/[\p{Cc}\p{Cf}]/gu, ' ')
  return plain.length > 40 ? `${plain.slice(0, 40)}…` : plain
}

const codePoint = (text: string) => {
  const found = [...text].find((letter) => hasUnsafeCharacters(letter) || /[\t\r\n]/.test(letter)) ?? ''
  return `U+${(found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}

/** Every string of a record with its field; a summary may have line ends, nothing else may. */
function unsafeTexts(value: unknown, field: string): string[] {
  if (typeof value === 'string') {
    const unsafe = hasUnsafeCharacters(value) || (field !== 'summary' && /[\t\r\n]/.test(value))
    return unsafe ? [`${field}: has a control or text-direction character, ${codePoint(value)}`] : []
  }
  if (Array.isArray(value)) return value.flatMap((item, index) => unsafeTexts(item, `${field}.${index}`))
  if (value && typeof value === 'object')
    return Object.entries(value).flatMap(([key, item]) => unsafeTexts(item, field ? `${field}.${key}` : key))
  return []
}

type Season = NonNullable<CatalogueRecord['seasons']>[number]

/** One season with its dates in canonical spelling, and what is wrong with it. */
function checkedSeason(season: Season, index: number): { season: Season; problems: string[] } {
  const problems: string[] = []
  const read = (key: 'premiere' | 'finale') => {
    const text = season[key]
    if (text === undefined || text === null) return null
    const date = parseEdtf(text)
    if (!date.ok) problems.push(`seasons.${index}.${key}: ${date.reason}`)
    return date.ok ? date.window : null
  }
  const [premiere, finale] = [read('premiere'), read('finale')]
  if (premiere && finale && finale.latest < premiere.earliest)
    problems.push(`seasons.${index}.finale: ${finale.edtf} is before the premiere, ${premiere.edtf}`)
  return {
    season: {
      ...season,
      ...(premiere ? { premiere: premiere.edtf } : {}),
      ...(finale ? { finale: finale.edtf } : {}),
    },
    problems,
  }
}

const SEASON_NUMBER_MAX = 1000

/**
 * A line's value without the seasons that have no place among the numbered ones: specials, which lists of elsewhere count as
 * season 0, and seasons called by their year. What is told of the others does not depend on them.
 */
function withoutOddSeasons(value: unknown): { value: unknown; leftOut: string[] } {
  const seasons = (value as { seasons?: unknown } | null)?.seasons
  if (!Array.isArray(seasons)) return { value, leftOut: [] }
  const leftOut: string[] = []
  const kept = seasons.filter((season, index) => {
    const number = (season as { number?: unknown } | null)?.number
    if (number !== 0 && !(Number.isInteger(number) && Number(number) > SEASON_NUMBER_MAX)) return true
    leftOut.push(
      number === 0
        ? `seasons.${index}: season 0, the specials, was left out: the seasons of a show begin with 1`
        : `seasons.${index}: season ${shown(String(number))} was left out: a year is no number of a season`,
    )
    return false
  })
  return leftOut.length > 0 ? { value: { ...(value as object), seasons: kept }, leftOut } : { value, leftOut }
}

const LIMITS: Record<string, (limit: string, unit: string) => string> = {
  too_big: (limit, unit) => `is more than ${limit}${unit}`,
  too_small: (limit, unit) => (unit ? 'is empty' : `is less than ${limit}${unit}`),
}

/** A problem zod found, as field and plain words. */
function plainIssue(issue: {
  path: PropertyKey[]
  code?: string
  message: string
  origin?: string
  maximum?: unknown
  minimum?: unknown
  expected?: unknown
  input?: unknown
  values?: unknown[]
  errors?: Parameters<typeof plainIssue>[0][][]
}): string {
  const field = issue.path.map(String).join('.') || 'the line'
  if (issue.code === 'invalid_union') {
    // An id is a text or a list of them: what was begun is what is wrong with.
    const [meant] =
      (issue.errors ?? []).find(([first]) => first?.code !== 'invalid_type' || first.path.length) ?? []
    return meant
      ? plainIssue({ ...meant, path: [...issue.path, ...meant.path] })
      : `${shown(field)}: should be an id as a string, or an array of them`
  }
  const unit = issue.origin === 'string' ? ' characters' : issue.origin === 'array' ? ' entries' : ''
  const limit = LIMITS[issue.code ?? '']?.(String(issue.maximum ?? issue.minimum), unit)
  if (limit) return `${shown(field)}: ${limit}`
  if (issue.code === 'invalid_type') return `${shown(field)}: should be ${article(String(issue.expected))}`
  if (issue.code === 'invalid_value') return `${shown(field)}: should be one of ${issue.values?.join(', ')}`
  if (issue.code === 'invalid_key')
    return `${shown(field)}: an id's namespace is 1 to 32 of a-z, 0-9, _ and -`
  if (issue.code === 'invalid_format')
    return field === 'slug'
      ? 'slug: is not an address such as all-of-us-are-dead'
      : `${shown(field)}: is not written as namespace:id`
  return `${shown(field)}: ${issue.message}`
}

const article = (type: string) =>
  type === 'int'
    ? 'a whole number'
    : /^[aeiou]/.test(type)
      ? `an ${type}`
      : type === 'record'
        ? 'an object'
        : `a ${type}`

/**
 * Reads one line of a catalogue file. Every problem of the line comes back, each with its field; a line with
 * a problem is refused whole; a season that is none (specials, a year) is left out and named. Markup in a title is text like any other; control and text-direction characters
 * are refused, because they lie on screen and break files.
 */
export function checkLine(line: string): LineResult {
  const read = readJsonLine(line, LINE_LENGTH_MAX)
  if (!read.ok) return { ok: false, problems: [read.problem] }
  const { value, leftOut } = withoutOddSeasons(read.value)
  const parsed = catalogueRecord.safeParse(value)
  if (!parsed.success) return { ok: false, problems: parsed.error.issues.map((issue) => plainIssue(issue)) }
  const record = parsed.data
  const problems = unsafeTexts(record, '')
  if (listIds(record.ids).length === 0)
    problems.push(
      'ids: give at least one, such as {"tvmaze": "123"}: a show without one could not be told from its namesakes',
    )
  const seasons = record.seasons?.map(checkedSeason)
  problems.push(...(seasons ?? []).flatMap((checked) => checked.problems))
  const numbers = (record.seasons ?? []).map(({ number }) => number)
  const twice = numbers.find((number, index) => numbers.indexOf(number) !== index)
  if (twice !== undefined) problems.push(`seasons: season ${twice} is there twice`)
  if (record.listed) {
    const asOf = parseEdtf(record.listed.as_of)
    if (!asOf.ok) problems.push(`listed.as_of: ${asOf.reason}`)
  }
  const facts = record.facts ? checkedFacts(record.facts) : null
  problems.push(...(facts?.problems ?? []))
  if (problems.length > 0) return { ok: false, problems }
  return {
    ok: true,
    leftOut,
    record: {
      ...record,
      ...(seasons ? { seasons: seasons.map(({ season }) => season) } : {}),
      ...(facts ? { facts: facts.facts } : {}),
    },
  }
}

/** `replace`: a list in the line takes the place of the one on record. `unite`: it adds to it and removes nothing. */
export type ListMode = 'replace' | 'unite'

const LISTS = ['aliases', 'genres', 'tags', 'creators', 'related_franchise', 'provenance'] as const

const united = <T>(
  there: T[] | null | undefined,
  more: T[] | null | undefined,
  key: (item: T) => string,
): T[] => {
  const seen = new Set((there ?? []).map(key))
  return [...(there ?? []), ...(more ?? []).filter((item) => !seen.has(key(item)) && seen.add(key(item)))]
}

/**
 * What is on record after a line about a known show. A field the line leaves out stays and ids only ever add up.
 *
 * Seasons, network, country and labels are kept per provider (`facts` of the result holds all of them): the line says
 * them for `by.provider` alone, `null` withdraws what that provider said, and the fields of the result are what the
 * facts of all providers show. Of other fields the last line's word counts, `null` empties one.
 */
export function mergeRecords(
  there: CatalogueRecord,
  line: CatalogueRecord,
  lists: ListMode,
  by: Stating,
): CatalogueRecord {
  const given = Object.fromEntries(Object.entries(line).filter(([, value]) => value !== undefined))
  const merged: CatalogueRecord = { ...there, ...given, ids: uniteIds(there.ids, line.ids) }
  if (there.slug) merged.slug = there.slug
  if (lists === 'unite') {
    for (const list of LISTS) merged[list] = united(there[list], line[list], (item) => item)
    merged.cast = united(there.cast, line.cast, ({ person, ids }) =>
      JSON.stringify([person, idsOf(listIds(ids ?? {}))]),
    )
  }
  const seasons = new Map((there.seasons ?? []).map((season) => [season.number, season]))
  for (const { number, name } of line.seasons ?? [])
    if (name !== undefined || !seasons.has(number))
      seasons.set(number, { ...seasons.get(number), number, name })
  merged.seasons = [...seasons.values()]
  return withFacts(merged, tell(allFactsOf(there, by.today), line, by))
}

/** The number of the season a reader waits for: one after the last on record, 1 where none is. */
export const nextSeasonNumber = (numbers: number[]) => Math.min(Math.max(0, ...numbers) + 1, 1000)

/** Who bears an outside id here. */
export interface IdOwner extends OutsideId {
  /** The show's slug. */
  show: string
}

/**
 * The addresses of a line that are another show's here. A newer list may know two of our shows to be one: each keeps its
 * page and what readers have there, and the line is about the one at its own address.
 */
export function othersAddresses({ ids, slug }: CatalogueRecord, owners: IdOwner[]): string[] {
  const ownerOf = (address: string) =>
    owners.find(({ namespace, value }) => namespace === 'greenlit' && value === address)?.show
  const own = slug && ownerOf(slug)
  if (!own) return []
  return [ids.greenlit ?? []].flat().filter((address) => ![own, undefined].includes(ownerOf(address)))
}

/**
 * How a show with these ids relates to those on record: the one it is, or the sentence that says why it cannot be told.
 * A show may have several ids in a namespace, but a line that names none of those known there is of another show.
 */
export function matchIds(
  ids: OutsideIds,
  owners: IdOwner[],
  known: (show: string) => OutsideIds,
): { show: string | null } | { problem: string } {
  const given = (namespace: string): string[] => [ids[namespace] ?? []].flat()
  const mine = owners.filter((owner) => given(owner.namespace).includes(owner.value))
  const shows = [...new Set(mine.map(({ show }) => show))]
  if (shows.length > 1) {
    const names = shows.map((show) => {
      const via = mine.find((owner) => owner.show === show)
      return `${via?.namespace}:${shown(via?.value ?? '')} is ${show}`
    })
    return { problem: `ids: belong to different shows: ${names.join(', ')}` }
  }
  const [show] = shows
  if (show === undefined) return { show: null }
  for (const [namespace, values] of Object.entries(known(show))) {
    const [there, here] = [[values].flat(), given(namespace)]
    if (here.length > 0 && !here.some((value) => there.includes(value)))
      return {
        problem: `ids.${namespace}: ${show} is known as ${shown(there.join(', '))}, not ${shown(here.join(', '))}`,
      }
  }
  return { show }
}
