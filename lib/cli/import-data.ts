import { createHash } from 'node:crypto'
import { createReadStream, existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import { z } from 'zod'
import { importCatalogue } from '@/lib/catalogue/commands'
import { importClaims } from '@/lib/ledger/commands'
import { deriveStates } from '@/lib/ledger/derive'
import { restoreEvents } from '@/lib/ledger/restore-events'
import { fileOf } from '@/lib/open-data/manifest'
import { PARTS, type Part } from '@/lib/open-data/types'
import { dayOf } from '@/lib/shared/day'
import { CommandError, type Run } from './command-line'

const manifest = z.object({
  format: z.literal(1),
  files: z.array(z.object({ name: z.string(), sha256: z.string() })),
})

/** The checksum a folder's manifest has of each file. */
function sumsOf(folder: string): Map<string, string> {
  const file = path.join(folder, 'manifest.json')
  if (!existsSync(file)) throw new CommandError(`there is no file ${file}`)
  try {
    const read = manifest.parse(JSON.parse(readFileSync(file, 'utf8')))
    return new Map(read.files.map(({ name, sha256 }) => [name, sha256]))
  } catch {
    throw new CommandError(`${file} is no manifest of open data in format 1`)
  }
}

async function sumOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const part of createReadStream(file)) hash.update(part as Buffer)
  return hash.digest('hex')
}

/**
 * `import data DIR`: what `export data` wrote, or /data gave: shows, events, claims, and what follows from them. Every
 * file is checked against the manifest before anything is written. Bad lines are named on standard error, the rest is
 * recorded; status 1 if any was bad. Readers are told of nothing: it is the past.
 */
export const run: Run = async ({ words, flags }, { out, err, now }) => {
  const folder = words[0] as string
  const sums = sumsOf(folder)
  const at = (part: Part) => path.join(folder, fileOf(part))
  for (const part of PARTS) {
    if (!existsSync(at(part))) throw new CommandError(`there is no file ${at(part)}`)
    if ((await sumOf(at(part))) !== sums.get(fileOf(part)))
      throw new CommandError(`${at(part)} is not the file its manifest speaks of: fetch it again`)
  }
  const lines = (part: Part) =>
    createInterface({ input: createReadStream(at(part)).pipe(createGunzip()), crlfDelay: Infinity })
  const reportOf = (part: Part) => (message: string) => err(`${part}, ${message}`)
  const today = dayOf(now)
  const catalogue = await importCatalogue(lines('catalogue'), { report: reportOf('catalogue'), today })
  // Before the claims: what follows from those then finds its events known.
  const events = await restoreEvents(lines('events'), { report: reportOf('events') })
  const claims = await importClaims(lines('claims'), { report: reportOf('claims'), now, mode: 'restore' })
  await deriveStates({ today, now })
  out(
    flags.has('json')
      ? JSON.stringify({ catalogue, claims, events })
      : `${catalogue.added} shows, ${claims.added} claims, ${events.added} events added`,
  )
  return catalogue.failed + claims.failed + events.failed > 0 ? 1 : 0
}
