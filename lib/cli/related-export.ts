import { readFileSync } from 'node:fs'
import { gorseFeedback } from '@/lib/workshop/recommend/gorse'
import { readInteractions } from '@/lib/workshop/recommend/interactions'
import { type Run, readableFile, UsageError } from './command-line'
import { writeFileWhole } from './write-file'

/** `related export`: interactions in the input format of the engine that takes over above one machine's size. */
export const run: Run = async ({ words: [file], options, flags }, { out }) => {
  const { format = 'gorse', interactions, min } = options
  if (format !== 'gorse') throw new UsageError(`--format ${format} is not known; there is gorse`)
  if (!interactions) throw new UsageError('--interactions FILE.csv is missing')
  if (!min?.trim() || !Number.isFinite(Number(min))) throw new UsageError(`--min ${min ?? ''} is no number`)
  const rows = readInteractions(readFileSync(readableFile(interactions), 'utf8'), interactions)
  const written = await writeFileWhole(file!, async (write) => {
    let lines = 0
    for (const line of gorseFeedback(rows, Number(min))) {
      await write(`${line}\n`)
      lines++
    }
    return lines
  })
  if (file !== '-')
    out(flags.has('json') ? JSON.stringify({ rows: written, file }) : `${written} rows written to ${file}`)
  return 0
}
