/** Where a show's page went whose address changed: catalogues keep an address once published as an id of the show. */
import { openDatabase } from './database'

/** The place of a show's address in a path, whatever of the show is asked for. */
const SHOW_PATH =
  /^(\/(?:api\/v1\/)?shows\/)([a-z0-9]+(?:-[a-z0-9]+)*)(?:\/seasons\/([1-9]\d{0,3})(?=$|[/?])|(?=$|[/?]))/

/** Where a show is now, and which of its seasons one of its former address is. */
export interface Address {
  slug: string
  season: number | null
}

/** Finds the address a show has now by one it had; null where it never was one, or still is. */
export type FindAddress = (former: string, season: number | null) => Promise<Address | null>

/**
 * The path (query included) under the address that the show has now, or null where nothing moved. A database that does
 * not answer moves nothing: the reader is told that there is nothing here, which is true of this address.
 */
export async function movedPath(target: string, find: FindAddress): Promise<string | null> {
  const [, before, former, season] = SHOW_PATH.exec(target) ?? []
  if (!before || !former) return null
  const now = await find(former, season ? Number(season) : null).catch(() => null)
  if (!now) return null
  const of = season ? `/seasons/${now.season ?? season}` : ''
  return target.replace(SHOW_PATH, () => `${before}${now.slug}${of}`)
}

/** Asks the database; one connection, for only what no page is found for is asked. */
export function addressFinder(databaseUrl: string): FindAddress {
  const sql = openDatabase(databaseUrl, 'edge-moved', { max: 1, statementTimeoutMs: 1_000 })
  return async (former, season) => {
    // A show that became one with another may have counted its seasons otherwise, and that one with a third.
    const [row] = await sql<{ slug: string; season: number | null }[]>`
      with recursive way(slug, season) as (
        select ${former}::text, ${season}::int
        union all
        select m.into_slug, coalesce((m.seasons ->> way.season::text)::int, way.season)
        from way join show_merge m on m.from_slug = way.slug and m.undone_at is null)
      select show.slug, (select way.season from way where way.slug in (show.slug, ${former})
        order by way.slug = show.slug desc limit 1) as season
      from outside_id join show on show.id = outside_id.show_id
      where outside_id.namespace = 'greenlit' and outside_id.value = ${former} and show.slug <> ${former}`
    return row ?? null
  }
}
