import { appendFileSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { writeExport } from '@/lib/open-data/commands'
import { fileOf } from '@/lib/open-data/manifest'
import { PARTS } from '@/lib/open-data/types'
import { CommandError, type Run } from './command-line'

/**
 * `export data DIR`: the open data as `/data` has them, of this moment: a file of packed lines for each part, and
 * manifest.json with their sums. What is in the folder under these names is replaced when all of them are whole.
 */
export const run: Run = async ({ words, flags }, { out, now }) => {
  const folder = words[0] as string
  const names = [...PARTS.map(fileOf), 'manifest.json']
  const drafts = new Map(names.map((name) => [name, path.join(folder, `${name}.draft-${process.pid}`)]))
  const draft = (name: string) => drafts.get(name) as string
  try {
    mkdirSync(folder, { recursive: true })
    if (!statSync(folder).isDirectory()) throw new CommandError(`${folder} is no folder`)
    for (const name of names) writeFileSync(draft(name), '')
    const { manifest, sums } = await writeExport(now, (part) => async (piece) => {
      appendFileSync(draft(fileOf(part)), piece)
    })
    writeFileSync(draft('manifest.json'), manifest)
    for (const name of names) renameSync(draft(name), path.join(folder, name))
    const counts = { catalogue: sums.catalogue.rows, claims: sums.claims.rows, events: sums.events.rows }
    const said = Object.entries(counts).map(([part, rows]) => `${rows} ${part}`)
    out(flags.has('json') ? JSON.stringify({ ...counts, folder }) : `${said.join(', ')} written to ${folder}`)
    return 0
  } catch (error) {
    const { code, path: at } = error as NodeJS.ErrnoException
    if (code && at !== undefined) throw new CommandError(`${folder} cannot be written (${code})`)
    throw error
  } finally {
    for (const file of drafts.values()) {
      try {
        rmSync(file, { force: true })
      } catch {
        // A path through a file has no drafts either.
      }
    }
  }
}
