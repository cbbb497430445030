/** Where a show's page went whose address changed: catalogues keep an address once published as an id of the show. */
import postgres from 'postgres'

/** The place of a show's address in a path, whatever of the show is asked for. */
const SHOW_PATH = /^(\/(?:api\/v1\/)?shows\/)([a-z0-9]+(?:-[a-z0-9]+)*)(?=$|[/?])/

/** Finds the address a show has now by one it had; null where it never was one, or still is. */
export type FindAddress = (former: string) => Promise<string | null>

/**
 * The path (query included) under the address that the show has now, or null where nothing moved. A database that does
 * not answer moves nothing: the reader is told that there is nothing here, which is true of this address.
 */
export async function movedPath(target: string, find: FindAddress): Promise<string | null> {
  const [, before, former] = SHOW_PATH.exec(target) ?? []
  if (!before || !former) return null
  const now = await find(former).catch(() => null)
  return now ? target.replace(SHOW_PATH, () => `${before}${now}`) : null
}

/** Asks the database; one connection, for only what no page is found for is asked. */
export function addressFinder(databaseUrl: string): FindAddress {
  const sql = postgres(databaseUrl, {
    max: 1,
    connect_timeout: 2,
    idle_timeout: 60,
    onnotice: () => {},
    connection: { application_name: 'edge-moved', statement_timeout: 1_000 },
  })
  return async (former) => {
    const [row] = await sql<{ slug: string }[]>`
      select show.slug from outside_id join show on show.id = outside_id.show_id
      where outside_id.namespace = 'greenlit' and outside_id.value = ${former} and show.slug <> ${former}`
    return row?.slug ?? null
  }
}
