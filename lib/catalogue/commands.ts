import 'server-only'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { idList, textList } from '@/db/rows'
import { transaction } from '@/db/transaction'
import { type Day, dayOf } from '@/lib/shared/day'
import { type CheckedLine, importLines } from '@/lib/shared/import-lines'
import { idsApart } from './apart'
import { takeCatalogueTurn, tellOfChange } from './changed'
import { parseEditorial, parsePeople } from './editorial'
import { idNames, idsOf, listIds, type OutsideId, type OutsideIds } from './ids'
import { type OfShow, settleRecords, writeAliases } from './people-rows'
import { canonicalLine } from './record'
import { allRecords, recordsOf } from './records'
import { checkLine, type IdOwner, type ListMode, matchIds, mergeRecords, othersAddresses } from './rules'
import { slugOf } from './slugs'
import { allFactsOf, compact, providerOf, takeBack, withFacts, withoutProviders } from './stated'
import type { CatalogueRecord, Fact } from './types'
import { type Write, writeRecords } from './write'

/** What an import did. `failed` lines had no effect at all; each was reported with its number and field. */
export interface ImportResult {
  lines: number
  added: number
  updated: number
  failed: number
}

export interface ImportOptions {
  /** Hears of every bad line, and of every season or address that was left out of a good one. */
  report?: (message: string) => void
  lists?: ListMode
  /** Whose facts the lines give; unless told, that of the first of a line's provenance. */
  provider?: string
  today?: Day
  /** Does what follows from new facts, for the shows a batch has written, inside its transaction. */
  onWritten?: (showIds: number[]) => Promise<unknown>
}

/**
 * Imports catalogue lines (NDJSON, one show each). A line that shares an outside id with a show on record is about
 * that show; others are new. Bad lines are passed to `report` as sentences with line number and field, and change
 * nothing; the rest is imported, a batch to a transaction. Importing the same file again changes nothing.
 * Facts are kept per provider: a line never touches what another provider says (`mergeRecords`).
 * With `lists: 'unite'` lists on record only grow.
 */
export async function importCatalogue(
  lines: AsyncIterable<string> | Iterable<string>,
  options: ImportOptions = {},
): Promise<ImportResult> {
  const { report = () => {}, lists = 'replace', onWritten, provider, today = dayOf(new Date()) } = options
  let [added, updated] = [0, 0]
  const read = await importLines(lines, {
    check: checkLine,
    namesOf: ({ ids }) => idNames(ids),
    report,
    write: async (batch) => {
      const done = await transaction(() => importBatch(batch, { lists, onWritten, provider, today }), {
        idempotent: true,
      })
      added += done.added
      updated += done.updated
      return done
    },
  })
  return { lines: read.lines, added, updated, failed: read.failed }
}

async function importBatch(
  batch: CheckedLine<CatalogueRecord>[],
  {
    lists,
    onWritten,
    provider,
    today,
  }: { lists: ListMode; today: Day } & Pick<ImportOptions, 'onWritten' | 'provider'>,
) {
  await takeCatalogueTurn()
  const wanted = batch.flatMap(({ record }) => listIds(record.ids))
  const owners = (await db().execute(sql`
    select distinct o.namespace, o.value, o.show_id as id, s.slug
    from json_to_recordset(${JSON.stringify(wanted)}::json) as x(namespace text, value text)
    join outside_id o on o.namespace = x.namespace and o.value = x.value
    join show s on s.id = o.show_id`)) as unknown as {
    namespace: string
    value: string
    id: number
    slug: string
  }[]
  const showIds = new Map(owners.map(({ slug, id }) => [slug, id]))
  const ownerOf = new Map(owners.map((owner) => [`${owner.namespace}:${owner.value}`, owner]))
  const apart = await idsApart(wanted)
  const known = await idsOfShows([...showIds.values()])
  const taken = await slugsLike(batch.map(({ record }) => record.slug ?? slugOf(record.title) ?? 'show'))
  const refused: { line: number; problem: string }[] = []
  const kept: { line: number; what: string }[] = []
  const sound: (OfShow & { slug: string | null })[] = []
  for (const { line, record: given } of batch) {
    const owned = listIds(given.ids).flatMap(({ namespace, value }): IdOwner[] => {
      const owner = ownerOf.get(`${namespace}:${value}`)
      return owner ? [{ namespace, value, show: owner.slug }] : []
    })
    const others = othersAddresses(given, owned)
    const ownedBy = new Set(owned.flatMap(({ show }) => showIds.get(show) ?? []))
    const isApart = ({ namespace, value }: OutsideId) =>
      apart.some((one) => one.namespace === namespace && one.value === value && ownedBy.has(one.showId))
    const isOthers = (id: OutsideId) =>
      (id.namespace === 'greenlit' && others.includes(id.value)) || isApart(id)
    for (const { namespace, value } of listIds(given.ids).filter(isApart))
      kept.push({ line, what: `ids.${namespace}: ${value} was said to be another show's and was left out` })
    for (const address of others)
      kept.push({
        line,
        what: `ids.greenlit: ${address} is a show of its own here and keeps its page beside ${given.slug}`,
      })
    const record = { ...given, ids: idsOf(listIds(given.ids).filter((id) => !isOthers(id))) }
    const mine = owned.filter((id) => !isOthers(id))
    const match = matchIds(record.ids, mine, (show) => known.get(showIds.get(show) as number) ?? {})
    if ('problem' in match) {
      refused.push({ line, problem: match.problem })
      continue
    }
    if (match.show !== null) {
      sound.push({ show: showIds.get(match.show) as number, slug: null, record })
      continue
    }
    if (record.slug && taken.has(record.slug)) {
      refused.push({
        line,
        problem: `slug: ${record.slug} is the address of another show, which shares no id with this one`,
      })
      continue
    }
    const slug = record.slug ?? freeSlug(record, taken)
    taken.add(slug)
    sound.push({ show: null, slug, record })
  }
  // Who is who comes first: a line may name the people on record by other names.
  const { records, moved } = await settleRecords(sound)
  const onRecord = await recordsOf([...showIds.values()])
  const gone = await mergedAddresses(batch.flatMap(({ record }) => record.slug ?? []))
  const now = new Map(onRecord)
  const fresh = sound.flatMap(({ show: id, slug, record }, index): Write[] => {
    const by = { provider: provider ?? providerOf(record), today }
    const line = records[index] as CatalogueRecord
    const there = id === null ? undefined : now.get(id)
    if (id === null || !there) {
      const merged = mergeRecords({ ids: {}, title: record.title }, line, lists, by)
      return [{ id, slug: slug as string, record: merged }]
    }
    // Two lines may be about one show: the second adds to what the first one made of it.
    const isOfMerged = record.slug !== undefined && gone.has(record.slug)
    now.set(id, mergeRecords(there, isOfMerged ? { ids: line.ids, title: there.title } : line, lists, by))
    return []
  })
  const changed = [...now].flatMap(([id, record]): Write[] => {
    const there = onRecord.get(id)
    return there && canonicalLine(record) !== canonicalLine(there)
      ? [{ id, slug: there.slug as string, record }]
      : []
  })
  const writes = [...fresh, ...changed]
  if (writes.length > 0 || moved.length > 0) await write(writes, onWritten, moved)
  const added = writes.filter(({ id }) => id === null).length
  return { refused, kept, added, updated: batch.length - refused.length - added }
}

/** All outside ids of some shows. */
async function idsOfShows(showIds: number[]): Promise<Map<number, OutsideIds>> {
  const rows = await db().execute<{ show: number; ids: OutsideId[] }>(sql`
    select show_id as show, json_agg(json_build_object('namespace', namespace, 'value', value)) as ids from outside_id
    where show_id in ${idList(showIds)} group by show_id`)
  return new Map(rows.map(({ show, ids }) => [show, idsOf(ids)]))
}

/**
 * Writes records and does what follows from that, inside the running transaction.
 * @param moved slugs of shows of which credits have moved already
 */
async function write(
  writes: Write[],
  onWritten: ImportOptions['onWritten'],
  moved: string[] = [],
): Promise<void> {
  const written = await writeRecords(writes)
  await onWritten?.(written.ids)
  const known = writes.filter(({ id }) => id !== null).map(({ slug }) => slug)
  await tellOfChange([...known, ...moved, ...written.moved])
}

/** A fact as an operator names it: the show by its slug, season 0 for the show itself. */
export interface NamedFact extends Pick<Fact, 'season' | 'field' | 'provider'> {
  slug: string
}

/**
 * Takes a fact back in a provider's name: it counts for nothing from today, and what is shown is derived from what the
 * others say. The fact stays on record as withdrawn. What cannot be taken back is said in a sentence.
 */
export async function withdrawFact(
  { slug, season, field, provider }: NamedFact,
  { today, onWritten }: { today: Day } & Pick<ImportOptions, 'onWritten'>,
): Promise<{ ok: true } | { ok: false; reason: string }> {
  return transaction(
    async () => {
      await takeCatalogueTurn()
      const [show] = await db().execute<{ id: number }>(sql`select id from show where slug = ${slug}`)
      const record = show && (await recordsOf([show.id])).get(show.id)
      if (!record)
        return { ok: false as const, reason: `there is no show ${JSON.stringify(slug.slice(0, 80))}` }
      const done = takeBack(allFactsOf(record, today), { season, field }, { provider, today })
      if ('problem' in done) return { ok: false as const, reason: done.problem }
      await write([{ id: show.id, slug, record: withFacts(record, done.facts) }], onWritten)
      return { ok: true as const }
    },
    { idempotent: true },
  )
}

/**
 * Addresses of shows that were made one with another: a list that still has such a show says by its line whose ids they
 * are, and nothing of the show it became.
 */
async function mergedAddresses(slugs: string[]): Promise<Set<string>> {
  const rows = await db().execute<{ slug: string }>(sql`
    select from_slug as slug from show_merge where undone_at is null
      and from_slug in ${textList(slugs)}`)
  return new Set([...rows].map(({ slug }) => slug))
}

/** The addresses in use, or once published, that begin like one of these. */
async function slugsLike(slugs: string[]): Promise<Set<string>> {
  const rows = (await db().execute(sql`
    select s.slug from show s where s.slug in ${textList(slugs)}
    union
    select s.slug from show s
    join json_array_elements_text(${JSON.stringify([...new Set(slugs)])}::json) x
      on s.slug >= x.value || '-' and s.slug < x.value || '.'
    union
    select o.value from outside_id o
    join json_array_elements_text(${JSON.stringify([...new Set(slugs)])}::json) x
      on o.namespace = 'greenlit' and (o.value = x.value or (o.value >= x.value || '-' and o.value < x.value || '.'))`)) as unknown as {
    slug: string
  }[]
  return new Set(rows.map(({ slug }) => slug))
}

/** An address for a new show: its title, then with its year, its country, a number. */
function freeSlug(record: CatalogueRecord, taken: Set<string>): string {
  const [id] = listIds(record.ids)
  const titles = [record.title, ...(record.aliases ?? [])]
  const plain =
    titles.map(slugOf).find((slug) => slug !== null) ?? slugOf(`show ${id?.namespace} ${id?.value}`) ?? 'show'
  const year = /^\d{4}/.exec(record.seasons?.find((season) => season.premiere)?.premiere ?? '')?.[0]
  const country = record.country ? slugOf(record.country) : null
  const tries = [plain, year && `${plain}-${year}`, year && country && `${plain}-${year}-${country}`]
  const free = tries.find((slug) => slug && !taken.has(slug))
  if (free) return free
  let n = 2
  while (taken.has(`${plain}-${n}`)) n++
  return `${plain}-${n}`
}

/**
 * Writes every show as a catalogue line, ordered by slug, always the same bytes for the same facts. Returns how many.
 * What the file holds, `importCatalogue` brings back into an empty database, every provider's facts included (`compact`)
 * but of those `withheld`, whose terms keep theirs from being passed on: shows that nobody else speaks of are left out.
 */
export async function exportCatalogue(
  write: (line: string) => void | Promise<void>,
  { withheld = new Set<string>() }: { withheld?: ReadonlySet<string> } = {},
): Promise<number> {
  let shows = 0
  for await (const whole of allRecords()) {
    const record = withoutProviders(whole, withheld)
    if (!record) continue
    await write(`${canonicalLine(compact(record))}\n`)
    shows++
  }
  return shows
}

/** Puts the recaps of an editorial file on record, replacing those of the same seasons. Returns the sentences written. */
export async function loadEditorial(file: string): Promise<number> {
  const { records, problems } = parseEditorial(readFileSync(file, 'utf8'))
  if (problems[0]) throw new Error(`${path.basename(file)}: ${problems[0].problem}`)
  const rows = records.flatMap(({ slug, recaps }) =>
    recaps.flatMap(({ season, sentences }) =>
      sentences.map(({ text, through_episode }, position) => ({
        slug,
        season,
        position,
        text,
        through_episode,
      })),
    ),
  )
  const source = sql`json_to_recordset(${JSON.stringify(rows)}::json)
    as x(slug text, season int, position int, text text, through_episode int) join show s on s.slug = x.slug`
  await transaction(async () => {
    await db().execute(sql`
      delete from recap_sentence r using (select distinct s.id, x.season from ${source}) gone
      where r.show_id = gone.id and r.season_number = gone.season`)
    await db().execute(sql`
      insert into recap_sentence (show_id, season_number, position, text, through_episode)
      select s.id, x.season, x.position, x.text, x.through_episode from ${source}`)
  })
  return rows.length
}

/**
 * Puts the other names of people on record from a file of lines `{"person", "also"}`: whoever stands there under two
 * of them becomes one, credits and all. Returns how many people it names. Safe to repeat.
 */
export async function loadPeople(file: string): Promise<number> {
  const { records, problems } = parsePeople(readFileSync(file, 'utf8'))
  if (problems[0]) throw new Error(`${path.basename(file)}: ${problems[0].problem}`)
  await transaction(
    async () => {
      await takeCatalogueTurn()
      const moved = await writeAliases(records)
      if (moved.length > 0) await tellOfChange(moved)
    },
    { idempotent: true },
  )
  return records.length
}
