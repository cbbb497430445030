import { fromEnv } from './env'
import 'server-only'
import { lookup as resolve } from 'node:dns'
import { type IncomingHttpHeaders, type IncomingMessage, request as overHttp } from 'node:http'
import { request as overHttps } from 'node:https'
import type { LookupFunction } from 'node:net'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { refuseInTransaction } from '@/db/transaction'
import { type Allowance, allowanceOf, isPublicAddress, readTarget } from './outbound-address'

/** What to send. */
export interface Sending {
  method?: string
  headers?: Record<string, string>
  body?: string | Uint8Array
  /** Which hosts this caller has business with, beside those an operator opened; every public one where it is left out. */
  hosts?: (url: URL) => boolean
  /** For the whole of it: resolving, connecting, sending, the answer to its last byte. */
  timeoutMs?: number
  /** Longer answers are cut off and count as none; of a packed one both what came and what it unpacks to are counted. */
  bytesMax?: number
  /** Takes gzip (RFC 1952) as well, and hands the answer on unpacked. */
  packed?: boolean
  /** One more `host:port` that is open to this sending alone: the operator named it for this very purpose. */
  opens?: string
}

/** What came of it. Any answer is one, a refusal or a redirect too; redirects are never followed. */
export type Answer =
  | { ok: true; status: number; headers: IncomingHttpHeaders; body: Buffer }
  | {
      ok: false
      /** `refused`: by us, before anything left. The others may be better another time. */
      reason: 'refused' | 'unreachable' | 'timeout' | 'too-large'
      message: string
      /** What the head of the answer said, where it came that far. */
      status?: number
    }

/** The world as the door sees it. */
export interface World {
  resolve: typeof resolve
  allowance: Allowance
}

const realWorld = (): World => ({ resolve, allowance: allowanceOf(fromEnv('GREENLIT_OUTBOUND_ALLOW')) })

const NOT_PUBLIC = 'ENOTPUBLIC'

/**
 * A look-up for one connection, made in the moment of connecting: there is no second one that a name could answer
 * differently. One address that is not public spoils the name.
 */
function guardedLookup({ resolve }: World, open: boolean): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '')
      if (addresses.length === 0 || (!open && !addresses.every(({ address }) => isPublicAddress(address))))
        return callback(Object.assign(new Error('not a public address'), { code: NOT_PUBLIC }), '')
      if (options.all) return callback(null, addresses)
      const [{ address, family } = { address: '', family: 0 }] = addresses
      callback(null, address, family)
    })
  }
}

/** An answer's body as it was before it was packed. What comes in is counted apart: padding unpacks to nothing. */
function unpacked(answer: IncomingMessage, bytesMax: number, tooLarge: () => void): Readable {
  if (answer.headers['content-encoding'] !== 'gzip') return answer
  let size = 0
  answer.on('data', (part: Buffer) => {
    size += part.length
    if (size > bytesMax) tooLarge()
  })
  // A body that breaks off ends the unpacking with an error of its own.
  answer.on('error', (error) => gunzip.destroy(error))
  const gunzip = createGunzip()
  return answer.pipe(gunzip)
}

type Failed = Extract<Answer, { ok: false }>

const no = (reason: Failed['reason'], message: string): Failed => ({
  ok: false,
  reason,
  message,
})

function failure(error: NodeJS.ErrnoException, host: string): Failed {
  if (error.code === NOT_PUBLIC) return no('refused', `${host} is not on the public internet.`)
  if (error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN')
    return no('unreachable', `The name ${host} leads nowhere.`)
  if (/CERT|TLS|SSL/.test(error.code ?? '')) return no('unreachable', `${host} does not prove who it is.`)
  return no('unreachable', `${host} could not be reached.`)
}

/**
 * The one door to other sites. https on port 443 of public addresses only, checked on every address a name has
 * when the connection is made; `GREENLIT_OUTBOUND_ALLOW` opens further `host:port` pairs by name. No redirect, no
 * proxy, no kept connection, a limit on time and size. Foreign behaviour comes back as a value, never as an error.
 * @throws inside a transaction, which must not wait for a stranger
 */
export async function send(
  address: string,
  {
    method = 'GET',
    headers = {},
    body,
    hosts,
    timeoutMs = 10_000,
    bytesMax = 2_000_000,
    packed = false,
    opens,
  }: Sending = {},
  world: World = realWorld(),
): Promise<Answer> {
  refuseInTransaction('Sending to another site')
  const allowance = opens === undefined ? world.allowance : new Set([...world.allowance, opens])
  const target = readTarget(address, allowance)
  if (!target.ok) return no('refused', target.message)
  const { url, open } = target
  if (hosts && !open && !hosts(url))
    return no('refused', `${url.hostname} is none of the sites this goes to.`)
  return new Promise<Answer>((settle) => {
    const signal = AbortSignal.timeout(timeoutMs)
    let status: number | undefined
    const failed = (error: Error) =>
      settle({
        ...(signal.aborted
          ? no('timeout', `${url.hostname} did not answer within ${timeoutMs / 1000} seconds.`)
          : failure(error, url.hostname)),
        ...(status !== undefined && { status }),
      })
    try {
      const request = (url.protocol === 'https:' ? overHttps : overHttp)(url, {
        method,
        headers: {
          'user-agent': 'Greenlit',
          'accept-encoding': packed ? 'gzip' : 'identity',
          ...headers,
          ...(body !== undefined && { 'content-length': String(Buffer.byteLength(body)) }),
        },
        agent: false,
        signal,
        lookup: guardedLookup(world, open),
        rejectUnauthorized: true,
      })
      request.on('error', failed)
      request.on('response', (answer) => {
        status = answer.statusCode
        const parts: Buffer[] = []
        let size = 0
        const tooLarge = () => {
          const message = `${url.hostname} answered with more than ${bytesMax} bytes.`
          settle({ ok: false, reason: 'too-large', message, ...(status !== undefined && { status }) })
          request.destroy()
        }
        answer.on('error', failed)
        const plain = packed ? unpacked(answer, bytesMax, tooLarge) : answer
        plain.on('error', failed)
        plain.on('data', (part: Buffer) => {
          size += part.length
          if (size <= bytesMax) return parts.push(part)
          tooLarge()
          plain.destroy()
        })
        plain.on('end', () =>
          settle({
            ok: true,
            status: answer.statusCode ?? 0,
            headers: answer.headers,
            body: Buffer.concat(parts),
          }),
        )
      })
      // A protocol switch is an answer to nothing we asked.
      request.on('upgrade', (_, socket) => {
        socket.destroy()
        failed(new Error('upgrade'))
      })
      request.end(body)
    } catch {
      // Node refuses headers and methods it could not write.
      settle(no('refused', 'The request could not be written.'))
    }
  })
}
