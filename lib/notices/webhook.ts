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
import type { WebhookFormat } from '@/db/schema/words'
import type { NoticeMessage } from './types'

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

/** The text in one line, cut to so many characters. */
export function cut(text: string, charactersMax: number): string {
  const characters = [
    ...text
      .toWellFormed()
      .replace(/\p{Cc}+/gu, ' ')
      .trim(),
  ]
  return characters.length > charactersMax
    ? `${characters.slice(0, charactersMax - 1).join('')}…`
    : characters.join('')
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
  const topic = format === 'ntfy' ? ntfyTopic(url) : null
  const content =
    format === 'discord'
      ? discord(message)
      : format === 'slack'
        ? slack(message)
        : topic
          ? ntfy(message, topic.topic)
          : json(message, at)
  const body = JSON.stringify(content)
  const timestamp = Math.floor(at.getTime() / 1000)
  return {
    url: topic?.url ?? url,
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': webhookSignature(secret, id, timestamp, body),
    },
    body,
  }
}
