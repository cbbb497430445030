/**
 * A mail server that delivers nothing: takes every mail on one port and shows them as JSON on another.
 * `GET /mails?to=address` answers `[{ to: [address], from, raw, receivedAt }]`, oldest first; `DELETE /mails`
 * forgets them. Usage: node tests/support/smtp-sink.mjs SMTP_PORT HTTP_PORT
 */
import http from 'node:http'
import { SMTPServer } from 'smtp-server'

const [smtpPort, httpPort] = process.argv.slice(2).map(Number)

/** @type {{ to: string[], from: string, raw: string, receivedAt: string }[]} */
let mails = []

const smtp = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onData(stream, session, done) {
    /** @type {Buffer[]} */
    const chunks = []
    stream.on('data', (chunk) => chunks.push(chunk))
    stream.on('end', () => {
      const { mailFrom, rcptTo } = session.envelope
      mails.push({
        to: rcptTo.map(({ address }) => address),
        from: mailFrom ? mailFrom.address : '',
        raw: Buffer.concat(chunks).toString('utf8'),
        receivedAt: new Date().toISOString(),
      })
      done()
    })
  },
})
smtp.on('error', (error) => console.error(error.message))
smtp.listen(smtpPort, '127.0.0.1')

http
  .createServer((request, response) => {
    if (request.method === 'DELETE') mails = []
    const to = new URL(request.url ?? '/', 'http://sink').searchParams.get('to')
    response.setHeader('content-type', 'application/json; charset=utf-8')
    response.end(JSON.stringify(to ? mails.filter((mail) => mail.to.includes(to)) : mails))
  })
  .listen(httpPort, '127.0.0.1')
