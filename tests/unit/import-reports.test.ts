/** What people reported to other importers, composed anew and tried on ours (docs/reports-tried.md). */
import { describe, expect, it } from 'vitest'
import { readUpload } from '@/lib/imports/read'

const read = (text: string, name = 'list') => {
  const reading = readUpload(Buffer.from(text), name)
  if (!reading.ok) throw new Error(reading.message)
  return reading
}
const titles = (text: string) => read(text).rows.map(({ title }) => title)

describe('a list of other tools', () => {
  it('with an id that is null is read by the ids that are there', () => {
    const items = [
      { id: null, imdb_id: 'tt7000003', title: 'Ten Lamps', release_year: '1989' },
      { id: 770001, imdb_id: null, title: 'Lantern Street', release_year: '2019' },
    ]
    expect(read(JSON.stringify(items)).rows).toMatchObject([
      { title: 'Ten Lamps', year: 1989, ids: { imdb: 'tt7000003' } },
      { title: 'Lantern Street', year: 2019 },
    ])
  })

  it('with a bracket too many at its end is read to that bracket, which is named', () => {
    const reading = read('[{"title":"Lantern Street"},{"title":"Winter Harbour"}]}]')
    expect(reading.rows.map(({ title }) => title)).toEqual(['Lantern Street', 'Winter Harbour'])
    expect(reading.unreadable).toMatchObject([{ reason: 'It is JSON with a mistake in it.' }])
  })

  it('written by hand after Ryot’s guide is Ryot’s, without the export around it', () => {
    const item = {
      lot: 'Show',
      identifier: '770001',
      source: 'Tmdb',
      source_id: 'Lantern Street',
      seen_history: [],
    }
    expect(read(JSON.stringify([item]))).toMatchObject({
      service: 'Ryot',
      rows: [{ title: 'Lantern Street', ids: { tmdb: '770001' }, kind: 'show' }],
    })
  })

  it('with nothing but ids, whether a header stands above them or not, is read', () => {
    for (const text of [
      'imdb\ntt7000001\ntt7000002\n',
      'tt7000001\ntt7000002\n',
      '"tt7000001"\r\n"tt7000002"\r\n',
    ])
      expect(read(text).rows.map(({ ids }) => ids.imdb)).toEqual(['tt7000001', 'tt7000002'])
  })

  it('with episodes in it is read by the column of the show, or says that it has none', () => {
    const sheet =
      'show,season,episode,title\nLantern Street,2,3,The Lamp\nLantern Street,2,4,The Other Lamp\n'
    expect(read(sheet).rows).toMatchObject([{ title: 'Lantern Street', season: 2 }])
    const typed = 'type,title,tmdb_id\nepisode,The Lamp,770001\nshow,Winter Harbour,770002\n'
    expect(read(typed)).toMatchObject({
      rows: [{ title: 'Winter Harbour' }],
      unreadable: [
        { title: 'The Lamp', reason: 'It is an episode, and the list does not say of which show.' },
      ],
    })
  })

  it('with thousands of lines of commas at its end is read, and the lines are not each said', () => {
    const reading = read(`title,year\nLantern Street,2019\n${',\n'.repeat(9_000)}`)
    expect(reading.rows).toHaveLength(1)
    expect(reading.unreadable).toHaveLength(101)
    expect(reading.unreadable.at(-1)).toMatchObject({
      line: 9002,
      reason: expect.stringContaining('8,900 more'),
    })
  })

  it('with its lists in objects, or lists of lists, is read to the titles', () => {
    const nested = {
      user: 'x',
      data: {
        lists: [
          { name: 'Seen', items: [{ title: 'Lantern Street' }] },
          { name: 'Empty', items: [] },
        ],
      },
    }
    expect(titles(JSON.stringify(nested))).toContain('Lantern Street')
    expect(titles(JSON.stringify(nested))).not.toContain('Seen')
    const films = {
      shows: [{ title: 'Winter Harbour', seasons: [{ name: 'Season 1' }] }],
      movies: [{ title: 'A Film' }],
    }
    expect(read(JSON.stringify(films)).rows.map(({ title, kind }) => [title, kind])).toEqual([
      ['Winter Harbour', 'unsaid'],
      ['A Film', 'film'],
    ])
  })

  it('with several ids of one site for a show is read by one of them', () => {
    const lines =
      '{"ids":{"mal":["660001","660002"],"tvdb":"880001"},"title":"Paper Kite"}\n{"ids":{"mal":[]},"title":"Iron Well"}'
    expect(read(lines).rows).toMatchObject([
      { title: 'Paper Kite', ids: { mal: '660001', tvdb: '880001' } },
      { title: 'Iron Well', ids: {} },
    ])
  })

  it('in UTF-16 without its mark is read', () => {
    const reading = readUpload(Buffer.from('title,year\r\nLantern Street,2019\r\n', 'utf16le'), 'list.csv')
    expect(reading.ok && reading.rows).toMatchObject([{ title: 'Lantern Street', year: 2019 }])
  })

  it('with nothing but names in a text file is read', () => {
    expect(titles('Lantern Street\nLove, Lamps & Lanterns\n24\n\nWinter Harbour (2021)\n')).toEqual([
      'Lantern Street',
      'Love, Lamps & Lanterns',
      '24',
      'Winter Harbour',
    ])
  })
})

describe('Trakt’s own guide', () => {
  it('has flat items, of which one may be watched, rated and wished for at once', () => {
    const flat = [
      {
        imdb_id: 'tt7000001',
        type: 'show',
        watched_at: '2025-01-01T00:00:00Z',
        rating: 9,
        rated_at: '2025-01-02T00:00:00Z',
      },
      { tmdb_id: '770002', type: 'show', watchlisted_at: '2025-01-01T00:00:00Z' },
      { tmdb_id: 770002, type: 'movie', watched_at: '2025-01-01T00:00:00Z', title: 'A Film' },
      { tvdb_id: 11, type: 'episode', watched_at: '2025-01-01T00:00:00Z' },
      { trakt_id: 12, type: 'season', watchlisted_at: '2025-01-01T00:00:00Z', title: 'Season 2' },
    ]
    const reading = read(JSON.stringify(flat))
    expect(reading.service).toBe('Trakt')
    expect(reading.rows).toMatchObject([
      { ids: { imdb: 'tt7000001' }, kind: 'show', state: 'watching' },
      { ids: { tmdb: '770002' }, kind: 'show', state: 'planned' },
      { ids: { tmdb: '770002' }, kind: 'film' },
    ])
    // The number of an episode is no show's.
    expect(reading.unreadable.map(({ reason, line }) => [line, reason])).toEqual([
      [4, 'It is an episode, and the list does not say of which show.'],
      [5, 'It is a season, and the list does not say of which show.'],
    ])
  })
})

describe('a history of Netflix', () => {
  it('keeps a show’s own colons, a season that is not the second part, and leaves films to the reader', () => {
    const lines = [
      'Quiz Night!: Tournament of Champions: Season 29: Quarterfinal Game 1',
      'Mystery Kitchens: Season 8: Bad Credit',
      'Mystery Kitchens: Series 9: Bad Debt',
      'Homeward: The Long Way',
    ]
    const reading = read(`Title,Date\n${lines.map((line) => `"${line}","1/2/26"`).join('\n')}\n`)
    expect(reading.rows.map(({ title, season }) => [title, season])).toEqual([
      ['Quiz Night!: Tournament of Champions', 29],
      ['Mystery Kitchens', 9],
    ])
    expect(reading.unreadable.map(({ title, line }) => [title, line])).toEqual([
      ['Homeward: The Long Way', 5],
    ])
  })
})
