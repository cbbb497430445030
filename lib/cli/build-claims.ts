import { existsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildStarterClaims, starterLines } from '@/lib/ledger/build-starter'
import { CommandError, type Run, UsageError } from './command-line'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')

/** `build claims --from DIR`: the starter ledger and its report out of the data folder. Needs no database. */
export const run: Run = async ({ options, flags }, { out }) => {
  const { from, out: file = path.join(root, 'db/starter/claims.ndjson') } = options
  if (!from) throw new UsageError('--from DIR is missing')
  if (!existsSync(path.join(from, 'claims'))) throw new CommandError(`${from} has no folder claims/`)
  const { claims, report } = buildStarterClaims(from)
  writeFileSync(file, starterLines(claims))
  writeFileSync(path.join(path.dirname(file), 'claims-report.md'), `${report}\n`)
  out(
    flags.has('json')
      ? JSON.stringify({ claims: claims.length, file })
      : `${claims.length} claims written to ${file}`,
  )
  return 0
}
