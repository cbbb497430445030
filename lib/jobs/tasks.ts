import 'server-only'
import type { TaskList } from 'graphile-worker'
import { buildRelated } from './build-related'
import { deliverMail } from './deliver-mail'
import { deriveStates } from './derive-states'
import { foldTallies } from './fold-tally'
import { cronLine, type Job, taskOf } from './job'
import { makeForecasts } from './make-forecasts'
import { makeOpenData } from './make-open-data'
import { purge } from './purge'
import { syncSources } from './sync-sources'
import { tellPremieres } from './tell-premieres'
import { tellReaders } from './tell-readers'

const JOBS: Job[] = [
  deliverMail,
  tellReaders,
  tellPremieres,
  deriveStates,
  buildRelated,
  makeForecasts,
  makeOpenData,
  purge,
  foldTallies,
  syncSources,
]

/** When what is done, in UTC. */
export const CRONTAB = JOBS.map(cronLine).join('\n')

/** What the worker knows how to do. */
export const tasks: TaskList = Object.fromEntries(JOBS.map((job) => [job.id, taskOf(job)]))
