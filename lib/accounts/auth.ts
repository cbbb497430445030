import 'server-only'
import { eq } from 'drizzle-orm'
import { headers } from 'next/headers'
import NextAuth, { type NextAuthConfig } from 'next-auth'
import GitHub from 'next-auth/providers/github'
import Google from 'next-auth/providers/google'
import Passkey from 'next-auth/providers/passkey'
import { db } from '@/db/client'
import { reader } from '@/db/schema/account'
import { log, readerMark } from '@/lib/shared/log'
import { randomToken } from '@/lib/shared/secrets'
import { siteUrl } from '@/lib/shared/site'
import { readerAdapter } from './adapter'
import { cookieOptions, SESSION_COOKIE_SECONDS, sessionCookieName } from './cookies'
import { deviceWords } from './device'
import { normaliseAddress, SESSION_IDLE_MS, SESSION_TOUCH_MS } from './rules'

/** Providers one may sign in through, by what is set in the environment. */
export function outsideProviders(env: NodeJS.ProcessEnv = process.env): { id: string; name: string }[] {
  return [
    env.AUTH_GITHUB_ID && env.AUTH_GITHUB_SECRET ? { id: 'github', name: 'GitHub' } : null,
    env.AUTH_GOOGLE_ID && env.AUTH_GOOGLE_SECRET ? { id: 'google', name: 'Google' } : null,
  ].filter((provider) => provider !== null)
}

async function device(): Promise<string> {
  return deviceWords((await headers()).get('user-agent'))
}

function providers(): NextAuthConfig['providers'] {
  const on = new Set(outsideProviders().map((provider) => provider.id))
  return [
    // Without a session nobody may name a user: a passkey is added by its owner, or found by the browser.
    Passkey({ getUserInfo: async () => null }),
    ...(on.has('github') ? [GitHub] : []),
    ...(on.has('google') ? [Google] : []),
  ]
}

const signIn: NonNullable<NonNullable<NextAuthConfig['callbacks']>['signIn']> = async ({
  user,
  account,
  profile,
}) => {
  if (account?.provider === 'google' && profile?.email_verified !== true) return false
  const known = user.id
    ? (await db().select({ suspended: reader.suspended }).from(reader).where(eq(reader.id, user.id)))[0]
    : undefined
  // A passkey signs a known reader in; it never makes one.
  if (account?.provider === 'passkey') return known !== undefined && !known.suspended
  return known ? !known.suspended : normaliseAddress(user.email ?? '') !== null
}

/** next-auth: passkeys, and GitHub and Google where configured. Signing in by mail is ours (commands.ts). */
export const {
  handlers,
  auth,
  signIn: signInThrough,
} = NextAuth(() => {
  // Left unset, next-auth would build its addresses from the Host header.
  process.env.AUTH_URL ||= siteUrl()
  return {
    adapter: readerAdapter(device),
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
    experimental: { enableWebAuthn: true },
    logger: {
      error: (error) => log.error('auth-error', { error }),
      warn: () => {},
      debug: () => {},
    },
  } satisfies NextAuthConfig
})
