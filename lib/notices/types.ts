import type { Cadence, ChannelKind, NoticeKind, NoticeState, Want } from '@/db/schema/words'
import type { Day } from '@/lib/shared/day'
import type { Refusal } from '@/lib/shared/refusal'

export type { Cadence, ChannelKind, NoticeKind, NoticeState, Want }

/** What a reader wants to be told, when and how; hours are whole hours of their zone. */
export interface Wishes {
  /** IANA name. */
  timeZone: string
  wants: Want[]
  /** Days before a premiere at which it is told, 0..30. */
  leadDays: number
  cadence: Cadence
  /** 0..23. */
  digestHour: number
  /** ISO weekday, 1 is Monday. */
  digestWeekday: number
  /** 0..23, both or neither. */
  quietFrom: number | null
  quietTo: number | null
  spoilerSafe: boolean
}

/** What one notice tells, read from the ledger when it is sent. */
export interface NoticeItem {
  noticeId: number
  kind: NoticeKind
  show: { id: number; slug: string; title: string }
  season: { id: number; number: number }
  /** The season the reader follows: this one, or an earlier one of the show. Null where they follow none any more. */
  followed: { id: number; number: number } | null
  /** What changed, in words: "Renewed", "Premieres tomorrow, 14 March 2027", or a correction's text. */
  text: string
  /** A line that says that something changed, and not what. */
  safe: string
  /** The day it became known; null for a premiere. */
  happenedOn: Day | null
  source: { name: string; url: string } | null
  /** The show's one-line answer today. */
  answer: string
}

/** A notice as its reader sees it: what was told, how, and what became of it. */
export interface ToldLine {
  id: number
  /** How it came, in words: "by mail". */
  by: string
  show: { slug: string; title: string }
  season: number
  text: string
  state: NoticeState
  outcome: string | null
  /** When it was settled, or is due; an instant. */
  at: string
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
  kind: ChannelKind
  /** What it is called: a mail's address, the owner's word, a browser, a host. */
  label: string
  /** What is said beside that; null where there is nothing to say. */
  beside: string | null
  /** It in a sentence: "the webhook Mine at hooks.example". */
  phrase: string
  /** A browser's: by it the browser knows itself in the list. SHA-256 of its endpoint. */
  fingerprint: string | null
  /** Whether its owner can be shown a secret that it has. */
  hasSecret: boolean
  /** Whether it can be tested and removed; a mail address is only turned off. */
  isDirect: boolean
  enabled: boolean
  /** Instants. */
  lastDeliveredAt: string | null
  lastRefusedAt: string | null
  lastRefusal: string | null
  suspendedAt: string | null
  /** When it came with a list of a browser, turned off; null once its reader has turned it on. An instant. */
  broughtAt: string | null
}

/** Prose of plain words, links and code. */
export type Prose = (string | { text: string; href: string } | { code: string })[]

/** A field of the form that adds a channel. An optional one may be empty. */
export type ChannelField = { name: string; label: string } & (
  | { type: 'choice'; choices: { value: string; words: string }[] }
  | {
      type: 'text' | 'url'
      /** What stands in it while it is empty. */
      hint?: string
      /** In characters. */
      lengthMax: number
      isOptional?: boolean
    }
)

/** The form that adds a channel. */
export interface ChannelForm {
  fields: ChannelField[]
  /** What its button says. */
  button: string
  /** Said to who leaves out a field. */
  incomplete: string
}

/** One kind of channel in the settings: what is said of it, what its reader has of it, how one is added. */
export interface ChannelSection {
  kind: ChannelKind
  heading: string
  about: Prose | null
  /** Folded away below. */
  details: { summary: string; example: string; about: Prose } | null
  lines: ChannelLine[]
  /** Instead of lines, where there are none. */
  whenNone: string | null
  form: ChannelForm | null
  /** The script that adds one instead of a form. */
  island: 'push-switch' | null
}

/** What became of a wish about a channel. */
export type ChannelResult =
  | { ok: true; id: number }
  | Refusal<'signed-out' | 'no-channel' | 'channel' | 'full' | 'limit' | 'unavailable' | 'undelivered'>
