/**
 * How fast kept pages are sent, beside nginx sending the same bytes and beside Next alone on the same build:
 *   npm start            (in another terminal; or PORT=3300 npm start)
 *   GREENLIT_URL=http://localhost:3000 DATABASE_URL=… npx tsx tests/bench/edge.ts [--rounds 5] [--seconds 4] [--history 500]
 * Needs wrk, nginx and h2load (Debian: apt-get install wrk nginx-light nghttp2-client). One nginx worker, keep-alive, no access log, static
 * files of the very bytes the site sends uncompressed; 16 connections; site, nginx, nginx, site (ABBA) each round, and
 * only answers that are 200 count. Next alone is `next start` on the same build: it renders each time. Then p99 at half
 * of the load the site was found to bear, by a process that has made --history pages before (Debian: nghttp2-client,
 * whose h2load keeps a rate with a tenth of the processor a script of ours took for it). Prints medians with their span;
 * ratios are within one run.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '4' },
    history: { type: 'string', default: '500' },
  },
})
const ROUNDS = Number(values.rounds)
const SECONDS = Number(values.seconds)
const CONNECTIONS = 16
const site = (process.env.GREENLIT_URL ?? 'http://localhost:3000').replace('localhost', '127.0.0.1')
const show = '/shows/all-of-us-are-dead'
const PAGES: [path: string, atLeast: number][] = [
  [show, 0.5],
  ['/', 0.25],
  [`${show}/seasons/2`, 0.25],
  ['/calendar', 0.25],
  [`${show}/feed.atom`, 0.25],
  [`/api/v1${show}`, 0.25],
  [`${show}/opengraph-image`, 0.25],
  ['/shows', 0.25],
]

const median = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!
const span = (numbers: number[], digits: number) =>
  `${median(numbers).toFixed(digits)} (${Math.min(...numbers).toFixed(digits)}–${Math.max(...numbers).toFixed(digits)})`

/** Answers of 200 in a second. */
function fire(url: string): number {
  const said = execFileSync('wrk', ['-t1', `-c${CONNECTIONS}`, `-d${SECONDS}s`, '--latency', url], {
    encoding: 'utf8',
  })
  if (/Non-2xx|Socket errors/.test(said)) throw new Error(`${url}: not every answer was 200\n${said}`)
  return Number(/Requests\/sec:\s+([\d.]+)/.exec(said)![1])
}

/** Latencies in ms at a steady rate, each counted from when it was asked; a rate that is not kept is an error. */
function paced(url: string, perSecond: number, log: string): { p50: number; p99: number } {
  rmSync(log, { force: true })
  const perClient = Math.round(perSecond / CONNECTIONS)
  const said = execFileSync(
    'h2load',
    [
      ...['--h1', '-t1', '-m1', `-c${CONNECTIONS}`, `--rps=${perClient}`, `-D${SECONDS * 2}`],
      ...[`--log-file=${log}`, url],
    ],
    { encoding: 'utf8' },
  )
  const [, all, good] = /([\d]+) total.* ([\d]+) succeeded/.exec(said)!
  const lines = readFileSync(log, 'utf8').trim().split('\n')
  if (all !== good || lines.length < perSecond * SECONDS * 2 * 0.95)
    throw new Error(`${url}: ${lines.length} of ${perSecond * SECONDS * 2} answered\n${said}`)
  const sortedMs = lines.map((line) => Number(line.split('\t')[2]) / 1000).sort((a, b) => a - b)
  const at = (share: number) => sortedMs[Math.floor(sortedMs.length * share)]!
  return { p50: at(0.5), p99: at(0.99) }
}

/** Has the site make this many pages of shows, so that it is measured with the heap of a process that has worked. */
async function giveHistory(pages: number): Promise<void> {
  const shows = readFileSync('db/starter/catalogue.ndjson', 'utf8').trim().split('\n')
  const every = Math.max(1, Math.floor(shows.length / pages))
  for (let i = 0; i < pages && i * every < shows.length; i++)
    await (await fetch(`${site}/shows/${JSON.parse(shows[i * every]!).slug}`)).arrayBuffer()
}

/** nginx with the bytes of the pages as files. */
function startNginx(folder: string, port: number): ChildProcess {
  writeFileSync(
    path.join(folder, 'nginx.conf'),
    `worker_processes 1;
daemon off;
pid ${folder}/nginx.pid;
error_log ${folder}/error.log;
events { worker_connections 1024; }
http {
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000;
  open_file_cache max=100;
  types {}
  default_type text/html;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  server { listen 127.0.0.1:${port}; root ${folder}/files; }
}
`,
  )
  return spawn('nginx', ['-c', path.join(folder, 'nginx.conf')], { stdio: 'inherit' })
}

async function answers(url: string): Promise<void> {
  for (let i = 0; i < 200; i++) {
    const answer = await fetch(url).catch(() => null)
    await answer?.arrayBuffer()
    if (answer?.ok) return
    await wait(100)
  }
  throw new Error(`${url} does not answer`)
}

const folder = mkdtempSync(path.join(tmpdir(), 'greenlit-edge-'))
// nginx's worker may run as somebody else.
chmodSync(folder, 0o755)
const nginxPort = 18_080
const nextPort = 18_081
const running: ChildProcess[] = []
try {
  mkdirSync(path.join(folder, 'files'))
  const fileOf = (address: string) => `page-${PAGES.findIndex(([one]) => one === address)}`
  for (const [address] of PAGES) {
    const answer = await fetch(site + address, { headers: { 'accept-encoding': 'identity' } })
    if (answer.status !== 200) throw new Error(`${address}: ${answer.status}`)
    writeFileSync(path.join(folder, 'files', fileOf(address)), Buffer.from(await answer.arrayBuffer()))
  }
  running.push(startNginx(folder, nginxPort))
  await answers(`http://127.0.0.1:${nginxPort}/page-0`)
  if (process.env.DATABASE_URL) {
    const next = path.join('node_modules', 'next', 'dist', 'bin', 'next')
    running.push(
      spawn(process.execPath, [next, 'start', '-p', String(nextPort), '-H', '127.0.0.1'], {
        env: { ...process.env, NODE_ENV: 'production', GREENLIT_ROLE: 'site', NEXT_TELEMETRY_DISABLED: '1' },
        stdio: 'ignore',
      }),
    )
    await answers(`http://127.0.0.1:${nextPort}${show}`)
  }
  console.log('| page | site/s | nginx/s | ratio | asked | Next alone/s | × |')
  console.log('|---|---|---|---|---|---|---|')
  for (const [address, atLeast] of PAGES) {
    const ours = site + address
    const theirs = `http://127.0.0.1:${nginxPort}/${fileOf(address)}`
    fire(ours)
    const [mine, nginx, ratios, alone]: number[][] = [[], [], [], []]
    for (let round = 0; round < ROUNDS; round++) {
      const [a1, b1, b2, a2] = [fire(ours), fire(theirs), fire(theirs), fire(ours)]
      mine!.push((a1 + a2) / 2)
      nginx!.push((b1 + b2) / 2)
      ratios!.push((a1 + a2) / (b1 + b2))
      if (process.env.DATABASE_URL && round < 2) alone!.push(fire(`http://127.0.0.1:${nextPort}${address}`))
    }
    const next = alone!.length > 0 ? median(alone!) : Number.NaN
    console.log(
      `| ${address} | ${span(mine!, 0)} | ${span(nginx!, 0)} | ${span(ratios!, 2)} | ${atLeast} | ${next.toFixed(0)} | ${(median(mine!) / next).toFixed(0)} |`,
    )
    if (address === show) {
      await giveHistory(Number(values.history))
      const rate = Math.round(median(mine!) / 2)
      const windows = Array.from({ length: ROUNDS }, () => paced(ours, rate, path.join(folder, 'latencies')))
      console.error(
        `${show} at half load (${rate}/s): p50 ${span(
          windows.map((w) => w.p50),
          2,
        )} ms, p99 ${span(
          windows.map((w) => w.p99),
          2,
        )} ms`,
      )
    }
  }
} finally {
  for (const child of running) child.kill('SIGTERM')
  rmSync(folder, { recursive: true, force: true })
}
