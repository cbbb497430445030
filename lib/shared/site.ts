/**
 * The site's own address. It comes from the environment alone: a forged Host or X-Forwarded-Host header
 * must never reach a link, a redirect or an origin check.
 */
import { fromEnv, type Given } from './env'

const LOOPBACK_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]'])

/** True for the names by which a machine calls only itself, as a URL's hostname. */
export function isLoopbackHost(hostname: string): boolean {
  return LOOPBACK_HOSTS.has(hostname)
}

/**
 * The site's address as somebody gives it, without a slash at the end: AUTH_URL, else GREENLIT_URL, else this machine and
 * PORT. Null where nobody does, as in a worker that was started by itself.
 */
export function knownSiteUrl(env: Given = process.env): string | null {
  const port = fromEnv('PORT', env)
  const url = fromEnv('AUTH_URL', env) ?? fromEnv('GREENLIT_URL', env) ?? (port && `http://localhost:${port}`)
  return url ? new URL(url).origin : null
}

/** The site's address for its own pages, which are built before anybody says where they will stand. */
export function siteUrl(env: Given = process.env): string {
  return knownSiteUrl(env) ?? 'http://localhost:3000'
}

/**
 * The site's address for what leaves it and stays with somebody: letters and messages.
 * @throws where nobody says it: a letter whose links lead to another site is not written
 */
export function letterSiteUrl(env: Given = process.env): string {
  const known = knownSiteUrl(env)
  if (known === null)
    throw new Error(
      'Nobody says where the site stands: set AUTH_URL or GREENLIT_URL. No letter is written until then.',
    )
  return known
}

/** True when the site is served over https, which is when cookies carry the `__Host-` prefix. */
export function isHttps(env: Given = process.env): boolean {
  return siteUrl(env).startsWith('https:')
}

/** True when the site's own address is this machine only. */
export function isLoopbackSite(env: Given = process.env): boolean {
  return isLoopbackHost(new URL(siteUrl(env)).hostname)
}
