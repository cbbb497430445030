/** `npm test` once the packages are there: style, types, tests, then a whole site on a database of its own for the journeys. */
import { spawn, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { freePort, removeEmbedded, startEmbedded } from '@/db/embedded'
import { migrate } from '@/db/migrate'
import { EMBEDDED_RUNNING_ROLE } from '@/db/roles'
import { findOrInstallBrowser, quickBrowser } from './browser.mjs'
import { type Places, secretsIn, sentence } from './data-folder.mjs'
import { failedJourneys, failedTests } from './failures'
import { endProcess, endRecorded, identityOf, readJson, startRecorded } from './processes.mjs'
import { makeStarterTemplate } from './starter-template'
import {
  buildIfChanged,
  type House,
  loadStarterIfNew,
  type OnStep,
  type Site,
  type Step,
  startSite,
} from './steps'

type Orders = {
  root: string
  places: Places
  leave: () => void
  unitOnly: boolean
  journeysOnly: boolean
  /** Only these test files. */
  files: string[]
}

type Count = { passed: number; failed: number }

const bin = (...parts: string[]) => path.join('node_modules', ...parts)
const TYPEGEN = [bin('next', 'dist', 'bin', 'next'), 'typegen']
const BIOME = [bin('@biomejs', 'biome', 'bin', 'biome'), 'check', '.']
const TSC = [bin('typescript', 'bin', 'tsc'), '--noEmit']
const VITEST = [bin('vitest', 'vitest.mjs'), 'run']
const PLAYWRIGHT = [bin('@playwright', 'test', 'cli.js'), 'test']

/**
 * A server that holds the starter, loaded while others work (`loaded`), and the house around it, on a port of no use
 * yet; `forTests` has the tests use that server too.
 */
async function startHouse(root: string, places: Places, onStep: OnStep) {
  await removeEmbedded(places.postgres)
  const secrets = secretsIn(places.folder)
  const server = await startEmbedded({
    dataDir: places.postgres,
    password: secrets.databasePassword,
    runningPassword: secrets.runningPassword,
    port: await freePort(),
    logFile: path.join(places.logs, 'postgres.log'),
    settings: { max_connections: '200', fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' },
  })
  const house: House = {
    root,
    pids: places.pids,
    logs: places.logs,
    dist: '.next-test',
    databaseUrl: server.runningUrl,
    ownerUrl: server.url,
    url: 'http://localhost',
    port: 0,
    host: '127.0.0.1',
    secrets,
  }
  const { loaded } = await makeStarterTemplate(server.url, async () => {
    await migrate(server.url, EMBEDDED_RUNNING_ROLE)
    await loadStarterIfNew(house, onStep, console.log)
  })
  const forTests = {
    TEST_POSTGRES_PORT: String(server.port),
    TEST_POSTGRES_PASSWORD: secrets.databasePassword,
    TEST_POSTGRES_RUNNING_PASSWORD: secrets.runningPassword,
  }
  return { house, loaded, forTests }
}

/** Runs what was asked for, names what failed, prints the sum of it on the last line and ends the process with its status. */
export async function runTests({
  root,
  places,
  leave,
  unitOnly,
  journeysOnly,
  files,
}: Orders): Promise<void> {
  const total: Count = { passed: 0, failed: 0 }
  const failures: string[] = []
  let running: Step | null = null
  const steps = new Set<Step>()
  let site: Site | undefined
  let stopping: Promise<void> | undefined
  const database = places.postgres

  const stop = () => {
    stopping ??= (async () => {
      await Promise.all([running, ...steps].map((step) => step?.end()))
      await site?.stop()
      await endRecorded(places.pids, { first: ['web', 'worker'] })
      await removeEmbedded(database)
      // Tests that were ended early could not clear up after themselves.
      spawnSync(process.execPath, ['--import', 'tsx', path.join('tests', 'support', 'sweep.ts')], {
        cwd: root,
      })
      leave()
    })()
    return stopping
  }
  const finish = async (status: number) => {
    await stop().catch((error: Error) => console.error(error.message))
    process.exit(status)
  }
  for (const [signal, number] of [
    ['SIGINT', 2],
    ['SIGTERM', 15],
    ['SIGHUP', 1],
  ] as const) {
    process.on(signal, () => void finish(128 + number))
  }

  /** One tool, its output on the terminal, in a process group of its own; true when it succeeded. */
  const run = async (title: string, args: string[], env: Record<string, string> = {}): Promise<boolean> => {
    const startedAt = Date.now()
    console.log(`\n— ${title}`)
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
      detached: process.platform !== 'win32',
    })
    const recorded = { pid: child.pid ?? 0, identity: identityOf(child.pid ?? 0) }
    running = { end: () => endProcess(recorded, 10_000) }
    const code = await new Promise<number>((resolve) => {
      child.once('error', () => resolve(127))
      child.once('exit', (status) => resolve(status ?? 1))
    })
    running = null
    console.log(
      `— ${title}: ${code === 0 ? 'good' : 'failed'}, ${((Date.now() - startedAt) / 1000).toFixed(1)} s`,
    )
    return code === 0
  }
  /** A tool without a count of its own counts only when it fails. */
  const check = async (title: string, args: string[]) => {
    if (await run(title, args)) return
    total.failed += 1
    failures.push(title)
  }
  const add = (good: boolean, { passed, failed }: Count) => {
    total.passed += passed
    total.failed += failed === 0 && !good ? 1 : failed
  }

  try {
    const journeys = !unitOnly && (journeysOnly || files.length === 0)
    // It may have to be installed, and that need not be waited for.
    const browser = journeys ? findOrInstallBrowser(root, places.logs, console.log) : null
    browser?.catch(() => {})
    const onStep = (step: Step) => {
      steps.add(step)
      return () => void steps.delete(step)
    }
    if (!journeysOnly && files.length === 0) {
      await run('route types', TYPEGEN)
      await check('style', BIOME)
      await check('types', TSC)
    }
    // One server and one load of the starter for the tests and for the journeys after them.
    const all = journeys || files.length === 0 ? await startHouse(root, places, onStep) : null
    if (!journeysOnly) {
      const report = path.join(places.folder, 'vitest.json')
      fs.rmSync(report, { force: true })
      const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
      const good = await run('tests', [...VITEST, ...reporters, ...files], all?.forTests)
      const counted = readJson(report)
      add(good, { passed: counted?.numPassedTests ?? 0, failed: counted?.numFailedTests ?? 0 })
      failures.push(...failedTests(counted, root))
    }
    if (browser && all) {
      const chromium = await browser
      console.log(`\n— a site for the journeys (browser: ${chromium})`)
      const ports = {
        site: await freePort(),
        smtp: await freePort(),
        mails: await freePort(),
        push: await freePort(),
      }
      const house = { ...all.house, port: ports.site, url: `http://localhost:${ports.site}` }
      // The journeys' push service and webhooks.
      process.env.GREENLIT_OUTBOUND_ALLOW = `127.0.0.1:${ports.push}`
      process.env.EMAIL_SERVER = `smtp://127.0.0.1:${ports.smtp}`
      // Journeys sign in more often than one client may: each says who it is, as a proxy in front would.
      process.env.TRUSTED_PROXY_HOPS = '1'
      await Promise.all([all.loaded, buildIfChanged(house, onStep, console.log)])
      startRecorded({
        name: 'smtp-sink',
        pidDir: places.pids,
        logDir: places.logs,
        cwd: root,
        command: process.execPath,
        args: [path.join('tests', 'support', 'smtp-sink.mjs'), String(ports.smtp), String(ports.mails)],
      })
      site = await startSite(house, console.log)
      const report = path.join(places.folder, 'playwright.json')
      fs.rmSync(report, { force: true })
      const good = await run('journeys', [...PLAYWRIGHT, ...files], {
        CHROMIUM_PATH: chromium,
        QUICK_CHROMIUM_PATH: quickBrowser(chromium),
        DATABASE_URL: house.databaseUrl,
        GREENLIT_URL: house.url,
        GREENLIT_DIST: house.dist,
        PUSH_PORT: String(ports.push),
        MAILS_URL: `http://127.0.0.1:${ports.mails}`,
        PLAYWRIGHT_JSON_OUTPUT_FILE: report,
      })
      const told = readJson(report)
      const stats = told?.stats
      add(good, { passed: stats?.expected ?? 0, failed: (stats?.unexpected ?? 0) + (stats?.flaky ?? 0) })
      failures.push(...failedJourneys(told))
    }
    await all?.loaded
  } catch (error) {
    if (!stopping) {
      console.error(sentence(error))
      total.failed += 1
    }
  }
  if (stopping) return stopping
  await stop().catch((error: Error) => {
    console.error(error.message)
    total.failed += 1
  })
  // Last of all, for whoever sees only the end of a long log.
  for (const failure of failures) console.log(`\nfailed: ${failure}`)
  console.log(`\n${total.passed} passed, ${total.failed} failed`)
  process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0)
}
