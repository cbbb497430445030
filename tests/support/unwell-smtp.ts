/** A mail server in this process that can be unwell in every way a real one is. */
import net from 'node:net'
import { type Taken, takenFrom } from './crowd'

/** How the server feels: what it answers instead of yes. `attempt` counts how often this mail has come so far. */
export interface Mood {
  greeting?: string
  auth?: string
  rcpt?: (to: string, attempt: number) => string | undefined
  /** After the whole mail was sent: an answer, or silence with the mail kept or thrown away. */
  data?: (to: string, attempt: number) => string | 'drop, taken' | 'drop, not taken' | undefined
  /** Offers TLS and then speaks none. */
  brokenTls?: boolean
  /** Sends its answers in pieces, one every so many milliseconds. */
  dribbleMs?: number
}

/** Speaks just enough SMTP for one sender; every mail it takes is in `taken`. */
export class UnwellServer {
  mood: Mood = {}
  readonly taken: Taken[] = []
  /** How often each recipient's mail was begun. */
  readonly attempts = new Map<string, number>()
  connections = 0
  private readonly open = new Set<net.Socket>()
  private readonly server = net.createServer((socket) => this.serve(socket))

  static async start(): Promise<UnwellServer> {
    const server = new UnwellServer()
    await new Promise<void>((listening) => server.server.listen(0, '127.0.0.1', listening))
    return server
  }

  get address(): string {
    return `127.0.0.1:${(this.server.address() as net.AddressInfo).port}`
  }

  close(): Promise<void> {
    for (const socket of this.open) socket.destroy()
    return new Promise((closed) => this.server.close(() => closed()))
  }

  private serve(socket: net.Socket): void {
    this.connections++
    this.open.add(socket)
    socket.on('close', () => this.open.delete(socket))
    socket.on('error', () => {})
    let speaking = Promise.resolve()
    const say = (answer: string) => {
      const { dribbleMs } = this.mood
      const pieces = dribbleMs ? (`${answer}\r\n`.match(/[\s\S]{1,12}/g) ?? []) : [`${answer}\r\n`]
      speaking = speaking.then(async () => {
        for (const piece of pieces) {
          if (dribbleMs) await new Promise((next) => setTimeout(next, dribbleMs))
          socket.write(piece)
        }
        // Said of the whole server: it hangs up.
        if (answer.startsWith('421') || answer.startsWith('554 5.3')) socket.end()
      })
    }
    let recipient = ''
    let letter: string | null = null
    let buffer = ''
    const take = () => this.taken.push(takenFrom(letter ?? ''))
    const command = (line: string) => {
      const { mood } = this
      const verb = line.slice(0, 4).toUpperCase()
      if (verb === 'EHLO') {
        const offers = [
          ...(mood.brokenTls ? ['STARTTLS'] : []),
          ...(mood.auth ? ['AUTH PLAIN'] : []),
          '8BITMIME',
        ]
        say(
          [
            '250-unwell.test',
            ...offers.slice(0, -1).map((offer) => `250-${offer}`),
            `250 ${offers.at(-1)}`,
          ].join('\r\n'),
        )
      } else if (verb === 'STAR') {
        say('220 go ahead')
        socket.removeAllListeners('data').once('data', () => socket.end('this is no TLS\r\n'))
      } else if (verb === 'AUTH') say(mood.auth ?? '235 welcome')
      else if (verb === 'RCPT') {
        recipient = /<([^>]*)>/.exec(line)?.[1] ?? ''
        const attempt = (this.attempts.get(recipient) ?? 0) + 1
        this.attempts.set(recipient, attempt)
        say(mood.rcpt?.(recipient, attempt) ?? '250 yes')
      } else if (verb === 'DATA') {
        letter = ''
        say('354 go on')
      } else if (verb === 'QUIT') {
        say('221 goodbye')
        socket.end()
      } else say('250 yes')
    }
    socket.on('data', (chunk) => {
      buffer += chunk.toString('latin1')
      for (let end = buffer.indexOf('\r\n'); end >= 0; end = buffer.indexOf('\r\n')) {
        const line = buffer.slice(0, end)
        buffer = buffer.slice(end + 2)
        if (letter === null) command(line)
        else if (line !== '.') letter += `${line}\r\n`
        else {
          const answer = this.mood.data?.(recipient, this.attempts.get(recipient) ?? 0)
          if (!answer || answer === 'drop, taken') take()
          letter = null
          if (answer?.startsWith('drop')) socket.destroy()
          else say(answer ?? '250 taken')
        }
      }
    })
    say(this.mood.greeting ?? '220 unwell.test')
  }
}
