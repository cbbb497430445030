import { readFileSync } from 'node:fs'
import { readSeasons, readTitleFacts, SeasonFileError, type Titles } from '@/lib/forecast/read-seasons'
import type { SeasonRow } from '@/lib/forecast/types'
import { CommandError, linesOf, readableFile, UsageError } from './command-line'

/** Every run draws the same chance. */
export const SEED = 18

const named = (file: string, error: unknown) =>
  error instanceof SeasonFileError ? new CommandError(`${file}: ${error.message}`) : error

/** The seasons that --seasons names, and the titles that --titles does where it is given; no other file is read. */
export async function forecastFiles(
  options: Record<string, string | undefined>,
): Promise<{ rows: SeasonRow[]; titles: Titles | null }> {
  const { seasons, titles } = options
  if (!seasons) throw new UsageError('--seasons FILE.csv is missing')
  let rows: SeasonRow[]
  try {
    rows = readSeasons(readFileSync(readableFile(seasons), 'utf8'))
  } catch (error) {
    throw named(seasons, error)
  }
  if (!titles) return { rows, titles: null }
  try {
    return { rows, titles: await readTitleFacts(linesOf(readableFile(titles))) }
  } catch (error) {
    throw named(titles, error)
  }
}
