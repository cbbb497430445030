/**
 * How many mails anybody may have sent by typing an address into a form (sign-in links, confirmations); pure.
 *
 * Say it plainly first: whoever asks spends a share of their own, never one that others need.
 * - A *client* (one IPv4 address, one IPv6 /64) has a share that an office of fifty people fits into.
 * - A *pair* of address and client has a small one. When it is used up the open link is sent again, twice, and after
 *   that nothing more is: the link lies in the mailbox.
 * - An *address* bears so many mails an hour from browsers it does not know, which is more than one client can have
 *   sent: whoever aims at somebody from one machine neither floods their mailbox nor keeps them out.
 * - A *known* browser, one its owner has signed in with before, has a share that nobody else can touch.
 * - The *whole house* never closes. Above its share unknown browsers wait a little, longer the more their client asks
 *   for, and the operator is told.
 */

/** What is counted. `-day` shares bound what the short ones would let through from morning to evening. */
export type Share =
  | 'client'
  | 'client-day'
  | 'pair'
  | 'pair-day'
  | 'address'
  | 'address-day'
  | 'known'
  | 'all'

const MINUTES = 60
const DAY = 86_400

/** How much each share is, in asks per window of so many seconds. */
export const SHARES: Record<Share, { points: number; perSeconds: number }> = {
  // Fifty people who come to work at nine, and some of them twice.
  client: { points: 60, perSeconds: 10 * MINUTES },
  'client-day': { points: 600, perSeconds: DAY },
  // New links; two more mails carry an open one again.
  pair: { points: 3, perSeconds: 15 * MINUTES },
  'pair-day': { points: 24, perSeconds: DAY },
  // More than one pair can spend (5 in 15 minutes, 24 a day), also where its windows overlap.
  address: { points: 30, perSeconds: 60 * MINUTES },
  'address-day': { points: 60, perSeconds: DAY },
  known: { points: 6, perSeconds: 15 * MINUTES },
  // More than three clients can spend.
  all: { points: 200, perSeconds: 10 * MINUTES },
}

/** Mails that carry an open link again, after a share of new ones is used up. */
const AGAIN = { pair: 2, known: 4 } as const
/** Asked again so soon, it is a finger that pressed twice: both mails carry one link. */
export const PRESSED_TWICE_MS = 15_000
/** How long an unknown browser's mail waits above the house's share, for each ask of its client, and at most. */
const WAIT_PER_ASK_MS = 10_000
export const WAIT_MAX_MS = 120_000

/** Whoever asks, as far as it matters here. */
export interface Asker {
  /** A browser that its address's owner has signed in with. */
  known: boolean
  /** The age of a link that was asked for here and is still good; null where there is none. */
  openForMs: number | null
}

/** What becomes of an ask. */
export type Verdict =
  /** A mail leaves: with a link of its own, or with the open one again. */
  | { mail: 'new' | 'again'; delayMs: number; overShare: boolean; because: string }
  /** No mail, and nothing is wrong: the open link is in the mailbox. Answered as if one left. */
  | { mail: 'none'; because: string }
  | { mail: 'refused'; share: Share; because: string }

/** What has to be counted before more can be said, or the verdict. */
export type Step = { count: readonly Share[] } | Verdict

/** Counts so far, this ask included. */
export type Counts = Partial<Record<Share, number>>

/**
 * The order of counting; what stands in one line is counted at once. An ask that is refused goes no further, so what it
 * spends is its own: a `-day` share is counted after the short one has let the ask pass, and an address only by what
 * its pair lets through.
 */
const LINES = {
  known: [['known'], ['all']],
  unknown: [['client'], ['client-day', 'pair'], ['pair-day', 'address'], ['address-day', 'all']],
} as const satisfies Record<string, readonly (readonly Share[])[]>

const TOO_MANY: Record<Exclude<Share, 'all'>, string> = {
  client: 'this network has asked for too many mails',
  'client-day': 'this network has asked for too many mails today',
  pair: 'this network has asked for this address too often',
  'pair-day': 'this network has asked for this address too often today',
  address: 'this address gets no more mail from browsers it does not know',
  'address-day': 'this address gets no more mail from browsers it does not know today',
  known: 'this browser has asked too often',
}

const over = (counts: Counts, share: Share) => (counts[share] ?? 0) > SHARES[share].points

/** Whether a share lets no mail leave at all any more. */
const isSpent = (counts: Counts, share: Exclude<Share, 'all'>) =>
  share === 'pair' || share === 'known'
    ? (counts[share] ?? 0) > SHARES[share].points + AGAIN[share]
    : over(counts, share)

/** What to count next for an ask, or what becomes of it; the reason stands with it. */
export function nextStep({ known, openForMs }: Asker, counts: Counts): Step {
  for (const line of known ? LINES.known : LINES.unknown) {
    if (line.some((share) => counts[share] === undefined)) return { count: line }
    for (const share of line)
      if (share !== 'all' && isSpent(counts, share))
        return openForMs === null
          ? { mail: 'refused', share, because: TOO_MANY[share] }
          : { mail: 'none', because: `${TOO_MANY[share]}; the open link is in the mailbox` }
  }
  const usedUp = over(counts, known ? 'known' : 'pair')
  const again = openForMs !== null && (usedUp || openForMs < PRESSED_TWICE_MS)
  const overShare = over(counts, 'all')
  const delayMs = overShare && !known ? Math.min(WAIT_MAX_MS, WAIT_PER_ASK_MS * (counts.client ?? 1)) : 0
  return {
    mail: again ? 'again' : 'new',
    delayMs,
    overShare,
    because: delayMs > 0 ? 'the whole house is over its share, so this one waits' : 'within its share',
  }
}
