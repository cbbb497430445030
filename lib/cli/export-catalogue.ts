import { exportCatalogue } from '@/lib/catalogue/commands'
import { withheld } from '@/lib/sources/registry'
import type { Run } from './command-line'
import { writeFileWhole } from './write-file'

/**
 * `export catalogue FILE`: every show, one a line, ordered by slug; `-` writes to standard output. Fields of providers whose
 * terms forbid it are left out.
 */
export const run: Run = async ({ words, flags }, { out, err }) => {
  const [file = ''] = words
  const shows = await writeFileWhole(file, (write) =>
    exportCatalogue(write, { withheld: new Set(withheld.map(({ name }) => name)) }),
  )
  if (file === '-') err(`${shows} shows`)
  else out(flags.has('json') ? JSON.stringify({ shows, file }) : `${shows} shows written to ${file}`)
  return 0
}
