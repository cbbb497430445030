import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import type { ForecastAbsence } from '@/db/schema/words'
import { differences, shownSeason, shownShow } from '@/lib/catalogue/facts'
import type { Fact, ShowColumns } from '@/lib/catalogue/types'
import { estimateOf, type ForecastRow } from '@/lib/forecast/estimate'
import { absenceOf, forecastOf } from '@/lib/forecast/newest'
import { standingOf } from '@/lib/forecast/standing'
import { CLAIM_JSON } from '@/lib/ledger/claim-json'
import { factsOf, newestSourceOn, newestWordOn, type SeasonOnRecord, showFactsOf } from '@/lib/ledger/facts'
import { eventKey } from '@/lib/ledger/keys'
import { BEGUN_BY, FACTS_JSON, FROM_PAGES, LOOKED, MISSED_ON } from '@/lib/ledger/show-facts'
import { PUBLISHED, RECORDED_AT, REVISION } from '@/lib/ledger/telling'
import type { Correction, RecordedEvent } from '@/lib/ledger/types'
import { CARD_COLUMNS, CARD_TABLES } from '@/lib/related/cards'
import type { RelatedCard } from '@/lib/related/types'
import { type Day, dayOf, latestDay } from '@/lib/shared/day'
import { reads } from '@/lib/shared/reads'
import { isSlug } from '@/lib/shared/slug'
import { cardTag, dayTag, seasonsTag, seasonTag, showTag } from '@/lib/shared/tags'
import type { Claim } from '@/lib/status/claim'
import { comesAsAMatterOfCourse } from '@/lib/status/labels'
import { deriveShow, isFinished } from '@/lib/status/show'
import { returningCast } from './returning'
import { composeSummary, newestFirst } from './rules'
import type { SeasonView, ShowPage } from './types'

interface ShowRow extends ShowColumns {
  language: string | null
  source_material: string | null
  summary: string | null
  provenance: string[]
  facts: Fact[] | null
  network: ShowPage['network']
  aliases: string[] | null
  tags: { kind: string; slug: string; name: string }[] | null
  ids: ShowPage['ids'] | null
  credits: { role: string; person: string; character: string | null; also: string[] | null }[] | null
  seasons: (SeasonOnRecord & { name: string | null })[] | null
  recaps: { season: number; text: string; throughEpisode: number }[] | null
  looked: Day | null
}

interface LedgerRow extends Record<string, unknown> {
  forecast: ForecastRow | null
  absence: { number: number; because: ForecastAbsence } | null
  claims: Claim[] | null
  events: (Omit<RecordedEvent, 'key'> & { key: string | null })[] | null
  corrections: Correction[] | null
  revisions: Record<string, number> | null
}

const findShow = (slug: string) => sql`
  select show.id, show.slug, show.title, show.original_title, show.kind, show.country, show.language,
    show.source_material, show.summary, show.provenance, ${FACTS_JSON} as facts,
    (select json_build_object('slug', slug, 'name', name) from network where id = show.network_id) as network,
    (select json_agg(text order by position) from show_title where show_id = show.id and kind = 'alias') as aliases,
    (select json_agg(json_build_object('kind', tag.kind, 'slug', tag.slug, 'name', tag.name) order by show_tag.position)
       from show_tag join tag on tag.id = show_tag.tag_id where show_id = show.id) as tags,
    (select json_agg(json_build_object('namespace', namespace, 'value', value) order by namespace)
       from outside_id where show_id = show.id) as ids,
    (select json_agg(json_build_object('role', role, 'person', name, 'character', parts, 'also', also) order by role, place)
       from (select role, person.name, min(position) as place, string_agg(character, ', ' order by position) as parts,
           (select json_agg(name) from person_alias where person_id = person.id) as also
         from credit join person on person.id = credit.person_id where show_id = show.id
         group by role, person.id) one) as credits,
    (select json_agg(json_build_object('number', number, 'name', name, 'premiere', premiere, 'finale', finale,
       'episodes', episodes, 'recorded', recorded, 'fromPages', ${FROM_PAGES}, 'begunBy', ${BEGUN_BY},
       'looked', ${LOOKED}, 'missedOn', ${MISSED_ON}) order by number) from season where show_id = show.id) as seasons,
    (select json_agg(json_build_object('season', season_number, 'text', text, 'throughEpisode', through_episode)
       order by season_number, position) from recap_sentence where show_id = show.id) as recaps,
    (select max((checked_at at time zone 'UTC')::date)::text from source_look where show_id = show.id) as looked
  from show where show.slug = ${slug}`

const findLedger = (showId: number) => sql`
  select
    (select json_agg(${CLAIM_JSON} order by claim.id)
     from claim join season on season.id = claim.season_id join source on source.id = claim.source_id
     left join retraction on retraction.claim_id = claim.id where claim.show_id = ${showId}) as claims,
    (select json_agg(json_build_object('season', season.number, 'kind', event.kind, 'was', was, 'became', became,
       'because', because, 'happenedOn', happened_on, 'recordedAt', ${RECORDED_AT}, 'key', event.key, 'seenKey', event.seen_key) order by happened_on desc, event.id desc)
     from event join season on season.id = event.season_id where event.show_id = ${showId} and ${PUBLISHED}) as events,
    (select json_agg(json_build_object('season', season.number, 'text', text, 'publishedOn', published_on,
       'claimId', claim_id) order by published_on desc, correction.id desc)
     from correction left join season on season.id = correction.season_id
     where correction.show_id = ${showId}) as corrections,
    (select json_object_agg(number, ${REVISION}) from season where show_id = ${showId}) as revisions,
    ${forecastOf(showId)} as forecast, ${absenceOf(showId)} as absence`

const findRelated = (showId: number) => sql`
  select ${CARD_COLUMNS} from ${CARD_TABLES} where related.show_id = ${showId} order by related.rank limit 12`

/**
 * Everything the pages and faces of one show say, derived for `today` from its record and its claims.
 * Three queries; null where no show has the slug.
 * @param season whose page is being made, where it says nothing of what is claimed of the others
 */
export async function getShowPage(
  slug: string,
  today: Day = dayOf(new Date()),
  season?: number,
): Promise<ShowPage | null> {
  // Nothing else is ever a slug, and PostgreSQL refuses some of it.
  if (!isSlug(slug)) return null
  reads(dayTag(today))
  if (season === undefined) reads(showTag(slug))
  else reads(seasonTag(slug, season), seasonsTag(slug), cardTag(slug))
  const [show] = await db().execute<ShowRow>(findShow(slug))
  if (!show) return null
  const [[ledger], cards] = await Promise.all([
    db().execute<LedgerRow>(findLedger(show.id)),
    db().execute<RelatedCard & Record<string, unknown>>(findRelated(show.id)),
  ])
  const claims = ledger?.claims ?? []
  const given = show.facts ?? []
  const genres = (show.tags ?? []).filter(({ kind }) => kind === 'genre').map(({ name }) => name)
  const showFacts = showFactsOf({ kind: show.kind, genres, facts: given }, today)
  const derived = deriveShow(
    (show.seasons ?? []).map((row) => ({
      row,
      facts: factsOf(row, newestWordOn(claims)),
      claims: claims.filter((claim) => claim.season === row.number),
    })),
    today,
    showFacts,
  )
  const { status } = derived
  const isShown = ({ row, claims: own }: (typeof derived.seasons)[number]) =>
    row.recorded || own.length > 0 || !(status.nextSeason < row.number && isFinished(status))
  const seasons = derived.seasons
    .filter(isShown)
    .map(({ row, facts, claims: own, status: state }): SeasonView => {
      const record = shownSeason(given.filter((fact) => fact.season === row.number))
      return {
        number: row.number,
        recorded: row.recorded,
        name: row.name,
        episodes: row.episodes,
        premiere: facts.premiere ?? state.premiere,
        finale: facts.finale ?? state.finale,
        state,
        claims: own
          .map((claim) => ({ ...claim, state: state.states[claim.id] ?? 'stands' }))
          .sort(newestFirst),
        revision: ledger?.revisions?.[row.number] ?? 0,
        recap: (show.recaps ?? []).filter((sentence) => sentence.season === row.number),
        recordedBy: {
          premiere: record.premiere.providers,
          finale: record.finale.providers,
          episodes: record.episodes.providers,
        },
        givenBy: differences(record),
      }
    })
  const credits = show.credits ?? []
  const named = (kind: string) =>
    (show.tags ?? [])
      .filter((tag) => tag.kind === kind)
      .map(({ slug: tagSlug, name }) => ({ slug: tagSlug, name }))
  const next = seasons.find((season) => season.number === status.nextSeason)
  const years = seasons.flatMap(({ premiere }) => (premiere ? [Number(premiere.earliest.slice(0, 4))] : []))
  const before = seasons.find((season) => season.number === status.nextSeason - 1)
  const standing = standingOf({
    show: status,
    next: next ? { number: next.number, status: next.state } : null,
    countedFrom: before?.premiere?.earliest ?? null,
    asAMatterOfCourse: comesAsAMatterOfCourse({ kind: show.kind, genres }),
    today,
  })
  const page = {
    slug: show.slug,
    title: show.title,
    originalTitle: show.original_title,
    aliases: show.aliases ?? [],
    kind: show.kind,
    country: show.country,
    language: show.language,
    network: show.network,
    genres: named('genre'),
    tags: named('tag'),
    creators: credits.filter((credit) => credit.role === 'creator').map((credit) => credit.person),
    cast: returningCast(
      credits.filter((credit) => credit.role === 'cast'),
      next?.claims ?? [],
    ),
    sourceMaterial: show.source_material,
    year: years.length ? Math.min(...years) : null,
    ids: show.ids ?? [],
    provenance: show.provenance,
    labels: showFacts.labels.map(({ provider, label, asOf }) => ({ provider, label, asOf })),
    givenBy: differences(shownShow(given)),
    seasons,
    status,
    // An older release that still writes beside this one gives no key.
    events: (ledger?.events ?? []).map((event) => ({ ...event, key: event.key ?? eventKey(slug, event) })),
    corrections: ledger?.corrections ?? [],
    related: [...cards],
    estimate: estimateOf(
      standing,
      status.nextSeason,
      ledger?.forecast ?? null,
      ledger?.absence ?? null,
      today,
    ),
    changedOn: latestDay(seasons.map((season) => season.state.changedOn)),
    // A provider that was asked is a source that was read, whether it had anything new or not.
    checkedOn: latestDay([
      ...seasons.map((season) => season.state.checkedOn),
      show.looked && show.looked <= today ? show.looked : null,
    ]),
    newestSourceOn: newestSourceOn(claims),
    today,
  }
  return { ...page, summary: show.summary ?? composeSummary(page), summaryComposed: !show.summary }
}
