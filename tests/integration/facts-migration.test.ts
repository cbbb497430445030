import postgres from 'postgres'
import { expect, test } from 'vitest'
import { applyMigrations, migrate, migrateQueue, releaseMigrations } from '@/db/migrate'
import { EMBEDDED_RUNNING_ROLE } from '@/db/roles'
import { createDatabase } from '../support/database'

/** The migrations of the last release that knew no facts. */
const BEFORE_FACTS = 6

test('a database of the last release keeps every recorded value and label, as facts of their providers', async () => {
  const url = await createDatabase('template0')
  await migrateQueue(url)
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    await sql`create schema drizzle`
    await sql`create table drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)`
    await sql.begin((tx) => applyMigrations(tx, releaseMigrations().slice(0, BEFORE_FACTS)))
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
      'signal 0 country tvmaze-2025 South Korea',
      'signal 0 label TVmaze Ended 2025',
      'signal 0 network tvmaze-2025 tvN',
      'signal 1 counted tvmaze-2025 yes',
      'signal 1 episodes tvmaze-2025 16',
      'signal 1 premiere tvmaze-2025 2016-01-22',
      'signal 2 counted tvmaze-2025 yes',
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
  } finally {
    await sql.end()
  }
})
