import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { closeDb } from '@/db/client'
import { startEmbedded } from '@/db/embedded'
import { CommandError } from './command-line'
import { secretsIn } from './data-folder.mjs'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')

/**
 * Runs `work` with a database: the one DATABASE_URL names, else the embedded one of this folder, which is used where
 * it is running and otherwise started for the while.
 */
export async function withDatabase<T>(work: () => Promise<T>): Promise<T> {
  if (process.env.DATABASE_URL) return work().finally(closeDb)
  const folder = path.resolve(root, process.env.GREENLIT_DATA ?? '.greenlit')
  const dataDir = path.join(folder, 'postgres')
  if (!existsSync(path.join(folder, 'secrets.json')))
    throw new CommandError('there is no database yet: run `npm start` once, or set DATABASE_URL')
  const server = await startEmbedded({
    dataDir,
    password: secretsIn(folder).databasePassword,
    logFile: path.join(folder, 'logs', 'postgres.log'),
  })
  process.env.DATABASE_URL = server.url
  try {
    return await work()
  } finally {
    await closeDb()
    if (!server.adopted) await server.stop()
  }
}
