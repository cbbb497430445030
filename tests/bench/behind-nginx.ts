/**
 * Runs docs/nginx.conf with the real nginx and attacks what stands behind it, by hand:
 *   node --import tsx tests/bench/behind-nginx.ts
 *   SITE=http://127.0.0.1:3000 node --import tsx tests/bench/behind-nginx.ts     also asks a running site through it
 * Only names, ports, certificate and cache folder are changed. Behind it stands a small server that writes down what
 * reaches it. Ends with status 1 where a promise is broken, and where this machine has no nginx or openssl.
 */
import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import http, { type IncomingHttpHeaders } from 'node:http'
import https from 'node:https'
import net from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from 'node:tls'

const root = join(import.meta.dirname, '../..')
const NAME = 'greenlit.example.org'
const folder = mkdtempSync(join(tmpdir(), 'greenlit-nginx-'))

const find = (names: string[]) => names.find((name) => existsSync(name))
const nginx = find(['/usr/sbin/nginx', '/usr/local/sbin/nginx', '/usr/bin/nginx', '/opt/homebrew/bin/nginx'])
const openssl = find(['/usr/bin/openssl', '/usr/local/bin/openssl', '/opt/homebrew/bin/openssl'])
if (!nginx || !openssl) {
  console.error('This drill needs nginx and openssl, and installs neither: nothing was tried.')
  process.exit(1)
}

let failed = 0
function promise(what: string, kept: boolean, seen: unknown = ''): void {
  if (!kept) failed++
  console.log(`${kept ? 'kept  ' : 'BROKEN'} ${what}${kept ? '' : `: ${JSON.stringify(seen)}`}`)
}

const listen = (server: net.Server) =>
  new Promise<number>((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve((server.address() as net.AddressInfo).port)),
  )

/** A port nobody uses now. */
async function freePort(): Promise<number> {
  const server = net.createServer()
  const port = await listen(server)
  await new Promise((closed) => server.close(closed))
  return port
}

interface Reached {
  url: string
  method: string
  headers: IncomingHttpHeaders
  bytes: number
}
const reached: Reached[] = []
let pages = 0

/** Stands in for the site: pages may be kept a minute, an encoded spelling is refused, what is personal is nobody's to keep. */
const site = http.createServer((request, response) => {
  let bytes = 0
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length
  })
  request.on('end', () => {
    const { url = '', method = '', headers } = request
    reached.push({ url, method, headers, bytes })
    const publicPage = url === '/about' || url === '/shows'
    if (publicPage)
      response.setHeader('Cache-Control', 'public, max-age=0, s-maxage=1, stale-while-revalidate=5')
    else if (url.includes('%61')) response.setHeader('Cache-Control', 's-maxage=60')
    else response.setHeader('Cache-Control', 'private, no-store')
    response.statusCode = publicPage || url.startsWith('/api/') || /^\/(metrics|ready)$/.test(url) ? 200 : 404
    response.end(publicPage ? `page ${++pages}` : 'nothing')
  })
})

interface Answer {
  status: number
  headers: IncomingHttpHeaders
  body: string
}

function ask(
  port: number,
  path: string,
  {
    method = 'GET',
    headers = {},
    body,
  }: { method?: string; headers?: Record<string, string>; body?: Buffer } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path, method, rejectUnauthorized: false, servername: NAME }
    const request = https.request({ ...options, headers: { Host: NAME, ...headers } }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk
      })
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: text }))
    })
    request.on('error', reject)
    request.end(body)
  })
}

/** Opens a connection, says `text` and nothing more. @returns for how long it was borne, in seconds */
function saySlowly(port: number, text: string): Promise<number> {
  return new Promise((resolve) => {
    const startedAt = performance.now()
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false, servername: NAME }, () =>
      socket.write(text),
    )
    socket.on('data', () => {})
    socket.on('error', () => {})
    socket.on('close', () => resolve((performance.now() - startedAt) / 1000))
  })
}

const sitePort = await listen(site)
const [tlsPort, plainPort] = [await freePort(), await freePort()]
mkdirSync(join(folder, 'cache'))
execFileSync(
  openssl,
  [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'],
    ...[
      '-subj',
      `/CN=${NAME}`,
      '-keyout',
      join(folder, 'privkey.pem'),
      '-out',
      join(folder, 'fullchain.pem'),
    ],
  ],
  { stdio: 'ignore' },
)
const target = process.env.SITE ? new URL(process.env.SITE).host : `127.0.0.1:${sitePort}`
const config = (upstream: string) =>
  readFileSync(join(root, 'docs/nginx.conf'), 'utf8')
    .replace('server 127.0.0.1:3000', `server ${upstream}`)
    .replace('listen 80;', `listen 127.0.0.1:${plainPort};`)
    .replace('listen 443 ssl;', `listen 127.0.0.1:${tlsPort} ssl;`)
    .replaceAll('/etc/ssl/greenlit', folder)
    .replace('/var/cache/nginx/greenlit', join(folder, 'cache'))

/** Starts nginx in front of an address. @returns how to end it */
async function front(upstream: string): Promise<() => Promise<void>> {
  const main = join(folder, 'nginx.conf')
  writeFileSync(join(folder, 'greenlit.conf'), config(upstream))
  writeFileSync(
    main,
    `${process.getuid?.() === 0 ? 'user root;' : ''} daemon off; worker_processes 1; pid ${folder}/pid; error_log ${folder}/error.log;
     events { worker_connections 512; }
     http { access_log off; client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy;
       fastcgi_temp_path ${folder}/f; uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s;
       include ${folder}/greenlit.conf; }`,
  )
  execFileSync(nginx!, ['-t', '-c', main], { stdio: 'pipe' })
  const process_ = spawn(nginx!, ['-c', main], { stdio: 'ignore' })
  const ended = new Promise<void>((resolve) => process_.once('exit', () => resolve()))
  for (let tries = 0; ; tries++) {
    try {
      await ask(tlsPort, '/nothing-here')
      break
    } catch (error) {
      if (tries > 100) throw error
      await new Promise((later) => setTimeout(later, 50))
    }
  }
  return async () => {
    process_.kill('SIGTERM') // of no effect the second time
    await ended
  }
}

async function attack(): Promise<void> {
  const forged = {
    'X-Forwarded-For': '127.0.0.1, 10.0.0.1',
    'X-Forwarded-Host': 'evil.example',
    'X-Real-IP': '127.0.0.1',
    Forwarded: 'for=127.0.0.1',
    'X-Greenlit-Peer': '127.0.0.1',
    'X-Middleware-Subrequest': 'a:a:a',
    'Next-Resume': '1',
    Upgrade: 'websocket',
    Connection: 'Upgrade',
  }
  await ask(tlsPort, '/api/me', { headers: forged })
  const { headers } = reached.at(-1)!
  promise(
    'the site hears of one client, the one that really asked',
    headers['x-forwarded-for'] === '127.0.0.1',
    headers,
  )
  const gone = [
    'x-forwarded-host',
    'x-real-ip',
    'forwarded',
    'x-greenlit-peer',
    'x-middleware-subrequest',
    'next-resume',
  ]
  promise(
    'nothing a client makes up about itself goes further',
    gone.every((name) => !headers[name]),
    headers,
  )
  promise('no connection becomes a WebSocket', !headers.upgrade && headers.connection !== 'upgrade', headers)
  await ask(tlsPort, '/api/me', { headers: { Host: 'evil.example' } }).catch(() => {})
  promise(
    'the Host is ours',
    reached.every((one) => one.headers.host === NAME),
  )

  const plain = await new Promise<http.IncomingMessage>((resolve) =>
    http.get(
      { host: '127.0.0.1', port: plainPort, path: '/about?x=1', headers: { Host: 'evil.example' } },
      resolve,
    ),
  )
  plain.resume()
  promise(
    'without TLS one is sent to our own address, whatever Host was said',
    plain.statusCode === 308 && plain.headers.location === `https://${NAME}/about?x=1`,
    plain.headers,
  )

  const before = reached.length
  const large = await ask(tlsPort, '/api/auth/mail', { method: 'POST', body: Buffer.alloc(17_000, 'x') })
  promise(
    'a form over 16 kB is refused before the site',
    large.status === 413 && reached.length === before,
    large.status,
  )
  const chunked = await ask(tlsPort, '/api/auth/mail', {
    method: 'POST',
    headers: { 'Transfer-Encoding': 'chunked' },
    body: Buffer.alloc(5_000_000, 'x'),
  }).catch(() => ({ status: 413 }))
  promise(
    'so is one that does not say its length',
    chunked.status === 413 && reached.length === before,
    chunked.status,
  )
  const upload = await ask(tlsPort, '/api/me/imports', {
    method: 'POST',
    body: Buffer.alloc(20_000_000, 'x'),
  })
  promise(
    'a list of 20 MB goes through its own door',
    upload.status === 200 && reached.at(-1)!.bytes === 20_000_000,
    upload,
  )
  const more = await ask(tlsPort, '/api/me/imports', {
    method: 'POST',
    body: Buffer.alloc(22_000_000, 'x'),
  }).catch(() => ({ status: 413 }))
  promise('one of 22 MB does not', more.status === 413, more.status)

  const raw = ['/%61bout', '//about', '/shows/%2e%2e/about', '/shows/a%2fb', '/a%00b']
  for (const path of raw) await ask(tlsPort, path)
  // nginx itself refuses a NUL.
  const asCame = raw.filter((path) => reached.some(({ url }) => url === path))
  promise('addresses reach the site as they were written', asCame.length >= raw.length - 1, asCame)
  const spelled = await ask(tlsPort, '/%61bout')
  const page = await ask(tlsPort, '/about')
  promise(
    'an encoded spelling is another entry: its refusal is not served for the page',
    spelled.status === 404 && page.status === 200,
    [spelled.status, page.status],
  )
  const kept = await ask(tlsPort, '/about')
  promise('a public page is kept', kept.headers['x-cache'] === 'HIT' && kept.body === page.body, kept.headers)
  const ofOne = [await ask(tlsPort, '/api/me'), await ask(tlsPort, '/api/me')]
  promise(
    'what is personal is never kept',
    ofOne.every((answer) => answer.headers['x-cache'] === 'MISS'),
    ofOne.map((answer) => answer.headers['x-cache']),
  )
  promise('monitoring is reached from this machine', (await ask(tlsPort, '/ready')).status === 200)

  console.log('       slow clients, some twenty seconds …')
  const [header, body] = await Promise.all([
    saySlowly(tlsPort, `GET /about HTTP/1.1\r\nHost: ${NAME}\r\nX-Slow: `),
    saySlowly(tlsPort, `POST /api/auth/mail HTTP/1.1\r\nHost: ${NAME}\r\nContent-Length: 100\r\n\r\nx`),
  ])
  promise('headers that never end are cut within 12 s', header < 12, header)
  promise('a body that never ends is cut within 18 s', body < 18, body)
  promise('and never reached the site', !reached.some(({ headers: told }) => 'x-slow' in told))

  await ask(tlsPort, '/shows')
  await new Promise((closed) => {
    site.close(closed)
    site.closeAllConnections()
  })
  // What it holds is stale by now and may not be served for its age alone.
  await new Promise((later) => setTimeout(later, 6_500))
  const orphan = await ask(tlsPort, '/shows')
  promise(
    'a page that was read before is served while the site is away',
    orphan.status === 200,
    orphan.status,
  )
  promise('what was not is a plain 502', (await ask(tlsPort, '/calendar')).status === 502)
}

async function askSite(): Promise<void> {
  const [health, about, spelled, again, metrics] = [
    ...[await ask(tlsPort, '/health'), await ask(tlsPort, '/about'), await ask(tlsPort, '/%61bout')],
    ...[
      await ask(tlsPort, '/about'),
      await ask(tlsPort, '/metrics', { headers: { 'X-Forwarded-For': '203.0.113.9' } }),
    ],
  ]
  promise('the running site is alive', health!.status === 200, health)
  promise(
    'its page is there before and after an encoded spelling',
    about!.status === 200 && again!.status === 200,
    [about!.status, spelled!.status, again!.status],
  )
  console.log(`       /%61bout ${spelled!.status}, /metrics from this machine ${metrics!.status}`)
}

let end = async () => {}
try {
  end = await front(`127.0.0.1:${sitePort}`)
  await attack()
  await end()
  if (process.env.SITE) {
    end = await front(target)
    await askSite()
    await end()
  }
} finally {
  await end()
  rmSync(folder, { recursive: true, force: true })
}
console.log(failed === 0 ? 'every promise kept' : `${failed} broken`)
process.exit(failed === 0 ? 0 : 1)
