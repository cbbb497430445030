import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { idList, insertRows } from '@/db/rows'
import { forecast, forecastAbsence, forecastOutcome } from '@/db/schema/forecast'
import type { ForecastAbsence } from '@/db/schema/words'
import { transaction } from '@/db/transaction'
import { deriveShows } from '@/lib/ledger/states'
import { batchesOf } from '@/lib/shared/batches'
import type { Day } from '@/lib/shared/day'
import { expireTags } from '@/lib/shared/expire-tags'
import { FORECASTS_TAG, seasonTag, showTag } from '@/lib/shared/tags'
import { comesAsAMatterOfCourse } from '@/lib/status/labels'
import { type CatalogueShow, shelfAt } from './from-catalogue'
import { type Forecaster, loadForecaster } from './load-model'
import { type Made, makeOne } from './make'
import { outcomeOf } from './outcome'
import { readCatalogue, readDue, readOpen } from './queries'
import { dayNumber, dayOfNumber } from './read-seasons'
import { standingOf } from './standing'

/** Shows derived and written at once. */
const SHOWS_AT_ONCE = 500

interface Decided {
  seasonId: number
  slug: string
  number: number
  said: Made | ForecastAbsence
}

/**
 * Forecasts every season for which a forecast is due on a day: waited for, undated, and not forecast within the week by
 * this model at this milestone. May be repeated, and stopped at any line: what is made stays, and is made once a day.
 * Where the model knows too little, that is noted instead.
 */
export async function makeForecasts(
  day: Day,
  {
    forecaster = loadForecaster(),
    report,
  }: { forecaster?: Forecaster; report?: (line: string) => void } = {},
): Promise<{ made: number; absent: number }> {
  const due = await readDue(day, forecaster.name)
  if (due.length === 0) return { made: 0, absent: 0 }
  const asOf = dayNumber(day)
  const catalogue = await readCatalogue()
  const shelf = shelfAt(catalogue, asOf)
  const showOf = new Map(shelf.shows.map((show) => [show.seasons[0]!.show, show]))
  const recordOf = new Map(catalogue.map((show) => [show.id, show]))
  const total = { made: 0, absent: 0 }
  for (const batch of batchesOf(due, SHOWS_AT_ONCE)) {
    const seasonOf = new Map(batch.map((row) => [row.show_id, row]))
    const derived = await deriveShows([...seasonOf.keys()], day)
    const decided = derived.flatMap(({ id, slug, seasons, status }): Decided[] => {
      const record = recordOf.get(id) as CatalogueShow
      const show = showOf.get(slug)
      const next = seasons.find(({ facts }) => facts.number === status.nextSeason)
      const seasonId = seasonOf.get(id)!.season_id
      if (!next || next.id !== seasonId) return []
      const last = show?.seasons.findLast((row) => row.premiere !== null)
      const standing = standingOf({
        show: status,
        next: { number: next.facts.number, status: next.status },
        countedFrom: last ? dayOfNumber(last.premiere!) : null,
        asAMatterOfCourse: comesAsAMatterOfCourse({ kind: record.kind, genres: record.genres ?? [] }),
        today: day,
      })
      if (standing.may === 'nothing') return []
      const asked = { next: next.facts.number, milestone: standing.milestone }
      const said = show
        ? makeOne(
            forecaster,
            shelf,
            { ...asked, show, ranOn: status.ranOn !== null, until: record.toldUntil },
            asOf,
          )
        : 'undated'
      return [{ seasonId, slug, number: next.facts.number, said }]
    })
    const written = await transaction(() => write(decided, day, forecaster), { idempotent: true })
    total.made += written.made
    total.absent += written.absent
    report?.(`${total.made} forecasts made, ${total.absent} seasons of which too little is known`)
  }
  return total
}

async function write(decided: readonly Decided[], day: Day, { name, hash }: Forecaster) {
  const made = decided.flatMap(({ seasonId, said }) =>
    typeof said === 'string' ? [] : [{ ...said, seasonId, madeOn: day, model: name, modelHash: hash }],
  )
  const absent = decided.flatMap(({ seasonId, said }) =>
    typeof said === 'string' ? [{ seasonId, because: said, decidedOn: day }] : [],
  )
  await insertRows(forecast, made, { known: 'left' })
  const before = await db().execute<{ season_id: number; because: ForecastAbsence }>(sql`
    delete from forecast_absence where season_id in ${idList(decided.map(({ seasonId }) => seasonId))}
    returning season_id, because`)
  await insertRows(forecastAbsence, absent)
  const known = new Map([...before].map(({ season_id, because }) => [season_id, because]))
  const changed = decided.filter(({ seasonId, said }) => known.get(seasonId) !== said)
  await expireTags([
    ...changed.flatMap(({ slug, number }) => [showTag(slug), seasonTag(slug, number)]),
    ...(made.length ? [FORECASTS_TAG] : []),
  ])
  return { made: made.length, absent: absent.length }
}

/** Writes down what became of forecasts, each once, as soon as it is known. May be repeated. */
export async function scoreForecasts(day: Day): Promise<{ scored: number }> {
  const open = await readOpen()
  let scored = 0
  for (const shows of batchesOf([...new Set(open.map((row) => row.show_id))], SHOWS_AT_ONCE)) {
    const catalogue = new Map((await readCatalogue(shows)).map((show) => [show.id, show]))
    const derived = new Map((await deriveShows(shows, day)).map((show) => [show.id, show]))
    const outcomes = open.flatMap((row) => {
      const show = derived.get(row.show_id)
      const season = show?.seasons.find(({ id }) => id === row.season_id)
      if (!show || !season) return []
      const outcome = outcomeOf({
        countedFrom: row.counted_from,
        ordered: row.ordered,
        show: show.status,
        season: season.status,
        premiere: season.facts.premiere ?? season.status.premiere,
        until: catalogue.get(row.show_id)?.toldUntil ?? null,
        today: day,
      })
      return outcome ? [{ forecastId: row.id, knownOn: day, ...outcome }] : []
    })
    await transaction(
      async () => {
        await insertRows(forecastOutcome, outcomes, { known: 'left' })
        if (outcomes.length) await expireTags([FORECASTS_TAG])
      },
      { idempotent: true },
    )
    scored += outcomes.length
  }
  return { scored }
}
