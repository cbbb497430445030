/** Pure rules of sending. */
import { fromEnv, type Given } from '@/lib/shared/env'
import { isLoopbackHost } from '@/lib/shared/site'

/** What the other side refused so often is parked where a person sees it. */
export const ATTEMPTS_MAX = 8
const LEASE_SECONDS_DEFAULT = 180

/** How long a process may sit on something it has taken: three minutes unless GREENLIT_LEASE_SECONDS says otherwise. */
export function leaseMs(env: Given = process.env): number {
  return (fromEnv('GREENLIT_LEASE_SECONDS', env) ?? LEASE_SECONDS_DEFAULT) * 1_000
}

/** The server mail leaves through; undefined where there is none. */
export function mailServerUrl(env?: Given): string | undefined {
  return fromEnv('SMTP_URL', env) ?? fromEnv('EMAIL_SERVER', env)
}

/** The sender mails carry, as it is set. */
export function senderSet(env?: Given): string | undefined {
  return fromEnv('MAIL_FROM', env) ?? fromEnv('EMAIL_FROM', env)
}

/** The lease of this process … */
export const LEASE_MS = leaseMs()
/** … and how long sending may take, well within that. */
export const SEND_TIMEOUT_MS = (LEASE_MS * 2) / 3
/** A server that cannot be reached is our trouble, not the mail's: tried for so long (RFC 5321, 4.5.4.1: 4 to 5 days). */
export const UNREACHED_MAX_MS = 5 * 86_400_000
const UNREACHED_RETRY_MAX_MS = 30 * 60_000

const FIRST_RETRY_MS = 30_000
const RETRY_MAX_MS = 5 * 3_600_000

/** The pause after the n-th refused attempt: 30 s, doubling four-fold, at most 5 h. */
export function retryDelayMs(attempt: number): number {
  return Math.min(RETRY_MAX_MS, FIRST_RETRY_MS * 4 ** Math.max(0, attempt - 1))
}

type Failure = { responseCode?: unknown; code?: unknown; command?: unknown }

/** The commands at which a server refuses a mail; at all before them (greeting, TLS, sign-in, sender) it refuses us. */
const ABOUT_THE_MAIL = new Set<unknown>([undefined, 'RCPT TO', 'DATA'])
/** "Not now, goodbye" and "who are you?": said of the server and of our credentials, at whatever command. */
const ABOUT_US = new Set<unknown>([421, 454, 530, 534, 535, 538])

/**
 * Whether it was not about the mail at all: no server, no TLS, a connection lost on the way, or a server that does not
 * deal with us. That is an operator's to mend and must not park every mail meanwhile.
 */
export function isUnreached(error: unknown): boolean {
  const { responseCode, command } = error as Failure
  return typeof responseCode !== 'number' || ABOUT_US.has(responseCode) || !ABOUT_THE_MAIL.has(command)
}

/** Whether a server's refusal is for good: a 5xx answer about this mail. Lost connections and 4xx are not. */
export function isFinalRefusal(error: unknown): boolean {
  const code = Number((error as Failure).responseCode)
  return !isUnreached(error) && code >= 550 && code <= 556
}

/** Whether a final refusal is about the address itself, so that writing to it again is of no use. */
export function isDeadAddress(error: unknown): boolean {
  const { code, command } = error as Failure
  return isFinalRefusal(error) && code === 'EENVELOPE' && command !== 'DATA'
}

/** What becomes of a mail that could not be sent. */
export function afterFailure(
  error: unknown,
  { attempts, ageMs }: { attempts: number; ageMs: number },
): { parked: true } | { parked: false; retryMs: number } {
  if (isFinalRefusal(error)) return { parked: true }
  if (isUnreached(error))
    return ageMs > UNREACHED_MAX_MS
      ? { parked: true }
      : { parked: false, retryMs: Math.min(retryDelayMs(attempts), UNREACHED_RETRY_MAX_MS) }
  return attempts >= ATTEMPTS_MAX ? { parked: true } : { parked: false, retryMs: retryDelayMs(attempts) }
}

/** The most days ahead at which a reader can be told of a premiere. */
export const LEAD_DAYS_MAX = 30

/**
 * Whether mail may leave only over TLS. `smtps://` is TLS from the first byte; `smtp://` must become it (STARTTLS),
 * unless the server is this very machine. SMTP_TLS says otherwise: `optional` takes TLS where it is offered, `required`
 * asks for it on this machine too.
 * @throws where SMTP_TLS or the address says nothing of the kind
 */
export function needsTls(smtpUrl: string, setting: 'optional' | 'required' | undefined): boolean {
  if (setting) return setting === 'required'
  const host = URL.canParse(smtpUrl) ? new URL(smtpUrl).hostname : ''
  return !(isLoopbackHost(host) || /^127\.\d+\.\d+\.\d+$/.test(host))
}
