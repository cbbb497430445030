/** Text only this installation can read. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { knownBrowser, rememberBrowser } from '@/lib/accounts/known'
import { isSealed, seal, unseal } from '@/lib/shared/sealed'

const env = (secret: string, old?: string) =>
  ({ AUTH_SECRET: secret, AUTH_SECRET_OLD: old }) as unknown as NodeJS.ProcessEnv
const HERE = { purpose: 'mail', context: '<1@greenlit.test>' }
process.env.AUTH_SECRET = 'a secret, of the tests'

describe('a sealed text', () => {
  it('opens where it was sealed and is nowhere to be seen', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 2_000 }), (text) => {
        const sealed = seal(text, HERE)
        expect(isSealed(sealed)).toBe(true)
        expect(unseal(sealed, HERE)).toBe(Buffer.from(text).toString())
        expect(seal(text, HERE)).not.toBe(sealed)
      }),
    )
    expect(seal('https://greenlit.test/unsubscribe/token', HERE)).not.toMatch(/unsubscribe|token/)
  })

  it('does not open elsewhere, for another purpose, or changed by one letter', () => {
    const sealed = seal('a link', HERE)
    expect(unseal(sealed, { ...HERE, context: '<2@greenlit.test>' })).toBeNull()
    expect(unseal(sealed, { ...HERE, purpose: 'other' })).toBeNull()
    for (let i = 'sealed:1:'.length; i < sealed.length; i++) {
      const other = sealed[i] === 'A' ? 'Q' : 'A'
      const changed = `${sealed.slice(0, i)}${other}${sealed.slice(i + 1)}`
      // The last letter of base64 may hold bits that say nothing.
      if (unseal(changed, HERE) !== null) expect(i).toBe(sealed.length - 1)
    }
    for (const cut of [0, 9, 18, 30, sealed.length - 1]) expect(unseal(sealed.slice(0, cut), HERE)).toBeNull()
  })

  it('opens under a secret that was changed as long as the earlier one is said, alone or among others', () => {
    const sealed = seal('a link', HERE, env('first, with a comma'))
    expect(unseal(sealed, HERE, env('second'))).toBeNull()
    expect(unseal(sealed, HERE, env('second', 'first, with a comma'))).toBe('a link')
    const plain = seal('a link', HERE, env('first'))
    expect(unseal(plain, HERE, env('third', 'second,first'))).toBe('a link')
    expect(unseal(seal('new', HERE, env('third', 'second,first')), HERE, env('third'))).toBe('new')
    expect(() => seal('x', HERE, env(''))).toThrow('AUTH_SECRET is not set')
  })
})

describe('a browser that was signed in with', () => {
  const now = new Date('2026-11-30T12:00:00Z')
  const later = (days: number) => new Date(now.getTime() + days * 86_400_000)
  const ANA = 'ana@greenlit.test'

  it('is known for its own addresses, by a cookie that holds none of them', () => {
    const cookie = rememberBrowser(undefined, ANA, now)
    expect(knownBrowser(cookie, ANA, now)).toMatch(/^[\w-]{16}$/)
    expect(knownBrowser(cookie, 'ben@greenlit.test', now)).toBeNull()
    expect(cookie).not.toMatch(/ana|@|greenlit/)
    const both = rememberBrowser(cookie, 'ben@greenlit.test', now)
    expect(knownBrowser(both, ANA, now)).toBe(knownBrowser(cookie, ANA, now))
    expect(knownBrowser(both, 'ben@greenlit.test', now)).not.toBeNull()
  })

  it('keeps its name when it comes back, for 400 days from the last time', () => {
    const cookie = rememberBrowser(undefined, ANA, now)
    const name = knownBrowser(cookie, ANA, now)
    expect(rememberBrowser(cookie, ANA, later(29))).toBe(cookie)
    const renewed = rememberBrowser(cookie, ANA, later(31))
    expect(knownBrowser(renewed, ANA, later(430))).toBe(name)
    expect(knownBrowser(cookie, ANA, later(400))).toBe(name)
    expect(knownBrowser(cookie, ANA, later(401))).toBeNull()
    expect(knownBrowser(cookie, ANA, later(-1))).toBeNull()
  })

  it('remembers five people, the last ones, and is not filled up by nonsense', () => {
    let cookie: string | undefined = `x~${'~'.repeat(50)}~<script>`
    for (let i = 0; i < 9; i++) cookie = rememberBrowser(cookie, `p${i}@greenlit.test`, now)
    expect(cookie!.split('~')).toHaveLength(5)
    expect(cookie).toMatch(/^[\w.~-]{1,250}$/)
    expect(knownBrowser(cookie, 'p3@greenlit.test', now)).toBeNull()
    expect(knownBrowser(cookie, 'p4@greenlit.test', now)).not.toBeNull()
    fc.assert(fc.property(fc.string(), (text) => knownBrowser(text, ANA, now) === null))
  })
})
