import { importCatalogue } from '@/lib/catalogue/commands'
import { deriveStates } from '@/lib/ledger/derive'
import { dayOf } from '@/lib/shared/day'
import { answerWanted } from '@/lib/wanted/commands'
import { linesOf, type Run, readableFile } from './command-line'
import { providerWord } from './provider-word'

/**
 * `import catalogue FILE [--provider NAME]`: every bad line is named on standard error, the rest is imported; status 1
 * if any was bad. The facts of the lines are those of the provider named, else of the first of a line's provenance.
 */
export const run: Run = async ({ words, flags, options }, { out, err, now }) => {
  const provider = options.provider === undefined ? undefined : providerWord(options.provider)
  const file = readableFile(words[0] as string)
  const onWritten = async (showIds: number[]) => {
    await deriveStates({ showIds, now })
    await answerWanted(now, showIds)
  }
  const result = await importCatalogue(linesOf(file), { report: err, onWritten, provider, today: dayOf(now) })
  const { lines, added, updated, failed } = result
  if (flags.has('json')) out(JSON.stringify(result))
  else out(`${lines} lines: ${added} shows added, ${updated} known already, ${failed} refused`)
  if (failed === 0) return 0
  err(`greenlit: ${failed} of ${lines} lines were refused and had no effect`)
  return 1
}
