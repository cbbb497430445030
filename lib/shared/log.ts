/**
 * The log: one event a line, as JSON, to standard output (info) or standard error (warn, error). Whoever keeps it may
 * keep it for a month, so nothing in it is anybody's: no SQL and its parameters, no addresses, no tokens. An error is
 * written as its name, its code and where it was thrown; what it says may quote a reader.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { inspect } from 'node:util'
import { errorCode } from '@/db/error-code'
import { scrub } from './scrub'
import { keyedHash } from './secrets'

/** What a line may say beside its event: short values under names of our own. `error` may be anything thrown. */
export type LogFields = Record<string, unknown> & { error?: unknown }

type Level = 'info' | 'warn' | 'error'

/** Names under which somebody would write down what must not be: such a value is left out, whatever it is. */
const REFUSED =
  /pass(?:word|phrase)?$|secret|token|cookie|authori[sz]ation|credential|^e?mail$|address|recipient|^to$|^ip$|^sql$|query|^params?$|session|readerid|userid|^body$|^headers?$|^url$/i

/** So many lines of one event a second; the rest is counted. A stranger must not be able to fill the disk. */
export const LINES_PER_SECOND_MAX = 50
const FIELDS_MAX = 16

interface Kept {
  requests: AsyncLocalStorage<{ id: string }>
  /** Milliseconds since 1970. */
  now: () => number
  rates: Map<string, { second: number; lines: number; leftOut: number }>
}

// Next bundles this file anew beside the server's own copy: what they must agree on lies where both look.
const REQUEST = Symbol.for('greenlit.request')
const LOG = Symbol.for('greenlit.log')
const shared = globalThis as { [REQUEST]?: Kept['requests']; [LOG]?: Omit<Kept, 'requests'> }

function kept(): Kept {
  shared[REQUEST] ??= new AsyncLocalStorage()
  shared[LOG] ??= {
    // Next puts a Date in place that ends a page's prerender when it is asked for the time. The server loads this file
    // before Next; where nobody did, the time is reckoned from the process's start, as Next's own log does.
    now: Date.now.name === 'now' ? Date.now : () => performance.timeOrigin + performance.now(),
    rates: new Map(),
  }
  return { requests: shared[REQUEST], now: shared[LOG].now, rates: shared[LOG].rates }
}

/** Runs `work` as part of a request: every line it writes, now or later, carries the request's id. */
export function withRequest<T>(request: { id: string }, work: () => T): T {
  return kept().requests.run(request, work)
}

/** The id of the request this call is part of; undefined outside of one. */
export const requestId = (): string | undefined => kept().requests.getStore()?.id

/** A reader in the log: a keyed hash of their id, the same in every line, of no use without the installation's key. */
export function readerMark(readerId: string): string | undefined {
  try {
    return keyedHash('log', readerId).slice(0, 16)
  } catch {
    return undefined // no key, no mark
  }
}

/** The places an error came by, in our own code before all others; `text` is its stack in one spelling or another. */
function placesIn(text: unknown, message: string): string[] {
  if (typeof text !== 'string') return []
  // The message stands in front and may be of any length; a stack that does not begin with it is not looked at.
  const from = text.indexOf(message)
  if (from < 0) return []
  const lines = text
    .slice(from + message.length)
    .split('\n')
    .slice(1)
  const end = lines.findIndex((line) => !/^\s+at /.test(line))
  const places = lines
    .slice(0, end < 0 ? undefined : end)
    .flatMap((line) => /^\s+at (?:.*\()?([^()\s][^()]*:\d+:\d+)\)?$/.exec(line)?.[1] ?? [])
  return [...places.filter((place) => !/node_modules|^node:/.test(place)), ...places]
}

/** Where an error was thrown, as `file:line:column`. */
function placeOf(error: Error): string | undefined {
  let [place] = placesIn(error.stack, error.message)
  // A place in the built site says nothing; inspected, the same stack has the places it was built from.
  if (place?.includes('.next')) [place = place] = placesIn(inspect(error), error.message)
  return place?.replace(/^(?:async )?(?:file:\/\/)?/, '').replace(`${process.cwd()}/`, '')
}

/** The words of a slip in our own code: they name what the code calls things, never what somebody wrote. */
const SLIP =
  /^Cannot (?:read|set) properties of (?:undefined|null) \((?:reading|setting) '\w{1,60}'\)$|^[\w.$()[\]]{1,80} is not (?:a function|defined|a constructor)$/

/** An error without its words, but for those of a slip. */
function errorFields(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error) && !(typeof error === 'object' && error !== null && 'message' in error))
    return { error: typeof error === 'string' ? error : typeof error }
  const { name, message, cause, digest } = error as Error & { digest?: unknown }
  const code = errorCode(error)
  return {
    error: message.startsWith('Failed query:') ? 'QueryFailed' : name,
    cause: cause instanceof Error ? cause.name : undefined,
    code,
    says: SLIP.test(message) ? message : undefined,
    digest: typeof digest === 'string' ? digest : undefined,
    at: placeOf(error as Error),
  }
}

function spoken(value: unknown): unknown {
  if (typeof value === 'string') return scrub(value)
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return value
  if (value === undefined) return undefined
  if (typeof value === 'bigint') return Number(value)
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString()
  return `[${value.constructor?.name || 'object'}]`
}

// JSON leaves these as they are; terminals and viewers of logs obey them: C1 controls, other line ends, text turned round.
const OBEYED = /[\x7f-\x9f\u2028-\u202e\u2066-\u2069]/g
const escaped = (sign: string) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`

/** One event as its line, without the line's end. For `log` and its tests. */
export function lineOf(level: Level, event: string, fields: LogFields = {}, leftOut = 0): string {
  const { now } = kept()
  const line: Record<string, unknown> = {
    time: new Date(now()).toISOString(),
    level,
    event: scrub(event),
    request: requestId()
      ?.replace(/[^\w.:-]/g, '')
      .slice(0, 64),
    role: process.env.GREENLIT_ROLE ?? 'site',
    left_out: leftOut || undefined,
  }
  const { error, ...rest } = fields
  const said = { ...rest, ...('error' in fields ? errorFields(error) : {}) }
  for (const [name, value] of Object.entries(said).slice(0, FIELDS_MAX)) {
    const key = scrub(name)
    if (key in line) continue
    line[key] = REFUSED.test(name) ? '[refused]' : spoken(value)
  }
  return JSON.stringify(line).replace(OBEYED, escaped)
}

/** How many lines of this event were left out before this one; null where this one is to be left out too. */
function turn(event: string): number | null {
  const { now, rates } = kept()
  const second = Math.floor(now() / 1000)
  const rate = rates.get(event)
  if (rate?.second === second) {
    if (rate.lines === LINES_PER_SECOND_MAX) {
      rate.leftOut++
      return null
    }
    rate.lines++
    return 0
  }
  // Events are words of our own code; a bound all the same.
  if (rates.size > 500) rates.clear()
  rates.set(event, { second, lines: 1, leftOut: 0 })
  return rate?.leftOut ?? 0
}

const deaf = () => {}

function write(level: Level, event: string, fields?: LogFields): void {
  const leftOut = turn(event)
  if (leftOut === null) return
  const stream = level === 'info' ? process.stdout : process.stderr
  // Whoever read the log may be gone; that is no reason to end.
  if (!stream.listeners('error').includes(deaf) && stream.listenerCount('error') === 0)
    stream.on('error', deaf)
  stream.write(`${lineOf(level, event, fields, leftOut)}\n`)
}

/** Writes one event to the log. Costs some microseconds; at most 50 lines of an event a second leave the process. */
export const log = {
  info: (event: string, fields?: LogFields): void => write('info', event, fields),
  warn: (event: string, fields?: LogFields): void => write('warn', event, fields),
  error: (event: string, fields?: LogFields): void => write('error', event, fields),
}

/** What was given to a console method, as a text of one line and the error among it, if any. */
function heard(args: unknown[]): { text: string; error?: unknown } {
  const error = args.find((arg) => arg instanceof Error || (typeof arg === 'object' && arg && 'stack' in arg))
  const text = args
    .filter((arg) => arg !== error)
    .map((arg) => (typeof arg === 'string' ? arg.slice(0, 2_000) : String(spoken(arg))))
    .join(' ')
    .replace(/%[sdifoOc]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
  return { text, error }
}

/**
 * From now on everything this process says through `console` is a line of the log, cleaned like any other: Next
 * prints a failed page as its whole error, with the query and its parameters, and a strange address at full length.
 * To be called first of all, before Next is loaded. @returns puts the console back
 */
export function quietConsole(): () => void {
  const levels = {
    error: 'error',
    warn: 'warn',
    trace: 'warn',
    log: 'info',
    info: 'info',
    debug: 'info',
  } as const
  const names = Object.keys(levels) as (keyof typeof levels)[]
  const before = names.map((name) => console[name])
  for (const name of names)
    console[name] = (...args: unknown[]) => {
      const { text, error } = heard(args)
      if (text === '' && error === undefined) return
      write(levels[name], 'console', error === undefined ? { text } : { text: text || undefined, error })
    }
  return () => {
    for (const [i, name] of names.entries()) console[name] = before[i]!
  }
}

/**
 * From now on an error nobody caught ends this process with one line in the log. Node's own way prints its words, which
 * may be a query with its parameters. For processes of our own; Next has a way of its own.
 */
export function endOnUncaught(): void {
  process.on('uncaughtException', (error) => {
    log.error('uncaught', { error })
    process.exit(1)
  })
}
