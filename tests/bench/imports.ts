/**
 * What an import costs the process that answers people: hostile and honest files through the import door's way (form,
 * place, reader apart), beside the same files read in this process, in one run.
 *
 *   node --conditions=react-server --import tsx tests/bench/imports.ts [--rounds N]
 *
 * Stall is the longest time in which nobody else would have been answered, busy what the main thread had of a processor
 * (bringing the body included), neither with the time it stood in the queue for one. The share is of the stall of the same
 * file read here. Memory is this process's; the readers' stands below.
 */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { fileDoor } from '../../app/_doors/file-door'
import { endReaders, readApart } from '../../lib/imports/apart'
import { Places } from '../../lib/imports/places'
import { readUpload } from '../../lib/imports/read'
import { watchStalls } from '../support/stall'
import { formBody, HONEST_LISTS, HOSTILE_LISTS, sending } from '../support/uploads'

process.env.AUTH_URL = 'https://greenlit.test'
const { values } = parseArgs({ options: { rounds: { type: 'string', default: '3' } } })
const ROUNDS = Number(values.rounds)
const MEGA = 1e6

const rss = () => process.memoryUsage.rss()

interface Cost {
  ms: number
  stallMs: number
  busyMs: number
  rssMb: number
}

/** What some work costs this thread and this process. */
async function costOf(work: () => unknown): Promise<Cost> {
  const before = rss()
  let peak = before
  const timer = setInterval(() => {
    peak = Math.max(peak, rss())
  }, 25)
  const stalls = watchStalls()
  const began = performance.now()
  await work()
  const ms = performance.now() - began
  const { longestMs, busyMs } = stalls()
  clearInterval(timer)
  return { ms, stallMs: longestMs, busyMs, rssMb: (Math.max(peak, rss()) - before) / MEGA }
}

const places = new Places({ places: 2, waitingMax: 6, waitMs: 60_000 })
const bring = fileDoor(
  'file',
  async (_request, file) => {
    const leave = (await places.take())!
    const reading = await readApart(file!.bytes, file!.name)
    leave()
    return new Response('message' in reading ? reading.message : 'read')
  },
  { fileBytesMax: 20_000_000 },
)
const brought = async (body: Buffer) => (await bring(sending(body), {})).text()

const median = (numbers: number[]) => numbers.sort((a, b) => a - b)[numbers.length >> 1]!
const middle = (costs: Cost[]): Cost => ({
  ms: median(costs.map(({ ms }) => ms)),
  stallMs: median(costs.map(({ stallMs }) => stallMs)),
  busyMs: median(costs.map(({ busyMs }) => busyMs)),
  rssMb: Math.max(...costs.map(({ rssMb }) => rssMb)),
})
const cells = (...columns: (string | number)[]) =>
  console.log(
    columns
      .map((c, i) => String(typeof c === 'number' ? c.toFixed(0) : c)[i ? 'padStart' : 'padEnd'](i ? 11 : 28))
      .join(''),
  )

await brought(formBody(Buffer.from('title\nDark\n'))) // the first reader starts
cells('file', 'MB', 'here busy', 'apart ms', 'stall ms', 'busy ms', 'stall share', 'RSS + MB')
for (const { name, text } of [...HOSTILE_LISTS, ...HONEST_LISTS]) {
  const bytes = Buffer.from(text())
  const body = formBody(bytes)
  const here: Cost[] = []
  const apart: Cost[] = []
  for (let round = 0; round < ROUNDS; round++) {
    here.push(await costOf(() => readUpload(bytes, 'list')))
    apart.push(await costOf(() => brought(body)))
  }
  const [inside, outside] = [middle(here), middle(apart)]
  const share = (outside.stallMs / inside.stallMs).toFixed(2)
  cells(
    name,
    bytes.length / MEGA,
    inside.ms,
    outside.ms,
    outside.stallMs,
    outside.busyMs,
    share,
    outside.rssMb,
  )
}

const bodies = HOSTILE_LISTS.slice(0, 5).map(({ text }) => formBody(Buffer.from(text())))
const five: Cost[] = []
for (let round = 0; round < ROUNDS; round++) five.push(await costOf(() => Promise.all(bodies.map(brought))))
const all = middle(five)
cells(
  'five hostile at once',
  bodies.reduce((sum, { length }) => sum + length, 0) / MEGA,
  '',
  all.ms,
  all.stallMs,
  all.busyMs,
  '',
  all.rssMb,
)

/** The highest memory a child of this process has had, where the system says so. */
const readerPeaks = (): number[] => {
  const children = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').trim().split(/\s+/)
  return children.flatMap((pid) => {
    const [, kb] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return kb ? [Number(kb) / 1000] : []
  })
}
if (process.platform === 'linux')
  console.log(
    `readers, at most: ${readerPeaks()
      .map((mb) => `${mb.toFixed(0)} MB`)
      .join(', ')}`,
  )
await endReaders()
