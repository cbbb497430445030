import 'server-only'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type postgres from 'postgres'
import { copyIn, copyOut, inTransaction, openSession, type Session } from '@/db/copy'
import { nameEvents } from '@/db/event-names'
import {
  applyMigrations,
  MIGRATION_LOCK,
  MIGRATIONS_FOLDER,
  migrateQueue,
  releaseMigrations,
} from '@/db/migrate'
import { grantRunningRole } from '@/db/roles'
import { RowSum, readContainer } from './container'
import { count, migrationsBehind } from './rules'
import { jobsIn } from './save'
import {
  columnList,
  droppingPublic,
  guardsOf,
  JOBS,
  QUEUE_TABLES,
  rowsOf,
  type TableShape,
  TIMETABLE,
  tableName,
  tablesOf,
} from './shape'
import {
  type BackupContents,
  BackupError,
  type BackupHeader,
  type BackupReport,
  type Progress,
  type TablePart,
} from './types'

/** What to bring back, and where. */
export interface RestoreOrder {
  /** The owner's address. */
  databaseUrl: string
  /** Who site and worker connect as, where that is somebody else. */
  runningRole: string | null
  file: string
  bytes: number
  /** Replaces what the database holds. */
  force: boolean
  report?: Progress
}

/**
 * Brings a backup back into an empty database, or with `force` in place of what is in it, in one transaction: it is
 * all there afterwards, proven row by row against the backup's own sums, or nothing has changed. A backup of an older
 * schema goes into that schema, which is then brought to this release's with its rows in it.
 * @throws BackupError when the file, or the database for it, will not do; nothing has changed then.
 */
export async function restoreBackup(order: RestoreOrder): Promise<BackupReport & { header: BackupHeader }> {
  const startedAt = performance.now()
  const { file, bytes, report } = order
  const contents = await readContainer(file, async () => {})
  const { header, tables, end } = contents
  const known = releaseMigrations().map(({ folderMillis, hash }) => ({ madeAtMs: folderMillis, hash }))
  const behind = migrationsBehind(header, known)
  if (typeof behind === 'string') throw new BackupError(behind)
  report?.(`${count(end.rows, 'row')} in ${count(end.tables, 'table')}, saved ${header.madeAt}, are whole`)
  const session = await openSession(order.databaseUrl, 'restore')
  try {
    // No migration meanwhile; it ends with the session.
    await session.sql`select pg_advisory_lock(${MIGRATION_LOCK})`
    await refuseDatabase(session.sql, order.force, contents)
    await migrateQueue(order.databaseUrl)
    await inTransaction(session, '', () => replaceAll(session, order, contents, behind))
    // The planner knows nothing of rows that came in one go; it finds out by itself in time.
    await session.sql`analyze`.catch(() => {})
  } catch (error) {
    const { code, message } = error as Error & { code?: string }
    if (code === '55P03')
      throw new BackupError('somebody is using the database: stop the site and the worker, and try again')
    if (code === '42501' || code === '2BP01')
      throw new BackupError(
        `the role of this address may not replace the schema (${message}): set MIGRATION_DATABASE_URL to the owner's`,
      )
    throw error
  } finally {
    await session.close()
  }
  return {
    header,
    file,
    bytes,
    madeAt: header.madeAt,
    release: header.release,
    tables,
    rows: end.rows,
    jobs: jobsIn(tables),
    durationMs: Math.round(performance.now() - startedAt),
  }
}

/** Every table any release up to this one has made. */
function ownTables(): Set<string> {
  const folder = path.join(MIGRATIONS_FOLDER, 'meta')
  const snapshots = readdirSync(folder).filter((name) => name.endsWith('_snapshot.json'))
  return new Set(
    snapshots.flatMap((name) => {
      const { tables } = JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as {
        tables: Record<string, { name: string }>
      }
      return Object.values(tables).map((table) => table.name)
    }),
  )
}

/** Refuses a database with tables that are not ours, or, unless forced, with rows in any. */
async function refuseDatabase(sql: postgres.ISql, force: boolean, { tables }: BackupContents): Promise<void> {
  const own = ownTables()
  for (const { table } of tables) own.add(table)
  const there = await tablesOf(sql)
  const foreign = there.filter(({ name }) => !own.has(name))
  if (foreign.length > 0)
    throw new BackupError(
      `the database has tables this release does not know (${foreign.map(({ name }) => name).join(', ')}): restore into one of its own`,
    )
  if (force) return
  const full: string[] = []
  for (const { name } of there) {
    // A new schema has the names of networks and services in it; once one has said something, `claim` is not empty.
    if (name === 'source') continue
    const [row] = await sql.unsafe<{ full: boolean }[]>(
      `select exists (select from ${tableName(name)}) as full`,
    )
    if (row!.full) full.push(name)
  }
  if (full.length > 0)
    throw new BackupError(
      `the database is not empty (${full.slice(0, 3).join(', ')}${full.length > 3 ? ' and more' : ''}): use another, or replace all it holds with --force`,
    )
}

async function replaceAll(
  session: Session,
  { file, force, runningRole, report }: RestoreOrder,
  contents: BackupContents,
  behind: number,
): Promise<void> {
  const { sql } = session
  const before = await tablesOf(sql)
  if (before.length > 0) {
    await sql.unsafe(
      `lock table ${before.map(({ name }) => tableName(name)).join(', ')} in access exclusive mode`,
    )
    await refuseDatabase(sql, force, contents)
  }
  const version = before.some(({ name }) => name === 'setting') ? await catalogueVersion(sql) : 0n
  for (const statement of await droppingPublic(sql)) await sql.unsafe(statement)
  await sql.unsafe(`
    create schema if not exists drizzle;
    create table if not exists drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint);
    delete from drizzle.__drizzle_migrations`)
  const migrations = releaseMigrations()
  await applyMigrations(sql, migrations.slice(0, behind))
  const shapes = await tablesOf(sql)
  const guards = await guardsOf(sql)
  for (const { off } of guards) await sql.unsafe(off)
  // What migrations wrote is in the backup, as it became.
  await sql.unsafe(`truncate ${shapes.map(({ name }) => tableName(name)).join(', ')}`)
  const targets = new Map([...shapes, ...(await queueTargets(session))].map((shape) => [shape.name, shape]))
  const loaded = await readContainer(file, async (part) => {
    await load(session, part, targets.get(part.table))
    report?.(`${part.table} is in`)
  })
  if (loaded.end.sha256 !== contents.end.sha256)
    throw new BackupError(`${file} was changed while it was read`)
  for (const { on } of guards) await sql.unsafe(on)
  for (const [name, last] of Object.entries(contents.end.sequences))
    await sql`select setval(${tableName(name)}::regclass, ${last}::bigint)`
  await compare(session, contents, targets)
  await requeue(sql)
  await applyMigrations(sql, migrations.slice(behind))
  await nameEvents(sql)
  await tellCaches(sql, version)
  if (runningRole) await grantRunningRole(sql, runningRole)
}

/** The queue's rows go through tables of this session: its own are filled by its own functions. */
async function queueTargets({ sql }: Session): Promise<TableShape[]> {
  await sql.unsafe(`
    create temp table backup_job (identifier text not null, payload json, queue text, run_at timestamptz,
      max_attempts int, key text, priority int, flags text[]) on commit drop;
    create temp table backup_timetable (identifier text, known_since timestamptz, last_execution timestamptz) on commit drop`)
  const from: Record<string, string> = {
    [JOBS]: 'pg_temp.backup_job',
    [TIMETABLE]: 'pg_temp.backup_timetable',
  }
  return QUEUE_TABLES.map(({ name, columns, order }) => ({ name, columns, from: from[name]!, order }))
}

async function load(session: Session, part: TablePart, target: TableShape | undefined): Promise<void> {
  const [had, has] = [[...part.columns].sort(), [...(target?.columns ?? [])].sort()]
  if (!target || had.join() !== has.join())
    throw new BackupError(
      `the backup's table ${part.table} is not the one its schema has: it cannot be restored`,
    )
  try {
    await copyIn(session, `${target.from} (${columnList(part.columns)})`, part.rows)
  } catch (error) {
    const { code, message } = error as Error & { code?: string }
    // Classes 22 and 23: a value or a row that the schema does not take.
    if (/^2[23]/.test(code ?? '')) throw new BackupError(`the rows of ${part.table} are refused: ${message}`)
    throw error
  }
}

/** Reads every table back: what is in the database has to have the sums of the backup. */
async function compare(
  session: Session,
  { tables }: BackupContents,
  targets: Map<string, TableShape>,
): Promise<void> {
  for (const { table, columns, rows, sha256 } of tables) {
    const sum = new RowSum()
    const { from, order } = targets.get(table)!
    for await (const piece of copyOut(session, rowsOf({ columns, from, order }))) sum.add(piece)
    const found = sum.done()
    if (found.rows !== rows || found.sha256 !== sha256)
      throw new BackupError(`the rows of ${table} did not come back as they were saved: nothing was changed`)
  }
}

async function requeue(sql: postgres.ISql): Promise<void> {
  await sql.unsafe(`
    delete from graphile_worker._private_jobs;
    delete from graphile_worker._private_known_crontabs;
    insert into graphile_worker._private_known_crontabs (identifier, known_since, last_execution)
      select identifier, known_since, last_execution from pg_temp.backup_timetable;
    select count(graphile_worker.add_job(identifier, payload => payload, queue_name => queue, run_at => run_at,
      max_attempts => max_attempts, job_key => key, priority => priority, flags => flags)) from pg_temp.backup_job`)
}

async function catalogueVersion(sql: postgres.ISql): Promise<bigint> {
  const [row] = await sql<{ value: string }[]>`select value from setting where key = 'catalogue_version'`
  return BigInt(row?.value ?? 0)
}

/** The search index is built from the rows that were there before: a newer version of the catalogue says that these are others. */
async function tellCaches(sql: postgres.ISql, before: bigint): Promise<void> {
  const restored = await catalogueVersion(sql)
  const next = (before > restored ? before : restored) + 1n
  await sql`
    insert into setting (key, value) values ('catalogue_version', ${`${next}`})
    on conflict (key) do update set value = excluded.value, changed_at = now()`
}
