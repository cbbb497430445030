/**
 * A provider's server on this machine: answers that a test puts there, with ETags (RFC 9110, section 13), and what can go
 * wrong with an answer. It serves what it is given; whatever else is asked for is not there.
 */
import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createGzip, gzipSync } from 'node:zlib'

/** How an answer goes wrong. */
export type Fault =
  | 'error' // 500
  | 'hang' // never a byte
  | 'huge' // 200 MB
  | 'gzip-bomb' // 200 MB of nothing in 200 kB
  | 'truncated' // less than its head says
  | 'truncated-gzip'
  | 'wrong-charset' // Latin-1 that calls itself UTF-8
  | 'html'
  | 'deep' // 10,000 brackets
  | 'empty'
  | { retryAfter: string; times: number } // 429
  | { redirect: string }

export const FAULTS: readonly Exclude<Fault, object>[] = [
  'error',
  'huge',
  'gzip-bomb',
  'truncated',
  'truncated-gzip',
  'wrong-charset',
  'html',
  'deep',
  'empty',
]

const HUGE_BYTES = 200_000_000
const PART = Buffer.alloc(1_000_000, 32)

/** A stream of spaces, as long as the other side listens. */
function pour(response: NodeJS.WritableStream, bytes: number): void {
  let left = bytes
  const more = () => {
    while (left > 0) {
      left -= PART.length
      if (!response.write(PART)) return void response.once('drain', more)
    }
    response.end()
  }
  more()
}

export class ProviderServer {
  private readonly answers = new Map<string, unknown>()
  private readonly faults = new Map<string, Fault>()
  /** What was asked for, in order: method, path and query. */
  readonly asked: string[] = []
  /** The heads of what was asked for, in order. */
  readonly heads: IncomingMessage['headers'][] = []
  /** The bodies of what was sent, in order. */
  readonly sent: string[] = []
  /** Answers a POST by its body; for a provider that is asked in a language of its own. */
  onPost: ((body: string, path: string) => unknown) | undefined

  private constructor(private readonly server: Server) {}

  static async start(): Promise<ProviderServer> {
    const server = createServer()
    const here = new ProviderServer(server)
    server.on('request', (request, response) => void here.answer(request, response))
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
    return here
  }

  /** Its address, without a slash at the end. */
  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  /** Puts an answer at a path; a query of the asking side that is not named is overlooked. */
  put(path: string, answer: unknown): this {
    this.answers.set(path, answer)
    return this
  }

  take(path: string): void {
    this.answers.delete(path)
  }

  fail(path: string, fault: Fault | null): this {
    if (fault === null) this.faults.delete(path)
    else this.faults.set(path, fault)
    return this
  }

  /** Forgets all it was given and asked. */
  clear(): void {
    this.answers.clear()
    this.faults.clear()
    this.onPost = undefined
    for (const list of [this.asked, this.heads, this.sent]) list.length = 0
  }

  stop(): Promise<void> {
    this.server.closeAllConnections()
    return new Promise((done) => this.server.close(() => done()))
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.on('error', () => {})
    const [path = '/', query] = (request.url ?? '/').split('?')
    this.asked.push(`${request.method} ${request.url}`)
    this.heads.push(request.headers)
    let body = ''
    for await (const part of request) body += part
    if (body !== '') this.sent.push(body)
    const whole = query === undefined ? path : `${path}?${decodeURIComponent(query)}`
    const fault = this.faults.get(whole) ?? this.faults.get(path)
    if (fault !== undefined && this.fails(path, fault, response)) return
    const found =
      request.method === 'POST' && this.onPost
        ? this.onPost(body, path)
        : (this.answers.get(whole) ?? this.answers.get(path))
    if (found === undefined) return void response.writeHead(404).end('{"name":"Not Found"}')
    this.give(request, response, typeof found === 'string' ? found : JSON.stringify(found))
  }

  private give(request: IncomingMessage, response: ServerResponse, text: string): void {
    const etag = `W/"${createHash('sha256').update(text).digest('hex').slice(0, 16)}"`
    const head = { 'content-type': 'application/json', etag }
    if (request.headers['if-none-match'] === etag) return void response.writeHead(304, head).end()
    const isPacked = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))
    if (isPacked) response.writeHead(200, { ...head, 'content-encoding': 'gzip' }).end(gzipSync(text))
    else response.writeHead(200, head).end(text)
  }

  /** @returns whether the answer went wrong */
  private fails(path: string, fault: Fault, response: ServerResponse): boolean {
    const json = { 'content-type': 'application/json' }
    if (typeof fault === 'object' && 'redirect' in fault) {
      response.writeHead(302, { location: fault.redirect }).end()
      return true
    }
    if (typeof fault === 'object') {
      if (--fault.times < 0) return false
      if (fault.times === 0) this.faults.delete(path)
      response.writeHead(429, { 'retry-after': fault.retryAfter }).end()
      return true
    }
    if (fault === 'error') response.writeHead(500).end('oops')
    if (fault === 'huge') pour(response.writeHead(200, json), HUGE_BYTES)
    if (fault === 'gzip-bomb') {
      const gzip = createGzip({ level: 9 })
      gzip.on('error', () => {})
      response.on('close', () => gzip.destroy())
      gzip.pipe(response.writeHead(200, { ...json, 'content-encoding': 'gzip' }))
      pour(gzip, HUGE_BYTES)
    }
    if (fault === 'truncated') {
      response.writeHead(200, { ...json, 'content-length': '5000' }).write('{"id": 1, "na')
      setImmediate(() => response.destroy())
    }
    if (fault === 'truncated-gzip') {
      const packed = gzipSync(JSON.stringify({ id: 1, name: 'A show that is cut off' }))
      response
        .writeHead(200, { ...json, 'content-encoding': 'gzip' })
        .end(packed.subarray(0, packed.length - 12))
    }
    if (fault === 'wrong-charset')
      response
        .writeHead(200, { 'content-type': 'application/json; charset=utf-8' })
        .end(Buffer.from('{"id": 1, "name": "Forbrydelsen p\xe5 dansk"}', 'latin1'))
    if (fault === 'html')
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end('<!doctype html><title>Down for maintenance</title>')
    if (fault === 'deep') response.writeHead(200, json).end(`${'['.repeat(10_000)}${']'.repeat(10_000)}`)
    if (fault === 'empty') response.writeHead(200, json).end()
    return true
  }
}
