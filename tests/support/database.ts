/**
 * Gives every test file a migrated database of its own: `process.env.DATABASE_URL` points at it before the
 * file's first import, as the role site and worker run as, which owns nothing; MIGRATION_DATABASE_URL is the owner's,
 * for what a test changes about the schema itself (`asOwner`). A file that wants the starter catalogue and ledger in it calls `useStarter()`.
 */
import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import postgres from 'postgres'
import { afterAll, inject } from 'vitest'
import { closeDb } from '../../db/client'
import { databaseUrl } from '../../db/embedded'
import { EMBEDDED_RUNNING_ROLE } from '../../db/roles'
import { STARTER_TEMPLATE, STARTER_TEMPLATE_LOCK } from '../../lib/launcher/starter-template'
import { TEST_PASSWORD, TEST_RUNNING_PASSWORD } from './server'

const TEMPLATE = 'greenlit_template'
const LOADER = ['--conditions=react-server', '--import', 'tsx', path.join('lib', 'cli', 'starter.ts')]

/** The address of a database on the tests' server, as its owner. */
export function urlOf(database: string): string {
  return databaseUrl(inject('postgresPort'), TEST_PASSWORD, database)
}

/** The same database as the role site and worker run as. */
export function runningUrlOf(ownerUrl: string): string {
  const name = new URL(ownerUrl).pathname.slice(1)
  return databaseUrl(inject('postgresPort'), TEST_RUNNING_PASSWORD, name, EMBEDDED_RUNNING_ROLE)
}

/** Points this process at a database: what it runs as the site does, and what only the owner may. */
export function pointAt(ownerUrl: string): void {
  process.env.DATABASE_URL = runningUrlOf(ownerUrl)
  process.env.MIGRATION_DATABASE_URL = ownerUrl
}

/** Runs statements in this file's database as the owner of its tables. */
export async function asOwner<T>(work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(process.env.MIGRATION_DATABASE_URL ?? '', { max: 1, onnotice: () => {} })
  try {
    return await work(sql)
  } finally {
    await sql.end()
  }
}

async function onServer<T>(work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(urlOf('postgres'), { max: 1, onnotice: () => {} })
  try {
    return await work(sql)
  } finally {
    await sql.end()
  }
}

const made: string[] = []

/** Makes a further database, a copy of the migrated template by default; it goes when the file ends. */
export async function createDatabase(template = TEMPLATE): Promise<string> {
  const name = `test_${crypto.randomUUID().replaceAll('-', '').slice(0, 16)}`
  made.push(name)
  // Copied file by file: a copy through the log takes three times as long, and nobody needs the log.
  await onServer((sql) => sql`create database ${sql(name)} template ${sql(template)} strategy file_copy`)
  return urlOf(name)
}

/**
 * Replaces this file's database by one that holds the starter catalogue and ledger, a copy of the one `npm test` loads.
 * Without it the first file to ask pays for the loading.
 */
export async function useStarter(): Promise<string> {
  await closeDb()
  await onServer(async (sql) => {
    await sql`select pg_advisory_lock(${STARTER_TEMPLATE_LOCK})`
    const there = await sql`select 1 from pg_database where datname = ${STARTER_TEMPLATE}`
    if (there.length > 0) return
    const half = `${STARTER_TEMPLATE}_half`
    await sql`drop database if exists ${sql(half)} with (force)`
    await sql`create database ${sql(half)} template ${sql(TEMPLATE)}`
    // As `npm start` does it: what this process keeps in memory is not to know the starter beforehand.
    await promisify(execFile)(process.execPath, LOADER, {
      env: {
        ...process.env,
        DATABASE_URL: runningUrlOf(urlOf(half)),
        MIGRATION_DATABASE_URL: urlOf(half),
        GREENLIT_ROLE: 'cli',
      },
    })
    await sql`alter database ${sql(half)} rename to ${sql(STARTER_TEMPLATE)}`
  })
  const url = await createDatabase(STARTER_TEMPLATE)
  pointAt(url)
  return url
}

pointAt(await createDatabase())

afterAll(async () => {
  await closeDb()
  await onServer(async (sql) => {
    for (const name of made) await sql`drop database if exists ${sql(name)} with (force)`
  })
})
