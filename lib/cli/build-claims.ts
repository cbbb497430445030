import { existsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { dayOf, isDay } from '@/lib/shared/day'
import { buildStarterClaims, starterLines } from '@/lib/workshop/claims/build'
import { CommandError, type Run, UsageError } from './command-line'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')

/**
 * `build claims --from DIR [--catalogue FILE]`: the starter ledger and its report out of the data folder. `FILE` is the
 * built catalogue whose shows the statements mean. Needs no database; `--today` is the day the report's figures are of.
 */
export const run: Run = async ({ options, flags }, { out, now }) => {
  const { from, out: file = path.join(root, 'db/starter/claims.ndjson'), today = dayOf(now) } = options
  const { catalogue = path.join(root, 'db/starter/catalogue.ndjson') } = options
  if (!from) throw new UsageError('--from DIR is missing')
  if (!existsSync(path.join(from, 'claims'))) throw new CommandError(`${from} has no folder claims/`)
  if (!isDay(today)) throw new UsageError(`--today ${today} is no day`)
  if (!existsSync(catalogue)) throw new CommandError(`there is no catalogue ${catalogue}`)
  const { claims, report } = buildStarterClaims(from, catalogue, today)
  writeFileSync(file, starterLines(claims))
  writeFileSync(path.join(path.dirname(file), 'claims-report.md'), `${report}\n`)
  out(
    flags.has('json')
      ? JSON.stringify({ claims: claims.length, file })
      : `${claims.length} claims written to ${file}`,
  )
  return 0
}
