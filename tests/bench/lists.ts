/**
 * How fast a running site makes filtered lists and searches that nobody has asked for before, beside pages without rows:
 *   GREENLIT_URL=http://localhost:3000 npm run bench:lists -- [--seconds 8] [--at-once 6] [--rounds 3] [--seed 1]
 * Every address is asked for once, so none comes from the page cache: lists by two or three traits of a show drawn from
 * the starter, best known first more often, in an order drawn by chance; searches by its name, whole, begun, mistyped or
 * with a season; pages without rows by a genre that is none. Another run on the same site needs another --seed. Rounds
 * go lists, searches, empty, empty, searches, lists; figures are pages a second and milliseconds, ratios within a run.
 * With --pids (process ids: the site's, PostgreSQL's) also the processor time that they and their children spend on a
 * page, which another program beside them changes little (Linux, /proc).
 * On loopback each connection comes from an address of its own, so that no limit on one client is met.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { Agent, get } from 'node:http'
import { parseArgs } from 'node:util'
import { seeded } from '../../lib/shared/random'
import { filterSlug } from '../../lib/shared/slug'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '8' },
    'at-once': { type: 'string', default: '6' },
    rounds: { type: 'string', default: '3' },
    seed: { type: 'string', default: '1' },
    pids: { type: 'string', default: '' },
    json: { type: 'boolean', default: false },
  },
})
const SECONDS = Number(values.seconds)
const AT_ONCE = Number(values['at-once'])
const site = new URL((process.env.GREENLIT_URL ?? 'http://localhost:3000').replace('localhost', '127.0.0.1'))
const isLoopback = site.hostname === '127.0.0.1'
/** Clients of their own, so many that none spends what one client has at once (lib/edge/limits). */
const CLIENTS = 200

interface Show {
  title: string
  country?: string
  network?: string
  genres?: string[]
  kind?: string
  popularity?: number
}

const shows = readFileSync('db/starter/catalogue.ndjson', 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Show)
  .sort((a, b) => (b.popularity ?? 0) - (a.popularity ?? 0))
const chance = seeded(Number(values.seed))
const one = <T>(from: readonly T[]): T => from[Math.floor(chance() * from.length)]!
// The square leans to the best known, as readers do.
const drawn = (): Show => shows[Math.floor(chance() ** 2 * shows.length)]!

function list(): string {
  const { genres = [], country, network, kind } = drawn()
  const query = new URLSearchParams()
  const traits = [
    ['genre', genres.length ? one(genres) : undefined],
    ['country', country],
    ['network', network],
    ['kind', kind],
  ] as const
  for (const [name, value] of traits) if (value && chance() < 0.7) query.set(name, filterSlug(value))
  const sort = one(['popular', 'popular', 'title', 'newest', 'next'])
  if (sort !== 'popular') query.set('sort', sort)
  return `/shows?${query}`
}

function search(): string {
  const { title } = drawn()
  const at = 1 + Math.floor(chance() * Math.max(1, title.length - 1))
  const said = one([
    title,
    title.slice(0, Math.max(3, at)),
    title.slice(0, at) + title.slice(at + 1),
    `${title} season ${1 + Math.floor(chance() * 4)}`,
  ])
  return `/search?${new URLSearchParams({ q: said.trim() || title })}`
}

let nobodys = 0
const empty = () => `/shows?genre=none-${values.seed}-${++nobodys}`

const asked = new Set<string>()
function fresh(make: () => string): string {
  for (let tries = 0; tries < 10_000; tries++) {
    const address = make()
    if (asked.has(address)) continue
    asked.add(address)
    return address
  }
  throw new Error('no address is left that was not asked for: take another --seed, or fewer seconds')
}

const agents = Array.from({ length: CLIENTS }, () => new Agent({ keepAlive: true, maxSockets: 1 }))

function ask(client: number, path: string): Promise<{ status: number; bytes: number; cache: string }> {
  return new Promise((answered, failed) => {
    get(
      {
        host: site.hostname,
        port: site.port || 80,
        path,
        agent: agents[client],
        localAddress: isLoopback ? `127.0.1.${client + 1}` : undefined,
        headers: { host: site.host.replace('127.0.0.1', 'localhost'), accept: 'text/html' },
      },
      (response) => {
        let bytes = 0
        response.on('data', (part: Buffer) => {
          bytes += part.length
        })
        response.once('end', () =>
          answered({
            status: response.statusCode ?? 0,
            bytes,
            cache: String(response.headers['x-cache'] ?? ''),
          }),
        )
        response.once('error', failed)
      },
    ).once('error', failed)
  })
}

const PIDS = values.pids.split(',').filter(Boolean)
/** A second has a hundred of the clock ticks that /proc counts in (proc(5)). */
const TICK_MS = 10

/** Processor time of the processes so far, their children's included, each by its id. */
function spentMs(): number[] {
  const spent = PIDS.map(() => 0)
  if (PIDS.length === 0) return spent
  for (const pid of readdirSync('/proc')) {
    if (!/^\d+$/.test(pid)) continue
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      // The name in brackets may hold anything; the state comes after it.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      const of = PIDS.findIndex((one) => one === pid || one === fields[1])
      if (of >= 0) spent[of]! += (Number(fields[11]) + Number(fields[12])) * TICK_MS
    } catch {
      // It ended meanwhile.
    }
  }
  return spent
}

interface Measured {
  perSecond: number
  spentMs: number[]
  durationsMs: number[]
  bytes: number
}

async function measure(make: () => string): Promise<Measured> {
  const durationsMs: number[] = []
  let bytes = 0
  let turn = 0
  const spent = spentMs()
  const from = performance.now()
  const until = from + SECONDS * 1_000
  const asker = async () => {
    while (performance.now() < until) {
      const path = fresh(make)
      const begun = performance.now()
      const answer = await ask(turn++ % CLIENTS, path)
      if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`)
      // An earlier run asked for it: nothing was made.
      if (answer.cache === 'HIT') continue
      durationsMs.push(performance.now() - begun)
      bytes += answer.bytes
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, asker))
  return {
    perSecond: durationsMs.length / ((performance.now() - from) / 1_000),
    durationsMs,
    spentMs: spentMs().map((ms, i) => (ms - spent[i]!) / durationsMs.length),
    bytes: bytes / durationsMs.length,
  }
}

const KINDS = { lists: list, searches: search, empty }
type Kind = keyof typeof KINDS
const rounds: Record<Kind, Measured[]> = { lists: [], searches: [], empty: [] }
const median = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!
const at = (numbers: number[], share: number) =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length * share)]!

for (const make of Object.values(KINDS)) for (let i = 0; i < 40; i++) await ask(i, fresh(make))
for (let round = 0; round < Number(values.rounds); round++)
  for (const kind of ['lists', 'searches', 'empty', 'empty', 'searches', 'lists'] as const)
    rounds[kind].push(await measure(KINDS[kind]))
for (const agent of agents) agent.destroy()

const floor = median(rounds.empty.map(({ perSecond }) => perSecond))
const figures = Object.fromEntries(
  Object.entries(rounds).map(([kind, measured]) => {
    const speeds = measured.map(({ perSecond }) => perSecond)
    const all = measured.flatMap(({ durationsMs }) => durationsMs)
    return [
      kind,
      {
        perSecond: median(speeds),
        least: Math.min(...speeds),
        most: Math.max(...speeds),
        p50Ms: at(all, 0.5),
        p99Ms: at(all, 0.99),
        kilobytes: median(measured.map(({ bytes }) => bytes)) / 1_000,
        ratio: median(speeds) / floor,
        spentMs: PIDS.map((_, i) => median(measured.map(({ spentMs }) => spentMs[i]!))),
      },
    ]
  }),
)
if (values.json) console.log(JSON.stringify(figures))
else {
  console.log(
    '| pages | a second (span) | p50 ms | p99 ms | kB | beside a page without rows | processor ms a page |',
  )
  console.log('|---|---|---|---|---|---|---|')
  for (const [kind, one] of Object.entries(figures))
    console.log(
      `| ${kind} | ${one.perSecond.toFixed(0)} (${one.least.toFixed(0)}–${one.most.toFixed(0)}) | ${one.p50Ms.toFixed(1)} | ${one.p99Ms.toFixed(1)} | ${one.kilobytes.toFixed(0)} | ${one.ratio.toFixed(2)} | ${one.spentMs.map((ms) => ms.toFixed(1)).join(' + ') || '–'} |`,
    )
}
