import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { sql } from 'drizzle-orm'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { closeDb, db } from '@/db/client'
import { importCatalogue } from '@/lib/catalogue/commands'
import { importClaims, retractClaim } from '@/lib/ledger/commands'
import { deriveStates } from '@/lib/ledger/derive'
import { getCorrections } from '@/lib/ledger/queries'
import { restoreEvents } from '@/lib/ledger/restore-events'
import { tellEvents } from '@/lib/notices/tell'
import { dayOf } from '@/lib/shared/day'
import { greenlit } from '../support/command-line'
import { createDatabase, pointAt } from '../support/database'
import { sha256 } from '../support/open-data'
import { Clock, days, minutes, said } from '../support/telling'

process.env.GREENLIT_ROLE = 'worker'

const folder = mkdtempSync(path.join(tmpdir(), 'greenlit-open-import-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const at = (...names: string[]) => path.join(folder, ...names)
const PARTS = ['catalogue', 'claims', 'events'] as const
const plain = (into: string, part: string) =>
  gunzipSync(readFileSync(at(into, `${part}.ndjson.gz`))).toString()

async function anEmptyDatabase(): Promise<void> {
  await closeDb()
  pointAt(await createDatabase())
}
beforeEach(anEmptyDatabase)

async function count(table: string): Promise<number> {
  const [row] = await db().execute<{ count: number }>(
    sql`select count(*)::int as count from ${sql.identifier(table)}`,
  )
  return row!.count
}

/** Shows with a history: dates that moved, a flip taken back before anybody was told, statements taken back. */
async function aHistory(): Promise<void> {
  const clock = new Clock(new Date('2026-10-01T10:00:00Z'))
  const shows = ['ash', 'birch', 'cedar'].map((slug, i) =>
    JSON.stringify({
      ids: { tvmaze: String(i + 1), greenlit: slug },
      slug,
      title: `The ${slug}`,
      cast: [{ person: 'Park Solomon', character: 'Lee', also: ['Lomon'] }],
      seasons: [
        { number: 1, premiere: '2023-01-05', finale: '2023-03' },
        { number: 2, premiere: '2024-21' },
      ],
      provenance: ['tvmaze'],
    }),
  )
  await importCatalogue(shows)
  await importCatalogue(
    [
      JSON.stringify({
        ids: { tvmaze: '1' },
        title: 'The ash',
        seasons: [{ number: 1, premiere: '2023-01-06' }],
      }),
    ],
    {
      provider: 'wikidata',
    },
  )
  for (const show of ['ash', 'birch', 'cedar']) {
    await said({ show, season: 3, kind: 'release_window', date: '2026-10', by: 'The Guess' }, clock)
    clock.pass(days(2))
    await said({ show, season: 3, kind: 'renewed', by: 'The Studio', sourceClass: 'official' }, clock)
    await said(
      { show, season: 3, kind: 'release_date', date: '2027-05-01', by: 'The Trade', sourceClass: 'trade' },
      clock,
    )
    clock.pass(minutes(31))
    await tellEvents(clock.now())
    await said(
      { show, season: 3, kind: 'release_date', date: '2027-09-01', by: 'The Trade', sourceClass: 'trade' },
      clock,
    )
    clock.pass(days(3))
    await tellEvents(clock.now())
  }
  // Cancelled and taken back within the hold: nobody was told of either.
  const flip = await said(
    { show: 'birch', season: 3, kind: 'cancelled', by: 'The Loud', sourceClass: 'trade' },
    clock,
  )
  clock.pass(minutes(5))
  await retractClaim(flip, 'The page was not about this show.', {
    today: dayOf(clock.now()),
    now: clock.now(),
  })
  clock.pass(minutes(40))
  await tellEvents(clock.now())
  // What one source says twice on one day: the later counts, by the instant alone.
  await said(
    {
      show: 'cedar',
      season: 3,
      kind: 'release_date',
      date: '2027-10-01',
      by: 'The Same',
      sourceClass: 'trade',
    },
    clock,
  )
  clock.pass(minutes(5))
  await said(
    {
      show: 'cedar',
      season: 3,
      kind: 'release_date',
      date: '2027-11-01',
      by: 'The Same',
      sourceClass: 'trade',
    },
    clock,
  )
  clock.set('2026-11-22T11:00:00Z')
  await deriveStates({ today: '2026-11-22', now: clock.now(), tell: true })
  await tellEvents(clock.now())
}

test('an export, put into an empty database, is exported as the same bytes: shows, claims and events', async () => {
  await aHistory()
  expect((await greenlit('export', 'data', at('one'))).status).toBe(0)
  const claims = plain('one', 'claims')
  const events = plain('one', 'events')
  expect(claims).toContain('"reason":"The page was not about this show."')
  expect(events).toContain('"state":"withdrawn"')
  const states = sql`
    select show.slug, season.number, state.status, state.premiere_edtf, state.premiere_state, state.because
    from season_state state join season on season.id = state.season_id join show on show.id = state.show_id order by 1, 2`
  const before = [...(await db().execute(states))]
  const corrected = (await getCorrections({})).items.map(({ text, publishedOn }) => `${publishedOn} ${text}`)
  const counts = [await count('claim'), await count('retraction'), await count('event')]

  await anEmptyDatabase()
  const { status, out, err } = await greenlit('import', 'data', at('one'), '--json')
  expect({ status, err }).toEqual({ status: 0, err: '' })
  expect(JSON.parse(out)).toMatchObject({
    catalogue: { added: 3, failed: 0 },
    claims: { added: counts[0], failed: 0 },
    events: { added: counts[2], failed: 0 },
  })
  expect((await greenlit('export', 'data', at('two'))).status).toBe(0)
  for (const part of PARTS) {
    expect(plain('two', part)).toBe(plain('one', part))
    expect(sha256(readFileSync(at('two', `${part}.ndjson.gz`)))).toBe(
      sha256(readFileSync(at('one', `${part}.ndjson.gz`))),
    )
  }
  expect([await count('claim'), await count('retraction'), await count('event')]).toEqual(counts)
  expect([...(await db().execute(states))]).toEqual(before)
  expect((await getCorrections({})).items.map(({ text, publishedOn }) => `${publishedOn} ${text}`)).toEqual(
    corrected,
  )

  // Once more changes nothing, and nobody was told of anything.
  const again = JSON.parse((await greenlit('import', 'data', at('one'), '--json')).out)
  expect(again).toMatchObject({
    claims: { added: 0, known: counts[0] },
    events: { added: 0, known: counts[2] },
  })
  expect((await greenlit('export', 'data', at('three'))).status).toBe(0)
  for (const part of PARTS) expect(plain('three', part)).toBe(plain('one', part))
  expect(await count('outbox')).toBe(0)
})

test('an import of claims alone takes back what its lines say was taken back, on its day and with its reason', async () => {
  await aHistory()
  await greenlit('export', 'data', at('four'))
  await anEmptyDatabase()
  writeFileSync(at('c.ndjson'), plain('four', 'catalogue'))
  writeFileSync(at('l.ndjson'), plain('four', 'claims'))
  await greenlit('import', 'catalogue', at('c.ndjson'))
  expect((await greenlit('import', 'claims', at('l.ndjson'))).status).toBe(0)
  const rows = await db().execute<{ day: string; reason: string }>(
    sql`select retracted_on::text as day, reason from retraction`,
  )
  expect([...rows]).toEqual([{ day: '2026-10-16', reason: 'The page was not about this show.' }])
  await greenlit('export', 'data', at('five'))
  expect(plain('five', 'claims')).toBe(plain('four', 'claims'))
})

test('an export that is not whole is refused before anything of it is written', async () => {
  await aHistory()
  await greenlit('export', 'data', at('six'))
  await anEmptyDatabase()
  const file = at('six', 'claims.ndjson.gz')
  const whole = readFileSync(file)
  const refused = async (says: RegExp) => {
    const { status, err, out } = await greenlit('import', 'data', at('six'))
    expect({ status, out }).toEqual({ status: 1, out: '' })
    expect(err).toMatch(says)
    expect(await count('show')).toBe(0)
  }
  writeFileSync(file, whole.subarray(0, whole.length - 5))
  await refused(/claims\.ndjson\.gz is not the file its manifest speaks of/)
  writeFileSync(file, gzipSync('{}\n'))
  await refused(/claims\.ndjson\.gz is not the file its manifest speaks of/)
  rmSync(file)
  await refused(/there is no file .*claims\.ndjson\.gz/)
  writeFileSync(at('six', 'manifest.json'), '{"format": 2}')
  await refused(/manifest\.json is no manifest of open data in format 1/)
  expect((await greenlit('import', 'data', at('nowhere'))).err).toMatch(/there is no file .*manifest\.json/)
  expect(await greenlit('import', 'data')).toMatchObject({ status: 2 })
})

test('a bad line of events or of a claim’s past is named with its field, and changes nothing', async () => {
  await importCatalogue([JSON.stringify({ ids: { greenlit: 'ash' }, slug: 'ash', title: 'The ash' })])
  const event = {
    ...{ key: 'k1', show: 'greenlit:ash', season: 2, kind: 'renewed', was: '', became: '', because: [] },
    ...{ happened_on: '2026-10-01', ordinal: 0, recorded_at: '2026-10-01T10:00:00Z', state: 'stands' },
  }
  const said: string[] = []
  const wrong = [
    { kind: 'invented' },
    { happened_on: '2026-13-01' },
    { show: 'greenlit:nobody' },
    { season: 0 },
    { state: 'told' },
    { was: '\u202e' },
    { because: ["'; drop table event"] },
  ]
  const { added, failed } = await restoreEvents(
    ['{"half', ...wrong.map((more) => JSON.stringify({ ...event, ...more })), JSON.stringify(event)],
    { report: (message) => said.push(message) },
  )
  expect({ added, failed }).toEqual({ added: 1, failed: 8 })
  expect(said.join('\n')).toMatch(
    /line 2: kind: [\s\S]*line 3: happened_on: [\s\S]*line 5: season: [\s\S]*line 6: state: [\s\S]*line 7: was: [\s\S]*line 8: because.0: /,
  )
  const claim = {
    ...{ show: 'greenlit:ash', season: 2, kind: 'renewed', value: 'Ordered.', publisher: 'The Daily' },
    ...{ url: 'https://daily.test/1', source_class: 'press', seen_on: '2026-10-01' },
  }
  const problems: string[] = []
  const result = await importClaims(
    [
      { recorded_at: 'yesterday' },
      { recorded_at: '2026-13-01T00:00:00Z' },
      { retracted: { on: 'today', reason: 'x' } },
      { retracted: { on: '2026-10-02', reason: '' } },
      { retracted: 'yes' },
    ].map((more) => JSON.stringify({ ...claim, ...more })),
    { today: '2026-11-22', report: (message) => problems.push(message) },
  )
  expect(result).toMatchObject({ added: 0, failed: 5 })
  expect(problems.every((text) => /^line \d: (recorded_at|retracted)/.test(text))).toBe(true)
  expect(await count('claim')).toBe(0)
})
