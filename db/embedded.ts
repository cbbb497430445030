/**
 * The embedded PostgreSQL server: made, started, adopted and stopped here.
 *
 * A server outlives a launcher that is killed, so every start first looks for one already running on the
 * data folder and takes it over. A data folder is made beside its place and moved there when finished, so a
 * kill while it is being made leaves nothing half-made behind.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import postgres from 'postgres'
import {
  type Account,
  EmbeddedDatabaseError,
  makeTraversable,
  postgresHome,
  reachableDataDir,
  refuseForeignFolder,
  refuseOtherMajor,
  serverAccount,
} from './embedded-binaries'
import { EMBEDDED_RUNNING_ROLE, ensureRunningRole } from './roles'

export { EmbeddedDatabaseError }

/** The owner of every embedded database. */
export const EMBEDDED_OWNER = 'greenlit'
/** The database the site uses. */
export const EMBEDDED_DATABASE = 'greenlit'
/** Tried first; another free port is taken when it is in use. */
export const USUAL_DATABASE_PORT = 54_320

const SETTING_UP_LOCK = 7_242_604
const READY_WITHIN_MS = 60_000
const STOPPED_WITHIN_MS = 30_000

/** How to start an embedded server. */
export type EmbeddedOptions = {
  /** Absolute path of the folder that holds, or will hold, the database's files. */
  dataDir: string
  /** Password of the owner; it must stay the same for the life of the data folder. */
  password: string
  /** Password of the role site and worker run as; it is made where it is missing. Without one there is only the owner. */
  runningPassword?: string
  /** Wanted port on 127.0.0.1; another free one is taken when it is in use. */
  port?: number
  /** File that receives the server's log; beside the data folder by default. */
  logFile?: string
  /** Further server settings, for example `{ fsync: 'off' }` for tests. */
  settings?: Record<string, string>
}

/** A running embedded server. */
export type EmbeddedServer = {
  /** Connection URL of the site's database as its owner, with password. */
  url: string
  /** The same as the role site and worker run as, which owns nothing; the owner's where no such role was asked for. */
  runningUrl: string
  /** Port on 127.0.0.1. */
  port: number
  /** Process id of the server. */
  pid: number
  /** True when the server was already running and was taken over. */
  adopted: boolean
  /** Where the files are: the wanted folder, or a reachable one when root cannot lend it. */
  dataDir: string
  /** Ends open connections, writes everything out and waits for the server to be gone. Safe to call twice. */
  stop(): Promise<void>
}

/**
 * Starts the server on a data folder, making the folder if there is none, or takes over the server already
 * running on it; makes sure the site's database exists.
 * @throws EmbeddedDatabaseError with one sentence for a person: disk full, folder of somebody else, wrong
 * password, platform not supported.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const account = serverAccount()
  const dataDir = reachableDataDir(account, path.resolve(options.dataDir))
  refuseForeignFolder(dataDir, account)
  let running = await findRunning(dataDir)
  const adopted = running !== null
  if (!running) {
    const home = postgresHome(account)
    refuseOtherMajor(dataDir, home, account)
    await makeDataDir(home, dataDir, account, options.password)
    running = await launch(home, dataDir, account, options)
  }
  const { pid, port } = running
  try {
    await ensureDatabase(port, options, dataDir)
  } catch (error) {
    if (!adopted) await stopServer(pid, dataDir)
    throw error
  }
  return {
    url: databaseUrl(port, options.password, EMBEDDED_DATABASE),
    runningUrl: options.runningPassword
      ? databaseUrl(port, options.runningPassword, EMBEDDED_DATABASE, EMBEDDED_RUNNING_ROLE)
      : databaseUrl(port, options.password, EMBEDDED_DATABASE),
    port,
    pid,
    adopted,
    dataDir,
    stop: () => stopServer(pid, dataDir),
  }
}

/** True when a database was made in, or for, this folder. */
export function holdsDatabase(wantedDataDir: string): boolean {
  return fs.existsSync(path.join(placeOf(wantedDataDir), 'PG_VERSION'))
}

/** Where the files of a wanted folder are, without making any. */
function placeOf(wantedDataDir: string): string {
  const moved = fs.existsSync(`${wantedDataDir}.location.json`)
  return moved ? reachableDataDir(serverAccount(), wantedDataDir) : wantedDataDir
}

/** The connection URL of one database of an embedded server, as its owner unless another role is named. */
export function databaseUrl(
  port: number,
  password: string,
  database: string,
  role: string = EMBEDDED_OWNER,
): string {
  return `postgres://${role}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`
}

/** A port on 127.0.0.1 nobody listens on: the wanted one if it is free, else any. */
export async function freePort(wanted?: number): Promise<number> {
  if (wanted && !(await isListening(wanted))) return wanted
  return new Promise((resolve, reject) => {
    const probe = net.createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as net.AddressInfo
      probe.close(() => resolve(port))
    })
  })
}

/** True when some program already listens on the port, on any address of this machine. */
export async function isListening(port: number): Promise<boolean> {
  for (const host of [undefined, '127.0.0.1']) {
    const taken = await new Promise<boolean>((resolve) => {
      const probe = net.createServer()
      probe.once('error', () => resolve(true))
      probe.listen(port, host, () => probe.close(() => resolve(false)))
    })
    if (taken) return true
  }
  return false
}

type Running = { pid: number; port: number }

/** `postmaster.pid`: line 1 the process, line 4 the port, line 8 the state. */
function readPidFile(dataDir: string): (Running & { state: string }) | null {
  let text: string
  try {
    text = fs.readFileSync(path.join(dataDir, 'postmaster.pid'), 'utf8')
  } catch {
    return null
  }
  const lines = text.split('\n')
  const pid = Number(lines[0])
  return pid > 0 ? { pid, port: Number(lines[3]), state: (lines[7] ?? '').trim() } : null
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** A process id may have been given to another program since; only a server on this very folder counts. */
function isServerOf(pid: number, dataDir: string): boolean {
  if (!isAlive(pid)) return false
  try {
    const command = fs.existsSync(`/proc/${pid}/cmdline`)
      ? fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
      : process.platform === 'win32'
        ? `postgres -D ${dataDir} `
        : execFileSync('ps', ['-ww', '-p', String(pid), '-o', 'command='], { encoding: 'utf8' })
    return command.includes('postgres') && command.includes(` -D ${dataDir} `)
  } catch {
    return false
  }
}

async function findRunning(dataDir: string): Promise<Running | null> {
  const deadline = Date.now() + READY_WITHIN_MS
  for (let found = readPidFile(dataDir); found; found = readPidFile(dataDir)) {
    if (!isServerOf(found.pid, dataDir)) {
      // Left by a crash. When the number now belongs to another program the server would refuse to start
      // over it; otherwise the server itself checks the file, and its shared memory, better than we could.
      if (isAlive(found.pid)) fs.rmSync(path.join(dataDir, 'postmaster.pid'), { force: true })
      return null
    }
    if (found.state === 'ready') return { pid: found.pid, port: found.port }
    if (Date.now() > deadline) break
    await wait(25)
  }
  if (readPidFile(dataDir)) {
    throw new EmbeddedDatabaseError(
      `A PostgreSQL is running on ${dataDir} but did not get ready in ${READY_WITHIN_MS / 1000} seconds: see its log.`,
    )
  }
  return null
}

function explain(output: string, otherwise: string): EmbeddedDatabaseError {
  if (/No space left on device|ENOSPC|Disk quota exceeded|wrote only \d+ of \d+ bytes/i.test(output)) {
    return new EmbeddedDatabaseError('The disk is full: free some space and start again; nothing was lost.')
  }
  return new EmbeddedDatabaseError(otherwise)
}

async function makeDataDir(home: string, dataDir: string, account: Account, password: string) {
  if (fs.existsSync(path.join(dataDir, 'PG_VERSION'))) return
  const parent = path.dirname(dataDir)
  const prefix = `${path.basename(dataDir)}.making-`
  makeTraversable(parent)
  for (const name of fs.readdirSync(parent)) {
    if (name.startsWith(prefix)) {
      fs.rmSync(path.join(parent, name), { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
    }
  }
  const half = fs.mkdtempSync(path.join(parent, prefix))
  const cluster = path.join(half, 'data')
  const passwordFile = path.join(half, 'password')
  try {
    fs.mkdirSync(cluster, { mode: 0o700 })
    fs.writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
    if (account)
      for (const file of [half, cluster, passwordFile]) fs.chownSync(file, account.uid, account.gid)
    const made = spawnSync(
      path.join(home, 'bin', 'initdb'),
      [
        ...['-D', cluster, '-U', EMBEDDED_OWNER, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'],
        // The built-in locale sorts and folds case alike on every machine, whatever locales it has.
        ...['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'],
      ],
      {
        uid: account?.uid,
        gid: account?.gid,
        cwd: half,
        encoding: 'utf8',
        env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
      },
    )
    if (made.status !== 0) {
      const output = `${made.error?.message ?? ''}\n${made.stderr ?? ''}`
      const reason = output.split('\n').find((line) => /error|fatal|denied/i.test(line)) ?? output.trim()
      throw explain(output, `The database folder ${dataDir} could not be made: ${reason.trim()}`)
    }
    // An empty folder in the place is fine; anything else in it would have to be somebody's data.
    if (fs.existsSync(dataDir)) fs.rmdirSync(dataDir)
    fs.renameSync(cluster, dataDir)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ENOTEMPTY') {
      throw new EmbeddedDatabaseError(
        `The folder ${dataDir} holds files but no database: move them away and start again.`,
      )
    }
    throw error instanceof EmbeddedDatabaseError
      ? error
      : explain(`${code}`, `The database folder ${dataDir} could not be made: ${message}`)
  } finally {
    fs.rmSync(half, { recursive: true, force: true })
  }
}

async function launch(home: string, dataDir: string, account: Account, options: EmbeddedOptions) {
  const logFile = options.logFile ?? `${dataDir}.log`
  let wanted: number | undefined = options.port ?? USUAL_DATABASE_PORT
  for (let attempt = 1; ; attempt++) {
    const port = await freePort(wanted)
    const before = fs.existsSync(logFile) ? fs.statSync(logFile).size : 0
    const log = fs.openSync(logFile, 'a', 0o600)
    const settings = {
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      timezone: 'UTC',
      log_timezone: 'UTC',
      jit: 'off',
      ...options.settings,
    }
    // Its own process group: a Ctrl-C must reach the site first and the database last.
    const child = spawn(
      path.join(home, 'bin', 'postgres'),
      [
        ...['-D', dataDir, '-p', String(port)],
        ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
      ],
      {
        uid: account?.uid,
        gid: account?.gid,
        cwd: path.parse(dataDir).root,
        detached: true,
        stdio: ['ignore', log, log],
        env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
      },
    )
    fs.closeSync(log)
    let ended: string | null = null
    child.once('error', (error) => {
      ended = error.message
    })
    child.once('exit', (code, signal) => {
      ended = `ended with ${signal ?? code}`
    })
    child.unref()
    const deadline = Date.now() + READY_WITHIN_MS
    while (ended === null && Date.now() < deadline) {
      const found = readPidFile(dataDir)
      if (found && found.pid === child.pid && found.state === 'ready') return { pid: found.pid, port }
      await wait(20)
    }
    const output = tailFrom(logFile, before)
    // A port taken between asking and listening, or last traces of a killed server still going away.
    if (attempt < 5 && /could not bind|Address already in use|pre-existing shared memory/i.test(output)) {
      if (!/shared memory/i.test(output)) wanted = undefined
      await wait(200 * attempt)
      continue
    }
    if (ended === null && child.pid) process.kill(child.pid, 'SIGINT')
    const reason =
      output.split('\n').find((line) => line.includes('FATAL')) ?? ended ?? 'it did not get ready'
    throw explain(output, `PostgreSQL did not start: ${reason.trim()} (log: ${logFile}).`)
  }
}

function tailFrom(file: string, offset: number): string {
  try {
    return fs.readFileSync(file).subarray(offset).toString('utf8').slice(-20_000)
  } catch {
    return ''
  }
}

async function ensureDatabase(port: number, { password, runningPassword }: EmbeddedOptions, dataDir: string) {
  const sql = postgres(databaseUrl(port, password, 'postgres'), {
    max: 1,
    connect_timeout: 10,
    onnotice: () => {},
  })
  try {
    // One start, or command, at a time; the lock goes with the session.
    await sql`select pg_advisory_lock(${SETTING_UP_LOCK})`
    const there = await sql`select 1 from pg_database where datname = ${EMBEDDED_DATABASE}`
    if (there.length === 0) await sql`create database ${sql(EMBEDDED_DATABASE)}`
    if (!runningPassword) return
    await ensureRunningRole(sql, EMBEDDED_RUNNING_ROLE, runningPassword)
    // Temporary tables are tables, too: only who may make any may make those.
    await sql`revoke temporary on database ${sql(EMBEDDED_DATABASE)} from public`
  } catch (error) {
    const { code, message } = error as Error & { code?: string }
    throw code === '28P01'
      ? new EmbeddedDatabaseError(
          `The saved database password does not open the data in ${dataDir}: put the secrets file that was made with it back.`,
        )
      : explain(message, `The database in ${dataDir} does not answer: ${message}`)
  } finally {
    await sql.end({ timeout: 2 })
  }
}

async function stopServer(pid: number, dataDir: string): Promise<void> {
  if (!isServerOf(pid, dataDir)) return
  // SIGINT is PostgreSQL's "fast" shutdown: sessions are ended, everything is written out.
  process.kill(pid, 'SIGINT')
  const deadline = Date.now() + STOPPED_WITHIN_MS
  while (isServerOf(pid, dataDir)) {
    if (Date.now() > deadline) {
      throw new EmbeddedDatabaseError(
        `PostgreSQL (process ${pid}) did not stop in ${STOPPED_WITHIN_MS / 1000} s.`,
      )
    }
    await wait(20)
  }
}

/** Stops the server running on a data folder, if any, and deletes the folder. For databases nobody will miss. */
export async function removeEmbedded(wantedDataDir: string): Promise<void> {
  const dataDir = placeOf(wantedDataDir)
  const found = readPidFile(dataDir)
  if (found) await stopServer(found.pid, dataDir)
  fs.rmSync(dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
}
