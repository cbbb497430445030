import { bearerOf } from '@/lib/accounts/reader-tokens'
import { answering, privateRefusal, replyPrivately } from '@/lib/shared/problem'
import { LIMITS, spend } from '@/lib/shared/rate-limit'
import { siteUrl } from '@/lib/shared/site'
import { wantsWindows } from './show'

/** Whose face it is, by which secret address. */
export interface ReaderAsked {
  readerId: string
  token: string
  site: string
  windows: boolean
}

/**
 * A GET handler for a face of one reader's, found by the secret in its address and by nothing else: no cookie is read.
 * An address that was replaced, was made for something else or never was answers the same.
 */
export function readerFace(contentType: string, write: (asked: ReaderAsked) => Promise<string>) {
  return async (request: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> => {
    const { token } = await params
    return answering(
      request,
      async () => {
        const bearer = await bearerOf('feed', token)
        if (!bearer)
          return privateRefusal(
            404,
            'Nothing has this address, or not any more. The present address of a reader stands in their settings.',
          )
        const spent = await spend(LIMITS.feed, token)
        if (!spent.allowed)
          return privateRefusal(
            429,
            'This address was asked for more than 30 times in a minute. Ask again later.',
            spent.retryAfterSeconds,
          )
        const asked = { readerId: bearer.readerId, token, site: siteUrl(), windows: wantsWindows(request) }
        return replyPrivately(request, await write(asked), contentType)
      },
      privateRefusal,
    )
  }
}
