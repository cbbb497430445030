import { eq, sql } from 'drizzle-orm'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { db } from '@/db/client'
import { mail } from '@/db/schema/outbox'
import { transaction } from '@/db/transaction'
import { openMail } from '@/lib/mail/body'
import { type DueMail, deliverMail, forgetMail } from '@/lib/mail/deliver'
import { enqueueMail } from '@/lib/mail/outbox'
import { readMailbox } from '@/lib/mail/sent'
import { learnSiteUrl, noteSiteUrl } from '@/lib/operations/site-address'
import { letterSiteUrl } from '@/lib/shared/site'
import '../support/readers'

const MINUTE_MS = 60_000
const letter = (about: string) => ({
  about,
  recipient: `${about}@greenlit.test`,
  subject: `About ${about}`,
  text: 'text',
  html: '<p>html</p>',
})
const rows = () => db().select().from(mail).orderBy(mail.id)

/** A mail server in a few lines: it says yes, or throws what it is told to. */
function recorder(answer: (letter: DueMail) => unknown = () => undefined) {
  const sent: string[] = []
  const send = async (due: DueMail) => {
    const refusal = answer(due)
    if (refusal) throw refusal
    sent.push(due.messageId)
  }
  return { sent, send }
}

beforeEach(async () => {
  await db().delete(mail)
})

describe('the outbox', () => {
  it('holds a mail only when what caused it has happened', async () => {
    await expect(
      transaction(async () => {
        await enqueueMail(letter('undone'))
        throw new Error('never mind')
      }),
    ).rejects.toThrow('never mind')
    expect(await rows()).toEqual([])
  })

  it('holds a mail once, however often it is queued', async () => {
    for (let i = 0; i < 3; i++) await enqueueMail(letter('once'))
    expect((await rows()).map((row) => row.messageId)).toEqual(['<once@greenlit.test>'])
  })

  it('wakes the worker where mail is really sent', async () => {
    process.env.SMTP_URL = 'smtp://127.0.0.1:1'
    try {
      await enqueueMail(letter('awake'))
    } finally {
      delete process.env.SMTP_URL
    }
    const jobs = await db().execute<{ task: string }>(
      sql`select task_identifier as task from graphile_worker.jobs`,
    )
    expect(jobs.map((job) => job.task)).toEqual(['deliver-mail'])
  })

  it('is what the local mailbox shows, newest first; what was read there has arrived, and stays', async () => {
    for (const about of ['one', 'two', 'three']) await enqueueMail(letter(about))
    const subjects = ['About three', 'About two', 'About one']
    const readAt = new Date('2026-11-20T08:00:00Z')
    expect((await readMailbox(readAt)).map((line) => line.subject)).toEqual(subjects)
    expect((await rows()).map(({ sentAt }) => sentAt)).toEqual([readAt, readAt, readAt])
    expect((await readMailbox(new Date())).map((line) => line.subject)).toEqual(subjects)
    expect((await rows())[0]!.sentAt).toEqual(readAt)
  })

  it('takes no letter of a process that does not know where its site stands', async () => {
    const { AUTH_URL, GREENLIT_URL, PORT } = process.env
    for (const name of ['AUTH_URL', 'GREENLIT_URL', 'PORT']) delete process.env[name]
    try {
      await expect(enqueueMail(letter('homeless'))).rejects.toThrow(/set AUTH_URL or GREENLIT_URL/)
      expect(await rows()).toEqual([])
      expect(await learnSiteUrl()).toBe(false)
      // The site writes down where it stands, and a worker that nobody tells reads it there.
      await noteSiteUrl({ PORT: '8123' } as unknown as NodeJS.ProcessEnv)
      expect(await learnSiteUrl()).toBe(true)
      await enqueueMail(letter('at-home'))
      expect((await rows()).map(({ messageId }) => messageId)).toEqual(['<at-home@localhost>'])
      expect(letterSiteUrl()).toBe('http://localhost:8123')
    } finally {
      delete process.env.GREENLIT_URL
      Object.assign(process.env, { AUTH_URL }, GREENLIT_URL && { GREENLIT_URL }, PORT && { PORT })
    }
  })
})

describe('delivery', () => {
  it('sends every mail once and writes it down', async () => {
    for (let i = 0; i < 45; i++) await enqueueMail(letter(`m${i}`))
    const { sent, send } = recorder()
    expect(await deliverMail(send)).toEqual({ sent: 45, later: 0, parked: 0 })
    expect(await deliverMail(send)).toEqual({ sent: 0, later: 0, parked: 0 })
    expect(new Set(sent).size).toBe(45)
    expect((await rows()).every((row) => row.sentAt !== null)).toBe(true)
  })

  it('by five workers at once sends nothing twice', async () => {
    for (let i = 0; i < 100; i++) await enqueueMail(letter(`m${i}`))
    const { sent, send } = recorder()
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => deliverMail(send)))
    expect(outcomes.reduce((sum, outcome) => sum + outcome.sent, 0)).toBe(100)
    expect(sent).toHaveLength(100)
    expect(new Set(sent).size).toBe(100)
  })

  it('tries a refused mail again later, with the same Message-ID, and parks it after eight tries', async () => {
    await enqueueMail(letter('greylisted'))
    let at = Date.now()
    const ids: string[] = []
    const { send } = recorder((due) => {
      ids.push(due.messageId)
      return Object.assign(new Error('451 greylisted@greenlit.test: try later'), { responseCode: 451 })
    })
    for (let attempt = 1; attempt <= 8; attempt++) {
      expect(await deliverMail(send, () => new Date(at))).toMatchObject(
        attempt < 8 ? { later: 1, parked: 0 } : { later: 0, parked: 1 },
      )
      expect(await deliverMail(send, () => new Date(at))).toEqual({ sent: 0, later: 0, parked: 0 })
      at += 6 * 60 * MINUTE_MS
    }
    expect(await deliverMail(send, () => new Date(at))).toEqual({ sent: 0, later: 0, parked: 0 })
    expect(new Set(ids)).toEqual(new Set(['<greylisted@greenlit.test>']))
    expect(ids).toHaveLength(8)
    const [row] = await rows()
    expect(row!.parkedAt).not.toBeNull()
    expect(row!.lastError).toBe('451 451 (recipient): try later')
  })

  it('parks a mail at once when its address is refused for good, and goes on with the others', async () => {
    for (const about of ['good', 'unknown', 'fine']) await enqueueMail(letter(about))
    const { sent, send } = recorder((due) =>
      due.recipient.startsWith('unknown')
        ? Object.assign(new Error('550 no such user'), { responseCode: 550 })
        : undefined,
    )
    expect(await deliverMail(send)).toEqual({ sent: 2, later: 0, parked: 1 })
    expect(sent).toHaveLength(2)
  })

  it('takes up what a killed worker had in its hands, once its lease is over', async () => {
    await enqueueMail(letter('orphan'))
    await db()
      .update(mail)
      .set({ leasedUntil: new Date(Date.now() + 2 * MINUTE_MS), attempts: 1 })
    const { sent, send } = recorder()
    await deliverMail(send)
    expect(sent).toEqual([])
    await deliverMail(send, () => new Date(Date.now() + 3 * MINUTE_MS))
    expect(sent).toEqual(['<orphan@greenlit.test>'])
  })

  it('is forgotten after its time: sent mail, mail that was given up, and mail nobody could send', async () => {
    for (const about of ['sent', 'refused', 'stuck']) await enqueueMail(letter(about))
    await db().update(mail).set({ sentAt: new Date() }).where(eq(mail.subject, 'About sent'))
    await db().update(mail).set({ parkedAt: new Date() }).where(eq(mail.subject, 'About refused'))
    await forgetMail(new Date(Date.now() - MINUTE_MS))
    expect((await rows()).map((row) => openMail(row)?.text)).toEqual(['text', 'text', 'text'])
    await forgetMail(new Date(Date.now() + MINUTE_MS))
    expect(await rows()).toEqual([])
  })
})

describe('what lies in the outbox', () => {
  const SECRET = 'https://greenlit.test/sign-in/confirm/'
  const told = () => ({
    ...letter('secret'),
    text: `${SECRET}text`,
    html: `<a href="${SECRET}html">`,
    headers: { 'List-Unsubscribe': `<${SECRET}headers>` },
  })
  const whole = async () => JSON.stringify(await rows())

  it('is sealed, and reaches the mail server and the local mailbox whole', async () => {
    await enqueueMail(told())
    expect(await whole()).not.toContain('confirm')
    const sent: DueMail[] = []
    await deliverMail(async (due) => void sent.push(due))
    expect(sent).toMatchObject([
      { text: told().text, html: told().html, headers: told().headers, recipient: 'secret@greenlit.test' },
    ])
    expect((await readMailbox(new Date())).map(({ text }) => text)).toEqual([`${SECRET}text`])
    expect(await whole()).not.toContain('confirm')
  })

  it('waits while it cannot be read after a change of the secret, and leaves when the earlier one is said', async () => {
    await enqueueMail(told())
    const { AUTH_SECRET } = process.env
    const quiet = vi.spyOn(console, 'error').mockImplementation(() => {})
    try {
      process.env.AUTH_SECRET = 'another secret, of the next year'
      const { sent, send } = recorder()
      expect(await deliverMail(send)).toEqual({ sent: 0, later: 1, parked: 0 })
      expect((await rows())[0]!.lastError).toContain('AUTH_SECRET_OLD')
      expect((await readMailbox(new Date()))[0]!.text).toMatch(/cannot be opened/)
      process.env.AUTH_SECRET_OLD = AUTH_SECRET
      expect(await deliverMail(send, () => new Date(Date.now() + 31 * MINUTE_MS))).toMatchObject({ sent: 1 })
      expect(sent).toEqual(['<secret@greenlit.test>'])
    } finally {
      quiet.mockRestore()
      process.env.AUTH_SECRET = AUTH_SECRET
      delete process.env.AUTH_SECRET_OLD
    }
  })

  it('in clear, from an earlier release, is sent and shown as it is', async () => {
    await db()
      .insert(mail)
      .values({
        messageId: '<old@greenlit.test>',
        recipient: 'old@greenlit.test',
        subject: 'Old',
        text: 'old text',
        html: '<p>old</p>',
        headers: { 'X-Old': 'yes' },
      })
    const sent: DueMail[] = []
    // The database stamped it by its own clock.
    await deliverMail(
      async (due) => void sent.push(due),
      () => new Date(Date.now() + MINUTE_MS),
    )
    expect(sent).toMatchObject([{ text: 'old text', html: '<p>old</p>', headers: { 'X-Old': 'yes' } }])
    expect((await readMailbox(new Date())).map(({ text }) => text)).toEqual(['old text'])
  })

  it('never leaves with another mail’s words in it, nor as a sealed text, whoever changed the row', async () => {
    for (const about of ['ana', 'ben']) await enqueueMail(letter(about))
    await db().execute(sql`update mail set text = (select text from mail where subject = 'About ana')`)
    const quiet = vi.spyOn(console, 'error').mockImplementation(() => {})
    const sent: string[] = []
    await deliverMail(async (due) => void sent.push(`${due.subject}: ${due.text}`))
    quiet.mockRestore()
    expect(sent).toEqual(['About ana: text'])
  })
})
