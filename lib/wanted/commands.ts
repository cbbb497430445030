import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { idList } from '@/db/rows'
import { transaction } from '@/db/transaction'
import type { Viewer } from '@/lib/accounts/types'
import { nameKeys } from '@/lib/search/keys'
import { batchesOf } from '@/lib/shared/batches'
import { LIMITS, limited, spend } from '@/lib/shared/rate-limit'
import type { Refusal } from '@/lib/shared/refusal'
import { keepWish } from './keep'
import { hereAlready } from './queries'
import { readWish, WANTED_MAX } from './rules'
import { WANTED_TOPIC } from './tell'

type AskResult = { ok: true } | Refusal<'signed-out' | 'wish' | 'here' | 'full' | 'limit' | 'unavailable'>

const NOBODY = {
  ok: false,
  reason: 'signed-out',
  message: 'Sign in first: what you wait for belongs to your account.',
} as const

/** Keeps the viewer's wish to be told, once, when a show of this name is here. Asking twice is asking once. */
export async function askWanted(viewer: Viewer | null, typed: string, now: Date): Promise<AskResult> {
  if (!viewer) return NOBODY
  const read = readWish(typed)
  if (!read.ok) return { ok: false, reason: 'wish', message: read.message }
  const refused = limited(await spend(LIMITS.wanted, viewer.id), {
    often: `That was more than ${LIMITS.wanted.points} in an hour. Go on later.`,
    broken: 'Keeping wishes is out of order for a moment.',
  })
  if (refused) return refused
  const here = await hereAlready(read.wish)
  if (here)
    return { ok: false, reason: 'here', message: `It is here: ${here.title}, at /shows/${here.slug}.` }
  const kept = await transaction(() => keepWish(viewer.id, read.wish, now), { idempotent: true })
  if (kept === 'gone') return NOBODY
  return kept === 'kept'
    ? { ok: true }
    : {
        ok: false,
        reason: 'full',
        message: `You wait for ${WANTED_MAX} shows already. Take one back in your settings first.`,
      }
}

/** Takes one of the viewer's own wishes back. @returns false where the viewer has none of that id */
export async function dropWanted(viewer: Viewer, id: number): Promise<boolean> {
  const gone = await db().execute(
    sql`delete from wanted where id = ${id} and reader_id = ${viewer.id} returning id`,
  )
  return gone.length > 0
}

/** Shows whose names are compared at a time. */
const SHOWS_AT_ONCE = 2_000

/**
 * Answers the wishes that some shows (all, unless told) fulfil: a show one of whose names has the letters asked for, as
 * an exact search finds it; the best known where several have. The wish is done, and an outbox row of the same
 * transaction has it told, once. Safe to repeat. @returns how many were answered
 */
export async function answerWanted(now: Date, showIds?: readonly number[]): Promise<number> {
  const [open] = await db().execute<{ any: boolean }>(
    sql`select exists (select from wanted where done_at is null) as any`,
  )
  if (!open?.any) return 0
  const ids =
    showIds ?? [...(await db().execute<{ id: number }>(sql`select id from show`))].map(({ id }) => id)
  let answered = 0
  for (const some of batchesOf(ids, SHOWS_AT_ONCE))
    answered += await transaction(() => answerFrom(some, now), { idempotent: true })
  return answered
}

async function answerFrom(showIds: readonly number[], now: Date): Promise<number> {
  const names = await db().execute<{ id: number; name: string }>(sql`
    select show.id, name.text as name from show join show_title name on name.show_id = show.id
    where show.id in ${idList(showIds)}
    order by show.popularity desc nulls last, show.id, name.position`)
  const showOf = new Map<string, number>()
  for (const { id, name } of names)
    for (const key of nameKeys(name)) if (!showOf.has(key)) showOf.set(key, id)
  const wishes = await db().execute<{ id: number; keys: string[] }>(sql`
    select id, keys from wanted
    where done_at is null and keys && ${sql.param([...showOf.keys()])}::text[] order by id for update`)
  const done = [...wishes].map(({ id, keys }) => ({
    id,
    show_id: keys.map((key) => showOf.get(key)).find((show) => show !== undefined),
  }))
  if (done.length === 0) return 0
  const rows = await db().execute(sql`
    with answered as (
      update wanted set done_at = ${now.toISOString()}::timestamptz, show_id = x.show_id
      from json_to_recordset(${JSON.stringify(done)}::json) as x(id int, show_id int)
      where wanted.id = x.id and wanted.done_at is null returning wanted.id)
    insert into outbox (topic, payload) select ${WANTED_TOPIC}, json_build_object('wanted', id) from answered returning id`)
  return rows.length
}

/** How long an answered wish stays on its reader's list. */
const DONE_KEPT_MS = 90 * 86_400_000

/** Removes wishes that were answered long ago. */
export async function forgetWanted(now: Date): Promise<void> {
  await db().execute(
    sql`delete from wanted where done_at < ${new Date(now.getTime() - DONE_KEPT_MS).toISOString()}::timestamptz`,
  )
}
