import { createHash } from 'node:crypto'
import { keyedHash } from '@/lib/shared/secrets'
import { codeFrom } from './rules'

/** The code that belongs to a link's token: it is shown beside the link and cannot be turned back into it. */
export function codeOf(token: string): string {
  return codeFrom(createHash('sha256').update(`code\0${token}`).digest())
}

/** How a code is kept: under the site's key and its request, for 40 bits alone could be searched. */
export function hashCode(requestId: string, code: string): string {
  return keyedHash('sign-in-code', `${requestId}\0${code}`)
}
