/** No body is read further than its door is wide, on the doors that take none of our forms. */
import { beforeEach, describe, expect, it } from 'vitest'
import * as authDoor from '@/app/api/auth/[...nextauth]/route'
import * as unsubscribeDoor from '@/app/api/unsubscribe/[token]/route'
import { Browser, forgetLimits, SITE } from '../support/readers'

const MEGABYTE = new Uint8Array(1_048_576).fill(120)
type Door = (request: Request, context: unknown) => Promise<Response>

/** A request whose body never ends, in chunks of no announced length; says how much of it was taken. */
function endless(path: string): { request: Request; taken: () => number } {
  let taken = 0
  const body = new ReadableStream({
    pull(controller) {
      taken += MEGABYTE.length
      controller.enqueue(MEGABYTE)
    },
  })
  const headers = new Browser().headers({ 'Content-Type': 'application/x-www-form-urlencoded' })
  const request = new Request(`${SITE}${path}`, {
    method: 'POST',
    headers,
    body,
    duplex: 'half',
  } as RequestInit)
  return { request, taken: () => taken }
}

beforeEach(forgetLimits)

describe('the door of unsubscribe links', () => {
  const token = 'x'.repeat(43)
  const context = { params: Promise.resolve({ token }) }
  const post = (body: BodyInit) =>
    (unsubscribeDoor.POST as Door)(
      new Request(`${SITE}/api/unsubscribe/${token}`, {
        method: 'POST',
        headers: new Browser().headers(),
        body,
      }),
      context,
    )

  it('refuses more than 16 kB with a sentence, and lets go of a body that never ends', async () => {
    const { request, taken } = endless(`/api/unsubscribe/${token}`)
    const answer = await (unsubscribeDoor.POST as Door)(request, context)
    expect(answer.status).toBe(413)
    expect(((await answer.json()) as { detail: string }).detail).toBe('That is more than this form can hold.')
    expect(taken()).toBeLessThan(4 * MEGABYTE.length)
    expect((await post('x'.repeat(16_385))).status).toBe(413)
  })

  it('takes what mail programs send, and everything up to 16 kB', async () => {
    // The token is nobody's: the body was read, and then there is nothing to end.
    for (const body of ['List-Unsubscribe=One-Click', 'x'.repeat(16_384), ''])
      expect((await post(body)).status).toBe(404)
  })
})

it('nothing posted to next-auth is read at all', async () => {
  for (const path of [
    'callback/passkey',
    'callback/github',
    'signin/github',
    'signout',
    'session',
    'webauthn-options/passkey',
  ]) {
    const { request, taken } = endless(`/api/auth/${path}`)
    const answer = await (authDoor.POST as unknown as Door)(request, {})
    expect([path, answer.status]).toEqual([path, 404])
    // The stream fills its own first buffer.
    expect(taken()).toBeLessThanOrEqual(MEGABYTE.length)
  }
})
