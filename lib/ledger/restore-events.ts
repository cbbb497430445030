import 'server-only'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { db } from '@/db/client'
import { insertRows } from '@/db/rows'
import { season as seasonTable } from '@/db/schema/show'
import { EVENT_KINDS } from '@/db/schema/words'
import { transaction } from '@/db/transaction'
import { isDay } from '@/lib/shared/day'
import { expireTags } from '@/lib/shared/expire-tags'
import { importLines } from '@/lib/shared/import-lines'
import { readJsonLine } from '@/lib/shared/ndjson'
import { CHANGES_TAG, showTag } from '@/lib/shared/tags'
import { hasUnsafeCharacters } from '@/lib/shared/text'
import { resolveShows } from './resolve'
import { takeTurns } from './turn'

const LINE_LENGTH_MAX = 100_000
const short = z
  .string()
  .max(500)
  .refine((text) => !hasUnsafeCharacters(text), 'has control or text-direction characters')

/** An event as a line of the open data. */
const eventRecord = z.object({
  key: z.string().regex(/^[\w-]{1,64}$/, 'is no key of an event'),
  show: short.min(1),
  season: z.int().min(1).max(1000),
  kind: z.enum(EVENT_KINDS),
  was: short,
  became: short,
  because: z.array(z.string().regex(/^[\w-]{1,64}$/)).max(1000),
  happened_on: z.string().refine(isDay, 'is not a day such as 2026-11-22'),
  ordinal: z.int().min(0).max(30_000),
  recorded_at: z.iso.datetime(),
  state: z.enum(['stands', 'corrected', 'withdrawn']),
})
type EventRecord = z.infer<typeof eventRecord>

/** What an import of events did. */
export interface EventsImport {
  lines: number
  added: number
  known: number
  failed: number
}

function check(line: string): { ok: true; record: EventRecord } | { ok: false; problems: string[] } {
  const read = readJsonLine(line, LINE_LENGTH_MAX)
  if (!read.ok) return { ok: false, problems: [read.problem] }
  const parsed = eventRecord.safeParse(read.value)
  if (parsed.success) return { ok: true, record: parsed.data }
  const problems = parsed.error.issues.map(
    ({ path, message }) => `${path.map(String).join('.') || 'the line'}: ${message}`,
  )
  return { ok: false, problems }
}

/**
 * Puts events of an export on record as they were, under their keys and with the days they were written down on; those
 * that are here already are left alone. Readers are told of none. To be done before the claims' states are derived, which
 * then find them known. Bad lines are passed to `report` with their number, and change nothing.
 */
export async function restoreEvents(
  lines: AsyncIterable<string> | Iterable<string>,
  { report = () => {} }: { report?: (message: string) => void } = {},
): Promise<EventsImport> {
  const done = { added: 0, known: 0 }
  const read = await importLines<EventRecord>(lines, {
    check,
    report,
    write: async (batch) => {
      const { refused, added } = await transaction(() => writeBatch(batch), { idempotent: true })
      done.added += added
      done.known += batch.length - refused.length - added
      return { refused }
    },
  })
  return { lines: read.lines, ...done, failed: read.failed }
}

async function writeBatch(batch: { line: number; record: EventRecord }[]) {
  const shows = await resolveShows(batch.map(({ record }) => record.show))
  await takeTurns([...shows.values()].flatMap((found) => (found.ok ? [found.show.id] : [])))
  const refused: { line: number; problem: string }[] = []
  const rows = batch.flatMap(({ line, record }) => {
    const found = shows.get(record.show)
    if (found?.ok) return [{ ...record, show_id: found.show.id, slug: found.show.slug }]
    refused.push({ line, problem: found?.problem ?? 'show: is missing' })
    return []
  })
  const seasons = rows.map(({ show_id, season }) => ({ showId: show_id, number: season }))
  await insertRows(seasonTable, seasons, { known: 'left' })
  const added = await db().execute(sql`
    insert into event (show_id, season_id, kind, was, became, because, happened_on, ordinal, telling, recorded_at, key)
    select x.show_id, season.id, x.kind, x.was, x.became, array(select json_array_elements_text(x.because)), x.happened_on,
      x.ordinal, case x.state when 'stands' then 'silent' else x.state end, x.recorded_at, x.key
    from json_to_recordset(${JSON.stringify(rows)}::json) as x(show_id int, season int, kind text, was text, became text,
      because json, happened_on date, ordinal int, state text, recorded_at timestamptz, key text)
    join season on season.show_id = x.show_id and season.number = x.season
    on conflict do nothing returning id`)
  if (added.length > 0) await expireTags([CHANGES_TAG, ...rows.map(({ slug }) => showTag(slug))])
  return { refused, added: added.length }
}
