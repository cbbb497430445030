import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { closeDb } from '@/db/client'
import { EmbeddedDatabaseError, holdsDatabase, startEmbedded } from '@/db/embedded'
import { fromEnv } from '@/lib/shared/env'
import { HouseError, openDataFolder, secretsIn } from '../launcher/data-folder.mjs'
import { CommandError } from './command-line'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')

/** The folder of this installation: database, secrets, logs. */
export function dataFolder(): string {
  return path.resolve(root, fromEnv('GREENLIT_DATA') ?? '.greenlit')
}

/** Version of this release. */
export function releaseVersion(): string {
  return (JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string }).version
}

/** AUTH_SECRET of this installation, from the environment or its secrets file; null where none was made yet. */
export function authSecret(): string | null {
  const secret = fromEnv('AUTH_SECRET')
  if (secret) return secret
  return existsSync(path.join(dataFolder(), 'secrets.json')) ? secretsIn(dataFolder()).authSecret : null
}

/**
 * Runs `work` with a database: the one DATABASE_URL names, else the embedded one of this folder, which is used where
 * it is running and otherwise started for the while. `make` has an embedded one made where there is none.
 */
export async function withDatabase<T>(work: () => Promise<T>, { make = false } = {}): Promise<T> {
  if (fromEnv('DATABASE_URL')) return work().finally(closeDb)
  const folder = dataFolder()
  const dataDir = path.join(folder, 'postgres')
  if (!make && !(existsSync(path.join(folder, 'secrets.json')) && holdsDatabase(dataDir)))
    throw new CommandError('there is no database yet: run `npm start` once, or set DATABASE_URL')
  const server = await startHere(folder, dataDir)
  process.env.DATABASE_URL = server.runningUrl
  process.env.MIGRATION_DATABASE_URL = server.url
  try {
    return await work()
  } finally {
    await closeDb()
    delete process.env.DATABASE_URL
    delete process.env.MIGRATION_DATABASE_URL
    if (!server.adopted) await server.stop()
  }
}

async function startHere(folder: string, dataDir: string) {
  try {
    openDataFolder(folder)
    const secrets = secretsIn(folder)
    return await startEmbedded({
      dataDir,
      password: secrets.databasePassword,
      runningPassword: secrets.runningPassword,
      logFile: path.join(folder, 'logs', 'postgres.log'),
    })
  } catch (error) {
    if (error instanceof HouseError || error instanceof EmbeddedDatabaseError)
      throw new CommandError(error.message)
    throw error
  }
}
