/**
 * Runs once before the groups that need a database: one server, one migrated template. `npm test` brings a server of
 * its own (lib/launcher/test-house), on which it loads the starter meanwhile.
 */
import postgres from 'postgres'
import type { TestProject } from 'vitest/node'
import { databaseUrl } from '../../db/embedded'
import { migrate } from '../../db/migrate'
import { EMBEDDED_RUNNING_ROLE } from '../../db/roles'
import { startTestServer, TEST_PASSWORD } from './server'

declare module 'vitest' {
  interface ProvidedContext {
    /** Port of the tests' PostgreSQL server. */
    postgresPort: number
  }
}

/** The database every test file's own one is copied from. */
const TEMPLATE = 'greenlit_template'

// Every group runs this file; they share one server.
const shared = globalThis as typeof globalThis & {
  testServer?: Promise<Server>
  testServerUsers?: number
}

type Server = { port: number; remove(): Promise<void> }

async function prepare(): Promise<Server> {
  const given = Number(process.env.TEST_POSTGRES_PORT)
  const server = given ? { port: given, remove: async () => {} } : await startTestServer()
  const sql = postgres(databaseUrl(server.port, TEST_PASSWORD, 'postgres'), { max: 1, onnotice: () => {} })
  await sql`create database ${sql(TEMPLATE)}`
  await sql.end()
  await migrate(databaseUrl(server.port, TEST_PASSWORD, TEMPLATE), EMBEDDED_RUNNING_ROLE)
  return server
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  shared.testServerUsers = (shared.testServerUsers ?? 0) + 1
  shared.testServer ??= prepare()
  const server = await shared.testServer
  project.provide('postgresPort', server.port)
  return async () => {
    shared.testServerUsers = (shared.testServerUsers ?? 1) - 1
    if (shared.testServerUsers > 0) return
    shared.testServer = undefined
    await server.remove()
  }
}
