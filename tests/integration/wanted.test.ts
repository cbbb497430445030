import { eq, sql } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as confirmDoor from '@/app/api/follow-by-mail/confirm/route'
import * as deleteDoor from '@/app/api/me/delete/route'
import * as exportDoor from '@/app/api/me/export/route'
import * as accountDoor from '@/app/api/me/wanted/route'
import * as mailDoor from '@/app/api/wanted/route'
import { db } from '@/db/client'
import { reader } from '@/db/schema/account'
import { channel, optIn } from '@/db/schema/notice'
import { outbox } from '@/db/schema/outbox'
import { wanted } from '@/db/schema/wanted'
import { viewerOf } from '@/lib/accounts/queries'
import { AT_THE_MACHINE } from '@/lib/accounts/rules'
import { importCatalogue } from '@/lib/catalogue/commands'
import { deriveStates } from '@/lib/ledger/derive'
import { answerWanted } from '@/lib/wanted/commands'
import { countWanted, listWanted } from '@/lib/wanted/queries'
import { tellWanted } from '@/lib/wanted/tell'
import { Browser, forgetLimits, mailsWritten, signInAs } from '../support/readers'

const html = { Accept: 'text/html' }
const now = new Date()
let count = 0
/** A name nobody has asked for yet. */
let name = ''
let email = ''

beforeAll(async () => {
  await bring({ title: 'Here for Long' })
})

beforeEach(async () => {
  await forgetLimits()
  count++
  name = `Wanted Show ${['Alpha', 'Beta', 'Gamma', 'Delta', 'Epsilon', 'Zeta', 'Eta', 'Theta', 'Iota', 'Kappa', 'Lambda', 'Mu', 'Nu', 'Xi', 'Omicron', 'Pi', 'Rho', 'Sigma', 'Tau', 'Upsilon', 'Phi', 'Chi', 'Psi', 'Omega'][count]}`
  email = `waits-${count}@greenlit.test`
})

/** An import, as the command line does it. */
const bring = (...records: { title: string; aliases?: string[]; id?: string }[]) =>
  importCatalogue(
    records.map(({ id, ...record }) => JSON.stringify({ ids: { test: id ?? record.title }, ...record })),
    {
      onWritten: async (showIds) => {
        await deriveStates({ showIds, now })
        await answerWanted(now, showIds)
      },
    },
  )
const wishes = () => db().select().from(wanted).where(eq(wanted.words, name))
const ask = (browser: Browser, words = name) => browser.post(accountDoor, '/api/me/wanted', { words })
const askByMail = (browser: Browser, fields: Record<string, string> = {}) =>
  browser.post(mailDoor, '/api/wanted', { words: name, email, ...fields })
async function confirm(browser = new Browser()): Promise<Response> {
  const [letter] = await mailsWritten(email)
  const token = /\/follow\/confirm\/([\w-]{43})/.exec(letter!.text)![1]!
  return browser.post(confirmDoor, '/api/follow-by-mail/confirm', { token }, html)
}

describe('asking by the account', () => {
  it('keeps the wish, once however often and however spelt', async () => {
    const browser = await signInAs(email)
    const answer = await browser.post(accountDoor, '/api/me/wanted', { words: name }, html)
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toBe('/settings#wanted')
    await Promise.all(Array.from({ length: 8 }, () => ask(browser, `the ${name.toUpperCase()} season 2`)))
    const viewer = (await viewerOf(browser.headers()))!
    expect(await listWanted(viewer)).toMatchObject([{ words: name, came: null }])
  })

  it('refuses nonsense and what is here already, with a sentence', async () => {
    const browser = await signInAs(email)
    const said = async (words: string) => {
      const answer = await ask(browser, words)
      return [answer.status, ((await answer.json()) as { detail: string }).detail]
    }
    expect(await said('see https://evil.test')).toEqual([422, expect.stringMatching(/without an address/)])
    expect(await said('the HERE for long')).toEqual([
      409,
      'It is here: Here for Long, at /shows/here-for-long.',
    ])
    expect(await said('!')).toEqual([422, expect.stringMatching(/two letters/)])
    expect(await said('x'.repeat(200))).toEqual([422, expect.stringMatching(/at most 80/)])
    expect((await browser.post(accountDoor, '/api/me/wanted', {})).status).toBe(400)
    expect(await wishes()).toEqual([])
  })

  it('refuses strangers, and sends them to sign in and back to their search', async () => {
    const answer = await new Browser().post(accountDoor, '/api/me/wanted', { words: name }, html)
    expect(answer.status).toBe(401)
    expect(await answer.text()).toContain('/sign-in?returnTo=')
    expect(await wishes()).toEqual([])
  })

  it('lets nobody take back what is another’s', async () => {
    const [mine, other] = [await signInAs(email), await signInAs(`other-${email}`)]
    await ask(mine)
    const [wish] = await wishes()
    const drop = (browser: Browser) => browser.post(accountDoor, '/api/me/wanted', { drop: String(wish!.id) })
    expect((await drop(other)).status).toBe(404)
    expect(await wishes()).toHaveLength(1)
    expect((await drop(mine)).status).toBe(200)
    expect(await wishes()).toEqual([])
  })

  it('stops at a hundred, also under ten tries at once', async () => {
    const browser = await signInAs(email)
    const viewer = (await viewerOf(browser.headers()))!
    await db().execute(sql`
      insert into wanted (reader_id, words, key, keys)
      select ${viewer.id}, 'w' || n, 'w' || n, array['w' || n] from generate_series(1, 97) n`)
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, i) => ask(browser, `${name} ${'abcdefghij'[i]}b`)),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(3)
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(7)
  })
})

describe('asking by mail', () => {
  it('keeps nothing before the address’s owner has pressed the button, and then a wish without the address', async () => {
    const answer = await new Browser().post(mailDoor, '/api/wanted', { words: name, email }, html)
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/follow/asked'])
    const [letter] = await mailsWritten(email)
    expect(letter!.subject).toContain(name)
    expect(await wishes()).toEqual([])
    expect((await confirm()).status).toBe(303)
    expect((await confirm()).status).toBe(303)
    const [wish, ...more] = await wishes()
    expect(more).toEqual([])
    expect(JSON.stringify(wish)).not.toContain(email)
    expect(
      await db().select({ email: reader.email }).from(reader).where(eq(reader.id, wish!.readerId)),
    ).toEqual([{ email }])
  })

  it('refuses nonsense with a sentence', async () => {
    const browser = new Browser()
    expect((await askByMail(browser, { email: 'nobody' })).status).toBe(422)
    expect((await askByMail(browser, { email: 'a@b.test, c@d.test' })).status).toBe(422)
    expect((await askByMail(browser, { words: 'Here for Long' })).status).toBe(409)
    expect((await askByMail(browser, { words: 'buy at www.evil.test' })).status).toBe(422)
    expect((await browser.post(mailDoor, '/api/wanted', { email })).status).toBe(400)
    expect(await mailsWritten(email)).toEqual([])
  })

  it('refuses a form of another site', async () => {
    const answer = await new Browser().post(
      mailDoor,
      '/api/wanted',
      { words: name, email },
      { Origin: 'https://evil.test', 'Sec-Fetch-Site': 'cross-site' },
    )
    expect(answer.status).toBe(403)
    expect(await mailsWritten(email)).toEqual([])
  })

  it('says the same to known and unknown addresses, and floods neither', async () => {
    await signInAs(email)
    const before = (await mailsWritten(email)).length
    const browser = new Browser()
    const statuses: number[] = []
    for (let i = 0; i < 12; i++) statuses.push((await askByMail(browser)).status)
    const sent = (await mailsWritten(email)).length - before
    expect(sent).toBeLessThanOrEqual(5)
    const stranger = new Browser()
    expect(await (await askByMail(stranger, { email: `new-${email}` })).json()).toEqual({
      ok: true,
      location: '/follow/asked',
    })
    expect(statuses[0]).toBe(200)
  })

  it('of a guessed link confirms nothing', async () => {
    await askByMail(new Browser())
    const guess = { token: 'x'.repeat(43) }
    expect((await new Browser().post(confirmDoor, '/api/follow-by-mail/confirm', guess)).status).toBe(410)
    expect(await wishes()).toEqual([])
  })
})

describe('when the show comes', () => {
  it('by an import, whoever waited is told once, and the wish is done', async () => {
    const browser = await signInAs(email)
    await ask(browser)
    const before = (await mailsWritten(email)).length
    await bring({ title: 'Something Else', aliases: [name] })
    await bring({ title: 'Something Else', aliases: [name, 'Once More'] })
    await Promise.all([tellWanted(now), tellWanted(now)])
    await tellWanted(now)
    const letters = await mailsWritten(email)
    expect(letters.length - before).toBe(1)
    expect(letters[0]!.subject).toBe('Something Else is here')
    expect(letters[0]!.text).toContain(`You asked for “${name}”.`)
    const viewer = (await viewerOf(browser.headers()))!
    expect(await listWanted(viewer)).toMatchObject([{ words: name, came: { title: 'Something Else' } }])
    expect(await db().select().from(outbox).where(sql`topic = 'wanted' and processed_at is null`)).toEqual([])
  })

  it('a show that is only called something like it answers nothing', async () => {
    await ask(await signInAs(email))
    await bring({ title: `${name} Returns` }, { title: `${name}s` })
    expect(await wishes()).toMatchObject([{ doneAt: null, showId: null }])
  })

  it('who has turned mail off finds it on the list alone', async () => {
    const browser = await signInAs(email)
    await ask(browser)
    const viewer = (await viewerOf(browser.headers()))!
    await db()
      .insert(channel)
      .values({ readerId: viewer.id, kind: 'mail', address: email, enabled: false })
      .onConflictDoUpdate({
        target: [channel.readerId, channel.kind, channel.address],
        set: { enabled: false },
      })
    const before = (await mailsWritten(email)).length
    await bring({ title: name })
    await tellWanted(now)
    expect((await mailsWritten(email)).length).toBe(before)
    expect(await listWanted(viewer)).toMatchObject([{ came: { title: name } }])
  })

  it('that came between the ask and the yes is found by the nightly look', async () => {
    await askByMail(new Browser())
    await bring({ title: name })
    await confirm()
    expect(await wishes()).toMatchObject([{ doneAt: null }])
    expect(await answerWanted(now)).toBe(1)
    await tellWanted(now)
    expect((await mailsWritten(email))[0]!.subject).toBe(`${name} is here`)
  })
})

describe('what is kept of a wish', () => {
  it('is in its owner’s export and goes with the account', async () => {
    const browser = await signInAs(email)
    await ask(browser)
    await askByMail(browser, { words: `${name} Too` })
    const exported = (await (await browser.get(exportDoor, '/api/me/export')).json()) as {
      wanted: unknown
      mail_confirmations: unknown
    }
    expect(exported.wanted).toMatchObject([{ words: name, came_at: null, show: null }])
    expect(exported.mail_confirmations).toMatchObject([{ wanted: `${name} Too` }])
    expect((await browser.post(deleteDoor, '/api/me/delete', { sure: 'delete' })).status).toBe(200)
    expect(await wishes()).toEqual([])
    expect(await db().select().from(optIn).where(eq(optIn.email, email))).toEqual([])
  })

  it('is shown to operators with counts, and to nobody else', async () => {
    const [one, two] = [await signInAs(email), await signInAs(`two-${email}`)]
    await ask(one)
    await ask(two, name.toLowerCase())
    for (const role of ['reader', 'editor'] as const) expect(await countWanted({ role })).toBeNull()
    expect(await countWanted(null)).toBeNull()
    const counts = (await countWanted(AT_THE_MACHINE))!
    expect(counts.open.filter(({ words }) => words.toLowerCase() === name.toLowerCase())).toMatchObject([
      { readers: 2 },
    ])
    expect(JSON.stringify(counts)).not.toContain('@')
  })
})
