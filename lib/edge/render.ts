/** Asks Next for an answer in memory: what comes back is whole before any of it is sent. */
import { IncomingMessage, type OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import type { Readable } from 'node:stream'

/** Next's request handler, or anything that answers like it. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>

export interface Asked {
  method: string
  /** Path and query. */
  url: string
  headers: IncomingMessage['headers']
  body?: Buffer | Readable | undefined
}

export interface Answer {
  status: number
  /** By lower-case name. */
  headers: OutgoingHttpHeaders
  body: Buffer
}

/** A response that goes nowhere: it gathers what is written to it. */
class Gathered extends ServerResponse {
  readonly parts: Buffer[] = []
  readonly whole: Promise<void>
  #done: () => void = () => {}

  constructor(request: IncomingMessage) {
    super(request)
    this.whole = new Promise((done) => {
      this.#done = done
    })
  }

  #take(part: unknown, encoding: unknown): void {
    if (typeof part === 'string')
      this.parts.push(Buffer.from(part, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8'))
    else if (part instanceof Uint8Array) this.parts.push(Buffer.from(part))
  }

  // Heads given here would bypass getHeaders(): they are set like all the others.
  override writeHead(status: number, ...more: unknown[]): this {
    this.statusCode = status
    const headers = more.find((given) => given !== null && typeof given === 'object')
    if (Array.isArray(headers))
      for (let i = 0; i + 1 < headers.length; i += 2) this.setHeader(headers[i], headers[i + 1])
    else if (headers)
      for (const [name, value] of Object.entries(headers))
        if (value !== undefined) this.setHeader(name, value as string)
    return this
  }

  override flushHeaders(): void {}
  override writeContinue(): void {}
  override writeEarlyHints(): void {}

  override write(part: unknown, encoding?: unknown, callback?: unknown): boolean {
    this.#take(part, encoding)
    const then = typeof encoding === 'function' ? encoding : callback
    if (typeof then === 'function') process.nextTick(then as () => void)
    return true
  }

  override end(part?: unknown, encoding?: unknown, callback?: unknown): this {
    if (this.finished) return this
    if (typeof part !== 'function') this.#take(part, encoding)
    this.finished = true
    const then = [part, encoding, callback].find((given) => typeof given === 'function')
    process.nextTick(() => {
      ;(then as (() => void) | undefined)?.()
      this.emit('finish')
      this.emit('close')
      this.#done()
    })
    return this
  }
}

/**
 * The handler's whole answer.
 * @throws what the handler throws; an answer that never ends is the deadline's business, not this function's
 */
export async function render(handle: Handler, { method, url, headers, body }: Asked): Promise<Answer> {
  const request = new IncomingMessage(new Socket())
  request.method = method
  request.url = url
  request.headers = headers
  request.httpVersion = '1.1'
  if (body === undefined || Buffer.isBuffer(body)) {
    if (body && body.length > 0) request.push(body)
    request.push(null)
    request.complete = true
  } else pour(body, request)
  const response = new Gathered(request)
  await handle(request, response)
  await response.whole
  return { status: response.statusCode, headers: response.getHeaders(), body: Buffer.concat(response.parts) }
}

/** Hands a body on as fast as it is read. */
function pour(body: Readable, request: IncomingMessage): void {
  request._read = () => body.resume()
  body.pause()
  body.on('data', (part) => {
    if (!request.push(part)) body.pause()
  })
  body.once('end', () => {
    request.complete = true
    request.push(null)
  })
  body.once('error', (error) => request.destroy(error))
}
