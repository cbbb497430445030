import { createReadStream, statSync } from 'node:fs'
import { parseArgs } from 'node:util'

/** What a verb may use: where it writes and what day it is. */
export interface Surroundings {
  /** Standard output: results only. */
  out: (line: string) => void
  /** Standard error: progress and complaints. */
  err: (line: string) => void
  now: Date
  /** Standard input, where it is another than the process's own. */
  input?: AsyncIterable<Uint8Array>
}

/** A wrong call: told in one line, status 2. */
export class UsageError extends Error {}
/** Something that did not work, in one line for the operator: status 1. */
export class CommandError extends Error {}

/** A call after its verb: the words it was given, in order, options with a value, and those without. */
export interface Call {
  words: string[]
  options: Record<string, string | undefined>
  flags: Set<string>
}

/** Runs a verb. The status is 0 unless it says otherwise; with `--json` it writes one object. */
export type Run = (call: Call, around: Surroundings) => Promise<number | undefined>

/** The words and options of a call; an option the verb does not have, or too few or many words, is a wrong call; a word in brackets may be left out. */
export function readCall(
  args: string[],
  words: string[],
  options: Record<string, 'string' | 'boolean'>,
): Call {
  let parsed: ReturnType<typeof parseArgs>
  try {
    parsed = parseArgs({
      args,
      allowPositionals: true,
      options: Object.fromEntries(Object.entries(options).map(([name, type]) => [name, { type }])),
    })
  } catch (error) {
    throw new UsageError((error as Error).message.split('\n')[0]?.split('. ')[0])
  }
  const { positionals, values } = parsed
  const missing = words.filter((word) => !word.startsWith('['))[positionals.length]
  if (missing) throw new UsageError(`${missing} is missing`)
  if (positionals.length > words.length)
    throw new UsageError(`"${positionals[words.length]}" is one word too many`)
  const given = Object.entries(values)
  return {
    words: positionals,
    options: Object.fromEntries(
      given.filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
    ),
    flags: new Set(given.filter(([, value]) => value === true).map(([name]) => name)),
  }
}

const LINE_MAX = 1_000_001

/**
 * The lines of a file, without their ends, in small memory: of a line longer than a record can be only the
 * beginning is given, one character longer than allowed, so that whoever reads it refuses it.
 */
export async function* linesOf(file: string): AsyncGenerator<string> {
  let line = ''
  let begun = false
  for await (const chunk of createReadStream(file, {
    encoding: 'utf8',
    highWaterMark: 1 << 18,
  }) as AsyncIterable<string>) {
    // Some editors put a byte-order mark before the first line.
    const parts = (begun ? chunk : chunk.replace(/^\ufeff/, '')).split('\n')
    for (const [index, part] of parts.entries()) {
      if (index > 0) {
        yield line.replace(/\r$/, '')
        line = ''
      }
      if (line.length < LINE_MAX) line += part.slice(0, LINE_MAX - line.length)
      begun = true
    }
  }
  if (begun && line) yield line.replace(/\r$/, '')
}

/** A file that is there to be read, or one line saying why it cannot be. */
export function readableFile(file: string): string {
  try {
    if (statSync(file).isFile()) return file
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new CommandError(
      code === 'ENOENT' ? `there is no file ${file}` : `${file} cannot be read (${code})`,
    )
  }
  throw new CommandError(`${file} is no file`)
}
