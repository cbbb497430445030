import { exportClaims } from '@/lib/ledger/commands'
import { withheld } from '@/lib/sources/registry'
import type { Run } from './command-line'
import { writeFileWhole } from './write-file'

/**
 * `export claims FILE`: every claim on record, one a line; `-` writes to standard output. Claims of providers whose terms
 * forbid it are left out.
 */
export const run: Run = async ({ words, flags }, { out, err }) => {
  const [file = ''] = words
  const claims = await writeFileWhole(file, (write) =>
    exportClaims(write, { withheld: withheld.map(({ title }) => title) }),
  )
  if (file === '-') err(`${claims} claims`)
  else out(flags.has('json') ? JSON.stringify({ claims, file }) : `${claims} claims written to ${file}`)
  return 0
}
