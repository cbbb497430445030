import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Worth } from '@/lib/learning/ranking-metrics'
import { type Engine, engineOf, type Mode, withPairs } from '@/lib/related/engine'
import { FileError, readPairs, readTitles, type TitleFile } from '@/lib/related/files'
import { type Lesson, namedBySource } from '@/lib/related/learn'
import type { Known } from '@/lib/related/seen'
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

/** Every folder of a folder that has a titles.ndjson and a truth.csv, by name, with what they hold. */
export async function filesFrom(
  from: string,
  report: (line: string) => void,
): Promise<{ name: string; file: TitleFile; pairs: Pair[] }[]> {
  if (!existsSync(from)) throw new CommandError(`there is no folder ${from}`)
  const names = readdirSync(from)
    .sort()
    .filter((name) => ['titles.ndjson', 'truth.csv'].every((part) => existsSync(path.join(from, name, part))))
  if (names.length === 0) throw new CommandError(`${from} has no folder with a titles.ndjson and a truth.csv`)
  const sets = []
  for (const name of names) {
    const file = await titlesFrom(path.join(from, name, 'titles.ndjson'))
    const truth = path.join(from, name, 'truth.csv')
    const pairs = inFile(truth, () => readPairs(readFileSync(truth, 'utf8'), file.places))
    sets.push({ name, file, pairs })
    report(`${name}: ${file.titles.length} titles, ${pairs.length} pairs`)
  }
  return sets
}

/** The same sets measured by themselves. */
export async function setsFrom(from: string, report: (line: string) => void): Promise<LearningSet[]> {
  const sets = await filesFrom(from, report)
  return sets.map(({ name, file, pairs }) => ({ name, engine: engineOf(file.titles), pairs }))
}

/** The titles of a file as they are looked for among the site's shows. */
export function knownOf({ titles, names, places }: TitleFile): Known[] {
  const ids: string[][] = titles.map(() => [])
  for (const [id, place] of places) ids[place]!.push(id)
  return titles.map(({ year, kind, country }, i) => ({
    ids: ids[i]!,
    names: names[i]!,
    year,
    country,
    kind: kind === 'unknown' ? null : kind,
  }))
}

/** What an order is worth, as a line says it. */
export function worthWords({ sources, ndcg, ci95 }: Worth): string {
  const [low, high] = ci95.map((end) => end.toFixed(4))
  return `nDCG@10 ${ndcg.toFixed(4)} (${low} to ${high}), ${sources} sources`
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
