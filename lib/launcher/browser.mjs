/** The browser of the journeys: found where one usually is, installed where that is possible. Built-ins only. */
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { HouseError } from './data-folder.mjs'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']
/** The same engine without a desktop: it shows no notifications, and takes two thirds of the time for the rest. */
const SHELL = 'chromium-headless-shell'
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

/** @param {string} command @param {string[]} args @param {string} logFile @param {string} cwd @returns {Promise<boolean>} */
function run(command, args, logFile, cwd) {
  const log = fs.openSync(logFile, 'a', 0o600)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', log, log] })
  fs.closeSync(log)
  return new Promise((done) => {
    child.once('error', () => done(false))
    child.once('exit', (status) => done(status === 0))
  })
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
    const install = (/** @type {string[]} */ ...names) =>
      run('apt-get', ['install', '-y', '--no-install-recommends', ...names], logFile, root)
    // Not every release has the shell.
    const listed = await run('apt-get', ['update'], logFile, root)
    if (listed && ((await install('chromium', SHELL)) || (await install('chromium')))) {
      const installed = await find(root)
      if (installed) return installed
    }
  }
  report('browser: fetching Chromium with Playwright …')
  await run(
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

/**
 * The browser for journeys that need no notification.
 * @param {string} browser what {@link findOrInstallBrowser} gave
 */
export function quickBrowser(browser) {
  return (process.env.CHROMIUM_PATH ? null : onPath(SHELL)) ?? browser
}
