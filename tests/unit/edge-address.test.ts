import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readAddress } from '@/lib/edge/address'

describe('an address has one normal form', () => {
  it.each([
    ['/%61bout', '/about'],
    ['/%73hows', '/shows'],
    ['/shows/%2e%2e/about', '/about'],
    ['/api/../shows/kingdom', '/shows/kingdom'],
    ['/_x/%2E%2e/about', '/about'],
    ['//about', '/about'],
    ['/./about', '/about'],
    ['/about/', '/about'],
    ['/about/.', '/about'],
    ['//evil.example/', '/evil.example'],
    ['/%e3%81%82', '/%E3%81%82'],
    ['/%7Etilde?q=%7e', '/~tilde?q=%7e'],
    ['/about#there', '/about'],
  ])('%s is sent to %s', (target, normal) => {
    expect(readAddress(target)).toEqual({ normal })
  })

  it.each([
    '/shows/%ff',
    '/shows/%E0%A4%A',
    '/a%',
    '/shows/%zz/answer.txt',
    '/shows/a%00b',
    '/a%0Ab',
    '/shows/a%2Fb',
    '/shows/a%5cb',
    '/a\\b',
    '/a b',
    `/x/${'x'.repeat(300)}`,
    `/search?q=${'x'.repeat(5_000)}`,
    '*',
    'http://example.org/about',
    '',
  ])('%s is none', (target) => {
    expect(readAddress(target)).toHaveProperty('refused')
  })

  it.each([
    '/',
    '/about',
    '/shows/%ED%82%B9',
    '/search?q=%ff',
    `/search?q=${'x'.repeat(3000)}`,
    '/a.b~c-d_e',
  ])('%s is in it already', (target) => {
    const [path, query = ''] = target.split('?')
    expect(readAddress(target)).toEqual({ path, query })
  })

  it('whatever comes: a normal form is normal, begins with one slash, and means what was asked for', () => {
    const piece = fc.constantFrom(
      'a',
      'B',
      '%61',
      '%2e',
      '%2E',
      '.',
      '..',
      '/',
      '//',
      '%7e',
      '~',
      '%41',
      'shows',
      '%e3%81%82',
      '?',
      'x=%2f',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const target = `/${pieces.join('')}`
        const read = readAddress(target)
        if (!('normal' in read)) return
        expect(read.normal).toMatch(/^\/(?!\/)/)
        expect(readAddress(read.normal)).toHaveProperty('path')
        expect(new URL(read.normal, 'http://a').pathname).toBe(read.normal.split('?')[0])
      }),
      { numRuns: 2_000 },
    )
  })

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => void readAddress(`/${text}`)),
    )
  })
})
