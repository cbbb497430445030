/** A server before a stand-in for Next, and raw requests to it. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { PageCache } from '@/lib/edge/page-cache'
import { createEdge, type EdgeOptions } from '@/lib/edge/server'
import { reads } from '@/lib/shared/reads'

/** What the stand-in says at an address, and what it reads there. */
export interface Page {
  status?: number
  type?: string
  body?: string | Buffer
  tags?: string[]
  headers?: Record<string, string>
  /** Answers only once this resolves. */
  after?: Promise<unknown>
}

/** Answers like Next does: dynamic, in its own time, with a body in parts. */
export function standIn(pages: (path: string, request: IncomingMessage) => Page | Promise<Page>) {
  const asked: string[] = []
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const path = request.url!
    asked.push(`${request.method} ${path}`)
    const {
      status = 200,
      type = 'text/html; charset=utf-8',
      body = '',
      tags = [],
      headers = {},
      after,
    } = await pages(path, request)
    await after
    reads(...tags)
    response.statusCode = status
    response.setHeader('Content-Type', type)
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
    response.write(body.slice(0, 10))
    response.end(body.slice(10))
  }
  return { asked, handle }
}

/** A listening edge; `close` ends it and every connection. */
export async function startEdge(options: EdgeOptions) {
  const server: Server = createEdge({ cache: new PageCache(), ...options })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise<void>((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

/** Sends text as it is and gives back all that comes until the connection ends, or `until` is in it. */
export function rawRequest(port: number, head: string, feed?: (socket: Socket) => void): Promise<string> {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1')
    let answer = ''
    socket.on('data', (part) => {
      answer += part.toString('latin1')
    })
    socket.on('error', () => {})
    socket.on('close', () => done(answer))
    socket.write(head)
    feed?.(socket)
  })
}
