/**
 * What the JSON API, version 1, answers: one zod schema a shape. Its types are read off them, its description is made of
 * them (`openapi.ts`), and tests hold real answers against them. Every property is always there, and nothing else is.
 */
import { z } from 'zod'
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
import { OPERATIONS, PARTS } from '@/lib/open-data/types'
import { NEARNESSES } from '@/lib/search/nearness'

const text = z.string()
const count = z.int().min(0)
const seasonNumber = z.int().min(1).max(1000)
const url = z.url()
/** A day, as everywhere in the API. */
export const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .meta({ description: 'A day, YYYY-MM-DD.' })
const edtf = text.meta({
  description:
    'A date as precise as it was said (EDTF, ISO 8601-2): 2027, 2027-03, 2027-21 (spring), 2027-03/2027-06.',
})
const changeValue = text.meta({
  description:
    'A value, not words: EDTF of a date or premiere, the names of a casting, else a code; empty where nothing was known.',
})

const window = z
  .strictObject({ edtf, earliest: day, latest: day })
  .meta({ description: 'A date as it was said, with the days it allows.' })

const claim = z
  .strictObject({
    id: text,
    kind: z.enum(CLAIM_KINDS),
    value: text,
    edtf: edtf.nullable(),
    source: text,
    source_class: z.enum(SOURCE_CLASSES),
    url,
    published_on: day.nullable(),
    state: z.enum(['stands', 'superseded', 'missed', 'not_confirmed', 'contradicted', 'retracted']),
  })
  .meta({ description: 'One dated statement by one source about one season.' })

const forecast = z
  .strictObject({
    made_on: day,
    model: text,
    renewal: z.number().min(0).max(1).nullable().meta({
      description:
        'The chance of a premiere within three years of the season before; null where it is ordered.',
    }),
    median: edtf,
    window50: edtf,
    window80: edtf,
    window95: edtf,
    class: text,
  })
  .meta({
    description:
      'Our estimate, not an announcement: frozen on its day, scored later. Windows are EDTF intervals of months.',
  })

const season = z.strictObject({
  number: seasonNumber,
  status: z.enum(SEASON_STATUSES),
  because: z.array(text).meta({ description: 'Ids of the claims that decided the status.' }),
  premiere: window.nullable(),
  premiere_state: z.enum(PREMIERE_STATES).meta({
    description:
      'How the premiere stands; due and not_confirmed are what silence makes of a day and of a window.',
  }),
  finale: window.nullable(),
  episodes: z.int().min(1).nullable(),
  claims: z.array(claim),
  forecast: forecast.nullable(),
})

const show = z.strictObject({
  slug: text,
  ids: z.record(text, z.union([text, z.array(text).min(2)])).meta({
    description: 'Its ids elsewhere by namespace: a string, or an array where it has several there.',
  }),
  title: text,
  original_title: text.nullable(),
  aliases: z.array(text),
  kind: text,
  country: text.nullable(),
  network: text.nullable(),
  genres: z.array(text),
  tags: z.array(text),
  premiered: edtf.meta({ description: 'When its first season premiered, EDTF, never padded.' }).nullable(),
  ended: edtf
    .meta({
      description:
        'When a show that is over, ended or cancelled came to its end, EDTF; null where unknown, and for others.',
    })
    .nullable(),
  show_status: z.enum(SHOW_STATUSES),
  answer: text.meta({ description: 'How it stands, in one to three sentences, as of the day it is asked.' }),
  labels: z
    .array(z.strictObject({ provider: text, label: text, as_of: edtf }))
    .meta({ description: 'What providers call its state, in their own words.' }),
  newest_source_on: day.meta({ description: 'When the newest source about it was published.' }).nullable(),
  seasons: z.array(season),
  cast: z.array(
    z.strictObject({
      person: text,
      character: text.nullable(),
      returning: z
        .enum(['confirmed', 'expected', 'unknown', 'new', 'out'])
        .meta({
          description: 'For the next season; unknown: others are spoken of, and of them nobody has said.',
        })
        .nullable(),
      claim_id: text.meta({ description: 'The claim that says so.' }).nullable(),
    }),
  ),
  related: z.array(
    z.strictObject({
      slug: text,
      title: text,
      score: z.number(),
      reasons: z.array(z.strictObject({ kind: z.enum(REASON_KINDS), text })),
    }),
  ),
  checked_at: day.nullable(),
  changed_at: day.nullable(),
})

const listedShow = z.strictObject({
  slug: text,
  title: text,
  original_title: text.nullable(),
  kind: text,
  country: text.nullable(),
  network: text.nullable(),
  genres: z.array(text),
  year: z.int().nullable(),
  show_status: z.enum(SHOW_STATUSES),
  next_season: z
    .strictObject({ number: seasonNumber, status: z.enum(SEASON_STATUSES), premiere: window.nullable() })
    .meta({ description: 'Null where nobody waits for one: the show is over, ended, or runs.' })
    .nullable(),
  changed_at: day.nullable(),
})

const showList = z.strictObject({
  results: z.array(listedShow),
  next_cursor: text
    .meta({ description: 'Give it as `cursor` for the next page; null on the last.' })
    .nullable(),
  total: count,
})

const found = z.strictObject({
  slug: text,
  title: text,
  matched: text.meta({ description: 'The name that matched, which may be an alias or the native title.' }),
  year: z.int().nullable(),
  nearness: z.enum(NEARNESSES).meta({
    description:
      'same: these letters; near: a part of a name, or a slip; far: another word that looks alike.',
  }),
  season: z
    .int()
    .meta({ description: 'The season that was asked for with the name, where it has a page.' })
    .nullable(),
  network: text.nullable(),
  lamp: z.enum(LAMPS).meta({ description: 'How it stands; null while that cannot be read.' }).nullable(),
  says: text.meta({ description: 'The answer in about three words.' }).nullable(),
})

const searchResults = z.strictObject({ results: z.array(found) })

const change = z.strictObject({
  id: z.int(),
  show: z.strictObject({ slug: text, title: text }),
  season: seasonNumber,
  kind: z.enum(EVENT_KINDS),
  was: changeValue,
  became: changeValue,
  text: text.meta({ description: 'The change in words, dates as precise as they were said.' }),
  because: z.array(text).meta({ description: 'Ids of the claims behind it.' }),
  happened_on: day,
  source: z.strictObject({ name: text, url }).nullable(),
})

const changes = z.strictObject({
  results: z.array(change),
  next_cursor: text
    .meta({ description: 'Give it as `cursor` for older changes; null at the end.' })
    .nullable(),
})

const catalogueLine = z.looseObject({ slug: text, title: text }).meta({
  description:
    'A line of the catalogue, as /data has it: what is known of a show, with its seasons and who says what of them. What is unknown is left out.',
})

const claimLine = z
  .strictObject({
    id: text,
    show: text.meta({ description: '`greenlit:` and the slug of the show.' }),
    season: seasonNumber,
    kind: z.enum(CLAIM_KINDS),
    value: text.meta({ description: 'What was said, in our words.' }),
    date: edtf.nullable(),
    who: text.nullable(),
    status: z.enum(['confirmed', 'returning', 'expected', 'new', 'out']).nullable(),
    modality: z.enum(['done', 'planned']),
    citing: text.meta({ description: 'The outlet that is only repeated here.' }).nullable(),
    publisher: text,
    url,
    published_on: day.nullable(),
    source_class: z.enum(SOURCE_CLASSES),
    seen_on: day,
    recorded_at: text.meta({ description: 'When it was written down, UTC to the microsecond.' }),
    retracted: z
      .strictObject({ on: day, reason: text })
      .meta({ description: 'When and why it was taken back; null while it counts.' })
      .nullable(),
  })
  .meta({ description: 'A line of the claims, as /data has it.' })

const eventLine = z
  .strictObject({
    key: text.meta({ description: 'What every feed calls it.' }),
    show: text,
    season: seasonNumber,
    kind: z.enum(EVENT_KINDS),
    was: changeValue,
    became: changeValue,
    because: z.array(text).meta({ description: 'Ids of the claims behind it.' }),
    happened_on: day,
    ordinal: count.meta({ description: 'Tells apart what happened twice on one day.' }),
    recorded_at: text.meta({ description: 'When it was written down, UTC to the second.' }),
    state: z.enum(['stands', 'corrected', 'withdrawn']).meta({
      description: 'Corrected: told, and found wrong. Withdrawn: taken back before anybody was told.',
    }),
  })
  .meta({ description: 'A line of the events, as /data has it.' })

const operation = z
  .strictObject({
    serial: z.int().min(1).meta({ description: 'Its number; later changes have higher ones.' }),
    op: z.enum(OPERATIONS),
    part: z.enum(PARTS),
    key: text.meta({ description: 'The slug of a show, the id of a claim, the key of an event.' }),
    line: z
      .union([catalogueLine, claimLine, eventLine])
      .meta({ description: 'The whole line under this key from now on; null where it is no more.' })
      .nullable(),
  })
  .meta({
    description:
      'One change of the open data. Put or remove the line of each in turn, beginning with nothing: what you hold is the export.',
  })

const operations = z.strictObject({
  operations: z.array(operation),
  next: count.meta({ description: 'Give it as `after` for what follows, now or tomorrow.' }),
  up_to_date: z.boolean().meta({
    description: 'True where nothing had changed beyond this page: you hold the export of this moment.',
  }),
})

const problem = z
  .strictObject({
    type: text,
    title: text,
    status: z.int(),
    detail: text.meta({ description: 'A sentence that says what is wrong and what would be right.' }),
    parameter: text.meta({ description: 'The parameter at fault.' }).optional(),
  })
  .meta({ description: 'RFC 9457 problem details.' })

/** Every shape under the name its description has. */
export const SHAPES = {
  Window: window,
  Claim: claim,
  Forecast: forecast,
  Season: season,
  Show: show,
  ListedShow: listedShow,
  ShowList: showList,
  Found: found,
  SearchResults: searchResults,
  Change: change,
  Changes: changes,
  CatalogueLine: catalogueLine,
  ClaimLine: claimLine,
  EventLine: eventLine,
  Operation: operation,
  Operations: operations,
  Problem: problem,
} as const

export type ShapeName = keyof typeof SHAPES

/** `GET /api/v1/shows/{slug}`. */
export type ApiShow = z.infer<typeof show>
/** A season within it. */
export type ApiSeason = z.infer<typeof season>
/** An estimate of the season waited for. */
export type ApiForecast = z.infer<typeof forecast>
/** A show in `GET /api/v1/shows`. */
export type ApiListedShow = z.infer<typeof listedShow>
/** A show that was found. */
export type ApiFound = z.infer<typeof found>
/** A change in `GET /api/v1/changes`. */
export type ApiChange = z.infer<typeof change>
/** Changes as operations, in `GET /api/v1/changes?after=`. */
export type ApiOperations = z.infer<typeof operations>
