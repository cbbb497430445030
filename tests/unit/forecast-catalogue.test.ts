import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { classOf } from '@/lib/forecast/classes'
import { type CatalogueShow, historyOf, shelfAt } from '@/lib/forecast/from-catalogue'
import { lessonsOf } from '@/lib/forecast/learn-catalogue'
import { forecasterOf, loadForecaster } from '@/lib/forecast/load-model'
import { type Due, makeOne } from '@/lib/forecast/make'
import { dayNumber, dayOfNumber } from '@/lib/forecast/read-seasons'
import { BACKTEST } from '@/lib/forecast/record'
import { outcomesOf } from '@/lib/forecast/shows'
import { addDays, type Day } from '@/lib/shared/day'

type Season = NonNullable<CatalogueShow['seasons']>[number]

const season = (number: number, day: Day | null, more: Partial<Season> = {}): Season => ({
  number,
  name: null,
  earliest: day,
  latest: day,
  ended: null,
  episodes: null,
  barred: null,
  ...more,
})

const anime = (seasons: Season[], more: Partial<CatalogueShow> = {}): CatalogueShow => ({
  id: 1,
  slug: 'a-show',
  title: 'A Show',
  kind: 'anime',
  country: 'Japan',
  network: 'Tokyo MX',
  material: 'manga',
  genres: ['Fantasy'],
  until: '2026-04-01',
  toldUntil: '2026-04-01',
  seasons,
  ...more,
})

describe('the catalogue as the forecast reads it', () => {
  it.each([
    ['netflix', 'scripted', 'South Korea', 'Netflix'],
    ['anime', 'anime', 'Japan', 'Netflix'],
    ['asian-drama', 'scripted', 'South Korea', 'tvN'],
    ['network-tv', 'scripted', 'United States', 'NBC'],
    ['streaming', 'scripted', 'United States', 'Apple TV+'],
    ['unscripted', 'reality', 'United States', 'CBS'],
    ['other', 'scripted', 'Turkey', 'Kanal D'],
    ['other', 'scripted', null, null],
  ])('calls %s: %s, %s, %s', (name, kind, country, network) => {
    expect(classOf({ kind, country, network })).toBe(name)
  })

  it('takes a day, the middle of a window of a month, and no wider one', () => {
    const rows = shelfAt(
      [
        anime([
          season(1, '2020-05-05'),
          season(2, '2021-03-01', { latest: '2021-03-31' }),
          season(3, '2022-01-01', { latest: '2022-12-31' }),
        ]),
      ],
      dayNumber('2026-01-01'),
    ).shows[0]!.seasons
    expect(rows.map(({ premiere }) => premiere && dayOfNumber(premiere))).toEqual([
      '2020-05-05',
      '2021-03-16',
      null,
    ])
  })

  it('reads nothing of a season whose day may not be learned from', () => {
    const barred = { barred: true, ended: '2020-08-01' as Day, episodes: 12 }
    const [row] = shelfAt([anime([season(1, '2020-05-05', barred)])], dayNumber('2026-01-01')).shows[0]!
      .seasons
    expect(row).toMatchObject({ premiere: null, end: null, episodes: null })
  })

  it('teaches of a show only as far as a list that dates all its seasons reaches', () => {
    const one = anime([season(1, '2020-05-05')])
    const seasonsOf = (until: Day | null) =>
      lessonsOf(shelfAt([{ ...one, until }], dayNumber('2026-01-01'))).seasons
    expect(seasonsOf('2025-01-01')).toBe(1)
    expect(seasonsOf('2022-01-01')).toBe(0)
    expect(seasonsOf(null)).toBe(0)
  })

  it('knows on a day only what had come by then, whatever came later', () => {
    const days = fc.array(fc.integer({ min: 30, max: 900 }), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: 2000 }), days, (gaps, after, others) => {
        const asOf = addDays('2015-01-01', after)
        const seasonsOf = (list: number[], first = 0, from: Day = '2015-01-01') => {
          let day = from
          return list.map((gap, i) => {
            day = addDays(day, gap)
            return season(first + i + 1, day, { ended: addDays(day, 70), episodes: 12 })
          })
        }
        const all = seasonsOf(gaps)
        const past = all.filter(({ earliest }) => earliest! <= asOf)
        const future = seasonsOf(others, past.length, asOf)
        const told = (seasons: Season[]) => {
          const shelf = shelfAt([anime(seasons)], dayNumber(asOf))
          const show = shelf.shows[0]
          return show ? historyOf(shelf, show, dayNumber(asOf)) : null
        }
        expect(told([...past, ...future])).toEqual(told(all))
        const outcomes = outcomesOf(shelfAt([anime([...past, ...future])], dayNumber(asOf)))
        for (const { row, followUpDays } of outcomes)
          expect(row.premiere + followUpDays).toBeLessThanOrEqual(dayNumber(asOf))
      }),
    )
  })
})

describe('the model that came with this release', () => {
  const forecaster = loadForecaster()
  const made = (show: CatalogueShow, given: Partial<Due> = {}, day: Day = '2026-06-01') => {
    const shelf = shelfAt([show], dayNumber(day))
    const next = show.seasons!.length + 1
    const due: Due = { show: shelf.shows[0]!, next, milestone: 'none', ranOn: false, until: show.toldUntil }
    return makeOne(forecaster, shelf, { ...due, ...given }, dayNumber(day))
  }
  const waited = anime([season(1, '2023-01-08'), season(2, '2025-01-12')])

  it('is named by its file, and says the same whenever it is read', () => {
    const text = readFileSync('lib/forecast/model.json', 'utf8')
    expect(forecasterOf(text).name).toBe(forecaster.name)
    expect(text.length).toBeLessThan(600_000)
  })

  it('says the same of the same show on the same day, and keeps its windows in one another, none behind the day', () => {
    const said = made(waited)
    expect(made(waited)).toEqual(said)
    if (typeof said === 'string') throw new Error(said)
    expect(said.renewal).toBeGreaterThan(0)
    expect(said.renewal).toBeLessThan(1)
    const order = [said.low95, said.low80, said.low50, said.high50, said.high80, said.high95]
    expect(order).toEqual([...order].sort())
    expect(said.low95 >= '2026-06-01').toBe(true)
    expect(said.countedFrom).toBe('2025-01-12')
  })

  it('says nothing of the chance where the season is ordered', () => {
    expect(made(waited, { milestone: 'filming' })).toMatchObject({ renewal: null, milestone: 'filming' })
  })

  it('says that it knows too little of kinds it has hardly seen', () => {
    expect(made({ ...waited, kind: 'scripted', country: 'Turkey', network: 'Kanal D' })).toBe('class')
  })

  it('was tried on the past: every class it speaks of has a record', () => {
    for (const name of forecaster.classes) expect(BACKTEST.by_class[name]?.renewal.n).toBeGreaterThan(0)
    expect(BACKTEST.reliability.reduce((sum, { n }) => sum + n, 0)).toBe(BACKTEST.all.renewal.n)
  })
})
