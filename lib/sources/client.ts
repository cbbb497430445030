/**
 * Asking politely: never faster than a host allows, waiting where it asks us to, and leaving it alone for a while once
 * it has failed several times in a row (a circuit breaker: M. Nygard, Release It!, 2007). One for a run; clock, patience
 * and network come in as arguments.
 */
import 'server-only'
import { createHash } from 'node:crypto'
import type { Answer, Sending } from '@/lib/shared/http'
import { readJson } from './json'
import type { Ask, Asking, Got, Provider } from './types'

/** What asking needs of the world. */
export interface AskingWorld {
  send: (address: string, sending: Sending) => Promise<Answer>
  nowMs: () => number
  sleep: (ms: number) => Promise<void>
}

/** Longer than that nobody is waited for: the run ends and says so. */
export const RETRY_AFTER_MAX_MS = 120_000
const TRIES_MAX = 3
const BACK_OFF_MS = 1_000
/** After so many failures in a row a host is left alone. */
export const FAILURES_MAX = 5
export const LEFT_ALONE_MS = 60_000
const BYTES_MAX = 2_000_000

/** How long an answer asks us to wait (RFC 9110, section 10.2.3: seconds or a date); null where it does not. */
export function retryAfterMs(value: string | undefined, nowMs: number): number | null {
  if (value === undefined) return null
  if (/^\d{1,9}$/.test(value.trim())) return Number(value) * 1000
  const at = Date.parse(value)
  return Number.isNaN(at) ? null : Math.max(0, at - nowMs)
}

interface HostState {
  /** When the last requests went out, oldest first; as many as the rate counts. */
  sentMs: number[]
  failures: number
  leftAloneUntilMs: number
}

const unreachable = (reason: string, closed = false) =>
  ({ ok: false, kind: 'unreachable', reason, closed }) as const

/** What an answer's status makes of it, before its body is looked at; `again` where another try may help. */
function judge(answer: Answer, host: string): { got: Got<unknown> | null; again: boolean } {
  const isTooLarge = !answer.ok && answer.reason === 'too-large'
  if (isTooLarge)
    return { got: { ok: false, kind: 'unreadable', reason: answer.message, bodyHash: null }, again: false }
  if (!answer.ok) {
    const isRefused = answer.reason === 'refused'
    return { got: unreachable(answer.message, isRefused), again: !isRefused }
  }
  const { status } = answer
  if (status === 304) return { got: { ok: false, kind: 'unchanged' }, again: false }
  if (status === 404 || status === 410)
    return { got: { ok: false, kind: 'gone', reason: `${host} has nothing there` }, again: false }
  if (status === 401 || status === 403)
    return { got: unreachable(`${host} does not let us in (${status})`, true), again: false }
  if (status === 429 || status >= 500) return { got: unreachable(`${host} answered ${status}`), again: true }
  if (status === 200) return { got: null, again: false }
  return {
    got: { ok: false, kind: 'unreadable', reason: `${host} answered ${status}`, bodyHash: null },
    again: false,
  }
}

/** A provider's client for one run. */
export function politeClient(provider: Provider, world: AskingWorld): Ask {
  const hosts = new Map<string, HostState>()
  const bases = provider.base().map(({ address, own }) => ({ url: new URL(address), own }))
  const portOf = ({ port, protocol }: URL) => port || (protocol === 'http:' ? '80' : '443')
  const named = (url: URL) => bases.find((base) => base.url.host === url.host && !base.own)
  const stateOf = (host: string) => {
    const known = hosts.get(host) ?? { sentMs: [], failures: 0, leftAloneUntilMs: 0 }
    hosts.set(host, known)
    return known
  }

  /** Waits for a place in the rate; an operator's own server needs none. */
  async function takePlace(url: URL, state: HostState): Promise<void> {
    if (named(url)) return
    const { requests, perMs } = provider.rate
    const first = state.sentMs.length >= requests ? state.sentMs.shift() : undefined
    const waitMs = first === undefined ? 0 : first + perMs - world.nowMs()
    if (waitMs > 0) await world.sleep(waitMs)
    state.sentMs.push(world.nowMs())
  }

  async function once(
    url: URL,
    { etag, headers, body, bytesMax = BYTES_MAX, timeoutMs }: Asking,
  ): Promise<Answer> {
    const json = body === undefined ? undefined : JSON.stringify(body)
    return world.send(url.href, {
      method: json === undefined ? 'GET' : 'POST',
      headers: {
        accept: 'application/json',
        ...(etag ? { 'if-none-match': etag } : {}),
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(json === undefined ? {} : { body: json }),
      hosts: ({ hostname }) => provider.hosts.includes(hostname),
      ...(named(url) ? { opens: `${url.hostname}:${portOf(url)}` } : {}),
      packed: true,
      bytesMax,
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
    })
  }

  return async (address, asking = {}) => {
    const url = new URL(address)
    const state = stateOf(url.host)
    let last: Got<unknown> = unreachable(`${url.hostname} was not asked`)
    for (let attempt = 1; attempt <= TRIES_MAX; attempt++) {
      if (state.leftAloneUntilMs > world.nowMs())
        return unreachable(
          `${url.hostname} failed ${FAILURES_MAX} times in a row and is left alone for a while`,
          true,
        )
      await takePlace(url, state)
      const answer = await once(url, asking)
      const { got, again } = judge(answer, url.hostname)
      if (!again) state.failures = 0
      if (got === null && answer.ok) return read(answer)
      last = got ?? last
      if (!again) return last
      if (++state.failures >= FAILURES_MAX) {
        state.failures = 0
        state.leftAloneUntilMs = world.nowMs() + LEFT_ALONE_MS
      }
      const asked = answer.ok ? retryAfterMs(answer.headers['retry-after'], world.nowMs()) : null
      if (asked !== null && asked > RETRY_AFTER_MAX_MS)
        return unreachable(
          `${url.hostname} asks to be left alone for ${Math.ceil(asked / 1000)} seconds`,
          true,
        )
      if (attempt < TRIES_MAX) await world.sleep(asked ?? BACK_OFF_MS * 2 ** (attempt - 1))
    }
    return last
  }
}

function read({ headers, body }: Extract<Answer, { ok: true }>): Got<unknown> {
  const json = readJson(body, headers['content-type'])
  if (json.ok) return { ok: true, value: json.value, etag: headers.etag ?? null }
  const bodyHash = createHash('sha256').update(body).digest('hex')
  return { ok: false, kind: 'unreadable', reason: json.reason, bodyHash }
}
