/**
 * The steps from a reachable database to a served site, shared by `npm start` and `npm test`:
 * load what the release ships, build when something changed, start web and worker, stop them in order.
 */
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fromEnv } from '@/lib/shared/env'
import { HouseError, type Secrets } from './data-folder.mjs'
import { end, type Kept, keepRunning } from './keep'
import { startRecorded, tailOf } from './processes.mjs'

/** Where a house keeps its papers, and what it serves. */
export type House = {
  /** The checkout. */
  root: string
  /** Folder of pid files. */
  pids: string
  /** Folder of logs. */
  logs: string
  /** Folder of the built site, relative to the checkout. */
  dist: string
  /** The database as the role site and worker run as. */
  databaseUrl: string
  /** The same as the owner of its tables; what serves readers never learns it. */
  ownerUrl: string
  /** The site's own address, without a slash at the end. */
  url: string
  port: number
  /** Address the site listens on. */
  host: string
  secrets: Secrets
}

/** Receives one line of progress. */
export type Say = (line: string) => void

/** A helper process that is running. */
export type Step = { end(): Promise<void> }
/** Told of each helper process, so that a stop can end those that are running; returns what to call once it has ended. */
export type OnStep = (step: Step) => () => void

const NEXT = path.join('node_modules', 'next', 'dist', 'bin', 'next')
const READY_WITHIN_MS = 90_000
/** The site needs about 130 MB of heap; bounded, it cleans up instead of growing, and 10,000 kept pages fit into 420 MB. */
const SITE_HEAP_MB_MAX = 256
/** Time a stopping site has for the answers it is still giving. */
const DRAIN_MS = 15_000
/** What decides the content of a build: the code, its settings, its address. */
const BUILT_FROM = [
  ...['app', 'lib', 'db', 'public', 'patches'],
  ...['next.config.ts', 'instrumentation.ts', 'package.json', 'package-lock.json', 'tsconfig.json'],
]
const BUILT_WITH = /^(NEXT_PUBLIC_|AUTH_|GREENLIT_|EMAIL_|SMTP_)/

/** The environment of the site, the worker and the build. */
export function siteEnv(house: House): NodeJS.ProcessEnv {
  return {
    ...process.env,
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    DATABASE_URL: house.databaseUrl,
    // Empty, not absent: Next would read it from .env otherwise.
    MIGRATION_DATABASE_URL: '',
    AUTH_SECRET: fromEnv('AUTH_SECRET') ?? house.secrets.authSecret,
    AUTH_URL: fromEnv('AUTH_URL') ?? house.url,
    GREENLIT_URL: house.url,
    GREENLIT_DIST: house.dist,
    PORT: String(house.port),
  }
}

const seconds = (sinceMs: number) => `${((Date.now() - sinceMs) / 1000).toFixed(1)} s`

async function runStep(
  house: House,
  onStep: OnStep,
  start: { name: string; args: string[]; env: NodeJS.ProcessEnv; failed: string },
  onMessage?: (message: unknown) => void,
): Promise<void> {
  const run = startRecorded({
    name: start.name,
    pidDir: house.pids,
    logDir: house.logs,
    cwd: house.root,
    command: process.execPath,
    args: start.args,
    env: start.env,
    ipc: onMessage !== undefined,
  })
  if (onMessage) run.child.on('message', onMessage)
  const ended = onStep({ end: () => end(run.child, 5_000) })
  const { code, signal } = await run.ended
  ended()
  if (code === 0) return
  const tail = tailOf(run.logFile)
  throw new HouseError(`${start.failed} (${signal ?? `status ${code}`}); full log: ${run.logFile}\n${tail}`)
}

/**
 * Loads the starter catalogue and ledger when this release brings others than the database holds. With `relatedLater`
 * the lists of related titles are left to the worker, so that the first page does not wait for them.
 */
export async function loadStarterIfNew(
  house: House,
  onStep: OnStep,
  say: Say,
  { relatedLater = false } = {},
): Promise<void> {
  const startedAt = Date.now()
  let loaded = false
  await runStep(
    house,
    onStep,
    {
      name: 'starter',
      args: [
        '--conditions=react-server',
        '--import',
        'tsx',
        path.join('lib', 'cli', 'starter.ts'),
        ...(relatedLater ? ['--related-later'] : []),
      ],
      env: { ...siteEnv(house), MIGRATION_DATABASE_URL: house.ownerUrl, GREENLIT_ROLE: 'cli' },
      failed: 'The starter catalogue could not be loaded',
    },
    (message) => {
      const { line, done } = message as { line?: string; done?: { loaded: boolean } }
      if (line) say(`starter: ${line}`)
      if (done) ({ loaded } = done)
    },
  )
  say(loaded ? `starter: loaded in ${seconds(startedAt)}` : 'starter: unchanged')
}

function* filesUnder(place: string): Generator<string> {
  const stat = fs.statSync(place, { throwIfNoEntry: false })
  if (stat?.isFile()) yield place
  if (!stat?.isDirectory()) return
  for (const name of fs.readdirSync(place).sort()) yield* filesUnder(path.join(place, name))
}

function buildKey(house: House): string {
  const hash = createHash('sha256').update(`${process.version}\n`)
  for (const place of BUILT_FROM) {
    for (const file of filesUnder(path.join(house.root, place))) {
      hash.update(`${path.relative(house.root, file)}\n`).update(fs.readFileSync(file))
    }
  }
  const env = siteEnv(house)
  for (const name of Object.keys(env)
    .filter((key) => BUILT_WITH.test(key))
    .sort()) {
    hash.update(`${name}=${env[name]}\n`)
  }
  return hash.digest('hex')
}

/** Builds the site unless the last build was made from the same sources and settings; it asks no database. */
export async function buildIfChanged(house: House, onStep: OnStep, say: Say) {
  const startedAt = Date.now()
  const stamp = path.join(house.root, house.dist, 'greenlit-build')
  const key = buildKey(house)
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === key) return say('site: built already')
  // First of all: a build that is killed half-way must not pass for the one before it.
  fs.rmSync(stamp, { force: true })
  say('site: building …')
  await runStep(house, onStep, {
    name: 'build',
    args: [NEXT, 'build'],
    env: { ...siteEnv(house), GREENLIT_ROLE: 'cli', GREENLIT_SKIP_TYPES: '1' },
    failed: 'The build failed',
  })
  fs.writeFileSync(stamp, key)
  say(`site: built in ${seconds(startedAt)}`)
}

function keep(house: House, name: string, args: string[], env: NodeJS.ProcessEnv, say: Say): Kept {
  const start = () =>
    startRecorded({
      name,
      pidDir: house.pids,
      logDir: house.logs,
      cwd: house.root,
      command: process.execPath,
      args,
      env,
    })
  return keepRunning({ name, start, say, graceMs: DRAIN_MS })
}

/** A site being served. */
export type Site = {
  /** Ends the web process once it has given its answers, then the worker. */
  stop(): Promise<void>
  /** Rejects when web or worker cannot be started; once the site has answered they are started again for ever. */
  failed: Promise<never>
}

/** Starts worker and web and waits for the first page that is answered. */
export async function startSite(house: House, say: Say, { dev = false } = {}): Promise<Site> {
  const env = siteEnv(house)
  const workerArgs = ['--conditions=react-server', '--import', 'tsx', path.join('lib', 'jobs', 'worker.ts')]
  const worker = keep(house, 'worker', workerArgs, { ...env, GREENLIT_ROLE: 'worker' }, say)
  const webEnv: NodeJS.ProcessEnv = {
    ...env,
    GREENLIT_ROLE: 'site',
    NODE_ENV: dev ? 'development' : 'production',
    GREENLIT_HOST: house.host,
    MALLOC_ARENA_MAX: '2',
  }
  const webArgs = [
    ...(dev ? [] : [`--max-old-space-size=${SITE_HEAP_MB_MAX}`]),
    ...['--import', 'tsx', path.join('lib', 'edge', 'serve.ts')],
    ...(dev ? ['--dev'] : []),
  ]
  const web = keep(house, 'web', webArgs, webEnv, say)
  const stop = async () => {
    await web.stop()
    await worker.stop()
  }
  const failed = Promise.race([web.failed, worker.failed])
  failed.catch(() => {})
  try {
    await Promise.race([firstAnswer(house, web.logFile), failed])
    web.hasWorked()
    worker.hasWorked()
  } catch (error) {
    await stop()
    throw error
  }
  return { stop, failed }
}

async function firstAnswer(house: House, logFile: string): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS
  while (Date.now() < deadline) {
    try {
      const answer = await fetch(`http://localhost:${house.port}/`, { signal: AbortSignal.timeout(30_000) })
      if (answer.status < 500) return
    } catch {
      // Not listening yet.
    }
    await wait(50)
  }
  throw new HouseError(
    `The site did not answer in ${READY_WITHIN_MS / 1000} s; log: ${logFile}\n${tailOf(logFile)}`,
  )
}
