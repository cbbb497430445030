import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { browseShows, getFacets } from '@/lib/lists/queries'
import type { ShowListItem } from '@/lib/lists/types'
import { keep } from '@/lib/shared/kept'
import { log } from '@/lib/shared/log'
import { CATALOGUE_TAG } from '@/lib/shared/tags'
import {
  kinOf,
  type Premise,
  type PremiseFilter,
  readPremise,
  type Term,
  type Terms,
  termsOf,
  withoutSaidAnyway,
} from './premises'

/** Shows by somebody who is in them or by what they are about, with the list that has them all. */
export interface ShowGroup {
  words: string
  /** The address of that list. */
  path: string
  total: number
  shows: ShowListItem[]
}

const SHOWN = 6
/** Lists for one premise: those of the others with its words are beside it. */
const KIN_MAX = 3
const FILTERS: readonly PremiseFilter[] = ['kind', 'genre', 'tag', 'country', 'language', 'network']

/**
 * The name of somebody who makes or plays in shows, by the letters of any of their names in any order of the parts: "Jung-jae
 * Lee" and "Lee Jung Jae" are one. PostgreSQL folds both (name_key), so that no process holds all people.
 */
async function personNamed(said: string): Promise<string | undefined> {
  const rows = await db().execute<{ name: string }>(sql`
    select name from person where name_key(name) = name_key(${said})
      and exists (select 1 from credit where person_id = person.id)
    union all select person.name from person_alias join person on person.id = person_alias.person_id
      where name_key(person_alias.name) = name_key(${said})`)
  return rows.at(-1)?.name
}

const knownTerms = () =>
  keep('premise-terms', [CATALOGUE_TAG], async () => {
    const facets = await getFacets({ sort: 'popular' })
    return termsOf(
      FILTERS.flatMap((filter) => facets[filter].map(({ value, label }): Term => ({ filter, value, label }))),
    )
  })

/** A premise with each premise that has the same words and more in the place of its own. */
function alternatives(premise: Premise, terms: Terms): Premise[] {
  const place = premise.findIndex(({ filter }) => filter === 'tag')
  const kin = place < 0 ? [] : kinOf(premise[place]!, terms).slice(0, KIN_MAX)
  return kin.length === 0 ? [premise] : kin.map((term) => premise.with(place, term))
}

type Filter = Partial<Record<PremiseFilter | 'person', string>>

async function groupOf(words: string, filter: Filter): Promise<ShowGroup> {
  const { items, total } = await browseShows({ ...filter, sort: 'popular' }, SHOWN)
  return { words, path: `/shows?${new URLSearchParams(filter)}`, total, shows: items }
}

/**
 * The shows of a person whom the query names, and those that are what it says; both where it does both, neither where it
 * does not. The words of lists are kept in this process; a person costs one statement, a group two. Empty
 * while the database is away: the names of shows are still found.
 */
export async function searchBeyond(query: string): Promise<ShowGroup[]> {
  try {
    const said = withoutSaidAnyway(query)
    const [person, terms] = await Promise.all([said ? personNamed(said) : undefined, knownTerms()])
    const premise = readPremise(query, terms)
    const asked: [words: string, filter: Filter][] = []
    if (person) asked.push([person, { person }])
    for (const likeIt of premise ? alternatives(premise, terms) : [])
      asked.push([
        likeIt.map(({ label }) => label).join(', '),
        Object.fromEntries(likeIt.map(({ filter, value }) => [filter, value])),
      ])
    const groups = await Promise.all(asked.map(([words, filter]) => groupOf(words, filter)))
    return groups.filter(({ total }) => total > 0)
  } catch (error) {
    log.error('search-beyond-names', { error })
    return []
  }
}
