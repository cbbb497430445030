import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  date,
  index,
  integer,
  pgTable,
  smallint,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { reader } from './account'
import { season } from './show'
import type { Cadence, ChannelKind, Want } from './words'

/** A reader's wish to be told about a season. */
export const follow = pgTable(
  'follow',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    readerId: uuid('reader_id')
      .notNull()
      .references(() => reader.id, { onDelete: 'cascade' }),
    seasonId: integer('season_id')
      .notNull()
      .references(() => season.id),
    followedAt: timestamp('followed_at', { withTimezone: true }).notNull().defaultNow(),
    /** What the reader's own preferences say, unless it says otherwise here. */
    wants: text().array().$type<Want[]>(),
    leadDays: smallint('lead_days'),
    cadence: text().$type<Cadence>(),
    /** The kinds of channel that tell of this season; null for all the reader has. */
    channels: text().array().$type<ChannelKind[]>(),
    /** Kept on the list, told of on no channel. */
    muted: boolean().notNull().default(false),
    /** The first day on which it is told of again. */
    snoozedUntil: date('snoozed_until'),
  },
  (t) => [
    unique('follow_once').on(t.readerId, t.seasonId),
    index('follow_season').on(t.seasonId, t.id),
    check('follow_lead', sql`${t.leadDays} is null or ${t.leadDays} between 0 and 30`),
  ],
)
