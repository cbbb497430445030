import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  date,
  index,
  integer,
  pgTable,
  primaryKey,
  real,
  text,
  unique,
} from 'drizzle-orm/pg-core'

export const network = pgTable('network', {
  id: integer().primaryKey().generatedAlwaysAsIdentity(),
  slug: text().notNull().unique(),
  name: text().notNull().unique(),
})

/** A series. Facts only; what is said about its future lives in claims. */
export const show = pgTable(
  'show',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    slug: text().notNull().unique(),
    title: text().notNull(),
    originalTitle: text('original_title'),
    /** scripted, anime, animation, reality, documentary, talk, variety, news, game */
    kind: text().notNull().default('scripted'),
    country: text(),
    language: text(),
    networkId: integer('network_id').references(() => network.id),
    sourceMaterial: text('source_material'),
    /** Our own words (starter shows with claims) or an importer's; null means a sentence is composed from facts. */
    summary: text(),
    popularity: real(),
    rating: real(),
    provenance: text().array().notNull().default(sql`'{}'::text[]`),
  },
  (t) => [
    index('show_network').on(t.networkId),
    index('show_country').on(t.country),
    // The order of titles in lists.
    index('show_by_title').on(sql`lower(${t.title})`, t.id),
    index('show_popular').on(t.popularity.desc().nullsLast(), t.id),
    check('show_title_not_empty', sql`length(${t.title}) > 0`),
  ],
)

/** Every title a show goes by, in its order; `title` and `original_title` repeat here so search reads one table. */
export const showTitle = pgTable(
  'show_title',
  {
    showId: integer('show_id')
      .notNull()
      .references(() => show.id, { onDelete: 'cascade' }),
    position: integer().notNull(),
    kind: text().$type<'title' | 'original' | 'alias'>().notNull(),
    text: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.showId, t.position] }),
    index('show_title_spelling').on(sql`lower(${t.text})`),
  ],
)

/** Where a show is known outside: one id belongs to one show. */
export const outsideId = pgTable(
  'outside_id',
  {
    namespace: text().notNull(),
    value: text().notNull(),
    showId: integer('show_id')
      .notNull()
      .references(() => show.id, { onDelete: 'cascade' }),
    /** The service has the show twice: this id leads here, and what it says under it is not read. */
    twin: boolean().notNull().default(false),
  },
  (t) => [primaryKey({ columns: [t.namespace, t.value] }), index('outside_id_show').on(t.showId)],
)

/** Kin of a show by outside id; the other title need not be in the catalogue. */
export const franchiseLink = pgTable(
  'franchise_link',
  {
    showId: integer('show_id')
      .notNull()
      .references(() => show.id, { onDelete: 'cascade' }),
    position: integer().notNull(),
    ref: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.showId, t.position] })],
)

export const tag = pgTable(
  'tag',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    kind: text().$type<'genre' | 'tag'>().notNull(),
    slug: text().notNull(),
    name: text().notNull(),
  },
  (t) => [unique('tag_kind_name').on(t.kind, t.name), index('tag_slug').on(t.slug)],
)

export const showTag = pgTable(
  'show_tag',
  {
    showId: integer('show_id')
      .notNull()
      .references(() => show.id, { onDelete: 'cascade' }),
    tagId: integer('tag_id')
      .notNull()
      .references(() => tag.id),
    position: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.showId, t.tagId] }), index('show_tag_tag').on(t.tagId)],
)

/**
 * Somebody who makes or plays in shows. A name is not a person: two may have one, and one may go by several. Who is who
 * is decided by rules (lib/catalogue/people).
 */
export const person = pgTable(
  'person',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    /** The one they are shown by. */
    name: text().notNull(),
  },
  (t) => [index('person_name').on(t.name), index('person_name_key').on(sql`name_key(${t.name})`)],
)

/** Where a person is known outside: one id belongs to one person, who has one in each namespace. */
export const personOutsideId = pgTable(
  'person_outside_id',
  {
    namespace: text().notNull(),
    value: text().notNull(),
    personId: integer('person_id')
      .notNull()
      .references(() => person.id, { onDelete: 'cascade' }),
  },
  (t) => [
    primaryKey({ columns: [t.namespace, t.value] }),
    unique('person_outside_id_one').on(t.personId, t.namespace),
  ],
)

/** The other names a person goes by: stage names, other spellings; namesakes may share one. */
export const personAlias = pgTable(
  'person_alias',
  {
    personId: integer('person_id')
      .notNull()
      .references(() => person.id, { onDelete: 'cascade' }),
    name: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.personId, t.name] }),
    index('person_alias_name').on(t.name),
    index('person_alias_name_key').on(sql`name_key(${t.name})`),
  ],
)

export const credit = pgTable(
  'credit',
  {
    showId: integer('show_id')
      .notNull()
      .references(() => show.id, { onDelete: 'cascade' }),
    role: text().$type<'creator' | 'cast'>().notNull(),
    position: integer().notNull(),
    personId: integer('person_id')
      .notNull()
      .references(() => person.id),
    character: text(),
  },
  (t) => [primaryKey({ columns: [t.showId, t.role, t.position] }), index('credit_person').on(t.personId)],
)

/** The unit everything hangs on; exists as soon as anybody talks about it, dated or not. Every show has its next one. */
export const season = pgTable(
  'season',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    showId: integer('show_id')
      .notNull()
      .references(() => show.id, { onDelete: 'cascade' }),
    number: integer().notNull(),
    name: text(),
    premiere: text(),
    premiereEarliest: date('premiere_earliest'),
    premiereLatest: date('premiere_latest'),
    finale: text(),
    finaleEarliest: date('finale_earliest'),
    finaleLatest: date('finale_latest'),
    episodes: integer(),
    /** True where a catalogue record states the season; false where only claims or the waiting room do. */
    recorded: boolean().notNull().default(false),
  },
  (t) => [
    unique('season_show_number').on(t.showId, t.number),
    check('season_number_sane', sql`${t.number} between 1 and 1000`),
    check('season_episodes_sane', sql`${t.episodes} is null or ${t.episodes} between 1 and 20000`),
  ],
)

/** The story so far: our sentences, each with the last episode it gives away. */
export const recapSentence = pgTable(
  'recap_sentence',
  {
    showId: integer('show_id')
      .notNull()
      .references(() => show.id, { onDelete: 'cascade' }),
    seasonNumber: integer('season_number').notNull(),
    position: integer().notNull(),
    text: text().notNull(),
    throughEpisode: integer('through_episode').notNull(),
  },
  (t) => [primaryKey({ columns: [t.showId, t.seasonNumber, t.position] })],
)
