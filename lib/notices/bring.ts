import 'server-only'
import type { channel } from '@/db/schema/notice'
import { WEBHOOK_FORMATS } from '@/db/schema/words'
import { send } from '@/lib/shared/http'
import { outcomeOf } from './outcome'
import { arePushKeys, isPushHost, pushPayload, pushRequest, vapidKeys } from './push'
import type { NoticeMessage, Outcome } from './types'
import { webhookRequest } from './webhook'

/** What of a channel a delivery needs. */
export type Told = Pick<typeof channel.$inferSelect, 'address' | 'keys'>

/** The world as a delivery sees it. */
export interface Means {
  post: typeof send
  now: () => Date
}
const REAL: Means = { post: send, now: () => new Date() }

// Nobody's answer is read; its head says all.
const ANSWER_BYTES_MAX = 64_000
const GONE = [404, 410]

const unusable: Outcome = { outcome: 'refused', reason: 'The channel’s keys cannot be used.', ends: true }

/** Tells a message to a browser by its push service. Network only: it reads the installation's keys and writes nothing. */
export async function deliverPush(
  { address, keys }: Told,
  message: NoticeMessage,
  { post, now }: Means = REAL,
): Promise<Outcome> {
  const { p256dh = '', auth = '' } = keys ?? {}
  if (!arePushKeys({ p256dh, auth })) return unusable
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
  if (outcome.outcome === 'refused' && outcome.ends)
    return { ...outcome, reason: 'The browser has ended its subscription.' }
  return outcome
}

/** Tells a message to a webhook in its own format, signed. Network only. */
export async function deliverWebhook(
  { address, keys }: Told,
  message: NoticeMessage,
  { post, now }: Means = REAL,
): Promise<Outcome> {
  const format = WEBHOOK_FORMATS.find((known) => known === keys?.format)
  if (!format || !keys?.secret) return unusable
  const { url, ...request } = webhookRequest(format, message, {
    id: message.id,
    at: now(),
    secret: keys.secret,
    url: address,
  })
  const answer = await post(url, { method: 'POST', ...request, bytesMax: ANSWER_BYTES_MAX })
  return outcomeOf(answer, [410], new URL(address).hostname, now())
}
