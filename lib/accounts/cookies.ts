import { isHttps } from '@/lib/shared/site'
import { KNOWN_FOR_DAYS } from './known'
import { CHALLENGE_LIFETIME_MS } from './passkey-rules'
import { LINK_LIFETIME_MS, SESSION_ABSOLUTE_MS } from './rules'

/** `__Host-` pins a cookie to this host, path / and https; plain http on localhost cannot carry it. */
const prefix = () => (isHttps() ? '__Host-' : '')

/** Name of the session cookie. */
export const sessionCookieName = () => `${prefix()}greenlit-session`
/** Name of the cookie that ties a sign-in mail to the browser that asked for it. */
export const browserCookieName = () => `${prefix()}greenlit-browser`

/** Name of the cookie that ties a passkey's challenge to the browser that asked for it. */
export const passkeyCookieName = () => `${prefix()}greenlit-passkey`

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

export const setPasskey = (token: string) =>
  setCookie(passkeyCookieName(), token, CHALLENGE_LIFETIME_MS / 1000)
export const clearPasskey = () => setCookie(passkeyCookieName(), '', 0)
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

/** The headers of a request as if one of its cookies had not been sent. */
export function withoutCookie(headers: Headers, name: string): Headers {
  const without = new Headers(headers)
  const others = (headers.get('cookie') ?? '')
    .split(';')
    .filter((pair) => pair.split('=')[0]!.trim() !== name)
  without.set('cookie', others.join(';'))
  return without
}

/** What an answer sets one cookie to; undefined where it leaves it alone or clears it. */
export function readSetCookie(headers: Headers, name: string): string | undefined {
  const line = headers.getSetCookie().findLast((set) => set.startsWith(`${name}=`))
  return line?.slice(name.length + 1).split(';')[0] || undefined
}
