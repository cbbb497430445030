import { readFileSync } from 'node:fs'
import {
  type EditorialRecord,
  type PremiseRecord,
  parseEditorial,
  parsePremises,
  parseTagged,
  type TaggedRecord,
} from '@/lib/catalogue/editorial'
import type { CatalogueRecord } from '@/lib/catalogue/types'

/** The records of an editorial file; a bad line stops the build with its number. */
function soundLines<T>(
  file: string,
  parse: (text: string) => { records: T[]; problems: { problem: string }[] },
): T[] {
  const { records, problems } = parse(readFileSync(file, 'utf8'))
  if (problems[0]) throw new Error(`${file}: ${problems[0].problem}`)
  return records
}

export const readPremises = (file: string): PremiseRecord[] => soundLines(file, parsePremises)

/** Our premise tags for shows of other sets; throws with every problem. */
export const readTagged = (file: string): TaggedRecord[] => soundLines(file, parseTagged)

/** Our summaries and premise tags by the address of the show. */
export const readEditorial = (file: string): Map<string, EditorialRecord> =>
  new Map(soundLines(file, parseEditorial).map((line) => [line.slug, line]))

/** The record with our words in it: premise tags before the sets' own, a summary where we wrote one. */
export function withEditorial(record: CatalogueRecord, words: EditorialRecord | undefined): CatalogueRecord {
  const said = new Set<string>()
  const tags = [...(words?.premise_tags ?? []), ...(record.tags ?? [])].filter((tag) => {
    const key = tag.toLowerCase().replace(/[- ]/g, '')
    return !said.has(key) && said.add(key)
  })
  return { ...record, tags, ...(words ? { summary: words.summary } : {}) }
}
