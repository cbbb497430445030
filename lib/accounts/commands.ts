import 'server-only'
import { and, desc, eq, gt, isNull, lt, or, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { rateLimit, reader, session, signInRequest, verificationToken } from '@/db/schema/account'
import { transaction } from '@/db/transaction'
import { enqueueMail } from '@/lib/mail/outbox'
import { log, readerMark } from '@/lib/shared/log'
import { LIMITS, limited, spend } from '@/lib/shared/rate-limit'
import type { Refusal } from '@/lib/shared/refusal'
import { hashToken, keyedHash, looksLikeToken, randomToken, sameHash } from '@/lib/shared/secrets'
import { letterSiteUrl } from '@/lib/shared/site'
import { countAsk } from './asked-mail'
import { codeOf, hashCode } from './code'
import { knownBrowser } from './known'
import { signInMail } from './mails'
import { safeReturnTo } from './return-to'
import {
  CODE_ATTEMPTS_MAX,
  LINK_LIFETIME_MS,
  normaliseAddress,
  normaliseCode,
  SESSION_ABSOLUTE_MS,
} from './rules'
import { beginSession, endSessionOf, signedInBy } from './sessions'
import type { FreshSession, SignedIn, Viewer } from './types'

const GONE: Refusal<'gone'> = {
  ok: false,
  reason: 'gone',
  message:
    'This link has been used or is older than 10 minutes. If you have just pressed the button, you are signed in; otherwise ask for a new link.',
}

/** What a link's token is made of: its request's id, under the installation's secret. So an open link can be sent again
 * though only its hash is kept. */
const tokenOf = (id: string) => keyedHash('token.sign-in', id)

const alive = (now: Date) => and(isNull(signInRequest.consumedAt), gt(signInRequest.expiresAt, now))

/** The request this browser has open for an address, the last one; its link and its code are still good. */
async function openRequest(email: string, browser: string, now: Date) {
  const [open] = await db()
    .select()
    .from(signInRequest)
    .where(
      and(
        eq(signInRequest.email, email),
        eq(signInRequest.browserHash, hashToken(browser)),
        lt(signInRequest.codeAttempts, CODE_ATTEMPTS_MAX),
        alive(now),
      ),
    )
    .orderBy(desc(signInRequest.createdAt))
    .limit(1)
  // One made under another secret cannot be told again.
  return open && open.tokenHash === hashToken(tokenOf(open.id)) ? open : null
}

/**
 * Mails a sign-in link to an address, known or not: nothing is looked up about it, so answer and time are the same.
 * Request and mail are written in one transaction; the mail leaves later. Where this browser has asked too often its
 * open link is sent again, and then no more; mail-shares.ts says how many mails whom are sent.
 * @param browser the token in the asking browser's cookie, undefined or anything where it has none yet
 * @param known the cookie of a browser that has been signed in with before
 * @param session the session cookie
 * @returns the token that the browser's cookie must hold from now on
 */
export async function requestSignIn({
  address,
  returnTo,
  browser,
  client,
  known,
  session: sessionToken,
  now,
}: {
  address: string
  returnTo: string | null
  browser: string | undefined
  client: string
  known?: string | undefined
  session?: string | undefined
  now: Date
}): Promise<{ ok: true; browser: string } | Refusal<'address' | 'limit' | 'unavailable'>> {
  const email = normaliseAddress(address)
  if (!email)
    return {
      ok: false,
      reason: 'address',
      message: 'That is not an address we can write to. Give one plain address, like name@example.org.',
    }
  const bound = browser && looksLikeToken(browser) ? browser : randomToken()
  const open = bound === browser ? await openRequest(email, bound, now) : null
  const verdict = await countAsk({
    kind: 'sign-in',
    email,
    client,
    known:
      knownBrowser(known, email, now) ??
      ((await signedInBy(sessionToken, now))?.email === email ? 'session' : null),
    openForMs: open && now.getTime() - open.createdAt.getTime(),
  })
  if ('ok' in verdict) return verdict
  if (verdict.mail === 'none') return { ok: true, browser: bound }

  const { delayMs } = verdict
  const again = verdict.mail === 'again' ? open : null
  const id = again?.id ?? crypto.randomUUID()
  const token = tokenOf(id)
  const expiresAt = again?.expiresAt ?? new Date(now.getTime() + delayMs + LINK_LIFETIME_MS)
  const about = again ? `sign-in.${id}.${randomToken().slice(0, 8)}` : `sign-in.${id}`
  const site = letterSiteUrl()
  await transaction(
    async () => {
      await db()
        .insert(signInRequest)
        .values({
          id,
          email,
          createdAt: now,
          expiresAt,
          tokenHash: hashToken(token),
          browserHash: hashToken(bound),
          codeHash: hashCode(id, codeOf(token)),
          returnTo: safeReturnTo(returnTo),
        })
        .onConflictDoUpdate({ target: signInRequest.id, set: { returnTo: safeReturnTo(returnTo) } })
      const minutes = Math.max(1, Math.floor((expiresAt.getTime() - now.getTime() - delayMs) / 60_000))
      const words = signInMail({ link: `${site}/sign-in/confirm/${token}`, site, minutes })
      await enqueueMail({ about, recipient: email, ...words, delayMs }, now)
    },
    { idempotent: true },
  )
  return { ok: true, browser: bound }
}

/** Spends a request, once, and begins a session for its address; the account is made with its first sign-in. */
async function consume(
  found: ReturnType<typeof and>,
  { device, oldSession, now }: { device: string; oldSession: string | undefined; now: Date },
): Promise<FreshSession | Refusal<'gone' | 'suspended'>> {
  return transaction(async () => {
    const [request] = await db()
      .update(signInRequest)
      .set({ consumedAt: now })
      .where(and(found, alive(now)))
      .returning({ email: signInRequest.email, returnTo: signInRequest.returnTo })
    if (!request) return GONE
    const [owner] = await db()
      .insert(reader)
      .values({ email: request.email, emailVerified: now })
      .onConflictDoUpdate({
        target: reader.email,
        set: { emailVerified: sql`coalesce(${reader.emailVerified}, excluded.email_verified)` },
      })
      .returning({ id: reader.id, suspended: reader.suspended })
    if (owner!.suspended)
      return { ok: false, reason: 'suspended', message: 'This account is suspended, so it cannot sign in.' }
    await endSessionOf(oldSession)
    const sessionToken = await beginSession(owner!.id, device, now)
    return { ok: true, sessionToken, readerId: owner!.id, returnTo: safeReturnTo(request.returnTo) }
  })
}

const OTHER_BROWSER: Refusal<'browser'> = {
  ok: false,
  reason: 'browser',
  message:
    'This link belongs to the browser that asked for it. Open it there, or type the code it shows into that browser.',
}

/**
 * Signs in by a mailed link's token: only in the browser that asked, once, within 10 minutes.
 * A press in another browser changes nothing.
 */
export async function confirmSignIn({
  token,
  browser,
  ...rest
}: {
  token: string
  browser: string | undefined
  device: string
  oldSession: string | undefined
  now: Date
}): Promise<FreshSession | Refusal<'gone' | 'browser' | 'suspended'>> {
  if (!looksLikeToken(token)) return GONE
  const [request] = await db()
    .select({ browserHash: signInRequest.browserHash })
    .from(signInRequest)
    .where(and(eq(signInRequest.tokenHash, hashToken(token)), alive(rest.now)))
  if (!request) return GONE
  if (!browser || !sameHash(request.browserHash, hashToken(browser))) return OTHER_BROWSER
  return consume(
    and(eq(signInRequest.tokenHash, hashToken(token)), eq(signInRequest.browserHash, request.browserHash)),
    rest,
  )
}

/**
 * Signs the asking browser in by the code its link showed elsewhere. Each wrong code counts against every
 * open request of this browser; at five a request is dead.
 */
export async function confirmCode({
  code: typed,
  browser,
  client,
  ...rest
}: {
  code: string
  browser: string | undefined
  client: string
  device: string
  oldSession: string | undefined
  now: Date
}): Promise<FreshSession | Refusal<'code' | 'gone' | 'suspended' | 'limit' | 'unavailable'>> {
  const code = normaliseCode(typed)
  if (!code)
    return { ok: false, reason: 'code', message: 'The code has eight letters and digits, like 4KX7-2MPA.' }
  if (!browser || !looksLikeToken(browser))
    return {
      ok: false,
      reason: 'gone',
      message: 'This browser has not asked to sign in within the last minutes. Ask for a mail here first.',
    }
  const refused = limited(await spend(LIMITS.signInTries, client), {
    often: 'Too many tries. Wait a quarter of an hour, then ask for a new mail.',
    broken: 'Signing in by mail is out of order for a moment.',
  })
  if (refused) return refused
  // Counted before compared: a hundred guesses at once are still five.
  const open = await db()
    .update(signInRequest)
    .set({ codeAttempts: sql`${signInRequest.codeAttempts} + 1` })
    .where(
      and(
        eq(signInRequest.browserHash, hashToken(browser)),
        lt(signInRequest.codeAttempts, CODE_ATTEMPTS_MAX),
        alive(rest.now),
      ),
    )
    .returning({ id: signInRequest.id, codeHash: signInRequest.codeHash })
  if (open.length === 0)
    return { ...GONE, message: 'No code is open in this browser any more. Ask for a new mail.' }
  const match = open.find((request) => sameHash(request.codeHash, hashCode(request.id, code)))
  if (!match)
    return { ok: false, reason: 'code', message: 'That is not the code. Look at it again and retype it.' }
  return consume(eq(signInRequest.id, match.id), rest)
}

/** Signs out: ends the session of the cookie's token. Safe to repeat. */
export async function signOut(token: string | undefined): Promise<void> {
  await endSessionOf(token)
}

/** Ends one of the viewer's own sessions by its id. @returns false when the viewer has none of that id */
export async function endSession(viewer: SignedIn, id: string): Promise<boolean> {
  const ended = await db()
    .delete(session)
    .where(and(eq(session.sessionToken, id), eq(session.userId, viewer.id)))
    .returning({ id: session.sessionToken })
  return ended.length > 0
}

/** Ends all of the viewer's sessions but the present one. @returns how many */
export async function endOtherSessions(viewer: SignedIn): Promise<number> {
  const ended = await db()
    .delete(session)
    .where(and(eq(session.userId, viewer.id), sql`${session.sessionToken} <> ${viewer.session.id}`))
    .returning({ id: session.sessionToken })
  return ended.length
}

/** Gives the account of an address a role. @returns false where there is none */
export async function setRole(address: string, role: Viewer['role']): Promise<boolean> {
  const email = normaliseAddress(address)
  if (!email) return false
  const set = await db()
    .update(reader)
    .set({ role })
    .where(eq(reader.email, email))
    .returning({ id: reader.id })
  for (const { id } of set) log.warn('role-changed', { reader: readerMark(id), became: role })
  return set.length > 0
}

const TOKENS_KEPT_MS = 86_400_000

/** Removes what has had its time: sign-in requests after a day, ended sessions, counters that have run out. */
export async function forgetExpired(now: Date): Promise<void> {
  const yesterday = new Date(now.getTime() - TOKENS_KEPT_MS)
  await db().delete(signInRequest).where(lt(signInRequest.createdAt, yesterday))
  await db().delete(verificationToken).where(lt(verificationToken.expires, yesterday))
  await db()
    .delete(session)
    .where(or(lt(session.expires, now), lt(session.createdAt, new Date(now.getTime() - SESSION_ABSOLUTE_MS))))
  await db().delete(rateLimit).where(lt(rateLimit.expire, now))
}
