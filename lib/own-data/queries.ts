import 'server-only'
import { eq, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { account, reader, signInRequest } from '@/db/schema/account'
import { follow } from '@/db/schema/follow'
import { listImport, listImportRow } from '@/db/schema/list-import'
import { channel, notice, optIn, preference } from '@/db/schema/notice'
import { mail } from '@/db/schema/outbox'
import { season, show } from '@/db/schema/show'
import { wanted } from '@/db/schema/wanted'
import { listPasskeys, listSessions } from '@/lib/accounts/queries'
import type { SignedIn } from '@/lib/accounts/types'
import { KINDS } from '@/lib/notices/channels/all'
import { listVoices } from '@/lib/related/pairs'
import { listVerdicts } from '@/lib/verdicts/queries'
import type { Holding } from './holdings'

/** Everything we hold about the viewer, in one object fit for JSON. No secrets: hashes and keys open nothing here and stay out. */
export async function exportReader(viewer: SignedIn): Promise<Record<Holding | 'exported_at', unknown>> {
  const [
    [self],
    follows,
    verdicts,
    imports,
    sessions,
    passkeys,
    accounts,
    mails,
    requests,
    named,
    waits,
    telling,
  ] = await Promise.all([
    db().select().from(reader).where(eq(reader.id, viewer.id)),
    db()
      .select({
        show: show.slug,
        title: show.title,
        season: season.number,
        followed_at: follow.followedAt,
        wants: follow.wants,
        lead_days: follow.leadDays,
        cadence: follow.cadence,
        channels: follow.channels,
        muted: follow.muted,
        snoozed_until: follow.snoozedUntil,
      })
      .from(follow)
      .innerJoin(season, eq(season.id, follow.seasonId))
      .innerJoin(show, eq(show.id, season.showId))
      .where(eq(follow.readerId, viewer.id))
      .orderBy(follow.followedAt, follow.id),
    listVerdicts(viewer),
    db()
      .select({
        id: listImport.id,
        service: listImport.service,
        file: listImport.fileName,
        brought_at: listImport.createdAt,
        confirmed_at: listImport.confirmedAt,
        title: listImportRow.title,
        year: listImportRow.year,
        ids: listImportRow.ids,
      })
      .from(listImport)
      .innerJoin(listImportRow, eq(listImportRow.importId, listImport.id))
      .where(eq(listImport.readerId, viewer.id))
      .orderBy(listImport.createdAt, listImportRow.position),
    listSessions(viewer),
    listPasskeys(viewer),
    db()
      .select({ provider: account.provider, id_there: account.providerAccountId })
      .from(account)
      .where(eq(account.userId, viewer.id)),
    db()
      .select({ subject: mail.subject, queued_at: mail.createdAt, sent_at: mail.sentAt })
      .from(mail)
      .where(eq(mail.recipient, viewer.email))
      .orderBy(mail.id),
    db()
      .select({
        asked_at: signInRequest.createdAt,
        used_at: signInRequest.consumedAt,
        return_to: signInRequest.returnTo,
      })
      .from(signInRequest)
      .where(eq(signInRequest.email, viewer.email))
      .orderBy(signInRequest.createdAt),
    listVoices(viewer.id),
    db()
      .select({
        words: wanted.words,
        asked_at: wanted.askedAt,
        came_at: wanted.doneAt,
        show: show.slug,
      })
      .from(wanted)
      .leftJoin(show, eq(show.id, wanted.showId))
      .where(eq(wanted.readerId, viewer.id))
      .orderBy(wanted.askedAt, wanted.id),
    exportTelling(viewer),
  ])
  return {
    exported_at: new Date().toISOString(),
    reader: {
      email: self!.email,
      email_verified: self!.emailVerified,
      name: self!.name,
      role: self!.role,
      created_at: self!.createdAt,
      last_looked_at: self!.lastLookedAt,
    },
    follows,
    verdicts,
    imported_rows: imports,
    sessions: sessions.map(({ id: _, ...line }) => line),
    passkeys,
    linked_accounts: accounts,
    mails,
    sign_in_requests: requests,
    pairs_named: named.map(({ show, related, reason, at }) => ({
      show: show.slug,
      related: related.slug,
      reason,
      named_at: at,
    })),
    wanted: waits,
    ...telling,
  }
}

/** A browser's endpoint is a key to it; kinds with such an address say so. */
const SECRET_ADDRESSES = KINDS.filter(({ isAddressSecret }) => isAddressSecret).map(({ kind }) => kind)

/** What the viewer is told and was told, and by which ways. */
async function exportTelling({ id, email }: SignedIn) {
  const [[preferences], channels, notices, optIns] = await Promise.all([
    db().select().from(preference).where(eq(preference.readerId, id)),
    db()
      .select({
        id: channel.id,
        kind: channel.kind,
        label: channel.label,
        address: sql<
          string | null
        >`case when ${channel.kind} <> all(${sql.param(SECRET_ADDRESSES)}::text[]) then ${channel.address} end`,
        enabled: channel.enabled,
        created_at: channel.createdAt,
        suspended_at: channel.suspendedAt,
        brought_at: channel.broughtAt,
        last_delivered_at: channel.lastDeliveredAt,
        last_refusal: channel.lastRefusal,
      })
      .from(channel)
      .where(eq(channel.readerId, id))
      .orderBy(channel.id),
    db()
      .select({
        about: notice.about,
        kind: notice.kind,
        channel: notice.channelId,
        state: notice.state,
        due_at: notice.dueAt,
        settled_at: notice.settledAt,
        outcome: notice.outcome,
      })
      .from(notice)
      .where(eq(notice.readerId, id))
      .orderBy(notice.id),
    db()
      .select({ asked_at: optIn.createdAt, confirmed_at: optIn.confirmedAt, wanted: optIn.wanted })
      .from(optIn)
      .where(eq(optIn.email, email))
      .orderBy(optIn.createdAt),
  ])
  const { readerId: _, ...wishes } = preferences ?? { readerId: id }
  return { preferences: preferences ? wishes : null, channels, notices, mail_confirmations: optIns }
}
