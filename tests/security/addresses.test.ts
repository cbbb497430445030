/** S4: no crafted address makes a mail go to anybody but the one person it names. */
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as mailDoor from '@/app/api/auth/mail/route'
import { db } from '@/db/client'
import { mail } from '@/db/schema/outbox'
import { deliverMail, smtpSender } from '@/lib/mail/deliver'
import { Browser, forgetLimits } from '../support/readers'

const VICTIM = 'victim@greenlit.test'
const ATTACKER = 'attacker@evil.example'

/** 300 ways to write two addresses as one, or one as another. */
function crafted(): string[] {
  const ats = ['@', '＠', '﹫', '@@', '%40', '@\u200b', '\u200b@', '@\u00ad']
  const gaps = [',', ';', ' ', '\t', '\n', '\r\n', '\r\nBcc: ', '\nTo: ', '\0', '\u2028', ', ', '; ']
  const wraps = [
    (a: string) => `"${a}"@greenlit.test`,
    (a: string) => `"${a}" <${VICTIM}>`,
    (a: string) => `<${a}>`,
    (a: string) => `${VICTIM}(${a})`,
    (a: string) => `(${a})${VICTIM}`,
    (a: string) => `${a}<${VICTIM}>`,
    (a: string) => `undisclosed:${a},${VICTIM};`,
    (a: string) => `${a.replace('@', '%')}@greenlit.test`,
    (a: string) => `greenlit.test!${a.replace('@', '!')}@greenlit.test`,
    (a: string) => `@evil.example:${a}`,
    (a: string) => `=?utf-8?q?${a.replace('@', '=40')}?=@greenlit.test`,
    (a: string) => `${a}\\@greenlit.test`,
  ]
  const list = [
    ...ats.flatMap((at) =>
      [`victim${at}greenlit.test`, `attacker${at}evil.example@greenlit.test`].filter(
        (a) => at !== '@' || a.split('@').length > 2,
      ),
    ),
    ...gaps.flatMap((gap) => [
      `${VICTIM}${gap}${ATTACKER}`,
      `${ATTACKER}${gap}${VICTIM}`,
      `victim${gap}@greenlit.test`,
    ]),
    ...wraps.flatMap((wrap) => [wrap(ATTACKER), wrap(VICTIM)]),
    ...['ｇreenlit', 'gre\u0435nlit', 'green1it\u0301', 'greenlit\u3002evil', 'greenlıt', 'ﬀ'].map(
      (domain) => `victim@${domain}.test`,
    ),
    ...['vıctim', 'victim\u0307', 'vict\u0456m', 'ｖictim', 'victim\u202e', '\ufeffvictim'].map(
      (local) => `${local}@greenlit.test`,
    ),
    `${'v'.repeat(300)}@greenlit.test`,
    `victim@${'g'.repeat(300)}.test`,
    'victim@[192.0.2.1]',
    'victim@localhost',
    '',
  ]
  for (let i = 0; list.length < 300; i++) {
    const control = String.fromCharCode(i % 32)
    const spot = i % (VICTIM.length - 1)
    list.push(`${VICTIM.slice(0, spot + 1)}${control}${'"\\(),:;<>[] '[i % 11]}${VICTIM.slice(spot + 1)}`)
  }
  return list
}

const received: string[][] = []
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onData(stream, session, done) {
    received.push(session.envelope.rcptTo.map((to) => to.address))
    stream.resume()
    stream.on('end', done)
  },
})

let port = 0
beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  port = (server.server.address() as { port: number }).port
})
afterAll(() => new Promise<void>((closed) => server.close(closed)))

describe('a crafted address', () => {
  it('is refused with a sentence in 300 of 300 spellings, and the mail server hears of one person at a time', async () => {
    const spellings = crafted()
    expect(spellings.length).toBeGreaterThanOrEqual(300)
    for (const email of spellings) {
      const browser = new Browser()
      const answer = await browser.post(mailDoor, '/api/auth/mail', { email })
      const { detail } = (await answer.json()) as { detail?: string }
      expect([email, answer.status]).toEqual([email, 422])
      expect(detail).toMatch(/address/)
    }
    expect(await db().select().from(mail)).toEqual([])

    await forgetLimits()
    await new Browser().post(mailDoor, '/api/auth/mail', { email: ' Victim@Greenlit.TEST ' })
    await new Browser().post(mailDoor, '/api/auth/mail', { email: "o'brien+a=b@greenlit.test" })
    const { send, close } = smtpSender({ ...process.env, EMAIL_SERVER: `smtp://127.0.0.1:${port}` })
    expect(await deliverMail(send)).toEqual({ sent: 2, later: 0, parked: 0 })
    close()
    expect(received).toEqual([[VICTIM], ["o'brien+a=b@greenlit.test"]])
  })
})
