/** Seasons and titles read from files, checked at the door. */
import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import { type Day, dayOf, isDay } from '@/lib/shared/day'
import { readJsonLine } from '@/lib/shared/ndjson'
import type { DayNumber, SeasonRow, TitleFacts } from './types'

const LINE_LENGTH_MAX = 1_000_000
const DAY_MS = 86_400_000

/** What is wrong with a file, its line named. */
export class SeasonFileError extends Error {}

/** A calendar day as a number. */
export const dayNumber = (day: string): DayNumber => Date.parse(`${day}T00:00:00Z`) / DAY_MS

/** The calendar day of a number. */
export const dayOfNumber = (day: DayNumber): Day => dayOf(new Date(day * DAY_MS))

const known = z
  .string()
  .trim()
  .transform((text) => text || null)

const day = known.transform((text, context) => {
  if (text === null) return null
  if (isDay(text)) return dayNumber(text)
  context.addIssue({ code: 'custom', message: `"${text.slice(0, 40)}" is no day like 2027-03-14` })
  return z.NEVER
})

const count = known.transform((text, context) => {
  if (text === null) return null
  if (/^\d{1,6}(\.0)?$/.test(text)) return Number(text)
  context.addIssue({ code: 'custom', message: `"${text.slice(0, 40)}" is no whole number` })
  return z.NEVER
})

/**
 * Of the free column only genres, length and reach are read. Labels, watchers, ratings and hours viewed are of the day
 * the list was made, which is years after the seasons it tells of.
 */
function readExtra(text: string) {
  const parts = new Map(text.split(';').map((part) => part.split('=', 2) as [string, string | undefined]))
  const [hours, minutes] = (parts.get('runtime') ?? '').split(':')
  const reach = parts.get('global')
  return {
    genres: (parts.get('genres') ?? '')
      .split(',')
      .map((genre) => genre.trim())
      .filter(Boolean),
    runtimeMinutes: hours && minutes ? Number(hours) * 60 + Number(minutes) || null : null,
    global: reach === 'Yes' ? true : reach === 'No' ? false : null,
  }
}

const line = z.object({
  source: z.string().trim().min(1, 'is missing'),
  show_key: z.string().trim().min(1, 'is missing'),
  title: z.string().trim(),
  season: count.pipe(z.number('is missing')),
  premiere: day,
  end: day.default(null),
  episodes: count.default(null),
  network: known.default(null),
  country: known.default(null),
  extra: z.string().default(''),
})

const NEEDED = ['source', 'show_key', 'title', 'season', 'premiere'] as const

/** The seasons of a CSV file (columns as in `forecast train`); the first bad line ends it. */
export function readSeasons(csv: string): SeasonRow[] {
  let rows: { record: Record<string, string>; info: { lines: number } }[]
  try {
    rows = parse(csv, {
      bom: true,
      info: true,
      skip_empty_lines: true,
      columns: (header: string[]) => {
        const missing = NEEDED.find((name) => !header.includes(name))
        if (missing) throw new SeasonFileError(`line 1: the header has no column "${missing}"`)
        return header
      },
    }) as unknown as typeof rows
  } catch (error) {
    if (error instanceof SeasonFileError) throw error
    throw new SeasonFileError((error as Error).message)
  }
  if (rows.length === 0) throw new SeasonFileError('there are no seasons in it')
  return rows.map(({ record, info }) => {
    const read = line.safeParse(record)
    if (!read.success) {
      const { path, message } = read.error.issues[0]!
      throw new SeasonFileError(`line ${info.lines}: ${path.join('.')}: ${message.toLowerCase()}`)
    }
    const { data } = read
    return {
      source: data.source,
      show: data.show_key,
      title: data.title,
      season: data.season,
      premiere: data.premiere,
      end: data.end,
      episodes: data.episodes,
      network: data.network,
      country: data.country,
      ...readExtra(data.extra),
    }
  })
}

const text = z
  .string()
  .trim()
  .nullish()
  .transform((value) => value || null)

/** The part of a catalogue record that does not change; its seasons, labels, totals and popularity are not read. */
const titleRecord = z.object({
  ids: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  title: z.string().trim().min(1),
  original_title: text,
  aliases: z.array(z.string()).nullish(),
  genres: z.array(z.string().trim()).nullish(),
  country: text,
  kind: text,
  source_material: text,
  cast: z.array(z.object({ person: z.string() })).nullish(),
})

/** Facts by `<ns>:<id>` and by name. A name that several titles go by tells nothing and is left out. */
export interface Titles {
  byId: Map<string, TitleFacts>
  byName: Map<string, TitleFacts | null>
}

/** A name without case, marks and what stands in brackets, so that lists agree on it. */
export const plainName = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s*\([^)]*\)\s*$/, '')
    .replace(/^(the|a|an) /, '')
    .replace(/&/g, 'and')
    .replace(/[^\p{L}\p{N}]+/gu, '')

/** Reads the titles of an NDJSON file of catalogue records; the first bad line ends it. */
export async function readTitleFacts(lines: AsyncIterable<string> | Iterable<string>): Promise<Titles> {
  const byId = new Map<string, TitleFacts>()
  const byName = new Map<string, TitleFacts | null>()
  let at = 0
  for await (const written of lines) {
    at++
    if (!written.trim()) continue
    const json = readJsonLine(written, LINE_LENGTH_MAX)
    if (!json.ok) throw new SeasonFileError(`line ${at}: ${json.problem}`)
    const read = titleRecord.safeParse(json.value)
    if (!read.success) {
      const { path, message } = read.error.issues[0]!
      throw new SeasonFileError(`line ${at}: ${path.join('.') || 'the line'}: ${message.toLowerCase()}`)
    }
    const { data } = read
    const facts: TitleFacts = {
      genres: data.genres ?? [],
      country: data.country,
      kind: data.kind,
      sourceMaterial: data.source_material,
      castCount: data.cast?.length ?? 0,
    }
    for (const [namespace, own] of Object.entries(data.ids))
      for (const id of [own].flat()) byId.set(`${namespace}:${id}`, facts)
    const names = [data.title, data.original_title ?? '', ...(data.aliases ?? [])].map(plainName)
    for (const name of new Set(names.filter(Boolean))) byName.set(name, byName.has(name) ? null : facts)
  }
  return { byId, byName }
}

/** The facts of a row's show: by its own key where that is an id, else by its name. */
export function factsOf(titles: Titles | null, row: Pick<SeasonRow, 'show' | 'title'>): TitleFacts | null {
  return titles?.byId.get(row.show) ?? titles?.byName.get(plainName(row.title)) ?? null
}
