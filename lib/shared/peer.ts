import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'

/** Header in which every request carries the address of its connection; what a client sends under it is overwritten. */
export const PEER_HEADER = 'x-greenlit-peer'

/**
 * From now on every HTTP request of this process carries its connection's address in `x-greenlit-peer`.
 * Next fills `x-forwarded-for` only where the client left it out, so a client could choose its own; this
 * header it cannot.
 */
export function stampPeers(): void {
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: IncomingMessage }
    request.headers[PEER_HEADER] = request.socket.remoteAddress ?? ''
  })
}

/** True for the addresses of this machine, IPv4, IPv6 or one mapped into the other. */
export function isLoopbackAddress(address: string): boolean {
  return /^(::ffff:)?127\.\d+\.\d+\.\d+$/.test(address) || address === '::1'
}

/**
 * The address a request came from, for limits.
 * With no proxy in front (`TRUSTED_PROXY_HOPS` unset) it is the connection's; with n trusted proxies it is
 * the n-th entry of X-Forwarded-For from the right, the one the outermost of them wrote.
 * @returns 'unknown' where nothing trustworthy is there: all such requests share one limit.
 */
export function clientAddress(headers: Headers, hops = Number(process.env.TRUSTED_PROXY_HOPS ?? 0)): string {
  if (hops > 0) {
    const chain = (headers.get('x-forwarded-for') ?? '').split(',').map((part) => part.trim())
    return chain.at(-hops) || 'unknown'
  }
  return headers.get(PEER_HEADER) || 'unknown'
}
