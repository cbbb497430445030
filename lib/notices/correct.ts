import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { idList, insertRows } from '@/db/rows'
import { notice } from '@/db/schema/notice'
import { transaction } from '@/db/transaction'
import { CORRECTION_TOPIC } from '@/lib/ledger/events'
import { freshEvents, isAnsweredBy, standingOf } from '@/lib/ledger/rules'
import { deriveShows } from '@/lib/ledger/states'
import { takeTurns } from '@/lib/ledger/turn'
import { type Day, dayOf } from '@/lib/shared/day'
import { expireTags } from '@/lib/shared/expire-tags'
import { CHANGES_TAG, seasonsTag, showTag } from '@/lib/shared/tags'
import type { EventKind, LedgerEvent } from '@/lib/status/claim'
import { replayEvents } from '@/lib/status/rules'
import { DEFAULT_WISHES, PREFERENCE_JSON } from './audience'
import { kindOf } from './channels/all'
import { skipNotices } from './gather'
import type { ChannelKind, Wishes } from './types'
import { dueAt } from './when'

/** Notices answered by a correction in one transaction. */
const NOTICES_PER_BATCH = 2_000
/** How soon to look again at what is just leaving. */
const LEAVING_MS = 10_000

/**
 * Tells of corrections: where a claim was taken back and what it had us say no longer holds, whoever was told hears
 * so, once, on the channel they were told on; whoever was not told yet is not. Safe to repeat and to kill.
 * @returns when to look again at what was just leaving; null where all are dealt with
 */
export async function tellCorrections(now: Date): Promise<{ againAt: Date | null }> {
  const rows = await db().execute<{ id: number; show_id: number }>(sql`
    select o.id, k.show_id from outbox o join correction k on k.id = (o.payload ->> 'correction')::int
    where o.topic = ${CORRECTION_TOPIC} and o.processed_at is null order by o.id`)
  let againAt: Date | null = null
  for (const { id, show_id } of rows) {
    let step: Awaited<ReturnType<typeof correctStep>>
    do step = await transaction(() => correctStep(id, show_id, now), { idempotent: true })
    while (step === 'more')
    if (step === 'wait') againAt = new Date(now.getTime() + LEAVING_MS)
  }
  return { againAt }
}

interface Correction extends Record<string, unknown> {
  correction: number
  after: number | null
  claim_id: string | null
  show_id: number
  slug: string
  season_id: number | null
}

interface EventRow extends Record<string, unknown> {
  id: number
  kind: EventKind
  was: string
  became: string
  happened_on: Day
}

/** One batch. 'wait': a mail about it is just leaving, and whether it was told is known in a moment. */
async function correctStep(outboxId: number, showId: number, now: Date): Promise<'more' | 'done' | 'wait'> {
  await takeTurns([showId])
  const [row] = await db().execute<Correction>(sql`
    select k.id as correction, (o.payload ->> 'after')::int as after, k.claim_id, k.show_id, k.season_id, show.slug
    from outbox o join correction k on k.id = (o.payload ->> 'correction')::int join show on show.id = k.show_id
    where o.id = ${outboxId} and o.processed_at is null for update of o skip locked`)
  if (!row) return 'done'
  const wrong = row.claim_id && row.season_id ? await wronglyTold(row, row.season_id, now) : null
  if (wrong) {
    await takeBack(wrong.notices, now)
    // After that, not before: what is taken back can no longer begin to leave, and what remains has begun.
    if (await isLeaving(wrong.notices)) return 'wait'
    await db().execute(sql`update event set telling = 'corrected' where id in ${idList(wrong.events)}`)
    await expireTags([CHANGES_TAG, showTag(row.slug), seasonsTag(row.slug)])
    const after = await writeCorrections(row, wrong, now)
    if (after !== null) {
      await db().execute(
        sql`update outbox set payload = payload || jsonb_build_object('after', ${after}::int) where id = ${outboxId}`,
      )
      return 'more'
    }
  }
  await db().execute(
    sql`update outbox set processed_at = ${now.toISOString()}::timestamptz where id = ${outboxId}`,
  )
  return 'done'
}

/** The events the claim caused that no longer hold, and a condition for the notices that told of them. */
async function wronglyTold({ claim_id, show_id, after }: Correction, seasonId: number, now: Date) {
  const today = dayOf(now)
  const [show] = await deriveShows([show_id], today)
  const season = show?.seasons.find(({ id }) => id === seasonId)
  if (!season) return null
  const rows = await db().execute<EventRow & { telling: string }>(sql`
    select id, kind, was, became, happened_on::text as happened_on, telling from event
    where season_id = ${seasonId} and because @> array[${claim_id}]::text[]
      and (telling = 'told' or (telling = 'corrected' and ${after !== null})) order by id`)
  const standing = standingOf(season.status)
  const history = replayEvents(season.claims, season.facts, today)
  const events = [...rows].filter((event) => {
    if (event.telling === 'corrected') return true
    const told: LedgerEvent = { ...event, season: 0, because: [], happenedOn: event.happened_on }
    return !(isAnsweredBy(told, standing) ?? freshEvents([told], history).length === 0)
  })
  const { premiere } = season.status
  const day = premiere && premiere.earliest === premiere.latest ? premiere.latest : ''
  const [claim] = await db().execute<{ day: Day | null }>(sql`
    select case when earliest = latest then latest::text end as day from claim where id = ${claim_id}`)
  // A premiere told by the clock rests on the claim that gave its day.
  const premiereTold = claim?.day && claim.day !== day ? `premiere:${seasonId}:${claim.day}` : ''
  const ids = events.map(({ id }) => id)
  return {
    seasonId,
    events: ids,
    notices: sql`n.season_id = ${seasonId} and (n.event_id in ${idList(ids)} or n.about = ${premiereTold})`,
  }
}

type Condition = ReturnType<typeof sql>

async function isLeaving(notices: Condition): Promise<boolean> {
  const left = await db().execute(
    sql`select from notice n where ${notices} and n.state in ('due', 'gathered') limit 1`,
  )
  return left.length > 0
}

/** What has not left yet does not leave; a mail it was gathered into is written anew without it. */
async function takeBack(notices: Condition, now: Date): Promise<void> {
  const rows = await db().execute<{ id: number }>(
    sql`select n.id from notice n where ${notices} and n.state in ('due', 'gathered')`,
  )
  await withdrawNotices(
    [...rows].map(({ id }) => id),
    'taken back before it was sent',
    now,
  )
}

/**
 * Settles notices that shall not be sent. A mail that holds some of them and has not left is written anew without
 * them; one that is just leaving cannot be called back, and its notices are settled by what becomes of it.
 */
export async function withdrawNotices(ids: number[], reason: string, now: Date): Promise<void> {
  if (ids.length === 0) return
  // Whoever is writing them into a mail this moment is waited for: that mail is then seen below.
  await db().execute(sql`select from notice where id in ${idList(ids)} order by id for update`)
  // The notices' own reference to a mail that goes is emptied by the database.
  await db().execute(sql`
    with held as (select distinct mail_id from notice where id in ${idList(ids)} and state = 'gathered')
    update notice set state = 'due' from mail m
    where m.id = notice.mail_id and m.id in (select mail_id from held) and notice.state = 'gathered' and m.sent_at is null
      and (m.leased_until is null or m.leased_until <= ${now.toISOString()}::timestamptz)`)
  await db().execute(sql`
    delete from mail m where m.sent_at is null and m.reader_id is not null
      and exists (select 1 from notice n where n.mail_id = m.id and n.state = 'due')`)
  const rows = await db().execute<{ id: number }>(
    sql`select id from notice where id in ${idList(ids)} and state = 'due'
      and (leased_until is null or leased_until <= ${now.toISOString()}::timestamptz)`,
  )
  await skipNotices(
    [...rows].map(({ id }) => ({ id, reason })),
    now,
  )
}

interface ToldRow extends Record<string, unknown> {
  id: number
  reader_id: string
  channel_id: number
  kind: ChannelKind
  preference: Wishes | null
}

/** @returns the last notice answered, null when all are */
async function writeCorrections(
  { correction, after }: Correction,
  wrong: { seasonId: number; notices: Condition },
  now: Date,
): Promise<number | null> {
  const told = await db().execute<ToldRow>(sql`
    select n.id, n.reader_id, n.channel_id, c.kind, ${PREFERENCE_JSON} as preference
    from notice n join channel c on c.id = n.channel_id left join preference p on p.reader_id = n.reader_id
    where ${wrong.notices} and n.state = 'sent' and n.id > ${after ?? 0} order by n.id limit ${NOTICES_PER_BATCH}`)
  const rows = [...told].map(({ reader_id, channel_id, kind, preference }) => {
    // Wrong news is mended at once, quiet hours excepted.
    const due = dueAt(now, { ...(preference ?? DEFAULT_WISHES), cadence: 'now' })
    return {
      readerId: reader_id,
      channelId: channel_id,
      about: `correction:${correction}`,
      kind: 'correction' as const,
      seasonId: wrong.seasonId,
      correctionId: correction,
      dueAt: kindOf(kind)?.isMachine ? now : due,
      createdAt: now,
    }
  })
  await insertRows(notice, rows, { known: 'left' })
  return told.length < NOTICES_PER_BATCH ? null : ([...told].at(-1)?.id ?? null)
}
