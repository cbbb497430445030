/** The worker: `npm run worker`. Takes jobs from the queue in PostgreSQL; run as many as you like. */

import { setPriority } from 'node:os'
import { Logger, run } from 'graphile-worker'
import { endOnWrongEnvironment, fromEnv } from '@/lib/shared/env'
import { endOnUncaught, log, quietConsole } from '@/lib/shared/log'

process.env.GREENLIT_ROLE ??= 'worker'
quietConsole()
endOnUncaught()

const CONCURRENCY = 2
/** Where site and worker share processors, who reads a page goes first (setpriority(2)). */
const NICENESS = 10

/** What the queue says of a job that failed. */
interface JobMeta {
  job?: { id?: string; task_identifier?: string; attempts?: number; max_attempts?: number }
  error?: unknown
  duration?: number
}

/** Names and outcomes only: payloads and causes may carry addresses, and the queue's own words repeat the error's. */
const logger = new Logger(() => (level, message, meta) => {
  if (level !== 'error' && level !== 'warning') return
  const { job, error, duration } = (meta ?? {}) as JobMeta
  const failed = job && {
    task: job.task_identifier,
    job: job.id,
    attempt: job.attempts,
    of: job.max_attempts,
  }
  const fields = {
    ...failed,
    ms: duration && Math.round(duration),
    says: failed ? undefined : message.split('\n')[0],
  }
  const write = level === 'error' ? log.error : log.warn
  write(failed ? 'job-failed' : 'queue', error === undefined ? fields : { ...fields, error })
})

async function main(): Promise<void> {
  endOnWrongEnvironment((says) => log.error('environment', { says }))
  const connectionString = fromEnv('DATABASE_URL')
  if (!connectionString) {
    log.error('no-database', {
      says: 'DATABASE_URL is not set: start with `npm start`, or point it at a PostgreSQL database.',
    })
    process.exit(1)
  }
  try {
    setPriority(NICENESS)
  } catch {
    // Not every system lets a process step back; then they share as equals.
  }
  const { CRONTAB, tasks } = await import('./tasks')
  const { deriveStates } = await import('./derive-states')
  const { makeForecasts } = await import('./make-forecasts')
  const { makeOpenData } = await import('./make-open-data')
  const { closeDb } = await import('@/db/client')
  const { openQueuePool } = await import('@/db/queue-pool')
  const { TELL_READERS } = await import('@/lib/ledger/events')
  const { DELIVER_MAIL } = await import('@/lib/mail/outbox')
  const { LEASE_MS } = await import('@/lib/mail/rules')
  const { beat } = await import('@/lib/operations/commands')
  const { HEARTBEAT_EVERY_MS } = await import('@/lib/operations/rules')
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
  await runner.addJob(deriveStates.id, undefined, { jobKey: `${deriveStates.id}-at-start` })
  // A new installation has estimates before its first night; elsewhere hardly any is due.
  await runner.addJob(makeForecasts.id, undefined, { jobKey: `${makeForecasts.id}-at-start` })
  // And its first export: /data is not to be empty until the night.
  await runner.addJob(makeOpenData.id, undefined, { jobKey: `${makeOpenData.id}-at-start` })
  // What a killed worker was at goes on at once, and what it had taken as soon as its lease is over: a job of the
  // dead is locked for hours, and the clock's next one may be a minute away.
  await runner.addJob(TELL_READERS.id, undefined, { jobKey: TELL_READERS.id })
  await runner.addJob(DELIVER_MAIL.id, undefined, { jobKey: DELIVER_MAIL.id })
  const leasesOver = new Date(Date.now() + LEASE_MS)
  await runner.addJob(DELIVER_MAIL.id, undefined, { jobKey: `${DELIVER_MAIL.id}-leased`, runAt: leasesOver })
  // /ready and /metrics look at this: a worker that hangs, or has lost its database, falls silent.
  const beatOnce = () => beat('worker').catch((error) => log.warn('heartbeat-not-written', { error }))
  await beatOnce()
  const heart = setInterval(beatOnce, HEARTBEAT_EVERY_MS)
  log.info('worker-started', { hands: CONCURRENCY })
  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    clearInterval(heart)
    await runner.stop()
    await queuePool.end()
    await closeDb()
    log.info('worker-stopped')
    process.exit(0)
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  await runner.promise
}

main().catch((error: unknown) => {
  log.error('worker-ended', { error })
  process.exit(1)
})
