/** What is left of mail in the database, for whoever gets hold of a copy of it. */

import { sql } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import * as mailDoor from '@/app/api/auth/mail/route'
import * as byMailDoor from '@/app/api/follow-by-mail/route'
import { db } from '@/db/client'
import { signInRequest } from '@/db/schema/account'
import { mail } from '@/db/schema/outbox'
import { codeOf } from '@/lib/accounts/code'
import { forgetExpired } from '@/lib/accounts/commands'
import { tokenFor } from '@/lib/accounts/reader-tokens'
import { AT_THE_MACHINE } from '@/lib/accounts/rules'
import { tasks } from '@/lib/jobs/tasks'
import { deliverMail, forgetMail, MAIL_KEPT_MS } from '@/lib/mail/deliver'
import { forgetNotices, retryParked } from '@/lib/notices/commands'
import { gatherMail } from '@/lib/notices/gather'
import { listFailed } from '@/lib/notices/queries'
import { tellEvents } from '@/lib/notices/tell'
import { Browser, forgetLimits, mailedToken, mailsWritten, makeShow, signInAs } from '../support/readers'
import { aFollower, aShow, Clock, days, Inbox, said } from '../support/telling'

/** Every row of every table that holds one of these texts, in whatever column. */
async function tablesWith(...texts: string[]): Promise<string[]> {
  const tables = await db().execute<{ name: string }>(sql`
    select format('%I.%I', table_schema, table_name) as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`)
  const found: string[] = []
  for (const { name } of tables) {
    const rows = await db().execute<{ whole: string }>(sql`select t::text as whole from ${sql.raw(name)} t`)
    for (const { whole } of rows) if (texts.some((text) => whole.includes(text))) found.push(name)
  }
  expect(tables.length).toBeGreaterThan(30)
  return found
}

/** The nightly purge, as of a day to come. */
async function purge(now: Date): Promise<void> {
  await forgetExpired(now)
  await forgetMail(new Date(now.getTime() - MAIL_KEPT_MS))
  await forgetNotices(now)
}

beforeEach(async () => {
  await forgetLimits()
  await db().execute(sql`delete from mail`)
  await db().execute(sql`delete from notice`)
})

describe('in the database', () => {
  it('no sign-in link, code, confirmation link, unsubscribe token or feed address lies in clear', async () => {
    const clock = new Clock(new Date())
    await aShow('at-rest', clock)
    const ana = await aFollower('ana@greenlit.test', 'at-rest', 2, clock)
    clock.pass(days(1))
    await said({ show: 'at-rest', kind: 'renewed', sourceClass: 'official' }, clock)
    await tellEvents(clock.now())
    await gatherMail(clock.now())
    const [notice] = await mailsWritten('ana@greenlit.test')
    const unsubscribe = /api\/unsubscribe\/([\w-]{43})/.exec(notice!.headers['List-Unsubscribe']!)![1]!
    expect(notice!.text).toContain(unsubscribe)

    await new Browser().post(mailDoor, '/api/auth/mail', { email: 'ana@greenlit.test' })
    const signIn = await mailedToken('ana@greenlit.test')
    await new Browser().post(byMailDoor, '/api/follow-by-mail', {
      email: 'ben@greenlit.test',
      show: 'at-rest',
      season: '2',
    })
    const [asked] = await mailsWritten('ben@greenlit.test')
    const confirm = /follow\/confirm\/([\w-]{43})/.exec(asked!.text)![1]!
    const feed = await tokenFor('feed', { readerId: ana.id, seasonId: null })
    const secrets = [unsubscribe, signIn, confirm, feed, codeOf(signIn)]
    expect(await tablesWith(...secrets)).toEqual([])
    // Neither does a server's answer leave one behind that quotes our mail.
    await deliverMail(async () => {
      throw Object.assign(new Error(`451 4.7.1 suspicious: https://x/unsubscribe/${unsubscribe}`), {
        responseCode: 451,
      })
    }, clock.now)
    expect(await tablesWith(...secrets)).toEqual([])
  })
})

describe('a stranger whose address somebody typed into our forms', () => {
  it.each(['sent', 'refused', 'never sent'])('is in no table after 8 days, their mails %s', async (fate) => {
    const name = `stranger-${fate.replace(' ', '-')}`
    const address = `${name}@elsewhere.test`
    await makeShow(name)
    const browser = new Browser()
    for (let i = 0; i < 6; i++) await browser.post(mailDoor, '/api/auth/mail', { email: address })
    await browser.post(byMailDoor, '/api/follow-by-mail', { email: address, show: name, season: '1' })
    const inbox = new Inbox()
    if (fate === 'refused')
      inbox.refuse = () =>
        Object.assign(new Error(`550 <${address}> unknown`), { responseCode: 550, code: 'EENVELOPE' })
    if (fate !== 'never sent') await deliverMail(inbox.send)
    expect((await tablesWith(name)).length).toBeGreaterThan(0)
    const later = (n: number) => new Date(Date.now() + n * 86_400_000)
    await purge(later(6))
    expect(await tablesWith(`${name}@`)).toContain('public.mail')
    await purge(later(8))
    expect(await tablesWith(`${name}@`)).toEqual([])
  })

  it('is forgotten by the worker itself, each night', async () => {
    const old = sql`now() - interval '8 days'`
    await new Browser().post(mailDoor, '/api/auth/mail', { email: 'nightly@elsewhere.test' })
    await db().execute(sql`update mail set created_at = ${old}, sent_at = ${old}`)
    await db().update(signInRequest).set({ createdAt: old })
    await tasks.purge!({}, {} as never)
    expect(await tablesWith('nightly@')).toEqual([])
  })
})

describe('a mail to a reader', () => {
  it('that was sent goes after 7 days, with its tokens; what they were told stays theirs to read', async () => {
    const clock = new Clock(new Date())
    await aShow('kept', clock)
    await aFollower('cleo@greenlit.test', 'kept', 2, clock)
    await said({ show: 'kept', kind: 'renewed', sourceClass: 'official' }, clock)
    await tellEvents(clock.now())
    await gatherMail(clock.now())
    await deliverMail(new Inbox().send, clock.now)
    clock.pass(days(6.9))
    await purge(clock.now())
    expect(await db().select().from(mail)).toHaveLength(1)
    clock.pass(days(0.2))
    await purge(clock.now())
    expect(await db().select().from(mail)).toEqual([])
    const [kept] = await db().execute(sql`select state, mail_id from notice`)
    expect(kept).toEqual({ state: 'sent', mail_id: null })
  })

  it('that was refused goes too, and is written anew when an operator has it tried again', async () => {
    const clock = new Clock(new Date())
    await aShow('refused', clock)
    await aFollower('dora@greenlit.test', 'refused', 2, clock)
    await said({ show: 'refused', kind: 'renewed', sourceClass: 'official' }, clock)
    await tellEvents(clock.now())
    await gatherMail(clock.now())
    const inbox = new Inbox()
    inbox.refuse = () => Object.assign(new Error('550 not today'), { responseCode: 550 })
    await deliverMail(inbox.send, clock.now)
    clock.pass(days(8))
    await purge(clock.now())
    expect(await db().select().from(mail)).toEqual([])
    expect(await listFailed(AT_THE_MACHINE)).toMatchObject([
      { state: 'parked', attempts: 1, outcome: '550 550 not today' },
    ])
    inbox.refuse = undefined
    expect(await retryParked(AT_THE_MACHINE, clock.now())).toBe(1)
    await gatherMail(clock.now())
    expect(await deliverMail(inbox.send, clock.now)).toMatchObject({ sent: 1 })
    expect(inbox.to('dora@greenlit.test')).toEqual([expect.stringContaining('Renewed')])
  })
})

it('who deletes their account leaves nothing behind', async () => {
  const browser = await signInAs('gone@elsewhere.test')
  const deleteDoor = await import('@/app/api/me/delete/route')
  const answer = await browser.post(deleteDoor, '/api/me/delete', { sure: 'delete' })
  expect(answer.status).toBe(200)
  expect(browser.cookies.size).toBe(0)
  expect(await tablesWith('gone@')).toEqual([])
})
