import fc from 'fast-check'
import { expect, it } from 'vitest'
import { RATES, take, turnstile } from '@/lib/edge/limits'

it('a client that keeps to its rate is never refused, whatever it did before', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 2_000 }), (perSecond, rush) => {
      const rate = { perSecond, burst: 600 }
      let nowMs = 0
      let bucket = undefined as Parameters<typeof take>[0]
      for (let i = 0; i < rush; i++) ({ bucket } = take(bucket, rate, nowMs))
      nowMs += 2_000
      for (let i = 0; i < 200; i++) {
        const taken = take(bucket, rate, nowMs)
        expect(taken.retryAfterSeconds).toBe(0)
        bucket = taken.bucket
        nowMs += 1000 / perSecond + 1e-6
      }
    }),
    { numRuns: 100 },
  )
})

it('a burst of 600 passes, the next is told when to come back, and then is let in', () => {
  for (const rate of Object.values(RATES)) {
    let bucket = undefined as Parameters<typeof take>[0]
    for (let i = 0; i < 600; i++) {
      const taken = take(bucket, rate, 0)
      expect(taken.retryAfterSeconds).toBe(0)
      bucket = taken.bucket
    }
    const { retryAfterSeconds } = take(bucket, rate, 0)
    expect(retryAfterSeconds).toBe(1)
    expect(take(bucket, rate, retryAfterSeconds * 1000).retryAfterSeconds).toBe(0)
  }
})

it('a clock that goes back gives nothing away and takes nothing', () => {
  const first = take(undefined, RATES.api, 10_000)
  expect(take(first.bucket, RATES.api, 0).bucket.tokens).toBe(first.bucket.tokens - 1)
})

it('so many at once, so many waiting, the rest is turned away at once; a failure gives its place back', async () => {
  const turn = turnstile({ atOnce: 2, waiting: 1 })
  const ends: (() => void)[] = []
  const work = () => new Promise<void>((end) => ends.push(end))
  const inside = [turn.pass(work), turn.pass(work), turn.pass(work)]
  expect(inside).not.toContain(null)
  expect(turn.pass(work)).toBeNull()
  ends.shift()!()
  await inside[0]
  expect(turn.depth).toBe(2)
  while (ends.length > 0) ends.shift()!()
  await inside[1]
  await new Promise(setImmediate)
  while (ends.length > 0) ends.shift()!()
  await inside[2]
  await expect(turn.pass(() => Promise.reject(new Error('x')))).rejects.toThrow('x')
  expect(turn.depth).toBe(0)
})
