/**
 * Processes that must not outlive their purpose: each is started in a group of its own, with its output in a
 * file, and written down, so that a later start can end it even when this one was killed. Built-ins only.
 */
import { execFileSync, spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { keepSmall, rotate } from './rotate.mjs'

/**
 * What tells a process from a later one with the same number; null when there is none (or only its remains).
 * @param {number} pid
 * @returns {string | null}
 */
export function identityOf(pid) {
  try {
    if (process.platform === 'linux') {
      const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8')
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      if (fields[0] === 'Z' || fields[0] === 'X') return null
      const boot = fs.readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
      return `${boot}:${fields[19]}`
    }
    if (process.platform === 'win32') {
      process.kill(pid, 0)
      return 'alive'
    }
    return execFileSync('ps', ['-p', String(pid), '-o', 'lstart='], { encoding: 'utf8' }).trim() || null
  } catch {
    return null
  }
}

/**
 * @typedef {{ pid: number, identity: string | null }} Recorded
 */

/** @param {Recorded | null} recorded */
export function isRunning(recorded) {
  return recorded?.identity != null && identityOf(recorded.pid) === recorded.identity
}

/** @param {string} file @returns {any} the file's JSON, or null when it is absent or unreadable */
export function readJson(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

/**
 * Replaces a file whole: a kill leaves the old or the new content, never half.
 * @param {string} file @param {unknown} content @param {number} [mode]
 */
export function writeJson(file, content, mode = 0o644) {
  const half = `${file}.${process.pid}`
  const handle = fs.openSync(half, 'w', mode)
  fs.writeSync(handle, `${JSON.stringify(content, null, 2)}\n`)
  fs.fsyncSync(handle)
  fs.closeSync(handle)
  fs.renameSync(half, file)
}

/**
 * @typedef {object} Start
 * @property {string} name what it is called in pid and log files
 * @property {string} pidDir @property {string} logDir @property {string} cwd
 * @property {string} command @property {string[]} args
 * @property {NodeJS.ProcessEnv} [env]
 * @property {boolean} [ipc] opens a message channel; the child learns of our death when it closes
 */

/**
 * Starts a process in its own group (a Ctrl-C in the terminal reaches only us; we end it in order).
 * @param {Start} start
 * @returns {{ child: import('node:child_process').ChildProcess, logFile: string, ended: Promise<{ code: number | null, signal: string | null }> }}
 */
export function startRecorded({ name, pidDir, logDir, cwd, command, args, env, ipc }) {
  fs.mkdirSync(pidDir, { recursive: true })
  fs.mkdirSync(logDir, { recursive: true, mode: 0o700 })
  const logFile = path.join(logDir, `${name}.log`)
  rotate(logFile)
  const log = fs.openSync(logFile, 'a', 0o600)
  fs.writeSync(log, `\n--- ${new Date().toISOString()} ${name}\n`)
  // A file, not a pipe: the process must be able to speak after we are gone.
  const child = spawn(command, args, {
    cwd,
    env: env ?? process.env,
    detached: process.platform !== 'win32',
    stdio: ['ignore', log, log, ...(ipc ? /** @type {const} */ (['ipc']) : [])],
  })
  fs.closeSync(log)
  const leaveLog = keepSmall(logFile)
  const pidFile = path.join(pidDir, `${name}.json`)
  if (child.pid) writeJson(pidFile, { pid: child.pid, identity: identityOf(child.pid) })
  const ended = new Promise((resolve) => {
    child.once('error', (error) => {
      fs.appendFileSync(logFile, `${error.message}\n`)
      resolve({ code: 127, signal: null })
    })
    child.once('exit', (code, signal) => resolve({ code, signal }))
  })
  ended.then(() => {
    leaveLog()
    if (readJson(pidFile)?.pid === child.pid) fs.rmSync(pidFile, { force: true })
  })
  return { child, logFile, ended }
}

/** @param {number} pid @param {NodeJS.Signals} signal to the whole group where there are groups */
function signalGroup(pid, signal) {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal)
  } catch {
    // Already gone.
  }
}

/**
 * Asks a recorded process to end, waits, and insists when it does not.
 * @param {Recorded} recorded @param {number} graceMs
 */
export async function endProcess(recorded, graceMs) {
  if (!isRunning(recorded)) return
  signalGroup(recorded.pid, 'SIGTERM')
  const deadline = Date.now() + graceMs
  while (isRunning(recorded) && Date.now() < deadline) await wait(20)
  // Also for what the process may have left in its group.
  signalGroup(recorded.pid, 'SIGKILL')
  while (isRunning(recorded)) await wait(20)
}

/**
 * Ends every process written down in a folder, `first` before the others, and removes the notes.
 * @param {string} pidDir @param {{ graceMs?: number, first?: string[] }} [options]
 * @returns {Promise<string[]>} the names of those that were still running
 */
export async function endRecorded(pidDir, { graceMs = 10_000, first = [] } = {}) {
  const files = fs.existsSync(pidDir) ? fs.readdirSync(pidDir).filter((name) => name.endsWith('.json')) : []
  const rank = (/** @type {string} */ file) => first.indexOf(file.slice(0, -5)) + 1 || 99
  const ended = []
  for (const file of files.sort((a, b) => rank(a) - rank(b))) {
    const recorded = readJson(path.join(pidDir, file))
    if (isRunning(recorded)) {
      ended.push(file.slice(0, -5))
      await endProcess(recorded, graceMs)
    }
    fs.rmSync(path.join(pidDir, file), { force: true })
  }
  return ended
}

/** @param {string} file @param {number} [lines] @returns {string} the last lines of a log, of its latest run */
export function tailOf(file, lines = 40) {
  try {
    const run = fs.readFileSync(file, 'utf8').split(/^--- /m).pop() ?? ''
    return run.trimEnd().split('\n').slice(1).slice(-lines).join('\n')
  } catch {
    return ''
  }
}

/**
 * npm does not pass a SIGTERM on to what it runs; when the shell npm started us from is gone, so was the wish
 * to run. The same for a command run by hand is left to its signals.
 * @param {() => void} callback called once, when that happens
 */
export function whenAbandoned(callback) {
  if (!process.env.npm_lifecycle_event) return
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    callback()
  }, 250)
  timer.unref()
}
