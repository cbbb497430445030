/** Many readers at once, and a mail server in this process that writes down what it takes. */
import type { Socket } from 'node:net'
import { sql } from 'drizzle-orm'
import { SMTPServer } from 'smtp-server'
import { db } from '@/db/client'

/** `count` readers with an address who follow a season since yesterday; "NAME-1@greenlit.test" and so on. */
export async function aCrowd(
  { count, name, slug, number }: { count: number; name: string; slug: string; number: number },
  now: Date,
): Promise<void> {
  const since = new Date(now.getTime() - 86_400_000).toISOString()
  await db().execute(sql`
    with made as (insert into reader (email)
        select ${name} || '-' || n || '@greenlit.test' from generate_series(1, ${count}) n returning id, email),
      reached as (insert into channel (reader_id, kind, address) select id, 'mail', email from made)
    insert into follow (reader_id, season_id, followed_at)
      select made.id, season.id, ${since}::timestamptz from made, season join show on show.id = season.show_id
      where show.slug = ${slug} and season.number = ${number}`)
}

/** A mail that a server took. */
export interface Taken {
  messageId: string
  to: string
}

/** Who a raw mail is for and what it calls itself. */
export const takenFrom = (raw: string): Taken => ({
  messageId: /^Message-ID: *(\S+)/im.exec(raw)?.[1] ?? '',
  to: /^To: *(\S+)/im.exec(raw)?.[1] ?? '',
})

const after = (ms: number, work: () => void) => void (ms > 0 ? setTimeout(work, ms) : work())

/**
 * An SMTP server that takes every mail: it hesitates before it takes one, writes it down, and hesitates again before
 * it says so. A sender that dies in the second pause cannot know that its mail was taken.
 */
export class MailSink {
  readonly taken: Taken[] = []
  private open = 0
  /** The most connections that were open at once. */
  mostOpen = 0
  private readonly server: SMTPServer

  private constructor(pauses: { beforeMs: number; afterMs: number }) {
    this.server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onMailFrom: (_from, _session, done) => after(pauses.beforeMs, done),
      onData: (stream, _session, done) => {
        const chunks: Buffer[] = []
        stream.on('data', (chunk: Buffer) => chunks.push(chunk))
        stream.on('end', () => {
          this.taken.push(takenFrom(Buffer.concat(chunks).toString()))
          after(pauses.afterMs, done)
        })
      },
    })
    // Senders that are killed break their connections.
    this.server.on('error', () => {})
    this.server.server.on('connection', (socket: Socket) => {
      this.mostOpen = Math.max(this.mostOpen, ++this.open)
      socket.once('close', () => void this.open--)
    })
  }

  static async start(pauses = { beforeMs: 0, afterMs: 0 }): Promise<MailSink> {
    const sink = new MailSink(pauses)
    await new Promise<void>((listening) => sink.server.listen(0, '127.0.0.1', listening))
    return sink
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.server.server.address() as { port: number }).port}`
  }

  get isQuiet(): boolean {
    return this.open === 0
  }

  /** How often each mail was taken, by its Message-ID. */
  copies(): Map<string, number> {
    const copies = new Map<string, number>()
    for (const { messageId } of this.taken) copies.set(messageId, (copies.get(messageId) ?? 0) + 1)
    return copies
  }

  close(): Promise<void> {
    return new Promise((closed) => this.server.close(closed))
  }
}
