import { z } from 'zod'
import { LAMPS, SHOW_STATUSES } from '@/db/schema/words'
import { filterSlug } from '@/lib/shared/slug'
import { hasUnsafeCharacters } from '@/lib/shared/text'

/** A term begins with a letter or digit, and has no signs but those of names: "Law & Order", "Disney+", "ABC (AU)". */
const TERM = /^[\p{L}\p{N}][\p{L}\p{M}\p{N} '’&+.,!|@:/()-]{0,79}$/u

/** A term as the list's addresses have it, or in the words of the page: "Talk show" is talk-show. */
const term = z.string().regex(TERM).transform(filterSlug).pipe(z.string().min(1))

const YEAR_MIN = 1920
const YEAR_MAX = 2100

const filterSchema = z.object({
  genre: term.optional(),
  country: term.optional(),
  language: term.optional(),
  network: term.optional(),
  kind: term.optional(),
  tag: term.optional(),
  year: z
    .string()
    .regex(/^\d{4}$/)
    .refine((year) => Number(year) >= YEAR_MIN && Number(year) <= YEAR_MAX)
    .optional(),
  person: z
    .string()
    .min(1)
    .max(200)
    .refine((name) => !hasUnsafeCharacters(name))
    .optional(),
  status: term.pipe(z.enum(SHOW_STATUSES)).optional(),
  lamp: term.pipe(z.enum(LAMPS)).optional(),
  sort: z.enum(['popular', 'title', 'newest', 'next']).default('popular'),
})

/** Which shows a list holds and in which order, with the place to go on from. */
export type BrowseFilter = z.infer<typeof filterSchema> & { cursor?: BrowseCursor }

/** The last row of a page (or its first, going back): its sort key and id. */
export interface BrowseCursor {
  key: string
  id: number
  direction: 'next' | 'previous'
}

const SENTENCES: Record<string, string> = {
  status: `status is one of ${SHOW_STATUSES.join(', ')}`,
  lamp: `lamp is one of ${LAMPS.join(', ')}`,
  sort: 'sort is one of popular, title, newest, next',
  year: `year is the year a show began, ${YEAR_MIN} to ${YEAR_MAX}`,
  person: 'person is a name of at most 200 characters, without control characters',
}

/** Writes a cursor as text fit for a URL. */
export function writeCursor(cursor: BrowseCursor): string {
  return Buffer.from(JSON.stringify([cursor.direction === 'next' ? 1 : 0, cursor.key, cursor.id])).toString(
    'base64url',
  )
}

const cursorSchema = z.tuple([
  z.union([z.literal(0), z.literal(1)]),
  z
    .string()
    .max(500)
    .refine((key) => !hasUnsafeCharacters(key)),
  z.number().int().min(0).max(2_147_483_647),
])

/** Reads a cursor back; undefined for anything `writeCursor` did not write. */
export function readCursor(text: string): BrowseCursor | undefined {
  if (text.length > 1_000 || !/^[\w-]+$/.test(text)) return undefined
  try {
    const [forward, key, id] = cursorSchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')))
    return { direction: forward ? 'next' : 'previous', key, id }
  } catch {
    return undefined
  }
}

/** Reads a query string's values; unknown names are ignored, bad values refused with a sentence. */
export function parseBrowseFilter(
  params: Record<string, string | string[] | undefined>,
): { ok: true; filter: BrowseFilter } | { ok: false; reason: string } {
  const given: Record<string, string> = {}
  for (const name of [...Object.keys(filterSchema.shape), 'cursor']) {
    const value = params[name]
    if (Array.isArray(value)) return { ok: false, reason: `${name} was given more than once` }
    if (value) given[name] = value
  }
  const { cursor: cursorText, ...rest } = given
  const parsed = filterSchema.safeParse(rest)
  if (!parsed.success) {
    const field = String(parsed.error.issues[0]?.path[0] ?? 'filter')
    return {
      ok: false,
      reason: SENTENCES[field] ?? `${field} is a word or a few, of letters and digits`,
    }
  }
  if (cursorText === undefined) return { ok: true, filter: parsed.data }
  const cursor = readCursor(cursorText)
  if (!cursor) return { ok: false, reason: 'the cursor is not one this site has given out' }
  if (SORT_KEY_IS_NUMBER[parsed.data.sort] && cursor.key !== '' && !Number.isFinite(Number(cursor.key)))
    return { ok: false, reason: 'the cursor belongs to another order of the list' }
  return { ok: true, filter: { ...parsed.data, cursor } }
}

/** Orders whose sort key is a number; the others compare as text. */
const SORT_KEY_IS_NUMBER = { popular: true, title: false, newest: false, next: false } as const
