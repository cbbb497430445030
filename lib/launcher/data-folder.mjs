/** The folder `.greenlit` in the checkout: database, secrets, pid files, logs; and who may run in it. Built-ins only. */
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { identityOf, isRunning, readJson, writeJson } from './processes.mjs'

/** Something a person can put right; its message is one sentence for the terminal. */
export class HouseError extends Error {
  name = 'HouseError'
}

/**
 * @typedef {{ folder: string, postgres: string, pids: string, logs: string }} Places
 */

const DISK_FULL = 'The disk is full: free some space and start again; nothing was lost.'

/** @param {unknown} error @returns {boolean} whether it, or what caused it, was a full disk; 53100 is PostgreSQL's word for it */
function isDiskFull(error) {
  for (let at = /** @type {any} */ (error); at; at = at.cause) {
    if (['ENOSPC', 'EDQUOT', '53100'].includes(at.code)) return true
    if (/ENOSPC|No space left on device/.test(String(at.message))) return true
  }
  return false
}

/** @param {unknown} error @returns {string} what to print: a sentence for what a person can put right, else all there is */
export function sentence(error) {
  if (isDiskFull(error)) return DISK_FULL
  const { name, message, stack } = /** @type {Error} */ (error)
  return name === 'HouseError' || name === 'EmbeddedDatabaseError' ? message : (stack ?? message)
}

/** @param {unknown} error @param {string} otherwise @returns {Error} the error as a sentence, where it is one we know */
function explain(error, otherwise) {
  if (isDiskFull(error)) return new HouseError(DISK_FULL)
  return /** @type {any} */ (error).code ? new HouseError(otherwise) : /** @type {Error} */ (error)
}

/**
 * Makes the data folder where it is missing and makes sure that it is ours and can be written.
 * @param {string} folder @returns {Places}
 */
export function openDataFolder(folder) {
  const me = os.userInfo().username
  const handOver = `start as its owner, or hand it over with: chown -R ${me} ${folder}`
  try {
    fs.mkdirSync(folder, { recursive: true })
    const owner = fs.statSync(folder).uid
    if (process.getuid && owner !== process.getuid()) {
      throw new HouseError(`The data folder ${folder} belongs to user ${owner}, not to ${me}: ${handOver}`)
    }
    // Root lends the database below to another account, which must be able to walk in; what is secret has its own lock.
    fs.chmodSync(folder, 0o755)
    const probe = path.join(folder, `.probe-${process.pid}`)
    fs.writeFileSync(probe, 'x'.repeat(8192))
    fs.rmSync(probe)
    const places = {
      folder,
      postgres: path.join(folder, 'postgres'),
      pids: path.join(folder, 'pids'),
      logs: path.join(folder, 'logs'),
    }
    fs.mkdirSync(places.pids, { recursive: true })
    fs.mkdirSync(places.logs, { recursive: true, mode: 0o700 })
    return places
  } catch (error) {
    if (error instanceof HouseError) throw error
    throw explain(error, `The data folder ${folder} cannot be written by ${me} (${error.code}): ${handOver}`)
  }
}

/** @param {string} folder @param {number} megabytes what the next step will need at most */
export function needSpace(folder, megabytes) {
  const { bavail, bsize } = fs.statfsSync(folder)
  const free = Math.floor((bavail * bsize) / 1_000_000)
  if (free < megabytes) {
    throw new HouseError(
      `The disk is full or nearly so: ${free} MB are free at ${folder} and the next step needs up to ${megabytes} MB.`,
    )
  }
}

/**
 * Claims the checkout for this process; only one start may run in it at a time.
 * @param {Places} places
 * @returns {{ tell(url: string): void, leave(): void }}
 */
export function takeHouse(places) {
  const file = path.join(places.folder, 'house.json')
  const mine = { pid: process.pid, identity: identityOf(process.pid), url: null }
  const draft = `${file}.draft-${process.pid}`
  fs.writeFileSync(draft, JSON.stringify(mine))
  try {
    for (;;) {
      try {
        // A link is made whole or not at all: two starts cannot both succeed.
        fs.linkSync(draft, file)
        break
      } catch (error) {
        if (error.code !== 'EEXIST') throw error
      }
      const other = readJson(file)
      if (isRunning(other)) {
        throw new HouseError(
          other.url
            ? `Greenlit already runs from this folder, at ${other.url} (process ${other.pid}): use that one, or stop it first.`
            : `Greenlit is already starting from this folder (process ${other.pid}): wait for it, or stop it first.`,
        )
      }
      const stale = `${file}.stale-${process.pid}`
      try {
        fs.renameSync(file, stale)
        const moved = readJson(stale)
        if (moved && moved.pid !== other?.pid) fs.linkSync(stale, file) // a faster start's claim: give it back
        fs.rmSync(stale, { force: true })
      } catch (error) {
        if (error.code !== 'ENOENT' && error.code !== 'EEXIST') throw error
      }
    }
  } finally {
    fs.rmSync(draft, { force: true })
  }
  return {
    tell: (url) => writeJson(file, { ...mine, url }),
    leave: () => {
      if (readJson(file)?.pid === process.pid) fs.rmSync(file, { force: true })
    },
  }
}

/**
 * @typedef {{ authSecret: string, databasePassword: string, runningPassword: string }} Secrets
 */

/**
 * The installation's own secrets, made once, readable by its owner only.
 * @param {string} folder @returns {Secrets}
 */
export function secretsIn(folder) {
  const file = path.join(folder, 'secrets.json')
  const kept = readJson(file)
  if (kept === null && fs.existsSync(file)) {
    throw new HouseError(
      `The file ${file} cannot be read: restore it; without its password the database stays shut.`,
    )
  }
  const secret = () => randomBytes(32).toString('base64url')
  const secrets = {
    authSecret: secret(),
    databasePassword: secret(),
    runningPassword: secret(),
    ...kept,
  }
  if (JSON.stringify(secrets) !== JSON.stringify(kept)) writeJson(file, secrets, 0o600)
  return secrets
}
