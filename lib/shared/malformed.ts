import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'

/** Where a request for an address that cannot be read is answered. */
export const MALFORMED_ADDRESS_PATH = '/refused/address'

/** Longer parts are no address of ours, and no name a file system takes for a cached page. */
const PART_CHARACTERS_MAX = 200

/**
 * True where a URL's path cannot be one of ours: a broken percent sign, bytes that are not UTF-8 (`/shows/%ff`),
 * a control character, or a part of more than 200 characters.
 */
export function isMalformedPath(url: string): boolean {
  const path = url.split('?', 1)[0]!
  try {
    const decoded = decodeURIComponent(path)
    return /\p{Cc}/u.test(decoded) || decoded.split('/').some((part) => part.length > PART_CHARACTERS_MAX)
  } catch {
    return true
  }
}

/**
 * From now on a request for a malformed path goes to the page that says so with 400; Next or the
 * database would fail on it with a bare 500.
 */
export function steerMalformedAddresses(): void {
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: IncomingMessage }
    if (request.url && isMalformedPath(request.url)) request.url = MALFORMED_ADDRESS_PATH
  })
}
