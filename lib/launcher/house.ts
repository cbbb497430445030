/** `npm start` once the packages are there: database, schema, starter, build, worker and site; and the way back down. */
import path from 'node:path'
import { type EmbeddedServer, freePort, isListening, startEmbedded } from '@/db/embedded'
import { migrate } from '@/db/migrate'
import { whyUnreachable, withoutPassword } from '@/db/reach'
import { ownerUrl, runningRoleOf } from '@/db/roles'
import { hasMailbox, MAILBOX_PATH } from '@/lib/mail/mailbox'
import { environmentFaults, fromEnv } from '@/lib/shared/env'
import { HouseError, needSpace, type Places, secretsIn, sentence } from './data-folder.mjs'
import { endRecorded, identityOf } from './processes.mjs'
import { keepSmall } from './rotate.mjs'
import {
  buildIfChanged,
  type House,
  loadStarterIfNew,
  type Say,
  type Site,
  type Step,
  siteEnv,
  startSite,
} from './steps'

const USUAL_PORT = 3000
/** A database that is just starting (a container beside us) gets this long. */
const DATABASE_PATIENCE_MS = 10_000
const DATABASE_CHECK_EVERY_MS = 1000
/** Room for the database and the built site. */
const WORK_SPACE_MB = 300

type Orders = {
  root: string
  places: Places
  house: { tell(url: string): void; leave(): void }
  dev: boolean
  say: Say
}

/** Where the site will listen: PORT exactly, if set; else the usual port, or a free one when that is taken. */
async function choosePort(say: Say): Promise<number> {
  const wanted = fromEnv('PORT')
  if (wanted !== undefined) {
    if (await isListening(wanted)) {
      throw new HouseError(
        `Port ${wanted} (PORT) is taken by another program: choose another or leave PORT unset.`,
      )
    }
    return wanted
  }
  for (let port = USUAL_PORT; port < USUAL_PORT + 20; port++) {
    if (await isListening(port)) continue
    if (port !== USUAL_PORT) say(`port ${USUAL_PORT} is taken by another program, using ${port}`)
    return port
  }
  return freePort()
}

/** Runs the house until it is told to stop; resolves never, the process ends with it. */
export async function runHouse({ root, places, house, dev, say }: Orders): Promise<void> {
  let database: EmbeddedServer | undefined
  let site: Site | undefined
  const steps = new Set<Step>()
  let guard: NodeJS.Timeout | undefined
  let stopping: Promise<void> | undefined

  const stop = () => {
    stopping ??= (async () => {
      clearInterval(guard)
      await Promise.all([...steps].map((step) => step.end()))
      await site?.stop()
      // Whatever was being started when the order came.
      await endRecorded(places.pids, { first: ['web', 'worker'] })
      await database?.stop()
      house.leave()
    })()
    return stopping
  }
  const leave = async (status: number) => {
    try {
      await stop()
    } catch (error) {
      console.error((error as Error).message)
    }
    process.exit(status)
  }
  const onSignal = (signal: NodeJS.Signals) => {
    if (!stopping) say(`stopping (${signal}) …`)
    void leave(signal === 'SIGINT' ? 130 : signal === 'SIGHUP' ? 129 : 143)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal)
  const refuse = async (error: unknown) => {
    if (stopping) return
    console.error(sentence(error))
    await leave(1)
  }
  process.on('uncaughtException', refuse)
  process.on('unhandledRejection', refuse)

  try {
    const startedAt = Date.now()
    const faults = environmentFaults()
    if (faults.length > 0) throw new HouseError(faults.join('\n'))
    const secrets = secretsIn(places.folder)
    needSpace(places.folder, WORK_SPACE_MB)
    const port = await choosePort(say)
    let databaseUrl = fromEnv('DATABASE_URL')
    let owner = ownerUrl()
    if (databaseUrl && owner) {
      const named = fromEnv('MIGRATION_DATABASE_URL')
      const trouble = await whyUnreachable(
        owner,
        DATABASE_PATIENCE_MS,
        named ? 'MIGRATION_DATABASE_URL' : undefined,
      )
      if (trouble) throw new HouseError(trouble)
      say(`database: yours, ${withoutPassword(databaseUrl)}`)
    } else {
      const options = {
        dataDir: places.postgres,
        password: secrets.databasePassword,
        runningPassword: secrets.runningPassword,
        logFile: path.join(places.logs, 'postgres.log'),
      }
      database = await startEmbedded(options)
      keepSmall(options.logFile)
      databaseUrl = database.runningUrl
      owner = database.url
      say(`database: embedded PostgreSQL on port ${database.port}${database.adopted ? ', taken over' : ''}`)
      guard = guardDatabase(database, options, say, (next) => {
        database = next
      })
    }
    if (stopping) return
    const env = { DATABASE_URL: databaseUrl, MIGRATION_DATABASE_URL: owner }
    await migrate(owner, runningRoleOf(env))
    const trouble = await whyUnreachable(databaseUrl)
    if (trouble) throw new HouseError(trouble)
    const url = (fromEnv('GREENLIT_URL') ?? fromEnv('AUTH_URL') ?? `http://localhost:${port}`).replace(
      /\/$/,
      '',
    )
    const host = fromEnv('GREENLIT_HOST') ?? '127.0.0.1'
    const served: House = {
      root,
      pids: places.pids,
      logs: places.logs,
      dist: '.next',
      databaseUrl,
      ownerUrl: owner,
      url,
      port,
      host,
      secrets,
    }
    const onStep = (step: Step) => {
      steps.add(step)
      return () => void steps.delete(step)
    }
    // The build asks no database, so both go on side by side.
    await Promise.all([
      loadStarterIfNew(served, onStep, say, { relatedLater: true }),
      ...(dev ? [] : [buildIfChanged(served, onStep, say)]),
    ])
    if (stopping) return
    site = await startSite(served, say, { dev })
    house.tell(url)
    if (hasMailbox(siteEnv(served))) {
      say(`mail: no SMTP is set, so sign-in mails are read at ${url}${MAILBOX_PATH}`)
    }
    say(
      `ready in ${((Date.now() - startedAt) / 1000).toFixed(1)} s; stop with Ctrl-C; logs in ${places.logs}`,
    )
    console.log(`\nGreenlit is at ${url}\n`)
    await site.failed
  } catch (error) {
    await refuse(error)
  }
}

/** Brings the embedded server back, on the same port, when something outside ended it. */
function guardDatabase(
  first: EmbeddedServer,
  options: Parameters<typeof startEmbedded>[0],
  say: Say,
  replace: (next: EmbeddedServer) => void,
): NodeJS.Timeout {
  let { pid } = first
  let busy = false
  return setInterval(async () => {
    if (busy || identityOf(pid) !== null) return
    busy = true
    try {
      say('database: ended, starting it again')
      const next = await startEmbedded({ ...options, port: first.port })
      pid = next.pid
      replace(next)
      if (next.port !== first.port) say(`database: its port ${first.port} is taken; stop and start again`)
    } catch (error) {
      say((error as Error).message)
    } finally {
      busy = false
    }
  }, DATABASE_CHECK_EVERY_MS)
}
