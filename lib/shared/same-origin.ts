import { isLoopbackHost } from './site'

/** The sentence a refused request is answered with. */
export const FOREIGN_ORIGIN =
  'This form was not sent from this site, so nothing was changed. Open the page again and send it from there.'

function sameSite(origin: string, site: string): boolean {
  if (origin === site) return true
  try {
    const [a, b] = [new URL(origin), new URL(site)]
    // A newcomer may open 127.0.0.1 where the site calls itself localhost: the same machine and port.
    return (
      a.origin === origin &&
      isLoopbackHost(a.hostname) &&
      isLoopbackHost(b.hostname) &&
      a.port === b.port &&
      a.protocol === b.protocol
    )
  } catch {
    return false
  }
}

/**
 * Whether a request that changes something was sent by one of our own pages.
 * `Sec-Fetch-Site` is written by the browser and cannot be forged by a page: where it is present it must say
 * `same-origin`. A page with `Referrer-Policy: no-referrer` sends `Origin: null`, so null passes only beside it.
 * Without it the Origin must be ours; absent, null, foreign and malformed are refused.
 */
export function isSameOrigin(headers: Headers, site: string): boolean {
  const origin = headers.get('origin')
  const fetchSite = headers.get('sec-fetch-site')
  if (fetchSite !== null) {
    if (fetchSite !== 'same-origin') return false
    return origin === null || origin === 'null' || sameSite(origin, site)
  }
  return origin !== null && sameSite(origin, site)
}
