/** What a kind of channel says about itself, once; everything else about channels is read from it. */
import { z } from 'zod'
import type { channel } from '@/db/schema/notice'
import type { ChannelKind } from '@/db/schema/words'
import { fromEnv } from '@/lib/shared/env'
import { send } from '@/lib/shared/http'
import { allowanceOf, readTarget } from '@/lib/shared/outbound-address'
import { hasUnsafeCharacters } from '@/lib/shared/text'
import type { ChannelForm, ChannelLine, ChannelSection, NoticeMessage, Outcome } from '../types'

type Row = typeof channel.$inferSelect

/** What of a channel a delivery needs. */
export type Told = Pick<Row, 'address' | 'keys'>

/** The world as a delivery sees it. */
export interface Means {
  post: typeof send
  now: () => Date
}

/** The world as it is. */
export const REAL: Means = { post: send, now: () => new Date() }

/** A channel as it is kept, made of what its form was sent with. */
export interface Kept {
  address: string
  keys: Record<string, string>
  label: string
}

interface Described {
  kind: ChannelKind
  words: {
    /** Above its channels in the settings. */
    heading: string
    /** Among the choices of a season. */
    many: string
    /** After "delivered" or "refused", in what a reader was told. */
    told: string
  }
  /** What stands under the heading. */
  about?: ChannelSection['about']
  details?: ChannelSection['details']
  /** Instead of a list that is empty. */
  whenNone?: string
  /** Whether a machine reads it, which wants its message at once whatever hours and digests its owner keeps. */
  isMachine: boolean
  /** Whether who knows the address can use it, so that an export leaves it out. */
  isAddressSecret: boolean
  /** A channel as its owner sees it, nothing secret in it. */
  lineOf(channel: Told & Pick<Row, 'label'>): Pick<ChannelLine, 'label' | 'phrase'> & Partial<ChannelLine>
}

/** Notices go into letters (gather.ts), of which the outbox of mails does the rest. There whenever its address is known. */
export interface GatheringKind extends Described {
  gathers: true
}

/** Each notice is brought by itself. Added, tested and removed by its reader. */
export interface DirectKind extends Described {
  gathers: false
  /** The most a reader may have, and what is said to who wants more. */
  most: number
  full: string
  /** What it takes to add one, each refusal a sentence, and what is kept of it. What was not sent is empty. */
  fields: z.ZodType<Kept>
  /** How a reader adds one: a form, or a script of app/settings with a door of its own. */
  entry: { form: ChannelForm; island?: never } | { island: 'push-switch'; form?: never }
  /** Whether `keys.secret` is the receiver's too: its owner may read it, and adding the channel again leaves it. */
  hasSecret: boolean
  /** The key that proves whose the address is: a channel with the same of both moves to the reader who adds it. */
  movesBy?: string
  /** Whether others may see a message where it arrives, so that it gives nothing away unless its reader said so. */
  isSeenByOthers: boolean
  /** Brings a message to the other side and says what came of it, whatever that does. Writes nothing. */
  deliver(message: NoticeMessage, channel: Told, means: Means): Promise<Outcome>
}

export type KindOfChannel = GatheringKind | DirectKind

/** The most bytes of an answer that are taken: nobody's is read, its head says all. */
export const ANSWER_BYTES_MAX = 64_000

/** What comes of a channel whose `keys` hold something else than its kind keeps there. */
export const UNUSABLE: Outcome = {
  outcome: 'refused',
  reason: 'The channel’s keys cannot be used.',
  ends: true,
}

/** The most characters of an address. */
export const ADDRESS_MAX = 1_000
/** The most characters of the name a reader gives a channel. */
export const LABEL_MAX = 60

/** A field's text; empty where it was not sent. */
export const text = z.string().catch('')

/** Where `address` leads, with what an operator has opened, or why it may not. */
export const targetOf = (address: string) =>
  readTarget(address, allowanceOf(fromEnv('GREENLIT_OUTBOUND_ALLOW')))

/** A field that holds an address on the web to which something is sent. */
export const webAddress = text.transform((typed, given) => {
  const target = targetOf(typed.trim())
  if (target.ok && target.url.href.length <= ADDRESS_MAX) return target.url
  const message = target.ok ? 'That address is longer than we can keep.' : target.message
  given.addIssue({ code: 'custom', message })
  return z.NEVER
})

/** A field that holds what its reader calls the channel, or nothing. */
export const ownName = text
  .transform((typed) => typed.trim())
  .refine((name) => name.length <= LABEL_MAX && !hasUnsafeCharacters(name), {
    error: `A name has at most ${LABEL_MAX} characters, letters and signs alone.`,
  })

/** The text in one line, cut to so many characters. */
export function cut(line: string, charactersMax: number): string {
  const characters = [
    ...line
      .toWellFormed()
      .replace(/\p{Cc}+/gu, ' ')
      .trim(),
  ]
  return characters.length > charactersMax
    ? `${characters.slice(0, charactersMax - 1).join('')}…`
    : characters.join('')
}
