/** Mail on its way: TLS to another machine, or no mail. Real servers on this one. */
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { mail } from '@/db/schema/outbox'
import { deliverMail, smtpSender } from '@/lib/mail/deliver'
import { enqueueMail } from '@/lib/mail/outbox'
import { needsTls } from '@/lib/mail/rules'
import '../support/readers'

let server: SMTPServer | undefined
let taken: { raw: string; secure: boolean }[] = []

async function serve(options: SMTPServerOptions): Promise<string> {
  server = new SMTPServer({
    authOptional: true,
    ...options,
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        taken.push({ raw: Buffer.concat(chunks).toString(), secure: session.secure === true })
        done()
      })
    },
  })
  server.on('error', () => {})
  await new Promise<void>((listening) => server!.listen(0, '127.0.0.1', listening))
  return `127.0.0.1:${(server.server.address() as { port: number }).port}`
}

async function deliver(url: string, setting?: string) {
  const { send, close } = smtpSender({ ...process.env, SMTP_URL: url, SMTP_TLS: setting })
  const result = await deliverMail(send)
  close()
  return result
}

beforeEach(async () => {
  taken = []
  await db().delete(mail)
  const link = { text: 'https://greenlit.test/sign-in/confirm/secret', html: '<p>secret</p>' }
  await enqueueMail({ about: 'sign-in.x', recipient: 'ana@greenlit.test', subject: 'Sign in', ...link })
})
afterEach(() => new Promise<void>((closed) => (server ? server.close(closed) : closed())))

describe('mail to a server of another machine', () => {
  it.each<[string, 'optional' | 'required' | undefined, boolean]>([
    ['smtp://mail.example.org:587', undefined, true],
    ['smtp://10.0.0.7:25', undefined, true],
    ['smtp://[2001:db8::1]:25', undefined, true],
    ['smtp://localhost.example.org', undefined, true],
    ['smtp://127.0.0.1.example.org', undefined, true],
    ['smtps://mail.example.org', undefined, true],
    ['smtp://127.0.0.1:2525', undefined, false],
    ['smtp://127.9.9.9', undefined, false],
    ['smtp://localhost:2525', undefined, false],
    ['smtp://[::1]:2525', undefined, false],
    ['smtp://mail.example.org:587', 'optional', false],
    ['smtp://127.0.0.1:2525', 'required', true],
    ['nonsense', undefined, true],
  ])('%s with SMTP_TLS=%s needs TLS: %s', (url, setting, expected) => {
    expect(needsTls(url, setting)).toBe(expected)
  })

  it('is not sent by a setting that says nothing', () => {
    expect(() =>
      smtpSender({ ...process.env, SMTP_URL: 'smtp://mail.example.org', SMTP_TLS: 'off' }),
    ).toThrow('SMTP_TLS must be optional or required.')
  })

  it('leaves encrypted where the server speaks TLS', async () => {
    const at = await serve({})
    expect(await deliver(`smtp://${at}?tls.rejectUnauthorized=false`, 'required')).toMatchObject({ sent: 1 })
    expect(taken).toMatchObject([{ secure: true, raw: expect.stringContaining('secret') }])
  })

  it('does not leave where somebody on the way took the offer of TLS out, and waits', async () => {
    const at = await serve({ hideSTARTTLS: true, disabledCommands: ['STARTTLS'] })
    expect(await deliver(`smtp://${at}`, 'required')).toEqual({ sent: 0, later: 1, parked: 0 })
    expect(taken).toEqual([])
    const [row] = await db().select().from(mail)
    expect(row).toMatchObject({ sentAt: null, parkedAt: null })
    expect(row!.lastError).toMatch(/STARTTLS|TLS/i)
  })

  it('does not leave to a server that cannot show who it is', async () => {
    const at = await serve({})
    expect(await deliver(`smtp://${at}`, 'required')).toEqual({ sent: 0, later: 1, parked: 0 })
    expect(taken).toEqual([])
  })

  it('leaves in clear where the operator says so, and on this machine', async () => {
    const at = await serve({ disabledCommands: ['STARTTLS'] })
    expect(await deliver(`smtp://${at}`)).toMatchObject({ sent: 1 })
    await enqueueMail({ about: 'b', recipient: 'ben@greenlit.test', subject: 'B', text: 'b', html: 'b' })
    expect(await deliver(`smtp://${at}`, 'optional')).toMatchObject({ sent: 1 })
    expect(taken.map(({ secure }) => secure)).toEqual([false, false])
  })
})
