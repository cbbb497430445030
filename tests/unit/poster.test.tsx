import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { motifOf, motifsOf, type PosterSubject } from '@/app/_components/poster/motif-rules'
import { MOTIFS } from '@/app/_components/poster/motifs'
import { Poster } from '@/app/_components/poster/poster'
import { APART, LAYOUTS, languageOf, PALETTES, posterOf, posterRow } from '@/app/_components/poster/rules'
import { widthOf, wrapTitle } from '@/app/_components/poster/title'

interface StarterRecord {
  slug?: string
  title: string
  original_title?: string | null
  genres?: string[] | null
  kind?: string | null
  seasons?: { premiere?: string | null }[] | null
}

const starter: PosterSubject[] = readFileSync('db/starter/catalogue.ndjson', 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line) as StarterRecord)
  .map((record, i) => ({
    slug: record.slug ?? `show-${i}`,
    title: record.title,
    originalTitle: record.original_title ?? null,
    genres: record.genres ?? [],
    kind: record.kind ?? '',
    year: Number(record.seasons?.[0]?.premiere?.slice(0, 4)) || null,
  }))

const show = (facts: Partial<PosterSubject>): PosterSubject => ({
  slug: 'a-show',
  title: 'A Show',
  originalTitle: null,
  genres: [],
  kind: 'scripted',
  year: 2022,
  ...facts,
})

const titles = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 120 }),
  fc.string({ unit: fc.constantFrom(...'지금우리학교는 좀비'), minLength: 1, maxLength: 80 }),
  fc.string({ unit: fc.constantFrom(...'葬送のフリーレン、！ー'), minLength: 1, maxLength: 120 }),
)

describe('the covers we draw', () => {
  test('a show has the same cover every time it is drawn', () => {
    fc.assert(
      fc.property(titles, fc.option(fc.integer({ min: 1930, max: 2100 })), (title, year) => {
        expect(posterOf(show({ title, year }))).toEqual(posterOf(show({ title, year })))
      }),
    )
  })

  test('at least 95 in 100 covers of the starter catalogue differ even without their titles', () => {
    const signatures = new Set(starter.map((one) => posterOf(one).signature))
    expect(signatures.size / starter.length).toBeGreaterThanOrEqual(0.95)
  })

  test('in a wall of six columns or fewer, no cover carries the drawing of one beside or above it', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            slug: fc.stringMatching(/^[a-z]{1,8}$/),
            genres: fc.subarray(['Zombies', 'Drama', 'Comedy', 'Crime', 'Anime', 'Police', 'Talk', 'Legal']),
            kind: fc.constantFrom('scripted', 'anime', 'talk'),
          }),
          { maxLength: 30 },
        ),
        (list) => {
          const row = posterRow(list.map(show))
          for (const [i, { motif }] of row.entries())
            expect(row.slice(Math.max(0, i - APART), i).map((near) => near.motif)).not.toContain(motif)
        },
      ),
    )
  })

  test('no two neighbours in the starter catalogue look alike, and each has a drawing that suits it', () => {
    const row = posterRow(starter)
    for (const [i, design] of row.entries()) {
      const before = row[i - 1]
      const name = `${starter[i]?.title} beside ${starter[i - 1]?.title}`
      expect(before?.motif, name).not.toBe(design.motif)
      expect(before?.layout === design.layout && before.palette === design.palette, name).toBe(false)
      expect(motifsOf(starter[i]!), name).toContain(design.motif)
    }
  })

  test('the first cover of a list is the one its show has alone', () => {
    for (const one of starter.slice(0, 200)) expect(posterRow([one])).toEqual([posterOf(one)])
  })

  test('every drawing, composition and era of ink is used by some show of the catalogue', () => {
    const designs = starter.map((one) => posterOf(one))
    expect(new Set(designs.map(({ motif }) => motif)).size).toBe(Object.keys(MOTIFS).length)
    expect(new Set(designs.map(({ layout }) => layout)).size).toBe(LAYOUTS)
    expect(new Set(designs.map(({ palette }) => palette)).size).toBe(PALETTES)
  })

  test('every palette of the rules has its inks in the style sheet', () => {
    const css = readFileSync('app/_components/poster/poster.css', 'utf8')
    for (let palette = 0; palette < PALETTES; palette++) expect(css).toContain(`.p${palette} {`)
  })

  test('no title, whatever its signs, ends its lettering or adds a shape to its cover', () => {
    const shapes = (text: string) => text.match(/<\/?[a-z]+/g) ?? []
    const signs = fc.string({ unit: fc.constantFrom('<', '>', '"', "'", '&', '/', 'x', ' '), minLength: 1 })
    fc.assert(
      fc.property(fc.oneof(titles, signs, fc.constant('</text><script>1</script>')), (title) => {
        const design = posterOf({ ...starter[0]!, title })
        const drawn = renderToStaticMarkup(<Poster design={design} />)
        const plain = { ...design, lines: design.lines.map((line) => ({ ...line, text: 'x' })) }
        expect(shapes(drawn)).toEqual(shapes(renderToStaticMarkup(<Poster design={plain} />)))
      }),
    )
  })

  test('a cover takes at most 2 kB of markup', () => {
    const bytes = starter.map((one) => renderToStaticMarkup(<Poster design={posterOf(one)} />).length)
    expect(Math.max(...bytes)).toBeLessThanOrEqual(2_048)
  })

  test('no title of the catalogue leaves its sheet', () => {
    for (const one of starter)
      for (const line of posterOf(one).lines) {
        expect(line.x + widthOf(line.text) * line.size, line.text).toBeLessThanOrEqual(200)
        expect(line.y, line.text).toBeLessThanOrEqual(298)
        expect(line.y - line.size, line.text).toBeGreaterThanOrEqual(0)
      }
  })

  test('a title is set whole, in any script, inside its box', () => {
    const box = { x: 14, y: 200, width: 172, height: 86, edge: 'bottom' as const }
    fc.assert(
      fc.property(titles, (title) => {
        const lines = wrapTitle(title, box)
        for (const line of lines) {
          expect(widthOf(line.text) * line.size).toBeLessThanOrEqual(box.width + 0.01)
          expect(line.y).toBeLessThanOrEqual(box.y + box.height)
        }
        const bare = (text: string) => text.normalize('NFC').replace(/[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
        const set = bare(lines.map((line) => line.text).join(''))
        if (!set.endsWith('…')) expect(set).toBe(bare(title))
      }),
    )
  })

  test('a zombie story gets the hands or the skull, whatever else it is', () => {
    const motif = motifOf(show({ genres: ['coming-of-age', 'zombie apocalypse', 'Drama'] }))
    expect(['hands', 'skull']).toContain(motif)
  })

  test('a cover speaks the language of its own title', () => {
    expect(languageOf('지금 우리 학교는')).toBe('ko')
    expect(languageOf('葬送のフリーレン')).toBe('ja')
    expect(languageOf('진격의 거인')).toBe('ko')
    expect(languageOf('七人魔法使', 'Japan')).toBe('ja')
    expect(languageOf('三体', 'China')).toBe('zh')
    expect(languageOf('三体')).toBe('und-Hani')
    expect(languageOf('Élite')).toBeNull()
  })
})
