import { NextRequest } from 'next/server'
import { PRIVATE_HEADERS, refuse } from '@/app/_doors/answer'
import { arrived } from '@/app/_doors/sign-in'
import { handlers } from '@/lib/accounts/auth'
import { signOut } from '@/lib/accounts/commands'
import { readCookie, readSetCookie, sessionCookieName, withoutCookie } from '@/lib/accounts/cookies'
import { log } from '@/lib/shared/log'

/** All that our pages use of next-auth, and only by GET: its own doors for signing in, out and by mail stay shut. */
const SESSION = '/api/auth/session'
const CALLBACK = /^\/api\/auth\/callback\/(github|google)$/

const unknown = (request: Request) => refuse(request, 404, 'There is no such page for signing in.')

/** What next-auth answers; null where it fails. */
async function ask(request: NextRequest): Promise<Response | null> {
  try {
    const answer = await handlers.GET(request)
    // next-auth says a refusal by sending the reader back with its reason in the address.
    const reason = /[?&]error=(\w{1,40})/.exec(answer.headers.get('location') ?? '')?.[1]
    if (reason || answer.status >= 400)
      log.warn('sign-in-refused', {
        by: request.nextUrl.pathname.split('/').pop(),
        reason,
        status: answer.status,
      })
    if (answer.status < 500) return answer
  } catch (error) {
    log.error('auth-broken', { error })
  }
  return null
}

/**
 * Somebody comes back from GitHub or Google. next-auth would link that account to whoever is signed in here, which makes a stolen
 * session a key for ever; so it is not told who is. A new session replaces the one there was.
 */
async function comeBack(request: NextRequest): Promise<Response | null> {
  const name = sessionCookieName()
  const answer = await ask(
    new NextRequest(request.url, { method: request.method, headers: withoutCookie(request.headers, name) }),
  )
  const token = answer && readSetCookie(answer.headers, name)
  if (!token) return answer
  await signOut(readCookie(request.headers, name))
  return arrived(request, answer, token)
}

/** The session as next-auth tells it, and the way back from an outside provider. */
export async function GET(request: NextRequest): Promise<Response> {
  const { pathname } = new URL(request.url)
  if (pathname !== SESSION && !CALLBACK.test(pathname)) return unknown(request)
  const answer = await (pathname === SESSION ? ask(request) : comeBack(request))
  if (!answer)
    return refuse(request, 400, 'That could not be used to sign in. Start again from the sign-in page.', {
      back: { href: '/sign-in', label: 'Sign in' },
    })
  const headers = new Headers(answer.headers)
  for (const [name, value] of Object.entries(PRIVATE_HEADERS)) headers.set(name, value)
  return new Response(answer.body, { status: answer.status, headers })
}

/** Nothing is posted here: next-auth would read a body of any size. Ours is left unread. */
export async function POST(request: NextRequest): Promise<Response> {
  return unknown(request)
}
