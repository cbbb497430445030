/**
 * What Wikidata answers: an item as JSON (https://www.mediawiki.org/wiki/Wikibase/DataModel/JSON) and rows of SPARQL
 * results (https://www.w3.org/TR/sparql11-results-json/), read once. Pure.
 */
import { z } from 'zod'
import { shaped } from '../json'
import type { Read } from '../types'

const term = z.object({ value: z.string().max(2000) })

/** One statement of a property; its value is read where the property says of what kind it is. */
const statement = z.object({
  rank: z.enum(['preferred', 'normal', 'deprecated']).default('normal'),
  mainsnak: z.object({
    snaktype: z.string().max(20),
    datavalue: z.object({ value: z.unknown() }).optional(),
  }),
})

/** A table by key; one without any entry is written as a list, not as an object. */
const tableOf = <Value extends z.ZodType>(value: Value) =>
  z.preprocess(
    (given) => (given === undefined || (Array.isArray(given) && given.length === 0) ? {} : given),
    z.record(z.string().max(40), value),
  )

const entity = z.object({
  id: z.string().regex(/^Q[1-9]\d{0,12}$/),
  modified: z.iso.datetime().optional(),
  labels: tableOf(term),
  aliases: tableOf(z.array(term).max(500)),
  claims: tableOf(z.array(statement).max(2000)),
})
export type WikidataEntity = z.output<typeof entity>

/** Items by their ids: `Special:EntityData/{id}.json` and `wbgetentities`; an id that is no item any more is left out. */
export function parseEntities(value: unknown): Read<WikidataEntity[]> {
  const read = shaped(z.object({ entities: z.record(z.string().max(20), z.unknown()) }), value)
  if (!read.ok) return read
  const there = Object.values(read.value.entities).filter(
    (one) => !(typeof one === 'object' && one !== null && 'missing' in one),
  )
  return shaped(z.array(entity).max(500), there)
}

const cell = z.object({ type: z.string().max(40), value: z.string().max(5000) })
const results = z.object({
  results: z.object({ bindings: z.array(z.record(z.string().max(40), cell)).max(1_000_000) }),
})

/** The rows of a query, each cell as its text. */
export function parseRows(value: unknown): Read<Record<string, string>[]> {
  const read = shaped(results, value)
  if (!read.ok) return read
  const rows = read.value.results.bindings.map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, one]) => [name, one.value])),
  )
  return { ok: true, value: rows }
}

/** `wbsearchentities`: items by a name. */
export function parseSearch(value: unknown): Read<{ id: string; title: string }[]> {
  const read = shaped(
    z.object({
      search: z.array(z.object({ id: z.string().regex(/^Q\d+$/), label: z.string().max(2000) })).max(100),
    }),
    value,
  )
  return read.ok
    ? { ok: true, value: read.value.search.map(({ id, label }) => ({ id, title: label })) }
    : read
}
