import { readFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { deriveStates } from '@/lib/ledger/derive'
import { getSources } from '@/lib/ledger/queries'
import { getHome } from '@/lib/pages/home'
import type { Day } from '@/lib/shared/day'
import { useStarter } from '../support/database'

const lines = readFileSync(path.join(import.meta.dirname, '../../db/starter/claims.ndjson'), 'utf8')
  .trim()
  .split('\n')

beforeAll(async () => {
  await useStarter()
  // Deriving all shows is work for the command line and the worker, with their patience.
  process.env.GREENLIT_ROLE = 'cli'
}, 300_000)

describe('the starter ledger in the database', () => {
  it('holds every line of its file, about shows the catalogue knows, and told nobody', async () => {
    const [row] = await db().execute(sql`
      select (select count(*)::int from claim) as claims, (select count(distinct show_id)::int from claim) as shows,
        (select count(*)::int from outbox where topic = 'event') as told, (select count(*)::int from claim where quote is not null) as quotes`)
    expect(row).toEqual({
      claims: lines.length,
      shows: new Set(lines.map((line) => JSON.parse(line).show)).size,
      told: 0,
      quotes: 0,
    })
  })

  it('is counted on the pages by what has a day and what has none', async () => {
    const undated = lines.filter((line) => JSON.parse(line).published_on === null).length
    const { counts } = await getHome('2026-11-30')
    expect(counts.claims).toEqual({ dated: lines.length - undated, undated })
    const sources = await getSources('2026-11-30')
    expect(sources.reduce((sum, source) => sum + source.undated, 0)).toBe(undated)
    expect(sources.find(({ name }) => name === 'Anime News Network')).toMatchObject({
      classes: ['trade'],
      site: 'animenewsnetwork.com',
    })
  })

  it('has a state for every season and show, and none that dates what nobody announced', async () => {
    const [row] = await db().execute(sql`
      select (select count(*)::int from season) - (select count(*)::int from season_state) as seasons,
        (select count(*)::int from show) - (select count(*)::int from show_state) as shows,
        (select count(*)::int from season_state where premiere_edtf is not null
          and status not in ('dated', 'airing', 'complete')) as guessed,
        (select count(*)::int from season_state where status = 'dated' and premiere_latest < derived_for
          and (premiere_state <> 'due' or premiere_latest < derived_for - 30)) as expired`)
    expect(row).toEqual({ seasons: 0, shows: 0, guessed: 0, expired: 0 })
  })

  it('derives all shows again within seconds and finds nothing changed', async () => {
    const [row] = await db().execute<{ day: Day }>(sql`select max(derived_for)::text as day from show_state`)
    expect((await deriveStates({ today: row!.day })).changed).toEqual([])
  })
})
