import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'

/** Where a request is answered that would change what can only be read. */
export const READ_ONLY_PATH = '/refused/method'

const READS = ['GET', 'HEAD', 'OPTIONS']
/** What changes something is a form sent to one of these; Next's own tools of development keep their doors. */
const CHANGES = /^\/(?:api\/(?!v1\b)|_)/

/** True for a request that would change something at an address where there is nothing to change. */
export const isWriteToReadOnly = (method: string, url: string) =>
  !READS.includes(method) && !CHANGES.test(url)

/**
 * From now on pages, feeds and the public API are only read. Next lets anybody call a page's cached functions as
 * server actions, by their id and with any arguments; this site has no actions, so the header that names one is
 * dropped and a form sent to a page is refused with 405.
 */
export function keepReadOnly(): void {
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: IncomingMessage }
    delete request.headers['next-action']
    if (isWriteToReadOnly(request.method ?? '', request.url ?? '')) request.url = READ_ONLY_PATH
  })
}
