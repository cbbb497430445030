/** A small site of the follow door alone, to be killed: `node --import tsx follow-site.ts PORT`. */
import http from 'node:http'
import { POST } from '@/app/api/me/follows/route'
import { PEER_HEADER } from '@/lib/shared/peer'

http
  .createServer((request, response) => {
    request.headers[PEER_HEADER] = request.socket.remoteAddress ?? ''
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', async () => {
      const asked = new Request(`http://localhost${request.url}`, {
        method: 'POST',
        headers: Object.entries(request.headers).map(([name, value]): [string, string] => [
          name,
          String(value),
        ]),
        body: Buffer.concat(chunks),
      })
      const answer = await POST(asked, undefined)
      response.writeHead(answer.status, Object.fromEntries(answer.headers))
      response.end(await answer.text())
    })
  })
  .listen(Number(process.argv[2]), '127.0.0.1', () => process.send?.('listening'))
