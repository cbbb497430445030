import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { barestReading, readAsked } from '@/lib/search/asked'
import { buildIndex } from '@/lib/search/names'
import { searchIndex } from '@/lib/search/rules'
import type { SearchableShow } from '@/lib/search/types'

const show = (slug: string, title: string, more: Partial<SearchableShow> = {}): SearchableShow => ({
  slug,
  title,
  year: 2020,
  popularity: 10,
  names: [],
  ...more,
})

const index = buildIndex([
  show('lantern', 'Lantern'),
  show('harbour-us', 'Harbour', { country: 'United States', year: 2019, popularity: 80 }),
  show('harbour-uk', 'Harbour', { country: 'United Kingdom', year: 2008 }),
  show('la-orilla', 'La orilla', { country: 'Spain' }),
  show('season-of-the-fox', 'Season of the Fox'),
  show('fox', 'Fox', { popularity: 90 }),
  show('the-final-season', 'The Final Season'),
  show('part-of-us', 'Part of Us'),
  show('room-12', 'Room 12'),
  show('room', 'Room', { popularity: 90 }),
  show('1911', '1911'),
  show('36', '36'),
  show('dr-ember', 'Dr. Ember'),
  show('saint-mary', 'St. Mary'),
  show('nine-lives', 'Nine Lives'),
  show('salt-and-smoke', 'Salt & Smoke'),
  show('the-long-years', 'The Long Years'),
  show('plan-a', 'Plan A'),
  show('plan', 'Plan', { popularity: 90 }),
  show('a-b-clinic', 'A.B. Clinic'),
  show('b-clinic', 'B Clinic', { popularity: 90 }),
  show('w-h-a-l-e', 'W.H.A.L.E.'),
  show('hoshi', 'Star Road', {
    names: ['Hoshi no Michi e', '星の道へ', 'Star Road 2nd Season', 'ほしゅう'],
    country: 'Japan',
  }),
  show('byeol', 'Night Letters', { names: ['밤의 편지'], country: 'South Korea' }),
  show('jinling', 'Golden Bell', { names: ['金铃记事'], country: 'China' }),
  show('mums-kitchen', "Mum's Kitchen"),
  show('when-owls-call', 'When Owls Call'),
  show('you', 'You'),
])
const first = (query: string) => {
  const found = searchIndex(index, query, 5)[0]
  return found ? `${found.slug}${found.season === undefined ? '' : ` ${found.season}`}` : null
}

const THIRD_SEASON = `
Lantern third season; third season of Lantern; Lantern 3rd Season; Lantern S03; lantern s3; Lantern s03e05; Lantern 3x05
season 3 of Lantern; Lantern season three; Lantern (Season 3); Lantern: Season 3; Lantern series 3; Lantern season3
Lantern part 3; Lantern III; Lantern 3; the third season of the Lantern; Season III Lantern; Lantern season 3 episode 4
Lantern Staffel 3; Lantern 3. Staffel; dritte Staffel Lantern; Lantern die dritte Staffel; Lantern staffel3
Lantern saison 3; Lantern 3ème saison; la troisième saison de Lantern; Lantern saison trois
Lantern temporada 3; tercera temporada de Lantern; Lantern 3ª temporada; Lantern T3; Lantern temporada nº 3
Lantern stagione 3; la terza stagione di Lantern; Lantern terceira temporada; Lantern 3a stagione
Lantern sezon 3; trzeci sezon Lantern; Lantern 3. sezon; Lantern üçüncü sezon
Lantern 3 сезон; третий сезон Lantern; Lantern 3-й сезон; Lantern сезон 3
Lantern シーズン3; Lantern 第3期; Lantern 第三期; Lantern サードシーズン; Lantern3期; Lantern3期いつ
Lantern 시즌 3; Lantern 시즌3; Lantern 3기; Lantern 세 번째 시즌; Lantern第三季; Lantern 第3季; Lantern 第３季
Lantern seizoen 3; Lantern säsong 3; Lantern sesong 3; Lantern kausi 3; Lantern 3. évad; Lantern sezona 3
Lantern الموسم الثالث; Lantern सीज़न 3; Lantern ซีซั่น 3; Lantern mùa 3; Lantern עונה 3; Lantern σεζόν 3
when is Lantern season 3 coming out; Lantern season 3 release date; is Lantern getting a third season
Lantern when does season 3 come out; what time does Lantern season 3 come out; Lantern season 3 on Netflix
wann kommt Lantern Staffel 3; kommt eine dritte Staffel von Lantern; quand sort Lantern saison 3
à quand la saison 3 de Lantern; Lantern temporada 3 fecha de estreno; Lantern 3. sezon ne zaman
когда выйдет Lantern 3 сезон; Lantern 第3期 いつ; Lantern 시즌 3 공개일; Lantern第三季什么时候
`
const NO_NUMBER = `
Lantern renewed; is Lantern cancelled; Lantern release date; new season of Lantern; how many seasons of Lantern are there
Lantern abgesetzt; Lantern annulée; Lantern kiedy nowy sezon; neue Staffel Lantern; combien de saisons Lantern
`
const asked = (lines: string) =>
  lines
    .trim()
    .split(/;|\n/)
    .map((query) => query.trim())

describe('a season may be asked for with the name', () => {
  test.each(asked(THIRD_SEASON))('%s', (query) => expect(first(query)).toBe('lantern 3'))

  test('with a slip of the finger in the name', () => {
    expect(first('lantren season 3')).toBe('lantern 3')
    expect(first('lanternn staffel 2')).toBe('lantern 2')
  })

  test('a part is what some services call a season, a cour never is', () => {
    expect(first('Lantern season 2 part 1')).toBe('lantern 2')
    expect(first('Lantern cour 2')).toBe('lantern')
    // Of which season it is a part, its number does not say.
    for (const query of ['Lantern the final season part 2', 'Lantern part 2 of the last season'])
      expect(first(query)).toBe('lantern')
    expect(readAsked('Lantern cour 2')[0]).toMatchObject({ title: 'Lantern', season: null, part: 2 })
  })

  test('a name of one of its seasons says which', () => {
    expect(first('Star Road 2nd Season')).toBe('hoshi 2')
    expect(first('Star Road')).toBe('hoshi')
  })

  test('a question without a number asks for the show', () => {
    for (const query of asked(NO_NUMBER)) expect(first(query), query).toBe('lantern')
    expect(first('when is you coming back')).toBe('you')
  })
})

describe('a name that holds such words itself wins', () => {
  test.each([
    ['Season of the Fox', 'season-of-the-fox'],
    ['season of the f', 'season-of-the-fox'],
    ['The Final Season', 'the-final-season'],
    ['Part of Us', 'part-of-us'],
    ['Room 12', 'room-12'],
    ['room 1', 'room-12'],
    ['1911', '1911'],
    ['36', '36'],
    ['When Owls Call', 'when-owls-call'],
    ['Plan A', 'plan-a'],
  ])('%s', (query, slug) => expect(first(query)).toBe(slug))

  test('and may have its own season asked for', () => {
    expect(first('The Final Season season 2')).toBe('the-final-season 2')
    expect(first('1911 saison 2')).toBe('1911 2')
    expect(first('36 2. Staffel')).toBe('36 2')
    expect(first('Room 12 season 3')).toBe('room-12 3')
    expect(first('When Owls Call release date')).toBe('when-owls-call')
  })

  test('any name of a show is first under its own name, whatever words it is made of', () => {
    const word = fc.constantFrom(
      ...'Season Second Part Final The of 2 II 3rd Staffel saison temporada sezon when is release us uk 2005 New A S02'.split(
        ' ',
      ),
    )
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), (words) => {
        const title = words.join(' ')
        const own = buildIndex([show('own', title), show('fox', 'Fox'), show('of', 'Of'), show('the', 'The')])
        const results = searchIndex(own, title, 3)
        expect(results.filter(({ nearness }) => nearness === 'same').map(({ slug }) => slug)).toContain('own')
        if (!['of', 'the'].includes(title.toLowerCase()))
          expect(results[0]!.title.toLowerCase()).toBe(title.toLowerCase())
      }),
    )
  })
})

describe('another spelling is the same name', () => {
  test.each([
    ['Doctor Ember', 'dr-ember'],
    ['dr ember', 'dr-ember'],
    ['Doctor Ember season 2', 'dr-ember 2'],
    ['Saint Mary', 'saint-mary'],
    ['9 lives', 'nine-lives'],
    ['Nueve Lives', 'nine-lives'],
    ['Salt and Smoke', 'salt-and-smoke'],
    ['Salt und Smoke', 'salt-and-smoke'],
    ['Salt y Smoke', 'salt-and-smoke'],
    ['Salt &amp; Smoke', 'salt-and-smoke'],
    ['Mum&#039;s Kitchen', 'mums-kitchen'],
    ['Long Years, The', 'the-long-years'],
    ['Long Years, The season 2', 'the-long-years 2'],
    ['orilla, La', 'la-orilla'],
    ['whale', 'w-h-a-l-e'],
    ['A.B. Clinic', 'a-b-clinic'],
    ['AB Clinic', 'a-b-clinic'],
    ['hoshi no michi he', 'hoshi'],
    ['hoshinomichie', 'hoshi'],
    ['hosi no miti e', 'hoshi'],
    ['hoshuu', 'hoshi'],
    ['hoshū', 'hoshi'],
    ['bamui pyeonji', 'byeol'],
    ['bam ui pyonji', 'byeol'],
    ['金鈴記事', 'jinling'],
    ['jin ling ji shi', 'jinling'],
  ])('%s', (query, found) => expect(first(query)).toBe(found))

  test('a country or a year beside a name puts the one that is meant first', () => {
    expect(first('Harbour')).toBe('harbour-us')
    for (const query of ['harbour uk', 'Harbour (UK)', 'british harbour', 'harbour 2008', 'Harbour (2008)'])
      expect(first(query), query).toBe('harbour-uk')
    expect(first('harbour us')).toBe('harbour-us')
    expect(first('harbour uk season 2')).toBe('harbour-uk 2')
  })
})

describe('other words around a name', () => {
  const found = (query: string) =>
    searchIndex(index, query, 3).map(({ slug, season, nearness }) => [slug, season, nearness])

  test.each([
    ['night letters film', 'byeol'],
    ['the lantern cinema', 'lantern'],
    ['famous star road', 'hoshi'],
  ])('%s', (query, slug) => expect(found(query)).toEqual([[slug, undefined, 'near']]))

  test('keep the season that was asked for', () => {
    expect(found('famous star road season 2')[0]).toEqual(['hoshi', 2, 'near'])
  })

  test('make no answer of one word in the midst of others, nor of a short one', () => {
    for (const query of ['some big lantern', 'you big thing']) expect(found(query)).toEqual([])
  })
})

describe('reading a query', () => {
  test('never fails, leaves something of a title, and takes nothing from the words that are left', () => {
    const words = fc.constantFrom(
      ...'season 2 staffel the of II 第2期 시즌 S03 part when is release date, The – (US) 2005 fox "x" 。 ١ é &amp; \u0000'.split(
        ' ',
      ),
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(words, fc.string({ maxLength: 8 })), { maxLength: 14 }), (parts) => {
        const query = parts.join(' ')
        const readings = readAsked(query)
        expect(readings.length).toBeLessThanOrEqual(60)
        for (const { title, season } of readings) {
          expect(title).not.toBe('')
          if (season !== null) expect(Number.isInteger(season)).toBe(true)
        }
        expect(typeof barestReading(query).title).toBe('string')
        expect(searchIndex(index, query, 5).length).toBeLessThanOrEqual(5)
      }),
    )
  })
})
