/** A shape of the API's description said in words, for people; pure. */
import type { JsonSchema } from '@/lib/feeds/openapi'

const nameOf = (ref: string) => ref.slice(ref.lastIndexOf('/') + 1)

/** "text or null", "one of dated, airing", "list of Claim", "whole number, 1 to 1000". */
export function typeWords(schema: JsonSchema): string {
  const { $ref, anyOf, type, items, minimum, maximum, default: usual } = schema
  if (typeof $ref === 'string') return nameOf($ref)
  if (Array.isArray(anyOf)) return anyOf.map(typeWords).join(' or ')
  if (Array.isArray(type)) return type.map((word) => typeWords({ ...schema, type: word })).join(' or ')
  if (Array.isArray(schema.enum)) return `one of ${schema.enum.join(', ')}${otherwise(usual)}`
  if (type === 'array') return `list of ${typeWords(items as JsonSchema)}`
  if (type === 'integer') {
    const least = minimum === undefined ? '' : `, ${minimum} ${maximum === undefined ? 'or more' : 'to'}`
    const most = maximum === undefined ? '' : ` ${maximum}`
    return `whole number${least}${most}${otherwise(usual)}`
  }
  return (
    { string: 'text', number: 'number', boolean: 'true or false', null: 'null', object: 'object' }[
      type as string
    ] ?? 'anything'
  )
}

const otherwise = (usual: unknown) => (usual === undefined ? '' : `; ${usual} unless said`)

/** What is said of a field beside its type, also where that stands at one of its alternatives. */
export function descriptionOf({ description, anyOf }: JsonSchema): string {
  if (typeof description === 'string') return description
  if (!Array.isArray(anyOf)) return ''
  return anyOf.map(descriptionOf).find((words) => words !== '') ?? ''
}

/** A shape's fields, those of objects inside it under their whole path: `next_season.number`, `cast[].person`. */
export function fieldsOf(schema: JsonSchema, path = ''): { name: string; type: string; words: string }[] {
  return Object.entries((schema.properties ?? {}) as Record<string, JsonSchema>).flatMap(([name, field]) => {
    const here = `${path}${name}`
    const inner = insideOf(field)
    const own = { name: here, type: typeWords(field), words: descriptionOf(field) }
    return inner ? [own, ...fieldsOf(inner, `${here}${field.type === 'array' ? '[]' : ''}.`)] : [own]
  })
}

function insideOf(field: JsonSchema): JsonSchema | null {
  if (field.properties) return field
  if (field.type === 'array') return insideOf(field.items as JsonSchema)
  return ((field.anyOf as JsonSchema[] | undefined) ?? []).find((one) => one.properties) ?? null
}

/** A value with every list cut to its first `entries`, to be read as an example. */
export function abridged(value: unknown, entries = 1): unknown {
  if (Array.isArray(value)) return value.slice(0, entries).map((one) => abridged(one, entries))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, abridged(one, entries)]))
}
