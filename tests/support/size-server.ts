/** The PostgreSQL that keeps grown catalogues between benches, with the starter they are made of. */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { databaseUrl, type EmbeddedServer, freePort, startEmbedded } from '../../db/embedded'
import { migrate } from '../../db/migrate'
import { EMBEDDED_RUNNING_ROLE } from '../../db/roles'
import { TEST_PASSWORD, TEST_RUNNING_PASSWORD } from './server'

/** Where it keeps its files, unless told. */
export const SIZE_FOLDER = process.env.GREENLIT_SIZE_FOLDER ?? path.join(os.tmpdir(), 'greenlit-size')

/** The database of a catalogue of so many shows. */
export const grownName = (shows: number) => `grown_${shows}`

/** The server, running. */
export interface SizeServer extends EmbeddedServer {
  /** The address of one of its databases, as its owner. */
  urlOf(database: string): string
}

/** Starts it, or takes it over, and loads the starter where it is not there yet. */
export async function startSizeServer(folder: string, report: (line: string) => void): Promise<SizeServer> {
  fs.mkdirSync(folder, { recursive: true, mode: 0o755 })
  const server = await startEmbedded({
    dataDir: path.join(folder, 'postgres'),
    password: TEST_PASSWORD,
    runningPassword: TEST_RUNNING_PASSWORD,
    port: await freePort(),
    // Made again when it breaks; memory as the smallest server has it is not what is measured.
    settings: {
      max_connections: '60',
      fsync: 'off',
      synchronous_commit: 'off',
      full_page_writes: 'off',
      max_wal_size: '2GB',
      shared_buffers: '512MB',
      maintenance_work_mem: '256MB',
    },
  })
  const sized = { ...server, urlOf: (database: string) => databaseUrl(server.port, TEST_PASSWORD, database) }
  await migrate(server.url, EMBEDDED_RUNNING_ROLE)
  await pointAtGrown(sized, 'greenlit')
  const { loadStarter } = await import('@/lib/cli/load-starter')
  const { closeDb } = await import('@/db/client')
  await loadStarter(report, { relatedLater: true })
  await closeDb()
  return sized
}

/** Points this process at one of its databases, as the site would be. */
export async function pointAtGrown(server: SizeServer, database: string): Promise<void> {
  const { closeDb } = await import('@/db/client')
  await closeDb()
  const running = databaseUrl(server.port, TEST_RUNNING_PASSWORD, database, EMBEDDED_RUNNING_ROLE)
  Object.assign(process.env, {
    DATABASE_URL: running,
    MIGRATION_DATABASE_URL: server.urlOf(database),
    GREENLIT_ROLE: 'cli',
  })
}
