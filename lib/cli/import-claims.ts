import { importClaims } from '@/lib/ledger/commands'
import { linesOf, type Run, readableFile, readCall } from './command-line'

/** `import claims FILE`: every bad line is named on standard error, the rest is recorded; status 1 if any was bad. */
export const run: Run = async (args, { out, err, now }) => {
  const { words, options } = readCall(args, ['FILE'], { json: 'boolean' })
  const file = readableFile(words[0] as string)
  const result = await importClaims(linesOf(file), { report: err, now })
  out(
    options.json
      ? JSON.stringify(result)
      : Object.entries(result)
          .map(([name, count]) => `${count} ${name}`)
          .join(', '),
  )
  return result.failed > 0 ? 1 : 0
}
