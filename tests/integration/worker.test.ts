import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { SMTPServer } from 'smtp-server'
import { expect, it, vi } from 'vitest'
import { db } from '@/db/client'
import { mail } from '@/db/schema/outbox'
import { enqueueMail } from '@/lib/mail/outbox'
import '../support/readers'

const WITHIN = { timeout: 30_000, interval: 50 }

it('a worker sends what is queued with its own Message-ID, text and HTML, and stops cleanly when told to', async () => {
  const received: string[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        received.push(Buffer.concat(chunks).toString())
        done()
      })
    },
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  process.env.SMTP_URL = `smtp://127.0.0.1:${(server.server.address() as { port: number }).port}`
  const worker = spawn(
    process.execPath,
    ['--conditions=react-server', '--import', 'tsx', join('lib', 'jobs', 'worker.ts')],
    {
      cwd: join(import.meta.dirname, '../..'),
      env: { ...process.env, GREENLIT_ROLE: 'worker' },
      stdio: 'inherit',
    },
  )
  const ended = once(worker, 'exit')
  try {
    await enqueueMail({
      about: 'hello',
      recipient: 'ana@greenlit.test',
      subject: 'Hello',
      text: 'in words',
      html: '<p>in <b>bold</b></p>',
    })
    await vi.waitFor(async () => {
      const [row] = await db().select().from(mail).where(eq(mail.messageId, '<hello@greenlit.test>'))
      expect(row?.sentAt).not.toBeNull()
    }, WITHIN)
    expect(received).toHaveLength(1)
    const [letter] = received
    expect(letter).toContain('Message-ID: <hello@greenlit.test>')
    expect(letter).toContain('To: ana@greenlit.test')
    expect(letter).toMatch(
      /Content-Type: text\/plain[\s\S]*in words[\s\S]*Content-Type: text\/html[\s\S]*<b>bold<\/b>/,
    )
    expect(letter).toContain('Auto-Submitted: auto-generated')
  } finally {
    worker.kill('SIGTERM')
    delete process.env.SMTP_URL
  }
  expect(await ended).toEqual([0, null])
  await new Promise<void>((closed) => server.close(closed))
})
