/** The browser of the journeys: found where one usually is, installed where that is possible. Built-ins only. */
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { HouseError } from './data-folder.mjs'

/** The one without a desktop first: the same engine, and journeys take two thirds of the time. */
const NAMES = [
  ...['chromium-headless-shell', 'chromium', 'chromium-browser'],
  ...['google-chrome', 'google-chrome-stable', 'chrome'],
]
/** As Debian calls them; not every release has the first. */
const PACKAGES = ['chromium-headless-shell', 'chromium']
const MAC = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** @param {string} program */
function onPath(program) {
  for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
    for (const ending of process.platform === 'win32' ? ['.exe', ''] : ['']) {
      const file = path.join(folder, program + ending)
      if (folder && fs.existsSync(file)) return file
    }
  }
  return null
}

/** @param {string} root @returns {Promise<string | null>} where Playwright keeps the browser it fetched itself */
async function playwrightsOwn(root) {
  const entry = path.join(root, 'node_modules', 'playwright-core', 'index.mjs')
  const { chromium } = await import(pathToFileURL(entry).href)
  const file = chromium.executablePath()
  return file && fs.existsSync(file) ? file : null
}

/** @param {string} root */
async function find(root) {
  for (const file of [...NAMES.map(onPath), ...MAC]) if (file && fs.existsSync(file)) return file
  return playwrightsOwn(root)
}

/** @param {string} command @param {string[]} args @param {string} logFile @param {string} cwd */
function run(command, args, logFile, cwd) {
  const log = fs.openSync(logFile, 'a', 0o600)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const { status } = spawnSync(command, args, { cwd, env, stdio: ['ignore', log, log] })
  fs.closeSync(log)
  return status === 0
}

/**
 * @param {string} root the checkout @param {string} logDir @param {(line: string) => void} report
 * @returns {Promise<string>} path of a Chromium
 */
export async function findOrInstallBrowser(root, logDir, report) {
  const named = process.env.CHROMIUM_PATH
  if (named) {
    if (fs.existsSync(named)) return named
    throw new HouseError(`CHROMIUM_PATH names ${named}, and there is no such file.`)
  }
  const found = await find(root)
  if (found) return found
  const logFile = path.join(logDir, 'browser.log')
  if (process.getuid?.() === 0 && onPath('apt-get')) {
    report('browser: installing Chromium with apt-get …')
    const install = ['install', '-y', '--no-install-recommends']
    if (run('apt-get', ['update'], logFile, root))
      for (const name of PACKAGES)
        if (run('apt-get', [...install, name], logFile, root)) {
          const installed = await find(root)
          if (installed) return installed
        }
  }
  report('browser: fetching Chromium with Playwright …')
  run(
    process.execPath,
    [path.join('node_modules', 'playwright', 'cli.js'), 'install', 'chromium'],
    logFile,
    root,
  )
  const fetched = await find(root)
  if (fetched) return fetched
  throw new HouseError(
    `No Chromium was found and none could be installed (log: ${logFile}): install one and set CHROMIUM_PATH.`,
  )
}
