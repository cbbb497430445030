import 'server-only'
import { countLimit } from '@/lib/shared/counts'
import { log } from '@/lib/shared/log'
import { BROKEN_RETRY_SECONDS, countAll, retrySeconds } from '@/lib/shared/rate-limit'
import type { Refusal } from '@/lib/shared/refusal'
import { type Counts, nextStep, SHARES, type Share, type Verdict } from './mail-shares'

/** Who asks for a mail to an address. */
export interface MailAsk {
  /** What is asked for; pairs are counted for each. */
  kind: 'sign-in' | 'opt-in'
  /** One normalised address. */
  email: string
  /** As `clientOf` names it. */
  client: string
  /** The name of a browser the address's owner has signed in with, null for any other. */
  known: string | null
  /** The age of the link that was asked for here and is still good; null where there is none. */
  openForMs: number | null
}

/** Whose mailbox an address is, as far as one can see: name+anything@ is name@ at most hosts (RFC 5233). */
const mailboxOf = (email: string) => email.replace(/^([^+@]+)\+[^@]*@/, '$1@')

const subjectOf = (share: Share, { kind, email, client, known }: MailAsk): string => {
  switch (share) {
    case 'client':
    case 'client-day':
      return client
    case 'pair':
    case 'pair-day':
      return `${kind}\0${mailboxOf(email)}\0${client}`
    case 'address':
    case 'address-day':
      return mailboxOf(email)
    case 'known':
      return `${kind}\0${email}\0${known}`
    case 'all':
      return 'all'
  }
}

const wait = (seconds: number) => {
  const minutes = Math.ceil(seconds / 60)
  return minutes >= 120
    ? `in ${Math.ceil(minutes / 60)} hours`
    : `in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`
}

function sentence(share: Share, retryAfterSeconds: number): string {
  const again = `Try again ${wait(retryAfterSeconds)}`
  if (share.startsWith('client')) return `Too many mails were asked for from your network. ${again}.`
  if (share.startsWith('address'))
    return `Many mails to this address were asked for, perhaps by somebody else. Look into your mailbox, or use a browser you have signed in with before, or a passkey. ${again}.`
  return `Too many mails were asked for to this address from here. Look into your mailbox for the last one. ${again}.`
}

const BROKEN: Refusal<'unavailable'> = {
  ok: false,
  reason: 'unavailable',
  message: 'Mail is out of order for a moment. Try again in half a minute.',
  retryAfterSeconds: BROKEN_RETRY_SECONDS,
}

/** Told once when the house goes over its share and at every further share, not with every mail. */
function alert(count: number): void {
  const { points, perSeconds } = SHARES.all
  countLimit('mail-overall')
  if ((count - 1) % points === 0) log.warn('sign-in-mail-overall', { count, points, perSeconds })
}

/**
 * Counts an ask for a mail and says what becomes of it (mail-shares.ts holds the rules). Fails closed: no mail leaves
 * uncounted. Known and unknown addresses are counted alike; whether an address has an account is not looked at.
 */
export async function countAsk(
  ask: MailAsk,
): Promise<Exclude<Verdict, { mail: 'refused' }> | Refusal<'limit' | 'unavailable'>> {
  const counts: Counts = {}
  const untilMs: Partial<Record<Share, number>> = {}
  for (;;) {
    const step = nextStep({ known: ask.known !== null, openForMs: ask.openForMs }, counts)
    if (!('count' in step)) {
      if (step.mail !== 'refused') {
        if (step.mail !== 'none' && step.overShare) alert(counts.all ?? 0)
        return step
      }
      const limit = `mail-${step.share}`
      countLimit(limit)
      log.warn('limit-hit', { limit })
      const retryAfterSeconds = retrySeconds(untilMs[step.share] ?? 0)
      return {
        ok: false,
        reason: 'limit',
        message: sentence(step.share, retryAfterSeconds),
        retryAfterSeconds,
      }
    }
    const counted = await countAll(
      step.count.map((share) => ({
        limit: { name: `mail-${share}`, ...SHARES[share] },
        subject: subjectOf(share, ask),
      })),
    )
    if (!counted) return BROKEN
    for (const [index, share] of step.count.entries()) {
      counts[share] = counted[index]!.count
      untilMs[share] = counted[index]!.msBeforeNext
    }
  }
}
