import { importCatalogue } from '@/lib/catalogue/commands'
import { deriveStates } from '@/lib/ledger/derive'
import { linesOf, type Run, readableFile } from './command-line'

/** `import catalogue FILE`: every bad line is named on standard error, the rest is imported; status 1 if any was bad. */
export const run: Run = async ({ words, flags }, { out, err, now }) => {
  const file = readableFile(words[0] as string)
  const onWritten = (showIds: number[]) => deriveStates({ showIds, now })
  const result = await importCatalogue(linesOf(file), { report: err, onWritten })
  const { lines, added, updated, failed } = result
  if (flags.has('json')) out(JSON.stringify(result))
  else out(`${lines} lines: ${added} shows added, ${updated} known already, ${failed} refused`)
  if (failed === 0) return 0
  err(`greenlit: ${failed} of ${lines} lines were refused and had no effect`)
  return 1
}
