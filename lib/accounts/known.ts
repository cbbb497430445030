/**
 * By what a browser is known that an address's owner has signed in with: a cookie with a signed entry for each such
 * address. An entry holds no address, only a random name and a day under our key, so it says nothing to whoever finds
 * it; it opens nothing either. All it gives is a share of sign-in mail nobody else can use up.
 */
import { randomBytes } from 'node:crypto'
import { isShortHash, shortHash } from '@/lib/shared/secrets'

const ENTRIES_MAX = 5
const NAME_BYTES = 12
/** As long as browsers keep a cookie at most. */
export const KNOWN_FOR_DAYS = 400
/** An entry is made anew when it is so old, so that who comes back stays known. */
const RENEWED_AFTER_DAYS = 30
const ENTRY = /^([\w-]{16})\.(\d{1,6})\.([\w-]{22})$/

const dayNumber = (now: Date) => Math.floor(now.getTime() / 86_400_000)
const signed = (name: string, day: number | string, email: string) => `${name}.${day}\0${email}`

interface Entry {
  name: string
  ageDays: number
  text: string
}

function entriesFor(cookie: string | undefined, email: string, now: Date): Entry[] {
  const entries = (cookie ?? '').slice(0, 1_000).split('~').slice(0, ENTRIES_MAX)
  return entries.flatMap((text) => {
    const [, name, day, hash] = ENTRY.exec(text) ?? []
    if (!name || !day || !hash || !isShortHash(hash, 'known-browser', signed(name, day, email))) return []
    const ageDays = dayNumber(now) - Number(day)
    return ageDays >= 0 && ageDays <= KNOWN_FOR_DAYS ? [{ name, ageDays, text }] : []
  })
}

/** The name of the browser that sent this cookie, where an address's owner has signed in with it; else null. */
export function knownBrowser(cookie: string | undefined, email: string, now: Date): string | null {
  return entriesFor(cookie, email, now)[0]?.name ?? null
}

/** The cookie of a browser that an address's owner signs in with now: at most five addresses, the last ones used. */
export function rememberBrowser(cookie: string | undefined, email: string, now: Date): string {
  const [own] = entriesFor(cookie, email, now)
  const others = (cookie ?? '').split('~').filter((text) => ENTRY.test(text) && text !== own?.text)
  const fresh = () => {
    const name = own?.name ?? randomBytes(NAME_BYTES).toString('base64url')
    const day = dayNumber(now)
    return `${name}.${day}.${shortHash('known-browser', signed(name, day, email))}`
  }
  const entry = own && own.ageDays < RENEWED_AFTER_DAYS ? own.text : fresh()
  return [entry, ...others].slice(0, ENTRIES_MAX).join('~')
}
