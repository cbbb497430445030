/**
 * The start drill: `npm start`'s launcher is killed outright at random moments, from the first second of a
 * fresh start to a site that is serving, and every kill is followed by a plain start. Each time every row
 * that was confirmed before must be there, the site must answer, and a stop must leave no process behind.
 * Every fourth kill takes database, worker and site with it, as a power cut would.
 *
 * By hand: node --import tsx tests/faults/kill-start.ts 20 [seed]
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import postgres from 'postgres'
import { databaseUrl, removeEmbedded } from '../../db/embedded'
import { seeded } from '../../lib/shared/random'
import { writeSmallStarter } from '../support/small-starter'
import { processesOf, temporaryFolder } from '../support/sweep'

const checkout = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')
const START_WITHIN_MS = 900_000
const STOP_WITHIN_MS = 60_000

/** What one round saw. */
export type Round = {
  /** Whether the round began with no data and no build. */
  fresh: boolean
  /** Milliseconds from start to kill. */
  killedAfterMs: number
  /** The last thing the launcher had said. */
  during: string
  everythingKilled: boolean
  /** Milliseconds the plain start after the kill took to a served page. */
  startedInMs: number
  /** Rows confirmed before the plain start, all of which were found after it. */
  confirmed: number
}

/** @param part of how many shows one is kept; a test run loads a part of the starter, a drill by hand the whole */
function copyCheckout(part: number): string {
  const copy = temporaryFolder('start')
  const left = new Set(['node_modules', '.git', '.next', '.next-test', '.greenlit', 'test-results'])
  for (const name of fs.readdirSync(checkout)) {
    if (!left.has(name)) fs.cpSync(path.join(checkout, name), path.join(copy, name), { recursive: true })
  }
  if (part > 1) writeSmallStarter(path.join(copy, 'db', 'starter'), (_, place) => place % part === 0)
  const [from, to] = [path.join(checkout, 'node_modules'), path.join(copy, 'node_modules')]
  try {
    // Hard links where the file system has them: seconds and gigabytes less.
    execFileSync('cp', ['-al', from, to], { stdio: 'ignore' })
  } catch {
    fs.rmSync(to, { recursive: true, force: true })
    fs.cpSync(from, to, { recursive: true, verbatimSymlinks: true })
  }
  return copy
}

class Start {
  readonly startedAt = Date.now()
  output = ''
  servedAfterMs: number | undefined
  readonly child: ChildProcess
  readonly ended: Promise<void>
  private over = false

  constructor(folder: string) {
    const { DATABASE_URL, AUTH_SECRET, AUTH_URL, GREENLIT_URL, GREENLIT_DATA, EMAIL_SERVER, ...env } =
      process.env
    this.child = spawn(process.execPath, ['lib/launcher/up.mjs'], {
      cwd: folder,
      env: { ...env, PORT: undefined, npm_lifecycle_event: undefined } as unknown as NodeJS.ProcessEnv,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const hear = (text: Buffer) => {
      this.output += text
      if (this.output.includes('Greenlit is at')) this.servedAfterMs ??= Date.now() - this.startedAt
    }
    this.child.stdout?.on('data', hear)
    this.child.stderr?.on('data', hear)
    this.ended = new Promise((resolve) => {
      this.child.once('exit', () => {
        this.over = true
        resolve()
      })
    })
  }

  /** The site's address once it serves. */
  async served(): Promise<string> {
    while (Date.now() - this.startedAt < START_WITHIN_MS) {
      const url = this.output.match(/Greenlit is at (\S+)/)?.[1]
      if (url) return url
      if (this.over) throw new Error(`The start ended by itself:\n${this.output}`)
      await wait(50)
    }
    throw new Error(`No served page in ${START_WITHIN_MS / 1000} s:\n${this.output}`)
  }

  lastWord(): string {
    const lines = this.output.trim().split('\n')
    return (
      lines
        .at(-1)
        ?.trim()
        .replace(/^Greenlit is at .*/, 'serving') || 'nothing said yet'
    )
  }

  async stop(): Promise<void> {
    this.child.kill('SIGTERM')
    await Promise.race([this.ended, wait(STOP_WITHIN_MS, undefined, { ref: false })])
    if (!this.over) throw new Error(`The house did not stop in ${STOP_WITHIN_MS / 1000} s:\n${this.output}`)
  }
}

/** Connects to the house's database as soon, and as long, as there is one. */
async function withDatabase<T>(folder: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T | null> {
  let sql: postgres.Sql | undefined
  try {
    const data = path.join(folder, '.greenlit')
    const port = Number(fs.readFileSync(path.join(data, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[3])
    const { databasePassword } = JSON.parse(fs.readFileSync(path.join(data, 'secrets.json'), 'utf8'))
    sql = postgres(databaseUrl(port, databasePassword, 'greenlit'), {
      max: 1,
      connect_timeout: 2,
      onnotice: () => {},
    })
    return await work(sql)
  } catch {
    return null
  } finally {
    await sql?.end({ timeout: 1 }).catch(() => {})
  }
}

/** Writes one row at a time until told to stop; `confirmed` holds those the database has promised to keep. */
function writeRows(folder: string, confirmed: Set<string>) {
  let going = true
  const writing = (async () => {
    while (going) {
      const row = crypto.randomUUID()
      const kept = await withDatabase(folder, async (sql) => {
        await sql`create schema if not exists kill_drill`
        await sql`create table if not exists kill_drill.row (id uuid primary key)`
        await sql`insert into kill_drill.row values (${row})`
        return true
      })
      if (kept) confirmed.add(row)
      await wait(20)
    }
  })()
  return async () => {
    going = false
    await writing
  }
}

async function missingRows(folder: string, confirmed: Set<string>): Promise<string[]> {
  const found = await withDatabase(folder, (sql) => sql<{ id: string }[]>`select id from kill_drill.row`)
  const ids = new Set((found ?? []).map(({ id }) => id))
  return [...confirmed].filter((id) => !ids.has(id))
}

/**
 * Runs the drill in a copy of the checkout, with every show of the starter or one of so many (`part`).
 * @throws when a start fails, a confirmed row is gone, or a stop leaves a process behind
 */
export async function killRounds(
  rounds: number,
  seed: number,
  report: (line: string) => void,
  part = 1,
): Promise<Round[]> {
  const random = seeded(seed)
  const folder = copyCheckout(part)
  const data = path.join(folder, '.greenlit', 'postgres')
  const confirmed = new Set<string>()
  const seen: Round[] = []
  // How long the two kinds of start take, learnt on the way: kills are spread over all of it and a little more.
  let freshMs = 30_000
  let againMs = 5_000
  let start: Start | undefined
  try {
    for (let round = 0; round < rounds; round++) {
      const fresh = round % 3 === 0
      if (fresh) {
        await removeEmbedded(data)
        for (const name of ['.greenlit', '.next'])
          fs.rmSync(path.join(folder, name), { recursive: true, force: true })
        confirmed.clear()
      }
      start = new Start(folder)
      const stopWriting = writeRows(folder, confirmed)
      await Promise.race([
        wait(random() * ((fresh ? freshMs : againMs) + 2_000), undefined, { ref: false }),
        start.ended,
      ])
      const everythingKilled = round % 4 === 3
      const victims = everythingKilled ? processesOf(folder) : [start.child.pid!]
      for (const pid of victims) {
        try {
          process.kill(pid, 'SIGKILL')
        } catch {
          // Ended by itself a moment ago.
        }
      }
      await start.ended
      const killedAfterMs = Date.now() - start.startedAt
      const during = start.lastWord()
      if (fresh) freshMs = start.servedAfterMs ?? Math.max(freshMs, killedAfterMs)
      await stopWriting()

      start = new Start(folder)
      const url = await start.served()
      const startedInMs = Date.now() - start.startedAt
      if (!fresh) againMs = startedInMs
      const answer = await fetch(url)
      if (answer.status !== 200)
        throw new Error(`The front page answers ${answer.status} after round ${round + 1}.`)
      const missing = await missingRows(folder, confirmed)
      if (missing.length > 0)
        throw new Error(`${missing.length} of ${confirmed.size} confirmed rows are gone.`)
      await start.stop()
      const left = processesOf(folder)
      if (left.length > 0) throw new Error(`The stop left processes behind: ${left.join(', ')}.`)
      start = undefined
      const result = {
        fresh,
        killedAfterMs,
        during,
        everythingKilled,
        startedInMs,
        confirmed: confirmed.size,
      }
      seen.push(result)
      report(
        `round ${round + 1}: ${fresh ? 'fresh' : 'again'}, killed${everythingKilled ? ' with everything' : ''} after ` +
          `${(killedAfterMs / 1000).toFixed(2)} s (${during}), next start ${(startedInMs / 1000).toFixed(1)} s, ` +
          `${confirmed.size} rows kept`,
      )
    }
    return seen
  } finally {
    start?.child.kill('SIGKILL')
    for (const pid of processesOf(folder)) process.kill(pid, 'SIGKILL')
    await removeEmbedded(data)
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const rounds = Number(process.argv[2] ?? 20)
  const seed = Number(process.argv[3] ?? Date.now() % 100_000)
  console.log(`${rounds} rounds, seed ${seed}`)
  killRounds(rounds, seed, console.log).then(
    (seen) => console.log(`${seen.length} kills, ${seen.length} clean starts, nothing confirmed was lost`),
    (error: Error) => {
      console.error(error.message)
      process.exitCode = 1
    },
  )
}
