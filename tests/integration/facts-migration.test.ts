import postgres from 'postgres'
import { describe, expect, onTestFinished, test } from 'vitest'
import { applyMigrations, migrate, migrateQueue, releaseMigrations } from '@/db/migrate'
import { EMBEDDED_RUNNING_ROLE } from '@/db/roles'
import { createDatabase } from '../support/database'

/** The migrations of the last release that knew no facts. */
const BEFORE_FACTS = 6
/** Those of the last release in which a provider's copies of several years had names of their own. */
const BEFORE_ONE_VOICE = 9

/** A database as a release with so many migrations left it, its owner's address beside it; it is closed with the test. */
async function databaseOf(migrations: number): Promise<{ sql: postgres.Sql; url: string }> {
  const url = await createDatabase('template0')
  await migrateQueue(url)
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  onTestFinished(() => sql.end())
  await sql`create schema drizzle`
  await sql`create table drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)`
  await sql.begin((tx) => applyMigrations(tx, releaseMigrations().slice(0, migrations)))
  return { sql, url }
}

test('a database of the last release keeps every recorded value and label, as facts of their providers', async () => {
  const { sql, url } = await databaseOf(BEFORE_FACTS)
  await sql`insert into network (slug, name) values ('tvn', 'tvN')`
  await sql`
    insert into show (slug, title, country, network_id, listed, provenance) values
      ('signal', 'Signal', 'South Korea', (select id from network), '{"label": "Ended", "source": "TVmaze", "as_of": "2025"}',
        '{"tvmaze-2025 (CC BY-SA 4.0)", "netflix-titles (CC0)"}'),
      ('ours', 'Ours', null, null, null, '{}')`
  await sql`
    insert into season (show_id, number, premiere, episodes, recorded)
    select show.id, x.number, x.premiere, x.episodes, x.recorded
    from show join (values ('signal', 1, '2016-01-22', 16, true), ('signal', 2, null, null, true),
      ('signal', 3, null, null, false), ('ours', 1, '2020', null, true))
      as x (slug, number, premiere, episodes, recorded) on x.slug = show.slug`
  await migrate(url, EMBEDDED_RUNNING_ROLE)
  const facts = await sql<Record<string, unknown>[]>`
    select concat_ws(' ', slug, season, field, provider, value, as_of) as fact, seen_on = current_date as "today"
    from fact join show on show.id = show_id where withdrawn_on is null order by slug desc, season, field`
  expect(facts.map(({ fact }) => fact)).toEqual([
    'signal 0 country tvmaze South Korea',
    'signal 0 label TVmaze Ended 2025',
    'signal 0 network tvmaze tvN',
    'signal 1 counted tvmaze yes',
    'signal 1 episodes tvmaze 16',
    'signal 1 premiere tvmaze 2016-01-22',
    'signal 2 counted tvmaze yes',
    'ours 1 counted catalogue yes',
    'ours 1 premiere catalogue 2020',
  ])
  expect(facts.every(({ today }) => today)).toBe(true)
  const seasons = await sql`select premiere, episodes, recorded from season order by id`
  expect(seasons.map(({ premiere, episodes, recorded }) => [premiere, episodes, recorded])).toEqual(
    expect.arrayContaining([
      ['2016-01-22', 16, true],
      ['2020', null, true],
      [null, null, false],
    ]),
  )
  const columns = await sql`select column_name from information_schema.columns where table_name = 'show'`
  expect(columns.map(({ column_name }) => column_name)).not.toContain('listed')
})

describe('a database in which copies of one provider had names of their own', () => {
  interface Row {
    season?: number
    field?: string
    provider: string
    value: string
    seen?: string
    gone?: string
  }
  const insert = (sql: postgres.Sql, rows: Row[]) =>
    sql`insert into fact ${sql(
      rows.map(({ season = 1, field = 'premiere', provider, value, seen = '2026-11-30', gone = null }) => ({
        show_id: 1,
        season,
        field,
        provider,
        value,
        seen_on: seen,
        withdrawn_on: gone,
      })),
    )}`
  /** What the facts are after the upgrade, and which marks of what was loaded are left. */
  const upgraded = async (rows: Row[]) => {
    const { sql, url } = await databaseOf(BEFORE_ONE_VOICE)
    await sql`insert into show (slug, title) values ('signal', 'Signal')`
    await insert(sql, rows)
    await sql`insert into setting (key, value) values ('starter_version', 'v'), ('starter_files', 'f'), ('database_id', 'd')`
    await migrate(url, EMBEDDED_RUNNING_ROLE)
    const facts = await sql<{ fact: string }[]>`
      select concat_ws(' ', season, field, provider, value, seen_on, withdrawn_on) as fact from fact
      order by season, field, provider collate "C"`
    const marks = await sql<
      { key: string }[]
    >`select key from setting where key ~ 'starter|database_id' order by key`
    return { facts: facts.map(({ fact }) => fact), marks: marks.map(({ key }) => key) }
  }

  test('has one voice of each, and no value less where only one of them gave it', async () => {
    const { facts, marks } = await upgraded([
      { provider: 'tvmaze-2024', value: '2016-01-22' },
      { field: 'counted', provider: 'TVmaze-2025-10', value: 'yes' },
      { field: 'episodes', provider: 'tvmaze-schedule', value: '16' },
      { season: 2, provider: 'tvmaze', value: '2018' },
      { season: 2, provider: 'network-seasons', value: '2019' },
      { season: 2, field: 'counted', provider: 'tvmaze-2025', value: 'yes' },
      { season: 0, field: 'network', provider: 'list-of-1999-shows', value: 'tvN' },
      { season: 3, provider: 'tvmaze-2025', value: '2020', gone: '2026-12-01' },
    ])
    expect(facts).toEqual([
      '0 network list-of-1999-shows tvN 2026-11-30',
      '1 counted TVmaze yes 2026-11-30',
      '1 episodes tvmaze 16 2026-11-30',
      '1 premiere tvmaze 2016-01-22 2026-11-30',
      '2 counted tvmaze yes 2026-11-30',
      '2 premiere network-seasons 2019 2026-11-30',
      '2 premiere tvmaze 2018 2026-11-30',
      '3 premiere tvmaze 2020 2026-11-30 2026-12-01',
    ])
    expect(marks, 'what is shown is what was shown').toEqual(['starter_files', 'starter_version'])
  })

  test('keeps the newest word of a field, a copy being no newer than its year, and has the shown value chosen anew', async () => {
    const { facts, marks } = await upgraded([
      // Loaded later, but a copy of 2024: an upgrade gave it the day it ran.
      { provider: 'tvmaze', value: '2016-01-22', seen: '2026-11-30' },
      { provider: 'tvmaze-2024', value: '2016', seen: '2026-12-01' },
      // The provider took it back after every copy was made.
      { season: 2, provider: 'tvmaze', value: '2018', seen: '2026-11-30', gone: '2026-12-01' },
      { season: 2, provider: 'tvmaze-2025', value: '2019', seen: '2026-12-02' },
      // Two copies, the later one first; and an own word older than both.
      { season: 3, provider: 'tvmaze-2024', value: '2020-01', seen: '2026-11-30' },
      { season: 3, provider: 'tvmaze-2025-10', value: '2020-02', seen: '2026-11-30' },
      { season: 3, provider: 'tvmaze', value: '2020-03', seen: '2023-01-01' },
      // Of one day: the provider's own name.
      { season: 4, provider: 'tvmaze-schedule', value: '2021-01', seen: '2026-11-30' },
      { season: 4, provider: 'tvmaze', value: '2021-02', seen: '2026-11-30' },
    ])
    expect(facts).toEqual([
      '1 premiere tvmaze 2016-01-22 2026-11-30',
      '2 premiere tvmaze 2018 2026-11-30 2026-12-01',
      '3 premiere tvmaze 2020-02 2026-11-30',
      '4 premiere tvmaze 2021-02 2026-11-30',
    ])
    expect(marks).toEqual([])
  })
})
