/**
 * What is written to a webhook. Every request is signed by the Standard Webhooks specification
 * (https://www.standardwebhooks.com), whatever its format: `webhook-id`, the same at a second attempt;
 * `webhook-timestamp`, seconds; `webhook-signature`, `v1,` and the base64 HMAC-SHA256 of
 * `{id}.{timestamp}.{body}` under the bytes behind `whsec_`.
 *
 * Format `json`, version 1; fields are only ever added:
 * `{"type": "notice" | "test", "version": 1, "timestamp": "2026-11-25T18:00:00.000Z", "data": {"id", "kind",
 * "title", "body", "url", "source": {"name", "url"} | null, "show", "season": 2 | null,
 * "happened_on": "2026-11-24" | null}}`
 */
import { createHmac, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { WEBHOOK_FORMATS, type WebhookFormat } from '@/db/schema/words'
import { outcomeOf } from '../outcome'
import type { NoticeMessage } from '../types'
import {
  ADDRESS_MAX,
  ANSWER_BYTES_MAX,
  cut,
  type DirectKind,
  LABEL_MAX,
  ownName,
  UNUSABLE,
  webAddress,
} from './kind'

const SECRET_PREFIX = 'whsec_'

/** A webhook's secret, as the Standard Webhooks specification writes it. */
export function newWebhookSecret(): string {
  return SECRET_PREFIX + randomBytes(32).toString('base64')
}

/** The signature of a body; the receiver computes the same and compares. */
export function webhookSignature(secret: string, id: string, timestamp: number, body: string): string {
  const key = Buffer.from(secret.replace(SECRET_PREFIX, ''), 'base64')
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`
}

/** An address that stands inside another syntax: nothing in it ends it early, and each % begins a code. */
const safeUrl = (url: string) => encodeURI(url.toWellFormed()).replace(/%25(?=[0-9a-f]{2})/gi, '%')
/** The source where it can be linked. */
const linked = ({ source }: NoticeMessage) => (source && /^https?:\/\//i.test(source.url) ? source : null)

function json({ happenedOn, kind, id, title, body, url, source, show, season }: NoticeMessage, at: Date) {
  return {
    type: kind === 'test' ? 'test' : 'notice',
    version: 1,
    timestamp: at.toISOString(),
    data: { id, kind, title, body, url, source, show, season, happened_on: happenedOn },
  }
}

const NTFY_TITLE_MAX = 250
const NTFY_BODY_MAX = 1_000

/** ntfy's JSON publishing: texts stay out of its headers, which cannot hold them. */
function ntfy(message: NoticeMessage, topic: string) {
  const { title, body, url } = message
  const source = linked(message)
  const actions = source ? [{ action: 'view', label: cut(source.name, 60), url: safeUrl(source.url) }] : []
  return {
    topic,
    title: cut(title, NTFY_TITLE_MAX),
    message: cut(body, NTFY_BODY_MAX),
    click: safeUrl(url),
    actions,
  }
}

/** Where ntfy takes JSON, and the topic its address names; null where it names none. */
export function ntfyTopic(address: string): { url: string; topic: string } | null {
  const url = new URL(address)
  const [, topic] = /^\/([-_A-Za-z0-9]{1,64})\/?$/.exec(url.pathname) ?? []
  if (!topic) return null
  url.pathname = '/'
  url.hash = ''
  return { url: url.href, topic }
}

/** Discord's markdown: a backslash before a sign takes its meaning. */
const discordText = (text: string) => text.replace(/[\\*_~`|>#\-[\]()<@:+]/g, '\\$&')

// Discord takes 256 characters in a title and 4,096 in a description; each may be escaped.
const DISCORD_TITLE_MAX = 120
const DISCORD_BODY_MAX = 1_500
const LAMP_GREEN = 0x129250

const DISCORD_URL_MAX = 2_048

/**
 * An address as Discord takes it for a link; undefined where it would refuse the whole message for it: what is not http, has
 * a host without a dot ("localhost") or is too long.
 */
function discordUrl(url: string): string | undefined {
  const safe = safeUrl(url)
  if (!URL.canParse(safe) || safe.length > DISCORD_URL_MAX) return undefined
  const { protocol, hostname, username } = new URL(safe)
  return /^https?:$/.test(protocol) && /^[^.[\]:]+(\.[^.[\]:]+)+$/.test(hostname) && username === ''
    ? safe
    : undefined
}

function discord(message: NoticeMessage) {
  const { title, body, url } = message
  const source = linked(message)
  const link = discordUrl(url)
  const embed = {
    title: discordText(cut(title, DISCORD_TITLE_MAX)),
    url: link,
    // Where the title cannot be a link, its reader can copy the address.
    description: discordText(cut(link ? body : `${body} ${url}`, DISCORD_BODY_MAX)),
    color: LAMP_GREEN,
    // An author's name is shown as it is.
    author: source ? { name: cut(source.name, 200), url: discordUrl(source.url) } : undefined,
  }
  return { embeds: [embed], allowed_mentions: { parse: [] } }
}

/** Slack's mrkdwn: its three signs of control as entities, so that nothing mentions or links by itself. */
const slackText = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
const slackLink = (url: string, text: string) => `<${slackText(safeUrl(url))}|${slackText(text)}>`

const SLACK_TITLE_MAX = 250
const SLACK_BODY_MAX = 2_000

function slack(message: NoticeMessage) {
  const { title, body, url } = message
  const source = linked(message)
  const lines = [slackLink(url, cut(title, SLACK_TITLE_MAX)), slackText(cut(body, SLACK_BODY_MAX))]
  if (source) lines.push(slackLink(source.url, cut(source.name, 200)))
  return { text: lines.join('\n'), unfurl_links: false, unfurl_media: false }
}

interface Format {
  /** Among the choices of the form. */
  words: string
  content: (message: NoticeMessage, at: Date, address: string) => object
  /** Where its requests go, if not to the webhook's own address. */
  url?: (address: string) => string | undefined
  /** Why an address cannot be one of this format, in a sentence. */
  problem?: (address: string) => string | false
}

const FORMATS: Record<WebhookFormat, Format> = {
  json: { words: 'JSON, for a program of your own', content: json },
  ntfy: {
    words: 'ntfy',
    content(message, at, address) {
      const to = ntfyTopic(address)
      return to ? ntfy(message, to.topic) : json(message, at)
    },
    url: (address) => ntfyTopic(address)?.url,
    problem: (address) =>
      !ntfyTopic(address) && 'An ntfy address ends in its topic, like https://ntfy.sh/my-shows.',
  },
  discord: { words: 'Discord', content: discord },
  slack: { words: 'Slack', content: slack },
}

/** A request to a webhook, ready to be sent. */
export interface WebhookRequest {
  /** The webhook's own address, but for ntfy, which takes JSON at its root. */
  url: string
  headers: Record<string, string>
  body: string
}

/**
 * The request that tells a message to a webhook.
 * @param id stable for this message, so that a receiver knows a second attempt
 * @throws where `id` is not made of letters, digits, `.`, `_` and `-`
 */
export function webhookRequest(
  format: WebhookFormat,
  message: NoticeMessage,
  { id, at, secret, url }: { id: string; at: Date; secret: string; url: string },
): WebhookRequest {
  if (!/^[\w.-]{1,100}$/.test(id)) throw new Error('A webhook’s id is made of letters, digits, ., _ and -.')
  const { content, url: to } = FORMATS[format]
  const body = JSON.stringify(content(message, at, url))
  const timestamp = Math.floor(at.getTime() / 1000)
  return {
    url: to?.(url) ?? url,
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': webhookSignature(secret, id, timestamp, body),
    },
    body,
  }
}

const EXAMPLE = `{
  "type": "notice",
  "version": 1,
  "timestamp": "2026-11-25T18:00:00.000Z",
  "data": {
    "id": "notice.12",
    "kind": "renewed",
    "title": "…",
    "body": "…",
    "url": "https://…",
    "source": { "name": "…", "url": "https://…" },
    "show": "…",
    "season": 2,
    "happened_on": "2026-11-24"
  }
}`

/** An address its reader gives, told in one of several formats; `keys` hold `format` and `secret`. */
export const webhook: DirectKind = {
  kind: 'webhook',
  words: { heading: 'Webhooks', many: 'Webhooks', told: 'by webhook' },
  about: [
    'Each notice is posted to an address of yours, signed by the ',
    { text: 'Standard Webhooks', href: 'https://www.standardwebhooks.com' },
    ' specification.',
  ],
  details: {
    summary: 'What is posted as JSON',
    example: EXAMPLE,
    about: [
      ...[{ code: 'type' }, ' is ', { code: 'test' }, ' for a test; ', { code: 'source' }, ', '],
      ...[{ code: 'season' }, ' and ', { code: 'happened_on' }, ' may be null; fields are only ever added. '],
      ...['The header ', { code: 'webhook-id' }, ' stays the same when a notice is sent again.'],
    ],
  },
  isMachine: true,
  isAddressSecret: false,
  lineOf({ address, keys, label }) {
    const { host } = new URL(address)
    const name = label ?? 'A webhook'
    return {
      label: name,
      beside: `${keys?.format ?? 'json'} at ${host}`,
      phrase: `the webhook ${name === host ? name : `${name} at ${host}`}`,
    }
  },
  gathers: false,
  most: 5,
  full: 'You have five webhooks, which is the most there can be. Remove one first.',
  fields: z
    .object({
      url: webAddress,
      format: z.enum(WEBHOOK_FORMATS, { error: `The format is one of ${WEBHOOK_FORMATS.join(', ')}.` }),
      label: ownName,
    })
    .superRefine(({ url, format }, given) => {
      const message = FORMATS[format].problem?.(url.href)
      if (message) given.addIssue({ code: 'custom', message, path: ['url'] })
    })
    .transform(({ url, format, label }) => ({
      address: url.href,
      keys: { format, secret: newWebhookSecret() },
      label: label || url.hostname,
    })),
  entry: {
    form: {
      fields: [
        { name: 'url', label: 'Address', type: 'url', hint: 'https://', lengthMax: ADDRESS_MAX },
        {
          name: 'format',
          label: 'Format',
          type: 'choice',
          choices: WEBHOOK_FORMATS.map((format) => ({ value: format, words: FORMATS[format].words })),
        },
        { name: 'label', label: 'What you call it', type: 'text', lengthMax: LABEL_MAX, isOptional: true },
      ],
      button: 'Add a webhook',
      incomplete: 'Give the address of the webhook, and a name if you like.',
    },
  },
  hasSecret: true,
  isSeenByOthers: false,
  async deliver(message, { address, keys }, { post, now }) {
    const format = WEBHOOK_FORMATS.find((known) => known === keys?.format)
    if (!format || !keys?.secret) return UNUSABLE
    const { url, ...request } = webhookRequest(format, message, {
      id: message.id,
      at: now(),
      secret: keys.secret,
      url: address,
    })
    const answer = await post(url, { method: 'POST', ...request, bytesMax: ANSWER_BYTES_MAX })
    return outcomeOf(answer, [410], new URL(address).hostname, now())
  },
}
