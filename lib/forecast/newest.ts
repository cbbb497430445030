import 'server-only'
import { sql } from 'drizzle-orm'

/** The newest forecast of a show as JSON (`ForecastRow`), for a statement about one show; null where none was made. */
export const forecastOf = (showId: number) => sql`
    (select json_build_object('number', season.number, 'madeOn', forecast.made_on, 'model', forecast.model,
        'class', forecast.class, 'milestone', forecast.milestone, 'countedFrom', forecast.counted_from,
        'renewal', forecast.renewal, 'median', forecast.median, 'low50', forecast.low50, 'high50', forecast.high50,
        'low80', forecast.low80, 'high80', forecast.high80, 'low95', forecast.low95, 'high95', forecast.high95,
        'reasons', (select coalesce(json_agg(json_build_object('of', reason."of", 'code', reason.code,
          'value', reason.value, 'effect', reason.effect)), '[]')
          from jsonb_to_recordset(forecast.reasons) as reason ("of" text, code text, value real, effect real)))
      from forecast join season on season.id = forecast.season_id where season.show_id = ${showId}
      order by forecast.made_on desc, forecast.id desc limit 1)`

/** Why none is made of a show's newest season for which that was decided, as JSON; null where it was not. */
export const absenceOf = (showId: number) => sql`
    (select json_build_object('number', season.number, 'because', forecast_absence.because)
      from forecast_absence join season on season.id = forecast_absence.season_id
      where season.show_id = ${showId} order by season.number desc limit 1)`
