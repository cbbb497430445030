/** Mail that comes back, through the command line, as a mail server pipes it in. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { and, eq, sql } from 'drizzle-orm'
import fc from 'fast-check'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as mailDoor from '@/app/api/auth/mail/route'
import * as byMailDoor from '@/app/api/follow-by-mail/route'
import { db } from '@/db/client'
import { channel, notice, optIn } from '@/db/schema/notice'
import { deliverMail, smtpSender } from '@/lib/mail/deliver'
import { readReport } from '@/lib/notices/bounce'
import { takeReport } from '@/lib/notices/bounces'
import { enableChannel, listChannels } from '@/lib/notices/channels'
import { gatherMail } from '@/lib/notices/gather'
import { tellEvents } from '@/lib/notices/tell'
import { exportReader } from '@/lib/own-data/queries'
import { bounceOf, complaintOf } from '../support/bounced'
import { greenlit, greenlitReading } from '../support/command-line'
import { Browser, forgetLimits } from '../support/readers'
import { aFollower, aShow, Clock, minutes, said } from '../support/telling'

const ANA = 'ana@greenlit.test'
/** What the mail server took, as it was sent. */
const taken: string[] = []
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onData(stream, _session, done) {
    const chunks: Buffer[] = []
    stream.on('data', (chunk: Buffer) => chunks.push(chunk))
    stream.on('end', () => {
      taken.push(Buffer.concat(chunks).toString('utf8'))
      done()
    })
  },
})
let port = 0
const folder = mkdtempSync(join(tmpdir(), 'greenlit-bounces-'))
beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  port = (server.server.address() as { port: number }).port
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await new Promise<void>((closed) => server.close(closed))
})

let shows = 0
let slug = ''
let clock: Clock
let ana: Awaited<ReturnType<typeof aFollower>>

beforeEach(async () => {
  await forgetLimits()
  await db().execute(sql`delete from mail`)
  await db().execute(sql`delete from reader`)
  slug = `bounced-${++shows}`
  clock = new Clock(new Date('2026-11-22T10:00:00Z'))
  await aShow(slug, clock)
  ana = await aFollower(ANA, slug, 2, clock)
})

async function leave(): Promise<string> {
  const { send, close } = smtpSender({ ...process.env, SMTP_URL: `smtp://127.0.0.1:${port}` })
  await deliverMail(send, clock.now)
  close()
  return taken.at(-1)!
}

/** Something is told to Ana by mail, for real. @returns the mail as the server took it */
async function told(): Promise<string> {
  await said({ show: slug, kind: 'renewed', sourceClass: 'official' }, clock)
  await tellEvents(clock.now())
  await gatherMail(clock.now())
  const raw = await leave()
  expect(raw).toContain(`To: ${ANA}`)
  return raw
}

const mailChannel = async () => {
  const [row] = await db()
    .select()
    .from(channel)
    .where(and(eq(channel.readerId, ana.id), eq(channel.kind, 'mail')))
  return row!
}
async function* piped(report: string): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < report.length; at += 4_096) yield Buffer.from(report.slice(at, at + 4_096), 'latin1')
}
const bounce = (report: string) => greenlitReading(piped(report), 'bounce', '-')

describe('a mail that comes back for good', () => {
  it.each([
    ['whole', {}],
    ['by its headers alone', { returned: 'text/rfc822-headers' as const }],
    ['in base64', { encoded: true }],
    ['spelled in capitals', { recipient: ANA.toUpperCase() }],
  ])('%s: mail to its address is suspended, and its reader sees why', async (_, how) => {
    const original = await told()
    const { status, out } = await bounce(bounceOf({ original, recipient: ANA, ...how }))
    expect([status, out]).toEqual([0, 'permanent failure: mail to the address is suspended'])
    const { suspendedAt, lastRefusal, enabled } = await mailChannel()
    expect(suspendedAt).not.toBeNull()
    expect(enabled).toBe(true)
    expect(lastRefusal).toMatch(/^5\.1\.1 550 5\.1\.1 <\((recipient|address)\)>: no such user here$/)
    const [line] = await listChannels(ana)
    expect(line).toMatchObject({ kind: 'mail', lastRefusal })
    const [row] = await db().select().from(notice).where(eq(notice.readerId, ana.id))
    expect(row).toMatchObject({ state: 'sent', outcome: lastRefusal })
  })

  it('is told nothing more, until its reader says that the address works again', async () => {
    await bounce(bounceOf({ original: await told(), recipient: ANA }))
    clock.pass(minutes(60))
    await said({ show: slug, kind: 'release_date', date: '2027-03-14', sourceClass: 'official' }, clock)
    await tellEvents(clock.now())
    expect((await gatherMail(clock.now())).mails).toBe(0)
    expect(await enableChannel(ana, (await mailChannel()).id)).toMatchObject({ ok: true })
    expect((await mailChannel()).suspendedAt).toBeNull()
  })

  it('twice is once', async () => {
    const report = bounceOf({ original: await told(), recipient: ANA })
    await bounce(report)
    const first = await mailChannel()
    await bounce(report)
    expect((await mailChannel()).suspendedAt).toEqual(first.suspendedAt)
  })

  it('from a file, and as JSON', async () => {
    const file = join(folder, 'bounce.eml')
    writeFileSync(file, bounceOf({ original: await told(), recipient: ANA }))
    expect(await greenlit('bounce', file, '--json')).toMatchObject({
      status: 0,
      out: '{"outcome":"permanent"}',
    })
  })

  it('when it asked a stranger who never followed, changes nobody and says so', async () => {
    await new Browser().post(mailDoor, '/api/auth/mail', { email: 'stranger@greenlit.test' })
    clock = new Clock(new Date(Date.now() + 60_000))
    const original = await leave()
    const { out } = await bounce(bounceOf({ original, recipient: 'stranger@greenlit.test' }))
    expect(out).toMatch(/permanent/)
    expect((await mailChannel()).suspendedAt).toBeNull()
  })
})

describe('a mail that is late', () => {
  it.each([
    ['the server goes on trying', { action: 'delayed', status: '4.4.1' }],
    ['the server gave up for now', { action: 'failed', status: '4.2.2' }],
  ])('is counted and nothing else: %s', async (_, how) => {
    const original = await told()
    const { out } = await bounce(bounceOf({ original, recipient: ANA, ...how }))
    expect(out).toBe('transient failure: counted')
    expect(await mailChannel()).toMatchObject({ suspendedAt: null, lastRefusal: null, softBounces: 1 })
  })

  it('that arrived after all (delivered, relayed) is no news', async () => {
    const original = await told()
    for (const action of ['delivered', 'relayed', 'expanded'])
      expect((await bounce(bounceOf({ original, recipient: ANA, action, status: '2.0.0' }))).out).toMatch(
        /nothing was changed/,
      )
    expect(await mailChannel()).toMatchObject({ suspendedAt: null, softBounces: 0 })
  })
})

describe('a complaint', () => {
  it('turns all mail off but sign-in mail, and what is queued does not leave', async () => {
    const original = await told()
    clock.pass(minutes(60))
    await said({ show: slug, kind: 'release_date', date: '2027-03-14', sourceClass: 'official' }, clock)
    await tellEvents(clock.now())
    await gatherMail(clock.now())
    expect((await bounce(complaintOf({ original }))).out).toMatch(/^complaint/)
    const before = taken.length
    await leave()
    expect(taken).toHaveLength(before)
    expect(await mailChannel()).toMatchObject({ enabled: false, suspendedAt: null })
    expect((await listChannels(ana))[0]!.lastRefusal).toMatch(/reported as spam/)
    expect((await new Browser().post(mailDoor, '/api/auth/mail', { email: ANA })).status).toBe(200)
    clock = new Clock(new Date(Date.now() + 60_000))
    expect(await leave()).toContain(`To: ${ANA}`)
    const exported = await exportReader({
      id: ana.id,
      email: ANA,
      role: 'reader',
      session: { id: '', createdAt: new Date() },
    })
    expect(JSON.stringify(exported)).toContain('reported as spam')
  })

  it('about a confirmation takes the question back', async () => {
    await new Browser().post(byMailDoor, '/api/follow-by-mail', {
      email: 'ben@greenlit.test',
      show: slug,
      season: '2',
    })
    clock = new Clock(new Date(Date.now() + 60_000))
    await bounce(complaintOf({ original: await leave() }))
    expect(await db().select().from(optIn).where(eq(optIn.email, 'ben@greenlit.test'))).toEqual([])
  })

  it('that says the mail was no spam, or something else, changes nothing', async () => {
    const original = await told()
    for (const type of ['not-spam', 'other', 'fraud', ''])
      expect((await bounce(complaintOf({ original, type }))).out).toMatch(/nothing was changed/)
    expect(await mailChannel()).toMatchObject({ enabled: true })
  })
})

describe('a report by somebody who never had our mail', () => {
  it('changes nothing, whatever it knows: addresses, Message-IDs, another mail’s mark', async () => {
    const original = await told()
    const ben = await aFollower('ben@greenlit.test', slug, 2, clock)
    clock.pass(minutes(60))
    await said({ show: slug, kind: 'release_date', date: '2027-03-14', sourceClass: 'official' }, clock)
    await tellEvents(clock.now())
    await gatherMail(clock.now())
    await leave()
    const toBen = taken.findLast((raw) => raw.includes(`To: ${ben.email}`))!
    const mark = (raw: string) => /^X-Greenlit-Mark: (\S+)/im.exec(raw)![1]!
    const id = (raw: string) => /^Message-ID: (\S+)/im.exec(raw)![1]!
    const forged = [
      original.replace(/^X-Greenlit-Mark:.*\r?\n/im, ''),
      original.replace(mark(original), 'x'.repeat(22)),
      original.replace(mark(original), ''),
      original.replace(mark(original), mark(toBen)),
      original.replace(id(original), '<notice.999999@greenlit.test>'),
      original.replace(id(original), id(toBen)),
      original.replace(/^Message-ID:.*\r?\n/im, ''),
      `Message-ID: <hello@elsewhere.test>\r\nTo: ${ANA}\r\n\r\nhello`,
      '',
    ]
    for (const one of forged)
      for (const report of [bounceOf({ original: one, recipient: ANA }), complaintOf({ original: one })]) {
        const { status, out } = await bounce(report)
        expect([status, out]).toEqual([0, 'not about a mail of ours: nothing was changed'])
      }
    // Ben's own mail, said to be Ana's.
    expect((await bounce(bounceOf({ original: toBen, recipient: ANA }))).out).toMatch(/nothing was changed/)
    expect(await mailChannel()).toMatchObject({ suspendedAt: null, enabled: true })
  })

  it('is not read at all when it is larger than 1 MB, from a pipe that never ends', async () => {
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) yield Buffer.alloc(65_536, 'a')
    }
    const { status, out, err } = await greenlitReading(endless(), 'bounce', '-')
    expect([status, out]).toEqual([1, ''])
    expect(err).toBe('greenlit: a report of more than 1 MB is not read')
    const file = join(folder, 'large.eml')
    writeFileSync(file, Buffer.alloc(1_000_001, 'a'))
    expect((await greenlit('bounce', file)).status).toBe(1)
    expect((await greenlit('bounce', join(folder, 'none.eml'))).err).toMatch(/there is no file/)
    expect((await greenlit('bounce')).status).toBe(2)
  })

  it('never fails, however broken: torn, stuffed and nested reports are read or are none', async () => {
    const original = await told()
    const whole = [bounceOf({ original, recipient: ANA }), complaintOf({ original })]
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 3_000 }),
      fc
        .record({
          report: fc.constantFrom(...whole),
          from: fc.nat(4_000),
          length: fc.nat(400),
          stuffing: fc.oneof(
            fc.string({ unit: 'binary', maxLength: 200 }),
            fc.constantFrom('\r\n\r\n', '--part1\r\n', ':'),
          ),
        })
        .map(({ report, from, length, stuffing }) =>
          Buffer.from(report.slice(0, from) + stuffing + report.slice(from + length)),
        ),
    )
    await fc.assert(
      fc.asyncProperty(bytes, async (report) => {
        await readReport(report)
      }),
      { numRuns: 2_000 },
    )
    const nested = `${'Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n'.repeat(5_000)}`
    const wide = `Content-Type: multipart/report; boundary=a\r\n\r\n${'--a\r\nContent-Type: message/delivery-status\r\n\r\n'.repeat(15_000)}`
    const fields = bounceOf({
      original,
      recipient: ANA,
      said: `${'x'.repeat(300_000)}\n${' y\n'.repeat(100_000)}`,
    })
    // Processor time, for a busy machine is no fault of a report's.
    const began = process.cpuUsage()
    for (const report of [nested, wide, fields]) await takeReport(Buffer.from(report), clock.now())
    expect(process.cpuUsage(began).user / 1_000).toBeLessThan(10_000)
  })
})
