import 'server-only'
import { sql } from 'drizzle-orm'
import type { ShowColumns } from '@/lib/catalogue/types'
import type { Day } from '@/lib/shared/day'
import { shortAnswer } from '@/lib/status/short'
import type { Lamp, PremiereState, SeasonStatusWord, ShowStatusWord, Window } from '@/lib/status/types'
import type { ShowListItem } from './types'

/** A row of `LIST_COLUMNS`. */
export interface ListRow extends ShowColumns {
  network: string | null
  genres: string[] | null
  year: number | null
  status: ShowStatusWord
  lamp: Lamp
  answer: string
  since: Day | null
  next_season: number
  next_status: SeasonStatusWord
  next_edtf: string | null
  next_earliest: Day | null
  next_latest: Day | null
  next_state: PremiereState | null
  last_premiere: Window | null
  claim_count: number
  changed_on: Day | null
  derived_for: Day
}

/** What a list shows of a show; reads `show`, `show_state` and `network` under those names. */
export const LIST_COLUMNS = sql.raw(`
  show.id, show.slug, show.title, show.original_title, show.kind, show.country, network.name as network,
  (select array_agg(tag.name order by show_tag.position)
     from show_tag join tag on tag.id = show_tag.tag_id
    where show_tag.show_id = show.id and tag.kind = 'genre') as genres,
  (select min(left(season.premiere, 4))::int from season
    where season.show_id = show.id and season.premiere ~ '^[0-9]{4}') as year,
  show_state.status, show_state.lamp, show_state.answer, show_state.since, show_state.next_season, show_state.next_status,
  show_state.next_edtf, show_state.next_earliest, show_state.next_latest, show_state.next_state,
  (select json_build_object('edtf', premiere_edtf, 'earliest', premiere_earliest, 'latest', premiere_latest)
     from season_state where season_state.show_id = show.id
      and season_state.premiere_earliest = show_state.last_premiere limit 1) as last_premiere,
  show_state.claim_count, show_state.changed_on, show_state.derived_for`)

/** The tables `LIST_COLUMNS` reads. */
export const LIST_TABLES = sql.raw(`
  show join show_state on show_state.show_id = show.id left join network on network.id = show.network_id`)

/** A row as the pages know it. */
export function toListItem(row: ListRow): ShowListItem {
  const nextWindow =
    row.next_edtf && row.next_earliest && row.next_latest
      ? { edtf: row.next_edtf, earliest: row.next_earliest, latest: row.next_latest }
      : null
  return {
    slug: row.slug,
    title: row.title,
    originalTitle: row.original_title,
    kind: row.kind,
    country: row.country,
    network: row.network,
    genres: row.genres ?? [],
    year: row.year,
    status: row.status,
    lamp: row.lamp,
    answer: row.answer,
    nextSeason: row.next_season,
    nextStatus: row.next_status,
    nextWindow,
    says: shortAnswer(
      {
        lamp: row.lamp,
        nextSeason: row.next_season,
        nextStatus: row.next_status,
        nextWindow,
        nextState: row.next_state,
        since: row.since,
      },
      row.derived_for,
    ),
    lastPremiere: row.last_premiere,
    claimCount: row.claim_count,
    changedOn: row.changed_on,
  }
}
