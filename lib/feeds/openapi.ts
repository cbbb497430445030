/** The API described in OpenAPI 3.1; a test holds real answers against these schemas. */
import {
  CLAIM_KINDS,
  EVENT_KINDS,
  LAMPS,
  PREMIERE_STATES,
  REASON_KINDS,
  SEASON_STATUSES,
  SHOW_STATUSES,
  SOURCE_CLASSES,
} from '@/db/schema/words'
import { NEARNESSES } from '@/lib/search/nearness'

type Schema = Record<string, unknown>

const text: Schema = { type: 'string' }
const orNull = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] })
const list = (items: Schema): Schema => ({ type: 'array', items })
const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` })
const one = (words: readonly string[]): Schema => ({ type: 'string', enum: [...words] })
const day: Schema = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'A day, YYYY-MM-DD.' }
const edtf: Schema = {
  type: 'string',
  description:
    'A date as precise as it was said (EDTF, ISO 8601-2): 2027, 2027-03, 2027-21 (spring), 2027-03/2027-06.',
}
const CHANGE_VALUE =
  'A value, not words: EDTF of a date or premiere, the names of a casting, else a code; empty where nothing was known.'
const seasonNumber: Schema = { type: 'integer', minimum: 1, maximum: 1000 }
/** Every property is always there; nothing else is. */
const object = (properties: Record<string, Schema>, description?: string): Schema => ({
  type: 'object',
  ...(description && { description }),
  required: Object.keys(properties),
  properties,
  additionalProperties: false,
})

const schemas: Record<string, Schema> = {
  Window: object({ edtf, earliest: day, latest: day }, 'A date as it was said, with the days it allows.'),
  Claim: object(
    {
      id: text,
      kind: one(CLAIM_KINDS),
      value: text,
      edtf: orNull(edtf),
      source: text,
      source_class: one(SOURCE_CLASSES),
      url: { type: 'string', format: 'uri' },
      published_on: orNull(day),
      state: one(['stands', 'superseded', 'missed', 'not_confirmed', 'contradicted', 'retracted']),
    },
    'One dated statement by one source about one season.',
  ),
  Forecast: object(
    {
      made_on: day,
      model: text,
      renewal: orNull({
        type: 'number',
        minimum: 0,
        maximum: 1,
        description:
          'The chance of a premiere within three years of the season before; null where it is ordered.',
      }),
      median: edtf,
      window50: edtf,
      window80: edtf,
      window95: edtf,
      class: text,
    },
    'Our estimate, not an announcement: frozen on its day, scored later. Windows are EDTF intervals of months.',
  ),
  Season: object({
    number: seasonNumber,
    status: one(SEASON_STATUSES),
    because: { ...list(text), description: 'Ids of the claims that decided the status.' },
    premiere: orNull(ref('Window')),
    premiere_state: one(PREMIERE_STATES),
    finale: orNull(ref('Window')),
    episodes: orNull({ type: 'integer', minimum: 1 }),
    claims: list(ref('Claim')),
    forecast: orNull(ref('Forecast')),
  }),
  Show: object({
    slug: text,
    ids: {
      type: 'object',
      description: 'Its ids elsewhere by namespace: a string, or an array where it has several there.',
      additionalProperties: { anyOf: [text, { ...list(text), minItems: 2 }] },
    },
    title: text,
    original_title: orNull(text),
    aliases: list(text),
    kind: text,
    country: orNull(text),
    network: orNull(text),
    genres: list(text),
    tags: list(text),
    premiered: orNull({ ...edtf, description: 'When its first season premiered, never padded.' }),
    ended: orNull({
      ...edtf,
      description: 'When a show that is over, ended or cancelled came to its end; null where unknown.',
    }),
    show_status: one(SHOW_STATUSES),
    answer: { ...text, description: 'How it stands, in one to three sentences, as of the day it is asked.' },
    labels: {
      ...list(object({ provider: text, label: text, as_of: edtf })),
      description: 'What providers call its state, in their own words.',
    },
    newest_source_on: orNull({ ...day, description: 'When the newest source about it was published.' }),
    seasons: list(ref('Season')),
    cast: list(
      object({
        person: text,
        character: orNull(text),
        returning: orNull({
          ...one(['confirmed', 'expected', 'unknown', 'new', 'out']),
          description: 'For the next season; unknown: others are spoken of, and of them nobody has said.',
        }),
        claim_id: orNull({ ...text, description: 'The claim that says so.' }),
      }),
    ),
    related: list(
      object({
        slug: text,
        title: text,
        score: { type: 'number' },
        reasons: list(object({ kind: one(REASON_KINDS), text })),
      }),
    ),
    checked_at: orNull(day),
    changed_at: orNull(day),
  }),
  ListedShow: object({
    slug: text,
    title: text,
    original_title: orNull(text),
    kind: text,
    country: orNull(text),
    network: orNull(text),
    genres: list(text),
    year: orNull({ type: 'integer' }),
    show_status: one(SHOW_STATUSES),
    next_season: orNull(
      object({
        number: seasonNumber,
        status: one(SEASON_STATUSES),
        premiere: orNull(ref('Window')),
      }),
    ),
    changed_at: orNull(day),
  }),
  ShowList: object({
    results: list(ref('ListedShow')),
    next_cursor: orNull({ ...text, description: 'Give it as `cursor` for the next page; null on the last.' }),
    total: { type: 'integer', minimum: 0 },
  }),
  SearchResults: object({
    results: list(
      object({
        slug: text,
        title: text,
        matched: {
          ...text,
          description: 'The name that matched, which may be an alias or the native title.',
        },
        year: orNull({ type: 'integer' }),
        nearness: {
          ...one(NEARNESSES),
          description:
            'same: these letters; near: a part of a name, or a slip; far: another word that looks alike.',
        },
        season: orNull({
          type: 'integer',
          description: 'The season that was asked for with the name, where it has a page.',
        }),
        network: orNull(text),
        lamp: orNull({ ...one(LAMPS), description: 'How it stands; null while that cannot be read.' }),
        says: orNull({ ...text, description: 'The answer in about three words.' }),
      }),
    ),
  }),
  Change: object({
    id: { type: 'integer' },
    show: object({ slug: text, title: text }),
    season: seasonNumber,
    kind: one(EVENT_KINDS),
    was: { ...text, description: CHANGE_VALUE },
    became: { ...text, description: CHANGE_VALUE },
    text: { ...text, description: 'The change in words, dates as precise as they were said.' },
    because: list(text),
    happened_on: day,
    source: orNull(object({ name: text, url: { type: 'string', format: 'uri' } })),
  }),
  Changes: object({
    results: list(ref('Change')),
    next_cursor: orNull({ ...text, description: 'Give it as `cursor` for older changes; null at the end.' }),
  }),
  Problem: {
    type: 'object',
    description: 'RFC 9457 problem details.',
    required: ['type', 'title', 'status', 'detail'],
    properties: {
      type: text,
      title: text,
      status: { type: 'integer' },
      detail: { ...text, description: 'A sentence that says what is wrong and what would be right.' },
      parameter: { ...text, description: 'The parameter at fault.' },
    },
    additionalProperties: false,
  },
}

const answer = (schema: string, description: string) => ({
  description,
  content: { 'application/json': { schema: ref(schema) } },
})
const refusal = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: ref('Problem') } },
})
const parameter = (name: string, schema: Schema, description: string, where: 'query' | 'path' = 'query') => ({
  name,
  in: where,
  required: where === 'path',
  description,
  schema,
})
const BAD = { '400': refusal('A parameter cannot be read.') }
const AWAY = { '503': refusal('The database is away; Retry-After says when to come back.') }

/** The document for `/api/v1/openapi.json`; `site` without a slash at its end. */
export function openApi(site: string) {
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
    paths: {
      '/shows/{slug}': {
        get: {
          operationId: 'getShow',
          summary: 'A show with its seasons, claims, cast and related titles',
          parameters: [parameter('slug', text, 'The last part of the address of the show page.', 'path')],
          responses: {
            '200': answer('Show', 'The show.'),
            '404': refusal('No show has this slug.'),
            ...AWAY,
          },
        },
      },
      '/shows': {
        get: {
          operationId: 'listShows',
          summary: 'Shows, filtered, a page at a time',
          parameters: [
            parameter('genre', text, 'A genre: its words, or the words with hyphens.'),
            parameter('country', text, 'A country, likewise.'),
            parameter('language', text, 'A language, likewise.'),
            parameter('network', text, 'A network, likewise.'),
            parameter('tag', text, 'A premise, likewise.'),
            parameter('year', { type: 'integer' }, 'The year the show began.'),
            parameter('status', one(SHOW_STATUSES), 'How the show stands.'),
            parameter('cursor', text, 'next_cursor of the page before.'),
          ],
          responses: { '200': answer('ShowList', 'A page of shows.'), ...BAD, ...AWAY },
        },
      },
      '/search': {
        get: {
          operationId: 'search',
          summary: 'Shows by name, in any script, typing errors forgiven',
          parameters: [
            parameter('q', { type: 'string', maxLength: 200 }, 'What was typed.'),
            parameter(
              'limit',
              { type: 'integer', minimum: 1, maximum: 50, default: 10 },
              'How many at most.',
            ),
          ],
          responses: { '200': answer('SearchResults', 'Best first.'), ...BAD, ...AWAY },
        },
      },
      '/changes': {
        get: {
          operationId: 'listChanges',
          summary: 'Real changes of status or date, newest first',
          parameters: [
            parameter('since', day, 'Changes of this day and later.'),
            parameter('cursor', text, 'next_cursor of the page before.'),
          ],
          responses: { '200': answer('Changes', 'A page of changes.'), ...BAD, ...AWAY },
        },
      },
    },
    components: { schemas },
  }
}
