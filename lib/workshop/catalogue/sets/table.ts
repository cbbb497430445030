import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import type { z } from 'zod'
import { decodeEntities } from '@/lib/shared/entities'

/** Text as it was meant: some sets were read off web pages, references and all. */
const plain = (_key: string, value: unknown) => (typeof value === 'string' ? decodeEntities(value) : value)

/** The value of a JSON text, its words without character references. */
export const plainJson = (text: string): unknown => JSON.parse(text, plain)

/** The rows of a CSV file, each checked by `row`; a row that is none stops the build with file, line and field. */
export function csvRows<T extends z.ZodType>(file: string, row: T): z.infer<T>[] {
  const rows: unknown[] = parse(readFileSync(file, 'utf8'), {
    columns: true,
    bom: true,
    relax_column_count: true,
    cast: (value) => decodeEntities(value),
  })
  return rows.map((raw, index) => checked(raw, row, `${file}, row ${index + 2}`))
}

/** The lines of an NDJSON file, each checked by `line`. */
export function ndjsonLines<T extends z.ZodType>(file: string, line: T): z.infer<T>[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((raw, index) => checked(plainJson(raw), line, `${file}, line ${index + 1}`))
}

function checked<T extends z.ZodType>(raw: unknown, type: T, where: string): z.infer<T> {
  const result = type.safeParse(raw)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  throw new Error(`${where}: ${issue?.path.join('.')}: ${issue?.message}`)
}
