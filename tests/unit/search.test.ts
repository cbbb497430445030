import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { initials, letters, normalise } from '@/lib/search/letters'
import { buildIndex } from '@/lib/search/names'
import { cleanQuery, queryProblem } from '@/lib/search/query'
import { searchIndex } from '@/lib/search/rules'
import type { SearchableShow } from '@/lib/search/types'
import { editDistance, TypoMatcher } from '@/lib/search/typos'

const show = (slug: string, title: string, names: string[] = [], popularity = 0): SearchableShow => ({
  slug,
  title,
  year: 2020,
  popularity,
  names,
})

const shows = [
  show('all-of-us-are-dead', 'All of Us Are Dead', ['지금 우리 학교는', 'Now at Our School'], 50),
  show('squid-game', 'Squid Game', ['오징어 게임'], 90),
  show('squid-game-the-challenge', 'Squid Game: The Challenge', [], 20),
  show('attack-on-titan', 'Attack on Titan', ['進撃の巨人', 'Shingeki no Kyojin'], 80),
  show('the-walking-dead', 'The Walking Dead', [], 70),
  show('the-office', 'The Office', [], 60),
  show('dark', 'Dark', [], 10),
  show('dark-matter', 'Dark Matter', [], 40),
  show('darkness', 'Darkness Falls', [], 95),
  show('kingdom-kr', 'Kingdom', ['킹덤'], 60),
  show('kingdom-us', 'Kingdom', [], 30),
  show('kingdom-jp', 'KINGDOM', ['キングダム'], 20),
  show('elite', 'Élite', [], 30),
  show('hunter', 'HUNTER×HUNTER', [], 30),
  show('game-of-thrones', 'Game of Thrones', [], 99),
]
const index = buildIndex(shows)
const slugs = (query: string, limit = 8) => searchIndex(index, query, limit).map((result) => result.slug)

describe('names', () => {
  it('letter case, width, accents, punctuation and a leading article do not matter', () => {
    expect(normalise('The  Éxample: Show!')).toBe('example show')
    expect(normalise('ＡＢＣ')).toBe('abc')
    expect(normalise('The')).toBe('the')
    expect(normalise('Will & Grace')).toBe(normalise('Will and Grace'))
  })

  it('voicing marks of kana are letters, not accents', () => {
    expect(normalise('ガ')).not.toBe(normalise('カ'))
    expect(letters(normalise('ガンダム'))).toBe(letters(normalise('がんだむ')))
  })

  it('Hangul falls apart into the keys one presses', () => {
    expect(letters('닭과')).toBe('ㄷㅏㄹㄱㄱㅗㅏ')
    expect(initials('지금 우리 학교는')).toBe('ㅈㄱ ㅇㄹ ㅎㄱㄴ')
  })
})

describe('search', () => {
  it('finds a show by any of its names', () => {
    for (const name of ['All of Us Are Dead', '지금 우리 학교는', 'Now at Our School'])
      expect(slugs(name)[0]).toBe('all-of-us-are-dead')
    expect(slugs('進撃の巨人')[0]).toBe('attack-on-titan')
  })

  it('Hangul with and without spaces is the same name', () => {
    expect(slugs('지금우리학교는')[0]).toBe('all-of-us-are-dead')
  })

  it('a Korean show is found by its name in Latin letters, spaced or not', () => {
    expect(slugs('jigeum uri hakgyoneun')[0]).toBe('all-of-us-are-dead')
    expect(slugs('jigeumurihakgyoneun')[0]).toBe('all-of-us-are-dead')
  })

  it('initial consonants find a Korean show, also the first few of them', () => {
    expect(slugs('ㅈㄱㅇㄹㅎㄱㄴ')).toEqual(['all-of-us-are-dead'])
    expect(slugs('ㅈㄱㅇㄹ')).toEqual(['all-of-us-are-dead'])
  })

  it('a half-typed syllable already finds the show', () => {
    expect(slugs('지그')[0]).toBe('all-of-us-are-dead')
  })

  it('one wrong jamo is one error', () => {
    expect(slugs('지굼 우리 학교는')[0]).toBe('all-of-us-are-dead')
    expect(slugs('오징어 개임')[0]).toBe('squid-game')
  })

  it('katakana and hiragana are the same letters', () => {
    expect(slugs('きんぐだむ')[0]).toBe('kingdom-jp')
  })

  it('one or two typing errors still find the show', () => {
    expect(slugs('al of us are ded')[0]).toBe('all-of-us-are-dead')
    expect(slugs('teh office')[0]).toBe('the-office')
    expect(slugs('sqid gam')[0]).toBe('squid-game')
    expect(slugs('atack on titan')[0]).toBe('attack-on-titan')
  })

  it('the same name comes before longer ones, whole words before parts, whatever the popularity', () => {
    expect(slugs('dark')).toEqual(['dark', 'dark-matter', 'darkness'])
  })

  it('shows of the same name are all found, the better known first', () => {
    expect(slugs('Kingdom').slice(0, 2)).toEqual(['kingdom-kr', 'kingdom-us'])
    expect(slugs('KINGDOM')).toContain('kingdom-jp')
  })

  it('words from the middle of a name find it', () => {
    expect(slugs('walking')).toEqual(['the-walking-dead'])
    expect(slugs('dead walking')).toEqual(['the-walking-dead'])
    expect(slugs('巨人')).toEqual(['attack-on-titan'])
  })

  it('accents and signs need not be typed', () => {
    expect(slugs('elite')[0]).toBe('elite')
    expect(slugs('hunter x hunter')[0]).toBe('hunter')
  })

  it('a season number after the name does no harm', () => {
    expect(slugs('all of us are dead season 2')[0]).toBe('all-of-us-are-dead')
    expect(slugs('squid game s3')[0]).toBe('squid-game')
  })

  it('the first letters of its words find a long name', () => {
    expect(slugs('got')).toContain('game-of-thrones')
    expect(slugs('aouad')).toContain('all-of-us-are-dead')
  })

  it('tells which name matched', () => {
    expect(searchIndex(index, '오징어', 1)[0]).toMatchObject({ title: 'Squid Game', matched: '오징어 게임' })
  })

  it('nonsense finds nothing', () => {
    expect(slugs('qqzzxxyyww')).toEqual([])
    expect(slugs('')).toEqual([])
    expect(slugs(' \u202e\u0000 ')).toEqual([])
  })

  it('control and bidirectional characters are dropped from a query', () => {
    expect(slugs('\u202eDa\u0000rk\u200b')[0]).toBe('dark')
    expect(cleanQuery('a\u0007b\u202e')).toBe('a b')
  })

  it('a query over 200 characters is refused with a sentence, and harmless where it is not', () => {
    expect(queryProblem('x'.repeat(10_240))).toMatch(/at most 200 characters/)
    expect(queryProblem('dark')).toBeNull()
    expect(searchIndex(index, 'dark '.repeat(2_048), 8).length).toBeLessThanOrEqual(8)
  })
})

describe('search never', () => {
  const alphabet = fc.constantFrom(...'abz019 가힣ㄱㅏ進撃アあé×&!"\u0000\u202e\ud83d\ude00\ud83d')
  const anything = fc.oneof(fc.string(), fc.string({ unit: alphabet, maxLength: 250 }))

  it('throws, or answers more than asked', () => {
    fc.assert(
      fc.property(anything, fc.integer({ min: -1, max: 60 }), (query, limit) => {
        expect(searchIndex(index, query, limit).length).toBeLessThanOrEqual(Math.max(0, limit))
      }),
    )
  })

  it('loses a show under its own exact title, in any script', () => {
    const title = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
      .filter((t) => cleanQuery(t) === t)
    fc.assert(
      fc.property(fc.uniqueArray(title, { minLength: 1, maxLength: 20 }), (titles) => {
        const many = titles.map((text, i) => show(`s${i}`, text))
        const own = buildIndex(many)
        for (const { slug, title: text } of many) {
          const results = searchIndex(own, text, 50).map((result) => result.slug)
          expect(results.length === 0 || results.includes(slug)).toBe(true)
          if (/[\p{L}\p{N}]/u.test(text)) expect(results).toContain(slug)
        }
      }),
    )
  })

  it('depends on the order in which shows were read', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(shows, { minLength: shows.length, maxLength: shows.length }),
        fc.constantFrom('d', 'kingdom', 'the', 'squid', 'ㅈ', 'dak', 'game'),
        (shuffled, query) => {
          const results = searchIndex(buildIndex(shuffled), query, 8).map((result) => result.slug)
          expect(results).toEqual(slugs(query))
        },
      ),
    )
  })
})

describe('typing errors', () => {
  const word = fc.string({ unit: fc.constantFrom(...'abcd'), minLength: 1, maxLength: 31 })

  it('are counted alike on bits and by table', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        const match = new TypoMatcher(a).match(b)
        if (match?.where === 'whole') expect(editDistance(a, b, 10)).toBe(match.distance)
      }),
      { numRuns: 1_000 },
    )
  })

  it('a wrong, missing, added or swapped letter is one error', () => {
    expect(editDistance('walking', 'walling', 3)).toBe(1)
    expect(editDistance('walking', 'waking', 3)).toBe(1)
    expect(editDistance('walking', 'wallking', 3)).toBe(1)
    expect(editDistance('walking', 'wakling', 3)).toBe(1)
    expect(editDistance('walking', 'talks', 2)).toBe(99)
  })
})
