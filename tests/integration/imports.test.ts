/** Lists from elsewhere, from the file to what is followed, and back. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { and, eq, sql } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as deleteDoor from '@/app/api/me/delete/route'
import * as exportDoor from '@/app/api/me/follows/export/route'
import * as followDoor from '@/app/api/me/follows/route'
import * as confirmDoor from '@/app/api/me/imports/confirm/route'
import * as uploadDoor from '@/app/api/me/imports/route'
import * as undoDoor from '@/app/api/me/imports/undo/route'
import * as unmatchedDoor from '@/app/api/me/imports/unmatched/route'
import { db } from '@/db/client'
import { follow } from '@/db/schema/follow'
import { listImport } from '@/db/schema/list-import'
import { outsideId, season, show, showTitle } from '@/db/schema/show'
import { showState } from '@/db/schema/status'
import { viewerOf } from '@/lib/accounts/queries'
import type { Viewer } from '@/lib/accounts/types'
import { listFollowing } from '@/lib/follows/queries'
import { confirmImport, draftImport, forgetImports, undoImport } from '@/lib/imports/commands'
import { getImport, listOpenImports } from '@/lib/imports/queries'
import type { ImportPage } from '@/lib/imports/types'
import { Browser, forgetLimits, SITE, signInAs } from '../support/readers'
import { zipOf } from '../support/zip'

const DAY_MS = 86_400_000
const fixture = (file: string) => readFileSync(join(import.meta.dirname, '../fixtures/imports', file))
const GDPR = ['tracking-prod-records-v2.csv', 'followed_tv_show.csv', 'user_show_special_status.csv']
const archive = zipOf(GDPR.map((name) => ({ name, content: fixture(`tvtime/${name}`) })))

interface Made {
  slug: string
  title: string
  year?: number
  next?: number
  country?: string
  ids?: Record<string, string>
  aliases?: string[]
}

/** A show with seasons up to its next one, which is the one people wait for. */
async function make({
  slug,
  title,
  year = 2019,
  next = 3,
  country,
  ids = {},
  aliases = [],
}: Made): Promise<number> {
  const [made] = await db().insert(show).values({ slug, title, country }).returning()
  const id = made!.id
  const day = `${year}-03-01`
  await db()
    .insert(season)
    .values(
      Array.from({ length: next }, (_, i) => ({
        showId: id,
        number: i + 1,
        ...(i === 0 && { premiere: day, premiereEarliest: day, premiereLatest: day }),
      })),
    )
  await db()
    .insert(showTitle)
    .values(
      [title, ...aliases].map((text, position) => ({ showId: id, position, kind: 'alias' as const, text })),
    )
  await db().insert(showState).values({
    showId: id,
    status: 'returning',
    because: [],
    nextSeason: next,
    nextStatus: 'unannounced',
    answer: 'Nobody has said anything.',
    lamp: 'silent',
    claimCount: 0,
    derivedFor: '2026-01-01',
  })
  for (const [namespace, value] of Object.entries(ids))
    await db().insert(outsideId).values({ namespace, value, showId: id })
  return id
}

let count = 0
let browser: Browser
let viewer: Viewer

beforeAll(async () => {
  await make({ slug: 'lantern-street', title: 'Lantern Street', ids: { tvdb: '880001', tmdb: '770001' } })
  // Lists say 2021: countries differ by a year, and what is a year off is asked.
  await make({ slug: 'winter-harbour', title: 'Winter Harbour', year: 2022, country: 'Norway' })
  await make({ slug: 'winter-harbour-1998', title: 'Winter Harbour', year: 1998, country: 'Canada' })
  await make({ slug: 'night-and-day', title: 'Night and Day', next: 5 })
  await make({ slug: 'paper-kite', title: 'Kami Tako', aliases: ['Paper Kite'], ids: { mal: '660001' } })
  await make({ slug: 'hidden-hill', title: 'Hidden Hill', ids: { tvdb: '880003' } })
  await make({ slug: 'plus-one', title: '+1' })
  await make({ slug: 'iron-well', title: 'Iron Well', year: 2013, ids: { imdb: 'tt7000013' } })
  await make({ slug: 'iron-well-2020', title: 'Iron Well', year: 2020 })
  await make({ slug: 'm-i-l-l', title: 'M*I*L*L', year: 1972 })
  await make({ slug: 'hidden-hill-mexico', title: 'Hidden Hill: Mexico' })
  await make({ slug: 'paper-moon', title: 'Paper Moon', year: 2017, ids: { imdb: 'tt7000017' } })
})

beforeEach(async () => {
  await forgetLimits()
  browser = await signInAs(`importer-${++count}@greenlit.test`)
  viewer = (await viewerOf(browser.headers()))!
})

/** Brings a file through the door, as a browser sends it. */
async function bring(bytes: Buffer | string, name = 'list.csv', by = browser): Promise<Response> {
  const form = new FormData()
  form.set('file', new File([new Uint8Array(Buffer.from(bytes))], name))
  const headers = by.headers()
  const request = new Request(`${SITE}/api/me/imports`, { method: 'POST', headers, body: form })
  return uploadDoor.POST(request, {})
}

async function draftOf(bytes: Buffer | string, name?: string): Promise<ImportPage> {
  const answer = await bring(bytes, name)
  const { location, detail } = (await answer.json()) as { location?: string; detail?: string }
  if (!location) throw new Error(detail)
  return (await getImport(viewer, location.split('/').at(-1)!, new Date()))!
}

const confirm = (id: string, fields: Record<string, string> = {}, by = browser) =>
  by.post(confirmDoor, '/api/me/imports/confirm', { import: id, ...fields })
const undo = (id: string, by = browser) => by.post(undoDoor, '/api/me/imports/undo', { import: id })
const followed = async (of = viewer) =>
  (await listFollowing(of)).seasons.map(({ slug, season }) => `${slug} ${season}`).sort()
const sentence = async (answer: Response) => ((await answer.json()) as { detail: string }).detail

describe('an archive of TV Time', () => {
  it('is shown before it is followed: what matches by id, what is asked, what has no place, what is left out', async () => {
    const page = await draftOf(archive, 'gdpr.zip')
    expect(page).toMatchObject({ service: 'TV Time', fileName: 'gdpr.zip', state: 'draft' })
    expect(page.toFollow.map(({ show }) => show)).toEqual([
      { slug: 'lantern-street', title: 'Lantern Street', season: 3, forRevival: false },
    ])
    expect(page.questions.map(({ title, plain }) => [title, plain])).toEqual([
      ['Winter Harbour', true],
      ['Night, and Day', true],
    ])
    // Both namesakes are offered, the one of the list's year first, with what tells them apart.
    expect(page.questions[0]!.candidates.map(({ slug, year, country }) => [slug, year, country])).toEqual([
      ['winter-harbour', 2022, 'Norway'],
      ['winter-harbour-1998', 1998, 'Canada'],
    ])
    expect(page.unmatched.map(({ title }) => title)).toEqual(['Old Specials'])
    expect(page.leftOut.map(({ title, reason }) => [title, reason])).toEqual([
      ['Hidden Hill', 'You had stopped watching or following it there.'],
      ['Left Long Ago', 'You had stopped watching or following it there.'],
    ])
    expect(await followed()).toEqual([])
  })

  it('is followed when confirmed: ids and answers, and no name by itself', async () => {
    const { id, questions } = await draftOf(archive)
    const harbour = questions.find(({ title }) => title === 'Winter Harbour')!
    const answer = await confirm(id, { [`answer.${harbour.position}`]: 'winter-harbour-1998' })
    expect(answer.status).toBe(200)
    expect(await followed()).toEqual(['lantern-street 3', 'winter-harbour-1998 3'])
    const done = (await getImport(viewer, id, new Date()))!
    expect(done).toMatchObject({ state: 'done', standing: 2 })
    expect(done.questions.map(({ title }) => title)).toEqual(['Night, and Day'])
  })

  it('throws no open question away: what is left open is answered later, and only that is followed then', async () => {
    const onlyQuestions = 'title\nWinter Harbour\nNight and Day\n'
    const draft = await draftOf(onlyQuestions)
    const refused = await confirm(draft.id)
    expect([refused.status, await sentence(refused)]).toEqual([
      422,
      'Choose a show, or “None of these”, for at least one of the 2 questions. Nothing was followed; all of them stay open.',
    ])
    expect((await getImport(viewer, draft.id, new Date()))!.questions).toHaveLength(2)

    const { id, questions } = await draftOf(archive)
    await confirm(id)
    expect(await followed()).toEqual(['lantern-street 3'])
    expect((await listOpenImports(viewer, new Date())).map((one) => [one.id, one.open])).toEqual([
      [id, 2],
      [draft.id, 2],
    ])
    // Unfollowed by hand meanwhile: answering a question brings it not back.
    await db().delete(follow).where(eq(follow.readerId, viewer.id))
    const [harbour, night] = questions
    await confirm(id, { [`answer.${night!.position}`]: 'none' })
    await confirm(id, { [`answer.${harbour!.position}`]: 'winter-harbour' })
    expect(await followed()).toEqual(['winter-harbour 3'])
    const done = (await getImport(viewer, id, new Date()))!
    expect(done.questions).toEqual([])
    expect(done.unmatched.map(({ title }) => title)).toContain('Night, and Day')
    expect((await listOpenImports(viewer, new Date())).map((one) => one.id)).toEqual([draft.id])
    await undoImport(viewer, { id, now: new Date() })
    expect(await followed()).toEqual([])
  })

  it('takes all same names at once only when that is what the reader says, and “none of these” still holds', async () => {
    const { id, questions } = await draftOf(archive)
    const night = questions.find(({ title }) => title === 'Night, and Day')!
    await confirm(id, { plain: 'yes', [`answer.${night.position}`]: 'none' })
    expect(await followed()).toEqual(['lantern-street 3', 'winter-harbour 3'])
  })

  it('changes nothing the second time: not the same import, nor the same file brought again', async () => {
    const { id } = await draftOf(archive)
    await confirm(id, { plain: 'yes' })
    const before = await db().select().from(follow).where(eq(follow.readerId, viewer.id))
    expect(before).toHaveLength(3)
    expect((await confirm(id, { plain: 'yes' })).status).toBe(200)
    const again = await draftOf(archive)
    expect(again.toFollow).toEqual([])
    expect(again.already.map(({ show }) => show.slug)).toEqual(['lantern-street'])
    expect(
      await confirmImport(viewer, { id: again.id, answers: new Map(), takePlain: true, now: new Date() }),
    ).toEqual({ ok: true, added: 0 })
    expect(await db().select().from(follow).where(eq(follow.readerId, viewer.id))).toEqual(before)
  })

  it('raises no notices: it is followed as of now, and nothing before now is news', async () => {
    const { id } = await draftOf(archive)
    const now = new Date()
    await confirmImport(viewer, { id, answers: new Map(), takePlain: false, now })
    const [row] = await db().select().from(follow).where(eq(follow.readerId, viewer.id))
    expect(row!.followedAt).toEqual(now)
  })
})

describe('undoing an import', () => {
  it('takes back what it followed and nothing else: not what was followed before, nor by hand since', async () => {
    const wish = (slug: string, want: string) =>
      browser.post(followDoor, '/api/me/follows', {
        show: slug,
        season: slug === 'night-and-day' ? '5' : '3',
        want,
      })
    await wish('winter-harbour', 'follow')
    const { id, questions } = await draftOf(archive)
    const answers = Object.fromEntries(
      questions.map(({ position, title }) => [
        `answer.${position}`,
        title === 'Winter Harbour' ? 'winter-harbour' : 'night-and-day',
      ]),
    )
    await confirm(id, answers)
    expect(await followed()).toEqual(['lantern-street 3', 'night-and-day 5', 'winter-harbour 3'])
    await wish('night-and-day', 'unfollow')
    await wish('night-and-day', 'follow')
    await wish('paper-kite', 'follow')
    expect((await getImport(viewer, id, new Date()))!.standing).toBe(1)
    expect((await undo(id)).status).toBe(200)
    expect(await followed()).toEqual(['night-and-day 5', 'paper-kite 3', 'winter-harbour 3'])
    expect((await undo(id)).status).toBe(200)
    expect(await followed()).toEqual(['night-and-day 5', 'paper-kite 3', 'winter-harbour 3'])
    expect(await getImport(viewer, id, new Date())).toMatchObject({ state: 'undone', standing: 0 })
    // What is undone stays undone, whatever form is sent again.
    await confirm(id, answers)
    expect(await followed()).toEqual(['night-and-day 5', 'paper-kite 3', 'winter-harbour 3'])
  })

  it('of a draft that was never confirmed is refused', async () => {
    const { id } = await draftOf(archive)
    expect((await undo(id)).status).toBe(404)
  })
})

describe('another’s import', () => {
  it('is there for its owner only: all others, and nobody, hear that there is none', async () => {
    const { id } = await draftOf(archive)
    const other = await signInAs('other-importer@greenlit.test')
    const them = (await viewerOf(other.headers()))!
    expect(await getImport(them, id, new Date())).toBe(null)
    expect((await confirm(id, {}, other)).status).toBe(404)
    expect((await other.get(unmatchedDoor, `/api/me/imports/unmatched?import=${id}`)).status).toBe(404)
    expect(await followed(them)).toEqual([])
    await confirm(id)
    expect((await undo(id, other)).status).toBe(404)
    expect(await followed()).toEqual(['lantern-street 3'])
    const nobody = new Browser()
    expect((await bring(archive, 'x.zip', nobody)).status).toBe(401)
    for (const answer of [await confirm(id, {}, nobody), await undo(id, nobody)])
      expect(answer.status).toBe(401)
    for (const [door, path] of [
      [unmatchedDoor, `/api/me/imports/unmatched?import=${id}`],
      [exportDoor, '/api/me/follows/export?format=csv'],
    ] as const)
      expect((await nobody.get(door, path)).status).toBe(401)
  })

  it('and every other nonsense for an id is met with 404 or 400 and a sentence', async () => {
    const ids = [
      '',
      'x',
      '../x',
      "x' or '1'='1",
      '00000000-0000-4000-8000-000000000000',
      'x'.repeat(400),
      '\0',
    ]
    for (const id of ids)
      for (const answer of [
        await confirm(id),
        await undo(id),
        await browser.get(unmatchedDoor, `/api/me/imports/unmatched?import=${encodeURIComponent(id)}`),
      ]) {
        expect([400, 404]).toContain(answer.status)
        expect(await sentence(answer)).toMatch(/^[A-Z].{15,}\.$/)
      }
  })
})

describe('an answer', () => {
  it('that is none of the choices follows nothing at all', async () => {
    const { id, questions } = await draftOf(archive)
    for (const answer of ['hidden-hill', 'no-such-show', 'none-of-them']) {
      const refused = await confirm(id, { [`answer.${questions[0]!.position}`]: answer })
      expect(refused.status).toBe(422)
      expect(await sentence(refused)).toMatch(/not one of the choices/)
    }
    expect((await confirm(id, { [`answer.${questions[0]!.position}`]: '<script>' })).status).toBe(400)
    expect(await followed()).toEqual([])
    expect(await getImport(viewer, id, new Date())).toMatchObject({ state: 'draft' })
  })

  it('is asked for when the ids of a row name two shows', async () => {
    const { questions, toFollow } = await draftOf('title,tvdb_id,mal_id\nMixed Up,880001,660001\n')
    expect(toFollow).toEqual([])
    expect(questions[0]!.candidates.map(({ slug }) => slug).sort()).toEqual(['lantern-street', 'paper-kite'])
    expect(questions[0]!.plain).toBe(false)
  })
})

describe('a name', () => {
  it('and its year are taken without asking where one show alone has both', async () => {
    const page = await draftOf('title,year\nIron Well,2013\nThe Iron Well,2020\nIron Well,2014\nIron Well,\n')
    expect(page.toFollow.map(({ show }) => show.slug)).toEqual(['iron-well', 'iron-well-2020'])
    expect(page.questions.map(({ year, candidates }) => [year, candidates.map(({ slug }) => slug)])).toEqual([
      [2014, ['iron-well', 'iron-well-2020']],
    ])
    // Its year and name are right, and its id is another's.
    const { questions } = await draftOf('title,year,imdb_id\nIron Well,2013,tt7999999\n')
    expect(questions.map(({ title }) => title)).toEqual(['Iron Well'])
  })

  it('is offered as the search has it: without its signs, its season or its last words', async () => {
    const names = 'MILL\nPaper Kite 2nd Season\n"Kami Tako: The Final Season Part 2"\nLantern Streets\n'
    const { questions } = await draftOf(names, 'list.txt')
    expect(questions.map(({ title, candidates }) => [title, candidates[0]!.slug])).toEqual([
      ['MILL', 'm-i-l-l'],
      ['Paper Kite 2nd Season', 'paper-kite'],
      ['Kami Tako: The Final Season Part 2', 'paper-kite'],
      ['Lantern Streets', 'lantern-street'],
    ])
    expect(questions[1]!.plain).toBe(false)
  })

  it('that does not say where it ends is asked by whichever part of it is a show, once', async () => {
    const { questions } = await draftOf(
      'Title,Date\n"Hidden Hill: Mexico: Qqq 2: One","1/1/26"\n"Hidden Hill: Mexico: Qqq 3: Two","1/2/26"\n',
    )
    expect(questions.map(({ title, candidates }) => [title, candidates[0]!.slug])).toEqual([
      ['Hidden Hill: Mexico', 'hidden-hill-mexico'],
    ])
  })
})

describe('an id', () => {
  it('that counts films too is asked about where the list names another show, or a film', async () => {
    const asked = async (title: string) => {
      const { toFollow, questions } = await draftOf(`title,tmdb_id\n${title},770001\n`)
      return [toFollow.length, ...questions.flatMap(({ candidates }) => candidates.map(({ slug }) => slug))]
    }
    expect(await asked('Lantern Street')).toEqual([1])
    expect(await asked('The Matrix of Nowhere')).toEqual([0, 'lantern-street'])
    expect(await asked('Night and Day')).toEqual([0, 'lantern-street', 'night-and-day'])
  })

  it('of IMDb says that a row is a show, whatever its list calls it', async () => {
    const head = 'Const,Your Rating,Title,Title Type,Year\n'
    const page = await draftOf(
      `${head}tt7000017,8,Mond aus Papier,Film,2017\ntt7000018,8,Paper Moon,Film,2017\n`,
    )
    expect(page.toFollow.map(({ show }) => show.slug)).toEqual(['paper-moon'])
    expect(page.leftOut.map(({ title }) => title)).toEqual(['Paper Moon'])
    const unknown = await draftOf(`${head}tt7000019,8,Paper Moon,Qqq,2017\n`)
    expect(unknown.questions.map(({ title }) => title)).toEqual(['Paper Moon'])
  })
})

describe('what could not be read', () => {
  it('is named with its line, and costs the rest nothing', async () => {
    const page = await draftOf('sep=;\ntitle;year\nLantern Street;\n;;\n"Night and Day;\n')
    expect(page.questions.map(({ title }) => title)).toEqual(['Lantern Street', 'Night and Day'])
    expect(page.unmatched.map(({ reason }) => reason)).toEqual(['It has neither a title nor an id. (Line 4)'])
  })
})

describe('a file', () => {
  it('we cannot read is refused with the sentence that says why, and leaves no draft', async () => {
    const refused = await bring('a,b\n1,2\n')
    expect(refused.status).toBe(422)
    expect(await sentence(refused)).toMatch(/do not know this file/)
    expect(await db().select().from(listImport).where(eq(listImport.readerId, viewer.id))).toEqual([])
  })

  it('that was not chosen, is too large or comes as another field is met with a sentence', async () => {
    expect((await browser.post(uploadDoor, '/api/me/imports', { file: 'x' })).status).toBe(400)
    expect((await bring(Buffer.alloc(20_000_001))).status).toBe(413)
    expect((await bring(Buffer.alloc(20_100_000))).status).toBe(413)
    expect((await bring('', '')).status).toBe(400)
  })

  it('names with a path or of any length are shown as a line', async () => {
    const page = await draftOf('title\nLantern Street\n', `C:\\Users\\me\\${'x'.repeat(200)}.csv`)
    expect(page.fileName).toMatch(/^x+\.csv$/)
    expect(page.fileName.length).toBeLessThanOrEqual(80)
  })

  it('brought after another takes the place of the draft, and not of what was confirmed', async () => {
    const first = await draftOf(archive)
    const second = await draftOf(archive)
    expect(await getImport(viewer, first.id, new Date())).toBe(null)
    await confirm(second.id)
    await draftOf(archive)
    expect(await getImport(viewer, second.id, new Date())).toMatchObject({ state: 'done' })
  })

  it('is brought at most 20 times in ten minutes', async () => {
    for (let i = 0; i < 20; i++) expect((await bring('a,b\n1,2\n')).status).toBe(422)
    expect((await bring('a,b\n1,2\n')).status).toBe(429)
  })
})

describe('the limit of 2,000 follows', () => {
  it('is kept: a list that would pass it is taken as far as there is room, and the rest waits', async () => {
    const crowd = await make({ slug: `crowd-${count}`, title: 'A Crowd', next: 1000 })
    const more = await make({ slug: `crowd-${count}-b`, title: 'A Second Crowd', next: 999 })
    await db().execute(sql`insert into follow (reader_id, season_id)
      select ${viewer.id}, id from season where show_id in (${crowd}, ${more})`)
    const { id } = await draftOf(archive)
    expect((await confirm(id, { plain: 'yes' })).status).toBe(200)
    const slugs = async () => (await followed()).filter((line) => !line.startsWith('crowd'))
    expect(await slugs()).toEqual(['lantern-street 3'])
    const waiting = async () =>
      (await getImport(viewer, id, new Date()))!.waiting.map(({ show }) => show.slug)
    expect(await waiting()).toEqual(['winter-harbour', 'night-and-day'])
    const refused = await confirm(id)
    expect(refused.status).toBe(409)
    expect(await sentence(refused)).toMatch(/2,000 seasons, the most there can be, and this list would add 2/)
    // Where there is room again the next of the list has it; what was unfollowed by hand does not come back.
    await db().execute(sql`delete from follow where reader_id = ${viewer.id} and season_id in (
      select n.id from season n join show s on s.id = n.show_id where s.slug = 'lantern-street')`)
    expect((await confirm(id)).status).toBe(200)
    expect(await slugs()).toEqual(['winter-harbour 3'])
    expect(await waiting()).toEqual(['night-and-day'])
    await undo(id)
    expect(await followed()).toHaveLength(1999)
  })
})

describe('what has no place here', () => {
  it('goes out as CSV that no spreadsheet takes for a program, and can be brought again', async () => {
    const list =
      'title,year,imdb_id\n=HYPERLINK("x"),2019,\n+1 Unknown,,tt7654321\nLantern Streets,,\n@home alone,,\n'
    const { id } = await draftOf(list)
    const answer = await browser.get(unmatchedDoor, `/api/me/imports/unmatched?import=${id}`)
    expect(answer.headers.get('cache-control')).toMatch(/no-store/)
    expect(answer.headers.get('content-disposition')).toContain('greenlit-unmatched.csv')
    const text = await answer.text()
    const rows = parse(text) as string[][]
    expect(rows[0]).toEqual(['title', 'year', 'season', 'imdb_id', 'reason'])
    expect(rows.flat().filter((cell) => /^[=+\-@\t]/.test(cell))).toEqual([])
    expect(rows.map(([title]) => title)).toContain('Lantern Streets')
    const again = await draftOf(text)
    expect(again.unmatched.length + again.questions.length).toBe(rows.length - 1)
  })
})

describe('what one follows', () => {
  it('goes out as CSV and JSON, and comes back exactly, season for season', async () => {
    const seasons = { 'lantern-street': '2', 'plus-one': '3', 'winter-harbour-1998': '3' }
    for (const [slug, number] of Object.entries(seasons))
      await browser.post(followDoor, '/api/me/follows', { show: slug, season: number, want: 'follow' })
    const before = await followed()
    for (const format of ['csv', 'json']) {
      const answer = await browser.get(exportDoor, `/api/me/follows/export?format=${format}`)
      expect(answer.headers.get('cache-control')).toMatch(/no-store/)
      expect(answer.headers.get('content-disposition')).toContain(`greenlit-following.${format}`)
      const text = await answer.text()
      if (format === 'csv') expect(text).toContain("plus-one,'+1,3,")
      await db().delete(follow).where(eq(follow.readerId, viewer.id))
      const page = await draftOf(text, `greenlit-following.${format}`)
      expect([page.service, page.questions, page.unmatched, page.leftOut]).toEqual(['Greenlit', [], [], []])
      await confirm(page.id)
      expect(await followed()).toEqual(before)
    }
  })

  it('in a format nobody has heard of is refused', async () => {
    for (const query of ['', '?format=', '?format=xls', '?format=CSV'])
      expect((await browser.get(exportDoor, `/api/me/follows/export${query}`)).status).toBe(400)
  })
})

describe('time', () => {
  it('ends a draft after a day and the undoing after thirty; what is followed stays', async () => {
    const now = new Date()
    const later = (days: number) => new Date(now.getTime() + days * DAY_MS)
    const made = await draftImport(viewer, { bytes: archive, fileName: 'x.zip', now })
    const { id } = made as { id: string }
    expect(await getImport(viewer, id, later(0.9))).not.toBe(null)
    expect(await getImport(viewer, id, later(1.1))).toBe(null)
    expect(
      await confirmImport(viewer, { id, answers: new Map(), takePlain: false, now: later(1.1) }),
    ).toMatchObject({
      reason: 'unknown-import',
    })
    await confirmImport(viewer, { id, answers: new Map(), takePlain: false, now })
    await forgetImports(later(29))
    expect(await getImport(viewer, id, later(29))).not.toBe(null)
    expect(await undoImport(viewer, { id, now: later(31) })).toMatchObject({ reason: 'unknown-import' })
    await forgetImports(later(31))
    expect(await db().select().from(listImport).where(eq(listImport.id, id))).toEqual([])
    expect(await followed()).toEqual(['lantern-street 3'])
  })

  it('and a deleted account leave nothing of an import behind', async () => {
    const { id } = await draftOf(archive)
    await confirm(id)
    await draftOf(archive)
    expect((await browser.post(deleteDoor, '/api/me/delete', { sure: 'delete' })).status).toBe(200)
    expect(await db().select().from(listImport).where(eq(listImport.readerId, viewer.id))).toEqual([])
    const [left] = await db().execute<{ n: number }>(sql`
      select ((select count(*) from list_import_row r left join list_import i on i.id = r.import_id where i.id is null)
        + (select count(*) from list_import_follow f left join list_import i on i.id = f.import_id where i.id is null))::int as n`)
    expect(left!.n).toBe(0)
  })
})

describe('at once', () => {
  it('twenty confirmations of one import follow once', async () => {
    const { id } = await draftOf(archive)
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        confirmImport(viewer, { id, answers: new Map(), takePlain: true, now: new Date() }),
      ),
    )
    expect(answers.reduce((sum, answer) => sum + (answer.ok ? answer.added : 0), 0)).toBe(3)
    const rows = await db()
      .select()
      .from(follow)
      .where(and(eq(follow.readerId, viewer.id)))
    expect(rows).toHaveLength(3)
  })
})
