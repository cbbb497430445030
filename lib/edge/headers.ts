/** Headers that every answer carries, once. */
import { fromEnv } from '@/lib/shared/env'

/** An address that is nothing may be something tomorrow. */
export const NOT_FOUND_CACHE = 'public, max-age=0, s-maxage=30'
export const NO_STORE = 'no-store'

// A browser also asks form-action about where a form's answer sends it: on to a configured provider.
const providers = [
  fromEnv('AUTH_GITHUB_ID')
    ? ` ${new URL(fromEnv('GITHUB_ENTERPRISE_URL') ?? 'https://github.com').origin}`
    : '',
  fromEnv('AUTH_GOOGLE_ID') ? ' https://accounts.google.com' : '',
].join('')

const policy = (scripts: string) =>
  [
    "default-src 'self'",
    `script-src ${scripts}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    `form-action 'self'${providers}`,
    "frame-ancestors 'none'",
  ].join('; ')

/** For pages in which no script stands: one that a stranger smuggled in would not run. */
export const FILES_ALONE = policy("'self'")
/** For pages that React wakes: Next writes small inline scripts into them. */
export const WITH_INLINE = policy(
  `'self' 'unsafe-inline'${process.env.NODE_ENV === 'development' ? " 'unsafe-eval'" : ''}`,
)

/** Addresses that hold a secret tell no other site where the reader came from. */
const SECRET = /^\/(?:api\/)?(?:unsubscribe|follow\/confirm|sign-in|feeds)(?:\/|$)/

/** What a browser must know of every answer. */
export function securityHeaders(path: string): Record<string, string> {
  return {
    'Content-Security-Policy': FILES_ALONE,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': SECRET.test(path) ? 'no-referrer' : 'strict-origin-when-cross-origin',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
    'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
  }
}
