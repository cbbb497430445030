import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { CARD_COLUMNS, CARD_TABLES } from './cards'
import type { Dials } from './dials'
import { forYou, type Measured, type Recommended } from './for-you'
import type { ForYou, ForYouCard, KnownShow, NamedShow, RelatedCard } from './types'

/** Cards of a reader's list. */
const CARDS = 24
/** The walk begins at so many of the reader's shows, the latest they followed or have seen; as many waved off are heeded. */
const SOURCES = 100
/** A second step goes to the best of a list only. */
const SECOND_RANKS = 6

interface Around extends Record<string, unknown> {
  known: (KnownShow & NamedShow)[]
  steps: [from: number, to: number, rank: number][]
  titles: (Measured & NamedShow)[]
}

/** Everything one reader's list is made of, in one statement: their shows, the rows around them, and those shows' facts. */
const around = (readerId: string): SQL => sql`
  with known as materialized (
    select show_id, case when bool_or(word = 'follows') then 'follows' else min(word) end as word, max(at) as at
      from (select season.show_id, 'follows' as word, follow.followed_at as at
              from follow join season on season.id = follow.season_id where follow.reader_id = ${readerId}
            union all select show_id, word, at from verdict where reader_id = ${readerId}) said
     group by show_id),
  near as materialized (
    select related.show_id, related_show_id, rank, word <> 'not-this' as liked
      from (select *, row_number() over (partition by word = 'not-this' order by at desc, show_id) as place
              from known) source
      join related on related.show_id = source.show_id and source.place <= ${SOURCES}),
  steps as materialized (
    select show_id, related_show_id, rank from near
    union all
    select related.show_id, related.related_show_id, related.rank
      from (select distinct related_show_id as show_id from near where liked
            except select show_id from known) between_them
      join related on related.show_id = between_them.show_id and related.rank <= ${SECOND_RANKS}),
  met as (select related_show_id as id from steps union select show_id from known)
  select
    (select coalesce(json_agg(json_build_object('id', show.id, 'word', known.word, 'slug', show.slug,
        'title', show.title) order by known.at desc, show.id), '[]')
       from known join show on show.id = known.show_id) as known,
    (select coalesce(json_agg(json_build_array(show_id, related_show_id, rank)), '[]') from steps) as steps,
    (select coalesce(json_agg(json_build_object('id', show.id, 'slug', show.slug, 'title', show.title,
        'kind', show.kind, 'country', show.country, 'popularity', show.popularity,
        'genres', coalesce((select array_agg(tag.name order by show_tag.position)
           from show_tag join tag on tag.id = show_tag.tag_id
          where show_tag.show_id = show.id and tag.kind = 'genre'), '{}'),
        'seasons', so_far.seasons, 'episodes', so_far.episodes,
        'franchise', array(select ref from franchise_link where franchise_link.show_id = show.id
           union all select namespace || ':' || value from outside_id where outside_id.show_id = show.id))), '[]')
       from met join show on show.id = met.id
         cross join lateral (select count(*)::int as seasons, sum(episodes)::int as episodes
           from season where season.show_id = show.id and recorded) so_far) as titles`

/** The row of a related list that a recommendation stands on. */
const rowOf = ({ id, through: [first], via }: Recommended) => ({ show: via ?? first!, related: id })

/**
 * What the reader may want to watch next, from what they follow, have seen and have waved off, with the dials turned; and
 * what they have said so far. Two statements, which only read rows.
 */
export async function getForYou(reader: { id: string }, dials: Dials): Promise<ForYou> {
  const [found] = await db().execute<Around>(around(reader.id))
  const { known, titles } = found!
  const steps = found!.steps.map(([from, to, rank]) => ({ from, to, rank }))
  const chosen = forYou({ known, steps, titles }, dials, CARDS)
  const cards = chosen.length
    ? await db().execute<RelatedCard & { id: number } & Record<string, unknown>>(sql`
        select other.id, ${CARD_COLUMNS} from ${CARD_TABLES}
          join json_to_recordset(${JSON.stringify(chosen.map(rowOf))}::json) as wanted (show int, related int)
            on related.show_id = wanted.show and related.related_show_id = wanted.related`)
    : []
  const cardOf = new Map(cards.map((card) => [card.id, card]))
  const named = new Map<number, NamedShow>(
    [...titles, ...known].map(({ id, slug, title }) => [id, { slug, title }]),
  )
  const words = new Map(known.map(({ id, word }) => [id, word]))
  return {
    known: known.filter(({ word }) => word !== 'not-this').length,
    cards: chosen.flatMap((entry): ForYouCard[] => {
      const card = cardOf.get(entry.id)
      if (!card) return []
      const { id: _, ...rest } = card
      const through = entry.through.map((id) => ({
        ...named.get(id)!,
        word: words.get(id) as 'follows' | 'seen',
      }))
      return [
        {
          ...(rest as RelatedCard),
          score: entry.score,
          through,
          via: entry.via === null ? null : named.get(entry.via)!,
        },
      ]
    }),
    said: known.flatMap(({ slug, title, word }) => (word === 'follows' ? [] : [{ slug, title, word }])),
  }
}
