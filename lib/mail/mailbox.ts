import { fromEnv, type Given } from '@/lib/shared/env'
import { isLoopbackAddress, PEER_HEADER, trustedHops } from '@/lib/shared/peer'
import { isLoopbackHost, isLoopbackSite } from '@/lib/shared/site'
import { mailServerUrl } from './rules'

/** Where the local mailbox is read. */
export const MAILBOX_PATH = '/mailbox'

/**
 * Whether this installation has a local mailbox: no SMTP, a site that calls itself localhost, no proxy in
 * front, and `GREENLIT_MAILBOX` not `off`.
 */
export function hasMailbox(env: Given = process.env): boolean {
  return (
    mailServerUrl(env) === undefined &&
    isLoopbackSite(env) &&
    trustedHops(env) === 0 &&
    fromEnv('GREENLIT_MAILBOX', env) !== 'off'
  )
}

/**
 * Whether the mailbox opens to this request. The connection itself must come from this machine, so listening on
 * all addresses does not open it; and the Host must be a loopback name, so no foreign name that resolves to
 * 127.0.0.1 (DNS rebinding) lets another site's page read it.
 */
export function opensMailbox(headers: Headers, env: Given = process.env): boolean {
  if (!hasMailbox(env) || !isLoopbackAddress(headers.get(PEER_HEADER) ?? '')) return false
  // Next fills these in by itself, with its own values; a proxy's would name somebody else.
  const forwarded = headers.get('x-forwarded-for')
  if (forwarded && !forwarded.split(',').every((address) => isLoopbackAddress(address.trim()))) return false
  if (headers.has('forwarded') || headers.has('via')) return false
  try {
    return isLoopbackHost(new URL(`http://${headers.get('host')}`).hostname)
  } catch {
    return false
  }
}
