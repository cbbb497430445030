import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { door, readingDoor } from '@/app/_doors/door'
import { closeDb, db } from '@/db/client'
import { withinDeadline } from '@/db/deadline'
import { answering } from '@/lib/shared/problem'
import { siteUrl } from '@/lib/shared/site'
import { type Relay, startRelay } from '../support/relay'

const direct = process.env.DATABASE_URL!
let relay: Relay

beforeAll(async () => {
  relay = await startRelay(Number(new URL(direct).port))
  const url = new URL(direct)
  url.port = String(relay.port)
  await closeDb()
  process.env.DATABASE_URL = url.href
  process.env.DATABASE_POOL = '1'
  await db().execute(sql`select 1`)
  relay.fail('deaf')
})
afterAll(async () => {
  delete process.env.DATABASE_POOL
  await closeDb()
  await relay.close()
  process.env.DATABASE_URL = direct
})

const ask = () => db().execute(sql`select 1 where ${1}::int = 1`)
const press = () =>
  new Request(new URL('/api/me/anything', siteUrl()), {
    method: 'POST',
    headers: {
      origin: new URL(siteUrl()).origin,
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: 'a=b',
  })

/** Waits for an answer with the budget of a request; how long it took is part of the promise. */
async function answer(work: () => Promise<Response>): Promise<Response> {
  const begun = performance.now()
  const response = await withinDeadline(600, work)
  expect(performance.now() - begun).toBeLessThan(5_000)
  return response
}

describe('while the database says nothing', () => {
  it('a door that changes something answers 503 in time, and does not claim to know that nothing was done', async () => {
    const response = await answer(() =>
      door(async () => {
        await ask()
        return new Response('done')
      })(press(), undefined),
    )
    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after')).toBe('5')
    expect(await response.text()).toContain('may have been done or not')
  })

  it('a door that reads answers 503 in time', async () => {
    const response = await answer(() =>
      readingDoor(async () => {
        await ask()
        return new Response('done')
      })(new Request(new URL('/api/me', siteUrl()))),
    )
    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after')).toBe('5')
    expect(await response.text()).toContain('Nothing was changed')
  })

  it('the API and the feeds answer 503 in time', async () => {
    const response = await answer(() =>
      answering(new Request(new URL('/api/v1/shows/dark', siteUrl())), async () => {
        await ask()
        return new Response('done')
      }),
    )
    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after')).toBe('10')
    expect(await response.text()).toContain('The database does not answer right now.')
  })

  it('who comes when too many wait already is told so at once', async () => {
    const waiting = Array.from({ length: 101 }, () => withinDeadline(600, ask).catch(() => {}))
    const begun = performance.now()
    const response = await door(async () => {
      await ask()
      return new Response('done')
    })(press(), undefined)
    expect(performance.now() - begun).toBeLessThan(500)
    expect(response.status).toBe(503)
    expect(await response.text()).toContain('Too much is asked at once. Nothing was changed')
    await Promise.all(waiting)
  })
})
