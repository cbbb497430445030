import 'server-only'
import { createECDH } from 'node:crypto'
import { eq } from 'drizzle-orm'
import webPush from 'web-push'
import { z } from 'zod'
import { db } from '@/db/client'
import { setting } from '@/db/schema/setting'
import { senderSet } from '@/lib/mail/rules'
import { fromEnv, type Given } from '@/lib/shared/env'
import { hashToken } from '@/lib/shared/secrets'
import { siteUrl } from '@/lib/shared/site'
import { outcomeOf } from '../outcome'
import type { NoticeMessage, Outcome } from '../types'
import {
  ADDRESS_MAX,
  ANSWER_BYTES_MAX,
  cut,
  type DirectKind,
  LABEL_MAX,
  type Means,
  type Told,
  targetOf,
  text,
  UNUSABLE,
} from './kind'

/** True for the push services of browsers; a subscription elsewhere would make us write to anybody. */
export function isPushHost({ hostname }: URL): boolean {
  return (
    hostname === 'fcm.googleapis.com' ||
    hostname === 'web.push.apple.com' ||
    /^[a-z0-9-]+(\.[a-z0-9-]+)*\.(push\.services\.mozilla|notify\.windows)\.com$/.test(hostname)
  )
}

/** The keys a browser made for its subscription (RFC 8291): a point of the curve P-256, and 16 secret bytes. */
export interface PushKeys {
  p256dh: string
  auth: string
}

const bytesOf = (text: string) => (/^[\w-]{1,120}={0,2}$/.test(text) ? Buffer.from(text, 'base64url') : null)

/** True for keys that something can be encrypted to. */
export function arePushKeys({ p256dh, auth }: PushKeys): boolean {
  const point = bytesOf(p256dh)
  if (point?.length !== 65 || point[0] !== 4 || bytesOf(auth)?.length !== 16) return false
  try {
    const curve = createECDH('prime256v1')
    curve.generateKeys()
    curve.computeSecret(point) // refuses what is not on the curve
    return true
  } catch {
    return false
  }
}

/** The keys this installation proves itself with to push services (RFC 8292). */
export interface VapidKeys {
  publicKey: string
  privateKey: string
}

const VAPID_SETTING = 'vapid'
const vapidKeysSchema = z.object({ publicKey: z.string(), privateKey: z.string() })

/** The installation's VAPID keys: from the environment, else made once and kept with it; all processes get the same. */
export async function vapidKeys(env: Given = process.env): Promise<VapidKeys> {
  const publicKey = fromEnv('VAPID_PUBLIC_KEY', env)
  const privateKey = fromEnv('VAPID_PRIVATE_KEY', env)
  if (publicKey && privateKey) return { publicKey, privateKey }
  const kept = () => db().select({ value: setting.value }).from(setting).where(eq(setting.key, VAPID_SETTING))
  let [row] = await kept()
  if (!row) {
    await db()
      .insert(setting)
      .values({ key: VAPID_SETTING, value: JSON.stringify(webPush.generateVAPIDKeys()) })
      .onConflictDoNothing()
    ;[row] = await kept()
  }
  return vapidKeysSchema.parse(JSON.parse(row!.value))
}

/** A name of the public internet; Apple's push service answers BadJwtToken to a subject at any other. */
const isPublicName = (host: string) =>
  /^(?:[a-z0-9-]+\.)+[a-z][a-z0-9-]*$/i.test(host) &&
  !/\.(?:local|localhost|internal|lan|home|arpa)$/i.test(host)

/** Where a push service can complain to nobody: RFC 2606 keeps the name free. */
const NOBODY = 'mailto:nobody@example.com'

/**
 * Whom a push service may complain to (RFC 8292, 2.1): the site, or where that is no public https address, its postmaster,
 * as a bare address. Apple takes no local name, no display name and no blank in it, and refuses the message for them.
 */
export function vapidSubject(env: Given): string {
  const { protocol, hostname, origin } = new URL(siteUrl(env))
  if (protocol === 'https:' && isPublicName(hostname)) return origin
  const sender = senderSet(env) ?? ''
  const [address = '', host = ''] = /[^\s<>",;:@]+@([^\s<>",;:@]+)/.exec(sender) ?? []
  return isPublicName(host) ? `mailto:${address}` : NOBODY
}

// A push message holds 3,993 bytes; four for each of these, and the rest, fit.
const TITLE_MAX = 150
const BODY_MAX = 500

/** What the service worker gets; `tag` lets a later message about a season take the place of an earlier one. */
export function pushPayload({ title, body, url, show, season }: NoticeMessage): string {
  return JSON.stringify({
    title: cut(title, TITLE_MAX),
    body: cut(body, BODY_MAX),
    url,
    tag: cut(`${show} ${season ?? ''}`, 80),
  })
}

const KEPT_SECONDS = 3 * 86_400

/** The request that pushes a payload to a subscription: encrypted to the browser's keys, signed with ours. */
export function pushRequest(
  { endpoint, keys }: { endpoint: string; keys: PushKeys },
  payload: string,
  vapid: VapidKeys,
  env: Given = process.env,
): { headers: Record<string, string>; body: Buffer } {
  const { headers, body } = webPush.generateRequestDetails({ endpoint, keys }, payload, {
    vapidDetails: { subject: vapidSubject(env), ...vapid },
    TTL: KEPT_SECONDS,
    urgency: 'normal',
    contentEncoding: 'aes128gcm',
  })
  const written = Object.entries(headers).filter(([name]) => name !== 'Content-Length')
  return { headers: Object.fromEntries(written.map(([name, value]) => [name, String(value)])), body }
}

const GONE = [404, 410]

async function deliver(
  message: NoticeMessage,
  { address, keys }: Told,
  { post, now }: Means,
): Promise<Outcome> {
  const { p256dh = '', auth = '' } = keys ?? {}
  if (!arePushKeys({ p256dh, auth })) return UNUSABLE
  const vapid = await vapidKeys()
  let request: ReturnType<typeof pushRequest>
  try {
    request = pushRequest({ endpoint: address, keys: { p256dh, auth } }, pushPayload(message), vapid)
  } catch {
    // An operator's mistake must not end every browser.
    return { outcome: 'later', reason: 'This site’s own push keys cannot be used.' }
  }
  const answer = await post(address, {
    method: 'POST',
    ...request,
    hosts: isPushHost,
    bytesMax: ANSWER_BYTES_MAX,
  })
  const outcome = outcomeOf(answer, GONE, 'The push service', now())
  return outcome.outcome === 'refused' && outcome.ends
    ? { ...outcome, reason: 'The browser has ended its subscription.' }
    : outcome
}

function isEndpoint(address: string): boolean {
  const target = targetOf(address)
  return address.length <= ADDRESS_MAX && target.ok && (target.open || isPushHost(target.url))
}

/** A browser by its push service; `keys` hold `p256dh` and `auth` (RFC 8291). Added by a script, with app/api/me/push. */
export const push: DirectKind = {
  kind: 'push',
  words: { heading: 'Notifications in a browser', many: 'Browsers', told: 'in a browser' },
  about: ['A browser shows what changed even while Greenlit is closed. Signing out ends it in that browser.'],
  isMachine: false,
  isAddressSecret: true,
  lineOf({ address, label }) {
    const browser = label ?? 'A browser'
    return { label: browser, phrase: `notifications in ${browser}`, fingerprint: hashToken(address) }
  },
  gathers: false,
  most: 10,
  full: 'Ten browsers are told already, which is the most there can be. Remove one first.',
  fields: z
    .object({
      endpoint: text.refine(isEndpoint, { error: 'That is not a subscription to a push service we know.' }),
      p256dh: text,
      auth: text,
      label: text,
    })
    .refine(arePushKeys, { error: 'The keys of that subscription cannot be used.' })
    .transform(({ endpoint, p256dh, auth, label }) => ({
      address: endpoint,
      keys: { p256dh, auth },
      label: label.slice(0, LABEL_MAX),
    })),
  entry: { island: 'push-switch' },
  hasSecret: false,
  // One browser tells one reader: whoever holds its keys has it now.
  movesBy: 'auth',
  isSeenByOthers: true,
  deliver,
}
