/**
 * Brings a database to the schema of this release: `npm run db:migrate`, or `migrate(url)`.
 *
 * The migrator itself takes no lock, so two instances starting together would run the same files twice;
 * an advisory lock lets one through and the other find nothing to do. A short `lock_timeout` keeps a waiting
 * migration from holding up every reader behind it; it steps back and tries again instead.
 */
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate as runMigrationFiles } from 'drizzle-orm/postgres-js/migrator'
import { runMigrations as runQueueMigrations } from 'graphile-worker'
import postgres from 'postgres'
import { errorCode } from './error-code'
import { whyUnreachable } from './reach'

const ATTEMPTS_MAX = 5
const LOCK_TIMEOUT = '2s'
/** Any constant shared by every migrator of this site on one database. */
const LOCK_KEY = 7_242_601
const TRY_AGAIN = new Set(['55P03', '40P01', '40001', '57P03', 'CONNECTION_CLOSED', 'ECONNRESET', '57P01'])

const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), 'migrations')

async function migrateOnce(databaseUrl: string): Promise<void> {
  const sql = postgres(databaseUrl, {
    max: 1,
    connect_timeout: 5,
    onnotice: () => {},
    connection: { application_name: 'migrate', lock_timeout: LOCK_TIMEOUT as never, statement_timeout: 0 },
  })
  try {
    await sql`select pg_advisory_lock(${LOCK_KEY})`
    await runMigrationFiles(drizzle(sql), { migrationsFolder: folder })
    await runQueueMigrations({ connectionString: databaseUrl })
  } finally {
    // Ending the session releases the lock, also after an error.
    await sql.end({ timeout: 5 })
  }
}

/**
 * Applies every migration that is still missing, the job queue's included. Safe to run from several
 * processes at once and to repeat.
 * @throws the database's error when five tries with growing pauses did not get through.
 */
export async function migrate(databaseUrl: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await migrateOnce(databaseUrl)
    } catch (error) {
      if (attempt >= ATTEMPTS_MAX || !TRY_AGAIN.has(errorCode(error) ?? '')) throw error
      await wait(250 * 2 ** attempt)
    }
  }
}

async function main(): Promise<void> {
  const databaseUrl = process.env.DATABASE_URL
  if (!databaseUrl) throw new Error('Set DATABASE_URL to the database to migrate.')
  const trouble = await whyUnreachable(databaseUrl)
  if (trouble) throw new Error(trouble)
  await migrate(databaseUrl)
  console.log('The database is up to date.')
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  main().catch((error: Error) => {
    console.error(error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message)
    process.exitCode = 1
  })
}
