import 'server-only'
import { type FileHandle, link, open, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { constants, createGzip } from 'node:zlib'
import { copyOut, inTransaction, openSession, type Session } from '@/db/copy'
import { readContainer, writeContainer } from './container'
import { proveSecret } from './proof'
import { BACKUP_FORMAT, count } from './rules'
import {
  hasQueue,
  JOBS,
  migrationsOf,
  QUEUE_TABLES,
  rowsOf,
  sequencesOf,
  type TableShape,
  tablesOf,
} from './shape'
import {
  BackupError,
  type BackupHeader,
  type BackupReport,
  type Progress,
  type TableDone,
  type TablePart,
} from './types'

/** What to save, and how. */
export interface SaveOrder {
  /** The owner's address: who sees every row. */
  databaseUrl: string
  file: string
  /** Replaces a file of that name. */
  force: boolean
  release: string
  /** AUTH_SECRET, to be known again; it is not saved. */
  secret: string | null
  now: Date
  report?: Progress
  /** Stops it; nothing is left behind. */
  signal?: AbortSignal
}

/**
 * Saves a whole database as it is at one moment to one file, while the site goes on. The file is written under another
 * name, read back, forced to the disk and only then given its name: under it there is a whole backup or what was there
 * before. Readable by its owner only, for it holds addresses and sign-in hashes.
 * @throws BackupError when the file is there already or the role does not see every row.
 */
export async function saveBackup(order: SaveOrder): Promise<BackupReport> {
  const startedAt = performance.now()
  const { file, force, now, release } = order
  if (!force && (await isThere(file))) throw alreadyThere(file)
  const half = `${file}.half-${process.pid}`
  await rm(half, { force: true })
  // A file that cannot be written is to be known before the database is asked.
  const handle = await open(half, 'wx', 0o600)
  try {
    const tables = await writeAll(handle, order)
    const contents = await readContainer(half, async () => {})
    await giveName(half, file, force)
    const { rows } = contents.end
    const { size } = await stat(file)
    return {
      file,
      bytes: size,
      madeAt: now.toISOString(),
      release,
      tables,
      rows,
      jobs: jobsIn(tables),
      durationMs: Math.round(performance.now() - startedAt),
    }
  } finally {
    await handle.close().catch(() => {})
    await rm(half, { force: true })
  }
}

/** How many jobs of the queue are among what was saved. */
export function jobsIn(tables: TableDone[]): number {
  return tables.find(({ table }) => table === JOBS)?.rows ?? 0
}

async function writeAll(handle: FileHandle, order: SaveOrder): Promise<TableDone[]> {
  const done: TableDone[] = []
  const session = await openSession(order.databaseUrl, 'backup')
  // Whoever waits for a lock, or for a long sort, hears of nothing else.
  const hangUp = () => void session.close()
  order.signal?.addEventListener('abort', hangUp)
  try {
    await inTransaction(session, 'isolation level repeatable read read only', async () => {
      const { sql } = session
      const [server] = await sql<{ server_version: string }[]>`show server_version`
      const header: BackupHeader = {
        greenlit: 'backup',
        format: BACKUP_FORMAT,
        madeAt: order.now.toISOString(),
        release: order.release,
        server: server!.server_version,
        schema: await migrationsOf(sql),
        secret: proveSecret(order.secret),
      }
      if (header.schema.length === 0) throw new BackupError('this database has no schema of Greenlit to save')
      const shapes = [...(await tablesOf(sql)), ...((await hasQueue(sql)) ? QUEUE_TABLES : [])]
      const finish = async () => ({ sequences: await sequencesOf(sql) })
      const text = writeContainer(header, partsOf(session, shapes), finish, (table) => {
        done.push(table)
        order.report?.(`${table.table}: ${count(table.rows, 'row')}`)
      })
      const packed = createGzip({ level: constants.Z_BEST_SPEED + 3 })
      await pipeline(Readable.from(text, { objectMode: false }), packed, handle.createWriteStream(), {
        signal: order.signal,
      })
    })
  } catch (error) {
    const { code } = error as { code?: string }
    if (order.signal?.aborted) throw new BackupError('stopped; nothing was left behind')
    if (code && ['ENOSPC', 'EDQUOT', 'EFBIG'].includes(code))
      throw new BackupError(`there is no room for ${order.file} (${code}); nothing was left behind`)
    if (code === '42501')
      throw new BackupError(
        'the role of DATABASE_URL does not see every row: set MIGRATION_DATABASE_URL to the address of the owner',
      )
    throw error
  } finally {
    order.signal?.removeEventListener('abort', hangUp)
    await session.close()
  }
  return done
}

async function* partsOf(session: Session, shapes: TableShape[]): AsyncGenerator<TablePart> {
  for (const shape of shapes)
    yield { table: shape.name, columns: shape.columns, rows: copyOut(session, rowsOf(shape)) }
}

const alreadyThere = (file: string) =>
  new BackupError(`there is a file ${file} already: name another, or replace it with --force`)

async function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  )
}

/** Gives a finished file its name, and makes sure of file and name on the disk. */
async function giveName(half: string, file: string, force: boolean): Promise<void> {
  const whole = await open(half, 'r+')
  try {
    await whole.sync()
  } finally {
    await whole.close()
  }
  if (force) await rename(half, file)
  else {
    try {
      // A link is refused where somebody took the name meanwhile; a rename would replace what they wrote.
      await link(half, file)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EEXIST') throw alreadyThere(file)
      // Not every disk has links.
      if (await isThere(file)) throw alreadyThere(file)
      await rename(half, file)
    }
  }
  await syncFolder(path.dirname(path.resolve(file)))
}

async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
  } catch {
    // Windows keeps folders by itself and lets nobody ask.
  }
}
