import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { Episodes } from '@/app/_components/show/episodes'
import { type EpisodeOnRecord, episodeListOf } from '@/lib/pages/episode-list'
import type { EpisodeList } from '@/lib/pages/types'
import { addDays, type Day } from '@/lib/shared/day'
import { episodeRows, wholeSeasons } from '@/lib/sources/episode-rows'
import { stampAt } from '@/lib/sources/fields'
import type { Episode } from '@/lib/sources/types'

const TODAY = '2026-11-22'
/** What a page may weigh, as tests/journeys/page-budget.spec.ts has it for a show's. */
const PAGE_GZIP_BYTES = 14_000

const given = (more: Partial<Episode> = {}): Episode => ({
  season: 1,
  number: 1,
  name: 'Landfall',
  day: '2026-11-08',
  at: null,
  minutes: 45,
  ...more,
})
const onRecord = (number: number, more: Partial<EpisodeOnRecord> = {}): EpisodeOnRecord => ({
  provider: 'tvmaze',
  number,
  name: `The ${number}th Lamp`,
  day: '2026-11-08',
  at: null,
  minutes: 45,
  ...more,
})

const anyDay = fc
  .date({ min: new Date(-1), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10) as Day)
const anyEpisode = fc.record({
  season: fc.integer({ min: 0, max: 9999 }),
  number: fc.option(fc.integer({ min: -3, max: 30_000 })),
  name: fc.option(fc.string()),
  day: fc.option(anyDay),
  at: fc.option(
    fc
      .record({ day: anyDay, clock: fc.constantFrom('+00:00', '+05:30', '-03:30', '+14:00') })
      .map(({ day, clock }) => `${day}T20:00:00${clock}`),
  ),
  minutes: fc.option(fc.double({ min: -10, max: 1e6, noNaN: true })),
})

describe('what is kept of the episodes a provider lists', () => {
  it('is each number of a season once, with an hour only where its clock is known', () => {
    fc.assert(
      fc.property(fc.array(anyEpisode, { maxLength: 30 }), (episodes) => {
        const rows = episodeRows({ episodes })
        const keys = rows.map(({ season, number }) => `${season} ${number}`)
        expect(new Set(keys).size).toBe(keys.length)
        for (const { number, offset_minutes, at, minutes, day } of rows) {
          expect(number).toBeGreaterThanOrEqual(0)
          expect(number).toBeLessThanOrEqual(20_000)
          expect(offset_minutes === null).toBe(at === null)
          if (minutes !== null) expect(Number.isInteger(minutes) && minutes > 0 && minutes <= 1440).toBe(true)
          if (day !== null) expect(day >= '1870' && day < '2200').toBe(true)
        }
      }),
    )
  })

  it('is no special, and no name that only says the number or that there is none yet', () => {
    expect(episodeRows({ episodes: [given({ number: null })] })).toEqual([])
    for (const name of ['Episode 12', 'episode #4', 'Folge 3', 'TBA', 'T.B.D.'])
      expect(episodeRows({ episodes: [given({ name })] })[0]?.name, name).toBeNull()
    for (const name of ['Episode IV', 'The Episode 12 Job', 'Tba Mountain', '12'])
      expect(episodeRows({ episodes: [given({ name })] })[0]?.name, name).toBe(name)
  })

  it('keeps the hour with what the clock there is ahead of UTC', () => {
    const at = (stamp: string) => episodeRows({ episodes: [given({ at: stamp })] })[0]?.offset_minutes
    expect([at('2026-11-08T20:00:00+01:00'), at('2026-11-08T20:00:00-03:30')]).toEqual([60, -210])
  })

  it('takes back what a whole answer lists no more, and nothing by a part of one', () => {
    expect(wholeSeasons({ whole: 'show' })).toEqual([null])
    expect(wholeSeasons({ whole: [0, 2] })).toEqual([2])
  })

  it('an instant is told by the clock of where the show is at home, and is the same instant', () => {
    expect(stampAt('2026-07-01T12:00:00Z', 'Europe/Oslo')).toBe('2026-07-01T14:00:00+02:00')
    expect(stampAt('2026-07-01T12:00:00Z', 'America/St_Johns')).toBe('2026-07-01T09:30:00-02:30')
    expect(stampAt('2026-07-01T12:00:00Z', 'Nowhere/Known')).toBe('2026-07-01T12:00:00+00:00')
    expect([stampAt('', 'UTC'), stampAt('soon', 'UTC'), stampAt(null, 'UTC')]).toEqual([null, null, null])
    const seconds = fc.integer({ min: 0, max: 4_000_000_000 })
    const zone = fc.constantFrom('Asia/Kolkata', 'America/New_York', 'Australia/Lord_Howe', 'UTC')
    fc.assert(
      fc.property(seconds, zone, (second, where) => {
        expect(Date.parse(stampAt(second * 1000, where) ?? '')).toBe(second * 1000)
      }),
    )
  })
})

describe('what a season’s page may say of its episodes', () => {
  it('is the list of one provider, the most trusted that has any, in the order of numbers', () => {
    const list = episodeListOf(
      [
        onRecord(9, { provider: 'anilist' }),
        onRecord(2, { provider: 'tmdb' }),
        onRecord(1, { provider: 'tmdb' }),
      ],
      TODAY,
    )
    expect(list).toMatchObject({ provider: 'tmdb', isWhole: true, episodes: [{ number: 1 }, { number: 2 }] })
    expect(episodeListOf([], TODAY)).toBeNull()
    expect(episodeListOf([onRecord(0), onRecord(1)], TODAY)?.isWhole).toBe(true)
    expect(episodeListOf([onRecord(5), onRecord(6)], TODAY)?.isWhole).toBe(false)
  })

  it('is a name from its day on and never before it; without a day nobody knows', () => {
    const nameOn = (day: Day | null) => episodeListOf([onRecord(1, { day })], TODAY)?.episodes[0]?.name
    expect(nameOn('2026-11-22')).toBe('The 1th Lamp')
    expect([nameOn('2026-11-23'), nameOn(null)]).toEqual([null, null])
  })

  it('is an hour of its day alone', () => {
    const hour = (at: string) => episodeListOf([onRecord(1, { at })], TODAY)?.episodes[0]?.at
    expect(hour('2026-11-08T20:00:00+09:00')).toBe('2026-11-08T20:00:00+09:00')
    expect(hour('2026-11-09T01:30:00+09:00')).toBeNull()
  })
})

const printed = (list: EpisodeList | null, { count = null as number | null, today = TODAY as Day } = {}) =>
  renderToStaticMarkup(<Episodes list={list} count={count} today={today} />)

describe('the list of episodes on a season’s page', () => {
  it('is not there where none is listed', () => {
    expect(printed(null)).toBe('')
  })

  it('prints a time with its zone, and a name nowhere but in a fold of its own', () => {
    const list = episodeListOf(
      [
        onRecord(1, { name: 'Landfall', at: '2026-11-08T20:00:00+05:30' }),
        onRecord(2, { name: 'Salt', day: '2026-11-15', at: '2026-11-15T20:00:00+00:00', minutes: null }),
        onRecord(3, { name: 'The Keeper Dies', day: '2026-11-29' }),
      ],
      TODAY,
    )
    const html = printed(list)
    const lines = html.replaceAll(/<\/?details>|<\/?summary>/g, '').match(/Episode \d.*?(?=<\/p>|<p>)/g)
    expect(lines?.map((line) => line.replaceAll(/<[^>]+>/g, ''))).toEqual([
      'Episode 1, 8 Nov 2026, 20:00 UTC+5:30, 45 min',
      'Episode 2, 15 Nov 2026, 20:00 UTC',
      'Episode 3, 29 Nov 2026, 45 min',
    ])
    expect(html.match(/<details>/g)).toHaveLength(2)
    expect(html.replaceAll(/<details>.*?<\/details>/g, '')).not.toMatch(/Landfall|Salt/)
    expect(html).not.toContain('Keeper')
  })

  it('says who lists them, and how many of how many', () => {
    const list = episodeListOf([onRecord(5, { name: null }), onRecord(6, { name: null })], TODAY)
    expect(printed(list, { count: 10 })).toContain('From TVmaze. 2 of 10 are listed. </p>')
    expect(printed(list)).toContain('From TVmaze. Not all of them are listed. </p>')
    expect(printed(episodeListOf([onRecord(1)], TODAY), { count: 1 })).not.toContain('listed')
  })

  /** A daily season that ends after so many days. */
  const daily = (length: number, from: Day = '2025-01-01') =>
    episodeListOf(
      Array.from({ length }, (_, place) =>
        onRecord(place + 1, {
          // As long as names are, and as unlike each other.
          name: `${(place * 7919 + 13).toString(36)} and the ${(place * 104_729).toString(36)}`,
          day: addDays(from, place),
          at: `${addDays(from, place)}T20:00:00+01:00`,
        }),
      ),
      TODAY,
    )!

  it('folds a long season into runs, of which the one with what is next stands open', () => {
    const html = printed(daily(60, '2026-10-10'))
    expect(html.match(/Episodes \d+ to \d+/g)).toEqual([
      'Episodes 1 to 25',
      'Episodes 26 to 50',
      'Episodes 51 to 60',
    ])
    expect(html.match(/<details[^>]*open=""[^>]*><summary>Episodes \d+/g)).toEqual([
      expect.stringMatching(/Episodes 26$/),
    ])
    expect(printed(daily(60))).not.toContain('open=""')
    expect(printed(daily(26))).not.toContain('Episodes 1 to')
  })

  it('lists the last ones of an endless season and says what it leaves out', () => {
    const html = printed(daily(375))
    expect(html).toContain('The first 100 episodes are not listed here.')
    expect(html).not.toMatch(/Episode 100\b/)
    expect(html).toMatch(/Episode 375\b/)
  })

  it.each([12, 60, 260, 700, 5000])('of %d episodes is at most half of what a page may weigh', (length) => {
    // All of it was shown: names are what weighs.
    const html = printed(daily(length, addDays(TODAY, -length)))
    const bytes = gzipSync(html).length
    console.log(`${length} episodes: ${html.length} bytes, ${bytes} packed`)
    expect(bytes).toBeLessThanOrEqual(PAGE_GZIP_BYTES / 2)
  })
})
