import { isIPv4, isIPv6, SocketAddress } from 'node:net'
import { fromEnv, type Given } from './env'

/** Header in which every request carries the address of its connection; what a client sends under it is overwritten. */
export const PEER_HEADER = 'x-greenlit-peer'

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
export function clientAddress(headers: Headers, hops = trustedHops()): string {
  if (hops > 0) {
    const chain = (headers.get('x-forwarded-for') ?? '').split(',').map((part) => part.trim())
    return chain.at(-hops) || UNKNOWN_CLIENT
  }
  return headers.get(PEER_HEADER) || UNKNOWN_CLIENT
}

/** How many proxies in front are trusted, from TRUSTED_PROXY_HOPS. */
export function trustedHops(env?: Given): number {
  return fromEnv('TRUSTED_PROXY_HOPS', env) ?? 0
}

/** What limits call a client of whom nothing trustworthy is known; all of those share one limit. */
export const UNKNOWN_CLIENT = 'unknown'

/** Bits of an IPv6 address that name the network a provider gives one customer (RFC 6177, RFC 7934). */
const NETWORK_GROUPS = 4

/**
 * Whom an address belongs to, as limits count: an IPv4 address is one client, and so is an IPv6 network of 64 bits,
 * for whoever has one address of it has all 2^64. An IPv4 address written as IPv6 (RFC 4291, 2.5.5.2) is the IPv4 one.
 * A port behind the address, brackets and a zone (`fe80::1%eth0`) do not matter. Pure; used by every limit.
 * @returns `203.0.113.7`, `2001:db8:0:1::/64`, or 'unknown' for what is no address
 */
export function clientKey(address: string): string {
  // Some proxies write the port too: 203.0.113.7:4711, [2001:db8::1]:4711.
  const bare = address.trim().replace(/^\[([^\]]*)\](:\d{1,5})?$/, '$1')
  const host = bare.replace(/^(\d[\d.]*):\d{1,5}$/, '$1').replace(/%[\w.-]+$/, '')
  if (isIPv4(host)) return host
  if (!isIPv6(host)) return UNKNOWN_CLIENT
  // Node's own canonical spelling (RFC 5952): lower case, no leading zeros, a mapped address with dots.
  const { address: plain } = new SocketAddress({ address: host, family: 'ipv6' })
  const mapped = plain.replace(/^::ffff:/, '')
  if (isIPv4(mapped)) return mapped
  const [head = '', tail = ''] = plain.split('::')
  const groups = head ? head.split(':') : []
  const after = tail ? tail.split(':') : []
  // In `::` and before dots all that is left out is zero; only the first four groups are of interest.
  const zeros = plain.includes('::') ? Array(Math.max(0, 8 - groups.length - after.length)).fill('0') : []
  const network = [...groups, ...zeros, ...after].slice(0, NETWORK_GROUPS)
  return `${network.join(':')}::/64`
}

/** The client a request came from, as limits count it: `clientKey` of `clientAddress`. */
export function clientOf(headers: Headers, hops = trustedHops()): string {
  return clientKey(clientAddress(headers, hops))
}
