/** The part of `npm start` that runs before any package is there: folder, claim, packages; then over to house.ts. */
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { openDataFolder, sentence, takeHouse } from './data-folder.mjs'
import { ensureDependencies } from './dependencies.mjs'
import { endProcess, endRecorded, identityOf, whenAbandoned } from './processes.mjs'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')

const USAGE = `npm start             install, start the database, migrate, load, build and serve on http://localhost:3000
npm run dev           the same with next dev
environment, or .env  PORT, DATABASE_URL, GREENLIT_URL, GREENLIT_HOST (0.0.0.0 to serve other machines), GREENLIT_DATA`

/** @param {string[]} args */
export async function main(args) {
  if (args.includes('--help')) {
    console.log(USAGE)
    return
  }
  const unknown = args.find((arg) => arg !== '--dev')
  if (unknown) {
    console.error(`Unknown option ${unknown}; npm start knows --dev and --help.`)
    process.exitCode = 1
    return
  }
  /** @type {(() => void) | undefined} */
  let leave
  /** @type {number | undefined} */
  let installing
  const early = async (/** @type {NodeJS.Signals} */ signal) => {
    if (installing) await endProcess({ pid: installing, identity: identityOf(installing) }, 3000)
    leave?.()
    process.exit(signal === 'SIGINT' ? 130 : 143)
  }
  const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])
  for (const signal of signals) process.on(signal, early)
  whenAbandoned(() => process.emit('SIGTERM', 'SIGTERM'))
  try {
    // The site would read these files by itself, the worker and the database would not.
    for (const name of ['.env.local', '.env']) {
      const file = path.join(root, name)
      if (fs.existsSync(file)) process.loadEnvFile(file)
    }
    const places = openDataFolder(path.resolve(root, process.env.GREENLIT_DATA ?? '.greenlit'))
    const house = takeHouse(places)
    leave = house.leave
    const say = (/** @type {string} */ line) => console.log(`  ${line}`)
    const left = await endRecorded(places.pids, { first: ['web', 'worker'] })
    if (left.length > 0) say(`ended what an earlier start left running: ${left.join(', ')}`)
    const upkeep = {
      pidDir: places.pids,
      logDir: places.logs,
      onChild: (/** @type {import('node:child_process').ChildProcess} */ child) => {
        installing = child.pid
      },
    }
    await ensureDependencies(root, upkeep, say, { tools: false })
    for (const signal of signals) process.off(signal, early)
    const { register } = await import('tsx/esm/api')
    register()
    const { runHouse } = await import('./house.ts')
    await runHouse({ root, places, house, dev: args.includes('--dev'), say })
  } catch (error) {
    leave?.()
    console.error(sentence(error))
    process.exit(1)
  }
}
