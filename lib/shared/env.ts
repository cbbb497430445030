/**
 * What is set in the environment: one schema for every variable of ours, and the one place that reads them
 * (tests/architecture names the few others). `.env.example` says what each is for. Set to nothing is not set.
 */
import { z } from 'zod'

/** An environment: this process's, or another one's that is asked about. */
export type Given = Readonly<Record<string, string | undefined>>

/** A variable's value cannot be used: one sentence that names the variable and never its value, which may be a secret. */
export class EnvironmentError extends Error {
  override name = 'EnvironmentError'
}

const text = z.string()

const oneOf = <const Word extends string>(...words: [Word, ...Word[]]) =>
  z.enum(words, { error: `must be ${words.join(' or ')}` })

function number(min: number, max: number, { whole = true } = {}) {
  const error = `must be a ${whole ? 'whole number' : 'number'} from ${min} to ${max}`
  return z
    .string()
    .regex(whole ? /^\d+$/ : /^\d+(\.\d+)?$/, { error })
    .transform(Number)
    .refine((value) => value >= min && value <= max, { error })
}

const address = (example: string, shape: RegExp) => text.regex(shape, { error: `must look like ${example}` })
const website = address('https://greenlit.example.org', /^https?:\/\//).refine((url) => URL.canParse(url), {
  error: 'must be a whole address, as https://greenlit.example.org',
})
const database = address('postgres://user:password@host:5432/name', /^postgres(ql)?:\/\//)
const mailServer = address('smtp://user:password@mail.example.org:587', /^smtps?:\/\/\S/)
const sender = text.regex(/[^\s<>@]+@[^\s<>@]+/, { error: 'must have an address in it, as post@example.org' })
const flag = oneOf('1')
/** Where a provider of facts answers: its own address unless set. */
const answering = website.refine((url) => !/[?#]|\/\/[^/]*@/.test(url), {
  error: 'must be an address without a name, a query or a fragment',
})

const VARIABLES = z.object({
  ANILIST_URL: answering,
  AUTH_GITHUB_ID: text,
  AUTH_GITHUB_SECRET: text,
  AUTH_GOOGLE_ID: text,
  AUTH_GOOGLE_SECRET: text,
  AUTH_SECRET: text,
  AUTH_SECRET_OLD: text,
  AUTH_URL: website,
  CHROMIUM_PATH: text,
  DATABASE_POOL: number(1, 1_000),
  DATABASE_URL: database,
  EMAIL_FROM: sender,
  EMAIL_SERVER: mailServer,
  GITHUB_ENTERPRISE_URL: website,
  GREENLIT_DATA: text,
  GREENLIT_DEBUG: flag,
  GREENLIT_DIST: text,
  GREENLIT_HOLD_MINUTES: number(0, 24 * 60, { whole: false }),
  GREENLIT_HOST: text,
  GREENLIT_IMPORT_MB: number(1, 65_536),
  GREENLIT_IMPORT_SECONDS: number(0.01, 3_600, { whole: false }),
  GREENLIT_LEASE_SECONDS: number(3, 3_600),
  GREENLIT_MAILBOX: oneOf('on', 'off'),
  GREENLIT_OUTBOUND_ALLOW: text.regex(
    /^\s*([^\s:,/]+|\[[0-9a-f:]+\]):\d{1,5}(\s*,\s*([^\s:,/]+|\[[0-9a-f:]+\]):\d{1,5})*\s*,?\s*$/i,
    {
      error: 'must be host:port pairs with commas between, as ntfy.lan:80,localhost:8080',
    },
  ),
  GREENLIT_ROLE: oneOf('site', 'worker', 'cli'),
  GREENLIT_SKIP_TYPES: flag,
  GREENLIT_SYNC: text.regex(
    /^\s*(tvmaze|tmdb|anilist|wikidata)(\s*,\s*(tvmaze|tmdb|anilist|wikidata))*\s*,?\s*$/,
    {
      error: 'must be names of providers with commas between, of tvmaze, tmdb, anilist and wikidata',
    },
  ),
  GREENLIT_URL: website,
  MAIL_FROM: sender,
  METRICS_TOKEN: text,
  MIGRATION_DATABASE_URL: database,
  PORT: number(1, 65_535),
  SMTP_TLS: oneOf('optional', 'required'),
  SMTP_URL: mailServer,
  TMDB_TOKEN: text,
  TMDB_URL: answering,
  TRUSTED_PROXY_HOPS: number(0, 32),
  TVMAZE_URL: answering,
  VAPID_PRIVATE_KEY: text,
  VAPID_PUBLIC_KEY: text,
  WIKIDATA_SPARQL_URL: answering,
  WIKIDATA_URL: answering,
})

type Values = z.output<typeof VARIABLES>

/** The variables there are. */
export const VARIABLE_NAMES = Object.keys(VARIABLES.shape) as (keyof Values)[]

/** Of two that say something together, one alone says nothing. */
const PAIRS: [keyof Values, keyof Values][] = [
  ['AUTH_GITHUB_ID', 'AUTH_GITHUB_SECRET'],
  ['AUTH_GOOGLE_ID', 'AUTH_GOOGLE_SECRET'],
  ['VAPID_PUBLIC_KEY', 'VAPID_PRIVATE_KEY'],
]

/** The value of a variable; undefined where it is not set. @throws EnvironmentError where it cannot be used */
export function fromEnv<Name extends keyof Values>(
  name: Name,
  given: Given = process.env,
): Values[Name] | undefined {
  const value = given[name]
  if (!value) return undefined
  const read = VARIABLES.shape[name].safeParse(value)
  if (read.success) return read.data as Values[Name]
  throw new EnvironmentError(`${name} ${read.error.issues[0]?.message}.`)
}

/** All that is wrong in an environment, a sentence each. */
export function environmentFaults(given: Given = process.env): string[] {
  const alone = PAIRS.flatMap((pair) => {
    const [missing, ...both] = pair.filter((name) => !given[name])
    return missing && both.length === 0
      ? [`${missing} must be set too: ${pair.join(' and ')} belong together.`]
      : []
  })
  const wrong = VARIABLE_NAMES.flatMap((name) => {
    try {
      fromEnv(name, given)
      return []
    } catch (error) {
      return [(error as EnvironmentError).message]
    }
  })
  return [...wrong, ...alone]
}

/** What every process of ours does first: says what is wrong in its environment and ends with 1, or goes on. */
export function endOnWrongEnvironment(say: (sentence: string) => void = console.error): void {
  const faults = environmentFaults()
  for (const fault of faults) say(fault)
  if (faults.length > 0) process.exit(1)
}
