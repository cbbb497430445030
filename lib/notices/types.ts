import type { NoticeKind, WebhookFormat } from '@/db/schema/words'
import type { Day } from '@/lib/shared/day'

/** A mail as the local mailbox shows it. */
export interface MailboxLetter {
  id: number
  recipient: string
  subject: string
  text: string
  /** An instant. */
  queuedAt: string
}

/** What a browser or a webhook is told; every text of it as stored, nothing escaped yet. */
export interface NoticeMessage {
  /** Stable and never another's: a second delivery of the same notice carries the same. Letters, digits, `.`, `_`, `-`. */
  id: string
  kind: NoticeKind | 'test'
  title: string
  body: string
  /** Where on this site it is told at length. */
  url: string
  source: { name: string; url: string } | null
  show: string
  season: number | null
  /** The day it tells of; null where it tells of none. */
  happenedOn: Day | null
}

/** What came of one attempt to deliver. */
export type Outcome =
  | { outcome: 'sent' }
  | { outcome: 'later'; reason: string; retryAfterMs?: number }
  | {
      outcome: 'refused'
      reason: string
      /** The other side says this channel is over: a browser that ended its subscription, a webhook that is gone. */
      ends: boolean
    }

/** A channel as its owner sees it; without keys. */
export interface ChannelLine {
  id: number
  kind: 'mail' | 'push' | 'webhook'
  /** What it is called: the owner's word, a browser, a host. */
  label: string
  /** A mail's address, a webhook's host; null for a browser, whose endpoint is nobody's business. */
  address: string | null
  format: WebhookFormat | null
  /** A browser's: by it the browser knows itself in the list. SHA-256 of its endpoint. */
  fingerprint: string | null
  enabled: boolean
  /** Instants. */
  lastDeliveredAt: string | null
  lastRefusedAt: string | null
  lastRefusal: string | null
  suspendedAt: string | null
}

/** What became of a wish about a channel. */
export type ChannelResult =
  | { ok: true; id: number }
  | {
      ok: false
      reason: 'signed-out' | 'no-channel' | 'channel' | 'full' | 'limit' | 'unavailable' | 'undelivered'
      /** For the person who asked. */
      message: string
      retryAfterSeconds?: number
    }
