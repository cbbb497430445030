import { exportCatalogue } from '@/lib/catalogue/commands'
import { type Run, readCall } from './command-line'
import { writeFileWhole } from './write-file'

/** `export catalogue FILE`: every show, one a line, ordered by slug; `-` writes to standard output. */
export const run: Run = async (args, { out, err }) => {
  const { words, options } = readCall(args, ['FILE'], { json: 'boolean' })
  const [file = ''] = words
  const shows = await writeFileWhole(file, exportCatalogue)
  if (file === '-') err(`${shows} shows`)
  else out(options.json ? JSON.stringify({ shows, file }) : `${shows} shows written to ${file}`)
  return 0
}
