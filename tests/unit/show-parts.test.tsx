import fc from 'fast-check'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { spanRange } from '@/app/_components/dates'
import { notesBeside } from '@/app/_components/show/beside'
import { cardLine, chipWords, firstSentence } from '@/app/_components/show/card-words'
import { GapChart, yearMarks } from '@/app/_components/show/gap-chart'
import { gapsBetween } from '@/app/_components/show/gaps'
import { seasonRows } from '@/app/_components/show/season-rows'
import { drawnSteps } from '@/app/_components/show/steps'
import type { Reason } from '@/lib/related/types'
import type { TrackStep } from '@/lib/status/types'
import { claimOf, showOf, windowOf } from '../support/show-page'

const STEPS = ['announced', 'filming', 'wrapped', 'dated', 'airing', 'complete'] as const

/** A track of which the steps named are reached, the last of them now. */
const trackOf = (...reached: TrackStep['step'][]): TrackStep[] =>
  STEPS.map((step) => ({
    step,
    state: !reached.includes(step) ? 'open' : step === reached.at(-1) ? 'now' : 'done',
    edtf: null,
    claimId: null,
  }))
const drawn = (steps: TrackStep[], ahead = true) =>
  drawnSteps(steps, ahead).map(({ step, state }) => `${step} ${state}`)

describe('the track of a season', () => {
  test('whoever has filmed had an order and was filming, though nobody said so', () => {
    expect(drawn(trackOf('wrapped'))).toEqual([
      ...['announced done', 'filming done', 'wrapped now', 'dated open', 'airing open', 'complete open'],
    ])
  })

  test('a date alone says nothing of the cameras, so they are left out', () => {
    expect(drawn(trackOf('announced', 'dated'))).toEqual([
      ...['announced done', 'dated now', 'airing open', 'complete open'],
    ])
  })

  test('where nothing is to come, only what was reached stands', () => {
    expect(drawn(trackOf('announced'), false)).toEqual(['announced now'])
  })
})

describe('the table of seasons', () => {
  test('folds a run of seasons of which neither day nor episodes are known', () => {
    const show = showOf([
      { number: 1, premiere: '1994-09-22', episodes: 24 },
      { number: 2 },
      { number: 3 },
      { number: 4, episodes: 24 },
      { number: 5 },
      { number: 6, premiere: '1999-09-23' },
    ])
    const rows = seasonRows(show).map(({ from, to, premiere, why }) => [from, to, premiere ?? why])
    expect(rows).toEqual([
      [1, 1, '1994-09-22'],
      [2, 3, 'days not on record'],
      [4, 4, 'day not on record'],
      [5, 5, 'day not on record'],
      [6, 6, '1999-09-23'],
    ])
  })

  test('a day that passed with nobody to say whether it was kept is no beginning, and no wait ends there', () => {
    const due = claimOf({ season: 2, kind: 'release_date', edtf: '2026-03-10', publishedOn: '2025-11-24' })
    const show = showOf([
      { number: 1, premiere: '2023-08-31' },
      { number: 2, claims: [{ ...due, seenOn: '2026-01-01' }] },
    ])
    const second = show.seasons[1]!
    second.premiere = windowOf('2026-03-10')
    second.state.premiereState = 'not_confirmed'
    expect(seasonRows(show).at(-1)).toMatchObject({ premiere: null, why: 'was due 10 Mar 2026' })
    expect(gapsBetween(show.seasons, 3, false, show.today)).toEqual([])
  })

  test('has every season in one row, in their order, but one there will not be', () => {
    const seasons = fc.array(
      fc.record({
        premiere: fc.option(fc.constantFrom('2001', '2010-05-01', '2030-01')),
        episodes: fc.option(fc.constantFrom(8, 10)),
      }),
      { maxLength: 12 },
    )
    fc.assert(
      fc.property(seasons, (given) => {
        const rows = seasonRows(showOf(given.map((season, i) => ({ number: i + 1, ...season }))))
        const covered = rows.flatMap(({ from, to }) =>
          Array.from({ length: to - from + 1 }, (_, i) => from + i),
        )
        expect(covered).toEqual(given.map((_, i) => i + 1))
      }),
      { numRuns: 40 },
    )
    const ended = showOf([
      { number: 1, premiere: '2019-01-01', finale: '2019-03-01' },
      { number: 2, claims: [claimOf({ season: 2, kind: 'ended', edtf: '2019-03-01' })] },
    ])
    expect(seasonRows(ended).map(({ to }) => to)).toEqual([1])
  })
})

describe('a card of a related show', () => {
  const reason = (kind: Reason['kind'], term: string, text: string): Reason => ({
    kind,
    term,
    text,
    href: null,
    share: 0.2,
  })

  test('says what the stories share in a word, not "Shared premise" before each', () => {
    expect(chipWords(reason('tag', 'sitcom', 'Shared premise: sitcom'))).toBe('sitcom')
    expect(chipWords(reason('genre', 'Horror', 'Shared genre: horror'))).toBe('horror')
    expect(chipWords(reason('cast', 'Jo Yu-ri', 'Jo Yu-ri is in both'))).toBe('Jo Yu-ri is in both')
  })

  test('says in a line what the show is, and nothing that a chip says', () => {
    const said = [
      reason('tag', 'heist', 'Shared premise: heist'),
      reason('genre', 'Crime', 'Shared genre: crime'),
    ]
    const card = { summary: null, tags: ['heist', 'found family'], genres: ['Crime', 'Drama'] }
    expect(cardLine({ ...card, summary: 'Eight robbers take a mint. They stay.' }, said)).toBe(
      'Eight robbers take a mint.',
    )
    expect(cardLine(card, said)).toBe('Found family')
    expect(cardLine({ ...card, tags: ['heist'] }, said)).toBe('Drama')
    expect(cardLine({ ...card, tags: [], genres: ['Crime'] }, said)).toBeNull()
  })

  test('an initial or a title ends no sentence', () => {
    expect(firstSentence('Monkey D. Luffy sets out. He sails.')).toBe('Monkey D. Luffy sets out.')
    expect(firstSentence('Dr. House limps. He is rude.')).toBe('Dr. House limps.')
  })

  test('a line is never long, and where it is cut that is seen', () => {
    fc.assert(
      fc.property(fc.lorem({ maxCount: 60 }), (text) => {
        const line = firstSentence(text)
        expect(line.length).toBeLessThanOrEqual(106)
        expect(text.startsWith(line.replace(/ …$/, ''))).toBe(true)
        if (!line.endsWith('…') && line !== text) expect(line).toMatch(/[.!?]$/)
      }),
    )
  })
})

describe('the waits as a drawing', () => {
  const gap = (least: number, most: number, from = 1) => ({ from, to: from + 1, least, most, running: false })

  test('two ends that read alike are one number', () => {
    expect(spanRange({ least: 668, most: 672 })).toBe('22 months')
    expect(spanRange({ least: 517, most: 882 })).toBe('17 months to 2 years 5 months')
  })

  test('an axis has at most five marks, however long the wait, at even steps', () => {
    fc.assert(
      fc.property(fc.integer({ min: 366, max: 36_500 }), (longest) => {
        const marks = yearMarks(longest)
        expect(marks.length).toBeGreaterThanOrEqual(1)
        expect(marks.length).toBeLessThanOrEqual(5)
        expect(new Set(marks.map((mark, i) => mark - (marks[i - 1] ?? 0))).size).toBe(1)
      }),
    )
  })

  test('of many waits the newest eight are drawn, and the table has all', () => {
    const markup = renderToStaticMarkup(
      <GapChart gaps={Array.from({ length: 30 }, (_, i) => gap(300, 300, i + 1))} />,
    )
    expect(markup.match(/<rect/g)).toHaveLength(8)
    expect(markup.match(/<tr>/g)).toHaveLength(31)
    expect(markup).toContain('All 30 waits as a table')
  })
})

describe('the notes beside the story', () => {
  const notes = Array.from({ length: 60 }, (_, i) => ({
    ...claimOf({ season: 2, kind: 'cast_confirmed', value: `Note ${i} says a thing of middling length.` }),
    state: 'stands' as const,
  }))

  test('the longer the story, the more notes, and never one fewer that decides', () => {
    const deciding = notes[59]!
    const counts = [800, 1_200, 2_400].map((story) => {
      const beside = notesBeside(notes, [deciding.id], story)!
      expect(beside).toContain(deciding)
      expect(beside).toEqual(notes.filter((note) => beside.includes(note)))
      return beside.length
    })
    expect(counts).toEqual([...counts].sort((a, b) => a - b))
    expect(counts[0]).toBeLessThan(counts[2]!)
  })

  test('where all there are would leave the margin short, they are no margin', () => {
    expect(notesBeside(notes.slice(0, 3), [], 1_500)).toBeNull()
    expect(notesBeside([], [], 900)).toBeNull()
  })
})
