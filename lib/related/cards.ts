import 'server-only'
import { sql } from 'drizzle-orm'

/** What a card says of a show and why it stands there; reads `other` (a show), its `show_state` and the row of `related`. */
export const CARD_COLUMNS = sql.raw(`
  other.slug, other.title, other.original_title as "originalTitle", other.country, other.kind, other.summary,
  related.score, related.reasons, show_state.status, show_state.lamp, show_state.next_season as "nextSeason",
  show_state.next_status as "nextStatus",
  coalesce((select array_agg(tag.name order by show_tag.position) from show_tag join tag on tag.id = show_tag.tag_id
    where show_tag.show_id = other.id and tag.kind = 'genre'), '{}') as genres,
  coalesce((select array_agg(tag.name order by show_tag.position) from show_tag join tag on tag.id = show_tag.tag_id
    where show_tag.show_id = other.id and tag.kind = 'tag'), '{}') as tags,
  (select min(left(premiere, 4))::int from season where show_id = other.id and premiere ~ '^[0-9]{4}') as year,
  (select count(*)::int from season where show_id = other.id and recorded) as seasons`)

/** The tables `CARD_COLUMNS` reads. */
export const CARD_TABLES = sql.raw(`
  related join show other on other.id = related.related_show_id
  join show_state on show_state.show_id = other.id`)
