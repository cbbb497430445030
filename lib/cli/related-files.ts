import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { type Engine, engineOf, type Mode, withPairs } from '@/lib/related/engine'
import { FileError, readPairs, readTitles, type TitleFile } from '@/lib/related/files'
import { type Lesson, namedBySource } from '@/lib/related/learn'
import type { Pair } from '@/lib/related/types'
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

/** A set to learn from, measured, and the pairs people named in it. */
export interface LearningSet {
  name: string
  engine: Engine
  pairs: Pair[]
}

/** Every folder of a folder that has a titles.ndjson and a truth.csv, by name. */
export async function setsFrom(from: string, report: (line: string) => void): Promise<LearningSet[]> {
  if (!existsSync(from)) throw new CommandError(`there is no folder ${from}`)
  const names = readdirSync(from)
    .sort()
    .filter((name) => ['titles.ndjson', 'truth.csv'].every((part) => existsSync(path.join(from, name, part))))
  if (names.length === 0) throw new CommandError(`${from} has no folder with a titles.ndjson and a truth.csv`)
  const sets: LearningSet[] = []
  for (const name of names) {
    const { titles, places } = await titlesFrom(path.join(from, name, 'titles.ndjson'))
    const truth = path.join(from, name, 'truth.csv')
    const pairs = inFile(truth, () => readPairs(readFileSync(truth, 'utf8'), places))
    sets.push({ name, engine: engineOf(titles), pairs })
    report(`${name}: ${titles.length} titles, ${pairs.length} pairs`)
  }
  return sets
}

/** An option that is a whole number between two. */
export function wholeNumber(name: string, text: string, least: number, most: number): number {
  const value = Number(text)
  if (!/^\d+$/.test(text) || value < least || value > most)
    throw new UsageError(`${name} ${text} is no whole number from ${least} to ${most}`)
  return value
}

/** The sets as lessons, with their pairs as evidence where the mode allows it. */
export const lessonsOf = (sets: LearningSet[], mode: Mode): Lesson[] =>
  sets.map(({ name, engine, pairs }) => ({
    name,
    engine: withPairs(engine, mode === 'pairs' ? pairs : null),
    named: namedBySource(pairs),
  }))
