import type { NextRequest } from 'next/server'
import { PRIVATE_HEADERS, refuse } from '@/app/_doors/answer'
import { handlers } from '@/lib/accounts/auth'
import { log } from '@/lib/shared/log'
import { FOREIGN_ORIGIN, isSameOrigin } from '@/lib/shared/same-origin'
import { siteUrl } from '@/lib/shared/site'

// Only what our pages use of next-auth; its own sign-in, sign-out and mail doors stay shut.
const READS = /^\/api\/auth\/(session|webauthn-options\/passkey|callback\/(github|google))$/
const WRITES = /^\/api\/auth\/callback\/passkey$/

const unknown = (request: Request) => refuse(request, 404, 'There is no such page for signing in.')

async function pass(request: NextRequest, handle: (request: NextRequest) => Promise<Response>) {
  try {
    const answer = await handle(request)
    // next-auth says a refusal by sending the reader back with its reason in the address.
    const reason = /[?&]error=(\w{1,40})/.exec(answer.headers.get('location') ?? '')?.[1]
    if (reason || answer.status >= 400)
      log.warn('sign-in-refused', {
        by: request.nextUrl.pathname.split('/').pop(),
        reason,
        status: answer.status,
      })
    const headers = new Headers(answer.headers)
    for (const [name, value] of Object.entries(PRIVATE_HEADERS)) headers.set(name, value)
    if (answer.status < 500) return new Response(answer.body, { status: answer.status, headers })
  } catch (error) {
    log.error('auth-broken', { error })
  }
  return refuse(request, 400, 'That could not be used to sign in. Start again from the sign-in page.', {
    back: { href: '/sign-in', label: 'Sign in' },
  })
}

export async function GET(request: NextRequest): Promise<Response> {
  return READS.test(request.nextUrl.pathname) ? pass(request, handlers.GET) : unknown(request)
}

export async function POST(request: NextRequest): Promise<Response> {
  if (!WRITES.test(request.nextUrl.pathname)) return unknown(request)
  if (!isSameOrigin(request.headers, siteUrl())) {
    log.warn('door-refused', { status: 403, path: request.nextUrl.pathname })
    return refuse(request, 403, FOREIGN_ORIGIN)
  }
  return pass(request, handlers.POST)
}
