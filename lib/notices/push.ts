import 'server-only'
import { createECDH } from 'node:crypto'
import { eq } from 'drizzle-orm'
import webPush from 'web-push'
import { z } from 'zod'
import { db } from '@/db/client'
import { setting } from '@/db/schema/setting'
import { senderSet } from '@/lib/mail/rules'
import { fromEnv, type Given } from '@/lib/shared/env'
import { siteUrl } from '@/lib/shared/site'
import type { NoticeMessage } from './types'
import { cut } from './webhook'

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
