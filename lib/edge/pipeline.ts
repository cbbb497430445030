/** Pure: what becomes of a request before anything is asked for it. Each step is a decision with its reason. */
import type { IncomingHttpHeaders } from 'node:http'
import { ADDRESS_SENTENCES, readAddress } from './address'
import { announcedBody, isWithin } from './body-bounds'
import { canonicalQuery, type Place, placeOf } from './places'

/** A request as it came. */
export interface Knock {
  method: string
  target: string
  headers: IncomingHttpHeaders
  /** How many Host lines it brought (RFC 9112, 3.2: one). */
  hosts: number
}

/** What is done with it. */
export type Decision =
  /** Sent on to where it is written right, or to sign in. */
  | { step: 'address' | 'cookies'; redirect: string; status: 307 | 308 }
  | {
      step: 'address' | 'place' | 'method' | 'body'
      status: 400 | 404 | 405 | 413
      sentence: string
      allow?: string
    }
  /** Served: `key` names the same answer for everybody where the place is public. */
  | { step: 'serve'; place: Place; path: string; url: string; key: string }

const METHODS_OF = (place: Place) =>
  [...place.methods, ...(place.methods.includes('GET') ? ['HEAD'] : [])].join(', ')

const TOO_LONG = 'That is more than this address takes.'

function hasCookie(headers: IncomingHttpHeaders, names: readonly string[]): boolean {
  const cookies = headers.cookie ?? ''
  return names.some((name) => new RegExp(`(?:^|;\\s*)(?:__Host-)?greenlit-${name}=`).test(cookies))
}

/** Address, place, method, body, cookies: in this order, the first that objects decides. */
export function decide({ method, target, headers, hosts }: Knock): Decision {
  const refuse = (
    step: 'address' | 'place' | 'method' | 'body',
    status: 400 | 404 | 405 | 413,
    sentence: string,
  ) => ({ step, status, sentence }) as const
  if (hosts > 1) return refuse('address', 400, 'A request names one host.')
  const address = readAddress(target)
  if ('refused' in address) return refuse('address', 400, ADDRESS_SENTENCES[address.refused])
  const reading = method === 'GET' || method === 'HEAD'
  if ('normal' in address)
    return reading
      ? { step: 'address', redirect: address.normal, status: 308 }
      : refuse('address', 400, ADDRESS_SENTENCES.strange)
  const place = placeOf(address.path)
  if (!place)
    return reading
      ? refuse('place', 404, `There is nothing at ${address.path.slice(0, 100)}.`)
      : refuse('place', 404, 'There is nothing at this address that could be changed.')
  const methods = METHODS_OF(place)
  if (!methods.split(', ').includes(method))
    return {
      ...refuse(
        'method',
        405,
        place.methods.includes('GET')
          ? 'This address can only be read. Ask for it with GET.'
          : 'This address takes forms only. Send it with POST.',
      ),
      allow: methods,
    }
  const announced = announcedBody(headers)
  const bytesMax = reading ? 0 : place.bodyBytesMax
  if (!isWithin(announced, bytesMax) || (announced === 'chunked' && bytesMax === 0))
    return refuse('body', 413, TOO_LONG)
  if (place.cookies.length > 0 && !hasCookie(headers, place.cookies))
    return {
      step: 'cookies',
      redirect: `/sign-in?returnTo=${place.returnTo ?? address.path}`,
      status: 307,
    }
  const query = canonicalQuery(place, address.query)
  const key = query ? `${address.path}?${query}` : address.path
  return { step: 'serve', place, path: address.path, url: key, key }
}
