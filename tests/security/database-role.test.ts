/** W4: who breaks into the site has the rights of its role: rows, and nothing about what holds them. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import path from 'node:path'
import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { db } from '@/db/client'
import { startEmbedded } from '@/db/embedded'
import { migrate } from '@/db/migrate'
import { EMBEDDED_RUNNING_ROLE, ownerUrl, runningRoleOf } from '@/db/roles'
import { type House, siteEnv } from '@/lib/launcher/steps'
import { asOwner } from '../support/database'
import { makeShow } from '../support/readers'
import { temporaryFolder } from '../support/sweep'

const folder = temporaryFolder('tests')
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }))

const reasonOf = (statement: string) =>
  db()
    .execute(sql.raw(statement))
    .then(
      () => 'allowed',
      (error: Error) => (error.cause as Error).message,
    )

describe('the role site and worker run as', () => {
  it('is the one every test of this suite runs as, and owns nothing', async () => {
    const [row] = await db().execute<{ me: string; owned: number }>(sql`
      select current_user as me, (select count(*)::int from pg_class where pg_get_userbyid(relowner) = current_user)
        + (select count(*)::int from pg_proc where pg_get_userbyid(proowner) = current_user) as owned`)
    expect(row).toEqual({ me: EMBEDDED_RUNNING_ROLE, owned: 0 })
    const [rights] = await db().execute(sql`
      select rolsuper, rolcreaterole, rolcreatedb, rolbypassrls, rolreplication, rolinherit from pg_roles where rolname = current_user`)
    expect(Object.values(rights!)).toEqual([false, false, false, false, false, false])
  })

  it.each([
    ['make a table', 'create table mine (id int)', /permission denied for schema public/],
    [
      'make one beside the queue',
      'create table graphile_worker.mine (id int)',
      /permission denied for schema/,
    ],
    ['make a schema', 'create schema mine', /permission denied for database/],
    ['make a function', "create function f() returns int language sql as 'select 1'", /permission denied/],
    ['make a role', 'create role friend', /permission denied to create role/],
    ['make a database', 'create database mine', /permission denied to create database/],
    ['make an extension', 'create extension hstore', /permission denied/],
    ['become the owner', 'set role greenlit', /permission denied to set role/],
    ['drop a table', 'drop table claim', /must be owner/],
    ['change a table', 'alter table claim add column x int', /must be owner/],
    ['empty a table', 'truncate claim', /permission denied for table claim/],
    ['take the guard off the ledger', 'alter table claim disable trigger claim_append_only', /must be owner/],
    ['drop the guard', 'drop trigger claim_append_only on claim', /must be owner/],
    [
      'change what the guard does',
      "create or replace function refuse_to_forget() returns trigger language plpgsql as 'begin return new; end'",
      /permission denied/,
    ],
    ['lift the guard for its session', 'set session_replication_role = replica', /permission denied/],
    ['read passwords', 'select * from pg_authid', /permission denied for table pg_authid/],
    ['read a file', "copy reader from '/etc/passwd'", /permission denied to COPY from a file/],
    [
      'run a program',
      "copy reader to program 'true'",
      /permission denied to COPY to or from an external program/,
    ],
    [
      'read which migrations there were',
      'select * from drizzle.__drizzle_migrations',
      /permission denied for schema/,
    ],
  ])('cannot %s', async (_, statement, reason) => {
    expect(await reasonOf(statement)).toMatch(reason)
  })

  it('cannot give its rights on, and cannot change a claim', async () => {
    await db().execute(sql`grant all on claim to public`)
    const [row] = await db().execute<{ acl: string }>(
      sql`select relacl::text as acl from pg_class where relname = 'claim'`,
    )
    expect(row!.acl).not.toMatch(/[{,]=/)
    await makeShow('guarded')
    await db().execute(sql`insert into source (slug, name) values ('s', 's')`)
    await db().execute(sql`
      insert into claim (id, show_id, season_id, source_id, source_class, kind, value, url, seen_on)
      select 'c', e.show_id, e.id, s.id, 'press', 'renewed', 'v', 'https://x.test', '2026-11-22' from season e, source s limit 1`)
    expect(await reasonOf("update claim set value = 'w'")).toMatch(/append-only/)
    expect(await reasonOf('delete from claim')).toMatch(/append-only/)
  })

  it('has its rights on a table a later release makes, as soon as it is made', async () => {
    await asOwner(
      (owner) => owner`create table of_a_later_release (id int generated always as identity, what text)`,
    )
    await db().execute(sql`insert into of_a_later_release (what) values ('x')`)
    expect(await reasonOf('truncate of_a_later_release')).toMatch(/permission denied/)
  })

  it('runs a worker: it starts, takes jobs and adds some, without a right to make its tables', async () => {
    const env: NodeJS.ProcessEnv = { ...process.env, GREENLIT_ROLE: 'worker', MIGRATION_DATABASE_URL: '' }
    const worker = spawn(
      process.execPath,
      ['--conditions=react-server', '--import', 'tsx', path.join('lib', 'jobs', 'worker.ts')],
      { cwd: path.join(import.meta.dirname, '../..'), env, stdio: 'inherit' },
    )
    const ended = once(worker, 'exit')
    try {
      await db().execute(sql`select graphile_worker.add_job('purge', job_key => 'of-the-test')`)
      const left = sql`select from graphile_worker.jobs where key in ('of-the-test', 'derive-states-at-start')`
      const known = sql`select from graphile_worker._private_known_crontabs`
      await vi.waitFor(
        async () => {
          expect(await db().execute(known)).not.toHaveLength(0)
          expect(await db().execute(left)).toHaveLength(0)
        },
        { timeout: 50_000, interval: 100 },
      )
    } finally {
      worker.kill('SIGTERM')
    }
    expect(await ended).toEqual([0, null])
  })
})

describe('the addresses', () => {
  it('name an owner only where it is somebody else: a simple installation keeps its one address', () => {
    const one = 'postgres://greenlit:x@db/greenlit'
    const site = 'postgres://site%40eu:y@db/greenlit'
    expect(ownerUrl({ DATABASE_URL: one })).toBe(one)
    expect(runningRoleOf({ DATABASE_URL: one })).toBeNull()
    expect(runningRoleOf({ DATABASE_URL: one, MIGRATION_DATABASE_URL: '' })).toBeNull()
    expect(runningRoleOf({ DATABASE_URL: one, MIGRATION_DATABASE_URL: one })).toBeNull()
    expect(runningRoleOf({ DATABASE_URL: site, MIGRATION_DATABASE_URL: one })).toBe('site@eu')
    expect(ownerUrl({ DATABASE_URL: site, MIGRATION_DATABASE_URL: one })).toBe(one)
  })

  it('of the owner never reaches the processes that serve readers', () => {
    const house = {
      databaseUrl: 'postgres://site',
      ownerUrl: 'postgres://owner',
      secrets: { authSecret: 'x' },
    }
    const env = siteEnv(house as House)
    expect(env.DATABASE_URL).toBe('postgres://site')
    expect(Object.values(env)).not.toContain('postgres://owner')
    expect(env.MIGRATION_DATABASE_URL, 'set, so that a .env file is not asked').toBe('')
  })
})

describe('an embedded database of the release before', () => {
  it('has no such role, gets it at the next start, and one of another PostgreSQL is met with the way up', async () => {
    const dataDir = path.join(folder, 'old', 'postgres')
    const old = await startEmbedded({ dataDir, password: 'owner' })
    expect(old.runningUrl).toBe(old.url)
    await migrate(old.url)
    await old.stop()
    const now = await startEmbedded({ dataDir, password: 'owner', runningPassword: 'site' })
    await migrate(now.url, EMBEDDED_RUNNING_ROLE)
    const site = postgres(now.runningUrl, { max: 1, onnotice: () => {} })
    expect(await site`insert into setting (key, value) values ('a', 'b') returning key`).toEqual([
      { key: 'a' },
    ])
    await expect(site`create table mine (id int)`).rejects.toThrow(/permission denied/)
    await expect(site`create temporary table mine (id int)`).rejects.toThrow(/permission denied/)
    await site.end()
    await now.stop()
    // The role's password was lost with the secrets file: the next start gives it another.
    const later = await startEmbedded({ dataDir, password: 'owner', runningPassword: 'another' })
    const again = postgres(later.runningUrl, { max: 1, onnotice: () => {} })
    expect(await again`select value from setting where key = 'a'`).toEqual([{ value: 'b' }])
    await again.end()
    await later.stop()

    const version = path.join(now.dataDir, 'PG_VERSION')
    const ours = fs.readFileSync(version, 'utf8')
    for (const [other, way] of [
      [
        '17',
        /were written by PostgreSQL 17, .* brings PostgreSQL \d+, which cannot read them\. With the release you had: `npm run greenlit -- backup FILE`\. Then move that folder away .* restore FILE`/,
      ],
      [
        '99',
        /were written by PostgreSQL 99, .* which is older and cannot read them: start the newer release/,
      ],
      ['nonsense', /were written by PostgreSQL nonsense/],
    ] as const) {
      fs.writeFileSync(version, `${other}\n`)
      await expect(startEmbedded({ dataDir, password: 'owner' })).rejects.toThrow(way)
    }
    fs.writeFileSync(version, ours)
    await (await startEmbedded({ dataDir, password: 'owner' })).stop()
  })
})
