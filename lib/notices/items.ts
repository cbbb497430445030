import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { eventWords, latePremiereWords } from '@/lib/ledger/words'
import { type Day, dayOf, daysBetween } from '@/lib/shared/day'
import { zoneOf } from '@/lib/shared/zone'
import type { EventKind } from '@/lib/status/claim'
import { DEFAULT_WISHES, PREFERENCE_JSON } from './audience'
import type { ChannelKind, NoticeItem, NoticeKind, Wishes } from './types'
import { isWanted, wishesOf } from './wants'
import { premiereLead, premiereWords } from './words'

/** From so many days on "Premiered" would read as news of today. */
const LATE_DAYS = 14

/** A notice that is due, with the world as it is now: whether it is still wanted, and what it says. */
export interface DueNotice {
  id: number
  readerId: string
  channel: { id: number; kind: ChannelKind; address: string; keys: Record<string, string> | null }
  attempts: number
  wishes: Wishes
  /** Why it is not sent after all; null where it is. */
  skip: string | null
  item: NoticeItem
}

interface Row extends Record<string, unknown> {
  id: number
  reader_id: string
  attempts: number
  kind: NoticeKind
  about: string
  channel: DueNotice['channel'] & { enabled: boolean; suspended: boolean }
  suspended: boolean
  show: NoticeItem['show']
  country: string | null
  season: NoticeItem['season']
  event: { kind: EventKind; was: string; became: string; happenedOn: Day; told: boolean } | null
  correction: { text: string; publishedOn: Day; url: string | null; name: string | null } | null
  source: NoticeItem['source']
  premiere: Day | null
  answer: string | null
  follow: {
    season: { id: number; number: number }
    wants: Wishes['wants'] | null
    leadDays: number | null
    cadence: Wishes['cadence'] | null
    channels: ChannelKind[] | null
    muted: boolean
    snoozedUntil: Day | null
  } | null
  preference: Wishes | null
}

function skipReason(row: Row, wishes: Wishes, now: Date): string | null {
  const { follow, channel, event, kind } = row
  if (row.suspended) return 'the account is suspended'
  if (!channel.enabled) return 'the channel is turned off'
  if (channel.suspended) return 'the channel was refused by the other side'
  if (follow?.channels && !follow.channels.includes(channel.kind))
    return 'this channel is left out for the season'
  // Whoever was told the wrong thing is told so, also when they have stopped following.
  if (kind === 'correction') return null
  if (!follow) return 'no longer followed'
  if (follow.muted) return 'muted'
  if (follow.snoozedUntil && dayOf(now, wishes.timeZone) < follow.snoozedUntil) return 'snoozed'
  if (!isWanted(kind, wishes)) return 'no longer wanted'
  if (event && !event.told) return 'taken back before it was sent'
  if (kind === 'premiere' && row.about !== `premiere:${row.season.id}:${row.premiere}`)
    return 'the date moved'
  return null
}

function wordsOf(
  row: Row,
  now: Date,
  { spoilerSafe }: Wishes,
): Pick<NoticeItem, 'text' | 'safe' | 'happenedOn' | 'source'> {
  const { event, correction, premiere, source } = row
  if (correction)
    return {
      text: correction.text,
      safe: 'a correction',
      happenedOn: correction.publishedOn,
      source: correction.url && correction.name ? { name: correction.name, url: correction.url } : null,
    }
  if (event) {
    const late = event.kind === 'premiered' && daysBetween(event.happenedOn, dayOf(now)) > LATE_DAYS
    const text = late
      ? latePremiereWords(event.became)
      : eventWords({ ...event, named: !spoilerSafe || row.season.number === 1 })
    return { text, safe: 'something changed', happenedOn: event.happenedOn, source }
  }
  const away = premiere ? daysBetween(dayOf(now, zoneOf(row.country)), premiere) : 0
  const text = premiere ? premiereWords(premiere, away) : 'Premieres'
  return { text, safe: premiereLead(away).toLowerCase(), happenedOn: null, source }
}

/** Reads notices with everything that decides about them and everything they say. `which` picks rows of `notice n`. */
export async function readDue(which: SQL, now: Date): Promise<DueNotice[]> {
  const rows = await db().execute<Row>(sql`
    select n.id, n.reader_id, n.attempts, n.kind, n.about, r.suspended, s.country, st.answer,
      json_build_object('id', c.id, 'kind', c.kind, 'address', c.address, 'keys', c.keys, 'enabled', c.enabled,
        'suspended', c.suspended_at is not null) as channel,
      json_build_object('id', s.id, 'slug', s.slug, 'title', s.title) as show,
      json_build_object('id', se.id, 'number', se.number) as season,
      case when t.premiere_earliest = t.premiere_latest then t.premiere_latest::text end as premiere,
      case when e.id is not null then json_build_object('kind', e.kind, 'was', e.was, 'became', e.became,
        'happenedOn', e.happened_on, 'told', e.telling = 'told') end as event,
      case when k.id is not null then json_build_object('text', k.text, 'publishedOn', k.published_on,
        'url', kc.url, 'name', ks.name) end as correction,
      (select json_build_object('name', source.name, 'url', claim.url)
        from claim join source on source.id = claim.source_id
        where claim.season_id = se.id and claim.id = any(coalesce(e.because, t.because))
        order by array_position(coalesce(e.because, t.because), claim.id) limit 1) as source,
      (select json_build_object('season', json_build_object('id', fs.id, 'number', fs.number), 'wants', f.wants,
          'leadDays', f.lead_days, 'cadence', f.cadence, 'channels', f.channels, 'muted', f.muted,
          'snoozedUntil', f.snoozed_until)
        from follow f join season fs on fs.id = f.season_id
        where f.reader_id = n.reader_id and fs.show_id = s.id and fs.number <= se.number
        order by fs.number desc limit 1) as follow,
      ${PREFERENCE_JSON} as preference
    from notice n
    join reader r on r.id = n.reader_id
    join channel c on c.id = n.channel_id
    join season se on se.id = n.season_id
    join show s on s.id = se.show_id
    left join season_state t on t.season_id = se.id
    left join show_state st on st.show_id = s.id
    left join event e on e.id = n.event_id
    left join correction k on k.id = n.correction_id
    left join claim kc on kc.id = k.claim_id
    left join source ks on ks.id = kc.source_id
    left join preference p on p.reader_id = n.reader_id
    where ${which} order by n.id`)
  return [...rows].map((row) => {
    const wishes = wishesOf(row.preference ?? DEFAULT_WISHES, {
      wants: row.follow?.wants ?? null,
      leadDays: row.follow?.leadDays ?? null,
      cadence: row.follow?.cadence ?? null,
    })
    const { id, kind, address, keys } = row.channel
    return {
      id: row.id,
      readerId: row.reader_id,
      channel: { id, kind, address, keys },
      attempts: row.attempts,
      wishes,
      skip: skipReason(row, wishes, now),
      item: {
        noticeId: row.id,
        kind: row.kind,
        show: row.show,
        season: row.season,
        followed: row.follow?.season ?? null,
        answer: row.answer ?? '',
        ...wordsOf(row, now, wishes),
      },
    }
  })
}
