/** The part of `npm test` that runs before any package is there; then over to test-house.ts. */
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { openDataFolder, sentence, takeHouse } from './data-folder.mjs'
import { ensureDependencies } from './dependencies.mjs'
import { endRecorded, whenAbandoned } from './processes.mjs'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')

const USAGE = `npm test                       style and types, then every test, then the browser journeys
npm test -- --unit             ends after the tests that need no browser
npm test -- --journeys [FILE]  only the browser journeys
environment                    CHROMIUM_PATH`

/** @param {string[]} args */
export async function main(args) {
  if (args.includes('--help')) {
    console.log(USAGE)
    return
  }
  const unknown = args.find((arg) => arg.startsWith('-') && !['--unit', '--journeys'].includes(arg))
  if (unknown) {
    console.error(`Unknown option ${unknown}; npm test knows --unit, --journeys and --help.`)
    process.exitCode = 1
    return
  }
  /** @type {(() => void) | undefined} */
  let leave
  /** @type {import('./data-folder.mjs').Places | undefined} */
  let places
  const early = async (/** @type {NodeJS.Signals} */ signal) => {
    if (places) await endRecorded(places.pids, { graceMs: 3000 })
    leave?.()
    process.exit(signal === 'SIGINT' ? 130 : 143)
  }
  const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])
  for (const signal of signals) process.on(signal, early)
  whenAbandoned(() => process.emit('SIGTERM', 'SIGTERM'))
  try {
    openDataFolder(path.join(root, '.greenlit'))
    places = openDataFolder(path.join(root, '.greenlit', 'test'))
    leave = takeHouse(places).leave
    await endRecorded(places.pids, { first: ['web', 'worker'] })
    await ensureDependencies(root, { pidDir: places.pids, logDir: places.logs }, console.log, { tools: true })
    const { register } = await import('tsx/esm/api')
    register()
    const { runTests } = await import('./test-house.ts')
    for (const signal of signals) process.off(signal, early)
    await runTests({
      root,
      places,
      leave,
      unitOnly: args.includes('--unit'),
      journeysOnly: args.includes('--journeys'),
      files: args.filter((arg) => !arg.startsWith('-')),
    })
  } catch (error) {
    leave?.()
    console.error(sentence(error))
    process.exit(1)
  }
}
