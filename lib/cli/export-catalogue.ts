import { exportCatalogue } from '@/lib/catalogue/commands'
import type { Run } from './command-line'
import { writeFileWhole } from './write-file'

/** `export catalogue FILE`: every show, one a line, ordered by slug; `-` writes to standard output. */
export const run: Run = async ({ words, flags }, { out, err }) => {
  const [file = ''] = words
  const shows = await writeFileWhole(file, exportCatalogue)
  if (file === '-') err(`${shows} shows`)
  else out(flags.has('json') ? JSON.stringify({ shows, file }) : `${shows} shows written to ${file}`)
  return 0
}
