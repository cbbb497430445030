/** One import at a time a reader, two a process, and none that takes the process with it: what the import door says then. */
import { and, eq, like, sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as uploadDoor from '@/app/api/me/imports/route'
import { db } from '@/db/client'
import { rateLimit } from '@/db/schema/account'
import { listImport } from '@/db/schema/list-import'
import { viewerOf } from '@/lib/accounts/queries'
import type { Viewer } from '@/lib/accounts/types'
import { endReaders } from '@/lib/imports/apart'
import { importPlaces } from '@/lib/imports/places'
import { takeTurn } from '@/lib/shared/turn'
import { Browser, forgetLimits, makeShow, signInAs } from '../support/readers'
import { formBody, sending } from '../support/uploads'

const LIST = Buffer.from('title,greenlit\nTitle of lantern-street,lantern-street\n')
/** Within every bound, and far more than the memory its reader gets here. */
const OBJECTS = Buffer.from(`[${'{"a":1},'.repeat(1_200_000)}{}]`)
const LONG_SHEET = Buffer.from(`title\n${'Lantern Street\n'.repeat(90_000)}`)

let count = 0
let browser: Browser
let viewer: Viewer

beforeAll(() => makeShow('lantern-street'))
beforeEach(async () => {
  await forgetLimits()
  browser = await signInAs(`patient-${++count}@greenlit.test`)
  viewer = (await viewerOf(browser.headers()))!
})
afterEach(() => {
  delete process.env.GREENLIT_IMPORT_MB
  delete process.env.GREENLIT_IMPORT_SECONDS
})
afterAll(endReaders)

const bring = (bytes = LIST, by = browser): Promise<Response> =>
  uploadDoor.POST(sending(formBody(bytes), by.headers()), {})
const drafts = (of = viewer) => db().select().from(listImport).where(eq(listImport.readerId, of.id))

async function expectRefusal(answer: Response, status: number, says: RegExp): Promise<void> {
  const { detail } = (await answer.json()) as { detail: string }
  expect([answer.status, detail]).toEqual([status, expect.stringMatching(says)])
}

/** What says when to come again. */
const retryAfter = (answer: Response) => Number(answer.headers.get('retry-after'))

describe('a second list of one reader at the same time', () => {
  it('is refused with 429 while the first is read, whichever process reads it; then it is taken', async () => {
    // As another process would hold it.
    const giveBack = (await takeTurn('import', viewer.id, 60))!
    const refused = await bring()
    expect(retryAfter(refused)).toBeGreaterThan(0)
    await expectRefusal(refused, 429, /^Another list of yours is being read\./)
    expect(await drafts()).toEqual([])
    await giveBack()
    expect((await bring()).status).toBe(200)
    expect(await drafts()).toHaveLength(1)
  })

  it('of five is taken once for each that is read, and never leaves two drafts', async () => {
    const statuses = (await Promise.all(Array.from({ length: 5 }, () => bring()))).map(({ status }) => status)
    expect(statuses).toContain(200)
    expect(statuses.filter((status) => status !== 200 && status !== 429)).toEqual([])
    expect(await drafts()).toHaveLength(1)
    expect((await bring()).status).toBe(200)
  })

  it('holds up nobody else: another reader’s list is read meanwhile, and strangers are strangers', async () => {
    const giveBack = (await takeTurn('import', viewer.id, 60))!
    const other = await signInAs(`other-patient-${count}@greenlit.test`)
    expect((await bring(LIST, other)).status).toBe(200)
    expect(await drafts((await viewerOf(other.headers()))!)).toHaveLength(1)
    expect((await bring(LIST, new Browser())).status).toBe(401)
    await giveBack()
  })

  it('waits no longer than a minute for a process that died, whose turn is then the next one’s alone', async () => {
    const late = (await takeTurn('import', viewer.id, 60))!
    const turns = and(like(rateLimit.key, 'turn-import:%'))
    const [held] = await db().select().from(rateLimit).where(turns)
    expect(held!.expire!.getTime() - Date.now()).toBeLessThan(61_000)
    expect(held!.key).not.toContain(viewer.id)
    await db().update(rateLimit).set({ expire: sql`now() - interval '1 second'` }).where(turns)
    const next = await takeTurn('import', viewer.id, 60)
    expect(next).not.toBe(null)
    await late() // gives nothing back that is not its own
    await expectRefusal(await bring(), 429, /being read/)
    await next!()
    expect((await bring()).status).toBe(200)
  })
})

describe('a list that comes while the process reads two', () => {
  it('waits for its place and is read', async () => {
    const leaves = [await importPlaces().take(), await importPlaces().take()]
    const brought = bring()
    for (const leave of leaves) leave!()
    expect((await brought).status).toBe(200)
  })

  it('is refused with 503 where more wait than can, and may be brought again at once when there is room', async () => {
    const leaves = [await importPlaces().take(), await importPlaces().take()]
    const waiting = Array.from({ length: 6 }, () => importPlaces().take())
    const refused = await bring()
    for (const leave of leaves) leave!()
    for (const place of waiting) (await place)!()
    expect(retryAfter(refused)).toBeGreaterThan(0)
    await expectRefusal(refused, 503, /^Many lists are being read just now\. Nothing was kept/)
    expect(await drafts()).toEqual([])
    expect((await bring()).status).toBe(200)
  })
})

describe('a list that would cost too much', () => {
  it('of memory is refused with 422, nothing is kept, and the earlier draft stays', async () => {
    await bring()
    const before = await drafts()
    process.env.GREENLIT_IMPORT_MB = '48'
    process.env.GREENLIT_IMPORT_SECONDS = '60'
    await expectRefusal(await bring(OBJECTS), 422, /takes more memory than any list we know/)
    expect(await drafts()).toEqual(before)
    delete process.env.GREENLIT_IMPORT_MB
    expect((await bring()).status).toBe(200)
  })

  it('of time is refused with 422, nothing is kept, and the next is read', async () => {
    process.env.GREENLIT_IMPORT_SECONDS = '0.02'
    await expectRefusal(await bring(LONG_SHEET), 422, /took longer than 0\.02 seconds, so we stopped/)
    expect(await drafts()).toEqual([])
    delete process.env.GREENLIT_IMPORT_SECONDS
    expect((await bring()).status).toBe(200)
  })

  it('that no list is like is refused with 422 and a sentence that says where', async () => {
    const row = `title\nLantern Street${',x'.repeat(1_500)}\n`
    await expectRefusal(await bring(Buffer.from(row)), 422, /^Row 2 of the file has more than 1,000 fields/)
    expect(await drafts()).toEqual([])
  })
})
