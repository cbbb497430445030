import fc from 'fast-check'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { castOfRun, seasonRun } from '@/app/_components/show/run'
import { SeasonFacts } from '@/app/_components/show/season-run'
import type { ShowPage } from '@/lib/pages/types'
import { anyShow, claimOf, showOf } from '../support/show-page'

/** Made on 22 November 2026, as everything of `showOf`. */
const three = (): ShowPage => {
  const show = showOf([
    { number: 1, premiere: '2022-01-28', finale: '2022-01-28', episodes: 12 },
    { number: 2, premiere: '2023-01-28', finale: '2023-04-15', episodes: 10 },
    { number: 3 },
  ])
  for (const season of show.seasons.slice(0, 2))
    season.recordedBy = {
      premiere: ['tvmaze', 'tvmaze-2025'],
      finale: ['bangumi-data'],
      episodes: ['tvmaze'],
    }
  return show
}
const runOf = (show: ShowPage, number: number) =>
  seasonRun(show, show.seasons.find((season) => season.number === number)!)
/** The page's words about a season, tags left out. */
const words = (show: ShowPage, number: number) =>
  renderToStaticMarkup(
    <SeasonFacts run={runOf(show, number)!} season={number} claimHref={(id) => `#${id}`} />,
  )
    .replaceAll(/<\/(?:dt|dd|h2|p)>/g, '\n')
    .replaceAll(/<[^>]+>/g, '')

describe('the page of a season that is complete', () => {
  it('says when it began and ended, how long it ran and how many episodes it had, and who gives that', () => {
    expect(words(three(), 2).trim().split('\n')).toEqual([
      'On record',
      ...['Premiere', '28 January 2023, from TVmaze'],
      ...['Finale', '15 April 2023, from bangumi-data'],
      ...['Length', '11 weeks'],
      ...['Episodes', '10, from TVmaze'],
      ...['Wait before', '12 months from the premiere of season 1'],
      ...['Wait after', '3 years 10 months so far, counted from its premiere'],
    ])
  })

  it('says nothing of a wait before the first season, and of one that came out at once', () => {
    const text = words(three(), 1)
    expect(text).not.toContain('Wait before')
    expect(text).toContain('one day, all at once')
    expect(text).toContain('12 months to the premiere of season 2')
  })

  it('prints no step of which the day was not said', () => {
    expect(words(three(), 1)).not.toMatch(/not said|Announced|Filming|Wrapped/)
  })

  it('keeps what was said on the way, with a link to who said it', () => {
    const order = claimOf({ season: 1, kind: 'renewed', edtf: '2021-05-04', publishedOn: '2021-05-04' })
    const show = showOf([{ number: 1, premiere: '2022-01-28', finale: '2022-01-28', claims: [order] }])
    const page = renderToStaticMarkup(
      <SeasonFacts run={runOf(show, 1)!} season={1} claimHref={(id) => `#${id}`} />,
    )
    expect(page).toContain(`href="#${order.id}"`)
    expect(words(show, 1)).toMatch(/Announced\n4 May 2021/)
  })

  it('credits the statement that gave its day where no record does', () => {
    const said = claimOf({ season: 1, kind: 'release_date', edtf: '2026-01-09', publishedOn: '2026-01-09' })
    const run = runOf(showOf([{ number: 1, claims: [said] }]), 1)
    expect(run?.premiere).toEqual({ edtf: '2026-01-09', by: [{ name: 'The Network', claimId: said.id }] })
  })

  it('says that nothing is on record but that it was', () => {
    const show = three()
    Object.assign(show.seasons[0]!, { premiere: null, finale: null, episodes: null })
    expect(words(show, 1)).toContain('That there was a season 1 is on record here')
  })

  it('is no more precise than its days', () => {
    const run = runOf(showOf([{ number: 1, premiere: '2019', finale: '2020-03' }, { number: 2 }]), 1)
    expect(run).toMatchObject({ premiere: { edtf: '2019' }, finale: { edtf: '2020-03' } })
    expect(run?.length).toEqual({ least: 62, most: 456 })
  })

  it('gives no end that may still be to come', () => {
    const show = three()
    show.seasons[1]!.finale = { edtf: '2026', earliest: '2026-01-01', latest: '2026-12-31' }
    expect(runOf(show, 2)).toMatchObject({ finale: null, length: null })
  })
})

it('a season that is still to come, on, or called off keeps its way to the screen', () => {
  const cancelled = claimOf({ season: 3, kind: 'cancelled' })
  const show = showOf([
    { number: 1, premiere: '2026-11-04' },
    { number: 2 },
    { number: 3, claims: [cancelled] },
  ])
  expect([1, 2, 3].map((number) => runOf(show, number))).toEqual([null, null, null])
})

it('the cast of a finished season is the show’s: whoever leaves was in it, and whoever comes new was not', () => {
  const member = (person: string, returning: ShowPage['cast'][number]['returning']) => ({
    person,
    character: null,
    returning,
    claimId: 'c_1',
    said: null,
  })
  const cast = castOfRun([member('Ann', 'out'), member('Bo', 'confirmed'), member('Cy', 'new')])
  expect(cast).toEqual([
    { person: 'Ann', character: null, returning: null, claimId: null, said: null },
    { person: 'Bo', character: null, returning: null, claimId: null, said: null },
  ])
})

it('whatever is on record: no run is shorter than a day or ends before it may have begun, no wait is negative', () => {
  fc.assert(
    fc.property(anyShow, (show) => {
      for (const season of show.seasons) {
        const run = seasonRun(show, season)
        expect(run === null).toBe(season.state.status !== 'complete')
        if (!run) continue
        if (run.length) expect(run.length.least).toBeGreaterThanOrEqual(1)
        if (run.length) expect(run.length.most).toBeGreaterThanOrEqual(run.length.least)
        for (const gap of [run.before, run.after]) if (gap) expect(gap.most).toBeGreaterThanOrEqual(gap.least)
        for (const { edtf, claimId } of run.steps) expect(edtf ?? claimId).not.toBeNull()
      }
    }),
    { numRuns: 300 },
  )
})
