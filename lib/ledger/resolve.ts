import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'

/** A show as claims mean it. */
export interface ResolvedShow {
  id: number
  slug: string
}

export type Resolution = { ok: true; show: ResolvedShow } | { ok: false; problem: string }

/** Our own addresses, as a namespace like those of other sites: `greenlit:all-of-us-are-dead`. */
const OWN_NAMESPACE = 'greenlit'
const ID = /^([a-z0-9_-]{1,32}):(\S.{0,199})$/
const CANDIDATES_NAMED_MAX = 5

interface Found extends Record<string, unknown> {
  name: string
  id: number
  slug: string
  main: boolean
}

/**
 * Which show each name means: `ns:id` an outside id (or our own address), anything else a title. A show whose own
 * title it is goes before shows that bear it as an alias; where several remain, the name is refused with them.
 */
export async function resolveShows(names: Iterable<string>): Promise<Map<string, Resolution>> {
  const wanted = [...new Set(names)]
  const rows = await db().execute<Found>(sql`
    with x as (select value as name, substring(value from '^([a-z0-9_-]{1,32}):\\S') as namespace,
      substring(value from '^[a-z0-9_-]{1,32}:(.*)$') as rest from json_array_elements_text(${JSON.stringify(wanted)}::json))
    select x.name, show.id, show.slug, true as main from x join show on show.slug = x.rest where x.namespace = ${OWN_NAMESPACE}
    union select x.name, show.id, show.slug, true from x
      join outside_id on outside_id.namespace = x.namespace and outside_id.value = x.rest join show on show.id = outside_id.show_id
    union select x.name, show.id, show.slug, bool_or(show_title.kind = 'title') from x
      join show_title on lower(show_title.text) = lower(x.name) join show on show.id = show_title.show_id
      group by x.name, show.id, show.slug`)
  const found = new Map<string, Found[]>()
  for (const row of rows) found.set(row.name, [...(found.get(row.name) ?? []), row])
  return new Map(wanted.map((name) => [name, choose(name, found.get(name) ?? [])]))
}

function choose(name: string, found: Found[]): Resolution {
  const main = found.filter((row) => row.main)
  const shows = new Map((main.length > 0 ? main : found).map(({ id, slug }) => [id, slug]))
  const [first, ...others] = [...shows].sort(([, a], [, b]) => (a < b ? -1 : 1))
  const shown = JSON.stringify(name.slice(0, 80))
  if (!first) {
    return {
      ok: false,
      problem: ID.test(name)
        ? `show: no show here has the id ${shown}`
        : `show: no show here is called ${shown}`,
    }
  }
  if (others.length === 0) return { ok: true, show: { id: first[0], slug: first[1] } }
  const candidates = [first, ...others]
    .slice(0, CANDIDATES_NAMED_MAX)
    .map(([, slug]) => `${OWN_NAMESPACE}:${slug}`)
  const more = shows.size > candidates.length ? ', …' : ''
  return {
    ok: false,
    problem: `show: ${shows.size} shows are called ${shown}: say which, as ${candidates.join(', ')}${more}`,
  }
}
