import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allowanceOf, isPublicAddress, readTarget } from '@/lib/shared/outbound-address'

const NONE = allowanceOf()
const dotted = (bits: number) => [24, 16, 8, 0].map((shift) => (bits >>> shift) & 255).join('.')
const ipv4 = fc.oneof(
  fc.integer({ min: 0, max: 0xffffffff }),
  // Near the borders of what is closed.
  fc.constantFrom(0x0a, 0x7f, 0xac10, 0xc0a8, 0xa9fe, 0x6440, 0xe0, 0xf0, 0x00).chain((start) => {
    const shift = start > 255 ? 16 : 24
    return fc.integer({ min: -3, max: 3 }).map((off) => (start * 2 ** shift + off) >>> 0)
  }),
)

/** The same question answered by arithmetic, from the registry of special addresses (RFC 6890). */
function isSpecial(bits: number): boolean {
  const [a, b, c, d] = dotted(bits).split('.').map(Number) as [number, number, number, number]
  return (
    [0, 10, 127].includes(a) ||
    a >= 224 ||
    (a === 100 && b >= 64 && b < 128) ||
    (a === 169 && b === 254) ||
    (a === 172 && b >= 16 && b < 32) ||
    (a === 192 && (b === 168 || (b === 0 && (c === 0 || c === 2)) || (b === 88 && c === 99))) ||
    (a === 198 && (b === 18 || b === 19 || (b === 51 && c === 100))) ||
    (a === 203 && b === 0 && c === 113) ||
    (a === 168 && b === 63 && c === 129 && d === 16)
  )
}

describe('the outbound door’s addresses', () => {
  it('are public exactly where the registry of special addresses does not say otherwise', () => {
    fc.assert(
      fc.property(ipv4, (bits) => isPublicAddress(dotted(bits)) !== isSpecial(bits)),
      { numRuns: 10_000 },
    )
  })

  it('are one address in every spelling: decimal, octal, hexadecimal, short, mapped into IPv6', () => {
    fc.assert(
      fc.property(ipv4, (bits) => {
        const [a, b, c, d] = dotted(bits).split('.').map(Number) as [number, number, number, number]
        const hex = (n: number) => n.toString(16)
        const spellings = [
          dotted(bits),
          `${bits >>> 0}`,
          `0x${hex(bits >>> 0)}`,
          `0${a.toString(8)}.0${b.toString(8)}.0${c.toString(8)}.0${d.toString(8)}`,
          `0x${hex(a)}.0x${hex(b)}.0x${hex(c)}.0x${hex(d)}`,
          `${a}.${((b << 16) | (c << 8) | d) >>> 0}`,
          `${dotted(bits)}.`,
          `[::ffff:${dotted(bits)}]`,
          `[0:0:0:0:0:ffff:${hex((a << 8) | b)}:${hex((c << 8) | d)}]`,
          `[64:ff9b::${hex((a << 8) | b)}:${hex((c << 8) | d)}]`,
        ]
        const expected = !isSpecial(bits)
        return spellings.every((host) => readTarget(`https://${host}/`, NONE).ok === expected)
      }),
      { numRuns: 3_000 },
    )
  })

  it('in IPv6 are public only as global unicast', () => {
    const group = fc.integer({ min: 0, max: 0xffff })
    fc.assert(
      fc.property(fc.array(group, { minLength: 8, maxLength: 8 }), (groups) => {
        const address = groups.map((g) => g.toString(16)).join(':')
        const isGlobal = groups[0]! >= 0x2000 && groups[0]! < 0x4000
        if (!isGlobal) expect(isPublicAddress(address)).toBe(false)
      }),
      { numRuns: 10_000 },
    )
    for (const open of ['2606:4700::1111', '2a00:1450:4001:80e::200e', '2001:4860:4860::8888'])
      expect(isPublicAddress(open)).toBe(true)
    for (const closed of [
      '::1',
      '::',
      'fe80::1',
      'fe80::1%eth0',
      'fc00::1',
      'fd00:ec2::254',
      'ff02::1',
      '2001:db8::1',
      '2002:7f00:1::',
      '2001::1',
      '::127.0.0.1',
      '100::1',
      '3fff::1',
    ])
      expect([closed, isPublicAddress(closed)]).toEqual([closed, false])
  })

  it('never throw on any text, and take nothing that is not https on a usual port', () => {
    const isSafe = (text: string) => {
      const target = readTarget(text, NONE)
      if (!target.ok) return /^[A-Z].{10,}\.$/.test(target.message)
      const { protocol, port, username, password } = target.url
      return protocol === 'https:' && port + username + password === ''
    }
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string().map((s) => `https://${s}`),
    )
    fc.assert(fc.property(text, isSafe), { numRuns: 10_000 })
    fc.assert(fc.property(fc.webUrl(), isSafe), { numRuns: 1_000 })
  })

  it('may be opened by an operator, to the very host and port that was named', () => {
    const allowance = allowanceOf('localhost:8080, ntfy.lan:80,[::1]:9,, *:1,evil,:80,10.0.0.1:443')
    expect([...allowance]).toEqual(['localhost:8080', 'ntfy.lan:80', '[::1]:9', '10.0.0.1:443'])
    for (const url of [
      'http://localhost:8080/x',
      'https://localhost:8080/',
      'http://NTFY.lan/topic',
      'http://[::1]:9/',
      'https://10.0.0.1/',
    ])
      expect([url, readTarget(url, allowance)]).toMatchObject([url, { ok: true, open: true }])
    for (const url of [
      'http://localhost/',
      'http://localhost:8081/',
      'https://ntfy.lan/',
      'http://10.0.0.1/',
      'http://a@localhost:8080/',
      'ftp://localhost:8080/',
    ])
      expect([url, readTarget(url, allowance).ok]).toEqual([url, false])
  })
})
