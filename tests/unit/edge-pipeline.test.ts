import { describe, expect, it } from 'vitest'
import { decide } from '@/lib/edge/pipeline'
import { canonicalQuery, NOT_FOR_CRAWLERS, PLACES, PRIVATE_PLACES, placeOf } from '@/lib/edge/places'

const knock = (method: string, target: string, headers = {}) => decide({ method, target, headers, hosts: 1 })
const SESSION = { cookie: 'a=b; greenlit-session=x' }
/** An address of a place, with sensible parts. */
const example = (pattern: string) =>
  pattern
    .replaceAll('{slug}', 'dark')
    .replaceAll('{n}', '2')
    .replaceAll('{month}', '2026-12')
    .replaceAll('{day}', '2026-12-01')
    .replaceAll('{cursor}', 'Wzk5')
    .replaceAll('{token}', 'x'.repeat(43))
    .replaceAll('{id}', '00000000-0000-4000-8000-000000000000')
    .replaceAll('{provider}', 'github')
    .replaceAll('{file}', 'a-1.xml')
    .replaceAll('{rest}', 'chunks/a/b.js')

describe('what becomes of a request', () => {
  it('every place is found under its own address, and under no other', () => {
    for (const place of PLACES)
      expect(placeOf(example(place.pattern))?.pattern, place.pattern).toBe(place.pattern)
    for (const nothing of [
      '/x',
      '/shows/UPPER',
      '/shows/a/seasons/0',
      '/shows/a/b',
      '/calendar/2026-13',
      '/api/v2',
      '/api/v1',
      '/settings/x',
      '/health/x',
    ])
      expect(placeOf(nothing), nothing).toBeNull()
  })

  it('only forms are sent to forms’ doors, and nothing is sent to a page', () => {
    for (const { pattern, methods } of PLACES)
      for (const method of [
        'GET',
        'HEAD',
        'POST',
        'PUT',
        'PATCH',
        'DELETE',
        'OPTIONS',
        'TRACE',
        'PROPFIND',
      ]) {
        const decision = knock(method, example(pattern), { ...SESSION, 'content-length': '0' })
        const read = method === 'HEAD' ? 'GET' : method
        if (methods.includes(read as 'GET')) expect(decision.step, `${method} ${pattern}`).toBe('serve')
        else expect(decision, `${method} ${pattern}`).toMatchObject({ step: 'method', status: 405 })
      }
  })

  it('a body that is too long is refused by its length, before a byte of it is read', () => {
    for (const { pattern, methods, bodyBytesMax } of PLACES)
      for (const method of methods) {
        const allowed = method === 'GET' ? 0 : bodyBytesMax
        const at = (bytes: number) =>
          knock(method, example(pattern), { ...SESSION, 'content-length': String(bytes) })
        expect(at(allowed).step, pattern).toBe('serve')
        expect(at(allowed + 1), pattern).toMatchObject({ step: 'body', status: 413 })
        expect(allowed, pattern).toBeLessThanOrEqual(21_000_000)
      }
    expect(knock('GET', '/about', { 'transfer-encoding': 'chunked' })).toMatchObject({ status: 413 })
  })

  it('who has no session is sent to sign in, and comes back', () => {
    expect(knock('GET', '/settings')).toEqual({
      step: 'cookies',
      status: 307,
      redirect: '/sign-in?returnTo=/settings',
    })
    expect(knock('GET', '/following/dark/2')).toMatchObject({ redirect: '/sign-in?returnTo=/following' })
    expect(knock('GET', '/following', { cookie: 'greenlit-basket=x' }).step).toBe('serve')
    expect(knock('GET', '/following', { cookie: '__Host-greenlit-session=x' }).step).toBe('serve')
    expect(knock('GET', '/settings', { cookie: 'greenlit-basket=x; not-greenlit-session=x' }).step).toBe(
      'cookies',
    )
  })

  it('two hosts in one request, an odd spelling of a form’s door and an unknown address are refused', () => {
    expect(decide({ method: 'GET', target: '/', headers: {}, hosts: 2 })).toMatchObject({ status: 400 })
    expect(knock('POST', '/api/%2e%2e/shows')).toMatchObject({ step: 'address', status: 400 })
    expect(knock('POST', '/_not-found')).toMatchObject({ step: 'place', status: 404 })
    expect(knock('POST', '/api/nothing')).toMatchObject({ step: 'place', status: 404 })
    expect(knock('GET', '/_next/image?url=x')).toMatchObject({ step: 'place', status: 404 })
  })

  it('parameters a page does not read make no other page; those it reads have one order', () => {
    expect(knock('GET', '/shows/dark?utm_source=x&_rsc=1')).toMatchObject({ key: '/shows/dark' })
    expect(knock('GET', '/shows?sort=title&x=1&genre=drama')).toMatchObject({
      key: '/shows?genre=drama&sort=title',
    })
    expect(knock('GET', '/shows?genre=')).toMatchObject({ key: '/shows' })
    expect(canonicalQuery({ reads: ['q'] }, 'q=a%20b&q=c')).toBe('q=a+b&q=c')
    expect(knock('GET', '/sign-in?returnTo=/x')).toMatchObject({ url: '/sign-in?returnTo=/x' })
  })

  it('crawlers are kept from everything that is one person’s', () => {
    expect(PRIVATE_PLACES).toEqual(
      expect.arrayContaining([
        'following',
        'settings',
        'sign-in',
        'studio',
        'unsubscribe',
        'follow',
        'mailbox',
      ]),
    )
    for (const place of PRIVATE_PLACES) expect(NOT_FOR_CRAWLERS).toContain(`/${place}`)
  })

  it('a calendar or feed of one’s own may be fetched by what obeys robots.txt, and says itself that it is not to be listed', () => {
    const isKept = (path: string) => NOT_FOR_CRAWLERS.some((rule) => path.startsWith(rule))
    for (const name of ['calendar.ics', 'feed.atom', 'feed.json'])
      expect(isKept(`/feeds/${'x'.repeat(43)}/${name}`)).toBe(false)
    for (const path of ['/following', '/settings/notices', '/api/me', '/api/auth/mail'])
      expect(isKept(path)).toBe(true)
  })

  it('nothing that is one person’s is ever kept', () => {
    for (const { pattern, privacy, kept, cookies } of PLACES)
      if (privacy === 'private') expect(kept, pattern).toBe(false)
      else expect(cookies, pattern).toEqual([])
  })
})
