import 'server-only'
import { and, asc, count, eq, gt, ne, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { channel } from '@/db/schema/notice'
import { type ChannelKind, WEBHOOK_FORMATS, type WebhookFormat } from '@/db/schema/words'
import { refuseInTransaction, transaction } from '@/db/transaction'
import { lockReader } from '@/lib/accounts/lock'
import type { Follower } from '@/lib/accounts/types'
import { fromEnv } from '@/lib/shared/env'
import { allowanceOf, readTarget } from '@/lib/shared/outbound-address'
import { LIMITS, type Limit, limited, spend } from '@/lib/shared/rate-limit'
import { hashToken } from '@/lib/shared/secrets'
import { letterSiteUrl } from '@/lib/shared/site'
import { hasUnsafeCharacters } from '@/lib/shared/text'
import { deliverPush, deliverWebhook, type Means } from './bring'
import { arePushKeys, isPushHost, type PushKeys } from './push'
import type { ChannelLine, ChannelResult, NoticeMessage } from './types'
import { newWebhookSecret, ntfyTopic } from './webhook'

type Refused = Extract<ChannelResult, { ok: false }>

const CHANNELS_MAX = { push: 10, webhook: 5 } as const
const ADDRESS_MAX = 1_000
const LABEL_MAX = 60

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
const wrong = (message: string): Refused => ({ ok: false, reason: 'channel', message })

const overLimit = async (limit: Limit, reader: Follower): Promise<Refused | null> =>
  limited(await spend(limit, reader.id), {
    often: 'That was too often in a short time. Wait a little and try again.',
    broken: 'Channels cannot be changed for a moment.',
  })

const allowance = () => allowanceOf(fromEnv('GREENLIT_OUTBOUND_ALLOW'))
const own = (reader: Follower, id: number) => and(eq(channel.id, id), eq(channel.readerId, reader.id))

/** Adds a channel, or puts the one of the same address right again. */
async function add(
  reader: Follower,
  kind: 'push' | 'webhook',
  { address, keys, label }: { address: string; keys: Record<string, string>; label: string },
  fullMessage: string,
): Promise<ChannelResult> {
  return transaction(
    async () => {
      if (!(await lockReader(reader.id))) return NOBODY
      if (kind === 'push')
        // One browser tells one reader: whoever holds its keys has it now.
        await db()
          .delete(channel)
          .where(
            and(
              eq(channel.kind, kind),
              eq(channel.address, address),
              ne(channel.readerId, reader.id),
              sql`${channel.keys}->>'auth' = ${keys.auth}`,
            ),
          )
      const [{ total, there } = { total: 0, there: 0 }] = await db()
        .select({
          total: count(),
          there: sql<number>`(count(*) filter (where ${channel.address} = ${address}))::int`,
        })
        .from(channel)
        .where(and(eq(channel.readerId, reader.id), eq(channel.kind, kind)))
      if (there === 0 && total >= CHANNELS_MAX[kind])
        return { ok: false as const, reason: 'full' as const, message: fullMessage }
      const [made] = await db()
        .insert(channel)
        .values({ readerId: reader.id, kind, address, keys, label })
        .onConflictDoUpdate({
          target: [channel.readerId, channel.kind, channel.address],
          set: {
            // A webhook's receiver knows its secret already.
            keys:
              kind === 'push'
                ? keys
                : sql`excluded.keys || jsonb_build_object('secret', ${channel.keys}->>'secret')`,
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

/** Lets a browser be told. Safe to repeat; at most ten browsers a reader. */
export async function addPush(
  reader: Follower | null,
  subscription: { endpoint: string; keys: PushKeys; label: string },
): Promise<ChannelResult> {
  if (!reader) return NOBODY
  const { endpoint, keys, label } = subscription
  const target = readTarget(endpoint, allowance())
  if (endpoint.length > ADDRESS_MAX || !target.ok || !(target.open || isPushHost(target.url)))
    return wrong('That is not a subscription to a push service we know.')
  if (!arePushKeys(keys)) return wrong('The keys of that subscription cannot be used.')
  const refused = await overLimit(LIMITS.channels, reader)
  if (refused) return refused
  return add(
    reader,
    'push',
    { address: endpoint, keys: { p256dh: keys.p256dh, auth: keys.auth }, label: label.slice(0, LABEL_MAX) },
    'Ten browsers are told already, which is the most there can be. Remove one first.',
  )
}

/** Adds a webhook and makes its secret. Safe to repeat: the same address keeps its secret; at most five a reader. */
export async function addWebhook(
  reader: Follower | null,
  { url, format, label }: { url: string; format: string; label: string },
): Promise<ChannelResult> {
  if (!reader) return NOBODY
  const target = readTarget(url.trim(), allowance())
  if (!target.ok) return wrong(target.message)
  if (target.url.href.length > ADDRESS_MAX) return wrong('That address is longer than we can keep.')
  const known = WEBHOOK_FORMATS.find((name) => name === format)
  if (!known) return wrong(`The format is one of ${WEBHOOK_FORMATS.join(', ')}.`)
  if (known === 'ntfy' && !ntfyTopic(target.url.href))
    return wrong('An ntfy address ends in its topic, like https://ntfy.sh/my-shows.')
  const name = label.trim()
  if (name.length > LABEL_MAX || hasUnsafeCharacters(name))
    return wrong(`A name has at most ${LABEL_MAX} characters, letters and signs alone.`)
  const refused = await overLimit(LIMITS.channels, reader)
  if (refused) return refused
  return add(
    reader,
    'webhook',
    {
      address: target.url.href,
      keys: { format: known, secret: newWebhookSecret() },
      label: name || target.url.hostname,
    },
    'You have five webhooks, which is the most there can be. Remove one first.',
  )
}

/** Ends a channel: a browser or a webhook; a mail address is turned off instead. */
export async function removeChannel(reader: Follower | null, id: number): Promise<ChannelResult> {
  if (!reader) return NOBODY
  const [removed] = await db()
    .delete(channel)
    .where(and(own(reader, id), ne(channel.kind, 'mail')))
    .returning({ id: channel.id })
  return removed ? { ok: true, ...removed } : NO_CHANNEL
}

/** Ends the channel of a browser by its endpoint, as the browser itself asks for it. Safe to repeat. */
export async function removePush(reader: Follower | null, endpoint: string): Promise<{ ok: true } | Refused> {
  if (!reader) return NOBODY
  await db()
    .delete(channel)
    .where(and(eq(channel.readerId, reader.id), eq(channel.kind, 'push'), eq(channel.address, endpoint)))
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
  means?: Means,
): Promise<ChannelResult> {
  refuseInTransaction('Testing a channel')
  if (!reader) return NOBODY
  const [found] = await db().select().from(channel).where(own(reader, id))
  if (!found || found.kind === 'mail') return NO_CHANNEL
  const refused = await overLimit(LIMITS.channelTests, reader)
  if (refused) return refused
  const deliver = found.kind === 'push' ? deliverPush : deliverWebhook
  const outcome = await deliver(found, testMessage(`test.${crypto.randomUUID()}`), means)
  const at = means?.now() ?? new Date()
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

/** The webhook secret of one of the reader's own channels; null for every other id. */
export async function getWebhookSecret(reader: Follower, id: number): Promise<string | null> {
  const [found] = await db()
    .select({ keys: channel.keys })
    .from(channel)
    .where(and(own(reader, id), eq(channel.kind, 'webhook')))
  return found?.keys?.secret ?? null
}

const instant = (date: Date | null) => date?.toISOString() ?? null
const hostOf = (address: string) => new URL(address).host
const KIND_WORDS: Record<ChannelKind, string> = { mail: 'Mail', push: 'A browser', webhook: 'A webhook' }

const lineOf = (row: typeof channel.$inferSelect): ChannelLine => ({
  id: row.id,
  kind: row.kind,
  label: row.label ?? KIND_WORDS[row.kind],
  address: row.kind === 'mail' ? row.address : row.kind === 'webhook' ? hostOf(row.address) : null,
  format: row.kind === 'webhook' ? ((row.keys?.format as WebhookFormat) ?? 'json') : null,
  fingerprint: row.kind === 'push' ? hashToken(row.address) : null,
  enabled: row.enabled,
  lastDeliveredAt: instant(row.lastDeliveredAt),
  lastRefusedAt: instant(row.lastRefusedAt),
  lastRefusal: row.lastRefusal,
  suspendedAt: instant(row.suspendedAt),
  broughtAt: instant(row.broughtAt),
})

/** The reader's channels in the order they were added, without anything secret: a webhook's path may be one. */
export async function listChannels(reader: Follower): Promise<ChannelLine[]> {
  const rows = await db()
    .select()
    .from(channel)
    .where(eq(channel.readerId, reader.id))
    .orderBy(asc(channel.id))
  return rows.map(lineOf)
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
  return rows.map(lineOf)
}
