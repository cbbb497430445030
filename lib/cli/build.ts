import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildCatalogue } from '@/lib/catalogue/build/build'
import { canonicalLine } from '@/lib/catalogue/record'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')

/** `build catalogue`: the starter catalogue and its report out of the data folder `from`. Needs no database. */
export function buildCatalogueFile(from: string, out: string, today: string, say: (line: string) => void) {
  const { records, report } = buildCatalogue(
    {
      from,
      bangumi: path.join(root, 'node_modules/bangumi-data/dist/data.json'),
      editorial: path.join(root, 'db/starter'),
      today,
    },
    say,
  )
  mkdirSync(path.dirname(out), { recursive: true })
  writeFileSync(out, `${records.map(canonicalLine).join('\n')}\n`)
  writeFileSync(path.join(path.dirname(out), 'report.md'), report.markdown)
  return { shows: report.shows, anime: report.anime, others: report.others }
}
