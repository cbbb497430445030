import 'server-only'
import { and, eq, gt, isNull, lt, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { follow } from '@/db/schema/follow'
import { listImport, listImportFollow, listImportRow } from '@/db/schema/list-import'
import { transaction } from '@/db/transaction'
import { lockReader } from '@/lib/accounts/lock'
import type { Viewer } from '@/lib/accounts/types'
import { FOLLOWS_MAX } from '@/lib/follows/rules'
import { LIMITS, limited, spend } from '@/lib/shared/rate-limit'
import { refusal } from '@/lib/shared/refusal'
import { takeTurn } from '@/lib/shared/turn'
import { readApart } from './apart'
import { type JudgedRow, judgeRows } from './judge'
import { importPlaces } from './places'
import { isImportId } from './queries'
import { DRAFT_LIFETIME_MS, FILMS_ONLY, plainAnswer, shownFileName, UNDO_LIFETIME_MS } from './rules'
import type { ImportRefusal } from './types'

const ROWS_AT_ONCE = 500
const NOBODY = refusal('signed-out', 'Sign in first: an import belongs to an account.')
const UNKNOWN = refusal(
  'unknown-import',
  'There is no such import, or its time has passed. Bring the file again; nothing was changed.',
)

/** Drafts a reader may leave open. */
const DRAFTS_MAX = 5
const NONE_OF_THESE = 'You said that it is none of the shows we know by this name.'
const nothingChosen = (open: number): ImportRefusal => ({
  ok: false,
  reason: 'answer',
  message: `Choose a show, or “None of these”, for at least one of the ${open} questions. Nothing was followed; all of them stay open.`,
})

/** Longer than any import takes: a process that died in the middle of one keeps its reader waiting so long. */
const TURN_SECONDS = 60
const ONE_AT_A_TIME: ImportRefusal = {
  ok: false,
  reason: 'limit',
  message: 'Another list of yours is being read. Wait until that is done, then bring this one.',
  retryAfterSeconds: 5,
}
const ALL_BUSY: ImportRefusal = {
  ok: false,
  reason: 'unavailable',
  message:
    'Many lists are being read just now. Nothing was kept: bring yours again in a quarter of a minute.',
  retryAfterSeconds: 15,
}
const BROKEN: ImportRefusal = {
  ok: false,
  reason: 'unavailable',
  message: 'Importing is out of order for a moment. Nothing was kept: try again in half a minute.',
  retryAfterSeconds: 30,
}

interface Brought {
  bytes: Uint8Array
  fileName: string
  now: Date
}

/**
 * Reads a file that the viewer brings and keeps what would come of it as a draft, for a day. Nothing is followed.
 * A draft takes the place of an earlier one of the same file. A reader brings one file at a time, a process reads
 * two: whoever comes while that many are being read waits for some seconds, or is told when to come again.
 */
export async function draftImport(
  viewer: Viewer | null,
  brought: Brought,
): Promise<{ ok: true; id: string } | ImportRefusal> {
  if (!viewer) return NOBODY
  const refused = limited(await spend(LIMITS.import, viewer.id), {
    often: 'That was more than 20 files in ten minutes. Wait a little and try again.',
    broken: 'Importing is out of order for a moment.',
  })
  if (refused) return refused
  const giveBack = await takeTurn('import', viewer.id, TURN_SECONDS)
  if (!giveBack) return ONE_AT_A_TIME
  try {
    const leave = await importPlaces().take()
    if (!leave) return ALL_BUSY
    try {
      return await readDraft(viewer, brought)
    } finally {
      leave()
    }
  } finally {
    // A turn that cannot be given back ends by itself; what was kept is kept.
    await giveBack().catch(() => {})
  }
}

async function readDraft(
  viewer: Viewer,
  { bytes, fileName, now }: Brought,
): Promise<{ ok: true; id: string } | ImportRefusal> {
  const reading = await readApart(bytes, fileName)
  if (!reading.ok)
    return 'broken' in reading ? BROKEN : { ok: false, reason: 'file', message: reading.message }
  const ofTitles = await judgeRows(reading.rows)
  const isFilms = reading.rows.every(({ kind }) => kind === 'film')
  if (isFilms && reading.unreadable.length === 0 && ofTitles.every(({ verdict }) => verdict === 'left-out'))
    return { ok: false, reason: 'file', message: FILMS_ONLY }
  const judged: JudgedRow[] = [
    ...ofTitles,
    ...reading.unreadable.map(
      ({ line, unit = 'Line', title, reason, leftOut }): JudgedRow => ({
        title,
        ids: {},
        verdict: leftOut ? 'left-out' : 'unmatched',
        reason: line === null ? reason : `${reason} (${unit} ${line})`,
        candidates: [],
      }),
    ),
  ]
  return transaction(async () => {
    // The same file brought again takes the place of its draft; others wait, as many as anybody would leave open.
    await db().execute(sql`
      delete from list_import where id in (
        select id from (
          select id, service, file_name, row_number() over (order by created_at desc) as place from list_import
           where reader_id = ${viewer.id} and confirmed_at is null) draft
         where (service = ${reading.service} and file_name = ${shownFileName(fileName)}) or place >= ${DRAFTS_MAX})`)
    const [made] = await db()
      .insert(listImport)
      .values({
        readerId: viewer.id,
        service: reading.service,
        fileName: shownFileName(fileName),
        createdAt: now,
        expiresAt: new Date(now.getTime() + DRAFT_LIFETIME_MS),
      })
      .returning({ id: listImport.id })
    const importId = made!.id
    const rows = judged.map((row, position) => ({ ...row, importId, position }))
    for (let i = 0; i < rows.length; i += ROWS_AT_ONCE)
      await db()
        .insert(listImportRow)
        .values(rows.slice(i, i + ROWS_AT_ONCE))
    return { ok: true as const, id: importId }
  })
}

/** What a reader answers: for a row's position a show's slug, or null for "none of these". */
export type Answers = Map<number, string | null>

interface Resolved {
  /** Shows by the positions of the rows they are the answers for. */
  chosen: Map<number, number>
  /** The rows of which the reader says that they are none of the choices. */
  none: number[]
  /** How many questions stay open. */
  open: number
}

/** What the open questions are answered with; a sentence where an answer is not among the choices. */
async function resolveAnswers(
  importId: string,
  answers: Answers,
  takePlain: boolean,
): Promise<Resolved | ImportRefusal> {
  const open = await db()
    .select()
    .from(listImportRow)
    .where(
      and(
        eq(listImportRow.importId, importId),
        eq(listImportRow.verdict, 'question'),
        isNull(listImportRow.showId),
      ),
    )
  const ids = [...new Set(open.flatMap(({ candidates }) => candidates.map(({ show }) => show)))]
  const shows = await db().execute<{ id: number; slug: string; year: number | null }>(sql`
    select s.id, s.slug,
           (select extract(year from min(n.premiere_earliest))::int from season n where n.show_id = s.id) as year
      from show s where s.id = any(${sql.param(ids)}::int[])`)
  const bySlug = new Map(shows.map(({ slug, id }) => [slug, id]))
  const years = new Map(shows.map(({ id, year }) => [id, year]))
  const chosen = new Map<number, number>()
  const none: number[] = []
  for (const row of open) {
    const answer = answers.get(row.position)
    if (answer === null) {
      none.push(row.position)
      continue
    }
    const showId =
      answer === undefined
        ? takePlain
          ? plainAnswer(row, (id) => years.get(id) ?? null)
          : null
        : bySlug.get(answer)
    if (answer !== undefined && !row.candidates.some(({ show }) => show === showId))
      return {
        ok: false,
        reason: 'answer',
        message: `For “${row.title}” that show is not one of the choices. Nothing was followed; choose again.`,
      }
    if (showId) chosen.set(row.position, showId)
  }
  return { chosen, none, open: open.length - chosen.size - none.length }
}

type OwnImport = typeof listImport.$inferSelect

/**
 * Does `work` on an import of the viewer's own that has not run out, in one transaction that holds their row and the
 * import's. Safe to repeat where `work` is.
 */
async function withOwnImport<Done>(
  viewer: Viewer | null,
  id: string,
  now: Date,
  work: (found: OwnImport) => Promise<Done | ImportRefusal>,
): Promise<Done | ImportRefusal> {
  if (!viewer) return NOBODY
  if (!isImportId(id)) return UNKNOWN
  return transaction(
    async () => {
      if (!(await lockReader(viewer.id))) return NOBODY
      const [found] = await db()
        .select()
        .from(listImport)
        .where(and(eq(listImport.id, id), eq(listImport.readerId, viewer.id), gt(listImport.expiresAt, now)))
        .for('update')
      return found ? work(found) : UNKNOWN
    },
    { idempotent: true },
  )
}

/**
 * Follows what a draft says, in one transaction: the next season of every show that matched or was answered, as of now, in
 * the list's order and as many as there is room for below 2,000 follows; the rest waits to be confirmed again. Questions
 * left open stay open as long as the import can be undone, to be answered the same way. Safe to repeat: what was answered
 * is answered, and what is followed stays as it is. Where there is no room at all, an answer is none of the choices, or
 * there are questions only and none is answered, nothing is followed.
 */
export async function confirmImport(
  viewer: Viewer | null,
  { id, answers, takePlain, now }: { id: string; answers: Answers; takePlain: boolean; now: Date },
): Promise<{ ok: true; added: number } | ImportRefusal> {
  return withOwnImport(viewer, id, now, async (draft) => {
    if (draft.undoneAt) return { ok: true as const, added: 0 }
    const resolved = await resolveAnswers(id, answers, takePlain)
    if ('ok' in resolved) return resolved
    const { chosen, none, open } = resolved
    await db().execute(sql`
      update list_import_row r set show_id = answer.show_id
        from unnest(${sql.param([...chosen.keys()])}::int[], ${sql.param([...chosen.values()])}::int[])
             as answer (position, show_id)
       where r.import_id = ${id} and r.position = answer.position`)
    await db().execute(sql`
      update list_import_row set verdict = 'unmatched', reason = ${NONE_OF_THESE}
       where import_id = ${id} and position = any(${sql.param(none)}::int[])`)
    const [{ total } = { total: 0 }] = await db().execute<{ total: number }>(
      sql`select count(*)::int as total from follow where reader_id = ${draft.readerId}`,
    )
    const room = Math.max(0, FOLLOWS_MAX - total)
    const { added, waiting } = await followRows(draft.readerId, id, {
      room,
      now,
      // What was followed the first time may have been unfollowed since.
      only: draft.confirmedAt ? [...chosen.keys()] : null,
    })
    if (!draft.confirmedAt && open > 0 && added.length + waiting + chosen.size + none.length === 0)
      return nothingChosen(open)
    if (room === 0 && waiting > 0) throw new Full(waiting)
    if (added.length > 0)
      await db()
        .insert(listImportFollow)
        .values(added.map(({ id: followId }) => ({ importId: id, followId })))
    await db()
      .update(listImport)
      .set({ confirmedAt: now, expiresAt: new Date(now.getTime() + UNDO_LIFETIME_MS) })
      .where(and(eq(listImport.id, id), isNull(listImport.confirmedAt)))
    return { ok: true as const, added: added.length }
  }).catch((error: unknown) => {
    if (error instanceof Full) return error.refusal
    throw error
  })
}

/**
 * Follows the seasons that an import's rows lead to, in their order, as many as there is room for; the rows of the others
 * wait. What is followed already takes no room.
 * @param only the rows that are answered now, beside those that wait; null for all
 * @returns the follows made, and how many seasons wait
 */
async function followRows(
  readerId: string,
  importId: string,
  { room, now, only }: { room: number; now: Date; only: number[] | null },
): Promise<{ added: { id: number }[]; waiting: number }> {
  const leading = await db().execute<{ season: number; positions: number[] }>(sql`
    select n.id as season, array_agg(r.position order by r.position) as positions
      from list_import_row r
      left join show_state t on t.show_id = r.show_id
      join season n on n.show_id = r.show_id and n.number = coalesce(r.wanted, t.next_season)
     where r.import_id = ${importId} and (r.verdict = 'waiting' or (r.verdict in ('match', 'question')
       and (${only === null} or r.position = any(${sql.param(only ?? [])}::int[]))))
       and not exists (select from follow f where f.reader_id = ${readerId} and f.season_id = n.id)
     group by n.id order by min(r.position)`)
  const [taken, left] = [leading.slice(0, room), leading.slice(room)]
  const mark = (verdict: 'match' | 'waiting', rows: typeof taken) => sql`
    update list_import_row set verdict = ${verdict} where import_id = ${importId}
      and position = any(${sql.param(rows.flatMap(({ positions }) => positions))}::int[])`
  await db().execute(mark('match', taken))
  await db().execute(mark('waiting', left))
  const added = await db().execute<{ id: number }>(sql`
    insert into follow (reader_id, season_id, followed_at)
    select ${readerId}::uuid, season, ${sql.param(now, follow.followedAt)}::timestamptz
      from unnest(${sql.param(taken.map(({ season }) => season))}::int[]) as taken (season)
    on conflict (reader_id, season_id) do nothing
    returning id`)
  return { added: [...added], waiting: left.length }
}

/** Rolls a confirmation back for which there is no room at all. */
class Full extends Error {
  readonly refusal: ImportRefusal
  constructor(waiting: number) {
    super()
    this.refusal = {
      ok: false,
      reason: 'full',
      message: `You follow 2,000 seasons, the most there can be, and this list would add ${waiting.toLocaleString('en')}. Nothing was followed: unfollow some and come back, the list waits here.`,
    }
  }
}

/**
 * Takes back the follows that an import made and that still stand. What was followed before, or unfollowed and
 * followed again by hand since, stays. Safe to repeat.
 */
export async function undoImport(
  viewer: Viewer | null,
  { id, now }: { id: string; now: Date },
): Promise<{ ok: true; removed: number } | ImportRefusal> {
  return withOwnImport(viewer, id, now, async (found) => {
    if (!found.confirmedAt) return UNKNOWN
    const removed = await db().execute<{ id: number }>(sql`
      delete from follow f using list_import_follow i
       where i.import_id = ${id} and f.id = i.follow_id and f.reader_id = ${found.readerId}
      returning f.id`)
    await db()
      .update(listImport)
      .set({ undoneAt: found.undoneAt ?? now })
      .where(eq(listImport.id, id))
    return { ok: true as const, removed: removed.length }
  })
}

/** Removes drafts nobody confirmed within a day, and imports past their undoing. What they follow stays. */
export async function forgetImports(now: Date): Promise<void> {
  await db().delete(listImport).where(lt(listImport.expiresAt, now))
}
