import { readFileSync } from 'node:fs'
import path from 'node:path'
import { FileError } from '@/lib/related/files'
import { importPairs } from '@/lib/related/import-pairs'
import { readSource } from '@/lib/related/pair-rules'
import { csvOf } from '@/lib/shared/csv'
import { CommandError, type Run, readableFile, UsageError } from './command-line'
import { writeFileWhole } from './write-file'

const NAMED_AT_MOST = 20

/**
 * `import pairs FILE`: makes a list say what the file says; a bad line refuses it whole. Names that no show has are
 * counted, the first twenty said on standard error, all of them written to `--report OUT.csv`.
 */
export const run: Run = async ({ words, options, flags }, { out, err, now }) => {
  const file = readableFile(words[0] as string)
  const source = readSource(options.source ?? path.basename(file).replace(/\.csv$/i, ''))
  if (!source.ok) throw new UsageError(source.message)
  const result = await importPairs(readFileSync(file, 'utf8'), { source: source.value, now }).catch(
    (error) => {
      throw error instanceof FileError ? new CommandError(`${file}: ${error.message}`) : error
    },
  )
  const { rows, added, changed, removed, same, unknown } = result
  if (options.report)
    await writeFileWhole(options.report, (write) =>
      write(
        csvOf(
          ['name', 'rows', 'first_line'],
          unknown.map((one) => [one.name, one.rows, one.line]),
        ),
      ),
    )
  else {
    for (const one of unknown.slice(0, NAMED_AT_MOST))
      err(`line ${one.line}: no show is ${one.name} (${one.rows} ${one.rows === 1 ? 'row' : 'rows'})`)
    if (unknown.length > NAMED_AT_MOST)
      err(`and ${unknown.length - NAMED_AT_MOST} more; --report OUT.csv writes them all down`)
  }
  if (flags.has('json')) out(JSON.stringify({ ...result, unknown: unknown.length }))
  else
    out(
      `${source.value}: ${rows} rows, ${added} pairs added, ${changed} changed, ${removed} removed, ${same} as before; ${unknown.length} unknown titles`,
    )
  return 0
}
