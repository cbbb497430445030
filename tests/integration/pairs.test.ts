import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as deleteDoor from '@/app/api/me/delete/route'
import * as exportDoor from '@/app/api/me/export/route'
import * as pairsDoor from '@/app/api/me/pairs/route'
import { db } from '@/db/client'
import { reader } from '@/db/schema/account'
import { pair, pairVoice } from '@/db/schema/pair'
import { viewerOf } from '@/lib/accounts/queries'
import { importCatalogue } from '@/lib/catalogue/commands'
import { tasks } from '@/lib/jobs/tasks'
import { getNamedBeside, listVoices, loadPairs } from '@/lib/related/pairs'
import { greenlit } from '../support/command-line'
import { type Browser, forgetLimits, signInAs } from '../support/readers'

const folder = mkdtempSync(path.join(tmpdir(), 'greenlit-pairs-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const file = (name: string, text: string) => {
  writeFileSync(path.join(folder, name), text)
  return path.join(folder, name)
}

async function* catalogue(): AsyncGenerator<string> {
  for (const [id, title] of ['Kingdom', 'Dark', 'Severance', 'Frieren', 'The Returned'].entries())
    yield JSON.stringify({ ids: { x: `${id + 1}` }, title, kind: 'scripted', seasons: [] })
  const kin = { ids: { x: '9' }, title: 'Ashin of the North', related_franchise: ['x:1'], seasons: [] }
  yield JSON.stringify(kin)
}

const ids = new Map<string, number>()
let a: Browser
let b: Browser

/** What counts, in slugs. */
const counting = async () => {
  const slugs = new Map([...ids].map(([slug, id]) => [id, slug]))
  return (await loadPairs()).map(({ showId, relatedShowId, ...rest }) => ({
    pair: `${slugs.get(showId)} ${slugs.get(relatedShowId)}`,
    ...rest,
  }))
}
const jobs = async () => {
  const rows = await db().execute<{ key: string }>(
    sql`select key from graphile_worker.jobs where task_identifier = 'build-related' order by key`,
  )
  return rows.map(({ key }) => key)
}
/** Accounts of two days, which are heard. */
const makeOld = () => db().execute(sql`update reader set created_at = now() - interval '2 days'`)
const forgetJobs = () => db().execute(sql`delete from graphile_worker._private_jobs`)
const jobsOf = (...slugs: string[]) => slugs.map((slug) => `build-related-${ids.get(slug)}`).sort()
const name = (browser: Browser, slug: string, related: string, reason = 'Both are slow, cold and strange.') =>
  browser.post(pairsDoor, '/api/me/pairs', { slug, related, reason })
const withdraw = (browser: Browser, slug: string, related: string) =>
  browser.post(pairsDoor, '/api/me/pairs', { slug, related, want: 'withdraw' })
const detail = async (answer: Response) => ((await answer.json()) as { detail: string }).detail

beforeAll(async () => {
  await importCatalogue(catalogue(), { lists: 'replace' })
  for (const row of await db().execute<{ slug: string; id: number }>(sql`select slug, id from show`))
    ids.set(row.slug, row.id)
  a = await signInAs('a@greenlit.test')
  b = await signInAs('b@greenlit.test')
  await makeOld()
})
beforeEach(async () => {
  await db().delete(pair)
  await db().delete(pairVoice)
  await forgetJobs()
  await forgetLimits()
})

describe('a list of pairs', () => {
  const csv = 'source,related,weight\nx:1,x:2,3\nkingdom,severance,1\nx:1,x:77,1\n'

  test('counts as evidence at once, and the same file again changes nothing', async () => {
    const first = await greenlit('import', 'pairs', file('Paper.csv', csv))
    expect(first).toMatchObject({ status: 0 })
    expect(first.out).toBe(
      'Paper: 3 rows, 2 pairs added, 0 changed, 0 removed, 0 as before; 1 unknown titles',
    )
    expect(first.err).toBe('line 4: no show is x:77 (1 row)')
    expect(await counting()).toEqual([
      { pair: 'kingdom dark', weight: 3, voices: 0, origin: 'editor', source: 'Paper' },
      { pair: 'kingdom severance', weight: 1, voices: 0, origin: 'editor', source: 'Paper' },
    ])
    expect(await jobs()).toEqual(jobsOf('kingdom', 'dark', 'severance'))
    await forgetJobs()
    const rows = await db().select().from(pair)
    expect((await greenlit('import', 'pairs', file('Paper.csv', csv))).out).toContain(
      '0 pairs added, 0 changed',
    )
    expect(await db().select().from(pair)).toEqual(rows)
    expect(await jobs()).toEqual([])
  })

  test('replaces what its source said before, and nobody else’s', async () => {
    await greenlit('import', 'pairs', file('a.csv', csv), '--source', 'The Paper')
    await greenlit('import', 'pairs', file('b.csv', 'source,related\nx:1,x:2\n'), '--source', 'Other')
    const next = file('c.csv', 'source,related,weight\nx:1,x:3,2\nx:3,x:4,1\n')
    const { out } = await greenlit('import', 'pairs', next, '--source', 'The Paper', '--json')
    expect(JSON.parse(out)).toEqual({
      source: 'The Paper',
      rows: 2,
      added: 1,
      changed: 1,
      removed: 1,
      same: 0,
      unknown: 0,
    })
    expect(await counting()).toEqual([
      { pair: 'kingdom dark', weight: 1, voices: 0, origin: 'editor', source: 'Other' },
      { pair: 'kingdom severance', weight: 2, voices: 0, origin: 'editor', source: 'The Paper' },
      { pair: 'severance frieren', weight: 1, voices: 0, origin: 'editor', source: 'The Paper' },
    ])
  })

  test('that is bad is refused in one line that names the bad one, and nothing is changed', async () => {
    await greenlit('import', 'pairs', file('Paper.csv', csv))
    const rows = await db().select().from(pair)
    for (const [text, sentence] of [
      ['source,related,weight\nx:3,x:4,1\nx:1,x:2,many\n', /Paper\.csv: line 3: weight: "many" is no number/],
      ['source,related\nx:3,x:4\nDark,x:2\n', /line 3: source: "Dark" is neither an id/],
      ['title,other\nx:1,x:2\n', /line 1: the columns should be/],
      ['source,related\nx:70,x:71\n', /none of its pairs is between two shows of the catalogue/],
      ['source,related\nx:1,x:\u00002\n', /line 2: related: /],
    ] as const) {
      const { status, out, err } = await greenlit('import', 'pairs', file('Paper.csv', text))
      expect({ status, out }).toEqual({ status: 1, out: '' })
      expect(err.split('\n')).toHaveLength(1)
      expect(err).toMatch(sentence)
    }
    expect(await db().select().from(pair)).toEqual(rows)
    expect((await greenlit('import', 'pairs', file('Paper.csv', csv), '--source', ' ')).status).toBe(2)
    expect((await greenlit('import', 'pairs', path.join(folder, 'none.csv'))).status).toBe(1)
  })

  test('has its unknown titles written down where a report is asked for', async () => {
    const report = path.join(folder, 'unknown.csv')
    expect(await greenlit('import', 'pairs', file('Paper.csv', csv), '--report', report)).toMatchObject({
      status: 0,
      err: '',
    })
    expect(readFileSync(report, 'utf8')).toBe('name,rows,first_line\r\nx:77,1,4\r\n')
  })
})

describe('a pair that readers name', () => {
  test('counts once two of them agree; one reader twice is one voice', async () => {
    const answer = await name(a, 'kingdom', 'dark')
    expect(await answer.json()).toEqual({ ok: true, location: '/settings#beside' })
    await name(a, 'kingdom', 'dark', 'On second thought: both are cold.')
    expect(await counting()).toEqual([])
    expect(await jobs()).toEqual([])
    expect((await getNamedBeside('kingdom'))!.named).toEqual([])
    await name(b, 'kingdom', 'dark')
    expect(await counting()).toEqual([
      { pair: 'kingdom dark', weight: 2, voices: 2, origin: 'reader', source: null },
    ])
    expect(await jobs()).toEqual(jobsOf('kingdom', 'dark'))
    expect((await getNamedBeside('kingdom'))!.named).toMatchObject([
      { slug: 'dark', text: 'Named beside it by 2 readers' },
    ])
    expect((await getNamedBeside('dark'))!.named).toEqual([])
  })

  test('has the lists of its two shows built anew, and their pages made again, by the worker', async () => {
    for (const browser of [a, b]) await name(browser, 'kingdom', 'dark')
    const [job] = await db().execute<{ payload: unknown }>(
      sql`select payload from graphile_worker._private_jobs order by id`,
    )
    expect(job!.payload).toEqual({ showIds: [Math.min(ids.get('kingdom')!, ids.get('dark')!)] })
    await tasks['build-related']!({ showIds: [ids.get('kingdom')] }, {} as never)
    const expired = await db().execute<{ tag: string }>(
      sql`select distinct tag from cache_expiry where tag like 'show:%'`,
    )
    expect(expired.map(({ tag }) => tag)).toEqual(['show:kingdom'])
  })

  test('counts also when both name it in the same moment', async () => {
    const answers = await Promise.all([a, b, a, b].map((browser) => name(browser, 'dark', 'frieren')))
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200])
    expect(await counting()).toMatchObject([{ pair: 'dark frieren', voices: 2 }])
    expect(await jobs()).toEqual(jobsOf('dark', 'frieren'))
  })

  test('stops counting when one of the two takes it back, and nobody takes back another’s', async () => {
    await name(a, 'kingdom', 'dark')
    const theirs = await withdraw(b, 'kingdom', 'dark')
    expect(theirs.status).toBe(404)
    expect(await detail(theirs)).toBe('You have not named that, or took it back already.')
    await name(b, 'kingdom', 'dark')
    await forgetJobs()
    expect((await withdraw(a, 'kingdom', 'dark')).status).toBe(200)
    expect(await counting()).toEqual([])
    expect(await jobs()).toEqual(jobsOf('kingdom', 'dark'))
    expect(await db().select().from(pairVoice)).toHaveLength(1)
  })

  test('is not heard from an account that is suspended', async () => {
    await name(a, 'kingdom', 'dark')
    await name(b, 'kingdom', 'dark')
    await db().update(reader).set({ suspended: true }).where(eq(reader.email, 'a@greenlit.test'))
    expect(await counting()).toEqual([])
    await db().update(reader).set({ suspended: false }).where(eq(reader.email, 'a@greenlit.test'))
    expect(await counting()).toHaveLength(1)
  })

  test('is heard from a new account only from its second day on, and its reader is told so', async () => {
    const young = await signInAs('young@greenlit.test')
    await name(a, 'kingdom', 'dark')
    await name(young, 'kingdom', 'dark')
    expect(await counting()).toEqual([])
    const viewer = await viewerOf(young.headers())
    expect(await listVoices(viewer!.id)).toMatchObject([{ heard: false, counts: false, voices: 1 }])
    await makeOld()
    expect(await counting()).toMatchObject([{ pair: 'kingdom dark', voices: 2 }])
    expect(await listVoices(viewer!.id)).toMatchObject([{ heard: true, counts: true, voices: 2 }])
  })

  test.each([
    ['a note behind a plus', 'c+1@greenlit.test', 'c+2@greenlit.test'],
    ['dots that Gmail does not read', 'some.body@gmail.com', 'somebody+x@googlemail.com'],
  ])('counts two addresses of one mailbox, by %s, as one reader', async (_, first, second) => {
    const both = [await signInAs(first), await signInAs(second)]
    await makeOld()
    for (const browser of both) await name(browser, 'kingdom', 'dark')
    expect(await counting()).toEqual([])
    await name(a, 'kingdom', 'dark')
    expect(await counting()).toMatchObject([{ voices: 2 }])
  })

  test('counts once with what a list says of it, and leaves the list in its place', async () => {
    await greenlit('import', 'pairs', file('Paper.csv', 'source,related,weight\nkingdom,dark,5\n'))
    for (const browser of [a, b]) await name(browser, 'kingdom', 'dark')
    expect(await counting()).toEqual([
      { pair: 'kingdom dark', weight: 7, voices: 2, origin: 'reader', source: 'Paper' },
    ])
    await withdraw(b, 'kingdom', 'dark')
    expect(await counting()).toMatchObject([{ weight: 5, voices: 0, origin: 'editor', source: 'Paper' }])
  })

  test('is gone with its reader: the account takes its voices, and the pair no longer counts', async () => {
    const c = await signInAs('c@greenlit.test')
    await makeOld()
    await name(a, 'kingdom', 'dark')
    await name(c, 'kingdom', 'dark', 'My very own reason for this.')
    await name(c, 'dark', 'frieren')
    const exported = (await (await c.get(exportDoor, '/api/me/export')).json()) as Record<string, unknown>
    expect(exported.pairs_named).toMatchObject([
      { show: 'dark', related: 'frieren' },
      { show: 'kingdom', related: 'dark', reason: 'My very own reason for this.' },
    ])
    expect(JSON.stringify(await (await a.get(exportDoor, '/api/me/export')).json())).not.toContain('very own')
    await forgetJobs()
    expect((await c.post(deleteDoor, '/api/me/delete', { sure: 'delete' })).status).toBe(200)
    expect(await counting()).toEqual([])
    expect(await db().select().from(pairVoice)).toHaveLength(1)
    expect(await jobs()).toEqual(jobsOf('kingdom', 'dark'))
  })
})

describe('the door', () => {
  test.each([
    ['a show beside itself', 'kingdom', 'kingdom', undefined, 422, 'not named beside itself'],
    ['its own kin', 'kingdom', 'ashin-of-the-north', undefined, 422, 'Both belong to one story'],
    ['a show nobody knows', 'kingdom', 'nobody-made-this', undefined, 404, 'no such show'],
    ['an address for a show', 'kingdom', '../etc/passwd', undefined, 400, 'Say which show'],
    ['too short a reason', 'kingdom', 'dark', 'so good', 422, 'Say in 10 to 200 characters'],
    ['a link for a reason', 'kingdom', 'dark', 'see https://example.org/x', 422, 'no links'],
    ['an address for a reason', 'kingdom', 'dark', 'all of it at example . com', 422, 'no addresses'],
    ['a reason longer than the form', 'kingdom', 'dark', 'x'.repeat(20_000), 413, 'more than this form'],
  ])('refuses %s with a sentence', async (_, slug, related, reason, status, sentence) => {
    const answer = await name(a, slug, related, reason)
    expect(answer.status).toBe(status)
    expect(await detail(answer)).toContain(sentence)
    expect(await db().select().from(pairVoice)).toEqual([])
  })

  test('asks for a confirmed address', async () => {
    await db().update(reader).set({ emailVerified: null }).where(eq(reader.email, 'b@greenlit.test'))
    const answer = await name(b, 'kingdom', 'dark')
    await db().update(reader).set({ emailVerified: new Date() }).where(eq(reader.email, 'b@greenlit.test'))
    expect(answer.status).toBe(403)
    expect(await detail(answer)).toBe('Confirm your address first: sign in once by the mail we send you.')
  })

  test('lets a reader name ten a day, and says when to go on', async () => {
    for (let i = 0; i < 10; i++) expect((await name(a, 'kingdom', 'dark')).status).toBe(200)
    const answer = await name(a, 'kingdom', 'severance')
    expect(answer.status).toBe(429)
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(80_000)
    expect(await detail(answer)).toBe('That was more than 10 in a day. Go on tomorrow.')
    expect((await withdraw(a, 'kingdom', 'dark')).status).toBe(200)
    expect((await name(b, 'kingdom', 'severance')).status).toBe(200)
  })

  test('answers a plain form with the page to go to, and with a page where it refuses', async () => {
    const html = { Accept: 'text/html' }
    const fields = { slug: 'kingdom', related: 'dark', reason: 'Both are slow and cold.' }
    const done = await a.post(pairsDoor, '/api/me/pairs', fields, html)
    expect([done.status, done.headers.get('location')]).toEqual([303, '/settings#beside'])
    const refused = await a.post(pairsDoor, '/api/me/pairs', { ...fields, reason: 'no' }, html)
    expect(refused.status).toBe(422)
    expect(await refused.text()).toContain('href="/shows/kingdom/suggest/dark"')
  })
})

describe('the operator', () => {
  test('reads every reason, and no name of who gave it', async () => {
    await name(a, 'kingdom', 'dark', 'Both are slow and cold.')
    await name(b, 'kingdom', 'dark', 'Snow, and the dead.')
    await name(b, 'dark', 'frieren')
    const { out } = await greenlit('pairs')
    expect(out.split('\n')).toEqual([
      'dark  frieren  1 reader, waits',
      '    Both are slow, cold and strange.',
      'kingdom  dark  2 readers, counts',
      '    Both are slow and cold.',
      '    Snow, and the dead.',
    ])
    expect(JSON.parse((await greenlit('pairs', '--json')).out).voiced).toHaveLength(2)
    expect(out).not.toContain('greenlit.test')
  })

  test('drops a pair whole: voices, reasons and what lists say', async () => {
    for (const browser of [a, b]) await name(browser, 'kingdom', 'dark')
    await greenlit('import', 'pairs', file('Paper.csv', 'source,related\nkingdom,dark\ndark,kingdom\n'))
    await forgetJobs()
    expect(await greenlit('pairs', '--drop', 'kingdom', 'dark')).toMatchObject({ status: 0 })
    expect(await counting()).toMatchObject([{ pair: 'dark kingdom' }])
    expect(await db().select().from(pairVoice)).toEqual([])
    expect(await jobs()).toEqual(jobsOf('kingdom', 'dark'))
    const again = await greenlit('pairs', '--drop', 'kingdom', 'dark')
    expect(again).toMatchObject({ status: 1, err: 'greenlit: nobody names dark beside kingdom' })
    expect((await greenlit('pairs', '--drop', 'kingdom')).status).toBe(2)
  })
})
