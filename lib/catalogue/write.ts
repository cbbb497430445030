import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { insertRows } from '@/db/rows'
import { credit, franchiseLink, network, outsideId, showTitle, tag } from '@/db/schema/show'
import { windowOf } from '@/lib/shared/edtf'
import { filterSlug } from '@/lib/shared/slug'
import { listIds } from './ids'
import { type CreditRow, settleRecords } from './people-rows'
import { nextSeasonNumber } from './rules'
import type { CatalogueRecord } from './types'

/** A whole record for a show that has its row, or for a new one (`id` null). */
export interface Write {
  id: number | null
  slug: string
  record: CatalogueRecord
}

const unique = <T>(values: T[]) => [...new Set(values)]
const rowsOf = (rows: unknown[]) => JSON.stringify(rows)
const addressOf = (name: string) => filterSlug(name) || `n${Buffer.from(name).toString('hex').slice(0, 40)}`

/** Networks the records name, each with its row; an address two names share gets a number. */
async function ensureNetworks(names: string[]): Promise<void> {
  const there = (await db().execute(sql`select slug, name from network`)) as unknown as {
    slug: string
    name: string
  }[]
  const slugs = new Set(there.map(({ slug }) => slug))
  const known = new Set(there.map(({ name }) => name))
  const rows = unique(names)
    .filter((name) => !known.has(name))
    .map((name) => {
      const plain = addressOf(name)
      let slug = plain
      for (let n = 2; slugs.has(slug); n++) slug = `${plain}-${n}`
      slugs.add(slug)
      return { slug, name }
    })
  await insertRows(network, rows, { known: 'left' })
}

async function ensureTags(records: CatalogueRecord[]): Promise<void> {
  const rows = new Map<string, typeof tag.$inferInsert>()
  for (const record of records)
    for (const [kind, names] of [
      ['genre', record.genres],
      ['tag', record.tags],
    ] as const)
      for (const name of names ?? []) rows.set(`${kind}\n${name}`, { kind, slug: addressOf(name), name })
  await insertRows(tag, [...rows.values()], { known: 'left' })
}

const SHOW_COLUMNS = sql`id int, slug text, title text, original_title text, kind text, country text, language text,
  network text, source_material text, summary text, popularity real, rating real, provenance json`

/** Writes the show rows and gives each write its id. */
async function writeShows(writes: Write[]): Promise<number[]> {
  const rows = rowsOf(
    writes.map(({ id, slug, record }) => ({
      id,
      slug,
      title: record.title,
      original_title: record.original_title ?? null,
      kind: record.kind ?? 'scripted',
      country: record.country ?? null,
      language: record.language ?? null,
      network: record.network ?? null,
      source_material: record.source_material ?? null,
      summary: record.summary || null,
      popularity: record.popularity ?? null,
      rating: record.rating ?? null,
      provenance: record.provenance ?? [],
    })),
  )
  const values = sql`x.title, x.original_title, x.kind, x.country, x.language, n.id, x.source_material, x.summary,
    x.popularity, x.rating, array(select json_array_elements_text(x.provenance))`
  const columns = sql`title, original_title, kind, country, language, network_id, source_material, summary,
    popularity, rating, provenance`
  const source = sql`json_to_recordset(${rows}::json) as x(${SHOW_COLUMNS}) left join network n on n.name = x.network`
  await db().execute(sql`
    update show s set (${columns}) = (select ${values} from ${source} where x.id = s.id)
    where s.id in (select x.id from json_to_recordset(${rows}::json) as x(id int))`)
  const added = (await db().execute(sql`
    insert into show (slug, ${columns}) select x.slug, ${values} from ${source} where x.id is null
    returning id, slug`)) as unknown as { id: number; slug: string }[]
  const ids = new Map(added.map(({ id, slug }) => [slug, id]))
  return writes.map(({ id, slug }) => id ?? (ids.get(slug) as number))
}

/** Replaces what hangs on a show row by what the record says; ids are only added. */
async function writeLists(ids: number[], writes: Write[], credits: CreditRow[]): Promise<void> {
  const each = <T>(rows: (record: CatalogueRecord, showId: number) => T[]) =>
    writes.flatMap(({ record }, index) => rows(record, ids[index] as number))
  const old = rowsOf(writes.flatMap(({ id }) => (id === null ? [] : [id])))
  const mine = sql`show_id in (select value::int from json_array_elements_text(${old}::json))`
  for (const table of ['show_title', 'show_tag', 'credit', 'franchise_link'])
    if (old !== '[]') await db().execute(sql`delete from ${sql.identifier(table)} where ${mine}`)

  const titles = each((record, showId) =>
    [
      { kind: 'title' as const, text: record.title },
      ...(record.original_title ? [{ kind: 'original' as const, text: record.original_title }] : []),
      ...(record.aliases ?? []).map((text) => ({ kind: 'alias' as const, text })),
    ].map((title, position) => ({ showId, position, ...title })),
  )
  await insertRows(showTitle, titles)

  const tags = each((record, show) =>
    [
      ...unique(record.genres ?? []).map((name) => ({ kind: 'genre', name })),
      ...unique(record.tags ?? []).map((name) => ({ kind: 'tag', name })),
    ].map((tag, position) => ({ show, position, ...tag })),
  )
  await db().execute(sql`
    insert into show_tag (show_id, tag_id, position)
    select x.show, t.id, x.position
    from json_to_recordset(${rowsOf(tags)}::json) as x(show int, position int, kind text, name text)
    join tag t on t.kind = x.kind and t.name = x.name`)

  await insertRows(
    credit,
    credits.map(({ record, person, ...rest }) => ({
      ...rest,
      personId: person,
      showId: ids[record] as number,
    })),
  )
  const kin = each((record, showId) =>
    unique(record.related_franchise ?? []).map((ref, position) => ({ showId, position, ref })),
  )
  await insertRows(franchiseLink, kin)
  const known = each((record, showId) => listIds(record.ids).map((id) => ({ showId, ...id })))
  await insertRows(outsideId, known, { known: 'left' })
}

/** The facts behind the values shown, each where it differs from what is there. */
async function writeFacts(ids: number[], writes: Write[]): Promise<void> {
  const rows = writes.flatMap(({ record }, index) =>
    (record.facts ?? []).map((fact) => ({ ...fact, show_id: ids[index] })),
  )
  await db().execute(sql`
    insert into fact (show_id, season, field, provider, value, as_of, seen_on, withdrawn_on)
    select show_id, season, field, provider, value, as_of, seen_on, withdrawn_on
    from json_populate_recordset(null::fact, ${rowsOf(rows)}::json)
    on conflict (show_id, season, field, provider) do update set value = excluded.value, as_of = excluded.as_of,
      seen_on = excluded.seen_on, withdrawn_on = excluded.withdrawn_on
    where (fact.value, fact.as_of, fact.seen_on, fact.withdrawn_on)
      is distinct from (excluded.value, excluded.as_of, excluded.seen_on, excluded.withdrawn_on)`)
}

/** Seasons that nobody gives any more stay, for claims and followers may hang on them, and are on record no longer. */
async function unrecordSeasons(ids: number[], writes: Write[]): Promise<void> {
  const recorded = writes.flatMap(({ record }, index) =>
    (record.seasons ?? []).map(({ number }) => ({ show: ids[index], number })),
  )
  const shows = rowsOf(writes.flatMap(({ id }) => (id === null ? [] : [id])))
  await db().execute(sql`
    update season set recorded = false, name = null, premiere = null, premiere_earliest = null, premiere_latest = null,
      finale = null, finale_earliest = null, finale_latest = null, episodes = null
    where recorded and show_id in (select value::int from json_array_elements_text(${shows}::json))
      and not exists (select 1 from json_to_recordset(${rowsOf(recorded)}::json) as x(show int, number int)
        where x.show = season.show_id and x.number = season.number)`)
}

/** The seasons on record, and the one after them that readers wait for. */
async function writeSeasons(ids: number[], writes: Write[]): Promise<void> {
  const rows = writes.flatMap(({ record }, index) => {
    const seasons = record.seasons ?? []
    const show = ids[index]
    const recorded = seasons.map((season) => {
      const [premiere, finale] = [windowOf(season.premiere), windowOf(season.finale)]
      return {
        show,
        number: season.number,
        recorded: true,
        name: season.name ?? null,
        episodes: season.episodes ?? null,
        premiere: premiere?.edtf,
        premiere_earliest: premiere?.earliest,
        premiere_latest: premiere?.latest,
        finale: finale?.edtf,
        finale_earliest: finale?.earliest,
        finale_latest: finale?.latest,
      }
    })
    return [
      ...recorded,
      { show, number: nextSeasonNumber(seasons.map(({ number }) => number)), recorded: false },
    ]
  })
  // Season 1000 is the last one there can be: then there is no next one.
  const distinct = rows.filter(
    (row, index) =>
      row.recorded || rows[index - 1]?.number !== row.number || rows[index - 1]?.show !== row.show,
  )
  await db().execute(sql`
    insert into season (show_id, number, name, premiere, premiere_earliest, premiere_latest,
      finale, finale_earliest, finale_latest, episodes, recorded)
    select x.show, x.number, x.name, x.premiere, x.premiere_earliest, x.premiere_latest,
      x.finale, x.finale_earliest, x.finale_latest, x.episodes, x.recorded
    from json_to_recordset(${rowsOf(distinct)}::json) as x(show int, number int, name text, premiere text,
      premiere_earliest date, premiere_latest date, finale text, finale_earliest date, finale_latest date,
      episodes int, recorded boolean)
    on conflict (show_id, number) do update set name = excluded.name, premiere = excluded.premiere,
      premiere_earliest = excluded.premiere_earliest, premiere_latest = excluded.premiere_latest,
      finale = excluded.finale, finale_earliest = excluded.finale_earliest, finale_latest = excluded.finale_latest,
      episodes = excluded.episodes, recorded = true
    where excluded.recorded`)
}

/**
 * Writes whole records inside the running transaction, a handful of statements however many there are.
 * Returns the ids of their shows, and the slugs of shows of which credits moved because people turned out to be one.
 */
export async function writeRecords(given: Write[]): Promise<{ ids: number[]; moved: string[] }> {
  const { records, credits, moved } = await settleRecords(
    given.map(({ id, record }) => ({ show: id, record })),
  )
  const writes = given.map((write, index) => ({ ...write, record: records[index] as CatalogueRecord }))
  await ensureNetworks(records.flatMap(({ network }) => (network ? [network] : [])))
  await ensureTags(records)
  const ids = await writeShows(writes)
  await writeLists(ids, writes, credits)
  await unrecordSeasons(ids, writes)
  await writeSeasons(ids, writes)
  await writeFacts(ids, writes)
  return { ids, moved }
}
