/**
 * F12: a database is saved, destroyed and brought back, and nobody could tell, but for the time that has passed. What
 * is no whole backup of ours is refused and changes nothing.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { closeDb, db } from '@/db/client'
import { removeEmbedded, startEmbedded } from '@/db/embedded'
import { applyMigrations, migrate, migrateQueue, releaseMigrations } from '@/db/migrate'
import { EMBEDDED_RUNNING_ROLE, grantRunningRole } from '@/db/roles'
import { openDataFolder, secretsIn } from '@/lib/launcher/data-folder.mjs'
import { enqueueMails } from '@/lib/mail/outbox'
import { greenlit } from '../support/command-line'
import { createDatabase, pointAt } from '../support/database'
import {
  everyRow,
  fillTheRest,
  LAST_RELEASE,
  onDatabase,
  schemaOf,
  someStarter,
  waitingJobs,
} from '../support/full-database'
import { temporaryFolder } from '../support/sweep'
import { aFollower, aShow, Clock, Inbox, minutes, said, work } from '../support/telling'

process.env.AUTH_SECRET = 'a secret of the tests, of some length'
process.env.GREENLIT_ROLE = 'cli'

/** The row a restore writes itself, so that caches see another database. */
const OWN_ROWS = ['"key": "catalogue_version"']

const folder = temporaryFolder('tests')
const fileOf = (name: string) => path.join(folder, name)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A database nothing was ever made in. */
const bareDatabase = () => createDatabase('template0')

async function restored(file: string, ...flags: string[]) {
  await closeDb()
  pointAt(await bareDatabase())
  return { url: process.env.MIGRATION_DATABASE_URL!, ...(await greenlit('restore', file, ...flags)) }
}

describe('saved, destroyed and brought back', () => {
  let embedded: string
  const home = { running: process.env.DATABASE_URL!, owner: process.env.MIGRATION_DATABASE_URL! }
  beforeAll(() => {
    embedded = fileOf('house')
    process.env.GREENLIT_DATA = embedded
  })
  afterAll(async () => {
    await closeDb()
    await removeEmbedded(path.join(embedded, 'postgres'))
    delete process.env.GREENLIT_DATA
    process.env.DATABASE_URL = home.running
    process.env.MIGRATION_DATABASE_URL = home.owner
  })

  /** The embedded database of the folder, up for some work, as `npm start` has it. */
  async function up<T>(work: (ownerUrl: string) => Promise<T>): Promise<T> {
    const places = openDataFolder(embedded)
    const { databasePassword, runningPassword } = secretsIn(embedded)
    const server = await startEmbedded({
      dataDir: places.postgres,
      password: databasePassword,
      runningPassword,
    })
    await migrate(server.url, EMBEDDED_RUNNING_ROLE)
    Object.assign(process.env, { DATABASE_URL: server.runningUrl, MIGRATION_DATABASE_URL: server.url })
    try {
      return await work(server.url)
    } finally {
      await closeDb()
      delete process.env.DATABASE_URL
      delete process.env.MIGRATION_DATABASE_URL
      await server.stop()
    }
  }

  it('every row, sequence and waiting job is there again, and everybody is told once', async () => {
    const clock = new Clock(new Date('2026-11-22T12:00:00Z'))
    const inbox = new Inbox()
    const file = fileOf('whole.backup')
    const before = await up(async (url) => {
      await someStarter(200)
      await aShow('told', clock)
      await aShow('held', clock)
      await aFollower('ana@greenlit.test', 'told', 2, clock)
      await aFollower('bo@greenlit.test', 'held', 2, clock)
      await said({ show: 'told', kind: 'renewed', by: 'The Makers', sourceClass: 'official' }, clock)
      clock.pass(minutes(1))
      await work(clock, inbox)
      expect(inbox.to('ana@greenlit.test')).toHaveLength(1)
      // Waits for its hold to be over; and a mail the server would not have yet.
      await said({ show: 'held', kind: 'renewed' }, clock)
      await work(clock, inbox)
      expect(inbox.to('bo@greenlit.test')).toEqual([])
      await enqueueMails(
        [{ about: 'waits', recipient: 'cy@greenlit.test', subject: 'x', text: 'x', html: 'x' }],
        clock.now(),
      )
      await fillTheRest(url)
      await onDatabase(url, async (sql) => {
        await sql`insert into heartbeat (name, role) values ('w', 'worker')`
        await sql`select graphile_worker.add_job('tell-readers', run_at => '2030-01-01', job_key => 'later', max_attempts => 7)`
        await sql`select graphile_worker.add_job('build-related', payload => '{"showIds": [1, 2]}', queue_name => 'q', flags => '{b,a}', priority => 3)`
        await sql`select graphile_worker.add_job('under-way')`
        await sql`select graphile_worker.add_job('given-up', max_attempts => 1)`
        await sql`update graphile_worker._private_jobs j set locked_at = now(), locked_by = 'w', attempts = 1
          from graphile_worker._private_tasks t where t.id = j.task_id and t.identifier in ('under-way', 'given-up')`
        await sql`insert into graphile_worker._private_known_crontabs values ('purge', '2026-01-01', '2026-11-22 03:15')`
      })
      const rows = await everyRow(url)
      expect(Object.keys(rows).filter((table) => rows[table]!.length === 0)).toEqual([])
      return { rows, jobs: await waitingJobs(url), sequences: await nextNumbers(url) }
    })
    expect(before.jobs.map((job) => (job as { identifier: string }).identifier)).toContain('under-way')

    const saved = await greenlit('backup', file)
    expect(saved.status, saved.err).toBe(0)
    expect(saved.out).toMatch(
      /rows in \d+ tables written to .*whole\.backup: .*AUTH_SECRET of your environment/s,
    )
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder).filter((name) => name.includes('half'))).toEqual([])
    const text = gunzipSync(readFileSync(file)).toString('utf8')
    const { authSecret, databasePassword } = secretsIn(embedded)
    for (const secret of [process.env.AUTH_SECRET!, authSecret, databasePassword])
      expect(text.includes(secret)).toBe(false)

    await removeEmbedded(path.join(embedded, 'postgres'))
    expect(await greenlit('backup', fileOf('nothing.backup'))).toMatchObject({
      status: 1,
      err: expect.stringContaining('there is no database yet'),
    })
    expect(await greenlit('restore', file)).toMatchObject({ status: 0 })

    await up(async (url) => {
      const rows = await everyRow(url, OWN_ROWS)
      const asItWas = Object.fromEntries(
        Object.entries(before.rows).map(([table, all]) => [
          table,
          all.filter((row) => !OWN_ROWS.some((part) => row.includes(part))),
        ]),
      )
      for (const table of Object.keys(asItWas)) expect(rows[table], table).toEqual(asItWas[table])
      expect(await waitingJobs(url)).toEqual(before.jobs)
      expect(await nextNumbers(url)).toEqual(before.sequences)

      const later = new Inbox()
      await work(clock, later)
      clock.pass(minutes(31))
      for (let round = 0; round < 3; round++) await work(clock, later)
      expect(later.to('ana@greenlit.test')).toEqual([])
      expect(later.to('bo@greenlit.test')).toHaveLength(1)
      expect(later.mailsTo('cy@greenlit.test')).toHaveLength(1)
    })
  })
})

/** The number each sequence gives next, without taking it. */
const nextNumbers = (url: string) =>
  onDatabase(url, (sql) =>
    sql`select sequencename, last_value from pg_sequences where schemaname = 'public' order by 1`.then(
      (rows) => [...rows],
    ),
  )

describe('a backup', () => {
  let file: string
  beforeAll(async () => {
    file = fileOf('good.backup')
    await someStarter(50)
    await fillTheRest(process.env.MIGRATION_DATABASE_URL!)
    expect(await greenlit('backup', file)).toMatchObject({ status: 0 })
  })

  it('never replaces a file that is there, unless told to', async () => {
    const before = readFileSync(file)
    expect(await greenlit('backup', file)).toEqual({
      status: 1,
      out: '',
      err: `greenlit: there is a file ${file} already: name another, or replace it with --force`,
    })
    expect(readFileSync(file)).toEqual(before)
    expect(await greenlit('backup', file, '--force')).toMatchObject({ status: 0 })
    const told = await greenlit('backup', file, '--force', '--json')
    expect(JSON.parse(told.out)).toMatchObject({ file, bytes: statSync(file).size, jobs: expect.any(Number) })
    expect(await greenlit('backup', path.join(folder, 'no', 'folder'))).toMatchObject({ status: 1 })
  })

  it('is of one moment: what was written together is there together or not at all', async () => {
    const source = process.env.MIGRATION_DATABASE_URL!
    let going = true
    let written = 0
    const writing = onDatabase(source, async (sql) => {
      while (going) {
        const key = `moment-${written++}`
        await sql.begin(async (tx) => {
          await tx`insert into cache_tag (tag) values (${key})`
          await tx`insert into verification_token values (${key}, 'v', now())`
        })
      }
    })
    const moment = fileOf('moment.backup')
    const saved = await greenlit('backup', moment)
    going = false
    await writing
    expect(saved.status).toBe(0)
    const { url, status } = await restored(moment)
    expect(status).toBe(0)
    pointAt(source)
    const rows = await onDatabase(
      url,
      (sql) => sql<{ tags: number; tokens: number }[]>`
        select (select count(*)::int from cache_tag where tag like 'moment-%') as tags,
          (select count(*)::int from verification_token where identifier like 'moment-%') as tokens`,
    )
    expect(rows[0]!.tags).toBe(rows[0]!.tokens)
    expect(rows[0]!.tags).toBeLessThan(written)
  })

  it('that is cut off, changed, added to, empty or none of ours is refused in a sentence, and nothing changes', async () => {
    const good = readFileSync(file)
    const home = process.env.MIGRATION_DATABASE_URL!
    const before = await everyRow(home)
    const bad: Record<string, [Buffer, RegExp]> = {
      empty: [Buffer.alloc(0), /is empty$/],
      'a text': [Buffer.from('Dear database,\n'), /is no backup of Greenlit$/],
      'an archive of something else': [gzipSync('{"hello": "world"}\n'), /is no backup of Greenlit$/],
      'a later format': [gzipSync('{"greenlit":"backup","format":2}\n'), /later format \(2\)/],
      'a second backup behind it': [Buffer.concat([good, good]), /something follows its end$/],
      'bytes behind it': [
        Buffer.concat([good, Buffer.from('more')]),
        /something follows its end|cannot be unpacked/,
      ],
      'a row too few': [
        without(good, /\nstarter_version\t[^\n]*|\nfull\t[^\n]*/),
        /are not those that were saved$/,
      ],
    }
    for (const share of [0.0001, 0.3, 0.9])
      bad[`cut off after ${share}`] = [
        good.subarray(0, Math.ceil(good.length * share)),
        /ends too early|no backup/,
      ]
    bad['its last byte lost'] = [good.subarray(0, -1), /ends too early/]
    const headerBytes = 10
    for (let flip = 0; flip < 40; flip++) {
      const at = headerBytes + Math.floor(((good.length - headerBytes) * flip) / 40)
      const changed = Buffer.from(good)
      changed[at] = changed[at]! ^ (1 << (flip % 8))
      bad[`a bit of byte ${at}`] = [changed, /is damaged|is no backup/]
    }
    for (const [what, [bytes, sentence]] of Object.entries(bad)) {
      const place = fileOf('bad.backup')
      writeFileSync(place, bytes)
      const { status, out, err } = await greenlit('restore', place, '--force')
      expect({ what, status, out }).toEqual({ what, status: 1, out: '' })
      expect(err, what).toMatch(sentence)
      expect(err.split('\n'), what).toHaveLength(1)
    }
    expect((await greenlit('restore', fileOf('nowhere'))).err).toMatch(/there is no file/)
    expect(await everyRow(home)).toEqual(before)
  })

  it('goes into an empty database only, unless all that is in it is to be replaced', async () => {
    const home = process.env.MIGRATION_DATABASE_URL!
    await onDatabase(home, (sql) => sql`insert into cache_tag (tag) values ('after the backup')`)
    const before = await everyRow(home)
    const { status, err } = await greenlit('restore', file)
    expect(status).toBe(1)
    expect(err).toMatch(/the database is not empty \(account, authenticator, cache_expiry and more\)/)
    expect(await everyRow(home)).toEqual(before)
    const schema = await schemaOf(home)
    expect(await greenlit('restore', file, '--force')).toMatchObject({ status: 0 })
    const after = await everyRow(home)
    expect(after.cache_tag!.some((row) => row.includes('after the backup'))).toBe(false)
    expect(after.reader!.length).toBeGreaterThan(0)
    expect(await schemaOf(home), 'guards, keys and rights are as they were').toEqual(schema)
    await expect(onDatabase(home, (sql) => sql`delete from claim`)).rejects.toThrow(/append-only/)
    await closeDb()
    expect(await db().execute('select 1 from reader')).not.toHaveLength(0)
  })

  it('goes into a migrated database that is still empty, and into none with tables of somebody else', async () => {
    const home = process.env.MIGRATION_DATABASE_URL!
    await closeDb()
    pointAt(await createDatabase())
    expect(await greenlit('restore', file)).toMatchObject({ status: 0 })
    pointAt(await bareDatabase())
    const theirs = process.env.MIGRATION_DATABASE_URL!
    await onDatabase(theirs, (sql) => sql`create table invoice (id int)`)
    const { status, err } = await greenlit('restore', file, '--force')
    expect(status).toBe(1)
    expect(err).toMatch(/has tables this release does not know \(invoice\)/)
    expect(await everyRow(theirs)).toEqual({ invoice: [] })
    pointAt(home)
  })

  it('whose rows break a rule of the schema changes nothing, however right its sums are', async () => {
    const home = process.env.MIGRATION_DATABASE_URL!
    const { writeContainer, readContainer } = await import('@/lib/backup/container')
    const { header, end } = await readContainer(file, async () => {})
    const forge = async (name: string, table: string, columns: string[], row: string) => {
      const parts = (async function* () {
        yield {
          table,
          columns,
          rows: (async function* () {
            yield Buffer.from(`${row}\n`)
          })(),
        }
      })()
      const pieces: Buffer[] = []
      for await (const piece of writeContainer(
        header,
        parts,
        async () => end,
        () => {},
      ))
        pieces.push(piece)
      writeFileSync(fileOf(name), gzipSync(Buffer.concat(pieces)))
      return fileOf(name)
    }
    const before = await everyRow(home)
    const session = ['session_token', 'user_id', 'expires', 'created_at', 'last_seen_at', 'device']
    const nobody = 's\t00000000-0000-4000-8000-000000000000\t2026-01-01\t2026-01-01\t2026-01-01\t\\N'
    for (const [forged, sentence] of [
      [await forge('key.backup', 'session', session, nobody), /session_user_id_reader_id_fk/],
      [
        await forge('type.backup', 'session', session, nobody.replace('0000-', 'x-')),
        /rows of session are refused/,
      ],
      [
        await forge('null.backup', 'session', session, nobody.replace('s\t', '\\N\t')),
        /rows of session are refused/,
      ],
      [await forge('columns.backup', 'session', ['device'], 'x'), /is not the one its schema has/],
      [
        await forge('table.backup', 'pg_temp.x', ['device'], 'x'),
        /does not know|is not the one its schema has/,
      ],
    ] as const) {
      const { status, err } = await greenlit('restore', forged, '--force')
      expect(status).toBe(1)
      expect(err).toMatch(sentence)
    }
    expect(await everyRow(home)).toEqual(before)
    expect(await greenlit('show', 'nobody'), 'and the command line goes on').toMatchObject({ status: 1 })
  })

  it('that is stopped, or finds the disk full, leaves nothing behind and what was there before untouched', async () => {
    const verdicts = postgres(process.env.MIGRATION_DATABASE_URL!, { max: 1, onnotice: () => {} })
    const kept = fileOf('kept.backup')
    writeFileSync(kept, 'what was there')
    const names = readdirSync(folder)
    const held = await verdicts.reserve()
    await held`begin`
    await held`lock table verdict in access exclusive mode`
    const stopped = commandLine('', 'backup', kept, '--force')
    await vi.waitFor(async () => {
      const waiting = await held`select from pg_locks where not granted and relation = 'verdict'::regclass`
      expect(waiting).toHaveLength(1)
    }, WITHIN)
    stopped.child.kill('SIGINT')
    expect(await stopped.ended).toEqual({ status: 1, said: 'greenlit: stopped; nothing was left behind' })
    await held`rollback`
    held.release()
    await verdicts.end()

    // Files of this process may not grow beyond 8 blocks: what a full disk is to it.
    const full = commandLine("trap '' XFSZ; ulimit -f 8; ", 'backup', kept, '--force')
    expect(await full.ended).toEqual({
      status: 1,
      said: `greenlit: there is no room for ${kept} (EFBIG); nothing was left behind`,
    })
    expect(readFileSync(kept, 'utf8')).toBe('what was there')
    expect(readdirSync(folder)).toEqual(names)
  })

  it('names another AUTH_SECRET than the one it was made beside', async () => {
    const home = process.env.MIGRATION_DATABASE_URL!
    process.env.AUTH_SECRET = 'quite another secret, of some length'
    const { status, err } = await restored(file)
    process.env.AUTH_SECRET = 'a secret of the tests, of some length'
    pointAt(home)
    expect(status).toBe(0)
    expect(err).toMatch(/AUTH_SECRET is not the one of that time/)
  })

  it('needs a role that sees every row, and says which', async () => {
    const owner = process.env.MIGRATION_DATABASE_URL!
    delete process.env.MIGRATION_DATABASE_URL
    const refused = await greenlit('backup', fileOf('role.backup'))
    process.env.MIGRATION_DATABASE_URL = owner
    expect(refused.status).toBe(1)
    expect(refused.err).toMatch(/does not see every row: set MIGRATION_DATABASE_URL/)
    expect(existsSync(fileOf('role.backup'))).toBe(false)
  })
})

const WITHIN = { timeout: 60_000, interval: 50 }

/** The command in a process of its own; `before` is what the shell does first. */
function commandLine(before: string, ...words: string[]) {
  const node = [
    process.execPath,
    '--conditions=react-server',
    '--import',
    'tsx',
    path.join('lib', 'cli', 'main.ts'),
  ]
  const child = spawn('bash', ['-c', `${before}exec "$@"`, 'bash', ...node, ...words], {
    cwd: path.join(import.meta.dirname, '../..'),
    env: { ...process.env, TSX_DISABLE_CACHE: '1' },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (piece: Buffer) => {
    said += piece
  })
  const ended = once(child, 'close').then(([status]) => ({ status, said: said.trim().split('\n').at(-1) }))
  return { child, ended }
}

/** A backup with a row taken out and its packing made anew. */
function without(packed: Buffer, row: RegExp): Buffer {
  const text = gunzipSync(packed).toString('utf8')
  expect(text).toMatch(row)
  return gzipSync(text.replace(row, ''))
}

describe('another release', () => {
  it.each([
    ['before pairs and verdicts', 3],
    ['the last one', LAST_RELEASE],
  ])('%s: its backup comes back in the schema of today', async (_, migrations) => {
    const old = await bareDatabase()
    await migrateQueue(old)
    await onDatabase(old, async (sql) => {
      await sql`create schema drizzle`
      await sql`create table drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)`
      await sql.begin((tx) => applyMigrations(tx, releaseMigrations().slice(0, migrations)))
      await grantRunningRole(sql, EMBEDDED_RUNNING_ROLE)
      await sql`insert into show (slug, title) values ('one', 'One'), ('two', 'Two')`
      await sql`insert into season (show_id, number) select id, 1 from show`
    })
    await fillTheRest(old)
    const before = await everyRow(old)
    await closeDb()
    pointAt(old)
    const file = fileOf(`old-${migrations}.backup`)
    expect(await greenlit('backup', file)).toMatchObject({ status: 0 })
    const { url, status, err } = await restored(file)
    expect(status, err).toBe(0)
    const fresh = await bareDatabase()
    await migrate(fresh, EMBEDDED_RUNNING_ROLE)
    expect(await schemaOf(url)).toEqual(await schemaOf(fresh))
    const after = await everyRow(url, OWN_ROWS)
    for (const table of Object.keys(before)) {
      // The schema of today brings the names of networks and services with it.
      const own = after[table]!.filter((row) => !row.includes('"official_body": true'))
      expect(own.length, table).toBe(before[table]!.length)
    }
    expect(after.claim).toEqual(before.claim)
    await migrate(url, EMBEDDED_RUNNING_ROLE)
    expect(await everyRow(url, OWN_ROWS)).toEqual(after)
  })

  it('a newer one: its backup is refused in a sentence', async () => {
    const newer = await createDatabase()
    await onDatabase(
      newer,
      (sql) => sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('x', 4102444800000)`,
    )
    await closeDb()
    pointAt(newer)
    const file = fileOf('newer.backup')
    expect(await greenlit('backup', file)).toMatchObject({ status: 0 })
    const { status, err, url } = await restored(file)
    expect(status).toBe(1)
    expect(err).toMatch(/made by a newer release .* has 1 change this release does not know/)
    expect(await everyRow(url)).toEqual({})
  })
})
