import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { estimateOf, type ForecastRow, monthsOf } from '@/lib/forecast/estimate'
import { outcomeOf } from '@/lib/forecast/outcome'
import { absenceOf, isTooWide, type Known, type Standing, standingOf } from '@/lib/forecast/standing'
import { chanceSentence, chanceWords, perCent, windowSentence } from '@/lib/forecast/words'
import type { ShowPage } from '@/lib/pages/types'
import { addDays, type Day } from '@/lib/shared/day'
import { comesAsAMatterOfCourse } from '@/lib/status/labels'
import { claimOf, showOf, TODAY } from '../support/show-page'

const LAST = { number: 1, premiere: '2025-02-14', finale: '2025-04-04', episodes: 8 }
const show = (claims: Parameters<typeof claimOf>[0][], first = LAST, given: Partial<ShowPage> = {}) =>
  showOf(
    [
      { ...first, claims: [] },
      { number: 2, claims: claims.map(claimOf) },
    ],
    given,
  )

function standing(page: ShowPage) {
  const next = page.seasons.find(({ number }) => number === page.status.nextSeason)
  const before = page.seasons.find(({ number }) => number === page.status.nextSeason - 1)
  return standingOf({
    show: page.status,
    next: next ? { number: next.number, status: next.state } : null,
    countedFrom: before?.premiere?.earliest ?? null,
    asAMatterOfCourse: comesAsAMatterOfCourse({
      kind: page.kind,
      genres: page.genres.map(({ name }) => name),
    }),
    today: page.today,
  })
}

describe('the ledger goes before any estimate', () => {
  it('where nobody has said anything, the chance and the wait are estimated', () => {
    expect(standing(show([]))).toEqual({ may: 'forecast', milestone: 'none', claimIds: [] })
  })

  it('an announced day ends it, by the claim that gave it', () => {
    const page = show([{ season: 2, kind: 'release_date', edtf: '2027-03-14' }])
    const found = standing(page)
    expect(found).toMatchObject({ may: 'nothing', because: 'dated' })
    expect(found.claimIds).toEqual(page.seasons[1]!.claims.map(({ id }) => id))
  })

  it('an announced year ends it too: it says more than an estimate', () => {
    expect(standing(show([{ season: 2, kind: 'release_window', edtf: '2027' }]))).toMatchObject({
      may: 'nothing',
      because: 'dated',
    })
  })

  it.each([
    ['renewed', 'announced'],
    ['filming_started', 'filming'],
    ['filming_wrapped', 'wrapped'],
  ] as const)('after %s only the wait is estimated, by the claim', (kind, milestone) => {
    const page = show([{ season: 2, kind, publishedOn: '2026-09-01' }])
    const ids = page.seasons[1]!.claims.map(({ id }) => id)
    expect(standing(page)).toEqual({ may: 'forecast', milestone, claimIds: ids })
  })

  it.each([
    ['cancelled', 'cancelled'],
    ['ended', 'ended'],
  ] as const)('of a show that was %s nothing is estimated, with the claim that says so', (kind, because) => {
    const page = show([{ season: 2, kind, publishedOn: '2026-09-01' }])
    expect(standing(page)).toMatchObject({
      may: 'nothing',
      because,
      claimIds: page.seasons[1]!.claims.map(({ id }) => id),
    })
  })

  it('after its last season none is estimated', () => {
    const last = claimOf({ season: 1, kind: 'final_season', publishedOn: '2025-03-01' })
    const page = showOf([{ ...LAST, claims: [last] }])
    expect(standing(page)).toMatchObject({ may: 'nothing', claimIds: [last.id] })
  })

  it('a last season that is ordered may still be waited for', () => {
    const page = show([
      { season: 2, kind: 'renewed', publishedOn: '2026-09-01' },
      { season: 2, kind: 'final_season', publishedOn: '2026-09-01' },
    ])
    expect(page.status.status).toBe('final-season')
    expect(standing(page)).toMatchObject({ may: 'forecast', milestone: 'announced' })
  })

  it('talk, news and soaps run: nothing is estimated', () => {
    expect(standing(show([], LAST, { kind: 'talk' }))).toMatchObject({ may: 'nothing', because: 'running' })
    const soap = { genres: [{ slug: 'soap', name: 'Soap' }] }
    expect(standing(show([], LAST, soap))).toMatchObject({ may: 'nothing', because: 'running' })
  })

  it('a return after more than three years would be a revival, and is not estimated', () => {
    const old = { ...LAST, premiere: '2021-02-14', finale: '2021-04-04' }
    expect(standing(show([], old))).toMatchObject({ may: 'nothing', because: 'long-ago' })
  })

  it('a season that is on has no next one to estimate yet', () => {
    const on = { ...LAST, premiere: '2026-11-15', finale: '2026-12-20' }
    expect(standing(showOf([on])).may).toBe('nothing')
  })
})

describe('what the model knows too little of', () => {
  const enough: Known = {
    lastDated: 2,
    next: 3,
    ranOn: false,
    class: 'anime',
    classes: new Set(['anime']),
    until: '2026-06-01',
    ordered: false,
    today: TODAY,
  }
  it.each([
    ['no season has a day', { lastDated: null }, 'undated'],
    ['the season before has none', { lastDated: 1 }, 'undated'],
    ['a label says that seasons are missing', { ranOn: true }, 'undated'],
    ['too few of its class taught', { class: 'other' }, 'class'],
    ['its lists stop over a year ago', { until: '2025-06-01' as Day }, 'stale'],
    ['no list tells of it', { until: null }, 'stale'],
    ['enough is known', {}, null],
    ['it is ordered, whatever the lists say', { until: null, ordered: true }, null],
  ])('%s', (_, given, because) => {
    expect(absenceOf({ ...enough, ...given })).toBe(because)
  })

  it('a window over four years says nothing', () => {
    expect(isTooWide({ low: 300, high: 300 + 1461 })).toBe(false)
    expect(isTooWide({ low: 300, high: 300 + 1462 })).toBe(true)
  })
})

const ROW: ForecastRow = {
  number: 2,
  madeOn: '2026-11-20',
  model: 'catalogue-00000000',
  class: 'netflix',
  milestone: 'none',
  countedFrom: '2025-02-14',
  renewal: 0.62,
  median: '2027-04-01',
  low50: '2027-02-03',
  high50: '2027-07-04',
  low80: '2026-12-24',
  high80: '2027-10-30',
  low95: '2026-12-01',
  high95: '2028-05-01',
  reasons: [],
}

describe('an estimate on a page', () => {
  const silent: Standing = { may: 'forecast', milestone: 'none', claimIds: [] }
  it('is the newest of the season waited for, to the month', () => {
    const made = estimateOf(silent, 2, ROW, null, TODAY)
    if (made?.kind !== 'made') throw new Error('none was made')
    expect(made.horizon).toBe('2028-02-15')
    expect(chanceSentence(made)).toBe('A season 2 by February 2028: more likely than not, 62 %.')
    expect(windowSentence(made)).toMatch(
      /^If it comes, then half the time by \w+ 2027, four times in five .*2026.*October 2027\.$/,
    )
    expect(monthsOf('2027-03-02', '2027-03-30')).toBe('2027-03')
  })

  it('gives no chance of a season that is ordered', () => {
    const ordered = { ...ROW, milestone: 'filming', renewal: null } as const
    const made = estimateOf({ ...silent, milestone: 'filming' }, 2, ordered, null, TODAY)
    if (made?.kind !== 'made') throw new Error('none was made')
    expect(chanceSentence(made)).toBeNull()
    expect(windowSentence(made)).toContain('is being filmed and has no date')
  })

  it.each([
    ['the ledger leaves it no room', { may: 'nothing', because: 'dated', claimIds: [], label: null }, ROW],
    ['the season was ordered since', { ...silent, milestone: 'announced' }, ROW],
    ['it is of another season', silent, { ...ROW, number: 3 }],
    ['it is of a day to come', silent, { ...ROW, madeOn: addDays(TODAY, 1) }],
    ['it is weeks old', silent, { ...ROW, madeOn: addDays(TODAY, -46) }],
  ] as const)('is absent where %s', (_, stands, row) => {
    expect(estimateOf(stands as never, 2, row, null, TODAY)).toBeNull()
  })

  it('says why where the model knows too little', () => {
    expect(estimateOf(silent, 2, null, { number: 2, because: 'class' }, TODAY)).toEqual({
      kind: 'absent',
      number: 2,
      because: 'class',
    })
  })

  it('never calls anything certain, and larger chances never sound smaller', () => {
    const words = ['very unlikely', 'unlikely', 'less likely than not', 'about even', 'more likely than not']
    const order = [...words, 'likely', 'very likely']
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (a, b) => {
          expect(perCent(a)).not.toMatch(/^(0|100) %/)
          if (a <= b) expect(order.indexOf(chanceWords(a))).toBeLessThanOrEqual(order.indexOf(chanceWords(b)))
        },
      ),
    )
  })
})

describe('what became of a forecast', () => {
  const open = {
    countedFrom: '2022-03-01' as Day,
    ordered: false,
    show: { status: 'unknown' as const },
    season: { status: 'unannounced' as const, checkedOn: null },
    premiere: null,
    until: null,
    today: '2025-06-01' as Day,
  }
  const came = (edtf: string, earliest: Day, latest: Day) => ({
    ...open,
    season: { status: 'airing' as const, checkedOn: null },
    premiere: { edtf, earliest, latest },
  })
  it('is known from the premiere on', () => {
    expect(outcomeOf(came('2024-05-01', '2024-05-01', '2024-05-01'))).toEqual({
      premieredOn: '2024-05-01',
      returned: true,
    })
    expect(outcomeOf(came('2025-05-01', '2025-05-01', '2025-05-01'))).toEqual({
      premieredOn: '2025-05-01',
      returned: false,
    })
  })

  it('of a premiere known to the month is judged by its middle, and of one known to the year not at all', () => {
    expect(outcomeOf(came('2024-05', '2024-05-01', '2024-05-31'))?.premieredOn).toBe('2024-05-16')
    expect(outcomeOf(came('2024', '2024-01-01', '2024-12-31'))).toBeNull()
  })

  it('is not told by silence: the three years must be over, and somebody must have looked', () => {
    expect(outcomeOf(open)).toBeNull()
    expect(outcomeOf({ ...open, until: '2025-05-01' })).toEqual({ premieredOn: null, returned: false })
    expect(outcomeOf({ ...open, until: '2025-05-01', today: '2025-02-01' })).toBeNull()
    expect(outcomeOf({ ...open, show: { status: 'cancelled' } })).toEqual({
      premieredOn: null,
      returned: false,
    })
    expect(outcomeOf({ ...open, show: { status: 'cancelled' }, today: '2024-06-01' })).toBeNull()
  })

  it('of an ordered season waits for its premiere, however long', () => {
    expect(outcomeOf({ ...open, ordered: true, until: '2025-05-01' })).toBeNull()
  })
})
