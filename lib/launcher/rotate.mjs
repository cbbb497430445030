/**
 * Log files that stay small while processes write to them. A process holds its log open and must be able to speak after
 * the launcher is gone, so the file cannot be renamed away under it: its content is copied to a file beside it and cut
 * off. That is safe because every log is opened for appending, so the next line lands at the new end. Built-ins only.
 */
import fs from 'node:fs'

/** Size at which a log is turned over, in bytes; one may grow beyond it until it is looked at again. */
export const LOG_BYTES_MAX = 5_000_000
/** Turned-over logs that are kept: `web.log.1` is the newest, `web.log.5` the oldest. */
export const LOGS_KEPT = 5
const LOOKED_AT_EVERY_MS = 2_000
const COPIED_AT_ONCE = 1_000_000

/** Copies a log to `copy` and empties it; what is written meanwhile is copied too, up to the moment it is emptied. */
function moveContent(/** @type {string} */ file, /** @type {string} */ copy) {
  const from = fs.openSync(file, 'r+')
  const to = fs.openSync(copy, 'w', 0o600)
  try {
    const part = Buffer.allocUnsafe(COPIED_AT_ONCE)
    for (let at = 0; ; ) {
      const read = fs.readSync(from, part, 0, part.length, at)
      if (read === 0) break
      fs.writeSync(to, part, 0, read)
      at += read
    }
    fs.ftruncateSync(from)
  } finally {
    fs.closeSync(from)
    fs.closeSync(to)
  }
}

/**
 * Turns a log over where it has grown too large: its content becomes `FILE.1`, older ones move on by one, and the
 * oldest goes. A line that is written in the instant between the last look and the cut (some microseconds) is lost.
 * @param {string} file
 * @param {{ bytesMax?: number, kept?: number }} [options]
 * @returns {boolean} whether it was turned over
 */
export function rotate(file, { bytesMax = LOG_BYTES_MAX, kept = LOGS_KEPT } = {}) {
  if (!fs.existsSync(file) || fs.statSync(file).size <= bytesMax) return false
  for (let n = kept - 1; n >= 1; n--) {
    if (fs.existsSync(`${file}.${n}`)) fs.renameSync(`${file}.${n}`, `${file}.${n + 1}`)
  }
  moveContent(file, `${file}.1`)
  return true
}

/**
 * Looks after a log until the returned function is called; does not keep this process alive.
 * @param {string} file
 * @param {{ bytesMax?: number, kept?: number, everyMs?: number }} [options]
 * @returns {() => void}
 */
export function keepSmall(file, { everyMs = LOOKED_AT_EVERY_MS, ...options } = {}) {
  const timer = setInterval(() => {
    try {
      rotate(file, options)
    } catch {
      // A full disk, most likely: the log goes on growing, and the next look tries again.
    }
  }, everyMs)
  timer.unref()
  return () => clearInterval(timer)
}
