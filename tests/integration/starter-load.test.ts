import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { closeDb, db } from '@/db/client'
import { exportCatalogue, importCatalogue } from '@/lib/catalogue/commands'
import { loadStarter } from '@/lib/cli/load-starter'
import { createDatabase, pointAt, useStarter } from '../support/database'
import { writeSmallStarter } from '../support/small-starter'

const rows = async (query: ReturnType<typeof sql>) =>
  (await db().execute(query)) as unknown as Record<string, unknown>[]
const counts = () =>
  rows(sql`select (select count(*)::int from show) as shows, (select count(*)::int from season) as seasons,
    (select count(*)::int from claim) as claims, (select count(*)::int from event) as events,
    (select count(*)::int from show_state) as states, (select count(*)::int from recap_sentence) as recaps`)
const recordOf = async (slug: string) => {
  let found = ''
  await exportCatalogue((line) => {
    if (line.includes(`"slug":"${slug}"`)) found = line
  })
  return JSON.parse(found)
}

// Loading is an operator's work: it has the command line's patience, not a page's.
process.env.GREENLIT_ROLE = 'cli'

beforeAll(async () => void (await useStarter()))

describe('the starter in the database', () => {
  test('gives every show a state and the season its readers wait for', async () => {
    const [count] = await counts()
    expect(count?.shows).toBe(count?.states)
    expect(count?.claims).toBeGreaterThan(900)
    expect(count?.recaps).toBeGreaterThan(200)
    expect(
      await rows(sql`select count(*)::int as n from show s join show_state t on t.show_id = s.id
        left join season e on e.show_id = s.id and e.number = t.next_season where e.id is null`),
    ).toEqual([{ n: 0 }])
  })

  test('All of Us Are Dead waits for season 2, with at least eight sourced claims', async () => {
    const [found] = await rows(sql`select t.next_season, t.next_status, count(c.id)::int as claims
      from show s join show_state t on t.show_id = s.id join season e on e.show_id = s.id and e.number = 2
      join claim c on c.season_id = e.id where s.slug = 'all-of-us-are-dead' group by 1, 2`)
    expect(found?.next_season).toBe(2)
    expect(found?.claims).toBeGreaterThanOrEqual(8)
  })

  test('loaded again after a half-way stop is whole, and keeps what an operator added', async () => {
    await closeDb()
    pointAt(await createDatabase())
    const from = mkdtempSync(path.join(tmpdir(), 'greenlit-starter-'))
    onTestFinished(() => rmSync(from, { recursive: true }))
    writeSmallStarter(from, (slug) => ['dark', 'chuck', 'severance'].includes(slug))
    await loadStarter(() => {}, { from, relatedLater: true })
    const before = await counts()
    await importCatalogue([
      JSON.stringify({ ids: { greenlit: 'dark', mine: '1' }, title: 'Dark', aliases: ['Our Winden'] }),
      JSON.stringify({
        ids: { mine: '2' },
        title: 'A show of our own',
        seasons: [{ number: 1, premiere: '2026' }],
      }),
    ])
    // As if the load had been killed: a show, the recaps and the mark of completeness are missing.
    await db().execute(sql`delete from setting where key = 'starter_version'`)
    await db().execute(
      sql`delete from recap_sentence where show_id in (select id from show where slug = 'severance')`,
    )
    await db().execute(sql`delete from show where slug = 'chuck'`)
    await loadStarter(() => {}, { from, relatedLater: true })
    const [one, two] = [before[0] ?? {}, (await counts())[0] ?? {}]
    expect(two).toEqual({
      ...one,
      shows: Number(one.shows) + 1,
      states: Number(one.states) + 1,
      seasons: Number(one.seasons) + 2,
    })
    expect((await recordOf('dark')).ids.mine).toBe('1')
    expect((await recordOf('dark')).aliases).toContain('Our Winden')
    expect((await recordOf('a-show-of-our-own')).title).toBe('A show of our own')
    expect((await recordOf('chuck')).network).toBe('NBC')

    const said: string[] = []
    await loadStarter((line) => said.push(line), { from, relatedLater: true })
    expect(said, 'a second time it does nothing at all').toEqual([])
  })
})
