import { exportClaims } from '@/lib/ledger/commands'
import { type Run, readCall } from './command-line'
import { writeFileWhole } from './write-file'

/** `export claims FILE`: every claim on record, one a line; `-` writes to standard output. */
export const run: Run = async (args, { out, err }) => {
  const { words, options } = readCall(args, ['FILE'], { json: 'boolean' })
  const [file = ''] = words
  const claims = await writeFileWhole(file, exportClaims)
  if (file === '-') err(`${claims} claims`)
  else out(options.json ? JSON.stringify({ claims, file }) : `${claims} claims written to ${file}`)
  return 0
}
