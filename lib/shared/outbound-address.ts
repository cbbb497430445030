/** Which addresses the outbound door may reach. Pure. */
import { BlockList, isIP, isIPv4 } from 'node:net'

/** IPv4 that is not everybody's: private, loopback, link-local, carrier's, test, multicast, reserved. */
const CLOSED_IPV4: [string, number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  ['168.63.129.16', 32], // the host below a rented machine answers here
]
/** Of IPv6 only global unicast is open, and not what in it is for tunnels, tests and documents. */
const OPEN_IPV6: [string, number][] = [['2000::', 3]]
const CLOSED_IPV6: [string, number][] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3ffe::', 16],
  ['3fff::', 20],
]
/** IPv6 that carries an IPv4 address in its last 32 bits and ends up there: mapped, and translated (NAT64). */
const CARRIES_IPV4: [string, number][] = [
  ['::ffff:0:0', 96],
  ['64:ff9b::', 96],
]

function listOf(subnets: [string, number][], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList()
  for (const [net, prefix] of subnets) list.addSubnet(net, prefix, family)
  return list
}
const closedV4 = listOf(CLOSED_IPV4, 'ipv4')
const openV6 = listOf(OPEN_IPV6, 'ipv6')
const closedV6 = listOf(CLOSED_IPV6, 'ipv6')
const carriesV4 = listOf(CARRIES_IPV4, 'ipv6')

/** The last 32 bits of an IPv6 address as IPv4. The URL parser writes it in one form: hex, at most one `::`. */
function carriedIpv4(address: string): string {
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1)
  const [high = '0', low = '0'] = canonical.split(':').slice(-2)
  const bits = (Number.parseInt(high || '0', 16) << 16) | Number.parseInt(low || '0', 16)
  return [24, 16, 8, 0].map((shift) => (bits >>> shift) & 255).join('.')
}

/** True for an IP address anybody on the internet could mean; false for every other text. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !closedV4.check(address, 'ipv4')
  if (isIP(address) !== 6 || address.includes('%')) return false
  if (carriesV4.check(address, 'ipv6')) return isPublicAddress(carriedIpv4(address))
  return openV6.check(address, 'ipv6') && !closedV6.check(address, 'ipv6')
}

/** Named `host:port` pairs an operator opens beside the public internet, also over http. */
export type Allowance = ReadonlySet<string>

/** Reads `GREENLIT_OUTBOUND_ALLOW`: exact `host:port` pairs, separated by commas; whatever is none opens nothing. */
export function allowanceOf(list = ''): Allowance {
  const pairs = list.split(',').map((pair) => pair.trim().toLowerCase())
  return new Set(pairs.filter((pair) => /^(\[[0-9a-f:]+\]|[a-z0-9.-]+):\d{1,5}$/.test(pair)))
}

const DEFAULT_PORTS: Record<string, string> = { 'https:': '443', 'http:': '80' }

/** True where an operator has opened a URL's own host and port. */
export function isAllowed(url: URL, allowance: Allowance): boolean {
  const port = url.port || DEFAULT_PORTS[url.protocol]
  return allowance.has(`${url.hostname}:${port}`)
}

/** Where a request may go, or why not, in a sentence. */
export type Target =
  /** `open`: an operator named this very host and port, so its addresses are not looked at. */
  { ok: true; url: URL; open: boolean } | { ok: false; message: string }

const URL_CHARACTERS_MAX = 2_000

/**
 * Reads an address we were given. It must be https on port 443 without a name or password in it, and its host a
 * name or a public IP address in any spelling; names are looked at again when they are resolved.
 */
export function readTarget(address: string, allowance: Allowance): Target {
  const refuse = (message: string): Target => ({ ok: false, message })
  // The parser would silently drop the tabs and line ends in it.
  if (address.length > URL_CHARACTERS_MAX || /[\p{Cc}\s\\]/u.test(address))
    return refuse('That is not an address on the web.')
  let url: URL
  try {
    url = new URL(address)
  } catch {
    return refuse('That is not an address on the web.')
  }
  // An empty name and password are dropped by the parser, and still there to mislead a reader.
  if (url.username || url.password || /^[a-z]+:\/*[^/?#]*@/i.test(address))
    return refuse('An address must not carry a name or a password.')
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    return refuse('The address must begin with https://.')
  if (isAllowed(url, allowance)) return { ok: true, url, open: true }
  if (url.protocol !== 'https:') return refuse('The address must begin with https://.')
  if (url.port) return refuse('The address must be on the usual port, 443.')
  const literal = url.hostname.replace(/^\[|\]$/g, '')
  if (isIP(literal) ? !isPublicAddress(literal) : !isPublicName(url.hostname))
    return refuse('That address is not on the public internet.')
  return { ok: true, url, open: false }
}

/** Names that no public resolver answers for; one with no dot is a neighbour's. */
function isPublicName(hostname: string): boolean {
  const name = hostname.replace(/\.$/, '')
  return (
    name.includes('.') &&
    !/\.(localhost|local|internal|intranet|lan|home|corp|private|localdomain|home\.arpa)$/.test(name)
  )
}
