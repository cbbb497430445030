import { sql } from 'drizzle-orm'
import { date, index, integer, pgTable, text } from 'drizzle-orm/pg-core'
import { season, show } from './show'
import type { Lamp, PremiereState, SeasonStatusWord, ShowStatusWord } from './words'

/** What the claims about a season add up to as of a day; derived, rebuilt at will. */
export const seasonState = pgTable(
  'season_state',
  {
    seasonId: integer('season_id')
      .primaryKey()
      .references(() => season.id, { onDelete: 'cascade' }),
    showId: integer('show_id')
      .notNull()
      .references(() => show.id, { onDelete: 'cascade' }),
    status: text().$type<SeasonStatusWord>().notNull(),
    because: text().array().notNull(),
    premiereEdtf: text('premiere_edtf'),
    premiereEarliest: date('premiere_earliest'),
    premiereLatest: date('premiere_latest'),
    premiereState: text('premiere_state').$type<PremiereState>().notNull().default('open'),
    /** Sourced claims about this season; 0 keeps its page out of search engines. */
    claimCount: integer('claim_count').notNull(),
    changedOn: date('changed_on'),
    checkedOn: date('checked_on'),
    derivedFor: date('derived_for').notNull(),
  },
  (t) => [
    index('season_state_show').on(t.showId, t.premiereEarliest),
    index('season_state_earliest').on(t.premiereEarliest),
    // The open windows of the calendar, of which there are few beside the premieres of all times.
    index('season_state_open')
      .on(t.premiereLatest)
      .where(
        sql`premiere_earliest < premiere_latest and status in ('announced', 'filming', 'wrapped', 'dated')`,
      ),
    // The sitemap's seasons, in their order.
    index('season_state_claimed').on(t.seasonId).where(sql`claim_count > 0`),
  ],
)

const IS_OVER = sql`lamp in ('over', 'ended', 'cancelled') and last_premiere is not null`

/** A show's one-line state for lists: which season is next and how it stands. */
export const showState = pgTable(
  'show_state',
  {
    showId: integer('show_id')
      .primaryKey()
      .references(() => show.id, { onDelete: 'cascade' }),
    status: text().$type<ShowStatusWord>().notNull(),
    because: text().array().notNull(),
    nextSeason: integer('next_season').notNull(),
    nextStatus: text('next_status').$type<SeasonStatusWord>().notNull(),
    nextEdtf: text('next_edtf'),
    nextEarliest: date('next_earliest'),
    nextLatest: date('next_latest'),
    /** How the premiere of the next season stands; null where no row of it says. */
    nextState: text('next_state').$type<PremiereState>(),
    lastPremiere: date('last_premiere'),
    /** The last premiere where it is that of the season before the next: else seasons are missing, and nobody waits since. */
    waitsFrom: date('waits_from'),
    lastFinale: date('last_finale'),
    /** When a show that is over, ended or cancelled came to its end, EDTF; null where that is not known, and for others. */
    since: text(),
    /** The one-line answer, as of derivedFor. */
    answer: text().notNull(),
    lamp: text().$type<Lamp>().notNull(),
    claimCount: integer('claim_count').notNull(),
    changedOn: date('changed_on'),
    checkedOn: date('checked_on'),
    /** The day of publication of the newest source about the show; null where none bears a day. */
    newestSourceOn: date('newest_source_on'),
    derivedFor: date('derived_for').notNull(),
  },
  (t) => [
    index('show_state_status').on(t.status),
    index('show_state_next').on(t.nextEarliest),
    // The shelves of the first page (lib/pages/home), each in its order.
    index('show_state_coming').on(t.nextLatest).where(sql`lamp = 'coming' and next_status = 'dated'`),
    index('show_state_ordered').on(t.newestSourceOn).where(sql`lamp = 'ordered'`),
    index('show_state_over').on(t.changedOn.desc().nullsLast(), t.showId).where(IS_OVER),
    index('show_state_over_since').on(t.since.desc().nullsLast(), t.showId).where(IS_OVER),
    index('show_state_waits')
      .on(t.waitsFrom, t.showId)
      .where(
        sql`lamp in ('ordered', 'coming') and next_status in ('announced', 'filming', 'wrapped', 'dated') and next_state in ('open', 'missed')`,
      ),
  ],
)
