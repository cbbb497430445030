import { expect, test } from 'vitest'
import { differenceWords } from '@/app/_components/show/difference-words'

test('the page says in plain words who gives what, dates as precise as they were given', () => {
  const episodes = {
    field: 'episodes' as const,
    shown: { value: '8', providers: ['tvmaze-2025', 'TVmaze'] },
    others: [{ value: '7', providers: ['bangumi-data'] }],
  }
  expect(differenceWords(episodes)).toBe('8 (TVmaze); bangumi-data says 7')
  const premiere = {
    field: 'premiere' as const,
    shown: { value: '2023-05-02', providers: ['by-hand'] },
    others: [
      { value: '2023-06', providers: ['tmdb', 'anilist'] },
      { value: '2022', providers: ['someone'] },
    ],
  }
  expect(differenceWords(premiere)).toBe(
    '2 May 2023 (common knowledge); TMDB, AniList say June 2023; someone says 2022',
  )
  expect(differenceWords({ ...premiere, field: 'finale', shown: null })).toBe(
    'TMDB, AniList say June 2023; someone says 2022',
  )
})
