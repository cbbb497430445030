/** S9: the one door to other sites, given addresses that are not meant for it. */
import { createHook } from 'node:async_hooks'
import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { transaction } from '@/db/transaction'
import { type Answer, send, type World } from '@/lib/shared/http'
import { allowanceOf } from '@/lib/shared/outbound-address'

let connections = 0
let listener: Server
let port: number
let answerWith: RequestListener

// Every TCP connection Node begins, whoever asks for it; the listener alone would miss those to other machines.
let dialled = 0
const dials = createHook({
  init(_id, type) {
    if (type === 'TCPCONNECTWRAP') dialled++
  },
})

beforeAll(async () => {
  listener = createHttpServer((request, response) => answerWith(request, response))
  listener.on('connection', () => connections++)
  await new Promise<void>((ready) => listener.listen(0, '127.0.0.1', ready))
  port = (listener.address() as AddressInfo).port
  answerWith = (_, response) => response.end('reached')
})
afterAll(() => {
  dials.disable()
  listener.closeAllConnections()
  return new Promise((done) => listener.close(done))
})

type Found = { address: string; family: number }[]

/** A resolver that answers what it is told, and counts. */
function resolver(
  answers: (name: string, asked: number) => string[],
): World['resolve'] & { asked: () => number } {
  let asked = 0
  const resolve = (name: string, _: unknown, callback: (error: Error | null, found: Found) => void) => {
    const found = answers(name, ++asked).map((address) => ({
      address,
      family: address.includes(':') ? 6 : 4,
    }))
    setImmediate(() => callback(null, found))
  }
  return Object.assign(resolve, { asked: () => asked }) as never
}
const world = (resolve: World['resolve'], allow = ''): World => ({ resolve, allowance: allowanceOf(allow) })
const toUs = resolver(() => ['127.0.0.1'])
const here = () => world(toUs, `127.0.0.1:${port},localhost:${port}`)
const local = (path = '/') => `http://127.0.0.1:${port}${path}`

/** What came of sending, and how many connections were begun for it. */
async function watched(work: () => Promise<Answer>): Promise<{ answer: Answer; begun: number }> {
  const before = [dialled, connections] as const
  dials.enable()
  const answer = await work()
  dials.disable()
  return { answer, begun: dialled - before[0] + (connections - before[1]) }
}

const LITERALS = [
  '127.0.0.1',
  '127.1',
  '127.0.1',
  '127.255.255.254',
  '2130706433',
  '0x7f000001',
  '0x7f.1',
  '0x7F.0x0.0x0.0x1',
  '017700000001',
  '0177.0.0.1',
  '0177.0x0.0.1',
  '127.0.0.1.',
  '１２７.0.0.1',
  '127。0。0。1',
  '①②⑦.0.0.1',
  '0',
  '0.0.0.0',
  '00',
  '0x0',
  '0.1.2.3',
  '10.0.0.1',
  '10.1',
  '0xa.1',
  '167772161',
  '012.0.0.1',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.0.1',
  '192.168.257',
  '0xc0a80001',
  '3232235521',
  '169.254.169.254',
  '2852039166',
  '0xa9fea9fe',
  '169.254.43518',
  '0251.0376.0251.0376',
  '100.64.0.1',
  '100.100.100.200',
  '168.63.129.16',
  '192.0.0.192',
  '192.0.2.1',
  '198.18.0.1',
  '198.51.100.7',
  '203.0.113.9',
  '224.0.0.1',
  '239.255.255.250',
  '240.0.0.1',
  '255.255.255.255',
  '4294967295',
  '192.88.99.1',
  '[::1]',
  '[::]',
  '[0:0:0:0:0:0:0:1]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[::ffff:a9fe:a9fe]',
  '[0:0:0:0:0:ffff:10.0.0.1]',
  '[::127.0.0.1]',
  '[::7f00:1]',
  '[fe80::1]',
  '[fec0::1]',
  '[fc00::1]',
  '[fd00:ec2::254]',
  '[ff02::1]',
  '[2002:7f00:1::]',
  '[2001:0:7f00:1::]',
  '[64:ff9b::7f00:1]',
  '[64:ff9b::10.0.0.1]',
  '[64:ff9b:1::a00:1]',
  '[2001:db8::1]',
  '[100::1]',
  'localhost',
  'LOCALHOST',
  'localhost.',
  'a.localhost',
  'ⓛⓞⓒⓐⓛⓗⓞⓢⓣ',
  'db',
  'printer.local',
  'metadata.google.internal',
  'nas.lan',
  'router.home.arpa',
]
const hostile = () => [
  ...LITERALS.map((host) => `https://${host}/`),
  ...['127.0.0.1', 'localhost', '[::1]', '2130706433'].map((host) => `https://${host}:${port}/`),
  'https://user@example.com/',
  'https://user:password@example.com/',
  'https://example.com@127.0.0.1/',
  'https://:@example.com/x@y',
  'https://example.com:22/',
  'https://example.com:80/',
  'https://example.com:8443/',
  'https://example.com:6379/',
  'https://example.com:0443@127.0.0.1/',
  'http://example.com/',
  `http://127.0.0.1:${port}/`,
  'ftp://example.com/',
  'file:///etc/passwd',
  'gopher://127.0.0.1:6379/_INFO',
  'data:text/plain,x',
  'javascript:alert(1)',
  'ws://example.com/',
  'unix:/var/run/docker.sock',
  '//example.com/',
  '/etc/passwd',
  '',
  ' ',
  'https://',
  'https:///',
  'https://exa mple.com/',
  'https://example.com\\@127.0.0.1/',
  'https:\\\\127.0.0.1/',
  'https://exam\nple.com/',
  'https://example.com/\r\nHost: x',
  'https://example.com/\t',
  'https://%6c%6f%63%61%6c%68%6f%73%74/',
  'https://127.0.0.1%2f.example.com/',
  'https://[::1',
  'https://example.com:99999/',
  `https://example.com/${'x'.repeat(3_000)}`,
  'https://[v1.x]/',
  'https://[fe80::1%25eth0]/',
]

describe('the outbound door', () => {
  it('begins a connection to where an operator allows it, so that what follows counts something', async () => {
    const { answer, begun } = await watched(() => send(local(), {}, here()))
    expect(answer).toMatchObject({ ok: true, status: 200, body: Buffer.from('reached') })
    expect(begun).toBe(2) // begun here, arrived there
  })

  it('lets no connection leave for any of more than a hundred hostile addresses, and says why', async () => {
    const addresses = hostile()
    expect(new Set(addresses).size).toBeGreaterThan(100)
    for (const address of addresses) {
      const asked = toUs.asked()
      const { answer, begun } = await watched(() => send(address, {}, world(toUs)))
      expect([address, begun, toUs.asked() - asked]).toEqual([address, 0, 0])
      expect([address, answer]).toMatchObject([address, { ok: false, reason: 'refused' }])
      expect(!answer.ok && answer.message).toMatch(/^[A-Z].{10,}\.$/)
    }
  })

  it.each([
    ['is this machine', () => ['127.0.0.1']],
    ['is this machine in IPv6', () => ['::1']],
    ['is this machine, mapped', () => ['::ffff:127.0.0.1']],
    ['is private beside a public address', () => ['93.184.215.14', '10.0.0.1']],
    ['is the metadata service', () => ['169.254.169.254']],
    ['is nothing', () => []],
    ['is no address at all', () => ['example.com']],
    ['has a zone', () => ['fe80::1%lo']],
  ])('refuses a public name that %s', async (_, answers) => {
    const { answer, begun } = await watched(() =>
      send('https://public.example/', {}, world(resolver(answers as never))),
    )
    expect(begun).toBe(0)
    expect(answer).toEqual({
      ok: false,
      reason: 'refused',
      message: 'public.example is not on the public internet.',
    })
  })

  it('asks for a name once, at the connection it is for: a second answer cannot lead elsewhere', async () => {
    const rebinding = resolver((_, asked) => (asked === 1 ? ['127.0.0.1'] : ['93.184.215.14']))
    const { begun } = await watched(() => send('https://rebinding.example/', {}, world(rebinding)))
    expect([begun, rebinding.asked()]).toEqual([0, 1])
  })

  it('follows no redirect, wherever it points', async () => {
    answerWith = (_, response) =>
      response.writeHead(302, { location: `http://localhost:${port}/secret` }).end('elsewhere')
    const { answer, begun } = await watched(() => send(local(), {}, here()))
    expect(answer).toMatchObject({ ok: true, status: 302, body: Buffer.from('elsewhere') })
    expect(begun).toBe(2)
  })

  it('asks no proxy, whatever the environment names', async () => {
    const names = [
      'http_proxy',
      'HTTP_PROXY',
      'https_proxy',
      'HTTPS_PROXY',
      'ALL_PROXY',
      'NODE_USE_ENV_PROXY',
    ]
    const kept = names.map((name) => process.env[name])
    for (const name of names) process.env[name] = name.startsWith('NODE') ? '1' : local('/proxy')
    let path = ''
    answerWith = (request, response) => {
      path = request.url ?? ''
      response.end()
    }
    try {
      await send(local('/itself'), {}, here())
      expect(path).toBe('/itself')
    } finally {
      names.forEach((name, i) => {
        if (kept[i] === undefined) delete process.env[name]
        else process.env[name] = kept[i]
      })
    }
  })

  it('goes only where its caller has business', async () => {
    const hosts = (url: URL) => url.hostname === 'fcm.googleapis.com'
    for (const url of [
      'https://example.com/',
      'https://fcm.googleapis.com.example.com/',
      'https://xfcm.googleapis.com/',
    ]) {
      const { answer, begun } = await watched(() => send(url, { hosts }, world(toUs)))
      expect([url, begun, answer.ok]).toEqual([url, 0, false])
    }
  })

  it('writes no header a caller could have been talked into', async () => {
    for (const bad of ['x\r\nHost: evil', 'x\nA: b', 'x\0', '☃'.repeat(3)]) {
      const { answer, begun } = await watched(() => send(local(), { headers: { title: bad } }, here()))
      expect([bad, begun, answer]).toMatchObject([bad, 0, { ok: false, reason: 'refused' }])
    }
    const { answer } = await watched(() => send(local(), { method: 'GET / HTTP/1.1\r\n' }, here()))
    expect(answer).toMatchObject({ ok: false, reason: 'refused' })
  })

  it('waits for nobody inside a transaction', async () => {
    await expect(transaction(() => send(local(), {}, here()))).rejects.toThrow(/inside a transaction/)
  })

  it('gives up an answer that is too long, also one that never ends', async () => {
    answerWith = (_, response) => {
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536, 'x')));
        response.once('drain', more)
      }
      more()
    }
    const answer = await send(local(), { bytesMax: 100_000 }, here())
    expect(answer).toMatchObject({ ok: false, reason: 'too-large' })
  })

  it('gives up an answer that does not come, trickles, or stops half-way', async () => {
    answerWith = () => {}
    expect(await send(local(), { timeoutMs: 200 }, here())).toMatchObject({ ok: false, reason: 'timeout' })
    answerWith = (request, response) => {
      const drip = setInterval(() => response.write('x'), 20)
      request.on('close', () => clearInterval(drip))
    }
    expect(await send(local(), { timeoutMs: 300 }, here())).toMatchObject({ ok: false, reason: 'timeout' })
    answerWith = (_, response) => {
      response.writeHead(200, { 'content-length': '1000' })
      response.write('half', () => response.destroy())
    }
    expect(await send(local(), {}, here())).toMatchObject({ ok: false, reason: 'unreachable' })
  })

  it('unpacks gzip where its caller takes it, and counts what came as well as what it unpacks to', async () => {
    const packed = (body: Buffer) => {
      answerWith = (request, response) => {
        expect(request.headers['accept-encoding']).toBe('gzip')
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(body)
      }
    }
    packed(gzipSync('plain words'))
    expect(await send(local(), { packed: true }, here())).toMatchObject({
      ok: true,
      body: Buffer.from('plain words'),
    })
    // 100 MB of one letter in 100 kB.
    packed(gzipSync(Buffer.alloc(100_000_000, 'x')))
    expect(await send(local(), { packed: true, bytesMax: 1_000_000 }, here())).toMatchObject({
      ok: false,
      reason: 'too-large',
    })
    packed(gzipSync('plain words').subarray(0, 20))
    expect(await send(local(), { packed: true }, here())).toMatchObject({ ok: false, reason: 'unreachable' })
    packed(Buffer.from('not packed at all'))
    expect(await send(local(), { packed: true }, here())).toMatchObject({ ok: false, reason: 'unreachable' })
  })

  it('hands a packed answer on as it came where its caller asked for none', async () => {
    const body = gzipSync('plain words')
    answerWith = (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(body)
    expect(await send(local(), {}, here())).toMatchObject({ ok: true, body })
  })

  it('an address that an operator names for one purpose opens its own host and port for that sending alone', async () => {
    answerWith = (_, response) => response.end('reached')
    const closed = () => world(toUs)
    const opens = `127.0.0.1:${port}`
    expect(await send(local(), { opens }, closed())).toMatchObject({ ok: true })
    for (const [address, named] of [
      [local(), `127.0.0.1:${port + 1}`],
      [local(), 'localhost:80'],
      [`http://localhost:${port}/`, opens],
      [local(), undefined],
    ] as const) {
      const { answer, begun } = await watched(() =>
        send(address, named === undefined ? {} : { opens: named }, closed()),
      )
      expect([address, named, begun, answer.ok]).toEqual([address, named, 0, false])
    }
  })

  it('takes what is no HTTP at all for no answer', async () => {
    const lines = [
      '',
      '\0\0\0\0',
      'HTTP/1.1 200 OK\r\n',
      'SSH-2.0-x\r\n',
      'HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n',
      `HTTP/1.1 200 OK\r\nx: ${'y'.repeat(100_000)}\r\n\r\n`,
    ]
    for (const line of lines) {
      const server = createTcpServer((socket) => {
        socket.on('error', () => {})
        socket.end(line)
      })
      await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
      const at = `127.0.0.1:${(server.address() as AddressInfo).port}`
      const answer = await send(`http://${at}/`, { timeoutMs: 2_000 }, world(toUs, at))
      expect([line.slice(0, 20), answer]).toMatchObject([
        line.slice(0, 20),
        { ok: false, reason: 'unreachable' },
      ])
      server.close()
    }
    expect(await send('http://127.0.0.1:1/', {}, world(toUs, '127.0.0.1:1'))).toMatchObject({
      ok: false,
      reason: 'unreachable',
    })
  })

  it('speaks https to nobody without a certificate', async () => {
    const { answer, begun } = await watched(() =>
      send(`https://127.0.0.1:${port}/`, { timeoutMs: 2_000 }, here()),
    )
    expect(begun).toBeGreaterThan(0) // the counter sees these too
    expect(answer).toMatchObject({ ok: false, reason: 'unreachable' })
  })
})
