/**
 * Brings a database to the schema of this release: `npm run db:migrate`, or `migrate(url)`.
 *
 * The migrator itself takes no lock, so two instances starting together would run the same files twice;
 * an advisory lock lets one through and the other find nothing to do. A short `lock_timeout` keeps a waiting
 * migration from holding up every reader behind it; it steps back and tries again instead.
 *
 * It runs as the owner of the schema (MIGRATION_DATABASE_URL, or DATABASE_URL where that is unset) and gives the role
 * site and worker run as what they need (db/roles).
 */
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { type MigrationMeta, readMigrationFiles } from 'drizzle-orm/migrator'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate as runMigrationFiles } from 'drizzle-orm/postgres-js/migrator'
import { runMigrations as runQueueMigrations } from 'graphile-worker'
import postgres from 'postgres'
import { errorCode } from './error-code'
import { nameEvents } from './event-names'
import { whyUnreachable } from './reach'
import { grantRunningRole, ownerUrl, runningRoleOf } from './roles'

const ATTEMPTS_MAX = 5
const LOCK_TIMEOUT = '2s'
/** Any constant shared by every migrator of this site on one database. */
export const MIGRATION_LOCK = 7_242_601
const TRY_AGAIN = new Set(['55P03', '40P01', '40001', '57P03', 'CONNECTION_CLOSED', 'ECONNRESET', '57P01'])

/** Where the files of the schema lie. */
export const MIGRATIONS_FOLDER = path.join(path.dirname(fileURLToPath(import.meta.url)), 'migrations')

async function migrateOnce(databaseUrl: string, runningRole: string | null): Promise<void> {
  const sql = postgres(databaseUrl, {
    max: 1,
    connect_timeout: 5,
    onnotice: () => {},
    connection: { application_name: 'migrate', lock_timeout: LOCK_TIMEOUT as never, statement_timeout: 0 },
  })
  try {
    await sql`select pg_advisory_lock(${MIGRATION_LOCK})`
    await runMigrationFiles(drizzle(sql), { migrationsFolder: MIGRATIONS_FOLDER })
    await sql.begin((tx) => nameEvents(tx))
    await migrateQueue(databaseUrl)
    if (runningRole) await grantRunningRole(sql, runningRole)
  } finally {
    // Ending the session releases the lock, also after an error.
    await sql.end({ timeout: 5 })
  }
}

/** Brings the job queue's own tables to what this release's worker wants, so that a worker needs no right to make them. */
export async function migrateQueue(databaseUrl: string): Promise<void> {
  await runQueueMigrations({ connectionString: databaseUrl })
}

/** The migrations of this release, in their order. */
export function releaseMigrations(): MigrationMeta[] {
  return readMigrationFiles({ migrationsFolder: MIGRATIONS_FOLDER })
}

/** Applies some migrations inside the caller's transaction and writes them down where `migrate` looks. */
export async function applyMigrations(sql: postgres.ISql, migrations: MigrationMeta[]): Promise<void> {
  for (const { sql: statements, hash, folderMillis } of migrations) {
    for (const statement of statements) await sql.unsafe(statement)
    await sql`insert into drizzle.__drizzle_migrations (hash, created_at) values (${hash}, ${folderMillis})`
  }
}

/**
 * Applies every migration that is still missing, the job queue's included. Safe to run from several
 * processes at once and to repeat.
 * @param databaseUrl the owner's address
 * @param runningRole who site and worker connect as, where that is somebody else: given its rights here
 * @throws the database's error when five tries with growing pauses did not get through.
 */
export async function migrate(databaseUrl: string, runningRole: string | null = null): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await migrateOnce(databaseUrl, runningRole)
    } catch (error) {
      if (attempt >= ATTEMPTS_MAX || !TRY_AGAIN.has(errorCode(error) ?? '')) throw error
      await wait(250 * 2 ** attempt)
    }
  }
}

async function main(): Promise<void> {
  const databaseUrl = ownerUrl()
  if (!databaseUrl) throw new Error('Set DATABASE_URL to the database to migrate.')
  const variable = process.env.MIGRATION_DATABASE_URL ? 'MIGRATION_DATABASE_URL' : 'DATABASE_URL'
  const trouble = await whyUnreachable(databaseUrl, 0, variable)
  if (trouble) throw new Error(trouble)
  await migrate(databaseUrl, runningRoleOf())
  console.log('The database is up to date.')
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  main().catch((error: Error) => {
    console.error(error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message)
    process.exitCode = 1
  })
}
