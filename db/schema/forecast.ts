import { sql } from 'drizzle-orm'
import { boolean, check, date, index, integer, jsonb, pgTable, real, text, unique } from 'drizzle-orm/pg-core'
import { season } from './show'
import type { ForecastAbsence, ForecastMilestone, ForecastReason } from './words'

/**
 * What was said on a day of a season nobody had dated. Append-only (a trigger refuses update and delete): a forecast is
 * scored as it was made.
 */
export const forecast = pgTable(
  'forecast',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    seasonId: integer('season_id')
      .notNull()
      .references(() => season.id),
    madeOn: date('made_on').notNull(),
    /** The model's name, and the SHA-256 of its file. */
    model: text().notNull(),
    modelHash: text('model_hash').notNull(),
    /** SHA-256 of what the model was told of the show. */
    inputsHash: text('inputs_hash').notNull(),
    class: text().notNull(),
    /** What had been said of the season: then only the wait is forecast. */
    milestone: text().$type<ForecastMilestone>().notNull(),
    /** The premiere of the season before, from which the horizon of three years counts. */
    countedFrom: date('counted_from').notNull(),
    /** The chance that it premieres within the horizon; null where it is ordered already. */
    renewal: real(),
    median: date().notNull(),
    low50: date().notNull(),
    high50: date().notNull(),
    low80: date().notNull(),
    high80: date().notNull(),
    low95: date().notNull(),
    high95: date().notNull(),
    reasons: jsonb().$type<ForecastReason[]>().notNull(),
  },
  (t) => [
    unique('forecast_once').on(t.seasonId, t.madeOn, t.model),
    index('forecast_made').on(t.madeOn),
    check('forecast_chance', sql`${t.renewal} between 0 and 1`),
    check('forecast_ordered', sql`(${t.renewal} is null) = (${t.milestone} <> 'none')`),
  ],
)

/** What became of what was forecast: written once, when it is known, and never changed. */
export const forecastOutcome = pgTable('forecast_outcome', {
  forecastId: integer('forecast_id')
    .primaryKey()
    .references(() => forecast.id),
  knownOn: date('known_on').notNull(),
  /** The day it premiered; null where it did not, or where no day is known. */
  premieredOn: date('premiered_on'),
  /** Whether it premiered within the horizon. */
  returned: boolean().notNull(),
})

/** Seasons of which the model knows too little to say anything; decided anew whenever forecasts are made. */
export const forecastAbsence = pgTable('forecast_absence', {
  seasonId: integer('season_id')
    .primaryKey()
    .references(() => season.id, { onDelete: 'cascade' }),
  because: text().$type<ForecastAbsence>().notNull(),
  decidedOn: date('decided_on').notNull(),
})
