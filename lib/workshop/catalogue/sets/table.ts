import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import type { z } from 'zod'

/** The rows of a CSV file, each checked by `row`; a row that is none stops the build with file, line and field. */
export function csvRows<T extends z.ZodType>(file: string, row: T): z.infer<T>[] {
  const rows: unknown[] = parse(readFileSync(file, 'utf8'), {
    columns: true,
    bom: true,
    relax_column_count: true,
  })
  return rows.map((raw, index) => checked(raw, row, `${file}, row ${index + 2}`))
}

/** The lines of an NDJSON file, each checked by `line`. */
export function ndjsonLines<T extends z.ZodType>(file: string, line: T): z.infer<T>[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((raw, index) => checked(JSON.parse(raw), line, `${file}, line ${index + 1}`))
}

function checked<T extends z.ZodType>(raw: unknown, type: T, where: string): z.infer<T> {
  const result = type.safeParse(raw)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  throw new Error(`${where}: ${issue?.path.join('.')}: ${issue?.message}`)
}
