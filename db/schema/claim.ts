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
} from 'drizzle-orm/pg-core'
import { season, show } from './show'
import type { ClaimKind, EventKind, SourceClass, Telling } from './words'

/** A publisher. The class of a claim is kept on the claim: one outlet may both report and interview. */
export const source = pgTable('source', {
  id: integer().primaryKey().generatedAlwaysAsIdentity(),
  slug: text().notNull().unique(),
  name: text().notNull().unique(),
  site: text(),
  /** A network, service or rights holder: a report that credits it repeats an announcement, not a guess. */
  officialBody: boolean('official_body').notNull().default(false),
})

/**
 * One dated statement by one source about one season. Append-only (a trigger refuses update and delete);
 * the id is the content hash, so recording a claim twice is recording it once.
 */
export const claim = pgTable(
  'claim',
  {
    id: text().primaryKey(),
    showId: integer('show_id')
      .notNull()
      .references(() => show.id),
    seasonId: integer('season_id')
      .notNull()
      .references(() => season.id),
    sourceId: integer('source_id')
      .notNull()
      .references(() => source.id),
    sourceClass: text('source_class').$type<SourceClass>().notNull(),
    kind: text().$type<ClaimKind>().notNull(),
    value: text().notNull(),
    edtf: text(),
    earliest: date(),
    latest: date(),
    who: text(),
    personStatus: text('person_status').$type<'confirmed' | 'returning' | 'expected' | 'new' | 'out'>(),
    /** 'planned': said to be intended, not done. */
    modality: text().$type<'done' | 'planned'>().notNull().default('done'),
    /** The outlet a second-hand statement credits; a copy adds no confidence. */
    citing: text(),
    url: text().notNull(),
    publishedOn: date('published_on'),
    seenOn: date('seen_on').notNull(),
    quote: text(),
    recordedAt: timestamp('recorded_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    index('claim_season').on(t.seasonId),
    index('claim_show').on(t.showId),
    index('claim_source').on(t.sourceId),
    check('claim_window_ordered', sql`${t.earliest} is null or ${t.earliest} <= ${t.latest}`),
    check('claim_url_http', sql`${t.url} ~ '^https?://'`),
  ],
)

/** A source took a statement back, or we found that it never said it. Once per claim. */
export const retraction = pgTable('retraction', {
  claimId: text('claim_id')
    .primaryKey()
    .references(() => claim.id),
  retractedOn: date('retracted_on').notNull(),
  reason: text().notNull(),
})

/** A real change of status or date, with the claims that decided it. */
export const event = pgTable(
  'event',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    showId: integer('show_id')
      .notNull()
      .references(() => show.id),
    seasonId: integer('season_id')
      .notNull()
      .references(() => season.id),
    kind: text().$type<EventKind>().notNull(),
    /** What it was before and became: a code of its kind, EDTF, or names; '' for nothing known. Never words. */
    was: text().notNull().default(''),
    became: text().notNull().default(''),
    because: text().array().notNull(),
    happenedOn: date('happened_on').notNull(),
    /** Tells apart what happened twice on one day: there and back and there again. */
    ordinal: smallint().notNull().default(0),
    recordedAt: timestamp('recorded_at', { withTimezone: true }).notNull().defaultNow(),
    telling: text().$type<Telling>().notNull().default('silent'),
    /** Until when it may still be taken back before anybody is told; null for what is not held. */
    heldUntil: timestamp('held_until', { withTimezone: true }),
    /** What feeds call it, for ever: made once from what it says, so that no later spelling changes it. */
    key: text(),
    /** The name browsers remember it by, where an older release gave it one; else made from the key. */
    seenKey: text('seen_key'),
  },
  (t) => [
    unique('event_once').on(t.seasonId, t.kind, t.was, t.became, t.happenedOn, t.ordinal),
    index('event_happened').on(t.happenedOn, t.id),
    index('event_show').on(t.showId),
    index('event_held').on(t.heldUntil).where(sql`telling = 'held'`),
  ],
)

/** A public note that we said something wrong. */
export const correction = pgTable(
  'correction',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    showId: integer('show_id')
      .notNull()
      .references(() => show.id),
    seasonId: integer('season_id').references(() => season.id),
    claimId: text('claim_id').references(() => claim.id),
    text: text().notNull(),
    publishedOn: date('published_on').notNull(),
  },
  (t) => [index('correction_show').on(t.showId)],
)
