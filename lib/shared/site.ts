/**
 * The site's own address. It comes from the environment alone: a forged Host or X-Forwarded-Host header
 * must never reach a link, a redirect or an origin check.
 */

const LOOPBACK_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]'])

/** True for the names by which a machine calls only itself, as a URL's hostname. */
export function isLoopbackHost(hostname: string): boolean {
  return LOOPBACK_HOSTS.has(hostname)
}

/** The site's address without a slash at the end: AUTH_URL, else GREENLIT_URL, else this machine and PORT. */
export function siteUrl(env: NodeJS.ProcessEnv = process.env): string {
  const url = env.AUTH_URL || env.GREENLIT_URL || `http://localhost:${env.PORT || 3000}`
  return new URL(url).origin
}

/** True when the site is served over https, which is when cookies carry the `__Host-` prefix. */
export function isHttps(env: NodeJS.ProcessEnv = process.env): boolean {
  return siteUrl(env).startsWith('https:')
}

/** True when the site's own address is this machine only. */
export function isLoopbackSite(env: NodeJS.ProcessEnv = process.env): boolean {
  return isLoopbackHost(new URL(siteUrl(env)).hostname)
}
