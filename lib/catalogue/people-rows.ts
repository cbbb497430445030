import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { idList, insertRows } from '@/db/rows'
import { personAlias, personOutsideId } from '@/db/schema/show'
import { type KnownPerson, type Mention, onePerCredit, type SettledPerson, settlePeople } from './people'
import type { CatalogueRecord } from './types'

/** A record, and the show it is of where that has its row. */
export interface OfShow {
  show: number | null
  record: CatalogueRecord
}

/** A credit as it is written; `record` is the place of its record among those given. */
export interface CreditRow {
  record: number
  role: 'creator' | 'cast'
  position: number
  person: number
  character: string | null
}

type Cast = NonNullable<CatalogueRecord['cast']>

/** A list as an array that PostgreSQL looks up by index, also in tables it has not counted yet. */
const anyOf = (list: unknown[]) =>
  sql`any(array(select value from json_array_elements_text(${JSON.stringify(list)}::json)))`

/** The people on record who have one of these names, as a name or an alias, or one of these ids. */
async function readPeople(mentions: Mention[]): Promise<KnownPerson[]> {
  const names = [...new Set(mentions.flatMap(({ name, also }) => [name, ...also]))]
  const ids = mentions.flatMap((one) =>
    Object.entries(one.ids).map(([namespace, value]) => ({ namespace, value })),
  )
  const rows = await db().execute<{
    id: number
    name: string
    also: string[] | null
    ids: Record<string, string> | null
  }>(sql`
    with meant as (
      select id from person where name = ${anyOf(names)}
      union select person_id from person_alias where name = ${anyOf(names)}
      union select o.person_id from json_to_recordset(${JSON.stringify(ids)}::json) as x(namespace text, value text),
        lateral (select person_id from person_outside_id where namespace = x.namespace and value = x.value offset 0) o)
    select p.id, p.name, (select json_agg(a.name order by a.name) from person_alias a where a.person_id = p.id) as also,
      (select json_object_agg(o.namespace, o.value) from person_outside_id o where o.person_id = p.id) as ids
    from person p where p.id = any(array(select id from meant)) order by p.id`)
  return rows.map((row) => ({ ...row, also: row.also ?? [], ids: row.ids ?? {} }))
}

/** Whom each show credits. */
async function readCredited(shows: number[]): Promise<Map<number, Set<number>>> {
  const credited = new Map<number, Set<number>>()
  if (shows.length === 0) return credited
  const rows = await db().execute<{ show: number; person: number }>(sql`
    select distinct show_id as show, person_id as person from credit
    where show_id in ${idList(shows)}`)
  for (const { show, person } of rows) credited.set(show, (credited.get(show) ?? new Set()).add(person))
  return credited
}

/** Gives everybody their row, with one row for those who turned out to be one. Returns the slugs of shows whose credits moved. */
async function writePeople(people: SettledPerson[], known: KnownPerson[]): Promise<string[]> {
  const added = people.filter(({ rows }) => rows.length === 0)
  if (added.length > 0) {
    const made = await db().execute<{ id: number; name: string }>(sql`
      insert into person (name) select value from json_array_elements_text(${JSON.stringify(added.map(({ name }) => name))}::json)
      returning id, name`)
    // Namesakes are told apart by nothing yet: which of the new rows is whose is all one.
    const free = new Map<string, number[]>()
    for (const { id, name } of made) free.set(name, [...(free.get(name) ?? []), id])
    for (const person of added) person.rows = [free.get(person.name)?.shift() as number]
  }
  const gone = people.flatMap(({ rows: [kept, ...rest] }) => rest.map((id) => ({ gone: id, kept })))
  const moved = gone.length > 0 ? await moveCredits(gone) : []
  const there = new Map(known.map((person) => [person.id, person]))
  const rowOf = ({ rows: [row] }: SettledPerson) => row as number
  // What came with a row that is no more is written anew for the one that stays.
  const before = (one: SettledPerson) => (gone.length > 0 ? undefined : there.get(rowOf(one)))
  const renamed = people.filter((one) => (there.get(rowOf(one))?.name ?? one.name) !== one.name)
  if (renamed.length > 0)
    await db().execute(sql`
      update person set name = x.name
      from json_to_recordset(${JSON.stringify(renamed.map((one) => ({ id: rowOf(one), name: one.name })))}::json) as x(id int, name text)
      where person.id = x.id`)
  const aliases = people.flatMap((one) =>
    one.also
      .filter((name) => !before(one)?.also.includes(name))
      .map((name) => ({ personId: rowOf(one), name })),
  )
  await insertRows(personAlias, aliases, { known: 'left' })
  if (renamed.length > 0)
    await db().execute(sql`
      delete from person_alias a using person p where p.id = a.person_id and p.name = a.name`)
  const ids = people.flatMap((one) =>
    Object.entries(one.ids)
      .filter(([namespace]) => before(one)?.ids[namespace] === undefined)
      .map(([namespace, value]) => ({ personId: rowOf(one), namespace, value })),
  )
  await insertRows(personOutsideId, ids, { known: 'left' })
  return moved
}

/** Makes people who are one a single row: their credits move, and none is there twice. Returns the slugs of their shows. */
async function moveCredits(gone: { gone: number; kept: number | undefined }[]): Promise<string[]> {
  const pairs = sql`json_to_recordset(${JSON.stringify(gone)}::json) as x(gone int, kept int)`
  const shows = await db().execute<{ slug: string }>(sql`
    select distinct show.slug from show join credit on credit.show_id = show.id join ${pairs} on x.gone = credit.person_id`)
  // Of two credits of one person under two rows the first stays, with the part that is told.
  const doubled = sql`
    from (select c.*, coalesce(x.kept, c.person_id) as kept from credit c left join ${pairs} on x.gone = c.person_id) later
    join (select c.*, coalesce(x.kept, c.person_id) as kept from credit c left join ${pairs} on x.gone = c.person_id) first
      on first.show_id = later.show_id and first.role = later.role and first.kept = later.kept
        and first.person_id <> later.person_id and first.position < later.position`
  await db().execute(sql`
    update credit set character = told.character
    from (select first.show_id, first.role, first.position, min(later.character) as character ${doubled}
      where later.character is not null group by 1, 2, 3) told
    where credit.character is null and credit.show_id = told.show_id and credit.role = told.role
      and credit.position = told.position`)
  await db().execute(sql`
    delete from credit using (select later.show_id, later.role, later.position ${doubled}) twice
    where credit.show_id = twice.show_id and credit.role = twice.role and credit.position = twice.position`)
  await db().execute(sql`update credit set person_id = x.kept from ${pairs} where x.gone = person_id`)
  // Their names and ids went before and are written anew, all for the one that stays.
  await db().execute(sql`delete from person using ${pairs} where x.gone = person.id`)
  return shows.map(({ slug }) => slug)
}

/**
 * Finds out who the people of some records are and gives them their rows, inside the running transaction: a handful of
 * statements however many there are. Returns the records with everybody under the name they are shown by, once, with
 * their ids and aliases; the credits to write; and the slugs of shows, those given or others, of which credits moved.
 */
export async function settleRecords(
  given: OfShow[],
): Promise<{ records: CatalogueRecord[]; credits: CreditRow[]; moved: string[] }> {
  const credited = await readCredited(given.flatMap(({ show }) => (show === null ? [] : [show])))
  const mentions = given.flatMap(({ show, record }) => {
    const known = show === null ? undefined : credited.get(show)
    const of = (name: string, more: Partial<Cast[number]> = {}): Mention => ({
      name,
      ids: more.ids ?? {},
      also: more.also ?? [],
      ...(known && { credited: known }),
    })
    return [
      ...(record.creators ?? []).map((name) => of(name)),
      ...(record.cast ?? []).map((member) => of(member.person, member)),
    ]
  })
  const known = await readPeople(mentions)
  const settled = settlePeople(known, mentions)
  const moved = await writePeople(settled.people, known)
  const credits: CreditRow[] = []
  let at = 0
  const next = () => settled.of[at++]?.person as SettledPerson
  const records = given.map(({ record }, index) => {
    const creators = record.creators && [...new Set(record.creators.map(next))]
    const members = record.cast?.map((member) => ({ person: next(), spelled: member.person, member }))
    const cast = members && onePerCredit(members)
    creators?.forEach((person, position) => {
      credits.push({
        record: index,
        role: 'creator',
        position,
        person: person.rows[0] as number,
        character: null,
      })
    })
    cast?.forEach(({ person, member: { character } }, position) => {
      credits.push({
        record: index,
        role: 'cast',
        position,
        person: person.rows[0] as number,
        character: character ?? null,
      })
    })
    return {
      ...record,
      ...(creators && { creators: creators.map(({ name }) => name) }),
      ...(cast && { cast: cast.map(({ person, member }) => asMember(person, member)) }),
    }
  })
  return { records, credits, moved }
}

/** A credit as a record has it. */
function asMember({ name, ids, also }: SettledPerson, { character }: Cast[number]): Cast[number] {
  return {
    person: name,
    character: character ?? null,
    ...(Object.keys(ids).length > 0 && { ids }),
    ...(also.length > 0 && { also }),
  }
}

/** Puts people on record under the name they are to be shown by, with the others they go by. Returns the slugs of shows whose credits moved. */
export async function writeAliases(people: { person: string; also: string[] }[]): Promise<string[]> {
  const mentions = people.map(({ person, also }) => ({ name: person, also, ids: {}, isMain: true }))
  const known = await readPeople(mentions)
  return writePeople(settlePeople(known, mentions).people, known)
}
