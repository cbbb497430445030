/** The worker: `npm run worker`. Takes jobs from the queue in PostgreSQL; run as many as you like. */
import { setPriority } from 'node:os'
import { Logger, run } from 'graphile-worker'

process.env.GREENLIT_ROLE ??= 'worker'

const CONCURRENCY = 2
/** Where site and worker share processors, who reads a page goes first (setpriority(2)). */
const NICENESS = 10

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
  try {
    setPriority(NICENESS)
  } catch {
    // Not every system lets a process step back; then they share as equals.
  }
  const { CRONTAB, tasks } = await import('./tasks')
  const { closeDb } = await import('@/db/client')
  const { openQueuePool } = await import('@/db/queue-pool')
  const { TELL_READERS } = await import('@/lib/ledger/events')
  const { DELIVER_MAIL } = await import('@/lib/notices/mail')
  const { LEASE_MS } = await import('@/lib/notices/rules')
  const queuePool = openQueuePool(connectionString, CONCURRENCY + 2)
  const runner = await run({
    pgPool: queuePool,
    concurrency: CONCURRENCY,
    noHandleSignals: true,
    taskList: tasks,
    crontab: CRONTAB,
    logger,
  })
  // The site's days may have moved on while no worker was up.
  await runner.addJob('derive-states', { restart: true }, { jobKey: 'derive-states-at-start' })
  // What a killed worker was at goes on at once, and what it had taken as soon as its lease is over: a job of the
  // dead is locked for hours, and the clock's next one may be a minute away.
  await runner.addJob(TELL_READERS, undefined, { jobKey: TELL_READERS })
  await runner.addJob(DELIVER_MAIL, undefined, { jobKey: DELIVER_MAIL })
  const leasesOver = new Date(Date.now() + LEASE_MS)
  await runner.addJob(DELIVER_MAIL, undefined, { jobKey: `${DELIVER_MAIL}-leased`, runAt: leasesOver })
  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    await runner.stop()
    await queuePool.end()
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
