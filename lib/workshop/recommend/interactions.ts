import { type CsvError, parse } from 'csv-parse/sync'
import type { Interaction } from '@/lib/related/recommend/types'

const FIELDS = ['user', 'item', 'value'] as const

/**
 * The rows of a CSV file with the columns user, item and value, in any order and among others. A row that is none
 * is refused with the file's name, its line and the field. Of a pair that comes twice the later value counts.
 */
export function readInteractions(text: string, name: string): Interaction[] {
  const found = new Map<string, Interaction>()
  let header: string[] | null = null
  for (const { record, info } of parseRows(text, name)) {
    if (!header) {
      header = record.map((field) => field.trim())
      const missing = FIELDS.find((field) => !header!.includes(field))
      if (missing) throw new Error(`${name}, line ${info.lines}: the header has no column "${missing}"`)
      continue
    }
    const [user, item, value] = FIELDS.map((field) => (record[header!.indexOf(field)] ?? '').trim())
    const refuse = (field: string, problem: string) => {
      throw new Error(`${name}, line ${info.lines}, ${field}: ${problem}`)
    }
    if (!user) refuse('user', 'is missing')
    if (!item) refuse('item', 'is missing')
    if (!value) refuse('value', 'is missing')
    if (!/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(value!) || !Number.isFinite(Number(value)))
      refuse('value', `"${value!.slice(0, 40)}" is no number`)
    found.set(pairKey(user!, item!), { user: user!, item: item!, value: Number(value) })
  }
  if (!header) throw new Error(`${name} is empty: a header with user, item and value is wanted`)
  if (found.size === 0) throw new Error(`${name} has no rows under its header`)
  return [...found.values()]
}

/** What a reader and a title are called together. */
export const pairKey = (user: string, item: string): string => `${user.length}:${user}${item}`

interface Row {
  record: string[]
  info: { lines: number }
}

function parseRows(text: string, name: string): Row[] {
  try {
    return parse(text, { bom: true, info: true, skip_empty_lines: true }) as unknown as Row[]
  } catch (error) {
    const { code, lines } = error as CsvError & { lines?: number }
    const problem =
      code === 'CSV_RECORD_INCONSISTENT_FIELDS_LENGTH'
        ? 'the row has more or fewer fields than the header'
        : 'the quotes of this row do not match'
    throw new Error(`${name}, line ${lines ?? '?'}: ${problem}`)
  }
}

/** A field as CSV writes it: in quotes where it must be. */
export const csvField = (text: string): string =>
  /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
