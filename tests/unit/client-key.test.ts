/** Whom limits count as one client. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clientKey, clientOf, PEER_HEADER } from '@/lib/shared/peer'

describe('a client, as limits count it', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    [' 203.0.113.7 ', '203.0.113.7'],
    ['203.0.113.7:4711', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['::FFFF:cb00:7107', '203.0.113.7'],
    ['0:0:0:0:0:ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2::1', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002:ffff:ffff:ffff:ffff', '2001:db8:1:2::/64'],
    ['[2001:db8:1:2::1]', '2001:db8:1:2::/64'],
    ['[2001:db8:1:2::1]:4711', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:db8:0:1::', '2001:db8:0:1::/64'],
    ['1:2:3:4:5:6:7:8', '1:2:3:4::/64'],
    ['1:2:3:4:5:6:1.2.3.4', '1:2:3:4::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['::', '0:0:0:0::/64'],
    ...['', ' ', 'unknown', '1.2.3', '1.2.3.4.5', '256.1.1.1', '0x7f.1', '010.0.0.1', '1.2.3.4, 5.6.7.8'].map(
      (text) => [text, 'unknown'],
    ),
    ...['12345::1', '1::2::3', '1:2:3', '[1.2.3.4', ':::', 'gggg::1', '2001:db8::1/64', '__proto__'].map(
      (text) => [text, 'unknown'],
    ),
  ])('%j is %s', (address, key) => {
    expect(clientKey(address!)).toBe(key)
  })

  it('is one for a whole network of 64 bits, another for the next, however an address is spelled', () => {
    const group = fc.integer({ min: 0, max: 0xffff })
    const groups = (n: number) => fc.array(group, { minLength: n, maxLength: n })
    fc.assert(
      fc.property(groups(4), groups(4), groups(4), (network, here, there) => {
        fc.pre(network.some((n) => n > 0))
        const hex = (list: number[]) => list.map((n) => n.toString(16)).join(':')
        const padded = (list: number[]) =>
          list.map((n) => n.toString(16).padStart(4, '0').toUpperCase()).join(':')
        const key = clientKey(`${hex(network)}:${hex(here)}`)
        expect(key).toBe(`${hex(network)}::/64`)
        expect(clientKey(`${padded(network)}:${padded(there)}`)).toBe(key)
        // As the URL standard shortens it.
        const short = new URL(`http://[${hex(network)}:${hex(here)}]/`).hostname
        expect(clientKey(short)).toBe(key)
        const next = [...network.slice(0, 3), network[3]! ^ 1]
        expect(clientKey(`${hex(next)}:${hex(here)}`)).not.toBe(key)
      }),
    )
  })

  it('is found in any text without failing, and what it is called is short', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 100 }), (text) => {
        expect(clientKey(text).length).toBeLessThanOrEqual(23)
      }),
    )
  })

  it('is read from the trusted hop, and shared by all of whom nothing is known', () => {
    const headers = new Headers({
      'x-forwarded-for': '10.0.0.1, 2001:db8:5:6:7::8',
      [PEER_HEADER]: '::ffff:192.0.2.1',
    })
    expect(clientOf(headers, 1)).toBe('2001:db8:5:6::/64')
    expect(clientOf(headers, 0)).toBe('192.0.2.1')
    expect(clientOf(new Headers(), 0)).toBe('unknown')
    expect(clientOf(new Headers({ 'x-forwarded-for': 'nonsense' }), 1)).toBe('unknown')
  })
})
