import { expect, test } from 'vitest'
import { composeSummary } from '@/lib/pages/rules'
import type { SeasonView } from '@/lib/pages/types'

const season = (number: number, recorded: boolean) => ({ number, recorded, premiere: null }) as SeasonView

const bare = {
  title: 'Nameless',
  kind: 'scripted',
  country: null,
  network: null,
  genres: [],
  year: null,
  seasons: [],
  creators: [],
  sourceMaterial: null,
  cast: [],
}

test('a show of which little is known gets a short sentence, not an invented one', () => {
  expect(composeSummary(bare)).toBe('Nameless is a series.')
})

test('the season people wait for is not counted among those on record', () => {
  const show = {
    ...bare,
    title: 'Dead',
    year: 2010,
    seasons: [season(1, true), season(2, true), season(3, false)],
  }
  expect(composeSummary(show)).toContain('2 seasons are on record, the first from 2010.')
})

test('the sentence names what the record states: kind, country, network, genres, leads', () => {
  const show = {
    ...bare,
    kind: 'anime',
    country: 'Japan',
    network: { slug: 'tokyo-mx', name: 'Tokyo MX' },
    genres: [
      { slug: 'drama', name: 'Drama' },
      { slug: 'anime', name: 'Anime' },
    ],
    sourceMaterial: 'a manga',
    cast: [{ person: 'Reina Ueda', character: null, returning: null, claimId: null, said: null }],
  }
  expect(composeSummary(show)).toBe(
    'Nameless is an anime series from Japan, on Tokyo MX: drama. It is based on a manga. With Reina Ueda.',
  )
})

test.each([
  ['light novel', 'It is based on a light novel.'],
  ['manga by Yū Chiba', 'It is based on a manga by Yū Chiba.'],
  ['novels by Jenny Han', 'It is based on novels by Jenny Han.'],
  ['DC comics', 'It is based on DC comics.'],
  ['spin-off of Yellowstone', 'It is a spin-off of Yellowstone.'],
])('what it comes from is said as a sentence: %s', (sourceMaterial, sentence) => {
  expect(composeSummary({ ...bare, sourceMaterial })).toBe(`Nameless is a series. ${sentence}`)
})

test('a story told first on screen is based on nothing', () => {
  expect(composeSummary({ ...bare, sourceMaterial: 'original' })).toBe('Nameless is a series.')
})
