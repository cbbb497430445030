import { readFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { applyMigrations, releaseMigrations } from '@/db/migrate'
import { recordClaims } from '@/lib/ledger/commands'
import { deriveStates } from '@/lib/ledger/derive'
import { getSources } from '@/lib/ledger/queries'
import { checkClaim } from '@/lib/ledger/record'
import { getHome } from '@/lib/pages/home'
import { getShowPage } from '@/lib/pages/show'
import { citesOfficialBody, OFFICIAL_BODIES } from '../support/bodies'
import { greenlit } from '../support/command-line'
import { createDatabase } from '../support/database'
import { LAST_RELEASE, onDatabase } from '../support/full-database'
import { makeShow } from '../support/readers'

const TODAY = '2026-11-22'
const NOW = new Date('2026-11-22T12:00:00Z')
const starter = path.join(import.meta.dirname, '../../db/starter/claims.ndjson')

/** A press report of a window for season 2 that credits somebody. */
async function credits(slug: string, ...names: string[]): Promise<void> {
  const claims = names.map((citing, n) => {
    const checked = checkClaim(
      {
        show: `greenlit:${slug}`,
        season: 2,
        kind: 'release_window',
        value: `Coming, says ${citing}.`,
        date: '2027',
        publisher: 'The Daily',
        url: `https://daily.test/${slug}/${n}`,
        citing,
        published_on: '2026-11-01',
        source_class: 'press',
      },
      TODAY,
    )
    if (!checked.ok) throw new Error(checked.problems.join('; '))
    return checked.claim
  })
  await recordClaims(claims, { mode: 'backfill', today: TODAY, now: NOW })
}

const secondSeason = async (slug: string) => {
  const show = await getShowPage(slug, TODAY)
  return show!.seasons.find(({ number }) => number === 2)!
}
const statusOnRecord = async (slug: string) => {
  const [row] = await db().execute<{ status: string }>(sql`
    select t.status from season_state t join season on season.id = t.season_id join show on show.id = season.show_id
    where show.slug = ${slug} and season.number = 2`)
  return row?.status
}

beforeAll(async () => {
  for (const slug of ['many', 'viu', 'other', 'plus']) await makeShow(slug, 1)
  await deriveStates({ today: TODAY, now: NOW })
})

describe('a new database', () => {
  it('knows the networks and services the press credits', async () => {
    const rows = await db().execute<{ name: string }>(sql`select name from source where official_body`)
    expect([...rows].map(({ name }) => name).sort()).toEqual([...OFFICIAL_BODIES].sort())
  })

  it('lists none of them among its sources before it has said something', async () => {
    expect(await getSources(TODAY)).toEqual([])
    expect((await getHome(TODAY)).counts.sources).toBe(0)
  })
})

it('a database of the last release keeps its sources, and those that are bodies are marked', async () => {
  const old = await createDatabase('template0')
  await onDatabase(old, async (owner) => {
    await owner`create schema drizzle`
    await owner`create table drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)`
    const all = releaseMigrations()
    await owner.begin((tx) => applyMigrations(tx, all.slice(0, LAST_RELEASE)))
    await owner`insert into source (slug, name) values ('netflix', 'NETFLIX'), ('sky', 'Sky!'), ('sky-2', 'Sky?'), ('fan', 'Fan Page')`
    await owner.begin((tx) => applyMigrations(tx, all.slice(LAST_RELEASE)))
    const rows = await owner`
      select slug, name, official_body from source where slug ~ '^(netflix|sky|fan)' order by slug`
    expect([...rows]).toEqual([
      { slug: 'fan', name: 'Fan Page', official_body: false },
      { slug: 'netflix', name: 'NETFLIX', official_body: true },
      { slug: 'sky', name: 'Sky!', official_body: false },
      { slug: 'sky-2', name: 'Sky?', official_body: false },
      { slug: 'sky-3', name: 'Sky', official_body: true },
    ])
    const [count] = await owner`select count(*)::int as bodies from source where official_body`
    expect(count!.bodies).toBe(OFFICIAL_BODIES.length)
  })
})

it('a credited name is a body where it is one or begins with one as a word, for the database as for the rules', async () => {
  const inStarter = readFileSync(starter, 'utf8')
    .trim()
    .split('\n')
    .flatMap((line) => (JSON.parse(line).citing as string | null) ?? [])
  const names = [
    ...new Set(inStarter),
    ...[
      'Netflix’s Tudum',
      "Netflix's Tudum",
      'netflix',
      'Netflixed',
      'Maxine Shen',
      'Max',
      'HBO Max',
      'AMC+',
    ],
    ...['Warner Bros. Discovery', 'The BBC', 'Skyline News', 'FX Networks', 'Disney+', 'Riot', 'Riotous'],
  ]
  await credits('many', ...names)
  const { claims } = await secondSeason('many')
  const said = Object.fromEntries(claims.map(({ citing, citesOfficialBody: body }) => [citing, body]))
  expect(said).toEqual(Object.fromEntries(names.map((name) => [name, citesOfficialBody(name)])))
  expect(said).toMatchObject({
    'Netflix’s Tudum': true,
    'AMC+': true,
    Netflixed: false,
    'Maxine Shen': false,
  })
})

describe('an operator who says who is a body', () => {
  it('has the shows whose notes credit it stand otherwise at once, and no others', async () => {
    await credits('viu', 'Viu Original')
    await credits('other', 'Another Outlet')
    expect(await statusOnRecord('viu')).not.toBe('dated')
    await db().execute(sql`delete from cache_expiry`)

    expect(await greenlit('source', 'body', 'Viu', '--on')).toEqual({
      status: 0,
      err: '',
      out: 'Viu is an official body; 1 shows have claims that credit it, 1 of them stand otherwise now',
    })
    expect(await statusOnRecord('viu')).toBe('dated')
    expect((await secondSeason('viu')).state).toMatchObject({ status: 'dated', premiere: { edtf: '2027' } })
    expect(await statusOnRecord('other')).not.toBe('dated')
    const expired = await db().execute<{ tag: string }>(sql`select distinct tag from cache_expiry`)
    const tags = [...expired].map(({ tag }) => tag)
    expect(tags).toContain('show:viu')
    expect(tags.filter((tag) => tag.includes('other'))).toEqual([])

    expect((await greenlit('source', 'body', 'viu', '--off')).out).toBe(
      'Viu is no official body; 1 shows have claims that credit it, 1 of them stand otherwise now',
    )
    expect(await statusOnRecord('viu')).not.toBe('dated')
  })

  it('may repeat it: a second time nothing changes', async () => {
    await greenlit('source', 'body', 'Viu', '--on')
    expect((await greenlit('source', 'body', 'Viu', '--on')).out).toMatch(/, 0 of them stand otherwise now$/)
    await greenlit('source', 'body', 'Viu', '--off')
  })

  it('may name one with marks in it that mean something elsewhere', async () => {
    await credits('plus', 'A+ (TV) Live', 'A TV')
    await greenlit('source', 'body', 'A+ (TV)', '--on')
    const { claims } = await secondSeason('plus')
    expect(Object.fromEntries(claims.map(({ citing, citesOfficialBody: body }) => [citing, body]))).toEqual({
      'A+ (TV) Live': true,
      'A TV': false,
    })
  })

  it('is told in one line what is missing', async () => {
    expect(await greenlit('source', 'body', 'Nobody Here', '--off')).toMatchObject({
      status: 1,
      err: 'greenlit: no source is called "Nobody Here"',
    })
    expect((await greenlit('source', 'body', ' ', '--on')).status).toBe(1)
    for (const flags of [[], ['--on', '--off']])
      expect(await greenlit('source', 'body', 'Viu', ...flags)).toMatchObject({ status: 2 })
  })
})
