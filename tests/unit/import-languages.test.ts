/** The words that services write beside a show's name, in the languages of their accounts. */
import { describe, expect, it } from 'vitest'
import { readUpload } from '@/lib/imports/read'
import { cutSeason, seasonPart, withoutTags } from '@/lib/shared/season-part'
import { SEASON_WORDS } from '@/lib/shared/season-words'

const rowsOf = (text: string) => {
  const reading = readUpload(Buffer.from(text), 'list.csv')
  return reading.ok ? reading.rows : []
}
const netflix = (...titles: string[]) =>
  rowsOf(`Title,Date\n${titles.map((title) => `"${title}","1/2/26"`).join('\n')}\n`)
const prime = (...titles: string[]) =>
  rowsOf(
    `Date Watched,Type,Title,Episode,Global Title Identifier\n${titles.map((title) => `2026-01-01,Series,"${title}",E,amzn1.x`).join('\n')}\n`,
  )

const LANGUAGES = Object.entries(SEASON_WORDS)

describe('the words for seasons', () => {
  it.each(LANGUAGES)('of %s are composed, lower case and each there once', (_, words) => {
    for (const list of Object.values(words) as string[][]) {
      expect(new Set(list).size).toBe(list.length)
      for (const word of list) expect(word).toBe(word.normalize('NFC').toLowerCase())
    }
  })

  it.each(LANGUAGES)(
    'of %s are a season’s name beside a number, before it or behind',
    (_, { season, part = [] }) => {
      for (const word of [...season, ...part]) {
        expect(seasonPart(`${word} 2`), word).toEqual({ season: 2 })
        expect(seasonPart(`${word.toUpperCase()} 12`), word).toEqual({ season: 12 })
        expect(seasonPart(`2. ${word}`), word).toEqual({ season: 2 })
        expect(seasonPart(`${word} of something`), word).toBe(null)
      }
    },
  )

  it.each(LANGUAGES)('of %s without a number stand in a season’s place', (_, { single = [] }) => {
    for (const word of single) expect(seasonPart(word), word).toEqual({ season: null })
  })

  it('are read with numbers in the digits, numerals and words of their languages', () => {
    for (const [text, season] of [
      ['الموسم ٢', 2],
      ['सीज़न ३', 3],
      ['第二季', 2],
      ['第 3 季', 3],
      ['シーズン４', 4],
      ['第2期', 2],
      ['시즌2', 2],
      ['2기', 2],
      ['Part II', 2],
      ['Book Three', 3],
      ['2nd Season', 2],
      ['2-й сезон', 2],
      ['2ª temporada', 2],
      ['Zweite Staffel', 2],
      ['Troisième saison', 3],
      ['Второй сезон', 2],
      ['الموسم الثالث', 3],
      ['Ikinci sezon', 2],
    ] as const)
      expect(seasonPart(text), text).toEqual({ season })
    for (const title of [
      'Season of the Witch',
      'The Season',
      'Part of Me',
      'Bookworm 2',
      'Serial 3',
      'Seizoensgebonden 1',
    ])
      expect(seasonPart(title), title).toBe(null)
  })
})

describe('a history of Netflix', () => {
  it.each(LANGUAGES)('in %s names the show whole, a colon of its own in it', (_, { season }) => {
    for (const word of season) {
      expect(netflix(`Winter: Harbour: ${word} 2: A: Lamp`)[0], word).toMatchObject({
        title: 'Winter: Harbour',
        season: 2,
      })
      expect(netflix(`Winter: Harbour: 2. ${word}: Lamp`)[0], word).toMatchObject({
        title: 'Winter: Harbour',
        season: 2,
      })
    }
  })

  it('is read with a blank before the colon, a wide colon, a named season and one without a number', () => {
    expect(netflix('Winter: Harbour : Saison 1 : Chapitre un')[0]).toMatchObject({
      title: 'Winter: Harbour',
      season: 1,
    })
    expect(netflix('冬港：第 2 季：灯')[0]).toMatchObject({ title: '冬港', season: 2 })
    expect(netflix('Lantern Street: Lantern Street 4: One')[0]).toMatchObject({
      title: 'Lantern Street',
      season: 4,
    })
    expect(netflix('Lantern: The Last Lamp: Book One, Water: One')[0]).toMatchObject({
      title: 'Lantern: The Last Lamp',
    })
    expect(netflix('Paper Kite: Limited Series: Openings')[0]).toMatchObject({
      title: 'Paper Kite',
      season: null,
    })
    expect(netflix('Paper Kite: Part of Me: Season 1: One')[0]).toMatchObject({
      title: 'Paper Kite: Part of Me',
    })
  })

  it('keeps every name that a show may go by where no word marks its end', () => {
    expect(netflix('Winter: Harbour: Qqq: Lamp')[0]).toMatchObject({
      title: 'Winter: Harbour: Qqq',
      orNames: ['Winter: Harbour', 'Winter'],
    })
  })
})

describe('a history of Prime Video', () => {
  it('names the show without its season and without what is put behind it', () => {
    for (const [whole, title, season] of [
      ['Lantern Street - Staffel 4 [dt./OV]', 'Lantern Street', 4],
      ['Winter Harbour - Season 2 (4K UHD)', 'Winter Harbour', 2],
      ['Winter Harbour, Saison 3 [OV/OmU]', 'Winter Harbour', 3],
      ['Lantern Street Season 1', 'Lantern Street', 1],
      ['Lantern Street – 2. sezon', 'Lantern Street', 2],
      ['ランタン シーズン２', 'ランタン', 2],
      ['Lantern Street (2019) - Series 2 - Ultra HD', 'Lantern Street (2019)', 2],
      ['Lantern Street: Miniserie [OV]', 'Lantern Street', null],
      ['Peeping Tom 2', 'Peeping Tom 2', null],
      ['Lantern Street', 'Lantern Street', null],
    ] as const)
      expect(prime(whole)[0], whole).toMatchObject({ title, season })
    expect(prime('Lantern Street - Qqq 2')[0]).toMatchObject({ orNames: ['Lantern Street'] })
    expect(withoutTags('[OV]')).toBe('[OV]')
    expect(cutSeason('Season 2')).toBe(null)
  })
})

describe('a list of IMDb', () => {
  const typed = (type: string) =>
    readUpload(
      Buffer.from(
        `Const,Your Rating,Title,Title Type,Year\ntt7000001,8,Lantern Street,${type},2019\ntt7000002,8,Else,TV Series,2019\n`,
      ),
      'ratings.csv',
    )
  const kindOf = (type: string) => {
    const reading = typed(type)
    if (!reading.ok) return reading.message
    return reading.rows.find(({ title }) => title === 'Lantern Street')?.kind ?? reading.unreadable[0]?.reason
  }

  it('has its series known in every language it exports', () => {
    for (const type of [
      ...[
        'TV Series',
        'TV Mini Series',
        'tvSeries',
        'Fernsehserie',
        'Miniserie',
        'Série télévisée',
        'Mini-série',
        'Serie TV',
      ],
      ...[
        'Serie de TV',
        'Miniserie de TV',
        'Série de TV',
        'Minissérie',
        'टीवी सीरीज़',
        'TV मिनी सीरीज़',
        'SERIE DE TELEVISIÓN',
      ],
    ])
      expect(kindOf(type), type).toBe('show')
  })

  it('has its films, episodes, games and podcasts known, and none of them is a series', () => {
    for (const type of [
      'Movie',
      'Film',
      'Fernsehfilm',
      'Téléfilm',
      'Película',
      'Filme',
      'Kurzfilm',
      'TV Special',
      'Video',
      'फ़िल्म',
    ])
      expect(kindOf(type), type).toBe('film')
    for (const [type, reason] of [
      ['Videospiel', 'It is a game.'],
      ['Jeu vidéo', 'It is a game.'],
      ['Podcast-Serie', 'It is a podcast.'],
      ['Musikvideo', 'It is a music video.'],
      ['Fernsehepisode', 'It is an episode, and the list does not say of which show.'],
      ['Épisode de série', 'It is an episode, and the list does not say of which show.'],
    ])
      expect(kindOf(type!), type).toBe(reason)
  })

  it('is not taken for films where a word for a type is one nobody knows', () => {
    expect(kindOf('Qqq')).toBe('unknown')
    expect(kindOf('')).toBe('unknown')
  })
})
