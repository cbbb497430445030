import 'server-only'
import { collectDefaultMetrics, type Metric, Registry } from 'prom-client'
import { TELL_READERS } from '@/lib/ledger/events'
import { DELIVER_MAIL } from '@/lib/mail/outbox'
import { type Counts, counts, DURATION_BOUNDS } from '@/lib/shared/counts'
import { within } from './patience'
import { getFigures } from './queries'
import type { DatabaseFigures } from './types'

/** How long a scrape waits for the figures that only the database knows. */
const PATIENCE_MS = 500

/** The content type of what `renderMetrics` gives: Prometheus's text format, version 0.0.4. */
export const METRICS_TYPE = Registry.PROMETHEUS_CONTENT_TYPE

interface Value {
  value: number
  labels?: Record<string, string>
  metricName?: string
}

interface Kept {
  registry: Registry
  /** As of the latest scrape; null while the database is away. */
  figures: DatabaseFigures | null
}

// Next bundles this file more than once, and a process has one memory, one event loop, one set of metrics.
const METRICS = Symbol.for('greenlit.metrics')
const shared = globalThis as typeof globalThis & {
  [METRICS]?: Kept
  /** The pool of db/client, where it tells how it stands. */
  greenlitPool?: { state?: () => Record<string, number> }
}

const from = (map: Map<string, number>, label: string): Value[] =>
  [...map].map(([name, value]) => ({ labels: { [label]: name }, value }))

function requests({ places }: Counts): Value[] {
  return [...places].flatMap(([place, { statuses }]) =>
    [...statuses].flatMap((value, status) =>
      value > 0 ? [{ labels: { place, status: String(status) }, value }] : [],
    ),
  )
}

/** A histogram as the format wants it: each class holds all that came before it, and the last one everything. */
function durations({ places }: Counts): Value[] {
  const name = 'greenlit_http_duration_seconds'
  return [...places].flatMap(([place, { durations: classes, secondsSum }]) => {
    let count = 0
    const buckets = [...classes].map((n, i) => {
      count += n
      const le = i < DURATION_BOUNDS.length ? String(DURATION_BOUNDS[i]) : '+Inf'
      return { metricName: `${name}_bucket`, labels: { place, le }, value: count }
    })
    return [
      ...buckets,
      { metricName: `${name}_sum`, labels: { place }, value: secondsSum },
      { metricName: `${name}_count`, labels: { place }, value: count },
    ]
  })
}

/**
 * A metric whose values are made when somebody asks. prom-client's own counters hash their labels at every step, which
 * costs more than a cached page; these are read from plain numbers, and the library writes them out.
 */
function lazy(
  { registry }: Kept,
  type: 'counter' | 'gauge' | 'histogram',
  name: string,
  help: string,
  read: () => Value[],
): void {
  const metric = {
    name,
    help,
    type,
    aggregator: 'sum',
    get: async () => ({ name, help, type, aggregator: 'sum', values: read() }),
    reset: () => {},
  }
  registry.registerMetric(metric as unknown as Metric)
}

function makeRegistry(): Kept {
  const kept: Kept = { registry: new Registry(), figures: null }
  const { registry } = kept
  collectDefaultMetrics({ register: registry })
  const known = (read: (figures: DatabaseFigures) => Value[]) => () =>
    kept.figures ? read(kept.figures) : []
  lazy(kept, 'counter', 'greenlit_http_requests_total', 'Requests answered, by place and status.', () =>
    requests(counts()),
  )
  lazy(kept, 'histogram', 'greenlit_http_duration_seconds', 'Time from request to whole answer.', () =>
    durations(counts()),
  )
  lazy(kept, 'counter', 'greenlit_cache_hits_total', 'Answers of the page cache, by what they were.', () =>
    from(counts().cacheResults, 'result'),
  )
  lazy(kept, 'gauge', 'greenlit_cache_bytes', 'Bytes of finished pages in memory.', () => [
    { value: counts().cacheBytes },
  ])
  lazy(kept, 'gauge', 'greenlit_cache_entries', 'Finished pages in memory.', () => [
    { value: counts().cacheEntries },
  ])
  lazy(kept, 'counter', 'greenlit_limit_hits_total', 'Refusals by a limit, by its name.', () =>
    from(counts().limits, 'limit'),
  )
  lazy(kept, 'gauge', 'greenlit_db_pool', "This process's database connections, by state.", () =>
    from(new Map(Object.entries(shared.greenlitPool?.state?.() ?? {})), 'state'),
  )
  lazy(kept, 'gauge', 'greenlit_database_up', '1 where the database answered this scrape, else 0.', () => [
    { value: kept.figures ? 1 : 0 },
  ])
  lazy(
    kept,
    'gauge',
    'greenlit_db_connections',
    'Connections of all processes, by role and state.',
    known(({ connections }) =>
      connections.map(({ role, state, count }) => ({ labels: { role, state }, value: count })),
    ),
  )
  lazy(
    kept,
    'gauge',
    'greenlit_queue_depth',
    'Jobs that wait or run, by queue.',
    // Those that readers wait for are always there: an alert on a queue must not hang on its being full.
    known(({ queues }) =>
      [
        ...new Map([
          [DELIVER_MAIL.id, 0],
          [TELL_READERS.id, 0],
          ...queues.map((q) => [q.queue, q.depth] as const),
        ]),
      ].map(([queue, value]) => ({ labels: { queue }, value })),
    ),
  )
  lazy(
    kept,
    'gauge',
    'greenlit_oldest_unsent_notice_seconds',
    'Since when the longest waiting notice or mail waits; 0 where none does.',
    known(({ oldestUnsentSeconds }) => [{ value: oldestUnsentSeconds }]),
  )
  lazy(
    kept,
    'gauge',
    'greenlit_worker_heartbeat_age_seconds',
    'Since when no worker was seen.',
    known(({ workerAgeSeconds }) => (workerAgeSeconds === null ? [] : [{ value: workerAgeSeconds }])),
  )
  return kept
}

// One question at a time, however often somebody scrapes: a late one holds a connection.
let asking: Promise<DatabaseFigures> | undefined

/** All metrics of this process in Prometheus's text format, within half a second whatever the database does. */
export async function renderMetrics(now: Date): Promise<string> {
  shared[METRICS] ??= makeRegistry()
  const kept = shared[METRICS]
  asking ??= getFigures(now).finally(() => {
    asking = undefined
  })
  kept.figures = await within(PATIENCE_MS, asking).catch(() => null)
  // The library writes "Nan" (an event loop nobody has timed yet), the format says "NaN".
  return (await kept.registry.metrics()).replace(/ Nan$/gm, ' NaN')
}
