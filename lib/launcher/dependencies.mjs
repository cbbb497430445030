/**
 * Packages: installed when the lock file or a patch changed, and only then. A site that is only started does without
 * what tests and builders of data need, a quarter of all there is. Built-ins only.
 */
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { HouseError, needSpace } from './data-folder.mjs'
import { readJson, startRecorded, tailOf } from './processes.mjs'

const INSTALL_SPACE_MB = 1000

/** @param {string} root @returns {string} changes when what should be installed changes */
function wanted(root) {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}\n`)
  hash.update(fs.readFileSync(path.join(root, 'package-lock.json')))
  const patches = path.join(root, 'patches')
  for (const name of fs.existsSync(patches) ? fs.readdirSync(patches).sort() : []) {
    if (name.endsWith('.patch')) hash.update(`\n${name}\n`).update(fs.readFileSync(path.join(patches, name)))
  }
  return hash.digest('hex')
}

/** @param {string} root @param {boolean} tools @returns {boolean} true when npm itself already installed what the lock file says */
function installedByHand(root, tools) {
  const installed = readJson(path.join(root, 'node_modules', '.package-lock.json'))?.packages
  const locked = readJson(path.join(root, 'package-lock.json'))?.packages
  if (!installed || !locked) return false
  for (const [place, entry] of Object.entries(locked)) {
    if (place === '' || (!tools && (entry.dev || entry.devOptional))) continue
    const there = installed[place]
    if (there ? there.version !== entry.version : !entry.optional && !entry.peer) return false
  }
  return true
}

/**
 * @typedef {(line: string) => void} Report
 * @typedef {{ pidDir: string, logDir: string, onChild?: (child: import('node:child_process').ChildProcess) => void }} Upkeep
 */

/**
 * Makes node_modules what the lock file and the patches say; does nothing when it already is.
 * @param {string} root @param {Upkeep} upkeep @param {Report} report
 * @param {{ tools: boolean }} needed whether those of tests and builders are needed too
 */
export async function ensureDependencies(root, upkeep, report, { tools }) {
  const stampFile = path.join(root, 'node_modules', '.greenlit-installed')
  const stamp = wanted(root)
  const found = fs.existsSync(stampFile) ? fs.readFileSync(stampFile, 'utf8') : null
  const [has, extent] = found?.split(' ') ?? []
  if (has === stamp && (extent === 'all' || !tools)) return report('packages: unchanged')
  const startedAt = Date.now()
  const step = async (
    /** @type {string} */ what,
    /** @type {string} */ command,
    /** @type {string[]} */ args,
  ) => {
    const run = startRecorded({ name: 'install', ...upkeep, cwd: root, command, args })
    upkeep.onChild?.(run.child)
    const { code } = await run.ended
    if (code === 0) return
    const tail = tailOf(run.logFile, 15)
    throw new HouseError(`${what} failed (full log: ${run.logFile}):\n${tail}`)
  }
  // A stamp that differs means other packages or other patches: patches only apply to untouched files.
  if (found !== null || !installedByHand(root, tools)) {
    needSpace(root, INSTALL_SPACE_MB)
    report('packages: installing, this happens once …')
    const npm = process.env.npm_execpath?.endsWith('.js')
      ? [process.execPath, process.env.npm_execpath]
      : ['npm']
    await step('Installing the packages', npm[0], [
      ...npm.slice(1),
      'ci',
      tools ? '--include=dev' : '--omit=dev',
      '--ignore-scripts',
      '--prefer-offline',
    ])
  }
  if (
    fs.existsSync(path.join(root, 'patches')) &&
    fs.readdirSync(path.join(root, 'patches')).some((name) => name.endsWith('.patch'))
  ) {
    const program = path.join('node_modules', 'patch-package', 'index.js')
    await step('Patching the packages', process.execPath, [program, '--error-on-fail'])
  }
  fs.writeFileSync(stampFile, `${stamp} ${tools ? 'all' : 'site'}`)
  report(`packages: installed in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`)
}
