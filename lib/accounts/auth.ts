import 'server-only'
import { eq } from 'drizzle-orm'
import NextAuth, { type NextAuthConfig } from 'next-auth'
import Google from 'next-auth/providers/google'
import { db } from '@/db/client'
import { reader } from '@/db/schema/account'
import { fromEnv, type Given } from '@/lib/shared/env'
import { log, readerMark } from '@/lib/shared/log'
import { randomToken } from '@/lib/shared/secrets'
import { siteUrl } from '@/lib/shared/site'
import { readerAdapter } from './adapter'
import { cookieOptions, SESSION_COOKIE_SECONDS, sessionCookieName } from './cookies'
import { deviceWords } from './device'
import { gitHubProvider } from './github'
import { normaliseAddress, SESSION_IDLE_MS, SESSION_TOUCH_MS } from './rules'

/** Providers one may sign in through, by what is set in the environment. */
export function outsideProviders(env: Given = process.env): { id: string; name: string }[] {
  return [
    fromEnv('AUTH_GITHUB_ID', env) && fromEnv('AUTH_GITHUB_SECRET', env)
      ? { id: 'github', name: 'GitHub' }
      : null,
    fromEnv('AUTH_GOOGLE_ID', env) && fromEnv('AUTH_GOOGLE_SECRET', env)
      ? { id: 'google', name: 'Google' }
      : null,
  ].filter((provider) => provider !== null)
}

function providers(): NextAuthConfig['providers'] {
  const on = new Set(outsideProviders().map((provider) => provider.id))
  return [...(on.has('github') ? [gitHubProvider()] : []), ...(on.has('google') ? [Google] : [])]
}

const signIn: NonNullable<NonNullable<NextAuthConfig['callbacks']>['signIn']> = async ({ user, profile }) => {
  // Both providers say so. An address nobody has proved may be another's, who would find a stranger in their account.
  if (profile?.email_verified !== true) return '/sign-in?error=Unverified'
  const known = user.id
    ? (await db().select({ suspended: reader.suspended }).from(reader).where(eq(reader.id, user.id)))[0]
    : undefined
  return known ? !known.suspended : normaliseAddress(user.email ?? '') !== null
}

/** next-auth: GitHub and Google where configured. Signing in by mail and by passkey is ours (commands.ts, passkeys.ts). */
export const {
  handlers,
  auth,
  signIn: signInThrough,
} = NextAuth((request) => {
  // Left unset, next-auth would build its addresses from the Host header.
  process.env.AUTH_URL ||= siteUrl()
  return {
    adapter: readerAdapter(async () => deviceWords(request?.headers.get('user-agent') ?? null)),
    providers: providers(),
    basePath: '/api/auth',
    session: {
      strategy: 'database',
      maxAge: SESSION_IDLE_MS / 1000,
      updateAge: SESSION_TOUCH_MS / 1000,
      generateSessionToken: randomToken,
    },
    cookies: {
      sessionToken: {
        name: sessionCookieName(),
        options: { ...cookieOptions(), maxAge: SESSION_COOKIE_SECONDS },
      },
    },
    pages: { signIn: '/sign-in', error: '/sign-in', signOut: '/settings' },
    callbacks: {
      signIn,
      session: ({ session, user }) => ({
        expires: new Date(session.expires).toISOString(),
        user: { id: user.id, email: user.email },
      }),
    },
    events: {
      signIn: ({ user, account }) =>
        log.info('signed-in', { by: account?.provider, reader: user.id && readerMark(user.id) }),
    },
    logger: {
      error: (error) => log.error('auth-error', { error }),
      warn: () => {},
      debug: () => {},
    },
  } satisfies NextAuthConfig
})
