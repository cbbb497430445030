import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { drain, type Left } from '@/lib/mail/drain'
import { ATTEMPTS_MAX, LEASE_MS, retryDelayMs } from '@/lib/mail/rules'
import { letterSiteUrl } from '@/lib/shared/site'
import { DIRECT_KINDS, directKindOf } from './channels/all'
import { type Means, REAL } from './channels/kind'
import { skipNotices } from './gather'
import { type DueNotice, readDue } from './items'
import type { NoticeItem, NoticeMessage, Outcome } from './types'

const AT_A_TIME = 4

/** A notice as it is brought. What a lock screen shows must give nothing away unless its reader said so. */
function messageOf(
  item: NoticeItem,
  { isSeenByOthers, site, spoilerSafe }: { isSeenByOthers: boolean; site: string; spoilerSafe: boolean },
): NoticeMessage {
  const hidden = isSeenByOthers && spoilerSafe && item.safe === 'something changed'
  return {
    id: `notice.${item.noticeId}`,
    title: `${item.show.title}, season ${item.season.number}`,
    body: hidden ? 'Something changed. Open to read what.' : item.text,
    url: `${site}/shows/${item.show.slug}/seasons/${item.season.number}`,
    source: item.source,
    show: item.show.title,
    season: item.season.number,
    kind: item.kind,
    happenedOn: item.happenedOn,
  }
}

const KIND_WORDS = DIRECT_KINDS.map(({ kind }) => kind)

/** Takes one due notice that no mail takes for this process; a killed one only delays it. One channel's leave in order. */
async function lease(now: Date): Promise<number | undefined> {
  const at = sql`${now.toISOString()}::timestamptz`
  const until = new Date(now.getTime() + LEASE_MS).toISOString()
  const [row] = await db().execute<{ id: number }>(sql`
    update notice set leased_until = ${until}::timestamptz, attempts = attempts + 1 where id = (
      select n.id from notice n join channel c on c.id = n.channel_id
      where n.state = 'due' and n.due_at <= ${at} and c.kind = any(${sql.param(KIND_WORDS)}::text[])
        and (n.leased_until is null or n.leased_until < ${at})
        and not exists (select from notice e where e.channel_id = n.channel_id and e.id < n.id
          and e.state in ('due', 'gathered') and (e.due_at <= ${at} or e.attempts > 0))
      order by n.due_at, n.id limit 1 for update of n skip locked)
    returning id`)
  return row?.id
}

/**
 * Delivers what is due by channels that are told each notice by itself: lease, commit, send, write down the outcome.
 * Tried again with growing pauses, parked after eight attempts or at a final refusal; a channel whose other side says
 * it is over is suspended.
 */
export async function deliverDirect(
  means: Means = REAL,
): Promise<{ sent: number; later: number; parked: number }> {
  const { now } = means
  return drain('Delivering notices', {
    atATime: AT_A_TIME,
    lease: () => lease(now()),
    async leave(id) {
      const [due] = await readDue(sql`n.id = ${id}`, now())
      if (!due) return null
      if (due.skip) {
        await skipNotices([{ id, reason: due.skip }], now())
        return null
      }
      const { channel, item, wishes } = due
      const { deliver, isSeenByOthers } = directKindOf(channel.kind)!
      const { spoilerSafe } = wishes
      const message = messageOf(item, { isSeenByOthers, site: letterSiteUrl(), spoilerSafe })
      return settle(due, await deliver(message, channel, means), now())
    },
  })
}

async function settle(due: DueNotice, outcome: Outcome, at: Date): Promise<Left> {
  const time = sql`${at.toISOString()}::timestamptz`
  if (outcome.outcome === 'sent') {
    await db().execute(sql`
      with told as (update notice set state = 'sent', settled_at = ${time}, leased_until = null, outcome = null where id = ${due.id})
      update channel set last_delivered_at = ${time} where id = ${due.channel.id}`)
    return 'sent'
  }
  const reason = outcome.reason.slice(0, 300)
  const final = outcome.outcome === 'refused'
  const ends = outcome.outcome === 'refused' && outcome.ends
  const parked = final || due.attempts >= ATTEMPTS_MAX
  const pauseMs = (outcome.outcome === 'later' && outcome.retryAfterMs) || retryDelayMs(due.attempts)
  const again = new Date(at.getTime() + pauseMs).toISOString()
  await db().execute(sql`
    with late as (update notice set leased_until = null, outcome = ${reason},
        state = case when ${parked} then 'parked' else state end,
        settled_at = case when ${parked} then ${time} end,
        due_at = case when ${parked} then due_at else ${again}::timestamptz end where id = ${due.id})
    update channel set last_refused_at = ${time}, last_refusal = ${reason},
      suspended_at = case when ${ends} then ${time} else suspended_at end where id = ${due.channel.id}`)
  return parked ? 'parked' : 'later'
}
