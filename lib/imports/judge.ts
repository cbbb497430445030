import 'server-only'
import { inArray, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import type { listImportRow } from '@/db/schema/list-import'
import { show } from '@/db/schema/show'
import { normalise } from '@/lib/search/letters'
import { searchShows } from '@/lib/search/queries'
import type { SearchResult } from '@/lib/search/types'
import {
  bestFirst,
  idsAgree,
  isAlike,
  isNamed,
  isNumberedApart,
  leftOutReason,
  takenByName,
  yearsAgree,
} from './rules'
import type { ListRow } from './types'

/** A row with what we make of it, ready to be stored. */
export type JudgedRow = Omit<typeof listImportRow.$inferInsert, 'importId' | 'position'>

/** What is said of a row that leads nowhere. */
export const UNMATCHED = 'No show in our catalogue has this id or this name.'
const NO_NAME = 'No show in our catalogue has this id, and the list does not name it.'

/** Results of a search that are looked at for one name. */
const FOUND_MAX = 10
/** How long names are looked up between two breaths, so that others are answered in between. */
const BREATH_MS = 10
const IDS_AT_ONCE = 5_000

/** Shows by the outside ids of some rows: "tvdb 121361" → the show's id. Our own slugs count as ids. */
async function showsByIds(rows: ListRow[]): Promise<Map<string, number>> {
  const found = new Map<string, number>()
  const wanted = rows.flatMap(({ ids }) => Object.entries(ids))
  for (let i = 0; i < wanted.length; i += IDS_AT_ONCE) {
    const part = wanted.slice(i, i + IDS_AT_ONCE)
    const namespaces = sql.param(part.map(([namespace]) => namespace))
    const values = sql.param(part.map(([, value]) => value))
    const matches = await db().execute<{ namespace: string; value: string; show_id: number }>(sql`
      with wanted as (select * from unnest(${namespaces}::text[], ${values}::text[]) as t (namespace, value))
      select o.namespace, o.value, o.show_id from wanted join outside_id o using (namespace, value)
      union
      select w.namespace, w.value, s.id from wanted w join show s on w.namespace = 'greenlit' and s.slug = w.value`)
    for (const { namespace, value, show_id } of matches) found.set(`${namespace} ${value}`, show_id)
  }
  return found
}

/** What a show is known by. */
interface Known extends Record<string, unknown> {
  names: string[]
  year: number | null
  /** "tvdb 121361". */
  ids: string[]
}

async function knownShows(shows: number[]): Promise<Map<number, Known>> {
  if (shows.length === 0) return new Map()
  const rows = await db().execute<{ id: number } & Known>(sql`
    select s.id, array(select text from show_title t where t.show_id = s.id) || s.title as names,
           array(select o.namespace || ' ' || o.value from outside_id o where o.show_id = s.id) as ids,
           (select extract(year from min(n.premiere_earliest))::int from season n where n.show_id = s.id) as year
      from show s where s.id = any(${sql.param(shows)}::int[])`)
  return new Map(rows.map(({ id, ...known }) => [id, known]))
}

async function idsOfSlugs(slugs: Iterable<string>): Promise<Map<string, number>> {
  const wanted = [...new Set(slugs)]
  if (wanted.length === 0) return new Map()
  const rows = await db()
    .select({ id: show.id, slug: show.slug })
    .from(show)
    .where(inArray(show.slug, wanted))
  return new Map(rows.map(({ id, slug }) => [slug, id]))
}

/** Lets others be answered while many names are looked up. */
class Breath {
  private atMs = performance.now()
  async take(): Promise<void> {
    if (performance.now() - this.atMs < BREATH_MS) return
    await new Promise((resolve) => setImmediate(resolve))
    this.atMs = performance.now()
  }
}

/** The shows a row's names could mean, best first, and the name that found them. */
interface Named {
  name: string
  found: SearchResult[]
}

async function namedShows({ title, orNames = [], year }: ListRow): Promise<Named> {
  const names = [title, ...orNames].filter((name) => name !== null)
  const all: SearchResult[] = []
  for (const name of names) {
    const results = await searchShows(name, FOUND_MAX)
    // What only looks alike is offered where the search has nothing better to begin with.
    const found = results.filter(({ nearness }) => nearness !== 'far' || results[0]!.nearness === 'far')
    if (found.some(({ nearness }) => nearness === 'same')) return { name, found: bestFirst(found, year) }
    all.push(...found.filter(({ slug }) => !all.some((other) => other.slug === slug)))
  }
  return { name: names[0] ?? '', found: bestFirst(all, year) }
}

/**
 * Whether a row's own name and year speak against the show its ids lead to. `always` has to be asked: the number may be a
 * film's, and the name is not this show's. `if-another` is asked where another show has the row's name.
 */
function doubtOf({ title, year, ids, kind }: ListRow, { names, year: theirs }: Known) {
  const isNamed = title === null ? kind !== 'unknown' : names.some((name) => isAlike(title, name))
  const mayBeFilm = (kind === 'unsaid' || kind === 'unknown') && Object.keys(ids).every(isNumberedApart)
  if (!isNamed && mayBeFilm) return 'always'
  return isNamed && yearsAgree(year, theirs) ? 'none' : 'if-another'
}

/**
 * What we make of each row, in their order: left out, a match by its ids or by its very name and year, a question by its
 * name, or nothing. Where a row's ids name several shows, or its name is another show's, only the reader can say which.
 */
export async function judgeRows(rows: ListRow[]): Promise<JudgedRow[]> {
  const byId = await showsByIds(rows)
  const met = rows.map(({ ids, kind }) => {
    // Films and shows are numbered apart but by IMDb: what its number says is a show is one, whatever a list calls it.
    const speaking = Object.entries(ids).filter(([namespace]) => kind !== 'film' || namespace === 'imdb')
    return [...new Set(speaking.flatMap(([namespace, value]) => byId.get(`${namespace} ${value}`) ?? []))]
  })
  const known = await knownShows([...new Set(met.flat())])
  const named: (Named | null)[] = []
  const breath = new Breath()
  for (const [index, row] of rows.entries()) {
    const [one, ...others] = met[index]!
    const isSure = one !== undefined && (others.length > 0 || doubtOf(row, known.get(one)!) === 'none')
    named.push(isSure || row.title === null || whyLeftOut(row, met[index]!) ? null : await namedShows(row))
    await breath.take()
  }
  const slugs = await idsOfSlugs(named.flatMap((one) => one?.found.map(({ slug }) => slug) ?? []))
  const taken = rows.map((row, index) => slugs.get(takenByName(row, named[index]?.found ?? []) ?? ''))
  const takenShows = await knownShows([...new Set(taken.filter((id) => id !== undefined))])
  const judged = rows.map((row, index): JudgedRow => {
    const { year, season, wanted } = row
    const title = row.orNames ? (named[index]?.name ?? row.title) : row.title
    const plain = { title, year, ids: row.ids as Record<string, string>, season, wanted, candidates: [] }
    const reason = whyLeftOut(row, met[index]!)
    if (reason) return { ...plain, verdict: 'left-out', reason }
    const byName = candidatesOf(title, named[index]?.found ?? [], slugs)
    const [one, ...others] = met[index]!
    if (one !== undefined) {
      const doubt = others.length > 0 ? 'always' : doubtOf(row, known.get(one)!)
      const rivals = byName.filter(
        ({ show: id, exact, year: theirs }) => id !== one && exact && yearsAgree(year, theirs),
      )
      const candidates = [one, ...others].map((id) => ({ show: id, matched: '', exact: false }))
      return doubt === 'none' || (doubt === 'if-another' && rivals.length === 0)
        ? { ...plain, verdict: 'match', showId: one }
        : { ...plain, verdict: 'question', candidates: [...candidates, ...rivals.map(stored)] }
    }
    const chosen = taken[index]
    if (chosen !== undefined && idsAgree(row.ids, takenShows.get(chosen)!.ids))
      return { ...plain, verdict: 'match', showId: chosen }
    if (byName.length > 0) return { ...plain, verdict: 'question', candidates: byName.map(stored) }
    return { ...plain, verdict: 'unmatched', reason: row.title === null ? NO_NAME : UNMATCHED }
  })
  return withoutRepeats(judged, rows)
}

const whyLeftOut = (row: ListRow, met: number[]) =>
  leftOutReason(row.kind === 'film' && met.length > 0 ? { ...row, kind: 'show' } : row)

const candidatesOf = (name: string | null, found: SearchResult[], slugs: Map<string, number>) =>
  found.flatMap((one) => {
    const id = slugs.get(one.slug)
    const matched = one.matched === one.title ? '' : one.matched
    return id === undefined ? [] : [{ show: id, matched, exact: isNamed(name, one), year: one.year }]
  })
const stored = ({ show: id, matched, exact }: { show: number; matched: string; exact: boolean }) => ({
  show: id,
  matched,
  exact,
})

/** Rows that are found to be of one name, where a list did not mark where it ends, are one question. */
function withoutRepeats(judged: JudgedRow[], rows: ListRow[]): JudgedRow[] {
  const first = new Map<string, JudgedRow>()
  return judged.filter((row, index) => {
    if (!rows[index]!.orNames) return true
    const key = normalise(row.title ?? '')
    const same = first.get(key)
    if (!same) first.set(key, row)
    else same.season = Math.max(same.season ?? 0, row.season ?? 0) || null
    return !same
  })
}
