import { fromEnv, type Given } from '@/lib/shared/env'
import { clientAddress, isLoopbackAddress, PEER_HEADER, trustedHops } from '@/lib/shared/peer'
import { hashToken, sameHash } from '@/lib/shared/secrets'

/** Whether `Authorization` carries METRICS_TOKEN as a bearer (RFC 6750); compared as hashes, so its length stays unknown too. */
function hasToken(headers: Headers, env: Given): boolean {
  const wanted = fromEnv('METRICS_TOKEN', env)
  const given = /^Bearer +(\S+) *$/i.exec(headers.get('authorization') ?? '')?.[1]
  return Boolean(wanted && given && sameHash(hashToken(given), hashToken(wanted)))
}

/**
 * Whether a request comes from this machine itself. The connection must, and so must the client behind the proxies
 * that are trusted. With none trusted, a request that a proxy has passed on is nobody's of this machine: a proxy that
 * nobody told us about would otherwise open this to the world.
 */
function isFromHere(headers: Headers, env: Given): boolean {
  const hops = trustedHops(env)
  if (!isLoopbackAddress(headers.get(PEER_HEADER) ?? '')) return false
  if (!isLoopbackAddress(clientAddress(headers, hops))) return false
  if (hops > 0) return true
  // Next fills this in by itself, with the connection's address; a proxy's would name somebody else.
  const forwarded = headers.get('x-forwarded-for')?.split(',') ?? []
  return (
    forwarded.every((address) => isLoopbackAddress(address.trim())) &&
    !headers.has('forwarded') &&
    !headers.has('via')
  )
}

/** Whether /metrics opens to this request: to METRICS_TOKEN, and to this machine itself. */
export function opensMetrics(headers: Headers, env: Given = process.env): boolean {
  return hasToken(headers, env) || isFromHere(headers, env)
}
