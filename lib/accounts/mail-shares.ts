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
export type Step = { count: Share } | Verdict

/** Counts so far, this ask included. A share is only counted when all before it let the ask pass. */
export type Counts = Partial<Record<Share, number>>

const over = (counts: Counts, share: Share) => (counts[share] ?? 0) > SHARES[share].points

/** What to count next for an ask, or what becomes of it; the reason stands with it. */
export function nextStep({ known, openForMs }: Asker, counts: Counts): Step {
  const ends = (share: Share, because: string): Verdict =>
    openForMs !== null
      ? { mail: 'none', because: `${because}; the open link is in the mailbox` }
      : { mail: 'refused', share, because }

  const line: Share[] = known
    ? ['known', 'all']
    : ['client', 'client-day', 'pair', 'pair-day', 'address', 'address-day', 'all']
  for (const share of line) {
    if (counts[share] === undefined) return { count: share }
    if (share === 'all' || !over(counts, share)) continue
    if (share === 'pair' || share === 'known') {
      if (counts[share]! > SHARES[share].points + AGAIN[share])
        return ends(share, 'this browser or network has asked for this address too often')
    } else if (share.startsWith('client')) return ends(share, 'this network has asked for too many mails')
    else if (share.startsWith('pair')) return ends(share, 'this network has asked for this address too often')
    else return ends(share, 'this address gets no more mail from browsers it does not know')
  }

  const again = openForMs !== null && (openForMs < PRESSED_TWICE_MS || over(counts, known ? 'known' : 'pair'))
  const overShare = over(counts, 'all')
  const delayMs = overShare && !known ? Math.min(WAIT_MAX_MS, WAIT_PER_ASK_MS * (counts.client ?? 1)) : 0
  return {
    mail: again ? 'again' : 'new',
    delayMs,
    overShare,
    because: delayMs > 0 ? 'the whole house is over its share, so this one waits' : 'within its share',
  }
}
