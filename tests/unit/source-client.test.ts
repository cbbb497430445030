import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Answer, Sending } from '@/lib/shared/http'
import {
  FAILURES_MAX,
  LEFT_ALONE_MS,
  politeClient,
  RETRY_AFTER_MAX_MS,
  retryAfterMs,
} from '@/lib/sources/client'
import { tvmaze } from '@/lib/sources/tvmaze/client'

let nowMs = 0
let slept: number[] = []
let sent: { address: string; sending: Sending; atMs: number }[] = []
let answers: ((attempt: number) => Answer)[] = []

beforeEach(() => {
  nowMs = 1_000_000
  slept = []
  sent = []
  answers = []
  delete process.env.TVMAZE_URL
})
afterEach(() => {
  delete process.env.TVMAZE_URL
})

const answer = (status: number, headers: Record<string, string> = {}, body = '{}'): Answer => ({
  ok: true,
  status,
  headers,
  body: Buffer.from(body),
})
const always = (one: Answer) => {
  answers = [() => one]
}
const client = () =>
  politeClient(tvmaze, {
    nowMs: () => nowMs,
    sleep: async (ms) => {
      slept.push(ms)
      nowMs += ms
    },
    send: async (address, sending) => {
      sent.push({ address, sending, atMs: nowMs })
      const next = answers.length > 1 ? answers.shift() : answers[0]
      return next!(sent.length)
    },
  })

describe('a provider is asked politely', () => {
  test('never more often than it allows, in any ten seconds', async () => {
    always(answer(200))
    const ask = client()
    for (let i = 0; i < 70; i++) {
      await ask('https://api.tvmaze.com/shows/1')
      nowMs += 37
    }
    const { requests, perMs } = tvmaze.rate
    for (const [i, { atMs }] of sent.entries())
      expect((sent[i + requests]?.atMs ?? Number.POSITIVE_INFINITY) - atMs).toBeGreaterThanOrEqual(perMs)
  })

  test('and an operator’s own server as fast as it answers, at its own host and port alone', async () => {
    process.env.TVMAZE_URL = 'http://10.0.0.7:8080/tv/'
    always(answer(200))
    const ask = client()
    for (let i = 0; i < 50; i++) await ask('http://10.0.0.7:8080/tv/shows/1')
    expect(slept).toEqual([])
    expect(sent[0]?.sending.opens).toBe('10.0.0.7:8080')
    await ask('http://10.0.0.7:8081/shows/1')
    expect(sent.at(-1)?.sending.opens).toBeUndefined()
    expect(sent.at(-1)?.sending.hosts?.(new URL('http://10.0.0.7:8081/'))).toBe(false)
  })

  test('after a wait where it asks for one, by seconds or by a date', async () => {
    answers = [() => answer(429, { 'retry-after': '7' }), () => answer(200)]
    expect(await client()('https://api.tvmaze.com/shows/1')).toMatchObject({ ok: true })
    expect(slept).toEqual([7_000])
    expect(retryAfterMs('Thu, 01 Jan 1970 00:16:50 GMT', 1_000_000)).toBe(10_000)
    expect(retryAfterMs('soon', 1_000_000)).toBeNull()
    expect(retryAfterMs('Wed, 31 Dec 1969 00:00:00 GMT', 1_000_000)).toBe(0)
  })

  test('but nobody is waited for longer than two minutes', async () => {
    always(answer(429, { 'retry-after': String(RETRY_AFTER_MAX_MS / 1000 + 1) }))
    expect(await client()('https://api.tvmaze.com/shows/1')).toEqual({
      ok: false,
      kind: 'unreachable',
      closed: true,
      reason: 'api.tvmaze.com asks to be left alone for 121 seconds',
    })
    expect(slept).toEqual([])
  })

  test('and is left alone for a minute after it failed several times in a row', async () => {
    always(answer(503))
    const ask = client()
    for (let i = 0; i < 4; i++) await ask('https://api.tvmaze.com/shows/1')
    expect(sent).toHaveLength(FAILURES_MAX)
    nowMs += LEFT_ALONE_MS
    always(answer(200))
    expect(await ask('https://api.tvmaze.com/shows/1')).toMatchObject({ ok: true })
  })

  test('an answer that is not there, not new or not ours is told from one that failed', async () => {
    for (const [status, kind] of [
      [404, 'gone'],
      [304, 'unchanged'],
      [401, 'unreachable'],
      [302, 'unreadable'],
    ] as const) {
      always(answer(status))
      expect(await client()('https://api.tvmaze.com/shows/1')).toMatchObject({ ok: false, kind })
    }
    expect(sent).toHaveLength(4)
  })
})
