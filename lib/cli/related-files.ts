import { FileError, readTitles, type TitleFile } from '@/lib/related/files'
import { CommandError, linesOf, readableFile, UsageError } from './command-line'

/** Runs `read` on a file's text; what is wrong with it is told with the file's name. */
export function inFile<T>(file: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw error instanceof FileError ? new CommandError(`${file}: ${error.message}`) : error
  }
}

/** The titles of an NDJSON file. */
export async function titlesFrom(file: string): Promise<TitleFile> {
  try {
    return await readTitles(linesOf(readableFile(file)))
  } catch (error) {
    throw error instanceof FileError ? new CommandError(`${file}: ${error.message}`) : error
  }
}

/** An option that is a whole number between two. */
export function wholeNumber(name: string, text: string, least: number, most: number): number {
  const value = Number(text)
  if (!/^\d+$/.test(text) || value < least || value > most)
    throw new UsageError(`${name} ${text} is no whole number from ${least} to ${most}`)
  return value
}
