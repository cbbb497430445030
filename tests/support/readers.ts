/** Readers, their browsers and our doors, for tests that run against the handlers themselves. */
import { desc, eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { rateLimit } from '@/db/schema/account'
import { mail } from '@/db/schema/outbox'
import { season, show } from '@/db/schema/show'
import { browserCookieName, sessionCookieName } from '@/lib/accounts/cookies'
import { openMail } from '@/lib/mail/body'
import { PEER_HEADER } from '@/lib/shared/peer'

/** The site's address in these tests. */
export const SITE = 'https://greenlit.test'
process.env.AUTH_URL = SITE
process.env.AUTH_SECRET = 'a secret of the tests, of some length'
delete process.env.TRUSTED_PROXY_HOPS

let clients = 0
/** An address of the range kept for tests of networks (RFC 2544), another for every number. */
const clientNumber = (n: number) => `198.${18 + ((n >> 16) & 1)}.${(n >> 8) & 255}.${n & 255}`

type Handler = (request: never, context: never) => Promise<Response>

/** A browser: keeps cookies, comes from one address, sends what a browser sends. */
export class Browser {
  readonly cookies = new Map<string, string>()
  readonly address: string

  /** @param address where it comes from; a network of its own unless said */
  constructor(address = clientNumber(++clients)) {
    this.address = address
  }

  headers(extra: Record<string, string> = {}): Headers {
    const headers = new Headers({
      Origin: SITE,
      'Sec-Fetch-Site': 'same-origin',
      Accept: 'application/json',
      'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
      [PEER_HEADER]: this.address,
    })
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    if (cookie) headers.set('Cookie', cookie)
    for (const [name, value] of Object.entries(extra)) headers.set(name, value)
    return headers
  }

  /** Sends a form through a door and keeps the cookies it sets. */
  async post(
    door: { POST: unknown },
    path: string,
    fields: Record<string, string> | string,
    extra: Record<string, string> = {},
    params: Record<string, string> = {},
  ): Promise<Response> {
    const request = new Request(`${SITE}${path}`, {
      method: 'POST',
      headers: this.headers({ 'Content-Type': 'application/x-www-form-urlencoded', ...extra }),
      body: typeof fields === 'string' ? fields : new URLSearchParams(fields).toString(),
    })
    const answer = await (door.POST as Handler)(
      request as never,
      { params: Promise.resolve(params) } as never,
    )
    this.keep(answer)
    return answer
  }

  async get(door: { GET: unknown }, path: string, extra: Record<string, string> = {}): Promise<Response> {
    const request = new Request(`${SITE}${path}`, { headers: this.headers(extra) })
    return (door.GET as Handler)(request as never, {} as never)
  }

  keep(answer: Response): void {
    for (const line of answer.headers.getSetCookie()) {
      const [name, value] = line.split(';')[0]!.split('=') as [string, string]
      if (/max-age=0(;|$)/i.test(line)) this.cookies.delete(name)
      else this.cookies.set(name, value)
    }
  }

  get session(): string | undefined {
    return this.cookies.get(sessionCookieName())
  }

  get bound(): string | undefined {
    return this.cookies.get(browserCookieName())
  }
}

/** The mails to an address with what they say, newest first. */
export async function mailsWritten(address: string) {
  const rows = await db().select().from(mail).where(eq(mail.recipient, address)).orderBy(desc(mail.id))
  return rows.map((row) => openMail(row)!)
}

/** The token in the newest sign-in mail to an address. */
export async function mailedToken(address: string): Promise<string> {
  const [letter] = await mailsWritten(address)
  const token = /\/sign-in\/confirm\/([A-Za-z0-9_-]{43})/.exec(letter?.text ?? '')?.[1]
  if (!token) throw new Error(`no sign-in mail to ${address}`)
  return token
}

/** Signs a browser in by mail, as a person would. */
export async function signInAs(address: string, browser = new Browser()): Promise<Browser> {
  const [askDoor, confirmDoor] = await Promise.all([
    import('@/app/api/auth/mail/route'),
    import('@/app/api/auth/confirm/route'),
  ])
  const asked = await browser.post(askDoor, '/api/auth/mail', { email: address })
  if (asked.status !== 200) throw new Error(`asking for a mail: ${asked.status} ${await asked.text()}`)
  const token = await mailedToken(address)
  const confirmed = await browser.post(confirmDoor, '/api/auth/confirm', { token })
  if (confirmed.status !== 200) throw new Error(`confirming: ${confirmed.status} ${await confirmed.text()}`)
  return browser
}

/** A show with some seasons. */
export async function makeShow(slug: string, seasons = 3): Promise<void> {
  const [made] = await db()
    .insert(show)
    .values({ slug, title: `Title of ${slug}` })
    .returning()
  await db()
    .insert(season)
    .values(Array.from({ length: seasons }, (_, index) => ({ showId: made!.id, number: index + 1 })))
}

/** Forgets all limits that were used up. */
export async function forgetLimits(): Promise<void> {
  await db().delete(rateLimit)
}
