import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseBrowseFilter, readCursor, writeCursor } from '@/lib/lists/browse'

describe('the list of shows', () => {
  test('a cursor the site gave out is read back as it was', () => {
    fc.assert(
      fc.property(
        fc
          .string({ maxLength: 200, unit: 'grapheme' })
          .filter(
            (key) => !/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/u.test(key),
          ),
        fc.integer({ min: 0, max: 2_147_483_647 }),
        fc.constantFrom('next' as const, 'previous' as const),
        (key, id, direction) => {
          expect(readCursor(writeCursor({ key, id, direction }))).toEqual({ key, id, direction })
        },
      ),
    )
  })

  test('anything else is refused with a sentence, never with an exception', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.string({ unit: 'binary', maxLength: 10_000 }), fc.base64String()),
        (cursor) => {
          const answer = parseBrowseFilter({ cursor })
          if (!answer.ok) expect(answer.reason).toMatch(/cursor/)
        },
      ),
    )
  })

  test('a status nobody knows is refused by naming the ones there are', () => {
    expect(parseBrowseFilter({ status: 'renewed' })).toEqual({
      ok: false,
      reason: 'status is one of returning, final-season, running, ended, cancelled, over, unknown',
    })
  })

  test('a filter given twice is refused instead of half believed', () => {
    expect(parseBrowseFilter({ genre: ['drama', 'horror'] }).ok).toBe(false)
  })

  test('a cursor from the list by title is not taken for the list by popularity', () => {
    expect(parseBrowseFilter({ cursor: writeCursor({ key: 'dark', id: 1, direction: 'next' }) }).ok).toBe(
      false,
    )
    expect(
      parseBrowseFilter({ sort: 'title', cursor: writeCursor({ key: 'dark', id: 1, direction: 'next' }) }).ok,
    ).toBe(true)
  })
})
