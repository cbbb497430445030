/** The API described in OpenAPI 3.1, its shapes made of the schemas that its answers are typed by. */
import { z } from 'zod'
import { LAMPS, SHOW_STATUSES } from '@/db/schema/words'
import { QUERY_CHARACTERS_MAX } from '@/lib/search/query'
import { day, SHAPES, type ShapeName } from './shapes'

/** A piece of JSON Schema. */
export type JsonSchema = Record<string, unknown>

const SCHEMAS_AT = '#/components/schemas/'
const ref = (name: ShapeName) => ({ $ref: `${SCHEMAS_AT}${name}` })

/** zod bounds whole numbers by what JavaScript can count: that says nothing of ours. */
function withoutLimitsOfJavaScript({ jsonSchema }: { jsonSchema: JsonSchema }): void {
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
}

function componentSchemas(): Record<ShapeName, JsonSchema> {
  const named = z.registry<{ id: string }>()
  for (const [id, shape] of Object.entries(SHAPES)) named.add(shape, { id })
  const { schemas } = z.toJSONSchema(named, {
    uri: (id) => `${SCHEMAS_AT}${id}`,
    override: withoutLimitsOfJavaScript,
  })
  const bare = Object.entries(schemas).map(([id, { $schema: _, $id, ...schema }]) => [id, schema])
  return Object.fromEntries(bare) as Record<ShapeName, JsonSchema>
}

function parameter(name: string, shape: z.ZodType, description: string, where: 'query' | 'path' = 'query') {
  const { $schema: _, ...schema } = z.toJSONSchema(shape, { override: withoutLimitsOfJavaScript })
  return { name, in: where, required: where === 'path', description, schema: schema as JsonSchema }
}

/** One shape, or one of several, by what was asked. */
const answered = (names: readonly ShapeName[]): JsonSchema =>
  names.length === 1 ? ref(names[0]!) : { anyOf: names.map(ref) }

const refusal = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: ref('Problem') } },
})
const BAD = { '400': refusal('A parameter cannot be read.') }
const AGAIN = {
  '429': refusal('Asked too often; Retry-After says when to come back.'),
  '503': refusal('The database is away; Retry-After says when to come back.'),
}

interface Asked {
  operationId: string
  summary: string
  parameters: ReturnType<typeof parameter>[]
  answer: ShapeName | readonly ShapeName[]
  description: string
  refusals: Record<string, ReturnType<typeof refusal>>
}

const get = ({ answer, description, refusals, ...operation }: Asked) => ({
  get: {
    ...operation,
    responses: {
      '200': { description, content: { 'application/json': { schema: answered([answer].flat()) } } },
      ...refusals,
      ...AGAIN,
    } as Record<string, { description: string; content: Record<string, { schema: JsonSchema }> }>,
  },
})

/** The document for `/api/v1/openapi.json`, and for the page `/api` that people read; `site` without a slash at its end. */
export function openApi(site: string) {
  const words = z.string()
  return {
    openapi: '3.1.0',
    info: {
      title: 'Greenlit',
      version: '1.0.0',
      summary: 'Is my show coming back, when, and who says so?',
      description:
        'Read-only, no key, any origin. Every date is as precise as it was said and every status names the claims that decided it. Feeds and calendars lie beside the pages: /shows/{slug}/feed.atom, feed.json and calendar.ics, the same under /seasons/{n}, and /changes.atom, .json and .ics for all.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: `${site}/api/v1` }],
    externalDocs: { url: `${site}/api`, description: 'The same for people, with an example.' },
    paths: {
      '/shows/{slug}': get({
        operationId: 'getShow',
        summary: 'A show with its seasons, claims, cast and related titles',
        parameters: [parameter('slug', words, 'The last part of the address of the show page.', 'path')],
        answer: 'Show',
        description: 'The show.',
        refusals: { '404': refusal('No show has this slug.') },
      }),
      '/shows': get({
        operationId: 'listShows',
        summary: 'Shows, filtered, a page at a time',
        parameters: [
          parameter('genre', words, 'A genre: its words, or the words with hyphens.'),
          parameter('country', words, 'A country, likewise.'),
          parameter('language', words, 'A language, likewise.'),
          parameter('network', words, 'A network, likewise.'),
          parameter('kind', words, 'What it is, likewise: scripted, anime, documentary …'),
          parameter('tag', words, 'A premise, likewise.'),
          parameter('person', words.max(200), 'Somebody who made it or plays in it, by their name.'),
          parameter('year', z.int(), 'The year the show began.'),
          parameter('status', z.enum(SHOW_STATUSES), 'How the show stands.'),
          parameter('lamp', z.enum(LAMPS), 'How it stands, as the sign beside its title says it.'),
          parameter('sort', z.enum(['popular', 'title', 'newest', 'next']).default('popular'), 'The order.'),
          parameter('cursor', words, 'next_cursor of the page before.'),
        ],
        answer: 'ShowList',
        description: 'A page of shows.',
        refusals: BAD,
      }),
      '/search': get({
        operationId: 'search',
        summary: 'Shows by name, in any script, typing errors forgiven',
        parameters: [
          parameter('q', words.max(QUERY_CHARACTERS_MAX), 'What was typed.'),
          parameter('limit', z.int().min(1).max(50).default(10), 'How many at most.'),
        ],
        answer: 'SearchResults',
        description: 'Best first.',
        refusals: BAD,
      }),
      '/changes': get({
        operationId: 'listChanges',
        summary: 'Real changes of status or date, newest first',
        parameters: [
          parameter('since', day, 'Changes of this day and later.'),
          parameter('cursor', words, 'next_cursor of the page before.'),
          parameter(
            'after',
            z.int().min(0),
            'Instead of those two: every change of the open data after this serial, oldest first, as operations. Begin with 0, or with the serial in the manifest of an export (/data), and go on with `next`. None is passed over, and each line comes as it is now, under the serial of its last change.',
          ),
        ],
        answer: ['Changes', 'Operations'],
        description: 'A page of changes; of operations where `after` is given.',
        refusals: {
          ...BAD,
          '410': refusal('The serial was never given out, since a backup was put back: begin with 0.'),
        },
      }),
    },
    components: { schemas: componentSchemas() },
  }
}
