/** Titles and people's pairs read from files, checked at the door. */
import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import { readJsonLine } from '@/lib/shared/ndjson'
import type { Pair, RelatedTitle } from './types'

const LINE_LENGTH_MAX = 1_000_000

/** An empty text is an unknown one: outside sets write both. */
const text = z
  .string()
  .trim()
  .nullish()
  .transform((value) => value || null)
const texts = z
  .array(z.string().trim())
  .nullish()
  .transform((list) => [...new Set(list?.filter(Boolean))])
const number = z
  .number()
  .nullish()
  .transform((value) => value ?? null)

/** The part of a catalogue record (`CatalogueRecord`) that likeness rests on; what else a line holds is not read. */
const record = z.object({
  ids: z.record(
    z.string().regex(/^[a-z0-9_-]{1,32}$/),
    z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]),
  ),
  title: z.string().trim().min(1),
  original_title: text,
  aliases: texts,
  kind: text,
  country: text,
  language: text,
  network: text,
  genres: texts,
  tags: texts,
  creators: texts,
  source_material: text,
  cast: z.array(z.object({ person: z.string().trim() })).nullish(),
  summary: text,
  popularity: number,
  rating: number,
  related_franchise: texts,
  seasons: z.array(z.object({ premiere: text, episodes: number })).nullish(),
})

/** What is wrong with a file, its line named. */
export class FileError extends Error {}

/** A file's titles, the names each goes by, its own first, and where each id (`<ns>:<id>`) is found among them. */
export interface TitleFile {
  titles: RelatedTitle[]
  names: string[][]
  places: Map<string, number>
}

interface TitleLine {
  ids: string[]
  names: string[]
  title: RelatedTitle
}

function readTitle(line: string): TitleLine | { problem: string } {
  const read = readJsonLine(line, LINE_LENGTH_MAX)
  if (!read.ok) return read
  const parsed = record.safeParse(read.value)
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!
    return { problem: `${path.join('.') || 'the line'}: ${message.toLowerCase()}` }
  }
  const { data } = parsed
  const ids = Object.entries(data.ids).flatMap(([namespace, own]) =>
    [...new Set([own].flat())].map((id) => `${namespace}:${id}`),
  )
  if (ids.length === 0) return { problem: 'ids: give at least one, such as {"tvmaze": "123"}' }
  const years = (data.seasons ?? []).flatMap(({ premiere }) => /^\d{4}/.exec(premiere ?? '')?.[0] ?? [])
  const names = [data.title, ...(data.original_title ? [data.original_title] : []), ...data.aliases]
  return {
    ids,
    names: [...new Set(names)],
    title: {
      id: ids[0]!,
      title: data.title,
      kind: data.kind ?? 'unknown',
      country: data.country,
      language: data.language,
      network: data.network,
      year: years.length ? Number(years.sort()[0]) : null,
      genres: data.genres,
      tags: data.tags,
      creators: data.creators,
      cast: [...new Set((data.cast ?? []).map(({ person }) => person).filter(Boolean))],
      sourceMaterial: data.source_material,
      summary: data.summary,
      popularity: data.popularity,
      rating: data.rating,
      episodes: data.seasons?.[0]?.episodes || null,
      franchise: data.related_franchise.length ? [...data.related_franchise, ...ids] : ids,
    },
  }
}

/**
 * Reads the titles of an NDJSON file of catalogue records; the first bad line ends it. They come by id, so that
 * nothing, not even a tie, hangs on the order of the file.
 */
export async function readTitles(lines: AsyncIterable<string> | Iterable<string>): Promise<TitleFile> {
  const read: TitleLine[] = []
  const found = new Map<string, RelatedTitle>()
  let at = 0
  for await (const line of lines) {
    at++
    if (!line.trim()) continue
    const one = readTitle(line)
    if ('problem' in one) throw new FileError(`line ${at}: ${one.problem}`)
    for (const id of one.ids) {
      if (found.has(id)) throw new FileError(`line ${at}: ids: ${id} is on an earlier line too`)
      found.set(id, one.title)
    }
    read.push(one)
  }
  if (read.length < 2) throw new FileError('there are no two titles in it to compare')
  read.sort((a, b) => (a.title.id < b.title.id ? -1 : 1))
  const titles = read.map(({ title }) => title)
  const names = read.map((one) => one.names)
  const numbers = new Map(titles.map((title, i) => [title, i]))
  return { titles, names, places: new Map([...found].map(([id, title]) => [id, numbers.get(title)!])) }
}

const HEADER = ['source', 'related', 'weight']

/** A line of a file of pairs; what its two names mean is for the caller to find. */
export interface PairRow {
  source: string
  related: string
  weight: number
  line: number
}

/** Reads `source,related[,weight]`; without a weight all weigh 1. The first bad line ends it. */
export function readPairRows(csv: string): PairRow[] {
  let rows: { record: string[]; info: { lines: number } }[]
  try {
    const options = { info: true, bom: true, skip_empty_lines: true, relax_column_count: true, trim: true }
    rows = parse(csv, options) as unknown as typeof rows
  } catch (error) {
    throw new FileError((error as Error).message)
  }
  const [header, ...rest] = rows
  const width = header?.record.length ?? 0
  if (!header || width < 2 || width > 3 || header.record.some((name, i) => name !== HEADER[i]))
    throw new FileError(`line 1: the columns should be ${HEADER.join(',')}`)
  if (rest.length === 0) throw new FileError('there are no pairs in it')
  return rest.map(({ record, info: { lines: line } }) => {
    if (record.length !== width)
      throw new FileError(`line ${line}: ${record.length} values where ${header.record.join(',')} are wanted`)
    const [source, related, said] = record as [string, string, string | undefined]
    const weight = Number(said ?? 1)
    if (said === '' || !Number.isFinite(weight) || weight < 0)
      throw new FileError(`line ${line}: weight: "${said}" is no number from 0 up`)
    return { source, related, weight, line }
  })
}

/** A pair said twice counts once, with its larger weight; a title paired with itself says nothing and is passed over. */
export function onePerPair(said: Iterable<Pair>): Pair[] {
  const pairs = new Map<string, Pair>()
  for (const pair of said) {
    if (pair.source === pair.related) continue
    const key = `${pair.source} ${pair.related}`
    const there = pairs.get(key)
    if (!there || there.weight < pair.weight) pairs.set(key, pair)
  }
  return [...pairs.values()]
}

/** Reads people's pairs over the titles of a file, where every name must be the id of one. */
export function readPairs(csv: string, places: ReadonlyMap<string, number>): Pair[] {
  const rows = readPairRows(csv)
  const pairs = onePerPair(
    rows.map((row) => {
      const [source, related] = (['source', 'related'] as const).map((column) => {
        const place = places.get(row[column])
        if (place === undefined)
          throw new FileError(
            `line ${row.line}: ${column}: ${row[column] || 'nothing'} is the id of no title in the file of titles`,
          )
        return place
      }) as [number, number]
      return { source, related, weight: row.weight }
    }),
  )
  if (pairs.length === 0) throw new FileError('there are no pairs in it')
  return pairs
}
