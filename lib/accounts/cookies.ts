import { isHttps } from '@/lib/shared/site'
import { KNOWN_FOR_DAYS } from './known'
import { LINK_LIFETIME_MS, SESSION_ABSOLUTE_MS } from './rules'

/** `__Host-` pins a cookie to this host, path / and https; plain http on localhost cannot carry it. */
const prefix = () => (isHttps() ? '__Host-' : '')

/** Name of the session cookie. */
export const sessionCookieName = () => `${prefix()}greenlit-session`
/** Name of the cookie that ties a sign-in mail to the browser that asked for it. */
export const browserCookieName = () => `${prefix()}greenlit-browser`

/** Name of the cookie by which a browser is known again that somebody has signed in with (known.ts). */
export const knownCookieName = () => `${prefix()}greenlit-known`

/** Name of the cookie that keeps a basket: what is followed without an account. */
export const basketCookieName = () => `${prefix()}greenlit-basket`

/** What every cookie of ours has in common. */
export const cookieOptions = () => ({
  httpOnly: true,
  sameSite: 'lax' as const,
  path: '/',
  secure: isHttps(),
})

// The database decides when a session ends; the cookie only has to live as long as it possibly could.
export const SESSION_COOKIE_SECONDS = SESSION_ABSOLUTE_MS / 1000
// A little longer than the link, so that a late press is told "too late" and not "another browser".
const BROWSER_COOKIE_SECONDS = (2 * LINK_LIFETIME_MS) / 1000

function setCookie(name: string, value: string, maxAgeSeconds: number): string {
  return `${name}=${value}; Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Lax${isHttps() ? '; Secure' : ''}`
}

/** Set-Cookie lines. */
export const setSession = (token: string) => setCookie(sessionCookieName(), token, SESSION_COOKIE_SECONDS)
export const clearSession = () => setCookie(sessionCookieName(), '', 0)
export const setBrowser = (token: string) => setCookie(browserCookieName(), token, BROWSER_COOKIE_SECONDS)
export const clearBrowser = () => setCookie(browserCookieName(), '', 0)

export const setKnown = (entries: string) => setCookie(knownCookieName(), entries, KNOWN_FOR_DAYS * 86_400)
export const clearKnown = () => setCookie(knownCookieName(), '', 0)

/** A basket is kept for as long as browsers keep anything: 400 days from its last use. */
export const setBasket = (token: string) => setCookie(basketCookieName(), token, 400 * 86_400)
export const clearBasket = () => setCookie(basketCookieName(), '', 0)

/** One cookie of a request, undefined where it is missing. */
export function readCookie(headers: Headers, name: string): string | undefined {
  for (const pair of (headers.get('cookie') ?? '').split(';')) {
    const at = pair.indexOf('=')
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim()
  }
  return undefined
}
