import 'server-only'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { db } from '@/db/client'
import { preference } from '@/db/schema/notice'
import { CADENCES, CHANNEL_KINDS, WANTS } from '@/db/schema/words'
import type { Follower } from '@/lib/accounts/types'
import { readWaits } from '@/lib/ledger/waits'
import { LEAD_DAYS_MAX } from '@/lib/mail/rules'
import { DEFAULT_WISHES, PREFERENCE_JSON } from '@/lib/notices/audience'
import type { Wishes } from '@/lib/notices/types'
import { isTimeZone } from '@/lib/notices/when'
import { isDay } from '@/lib/shared/day'
import type { Wait } from '@/lib/status/waiting'
import { isSeasonName } from './rules'
import type { FollowWishes, SeasonName, WishesResult } from './types'

const whole = (min: number, max: number) => z.coerce.number().int().min(min).max(max)
const hour = whole(0, 23)
const noneOr = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' || value === undefined ? null : value), schema.nullable())

const READER_WISHES = z
  .object({
    timeZone: z.string().refine(isTimeZone, 'a zone like Europe/Berlin'),
    wants: z.array(z.enum(WANTS)),
    leadDays: whole(0, LEAD_DAYS_MAX),
    cadence: z.enum(CADENCES),
    digestHour: hour,
    digestWeekday: whole(1, 7),
    quietFrom: noneOr(hour),
    quietTo: noneOr(hour),
    spoilerSafe: z.boolean(),
  })
  .refine(({ quietFrom, quietTo }) => (quietFrom === null) === (quietTo === null), {
    path: ['quietFrom'],
    message: 'both ends of the quiet hours, or neither',
  })

const FOLLOW_WISHES = z.object({
  wants: z.array(z.enum(WANTS)).nullable(),
  leadDays: noneOr(whole(0, LEAD_DAYS_MAX)),
  cadence: noneOr(z.enum(CADENCES)),
  channels: z.array(z.enum(CHANNEL_KINDS)).nullable(),
  muted: z.boolean(),
  snoozedUntil: noneOr(z.string().refine(isDay, 'a day like 2027-03-14')),
})

const FIELD_NAMES: Record<string, string> = {
  timeZone: 'time zone',
  wants: 'list of what to be told',
  leadDays: 'days ahead',
  cadence: 'choice of at once, daily or weekly',
  digestHour: 'hour of the digest',
  digestWeekday: 'day of the weekly digest',
  quietFrom: 'quiet hours',
  quietTo: 'quiet hours',
  snoozedUntil: 'day to be quiet until',
  channels: 'list of channels',
}

function refusal(error: z.ZodError): WishesResult {
  const field = String(error.issues[0]?.path[0] ?? '')
  return {
    ok: false,
    reason: 'wishes',
    field,
    message: `The ${FIELD_NAMES[field] ?? field} cannot be read: ${error.issues[0]?.message ?? 'it is not one of the choices'}. Nothing was changed.`,
  }
}

/** The follower's account-wide wishes; the defaults where they never touched a setting. */
export async function getWishes(follower: Follower): Promise<Wishes> {
  const [row] = await db().execute<{ wishes: Wishes }>(
    sql`select ${PREFERENCE_JSON} as wishes from preference p where p.reader_id = ${follower.id}`,
  )
  return row?.wishes ?? DEFAULT_WISHES
}

/** Sets all of the follower's account-wide wishes, or none of them. */
export async function setWishes(follower: Follower, input: unknown): Promise<WishesResult> {
  const parsed = READER_WISHES.safeParse(input)
  if (!parsed.success) return refusal(parsed.error)
  const row = { ...parsed.data, wants: [...new Set(parsed.data.wants)] }
  await db()
    .insert(preference)
    .values({ readerId: follower.id, ...row })
    .onConflictDoUpdate({ target: preference.readerId, set: row })
  return { ok: true }
}

/** Notes the zone a reader's browser is in, where they have not chosen one themselves. */
export async function noteTimeZone(readerId: string, timeZone: string | null): Promise<void> {
  if (!timeZone || timeZone === DEFAULT_WISHES.timeZone || !isTimeZone(timeZone)) return
  await db().insert(preference).values({ readerId, timeZone }).onConflictDoNothing()
}

interface Row extends Record<string, unknown> {
  season_id: number
  wishes: FollowWishes
}

/** What the follower wants of one season they follow; null where they do not follow it. */
export async function getFollowWishes(
  follower: Follower,
  name: SeasonName,
): Promise<{ wait: Wait; wishes: FollowWishes } | null> {
  if (!isSeasonName(name)) return null
  const [row] = await db().execute<Row>(sql`
    select f.season_id, json_build_object('wants', f.wants, 'leadDays', f.lead_days, 'cadence', f.cadence,
      'channels', f.channels, 'muted', f.muted, 'snoozedUntil', f.snoozed_until) as wishes
    from follow f join season on season.id = f.season_id join show on show.id = season.show_id
    where f.reader_id = ${follower.id} and show.slug = ${name.slug} and season.number = ${name.number}`)
  const [wait] = row ? await readWaits(sql`season.id = ${row.season_id}`) : []
  return row && wait ? { wait, wishes: row.wishes } : null
}

/** Sets what the follower wants of one season; nothing happens to a season they do not follow. */
export async function setFollowWishes(
  follower: Follower,
  name: SeasonName,
  input: unknown,
): Promise<WishesResult> {
  const parsed = FOLLOW_WISHES.safeParse(input)
  if (!parsed.success) return refusal(parsed.error)
  const wishes = parsed.data
  const list = (values: readonly string[] | null) =>
    values === null ? sql`null` : sql`array(select json_array_elements_text(${JSON.stringify(values)}::json))`
  const set = isSeasonName(name)
    ? await db().execute(sql`
        update follow f set wants = ${list(wishes.wants)}, lead_days = ${wishes.leadDays}, cadence = ${wishes.cadence},
          channels = ${list(wishes.channels)}, muted = ${wishes.muted}, snoozed_until = ${wishes.snoozedUntil}::date
        from season join show on show.id = season.show_id
        where f.season_id = season.id and f.reader_id = ${follower.id} and show.slug = ${name.slug}
          and season.number = ${name.number} returning f.id`)
    : []
  return set.length > 0
    ? { ok: true }
    : { ok: false, reason: 'not-followed', message: 'You do not follow that season. Follow it first.' }
}
