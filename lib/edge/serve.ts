/** The site's process: `npm run serve`. Our server before Next; run as many as you like on one PostgreSQL. */

import type { Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { countCache, countLimit, countRequest, setCache } from '@/lib/shared/counts'
import { endOnWrongEnvironment, fromEnv } from '@/lib/shared/env'
import { forgetKept, keepValues } from '@/lib/shared/kept'
import { log, quietConsole } from '@/lib/shared/log'
import type { Handler } from './render'

const dev = process.argv.includes('--dev')
endOnWrongEnvironment()
const port = fromEnv('PORT') ?? 3000
const hostname = fromEnv('GREENLIT_HOST') ?? '127.0.0.1'
/** Answers under way have so long when the process is told to end. */
const DRAIN_MS = 15_000
const CACHE_MEASURED_MS = 5_000

/** Next loads much of itself with the first page, and more with the first of each kind: no reader waits for that. */
const WARMED = ['/health', '/about', '/', '/shows', '/search?q=a', '/shows/-']
/** A database that is away does not keep the site from saying so. */
const WARM_MS_MAX = 3_000

async function warm(render: (url: string) => Promise<unknown>): Promise<void> {
  const all = (async () => {
    for (const url of WARMED) await render(url).catch(() => {})
  })()
  await Promise.race([all, wait(WARM_MS_MAX, undefined, { ref: false })])
}

async function main(): Promise<void> {
  process.env.GREENLIT_ROLE ??= 'site'
  // Who is told nothing else stands where it listens, and knows it.
  process.env.PORT ||= String(port)
  // Before Next is loaded: it prints failed pages with their queries.
  if (!dev) quietConsole()
  const [
    { default: next },
    { createEdge },
    { listenForExpiry },
    { addressFinder },
    { storedFinder },
    { PageCache },
    { render },
  ] = await Promise.all([
    import('next'),
    import('./server'),
    import('./expiry'),
    import('./moved'),
    import('./stored'),
    import('./page-cache'),
    import('./render'),
  ])
  const app = next({ dev, hostname, port })
  await app.prepare()
  // Next has read .env meanwhile.
  endOnWrongEnvironment()
  const databaseUrl = fromEnv('DATABASE_URL')
  const handle: Handler = app.getRequestHandler()
  const cache = dev ? undefined : new PageCache()
  const listener =
    cache && databaseUrl
      ? listenForExpiry(databaseUrl, {
          expired(tags) {
            forgetKept(tags)
            cache.expire(tags)
          },
          everything() {
            forgetKept()
            cache.expireEverything()
          },
        })
      : undefined
  await listener?.ready
  if (listener) keepValues()
  await warm((url) => render(handle, { method: 'GET', url, headers: { host: 'localhost' } }))
  const watch = {
    request: countRequest,
    kept: (place: string, status: number) => countRequest(place, status, 0),
    cache: countCache,
    limit: countLimit,
  }
  const findAddress = databaseUrl ? addressFinder(databaseUrl) : undefined
  const findStored = databaseUrl ? storedFinder(databaseUrl) : undefined
  const server = createEdge({ handle, cache, watch, findAddress, findStored })
  const measured = setInterval(() => {
    if (cache) setCache(cache.size.bytes, cache.size.pages + cache.size.lists)
  }, CACHE_MEASURED_MS)
  if (dev) server.on('upgrade', app.getUpgradeHandler())
  await new Promise<void>((listening, failed) => {
    server.once('error', failed)
    server.listen(port, hostname, listening)
  })
  log.info('listening', { port })

  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    clearInterval(measured)
    const closed = new Promise<void>((done) => server.close(() => done()))
    server.closeIdleConnections()
    const late = setTimeout(() => {
      for (const socket of sockets) socket.destroy()
    }, DRAIN_MS)
    await closed
    clearTimeout(late)
    await listener?.stop()
    await app.close().catch(() => {})
    process.exit(0)
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

main().catch((error: Error) => {
  log.error('not-started', { error, says: error.message })
  process.exit(1)
})
