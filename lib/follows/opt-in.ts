import 'server-only'
import { and, arrayContains, desc, eq, gt, isNull, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { idList } from '@/db/rows'
import { follow } from '@/db/schema/follow'
import { optIn } from '@/db/schema/notice'
import { transaction } from '@/db/transaction'
import { countAsk } from '@/lib/accounts/asked-mail'
import { knownBrowser } from '@/lib/accounts/known'
import { readerOfProven } from '@/lib/accounts/proven'
import { normaliseAddress } from '@/lib/accounts/rules'
import type { Follower } from '@/lib/accounts/types'
import { readWaits } from '@/lib/ledger/waits'
import { enqueueMail } from '@/lib/mail/outbox'
import { ensureMailChannel } from '@/lib/notices/mail-channel'
import type { Refusal } from '@/lib/shared/refusal'
import { hashToken, keyedHash, looksLikeToken, randomToken } from '@/lib/shared/secrets'
import { letterSiteUrl } from '@/lib/shared/site'
import { waitName } from '@/lib/status/waiting'
import { keepWish } from '@/lib/wanted/keep'
import { wantedOptInMail } from '@/lib/wanted/mails'
import { hereAlready } from '@/lib/wanted/queries'
import { readWish } from '@/lib/wanted/rules'
import { optInMail } from './mails'
import { FOLLOWS_MAX, isSeasonName, OPT_IN_LIFETIME_MS } from './rules'
import type { SeasonName } from './types'
import { noteTimeZone } from './wishes'

type AskResult =
  | { ok: true }
  | Refusal<'address' | 'unknown-season' | 'wish' | 'here' | 'limit' | 'unavailable'>

interface Asked {
  address: string
  /** The season wanted, null for all of the basket. */
  name: SeasonName | null
  basket: Follower | null
  /** The name of a show that is not here, to be told once when it is; instead of seasons. */
  wanted?: string | null
  timeZone: string | null
  client: string
  /** The cookie of a browser that has been signed in with before. */
  known?: string | undefined
  now: Date
}

/** The seasons a wish is for. */
async function seasonsAsked({ name, basket }: Asked) {
  if (!name && !basket) return []
  if (name && !isSeasonName(name)) return []
  return readWaits(
    name
      ? sql`show.slug = ${name.slug} and season.number = ${name.number}`
      : sql`season.id in (select season_id from follow where reader_id = ${basket!.id})`,
    FOLLOWS_MAX,
  )
}

/** What is asked for, fit to be kept and said in a mail; or why it cannot be. */
async function readAsk(asked: Asked) {
  if (typeof asked.wanted !== 'string') {
    const seasons = await seasonsAsked(asked)
    if (seasons.length > 0) return { ok: true, seasons, wish: null } as const
    return {
      ok: false,
      reason: 'unknown-season',
      message: 'There is nothing to follow here: name a season of the catalogue.',
    } as const
  }
  const read = readWish(asked.wanted)
  if (!read.ok) return { ok: false, reason: 'wish', message: read.message } as const
  const here = await hereAlready(read.wish)
  if (here)
    return {
      ok: false,
      reason: 'here',
      message: `It is here: ${here.title}, at /shows/${here.slug}.`,
    } as const
  return { ok: true, seasons: [], wish: read.wish } as const
}

/**
 * Asks an address whether it wants to be told by mail, without an account, of seasons or of a show that is not here yet:
 * nothing is followed or kept before its owner says yes. Known and unknown addresses get the same answer and the same mail. The mail says what would be followed.
 * How many mails whom are sent, and when an open link is sent again, says lib/accounts/mail-shares.ts.
 */
export async function askOptIn(asked: Asked): Promise<AskResult> {
  const email = normaliseAddress(asked.address)
  if (!email)
    return {
      ok: false,
      reason: 'address',
      message: 'That is not an address we can write to. Give one plain address, like name@example.org.',
    }
  const ask = await readAsk(asked)
  if (!ask.ok) return ask
  const { seasons, wish } = ask
  const kept = {
    email,
    seasonIds: seasons.map((one) => one.id),
    wanted: wish?.words ?? null,
    timeZone: asked.timeZone ?? 'UTC',
  }
  const open = await openAsk(kept, asked.now)
  const verdict = await countAsk({
    kind: 'opt-in',
    email,
    client: asked.client,
    known: knownBrowser(asked.known, email, asked.now) ?? (asked.basket?.email === email ? 'session' : null),
    openForMs: open && asked.now.getTime() - open.createdAt.getTime(),
  })
  if ('ok' in verdict) return verdict
  if (verdict.mail === 'none') return { ok: true }

  const again = verdict.mail === 'again' ? open : null
  const id = again?.id ?? crypto.randomUUID()
  const about = again ? `opt-in.${id}.${randomToken().slice(0, 8)}` : `opt-in.${id}`
  const { delayMs } = verdict
  await transaction(
    async () => {
      await db()
        .insert(optIn)
        .values({
          id,
          ...kept,
          tokenHash: hashToken(tokenOf(id)),
          createdAt: asked.now,
          expiresAt: new Date(asked.now.getTime() + OPT_IN_LIFETIME_MS),
        })
        .onConflictDoNothing({ target: optIn.id })
      const links = { link: `${letterSiteUrl()}/follow/confirm/${tokenOf(id)}`, site: letterSiteUrl() }
      const words = wish ? wantedOptInMail({ ...links, words: wish.words }) : optInMail({ ...links, seasons })
      await enqueueMail({ about, recipient: email, ...words, delayMs }, asked.now)
    },
    { idempotent: true },
  )
  return { ok: true }
}

/** A link's token is made of its wish's id, under the installation's secret: it can be sent again, only its hash is kept. */
const tokenOf = (id: string) => keyedHash('token.opt-in', id)

/** The same ask of the same address, made within the link's life and not answered yet; the last one. */
async function openAsk(
  {
    email,
    seasonIds,
    wanted,
    timeZone,
  }: { email: string; seasonIds: number[]; wanted: string | null; timeZone: string },
  now: Date,
) {
  const rows = await db()
    .select()
    .from(optIn)
    .where(
      and(
        ...[
          eq(optIn.email, email),
          eq(optIn.timeZone, timeZone),
          seasonIds.length > 0 ? arrayContains(optIn.seasonIds, seasonIds) : undefined,
        ],
        wanted === null ? isNull(optIn.wanted) : eq(optIn.wanted, wanted),
        ...[isNull(optIn.confirmedAt), gt(optIn.expiresAt, now)],
      ),
    )
    .orderBy(desc(optIn.createdAt))
  return (
    rows.find(
      (row) => row.seasonIds.length === seasonIds.length && row.tokenHash === hashToken(tokenOf(row.id)),
    ) ?? null
  )
}

/** What a confirmation link would follow; null for one that is used up, too old, or none. Opening it changes nothing. */
export async function readOptIn(
  token: string,
  now: Date,
): Promise<{ email: string; seasons: string[]; wanted: string | null; done: boolean } | null> {
  if (!looksLikeToken(token)) return null
  const [asked] = await db()
    .select()
    .from(optIn)
    .where(and(eq(optIn.tokenHash, hashToken(token)), gt(optIn.expiresAt, now)))
  if (!asked) return null
  const waits = await readWaits(sql`season.id in ${idList(asked.seasonIds)}`, FOLLOWS_MAX)
  return {
    email: asked.email,
    seasons: waits.map(waitName),
    wanted: asked.wanted,
    done: asked.confirmedAt !== null,
  }
}

/**
 * The address's owner says yes: from now on it follows, or waits for the show it asked for. The address is a reader then, whom signing in with it finds,
 * with everything followed. Safe to press twice.
 * @returns false for a link that is none
 */
export async function confirmOptIn(token: string, now: Date): Promise<boolean> {
  if (!looksLikeToken(token)) return false
  return transaction(
    async () => {
      const [asked] = await db()
        .select()
        .from(optIn)
        .where(and(eq(optIn.tokenHash, hashToken(token)), gt(optIn.expiresAt, now)))
        .for('update')
      if (!asked) return false
      const owner = await readerOfProven(asked.email, now)
      if (owner.suspended) return false
      if (!asked.confirmedAt) {
        await db()
          .update(optIn)
          .set({ confirmedAt: now })
          .where(and(eq(optIn.id, asked.id), isNull(optIn.confirmedAt)))
        const read = asked.wanted === null ? null : readWish(asked.wanted)
        if (read?.ok) await keepWish(owner.id, read.wish, now)
        const room = FOLLOWS_MAX - (await db().$count(follow, eq(follow.readerId, owner.id)))
        const wanted = asked.seasonIds.slice(0, Math.max(0, room))
        if (wanted.length > 0)
          await db()
            .insert(follow)
            .values(wanted.map((seasonId) => ({ readerId: owner.id, seasonId })))
            .onConflictDoNothing()
        await ensureMailChannel(owner.id)
        // Whoever says yes wants mail, also after an earlier no.
        await db().execute(sql`
          update channel set enabled = true where reader_id = ${owner.id} and kind = 'mail'`)
        await noteTimeZone(owner.id, asked.timeZone)
      }
      return true
    },
    { idempotent: true },
  )
}
