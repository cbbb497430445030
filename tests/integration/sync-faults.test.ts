import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { closeDb, db } from '@/db/client'
import { exportCatalogue, importCatalogue } from '@/lib/catalogue/commands'
import { recordClaims } from '@/lib/ledger/commands'
import { deriveStates } from '@/lib/ledger/derive'
import { type Sending, send } from '@/lib/shared/http'
import { politeClient } from '@/lib/sources/client'
import { syncProvider, type Which } from '@/lib/sources/sync'
import { tvmaze } from '@/lib/sources/tvmaze/client'
import { answerWanted } from '@/lib/wanted/commands'
import { greenlit } from '../support/command-line'
import { createDatabase, pointAt } from '../support/database'
import { FAULTS, ProviderServer } from '../support/provider-server'
import { aShowAnswer } from '../support/tvmaze-answers'

let server: ProviderServer

beforeAll(async () => {
  server = await ProviderServer.start()
})
afterAll(() => server.stop())
beforeEach(async () => {
  await closeDb()
  pointAt(await createDatabase())
  server.clear()
  process.env.TVMAZE_URL = server.url
})

const NOW = new Date('2026-11-02T10:00:00Z')
/** The door, with less patience than it has for others. */
const hasty = (address: string, sending: Sending) => send(address, { ...sending, timeoutMs: 700 })
const sync = (which: Which) =>
  syncProvider(tvmaze, which, {
    ask: politeClient(tvmaze, { send: hasty, nowMs: () => NOW.getTime(), sleep: async () => {} }),
    write: { importCatalogue, recordClaims, deriveStates, answerWanted },
    now: () => NOW,
  })
const rows = async (query: ReturnType<typeof sql>) =>
  [...(await db().execute(query))] as Record<string, unknown>[]
const catalogue = async () => {
  let text = ''
  await exportCatalogue((line) => {
    text += line
  })
  return text
}
const putTwo = () => {
  for (const id of [1, 2])
    server.put(`/shows/${id}`, aShowAnswer({ id, seasons: [{ number: 1, premiere: '2026-02-01' }] }))
}

describe('an answer that went wrong', () => {
  test.each([...FAULTS, 'hang' as const])(
    '%s: what we had stays, the reason is kept, and the next show is read all the same',
    async (fault) => {
      putTwo()
      await sync({ ids: ['1'] })
      const before = await catalogue()
      server.fail('/shows/1', fault)
      globalThis.gc?.()
      const memoryBefore = process.memoryUsage().rss
      const done = await sync({ ids: ['1', '2'] })
      const risen = (process.memoryUsage().rss - memoryBefore) / 1e6
      expect(done).toMatchObject({ asked: 2, quarantined: 1, says: null })
      expect(risen).toBeLessThan(50)
      const [held] = await rows(sql`select outside_id, reason from quarantine`)
      expect(held).toEqual({ outside_id: '1', reason: expect.stringMatching(/\w/) })
      expect((await catalogue()).split('\n').filter(Boolean)[0]).toBe(before.trim())
      // Good again, it is let out.
      server.fail('/shows/1', null)
      await sync({ ids: ['1'] })
      expect(await rows(sql`select outside_id from quarantine`)).toEqual([])
    },
  )

  test('a redirect is not followed', async () => {
    putTwo()
    server.fail('/shows/1', { redirect: `${server.url}/shows/2` })
    expect(await sync({ ids: ['1', '2'] })).toMatchObject({ quarantined: 1 })
    expect(server.asked.filter((line) => line.startsWith('GET /shows/2'))).toHaveLength(1)
  })

  test('the answer of another show than was asked for is none', async () => {
    server.put('/shows/1', aShowAnswer({ id: 2, seasons: [] })).put('/shows/3', aShowAnswer({ id: 3 }))
    expect(await sync({ ids: ['3', '1'] })).toMatchObject({ quarantined: 1 })
    expect(await rows(sql`select reason from quarantine`)).toEqual([
      { reason: 'id: is 2, where 1 was asked' },
    ])
  })

  test('429 is waited for as long as it asks, and asked again', async () => {
    putTwo()
    server.fail('/shows/1', { retryAfter: '2', times: 2 })
    expect(await sync({ ids: ['1'] })).toMatchObject({ asked: 1, quarantined: 0, says: null })
    expect(server.asked).toHaveLength(3)
  })

  test('the list of changes as a page of words ends the run with a sentence and moves nothing', async () => {
    putTwo()
    server.put('/updates/shows', '<html>Busy</html>')
    expect(await sync('updated')).toMatchObject({ asked: 0, says: 'the answer is a page, not JSON' })
    expect(await rows(sql`select read_until, says from sync_state`)).toEqual([
      { read_until: null, says: 'the answer is a page, not JSON' },
    ])
  })
})

describe('the command', () => {
  const untouched = async () =>
    expect(
      await rows(
        sql`select (select count(*)::int from show) as shows, (select count(*)::int from quarantine) as held`,
      ),
    ).toEqual([{ shows: 0, held: 0 }])

  test.each([
    [['sync'], /PROVIDER is missing/],
    [['sync', 'imdb'], /there is no provider "imdb"; there are tvmaze/],
    [['sync', 'constructor'], /there is no provider "constructor"/],
    [['sync', 'tvmaze', '--ids', 'stranger-things'], /"stranger-things" is no id of TVmaze/],
    [['sync', 'tvmaze', '--ids', '1,0x2'], /"0x2" is no id of TVmaze/],
    [['sync', 'tvmaze', '--ids', ' , '], /--ids names none/],
    [['sync', 'tvmaze', '--ids', '1', '--all'], /--ids and --all say different things/],
    [['sync', 'tvmaze', '--since', 'monday'], /Unknown option/],
  ])('refuses %j in one sentence, with status 2, and does nothing', async (words, sentence) => {
    const { status, out, err } = await greenlit(...words)
    expect(status).toBe(2)
    expect(out).toBe('')
    expect(err).toMatch(/^greenlit: /)
    expect(err.split('\n')).toHaveLength(1)
    expect(err).toMatch(sentence)
    expect(server.asked).toEqual([])
    await untouched()
  })

  test('without a net ends with one sentence and status 1, and nothing is half done', async () => {
    process.env.TVMAZE_URL = 'http://127.0.0.1:9'
    const { status, out, err } = await greenlit('sync', 'tvmaze', '--ids', '1', '--json')
    expect({ status, out }).toEqual({ status: 1, out: '' })
    expect(err).toBe('greenlit: 127.0.0.1 could not be reached.')
    await untouched()
  })

  test('names ids that the provider has nothing for, with status 1', async () => {
    const { status, err } = await greenlit('sync', 'tvmaze', '--ids', '404')
    expect(status).toBe(1)
    expect(err).toContain('greenlit: TVmaze has no show 404')
  })

  test('prints one object and nothing else with --json, and progress on standard error', async () => {
    putTwo()
    const { status, out, err } = await greenlit('sync', 'tvmaze', '--ids', '1,2', '--json')
    expect(status).toBe(0)
    expect(JSON.parse(out)).toEqual({ asked: 2, facts: 12, claims: 0, events: 0, quarantined: 0 })
    expect(err).toMatch(/^TVmaze \[#{24}\] 2 of 2, \d+\.\d\/s/m)
    const again = await greenlit('sync', 'tvmaze', '--ids', '1,2', '--json')
    expect(JSON.parse(again.out)).toEqual({ asked: 2, facts: 0, claims: 0, events: 0, quarantined: 0 })
  })
})
