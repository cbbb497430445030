/** The worker: `npm run worker`. Takes jobs from the queue in PostgreSQL; run as many as you like. */
import { Logger, run } from 'graphile-worker'

process.env.GREENLIT_ROLE ??= 'worker'

const CONCURRENCY = 2

/** Names and outcomes only: payloads and causes may carry addresses. */
const logger = new Logger(() => (level, message) => {
  if (level === 'error' || level === 'warning')
    console.error(JSON.stringify({ event: 'job', level, message: message.split('\n')[0]?.slice(0, 300) }))
})

async function main(): Promise<void> {
  const connectionString = process.env.DATABASE_URL
  if (!connectionString) {
    console.error('DATABASE_URL is not set: start with `npm start`, or point it at a PostgreSQL database.')
    process.exit(1)
  }
  const { CRONTAB, tasks } = await import('./tasks')
  const { closeDb } = await import('@/db/client')
  const runner = await run({
    connectionString,
    concurrency: CONCURRENCY,
    maxPoolSize: CONCURRENCY + 2,
    noHandleSignals: true,
    taskList: tasks,
    crontab: CRONTAB,
    logger,
  })
  // The site's days may have moved on while no worker was up.
  await runner.addJob('derive-states', { restart: true }, { jobKey: 'derive-states-at-start' })
  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    await runner.stop()
    await closeDb()
    process.exit(0)
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  await runner.promise
}

main().catch((error: Error) => {
  console.error(error.message)
  process.exit(1)
})
