import { importClaims } from '@/lib/ledger/commands'
import { linesOf, type Run, readableFile } from './command-line'

/**
 * `import claims FILE`: every bad line is named on standard error, the rest is recorded; status 1 if any was bad.
 * With `--live` the lines are news and followers are told; without, they fill in the past.
 */
export const run: Run = async ({ words, flags }, { out, err, now }) => {
  const file = readableFile(words[0] as string)
  const result = await importClaims(linesOf(file), {
    report: err,
    now,
    mode: flags.has('live') ? 'live' : 'backfill',
  })
  out(
    flags.has('json')
      ? JSON.stringify(result)
      : Object.entries(result)
          .map(([name, count]) => `${count} ${name}`)
          .join(', '),
  )
  return result.failed > 0 ? 1 : 0
}
