import 'server-only'
import { and, asc, count, eq, gt, inArray, ne, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { channel } from '@/db/schema/notice'
import { refuseInTransaction, transaction } from '@/db/transaction'
import { lockReader } from '@/lib/accounts/lock'
import type { Follower } from '@/lib/accounts/types'
import { LIMITS, type Limit, limited, spend } from '@/lib/shared/rate-limit'
import { letterSiteUrl } from '@/lib/shared/site'
import { DIRECT_KINDS, directKindOf, KINDS, kindOf } from './channels/all'
import { type DirectKind, type Kept, type Means, REAL } from './channels/kind'
import type { ChannelForm, ChannelLine, ChannelResult, ChannelSection, NoticeMessage } from './types'

type Refused = Extract<ChannelResult, { ok: false }>

const NOBODY: Refused = {
  ok: false,
  reason: 'signed-out',
  message: 'Sign in first: a channel belongs to a reader.',
}
const NO_CHANNEL: Refused = {
  ok: false,
  reason: 'no-channel',
  message: 'You have no such channel; it may have been removed already.',
}
const wrong = (message: string, field?: string): Refused => ({
  ok: false,
  reason: 'channel',
  message,
  field,
})

const overLimit = async (limit: Limit, reader: Follower): Promise<Refused | null> =>
  limited(await spend(limit, reader.id), {
    often: 'That was too often in a short time. Wait a little and try again.',
    broken: 'Channels cannot be changed for a moment.',
  })

const own = (reader: Follower, id: number) => and(eq(channel.id, id), eq(channel.readerId, reader.id))

const isDirect = inArray(
  channel.kind,
  DIRECT_KINDS.map(({ kind }) => kind),
)

/** Adds a channel, or puts the one of the same address right again. */
async function add(reader: Follower, kind: DirectKind, kept: Kept): Promise<ChannelResult> {
  const { address, keys, label } = kept
  return transaction(
    async () => {
      if (!(await lockReader(reader.id))) return NOBODY
      if (kind.movesBy)
        await db()
          .delete(channel)
          .where(
            and(
              eq(channel.kind, kind.kind),
              eq(channel.address, address),
              ne(channel.readerId, reader.id),
              sql`${channel.keys}->>${kind.movesBy}::text = ${keys[kind.movesBy]}`,
            ),
          )
      const [{ total, there } = { total: 0, there: 0 }] = await db()
        .select({
          total: count(),
          there: sql<number>`(count(*) filter (where ${channel.address} = ${address}))::int`,
        })
        .from(channel)
        .where(and(eq(channel.readerId, reader.id), eq(channel.kind, kind.kind)))
      if (there === 0 && total >= kind.most)
        return { ok: false as const, reason: 'full' as const, message: kind.full }
      const [made] = await db()
        .insert(channel)
        .values({ readerId: reader.id, kind: kind.kind, address, keys, label })
        .onConflictDoUpdate({
          target: [channel.readerId, channel.kind, channel.address],
          set: {
            // The receiver knows its secret already.
            keys: kind.hasSecret
              ? sql`excluded.keys || jsonb_build_object('secret', ${channel.keys}->>'secret')`
              : keys,
            label,
            enabled: true,
            suspendedAt: null,
            broughtAt: null,
          },
        })
        .returning({ id: channel.id })
      return { ok: true as const, id: made!.id }
    },
    { idempotent: true },
  )
}

/**
 * Adds a channel of a kind by the fields of its form, and makes its secret where it has one. Safe to repeat: the same
 * address is one channel, and keeps its secret. Each kind says how many a reader may have.
 */
export async function addChannel(
  reader: Follower | null,
  kind: string,
  fields: Record<string, string>,
): Promise<ChannelResult> {
  if (!reader) return NOBODY
  const known = directKindOf(kind)
  if (!known)
    return wrong(`A channel that can be added is one of ${DIRECT_KINDS.map((k) => k.kind).join(', ')}.`)
  const read = known.fields.safeParse(fields)
  if (!read.success) {
    const { message, path } = read.error.issues[0]!
    return wrong(message, path[0]?.toString())
  }
  return (await overLimit(LIMITS.channels, reader)) ?? add(reader, known, read.data)
}

/** The form by which a reader adds a channel of a kind; null where there is none. */
export const formOf = (kind: string): ChannelForm | null => directKindOf(kind)?.entry.form ?? null

/** Ends a channel; a mail address is turned off instead. */
export async function removeChannel(reader: Follower | null, id: number): Promise<ChannelResult> {
  if (!reader) return NOBODY
  const [removed] = await db()
    .delete(channel)
    .where(and(own(reader, id), isDirect))
    .returning({ id: channel.id })
  return removed ? { ok: true, ...removed } : NO_CHANNEL
}

/** Ends a channel by its address, as a browser asks for it that knows no number. Safe to repeat. */
export async function removeChannelAt(
  reader: Follower | null,
  kind: DirectKind['kind'],
  address: string,
): Promise<{ ok: true } | Refused> {
  if (!reader) return NOBODY
  await db()
    .delete(channel)
    .where(
      and(eq(channel.readerId, reader.id), eq(channel.kind, kind), eq(channel.address, address), isDirect),
    )
  return { ok: true }
}

async function change(
  reader: Follower | null,
  id: number,
  values: { enabled: boolean; suspendedAt?: null; broughtAt?: null },
): Promise<ChannelResult> {
  if (!reader) return NOBODY
  const refused = await overLimit(LIMITS.channels, reader)
  if (refused) return refused
  const [changed] = await db()
    .update(channel)
    .set(values)
    .where(own(reader, id))
    .returning({ id: channel.id })
  return changed ? { ok: true, ...changed } : NO_CHANNEL
}

/** Tells on a channel again, also after the other side had refused for good. Safe to repeat. */
export const enableChannel = (reader: Follower | null, id: number) =>
  change(reader, id, { enabled: true, suspendedAt: null, broughtAt: null })

/** Tells nothing on a channel until it is enabled. Safe to repeat. */
export const disableChannel = (reader: Follower | null, id: number) => change(reader, id, { enabled: false })

function testMessage(id: string): NoticeMessage {
  return {
    id,
    kind: 'test',
    title: 'Greenlit can reach you here',
    body: 'This is the test you asked for. What you follow will be told in this place.',
    url: `${letterSiteUrl()}/following`,
    source: null,
    show: 'Greenlit',
    season: null,
    happenedOn: null,
  }
}

/** Sends one test message now and writes down what came of it. Ten in ten minutes a reader. */
export async function testChannel(
  reader: Follower | null,
  id: number,
  means: Means = REAL,
): Promise<ChannelResult> {
  refuseInTransaction('Testing a channel')
  if (!reader) return NOBODY
  const [found] = await db().select().from(channel).where(own(reader, id))
  const kind = found && directKindOf(found.kind)
  if (!kind) return NO_CHANNEL
  const refused = await overLimit(LIMITS.channelTests, reader)
  if (refused) return refused
  const outcome = await kind.deliver(testMessage(`test.${crypto.randomUUID()}`), found, means)
  const at = means.now()
  const told =
    outcome.outcome === 'sent'
      ? { lastDeliveredAt: at }
      : {
          lastRefusedAt: at,
          lastRefusal: outcome.reason,
          ...(outcome.outcome === 'refused' && outcome.ends && { suspendedAt: at }),
        }
  await db().update(channel).set(told).where(own(reader, id))
  if (outcome.outcome === 'sent') return { ok: true, id }
  return { ok: false, reason: 'undelivered', message: `The test was not delivered. ${outcome.reason}` }
}

/** The secret of one of the reader's own channels, where its kind has one to show; null for every other id. */
export async function getChannelSecret(reader: Follower, id: number): Promise<string | null> {
  const [found] = await db().select().from(channel).where(own(reader, id))
  return found && directKindOf(found.kind)?.hasSecret ? (found.keys?.secret ?? null) : null
}

const instant = (date: Date | null) => date?.toISOString() ?? null

/** A channel's line; none for a kind that is none any more. */
function linesOf(row: typeof channel.$inferSelect): ChannelLine[] {
  const kind = kindOf(row.kind)
  if (!kind) return []
  return [
    {
      id: row.id,
      kind: row.kind,
      beside: null,
      fingerprint: null,
      hasSecret: !kind.gathers && kind.hasSecret,
      isDirect: !kind.gathers,
      enabled: row.enabled,
      lastDeliveredAt: instant(row.lastDeliveredAt),
      lastRefusedAt: instant(row.lastRefusedAt),
      lastRefusal: row.lastRefusal,
      suspendedAt: instant(row.suspendedAt),
      broughtAt: instant(row.broughtAt),
      ...kind.lineOf(row),
    },
  ]
}

/** The reader's channels in the order they were added, without anything secret: a webhook's path may be one. */
export async function listChannels(reader: Follower): Promise<ChannelLine[]> {
  const rows = await db()
    .select()
    .from(channel)
    .where(eq(channel.readerId, reader.id))
    .orderBy(asc(channel.id))
  return rows.flatMap(linesOf)
}

/** Every kind of channel in the order of the settings, with the reader's channels of each. */
export async function listChannelSections(reader: Follower): Promise<ChannelSection[]> {
  const lines = await listChannels(reader)
  return KINDS.map((kind) => ({
    kind: kind.kind,
    heading: kind.words.heading,
    about: kind.about ?? null,
    details: kind.details ?? null,
    lines: lines.filter((line) => line.kind === kind.kind),
    whenNone: kind.whenNone ?? null,
    form: formOf(kind.kind),
    island: (!kind.gathers && kind.entry.island) || null,
  }))
}

const BROUGHT_SAID_MS = 86_400_000

/** The channels that came with a list of a browser within the last day and are off until their reader turns them on. */
export async function listBrought(reader: Follower, now: Date): Promise<ChannelLine[]> {
  const rows = await db()
    .select()
    .from(channel)
    .where(
      and(
        eq(channel.readerId, reader.id),
        eq(channel.enabled, false),
        gt(channel.broughtAt, new Date(now.getTime() - BROUGHT_SAID_MS)),
      ),
    )
    .orderBy(asc(channel.id))
  return rows.flatMap(linesOf)
}
