import 'server-only'
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { and, eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { authenticator, account as providerAccount, reader } from '@/db/schema/account'
import { transaction } from '@/db/transaction'
import { enqueueMail } from '@/lib/mail/outbox'
import { log, readerMark } from '@/lib/shared/log'
import { LIMITS, limited, spend } from '@/lib/shared/rate-limit'
import type { Refusal } from '@/lib/shared/refusal'
import { hashToken } from '@/lib/shared/secrets'
import { letterSiteUrl, siteUrl } from '@/lib/shared/site'
import { lockReader } from './lock'
import { openChallenge, type Purpose, spendChallenge } from './passkey-challenges'
import { passkeyMail } from './passkey-mails'
import {
  ALGORITHMS,
  CHALLENGE_LIFETIME_MS,
  counterWentBack,
  fromStored,
  idForBrowsers,
  PASSKEYS_MAX,
  readAuthentication,
  readRegistration,
  toStored,
} from './passkey-rules'
import { safeReturnTo } from './return-to'
import { isRecentSignIn } from './rules'
import { beginSession, endSessionOf } from './sessions'
import type { FreshSession, SignedIn } from './types'

// A passkey is all that its holder shows, so the device must have made sure who holds it: by finger, face or PIN. Every
// passkey so far was asked for under the same rule.
const USER_VERIFICATION = 'required'

const site = () => ({ expectedOrigin: siteUrl(), expectedRPID: new URL(siteUrl()).hostname })

const SPENT: Refusal<'gone'> = {
  ok: false,
  reason: 'gone',
  message: 'That took longer than five minutes, or was used already. Try it again.',
}
const UNREADABLE: Refusal<'passkey'> = {
  ok: false,
  reason: 'passkey',
  message: 'What the browser sent is no passkey. Try it again.',
}
const UNKNOWN: Refusal<'passkey'> = {
  ok: false,
  reason: 'passkey',
  message: 'That passkey opens no account here; it may have been removed. Sign in by mail instead.',
}

const notRecent = (change: string): Refusal<'recent'> => ({
  ok: false,
  reason: 'recent',
  message: `To ${change} a passkey, sign in again first; that must not be longer than 10 minutes ago. Reload the settings: they lead you there and back.`,
})

/** What a browser needs to begin, for its own WebAuthn call, and the token its cookie must hold meanwhile. */
export interface Offer {
  ok: true
  options: unknown
  browser: string
}

interface Asking {
  browser: string | undefined
  client: string
  now: Date
}

const overLimit = async (client: string) =>
  limited(await spend(LIMITS.passkeys, client), {
    often: 'Passkeys were tried too often from here. Wait ten minutes, or sign in by mail.',
    broken: 'Signing in by passkey is out of order for a moment.',
  })

const challengeBytes = (challenge: string) => new Uint8Array(Buffer.from(challenge, 'base64url'))

/** Begins a sign-in by passkey. The browser finds out itself which of its passkeys are for this site. */
export async function offerSignIn({
  browser,
  client,
  now,
}: Asking): Promise<Offer | Refusal<'limit' | 'unavailable'>> {
  const refused = await overLimit(client)
  if (refused) return refused
  const opened = await openChallenge('sign-in', browser, now)
  const options = await generateAuthenticationOptions({
    rpID: site().expectedRPID,
    challenge: challengeBytes(opened.challenge),
    timeout: CHALLENGE_LIFETIME_MS,
    userVerification: USER_VERIFICATION,
  })
  return { ok: true, options, browser: opened.browser }
}

/** Only the session that asked for a challenge may answer it. */
const registering = (viewer: SignedIn): Purpose => `register ${viewer.session.id}`

/** Begins adding a passkey to the viewer's account. Asks for a sign-in of the last 10 minutes. */
export async function offerRegistration(
  viewer: SignedIn,
  { browser, client, now }: Asking,
): Promise<Offer | Refusal<'recent' | 'limit' | 'unavailable'>> {
  if (!isRecentSignIn(viewer.session.createdAt, now)) return notRecent('add')
  const refused = await overLimit(client)
  if (refused) return refused
  const own = await db()
    .select({ id: authenticator.credentialID, transports: authenticator.transports })
    .from(authenticator)
    .where(eq(authenticator.userId, viewer.id))
  const opened = await openChallenge(registering(viewer), browser, now)
  const options = await generateRegistrationOptions({
    rpName: 'Greenlit',
    rpID: site().expectedRPID,
    userName: viewer.email,
    // Devices keep it beside the key; it says nothing about the reader, and one account is one user to them.
    userID: new Uint8Array(Buffer.from(hashToken(`passkey user ${viewer.id}`), 'base64url')),
    challenge: challengeBytes(opened.challenge),
    timeout: CHALLENGE_LIFETIME_MS,
    attestationType: 'none',
    excludeCredentials: own.map(({ id, transports }) => ({
      id: idForBrowsers(id),
      transports: transports?.split(',') ?? [],
    })),
    // Found by the browser without an address being typed.
    authenticatorSelection: { residentKey: 'required', userVerification: USER_VERIFICATION },
    supportedAlgorithmIDs: ALGORITHMS,
  })
  return { ok: true, options, browser: opened.browser }
}

async function tell(
  viewer: SignedIn,
  change: 'added' | 'removed',
  { device, now }: { device: string; now: Date },
) {
  await enqueueMail({
    about: `passkey-${change}.${crypto.randomUUID()}`,
    recipient: viewer.email,
    ...passkeyMail({ change, at: now, device, site: letterSiteUrl() }),
  })
}

/**
 * Adds a passkey to the viewer's account and mails them that it was; both or neither. Asks for a sign-in of the last 10 minutes and a
 * challenge that this session opened.
 * @param answer the browser's answer, JSON as WebAuthn's `RegistrationResponseJSON`
 */
export async function addPasskey(
  viewer: SignedIn,
  answer: string,
  { browser, device, now }: { browser: string | undefined; device: string; now: Date },
): Promise<{ ok: true } | Refusal<'recent' | 'gone' | 'passkey' | 'full' | 'signed-out'>> {
  if (!isRecentSignIn(viewer.session.createdAt, now)) return notRecent('add')
  const response = readRegistration(answer)
  if (!response) return UNREADABLE
  const { challenge } = response
  if (!(await spendChallenge(registering(viewer), { challenge, browser }, now))) return SPENT
  const { registrationInfo: made } = await verifyRegistrationResponse({
    ...site(),
    response,
    expectedChallenge: challenge,
    requireUserVerification: true,
    supportedAlgorithmIDs: ALGORITHMS,
  }).catch(() => ({ registrationInfo: undefined }))
  if (!made) return UNREADABLE
  return transaction(async () => {
    if (!(await lockReader(viewer.id)))
      return { ok: false as const, reason: 'signed-out' as const, message: 'This account is gone.' }
    if ((await db().$count(authenticator, eq(authenticator.userId, viewer.id))) >= PASSKEYS_MAX)
      return {
        ok: false as const,
        reason: 'full' as const,
        message: `You have ${PASSKEYS_MAX} passkeys, which is the most there can be. Remove one first.`,
      }
    const id = toStored(made.credential.id)
    const [added] = await db()
      .insert(authenticator)
      .values({
        credentialID: id,
        userId: viewer.id,
        providerAccountId: id,
        credentialPublicKey: toStored(made.credential.publicKey),
        counter: made.credential.counter,
        credentialDeviceType: made.credentialDeviceType,
        credentialBackedUp: made.credentialBackedUp,
        transports: response.response.transports?.join(',') || null,
        createdAt: now,
      })
      .onConflictDoNothing()
      .returning({ id: authenticator.credentialID })
    if (!added)
      return {
        ok: false as const,
        reason: 'passkey' as const,
        message: 'This passkey is one of an account here already.',
      }
    // The release before this one finds a passkey's reader through this row, and may still be running beside it.
    await db()
      .insert(providerAccount)
      .values({ userId: viewer.id, type: 'webauthn', provider: 'passkey', providerAccountId: id })
      .onConflictDoNothing()
    await tell(viewer, 'added', { device, now })
    return { ok: true as const }
  })
}

/**
 * Removes one of the viewer's own passkeys and mails them that it was; both or neither. Asks for a sign-in of the last 10 minutes.
 * @param id as `listPasskeys` gives it
 */
export async function removePasskey(
  viewer: SignedIn,
  id: string,
  { device, now }: { device: string; now: Date },
): Promise<{ ok: true } | Refusal<'recent' | 'no-passkey'>> {
  if (!isRecentSignIn(viewer.session.createdAt, now)) return notRecent('remove')
  return transaction(async () => {
    const [removed] = await db()
      .delete(authenticator)
      .where(and(eq(authenticator.credentialID, id), eq(authenticator.userId, viewer.id)))
      .returning({ accountId: authenticator.providerAccountId })
    if (!removed)
      return {
        ok: false as const,
        reason: 'no-passkey' as const,
        message: 'You have no such passkey; it may have been removed already.',
      }
    await db()
      .delete(providerAccount)
      .where(
        and(
          eq(providerAccount.provider, 'passkey'),
          eq(providerAccount.providerAccountId, removed.accountId),
          eq(providerAccount.userId, viewer.id),
        ),
      )
    await tell(viewer, 'removed', { device, now })
    return { ok: true as const }
  })
}

/**
 * Signs in by a passkey: only in the browser that asked, once a challenge, and only a reader who has an account already. A counter that
 * went back means a copied key: refused, and logged for the operator.
 * @param answer the browser's answer, JSON as WebAuthn's `AuthenticationResponseJSON`
 */
export async function signInByPasskey(
  answer: string,
  {
    browser,
    returnTo,
    device,
    oldSession,
    now,
  }: {
    browser: string | undefined
    returnTo: string | null
    device: string
    oldSession: string | undefined
    now: Date
  },
): Promise<FreshSession | Refusal<'gone' | 'passkey' | 'suspended'>> {
  const response = readAuthentication(answer)
  if (!response) return UNREADABLE
  const { challenge } = response
  if (!(await spendChallenge('sign-in', { challenge, browser }, now))) return SPENT
  return transaction(async () => {
    // The row is the lock: of two answers with one count, one is too late.
    const [known] = await db()
      .select()
      .from(authenticator)
      .where(eq(authenticator.credentialID, toStored(response.id)))
      .for('update')
    if (!known) return UNKNOWN
    const { verified, authenticationInfo: said } = await verifyAuthenticationResponse({
      ...site(),
      response,
      expectedChallenge: challenge,
      requireUserVerification: true,
      // The library would refuse a counter before it knows whether the signature is true; only a true one tells of a copy.
      credential: { id: response.id, publicKey: fromStored(known.credentialPublicKey), counter: 0 },
    }).catch(() => ({ verified: false as const, authenticationInfo: undefined }))
    if (!verified || !said) return UNKNOWN
    if (counterWentBack(known.counter, said.newCounter)) {
      log.warn('passkey-copied', {
        reader: readerMark(known.userId),
        passkey: hashToken(known.credentialID),
      })
      return {
        ok: false as const,
        reason: 'passkey' as const,
        message:
          'That passkey seems to exist twice, so it is not accepted. Sign in by mail, remove it in the settings and add a new one.',
      }
    }
    const [owner] = await db()
      .select({ suspended: reader.suspended })
      .from(reader)
      .where(eq(reader.id, known.userId))
    if (!owner || owner.suspended)
      return {
        ok: false as const,
        reason: 'suspended' as const,
        message: 'This account is suspended, so it cannot sign in.',
      }
    await db()
      .update(authenticator)
      .set({ counter: said.newCounter, credentialBackedUp: said.credentialBackedUp })
      .where(eq(authenticator.credentialID, known.credentialID))
    await endSessionOf(oldSession)
    const sessionToken = await beginSession(known.userId, device, now)
    return { ok: true as const, sessionToken, readerId: known.userId, returnTo: safeReturnTo(returnTo) }
  })
}
