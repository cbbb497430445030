import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { renderToStaticMarkup } from 'react-dom/server'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { GET as changes } from '@/app/api/v1/changes/route'
import { GET as manifestRoute } from '@/app/data/manifest.json/route'
import Data from '@/app/data/page'
import { closeDb, db } from '@/db/client'
import { transaction } from '@/db/transaction'
import { importCatalogue, loadPeople, withdrawFact } from '@/lib/catalogue/commands'
import { SHAPES } from '@/lib/feeds/shapes'
import { tasks } from '@/lib/jobs/tasks'
import { recordClaims, retractClaim } from '@/lib/ledger/commands'
import { deriveStates } from '@/lib/ledger/derive'
import { checkClaim } from '@/lib/ledger/record'
import { tellCorrections } from '@/lib/notices/correct'
import { tellEvents } from '@/lib/notices/tell'
import { EXPORTS_KEPT, makeExport } from '@/lib/open-data/commands'
import { getExports } from '@/lib/open-data/queries'
import { addDays, dayOf } from '@/lib/shared/day'
import { greenlit } from '../support/command-line'
import { createDatabase, pointAt } from '../support/database'
import { exported, Replica, sha256 } from '../support/open-data'
import { Clock, days, minutes, said } from '../support/telling'

// A worker's patience with locks, and connections enough for writers to be really at once.
process.env.GREENLIT_ROLE = 'worker'
process.env.DATABASE_POOL = '10'

const folder = mkdtempSync(path.join(tmpdir(), 'greenlit-open-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

beforeEach(async () => {
  await closeDb()
  pointAt(await createDatabase())
})

const linesOf = (text: string) =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))

const aShow = (slug: string, more: object = {}, provider = 'tvmaze') =>
  importCatalogue(
    [
      JSON.stringify({
        ids: { greenlit: slug },
        slug,
        title: `The ${slug}`,
        seasons: [{ number: 1, premiere: '2024-03-01' }],
        provenance: [provider],
        ...more,
      }),
    ],
    { provider },
  )

async function expectReplayed(replica: Replica): Promise<void> {
  await replica.follow()
  const { files } = await exported()
  expect(replica.files()).toEqual(files)
  const anew = new Replica()
  await anew.follow()
  expect(anew.files()).toEqual(files)
}

describe('an export of the open data', () => {
  test('has every claim, those taken back with their day and reason, and no quote of anybody', async () => {
    const clock = new Clock(new Date('2026-11-02T10:00:00Z'))
    await aShow('dark')
    const first = await said({ show: 'dark', kind: 'release_window', date: '2026' }, clock)
    clock.pass(days(3))
    const second = await said(
      { show: 'dark', kind: 'release_date', date: '2027-03-14', sourceClass: 'trade' },
      clock,
    )
    await retractClaim(first, 'The page never said so.', { today: '2026-11-06', now: clock.now() })
    const checked = checkClaim(
      {
        ...{ show: 'greenlit:dark', season: 2, kind: 'renewed', value: 'Ordered.', publisher: 'Q' },
        ...{ url: 'https://q.test', source_class: 'press', quote: 'their very words' },
      },
      '2026-11-06',
    )
    if (!checked.ok) throw new Error(checked.problems.join())
    await recordClaims([checked.claim], { mode: 'backfill', today: '2026-11-06', now: clock.now() })
    const { files, manifest } = await exported()
    const claims = linesOf(files.claims)
    const byId = new Map(claims.map((claim) => [claim.id, claim]))
    expect(claims).toHaveLength(3)
    expect(byId.get(first)).toMatchObject({
      show: 'greenlit:dark',
      date: '2026',
      retracted: { on: '2026-11-06', reason: 'The page never said so.' },
    })
    expect(byId.get(second)).toMatchObject({
      date: '2027-03-14',
      published_on: '2026-11-05',
      retracted: null,
    })
    expect(files.claims).not.toContain('their very words')
    expect(linesOf(files.events).map(({ kind, became }) => `${kind} ${became}`)).toContain('dated 2027-03-14')
    for (const line of claims) expect(SHAPES.ClaimLine.safeParse(line).error?.issues ?? []).toEqual([])
    for (const line of linesOf(files.events))
      expect(SHAPES.EventLine.safeParse(line).error?.issues ?? []).toEqual([])
    for (const { part, rows, plain_sha256, plain_bytes } of manifest.files) {
      expect(rows).toBe(linesOf(files[part]).length)
      expect(plain_sha256).toBe(sha256(files[part]))
      expect(plain_bytes).toBe(Buffer.byteLength(files[part]))
    }
  })

  test('has nothing that a provider keeps from being passed on, nor what is said of shows it alone has', async () => {
    const clock = new Clock(new Date('2026-11-02T10:00:00Z'))
    await aShow('shared')
    await aShow('alone', {}, 'tmdb')
    await said({ show: 'shared', kind: 'renewed', by: 'The Daily' }, clock)
    const hidden = await said(
      { show: 'shared', kind: 'announced', by: 'TMDB', sourceClass: 'aggregator' },
      clock,
    )
    const about = await said({ show: 'alone', kind: 'renewed', by: 'The Daily' }, clock)
    await importCatalogue(
      [JSON.stringify({ ids: { greenlit: 'shared' }, title: 'The shared', network: 'Kept Network' })],
      { provider: 'tmdb' },
    )
    const replica = new Replica()
    await expectReplayed(replica)
    const everything = Object.values(replica.files()).join('')
    for (const word of ['alone', 'Kept Network', hidden, about]) expect(everything).not.toContain(word)
    // Once somebody else has the show, what was said of it comes to light; and goes again.
    await aShow('alone', { provenance: ['tmdb', 'wikidata'] }, 'wikidata')
    await expectReplayed(replica)
    expect(replica.lines.claims.get(about)).toContain('greenlit:alone')
    await aShow('alone', { provenance: ['tmdb'] }, 'wikidata')
    await expectReplayed(replica)
    expect(replica.lines.claims.has(about)).toBe(false)
    expect(replica.files().catalogue).not.toContain('"alone"')
  })

  test('of the same data is the same bytes, from the command line as from the night’s job', async () => {
    const clock = new Clock(new Date('2026-11-02T10:00:00Z'))
    await aShow('dark')
    await said({ show: 'dark', kind: 'renewed' }, clock)
    await tasks['make-open-data']!({}, {} as never)
    const [kept] = await getExports()
    const into = path.join(folder, 'made', 'here')
    const { status, out } = await greenlit('export', 'data', into, '--json')
    expect({ status, ...JSON.parse(out) }).toEqual({
      status: 0,
      catalogue: 1,
      claims: 1,
      events: 1,
      folder: into,
    })
    expect(readdirSync(into).sort()).toEqual([
      'catalogue.ndjson.gz',
      'claims.ndjson.gz',
      'events.ndjson.gz',
      'manifest.json',
    ])
    const written = JSON.parse(readFileSync(path.join(into, 'manifest.json'), 'utf8'))
    for (const [i, { name, sha256: sum }] of kept!.manifest.files.entries()) {
      expect(sha256(readFileSync(path.join(into, name)))).toBe(sum)
      expect(written.files[i].sha256).toBe(sum)
    }
  })

  test('to a folder that cannot be is refused in one line, and leaves nothing', async () => {
    const file = path.join(folder, 'a-file')
    writeFileSync(file, 'x')
    const { status, err } = await greenlit('export', 'data', file)
    expect(status).toBe(1)
    expect(err).toMatch(/^greenlit: .*a-file.*cannot be written \(E[A-Z]+\)$/)
    expect(readFileSync(file, 'utf8')).toBe('x')
    expect(await greenlit('export', 'data')).toMatchObject({ status: 2 })
  })

  test('is made once a day, appears whole or not at all, and the last seven stay', async () => {
    await aShow('dark')
    const broken = transaction(async () => {
      await makeExport(new Date('2026-12-01T02:20:00Z'))
      throw new Error('killed')
    })
    await expect(broken).rejects.toThrow('killed')
    expect(await getExports()).toEqual([])
    for (let day = 1; day <= EXPORTS_KEPT + 2; day++) {
      const now = new Date(`2026-12-0${day}T02:20:00Z`)
      expect(await makeExport(now)).toBe(true)
      expect(await makeExport(now)).toBe(false)
    }
    const left = (await getExports()).map(({ manifest }) => manifest.made_on)
    expect(left).toEqual([9, 8, 7, 6, 5, 4, 3].map((day) => `2026-12-0${day}`))
    const [pieces] = await db().execute<{ exports: number; files: number }>(sql`
      select count(distinct export_id)::int as exports, count(distinct (export_id, file))::int as files from open_chunk`)
    expect(pieces).toEqual({ exports: 7, files: 21 })
  })
})

describe('replaying the changes from zero', () => {
  const SHOWS = ['ash', 'birch', 'cedar']
  const PEOPLE = ['Lomon', 'Park Solomon', 'Claudia Kim', 'Kim Soo-hyun']
  const show = fc.constantFrom(...SHOWS)
  const person = fc.constantFrom(...PEOPLE)
  const cast = fc.uniqueArray(
    fc.record(
      {
        person,
        character: fc.constantFrom('A', 'B'),
        ids: fc.record({ imdb: fc.constantFrom('1', '2') }, { noNullPrototype: true }),
        also: fc.uniqueArray(person, { maxLength: 2 }),
      },
      { requiredKeys: ['person'], noNullPrototype: true },
    ),
    { maxLength: 3, selector: ({ person: name }) => name },
  )
  const say = fc.record({
    do: fc.constant('say' as const),
    show,
    kind: fc.constantFrom('renewed', 'cancelled', 'release_date', 'release_window', 'filming_started'),
    date: fc.constantFrom('2027-03-14', '2027', '2026-11-20'),
    by: fc.constantFrom('The Daily', 'TMDB', 'TVmaze', 'The Studio'),
    sourceClass: fc.constantFrom('official', 'press', 'aggregator'),
  })
  const step = fc.oneof(
    fc.record({
      do: fc.constant('import' as const),
      show,
      provider: fc.constantFrom('tvmaze', 'tmdb', 'wikidata'),
      premiere: fc.constantFrom('2024-03-01', '2025', null),
      seasons: fc.integer({ min: 1, max: 3 }),
      cast,
    }),
    { weight: 4, arbitrary: say },
    fc.record({ do: fc.constant('retract' as const), which: fc.nat() }),
    fc.record({
      do: fc.constant('withdraw' as const),
      show,
      provider: fc.constantFrom('tvmaze', 'wikidata'),
    }),
    fc.record({ do: fc.constant('alias' as const), person, also: fc.uniqueArray(person, { maxLength: 2 }) }),
    fc.record({ do: fc.constant('wait' as const), minutes: fc.constantFrom(31, 60 * 24 * 5) }),
    fc.record({ do: fc.constant('look' as const) }),
  )
  type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

  async function take(one: Step, clock: Clock, replica: Replica): Promise<void> {
    const today = dayOf(clock.now())
    switch (one.do) {
      case 'import': {
        const seasons = Array.from({ length: one.seasons }, (_, i) => ({
          number: i + 1,
          premiere: i === 0 ? one.premiere : null,
        }))
        const provenance = one.provider === 'tmdb' ? ['tmdb'] : undefined
        await aShow(one.show, { seasons, cast: one.cast, provenance }, one.provider)
        return
      }
      case 'say':
        await said(one, clock)
        return
      case 'retract': {
        const rows = await db().execute<{ id: string }>(sql`select id from claim order by id`)
        const claim = rows[one.which % Math.max(1, rows.length)]
        if (claim) await retractClaim(claim.id, 'It was not so.', { today, now: clock.now() })
        return
      }
      case 'withdraw':
        await withdrawFact(
          { slug: one.show, season: 1, field: 'premiere', provider: one.provider },
          { today },
        )
        return
      case 'alias': {
        const file = path.join(folder, 'people.ndjson')
        writeFileSync(
          file,
          JSON.stringify({ person: one.person, also: one.also.filter((name) => name !== one.person) }),
        )
        // A line without other names is refused, and changes nothing.
        await loadPeople(file).catch(() => {})
        return
      }
      case 'wait':
        clock.pass(minutes(one.minutes))
        await deriveStates({ today: dayOf(clock.now()), now: clock.now(), tell: true })
        await tellCorrections(clock.now())
        await tellEvents(clock.now())
        return
      case 'look':
        await replica.follow()
    }
  }

  test('gives the export byte for byte, whatever happened and wherever a follower looked', {
    timeout: 300_000,
  }, async () => {
    const runs = Number(process.env.GREENLIT_HISTORIES ?? 15)
    let operations = 0
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 24, size: 'max' }), async (steps) => {
        await closeDb()
        pointAt(await createDatabase())
        const clock = new Clock(new Date('2026-11-02T10:00:00Z'))
        const replica = new Replica()
        for (const slug of SHOWS) await aShow(slug)
        for (const one of steps) {
          await take(one, clock, replica)
          clock.pass(minutes(7))
        }
        await expectReplayed(replica)
        operations += replica.serials.length
        expect(replica.serials).toEqual([...new Set(replica.serials)].sort((a, b) => a - b))
      }),
      { numRuns: runs, endOnFailure: true },
    )
    expect(operations).toBeGreaterThan(runs * 6)
  })

  test('tells of what changes a line from elsewhere: a name of somebody in its cast, two people who are one', async () => {
    const people = (file: string, line: object) => {
      writeFileSync(path.join(folder, file), JSON.stringify(line))
      return loadPeople(path.join(folder, file))
    }
    await aShow('ash', { cast: [{ person: 'Park Solomon', character: 'Lee' }] })
    await aShow('birch', { cast: [{ person: 'Lomon' }] })
    const replica = new Replica()
    await replica.follow()
    const before = replica.at
    await people('alias.ndjson', { person: 'Park Solomon', also: ['Solomon Park'] })
    await expectReplayed(replica)
    expect(replica.lines.catalogue.get('ash')).toContain('Solomon Park')
    await people('one.ndjson', { person: 'Park Solomon', also: ['Lomon'] })
    await expectReplayed(replica)
    expect(replica.lines.catalogue.get('birch')).toContain('"person":"Park Solomon"')
    // A line about one show may give somebody an id, which stands in the lines of all.
    await aShow('ash', { cast: [{ person: 'Park Solomon', character: 'Lee', ids: { imdb: 'nm1' } }] })
    await expectReplayed(replica)
    expect(replica.lines.catalogue.get('birch')).toContain('nm1')
    expect(replica.at).toBeGreaterThan(before)
  })

  test('tells of an event that was taken back before anybody was told, and of a fact that was withdrawn', async () => {
    const clock = new Clock(new Date('2026-11-02T10:00:00Z'))
    await aShow('ash')
    const flip = await said({ show: 'ash', kind: 'cancelled', by: 'The Loud', sourceClass: 'trade' }, clock)
    const replica = new Replica()
    await replica.follow()
    expect([...replica.lines.events.values()].join()).toContain('"state":"stands"')
    clock.pass(minutes(5))
    await retractClaim(flip, 'It was not so.', { today: '2026-11-02', now: clock.now() })
    await expectReplayed(replica)
    expect(replica.lines.claims.get(flip)).toContain(
      '"retracted":{"on":"2026-11-02","reason":"It was not so."}',
    )
    clock.pass(minutes(60))
    await tellCorrections(clock.now())
    await tellEvents(clock.now())
    await expectReplayed(replica)
    expect([...replica.lines.events.values()].join()).toContain('"state":"withdrawn"')
    await withdrawFact(
      { slug: 'ash', season: 1, field: 'premiere', provider: 'tvmaze' },
      { today: '2026-11-03' },
    )
    await expectReplayed(replica)
    expect(replica.lines.catalogue.get('ash')).toContain('"withdrawn_on":"2026-11-03"')
  })

  test('what a writer has not committed is passed over and comes after it, not before and not never', async () => {
    const clock = new Clock(new Date('2026-11-02T10:00:00Z'))
    for (const slug of SHOWS) await aShow(slug)
    // The queue writes the name of a job down once; until then one who asks for it waits for the other.
    await said({ show: 'cedar', kind: 'renewed' }, clock)
    const replica = new Replica()
    await replica.follow()
    let commit = () => {}
    let tell = () => {}
    const written = new Promise<void>((go) => {
      tell = go
    })
    const slow = transaction(async () => {
      await said({ show: 'ash', kind: 'renewed', by: 'The Slow' }, clock)
      tell()
      await new Promise<void>((go) => {
        commit = go
      })
    })
    await written
    await said({ show: 'birch', kind: 'renewed', by: 'The Quick' }, clock)
    await replica.follow()
    expect([...replica.lines.claims.values()].join()).toContain('The Quick')
    expect([...replica.lines.claims.values()].join()).not.toContain('The Slow')
    commit()
    await slow
    await replica.follow()
    expect([...replica.lines.claims.values()].join()).toContain('The Slow')
    expect(replica.serials).toEqual([...new Set(replica.serials)].sort((a, b) => a - b))
    await expectReplayed(replica)
  })

  test('with writers at once none is lost and none comes twice, while followers read on', {
    timeout: 300_000,
  }, async () => {
    const slugs = Array.from({ length: 12 }, (_, i) => `show-${i}`)
    for (const slug of slugs) await aShow(slug)
    const clock = new Clock(new Date('2026-11-02T10:00:00Z'))
    const replicas = [new Replica(), new Replica()]
    let writing = true
    const followers = replicas.map(async (replica) => {
      while (writing) await replica.follow()
    })
    const ids: string[] = []
    const writer = async (n: number) => {
      for (let i = 0; i < 12; i++) {
        const slug = slugs[(n * 5 + i) % slugs.length]!
        ids.push(
          await said(
            { show: slug, kind: 'release_date', date: addDays('2027-01-01', i), by: `Paper ${n}` },
            clock,
          ),
        )
        if (i % 4 === 3) await aShow(slug, { aliases: [`Name ${n}-${i}`] })
        if (i % 6 === 5)
          await retractClaim(ids.at(-1)!, 'It was not so.', { today: '2026-11-03', now: clock.now() })
      }
    }
    await Promise.all(Array.from({ length: 6 }, (_, n) => writer(n)))
    writing = false
    await Promise.all(followers)
    for (const replica of replicas) {
      await expectReplayed(replica)
      expect(new Set(replica.lines.claims.keys())).toEqual(new Set(ids))
      expect(replica.serials).toEqual([...new Set(replica.serials)].sort((a, b) => a - b))
    }
  })

  test('an export goes on where it ends: its serial and what comes after make the next one', async () => {
    const clock = new Clock(new Date('2026-11-02T10:00:00Z'))
    await aShow('ash')
    await said({ show: 'ash', kind: 'renewed' }, clock)
    const { files, manifest } = await exported()
    const replica = new Replica()
    for (const line of linesOf(files.catalogue)) replica.lines.catalogue.set(line.slug, JSON.stringify(line))
    for (const line of linesOf(files.claims)) replica.lines.claims.set(line.id, JSON.stringify(line))
    for (const line of linesOf(files.events)) replica.lines.events.set(line.key, JSON.stringify(line))
    replica.at = manifest.serial
    expect(await replica.follow()).toBe(0)
    await said({ show: 'ash', kind: 'release_date', date: '2027-03-14' }, clock)
    await aShow('birch')
    await expectReplayed(replica)
  })
})

describe('GET /api/v1/changes?after=', () => {
  const ask = async (query: string) => {
    const response = await changes(new Request(`http://localhost:3000/api/v1/changes?${query}`))
    return { status: response.status, body: await response.json(), headers: response.headers }
  }

  test('answers operations in the promised shape, a page at a time, to whoever asks', async () => {
    const clock = new Clock(new Date('2026-11-02T10:00:00Z'))
    await aShow('ash')
    const claim = await said({ show: 'ash', kind: 'renewed' }, clock)
    const { status, body, headers } = await ask('after=0')
    expect(status).toBe(200)
    expect(headers.get('access-control-allow-origin')).toBe('*')
    expect(SHAPES.Operations.safeParse(body).error?.issues ?? []).toEqual([])
    expect(body.operations.map(({ op, key }: { op: string; key: string }) => `${op} ${key}`)).toEqual([
      'show_put ash',
      `claim_recorded ${claim}`,
      expect.stringMatching(/^event_recorded [0-9a-f]{20}$/),
    ])
    expect(body.up_to_date).toBe(true)
    await retractClaim(claim, 'It was not so.', { today: '2026-11-03', now: clock.now() })
    const { body: later } = await ask(`after=${body.next}`)
    expect(later.operations.find(({ key }: { key: string }) => key === claim)).toMatchObject({
      op: 'claim_retracted',
      line: { retracted: { on: '2026-11-03', reason: 'It was not so.' } },
    })
    // The older form answers as it did.
    expect(SHAPES.Changes.safeParse((await ask('since=2026-01-01')).body).success).toBe(true)
  })

  test('many changes come in pages that neither overlap nor leave out', async () => {
    const lines = Array.from({ length: 1_203 }, (_, i) =>
      JSON.stringify({ ids: { tvmaze: String(i) }, title: `Show ${i}` }),
    )
    await importCatalogue(lines)
    const sizes: number[] = []
    const seen: string[] = []
    for (let after = 0, done = false; !done; ) {
      const { body } = await ask(`after=${after}`)
      sizes.push(body.operations.length)
      seen.push(...body.operations.map(({ key }: { key: string }) => key))
      after = body.next
      done = body.up_to_date
    }
    expect(sizes).toEqual([500, 500, 203])
    expect(new Set(seen).size).toBe(1_203)
  })

  test('refuses what is no serial, one of another time, and both forms at once, in a sentence', async () => {
    await aShow('ash')
    for (const [query, status] of [
      ['after=-1', 400],
      ['after=1.5', 400],
      ['after=x', 400],
      [`after=${'9'.repeat(40)}`, 400],
      ['after=0&since=2026-01-01', 400],
      ['after=0&cursor=abc', 400],
      ['after=999999', 410],
    ] as const) {
      const answer = await ask(query)
      expect(answer.status, query).toBe(status)
      expect(answer.headers.get('content-type')).toContain('application/problem+json')
      expect(answer.body).toMatchObject({ status, parameter: 'after' })
      expect(answer.body.detail).toMatch(/\.$|=0\.$/)
    }
  })
})

describe('the page of the open data', () => {
  test('says before the first export when it comes, and so does the manifest’s address', async () => {
    expect(renderToStaticMarkup(await Data())).toContain('There is no export yet')
    const answer = await manifestRoute(new Request('http://localhost:3000/data/manifest.json'))
    expect(answer.status).toBe(404)
    expect((await answer.json()).detail).toContain('/data says when')
  })

  test('prints each file with its lines, bytes, checksum and terms, a real line, and what is left out', async () => {
    const clock = new Clock(new Date('2026-11-02T10:00:00Z'))
    await aShow('ash')
    await said({ show: 'ash', kind: 'renewed' }, clock)
    await makeExport(new Date('2026-11-30T02:20:00Z'))
    await makeExport(new Date('2026-12-01T02:20:00Z'))
    const page = renderToStaticMarkup(await Data())
    const answer = await manifestRoute(new Request('http://localhost:3000/data/manifest.json'))
    const manifest = await answer.json()
    expect(manifest.made_on).toBe('2026-12-01')
    expect(answer.headers.get('etag')).toMatch(/^"/)
    for (const { name, sha256: sum, licence } of manifest.files) {
      expect(page).toContain(`href="/data/${name}"`)
      expect(page).toContain(sum)
      expect(page).toContain(licence)
    }
    expect(page).toContain('href="/data/2026-11-30/claims.ndjson.gz"')
    expect(page).toContain('&quot;title&quot;:&quot;The ash&quot;')
    for (const { what } of manifest.left_out) expect(page).toContain(what)
  })
})
