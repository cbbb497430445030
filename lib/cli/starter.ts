/**
 * Loads the starter catalogue and ledger once per release; a process of its own, started by `npm start` and
 * `npm test`, that ends with them.
 */
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import postgres from 'postgres'
import { analyze } from '@/db/analyze'
import { fromEnv } from '@/lib/shared/env'

const KEY_FILES = 'starter_files'
/** One loader at a time on one database. */
const LOCK_KEY = 7_242_603

const folder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../db/starter')

function starterVersion(): string {
  const hash = createHash('sha256')
  for (const name of fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    const file = path.join(folder, name)
    if (fs.statSync(file).isFile()) hash.update(`${name}\n`).update(fs.readFileSync(file))
  }
  return hash.digest('hex')
}

async function main(): Promise<void> {
  const tell = (message: unknown) =>
    new Promise<void>((sent) => process.send?.(message, () => sent()) ?? sent())
  const sql = postgres(fromEnv('DATABASE_URL') ?? '', { max: 1, onnotice: () => {} })
  await sql`select pg_advisory_lock(${LOCK_KEY})`
  const rows = await sql<{ key: string; value: string }[]>`select key, value from setting`
  const settings = new Map(rows.map(({ key, value }) => [key, value]))
  const version = starterVersion()
  const fresh = settings.get(KEY_FILES) !== version
  if (fresh) {
    const { loadStarter } = await import('./load-starter')
    const relatedLater = process.argv.includes('--related-later')
    await loadStarter(
      (line) => {
        console.log(line)
        void tell({ line })
      },
      { relatedLater },
    )
    await analyze()
    await sql`
      insert into setting (key, value) values (${KEY_FILES}, ${version})
      on conflict (key) do update set value = excluded.value, changed_at = now()`
  }
  await tell({ done: { loaded: fresh } })
  await sql.end()
}

// Whoever started us is gone: what is loaded is loaded, the next start goes on from there.
process.on('disconnect', () => process.exit(1))
main().then(
  () => process.exit(0),
  (error: Error) => {
    console.error(error)
    process.exit(1)
  },
)
