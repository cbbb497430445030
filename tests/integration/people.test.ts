import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { beforeEach, describe, expect, it } from 'vitest'
import { closeDb, db } from '@/db/client'
import { applyMigrations, migrate, migrateQueue, releaseMigrations } from '@/db/migrate'
import { EMBEDDED_RUNNING_ROLE } from '@/db/roles'
import { exportCatalogue, importCatalogue, loadPeople } from '@/lib/catalogue/commands'
import type { CatalogueRecord } from '@/lib/catalogue/types'
import { deriveStates } from '@/lib/ledger/derive'
import { parseBrowseFilter } from '@/lib/lists/browse'
import { browseShows } from '@/lib/lists/queries'
import { getShowPage } from '@/lib/pages/show'
import { loadTitles } from '@/lib/related/queries'
import { termsOf } from '@/lib/related/terms'
import { createDatabase, pointAt } from '../support/database'

// Importing is an operator's work: it has the command line's patience, not a page's.
process.env.GREENLIT_ROLE = 'cli'

const folder = mkdtempSync(path.join(tmpdir(), 'people-'))
const names = (...lines: { person: string; also: string[] }[]) => {
  const file = path.join(folder, `${crypto.randomUUID()}.ndjson`)
  writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  return file
}
const importLines = async (records: Partial<CatalogueRecord>[], lists: 'replace' | 'unite' = 'replace') => {
  const said: string[] = []
  const report = (problem: string) => said.push(problem)
  await importCatalogue(
    records.map((record) => JSON.stringify(record)),
    { report, lists },
  )
  expect(said).toEqual([])
}
const exported = async () => {
  const lines: string[] = []
  await exportCatalogue((line) => void lines.push(line))
  return lines
}
const castOf = async (slug: string) =>
  ((await getShowPage(slug))?.cast ?? []).map(({ person, character }) =>
    [person, character].filter(Boolean).join(' as '),
  )
const withPerson = async (person: string) => {
  const read = parseBrowseFilter({ person })
  if (!read.ok) throw new Error(read.reason)
  await deriveStates()
  const { items, total } = await browseShows(read.filter)
  expect(total).toBe(items.length)
  return items.map(({ slug }) => slug).sort()
}
const one = async <T extends Record<string, unknown>>(query: ReturnType<typeof sql>) =>
  (await db().execute<T>(query))[0]
const version = () => one(sql`select value from setting where key = 'catalogue_version'`)
const people = async () =>
  (await db().execute<{ name: string }>(sql`select name from person order by name, id`)).map(
    ({ name }) => name,
  )
const freshDatabase = async () => {
  await closeDb()
  pointAt(await createDatabase())
}

const SCHOOL = {
  ids: { x: '1' },
  slug: 'school',
  title: 'School',
  cast: [
    { person: 'Park Solomon' },
    { person: 'Park Ji-hu' },
    { person: 'Lomon', character: 'Lee Su-hyeok' },
  ],
}
const REVENGE = {
  ids: { x: '2' },
  slug: 'revenge',
  title: 'Revenge',
  creators: ['Lomon'],
  cast: [{ person: 'Lomon', character: 'Seok Jae-beom' }],
}
const LOMON = { person: 'Park Solomon', also: ['Lomon', 'Solomon Park'] }

beforeEach(freshDatabase)

describe('one actor under two names', () => {
  it('is two people until somebody says that they are one; then one, with every credit once', async () => {
    await importLines([SCHOOL, REVENGE])
    expect(await people()).toEqual(['Lomon', 'Park Ji-hu', 'Park Solomon'])
    expect(await withPerson('Lomon')).toEqual(['revenge', 'school'])
    expect(await withPerson('Park Solomon')).toEqual(['school'])
    const before = await version()
    await loadPeople(names(LOMON))
    expect(await version()).not.toEqual(before)
    expect(await people()).toEqual(['Park Ji-hu', 'Park Solomon'])
    for (const name of ['Lomon', 'Park Solomon', 'Solomon Park'])
      expect(await withPerson(name), name).toEqual(['revenge', 'school'])
    expect(await castOf('school')).toEqual(['Park Solomon as Lee Su-hyeok', 'Park Ji-hu'])
    expect(await castOf('revenge')).toEqual(['Park Solomon as Seok Jae-beom'])
    expect((await getShowPage('revenge'))?.creators).toEqual(['Park Solomon'])
    const after = await version()
    await loadPeople(names(LOMON))
    expect(await version(), 'said again it changes nothing').toEqual(after)
  })

  it('comes in as one where that is known before, whichever name a line has, and the line again changes nothing', async () => {
    await loadPeople(names(LOMON))
    for (const lists of ['replace', 'unite'] as const) {
      await importLines([SCHOOL, REVENGE], lists)
      expect(await castOf('school')).toEqual(['Park Solomon as Lee Su-hyeok', 'Park Ji-hu'])
      const before = await version()
      await importLines([SCHOOL, REVENGE], lists)
      expect(await version()).toEqual(before)
    }
  })

  it('is one when a line says so, also on the pages of shows it is not about', async () => {
    await importLines([REVENGE, { ...SCHOOL, cast: [{ person: 'Park Solomon' }] }])
    await importLines([{ ...SCHOOL, cast: [{ person: 'Park Solomon', also: ['Lomon'] }] }])
    expect(await castOf('revenge')).toEqual(['Park Solomon as Seok Jae-beom'])
  })

  it('goes out with the other names and comes back as the same bytes', async () => {
    await importLines([SCHOOL, REVENGE])
    await loadPeople(names(LOMON))
    const first = await exported()
    expect(JSON.parse(first[0] ?? '').cast).toEqual([
      { person: 'Park Solomon', character: 'Seok Jae-beom', also: ['Lomon', 'Solomon Park'] },
    ])
    await freshDatabase()
    await importCatalogue([...first].reverse())
    expect(await exported()).toEqual(first)
    expect(await people()).toEqual(['Park Ji-hu', 'Park Solomon'])
  })

  it('relates the shows they are in', async () => {
    await importLines([SCHOOL, REVENGE])
    const cast = async () => (await loadTitles()).map((title) => title.cast)
    expect(await cast()).toEqual([['Park Solomon', 'Park Ji-hu', 'Lomon'], ['Lomon']])
    await loadPeople(names(LOMON))
    expect(await cast()).toEqual([['Park Solomon', 'Park Ji-hu'], ['Park Solomon']])
  })
})

describe('two actors of one name', () => {
  const kim = (x: string, tmdb: string | null) => ({
    ids: { x },
    slug: `show-${x}`,
    title: `Show ${x}`,
    genres: ['Drama'],
    cast: [{ person: 'Kim Soo-hyun', ...(tmdb && { ids: { tmdb } }) }],
  })

  it('are two where an id tells them apart, and nothing relates their shows', async () => {
    await importLines([kim('1', '10'), kim('2', '20'), kim('3', '10')])
    expect(await people()).toEqual(['Kim Soo-hyun', 'Kim Soo-hyun'])
    const terms = new Map(
      (await loadTitles()).map((title) => [title.slug, termsOf(title).find(({ field }) => field === 'cast')]),
    )
    expect(terms.get('show-1')).toEqual(terms.get('show-3'))
    expect(terms.get('show-2')?.key).not.toBe(terms.get('show-1')?.key)
    expect(terms.get('show-2')?.label).toBe('Kim Soo-hyun')
    expect(await castOf('show-2')).toEqual(['Kim Soo-hyun'])
  })

  it('stay who they are when their lines come again without the id, or out and in', async () => {
    await importLines([kim('1', '10'), kim('2', '20')])
    const first = await exported()
    await importLines([kim('1', null), kim('2', null)])
    expect(await exported()).toEqual(first)
    await freshDatabase()
    await importCatalogue(first)
    expect(await exported()).toEqual(first)
  })
})

it('somebody who plays several parts in a show is in its cast once', async () => {
  const parts = ['Homer Simpson', 'Krusty'].map((character) => ({ person: 'Dan Castellaneta', character }))
  await importLines([
    { ids: { x: '1' }, slug: 'town', title: 'Town', cast: [...parts, { person: 'Julie Kavner' }] },
  ])
  expect(await castOf('town')).toEqual(['Dan Castellaneta as Homer Simpson, Krusty', 'Julie Kavner'])
})

/** The migrations of the last release whose people were their names. */
const BEFORE_PEOPLE = 7

it('a database of the last release keeps every credit, and can then learn who is one', async () => {
  const url = await createDatabase('template0')
  await migrateQueue(url)
  const owner = postgres(url, { max: 1, onnotice: () => {} })
  const credits = async () =>
    (
      await owner<{ credit: string }[]>`
        select concat_ws(' ', slug, role, position, name, character) as credit
        from credit join show on show.id = show_id join person on person.id = person_id order by 1`
    ).map(({ credit }) => credit)
  try {
    await owner`create schema drizzle`
    await owner`create table drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)`
    await owner.begin((tx) => applyMigrations(tx, releaseMigrations().slice(0, BEFORE_PEOPLE)))
    await owner`insert into show (slug, title) values ('school', 'School'), ('revenge', 'Revenge')`
    await owner`insert into person (name) values ('Lomon'), ('Park Ji-hu'), ('Park Solomon')`
    await owner`
      insert into credit (show_id, role, position, person_id, character)
      select show.id, x.role, x.position, person.id, x.character
      from (values ('school', 'cast', 0, 'Lomon', 'Lee Su-hyeok'), ('school', 'cast', 1, 'Park Ji-hu', null),
        ('school', 'cast', 2, 'Park Solomon', null), ('revenge', 'cast', 0, 'Park Solomon', null))
        as x (slug, role, position, name, character)
      join show on show.slug = x.slug join person on person.name = x.name`
    const before = await credits()
    await migrate(url, EMBEDDED_RUNNING_ROLE)
    expect(await credits()).toEqual(before)
    await closeDb()
    pointAt(url)
    await loadPeople(names(LOMON))
    expect(await credits()).toEqual([
      'revenge cast 0 Park Solomon',
      'school cast 0 Park Solomon Lee Su-hyeok',
      'school cast 1 Park Ji-hu',
    ])
  } finally {
    await owner.end()
  }
})
