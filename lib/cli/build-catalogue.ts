import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { canonicalLine } from '@/lib/catalogue/record'
import { dayOf, isDay } from '@/lib/shared/day'
import { buildCatalogue } from '@/lib/workshop/catalogue/build'
import { CommandError, type Run, UsageError } from './command-line'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')

/**
 * `build catalogue --from DIR`: the starter catalogue and its report out of the data folder. Needs no database.
 * `--today` is the day after which nothing is a fact yet; the same files and day give the same bytes. `--published` is the
 * catalogue whose addresses stay: the starter's, unless told.
 */
export const run: Run = async ({ options, flags }, { out, err, now }) => {
  const { from, out: file = path.join(root, 'db/starter/catalogue.ndjson'), today = dayOf(now) } = options
  if (!from) throw new UsageError('--from DIR is missing')
  if (!isDay(today)) throw new UsageError(`--today ${today} is no day`)
  if (!existsSync(path.join(from, 'catalogue'))) throw new CommandError(`${from} has no folder catalogue/`)
  const bangumi = path.join(root, 'node_modules/bangumi-data/dist/data.json')
  if (!existsSync(bangumi)) throw new CommandError('the package bangumi-data is not installed: run `npm ci`')
  const { records, report } = buildCatalogue(
    {
      from,
      bangumi,
      today,
      editorial: path.join(root, 'db/starter'),
      published: options.published ?? path.join(root, 'db/starter/catalogue.ndjson'),
    },
    err,
  )
  const { shows, anime, others } = report
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, `${records.map(canonicalLine).join('\n')}\n`)
  writeFileSync(path.join(path.dirname(file), 'report.md'), report.markdown)
  out(
    flags.has('json')
      ? JSON.stringify({ shows, anime, others, file })
      : `${shows} shows (${anime} anime) written to ${file}`,
  )
  return 0
}
