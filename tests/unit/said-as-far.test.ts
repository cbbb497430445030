import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { catalogueRecord } from '@/lib/catalogue/types'
import type { GivenFact } from '@/lib/ledger/grounds'
import { groundsOf } from '@/lib/ledger/grounds'
import { stateOfRecord } from '@/lib/ledger/of-record'
import { addDays, type Day } from '@/lib/shared/day'
import { replayEvents } from '@/lib/status/rules'
import { deriveShow, followedSeason, NO_SHOW_FACTS } from '@/lib/status/show'
import type { SeasonInput, ShowFacts } from '@/lib/status/types'
import { claim, factsOf, starterShow } from '../support/ledger'

const TODAY = '2026-11-30'
const starter = (slug: string) => starterShow(slug, TODAY)

/** Seasons on record by their premieres ('' for a day nobody knows), and the one after them. */
const recorded = (...premieres: string[]): SeasonInput[] => [
  ...premieres.map((premiere, i) => ({
    facts: { ...factsOf(i + 1, premiere || null), recorded: true },
    claims: [],
  })),
  { facts: factsOf(premieres.length + 1), claims: [] },
]
const withClaims = (seasons: SeasonInput[], number: number, ...claims: SeasonInput['claims']) =>
  seasons.map((season) => (season.facts.number === number ? { ...season, claims } : season))
const listed = (label: string, asOf = '2025', more: Partial<ShowFacts> = {}): ShowFacts => ({
  ...NO_SHOW_FACTS,
  labels: [{ provider: 'TVmaze', label, asOf, seenOn: '2026-11-22' }],
  ...more,
})
const derive = (seasons: SeasonInput[], show?: ShowFacts, today: Day = TODAY) =>
  deriveShow(seasons, today, show)

describe('a show that a provider lists as finished', () => {
  it.each(['friends', 'breaking-bad', 'game-of-thrones', 'the-crown'])(
    'has ended where its makers say that they chose to: %s',
    (slug) => {
      const { status } = starter(slug)
      expect(status).toMatchObject({ status: 'ended', lamp: 'ended' })
      expect(status.answer).toMatch(/by choice|announced as the last/)
    },
  )

  it.each(['the-wire', 'fringe', 'boardwalk-empire', 'the-good-wife'])('is over: %s', (slug) => {
    const { seasons, status } = starter(slug)
    expect(status).toMatchObject({ status: 'over', lamp: 'over' })
    expect(status.answer).toMatch(/^Over.*; TVmaze lists it as ended/)
    expect(status.answer).not.toMatch(/no word|Nobody has said/)
    for (const { facts, status: season } of seasons)
      if (facts.number <= status.nextSeason) expect(season.status).toBe('complete')
  })

  it('leaves away a last episode given before a later season on record can have come', () => {
    const ended = (edtf: string) =>
      derive(recorded('2016-01-03', ''), listed('Ended', '2025', { ended: [{ provider: 'TVmaze', edtf }] }))
        .status.answer
    expect(ended('2016-01-31')).toBe('Over, after 2 seasons; TVmaze lists it as ended (2025).')
    expect(ended('2019-03-24')).toContain('its last episode on 24 March 2019')
  })

  it('says since when by its own finale or a near end, never by a special years later; else only when its last season began', () => {
    const seasons = recorded('2008-01-20', '2012-07-15')
    const since = (ended: string | null, finale?: string, totals: number[] = []) =>
      derive(
        finale
          ? seasons.map((season) =>
              season.facts.number === 2
                ? { ...season, facts: { ...season.facts, finale: factsOf(2, finale).premiere } }
                : season,
            )
          : seasons,
        listed('Ended', '2025', { totals, ended: ended ? [{ provider: 'TVmaze', edtf: ended }] : [] }),
      ).status.since
    expect(since('2019-10-11')).toBeNull()
    expect(since('2012-12-29')).toBe('2012-12-29')
    // Nearly a year later it may be a third season's, unless somebody counts two.
    expect(since('2013-06-29')).toBeNull()
    expect(since('2013-06-29', undefined, [2])).toBe('2013-06-29')
    expect(since('2012')).toBe('2012')
    expect(since('2013')).toBeNull()
    expect(since('2019-10-11', '2013-09-29')).toBe('2013-09-29')
    expect(since(null)).toBeNull()
  })

  it('a cancelled show, and one ended by choice, ended with its last season, once that is over', () => {
    const ended = (finale: string | null, kind: 'cancelled' | 'ended') =>
      derive(
        [
          {
            facts: {
              ...factsOf(1, '2026-09-01'),
              finale: finale ? factsOf(1, finale).premiere : null,
              recorded: true,
            },
            claims: [],
          },
          {
            facts: factsOf(2),
            claims: [claim({ season: 2, kind, publishedOn: '2026-10-20', by: 'Netflix' })],
          },
        ],
        NO_SHOW_FACTS,
      ).status
    expect(ended('2026-11-03', 'cancelled')).toMatchObject({ status: 'cancelled', since: '2026-11-03' })
    expect(ended('2026-11-03', 'ended')).toMatchObject({ status: 'ended', since: '2026-11-03' })
    expect(ended('2026-12-22', 'cancelled')).toMatchObject({ status: 'cancelled', since: null })
    expect(ended(null, 'cancelled').since).toBeNull()
  })

  it('is not over where somebody has spoken of a season to come since, or a record goes on', () => {
    const seasons = recorded('2020-01-01', '2021-01-01')
    const order = claim({ kind: 'renewed', season: 3, publishedOn: '2026-02-01', sourceClass: 'trade' })
    expect(derive(withClaims(seasons, 3, order), listed('Ended')).status.status).toBe('returning')
    expect(derive(recorded('2020-01-01', '2026-05-01'), listed('Ended')).status.status).toBe('unknown')
    expect(derive(seasons, listed('Ended')).status.status).toBe('over')
    const rumour = { ...order, sourceClass: 'fan' as const }
    expect(derive(withClaims(seasons, 3, rumour), listed('Ended')).status.status).toBe('over')
  })

  it('is cancelled or ended where a source says which', () => {
    const seasons = recorded('2020-01-01', '2021-01-01')
    const said = (kind: 'cancelled' | 'ended') =>
      derive(withClaims(seasons, 3, claim({ kind, season: 3, publishedOn: '2022-01-01' })), listed('Ended'))
    expect(said('cancelled').status.status).toBe('cancelled')
    expect(said('ended').status.status).toBe('ended')
  })

  it('has no next season to follow, but may be revived, and whoever asked hears of it', () => {
    const { status } = derive(recorded('2020-01-01'), listed('Ended'))
    expect(status.nextSeason).toBe(1)
    expect(followedSeason(status)).toBe(2)
  })

  it('is not finished by the end of one instalment, nor by a word we cannot read', () => {
    const seasons = recorded('2020-01-01')
    for (const [provider, label] of [
      ['AniList', 'FINISHED'],
      ['MyAnimeList', 'Finished Airing'],
      ['Somebody', 'Ended'],
      ['TVmaze', 'To Be Determined'],
      ['TVmaze', 'Running'],
    ] as const)
      expect(
        derive(seasons, { ...listed(label), labels: [{ provider, label, asOf: '2025', seenOn: TODAY }] })
          .status.status,
      ).toBe('unknown')
  })
})

describe('orders age', () => {
  const gone = (...years: number[]) => recorded(...years.map((year) => `${year}-04-10`))

  it('a season announced as the last is over with its show, by choice where a source said so', () => {
    const last = claim({ kind: 'final_season', season: 8, publishedOn: '2018-07-20', sourceClass: 'trade' })
    const seasons = withClaims(recorded(...Array.from({ length: 8 }, (_, i) => `${2011 + i}-04-14`)), 8, last)
    const { status } = derive(seasons, listed('Ended'))
    expect(status).toMatchObject({ status: 'ended', nextSeason: 8 })
    expect(status.answer).toMatch(
      /^Ended with season 8, announced as the last \(.*20 July 2018\); TVmaze lists/,
    )
  })

  it('an ordered season that the record never saw is over with a show that was listed as finished later', () => {
    const order = claim({ kind: 'renewed', season: 3, publishedOn: '2016-07-01' })
    const { seasons, status } = derive(withClaims(gone(2014, 2015), 3, order), listed('Ended'))
    expect(status).toMatchObject({ status: 'over', nextSeason: 3 })
    expect(seasons.find(({ facts }) => facts.number === 3)?.status.status).toBe('complete')
    expect(status.answer).not.toContain('ordered')
  })

  it('without a later word an old order is said with its age and claims nothing of today', () => {
    const order = claim({ kind: 'renewed', season: 3, publishedOn: '2016-07-04', by: 'The Trade' })
    const { status } = derive(withClaims(gone(2014, 2015), 3, order))
    expect(status).toMatchObject({ status: 'unknown', lamp: 'silent', aged: '2016-07-04' })
    expect(status.answer).toBe(
      'The last word we have, of July 2016, from The Trade, is that season 3 was ordered.',
    )
  })

  it('an order is not old while two of the show\u2019s own gaps are not over', () => {
    const order = claim({ kind: 'renewed', season: 3, publishedOn: '2023-07-04' })
    expect(derive(withClaims(gone(2014, 2020), 3, order)).status.status).toBe('returning')
    expect(derive(withClaims(gone(2020, 2021), 3, order)).status.status).toBe('unknown')
  })
})

describe('silence is not an event', () => {
  it('no plan to film is ever missed, whoever is silent', () => {
    for (const slug of [
      'the-white-lotus',
      'all-of-us-are-dead',
      'the-pitt',
      'dexter-resurrection',
      'bridgerton',
    ])
      for (const { claims, status } of starter(slug).seasons)
        for (const { id, kind } of claims)
          if (kind === 'filming_started' || kind === 'filming_wrapped')
            expect(status.states[id], `${slug} ${id}`).not.toBe('missed')
  })

  it('a window nobody looked after is not confirmed: Dexter: Resurrection, October 2026', () => {
    expect(starter('dexter-resurrection').status.answer).not.toContain('passed without a premiere')
    expect(starter('dexter-resurrection').status.answer).toContain('nothing we have read since')
  })

  it('seasons that later ones followed are complete: Invincible, Slow Horses, Dead City', () => {
    for (const slug of ['invincible', 'slow-horses', 'the-walking-dead-dead-city']) {
      const { seasons, status } = starter(slug)
      const begun = seasons.filter(({ status: { status: word } }) => word === 'airing' || word === 'complete')
      const last = Math.max(...begun.map(({ facts }) => facts.number))
      for (const { facts, status: season } of seasons)
        if (facts.number < last) expect(season.status, `${slug} ${facts.number}`).toBe('complete')
      expect(status.nextSeason).toBeGreaterThanOrEqual(last)
    }
  })

  it('has no last change where nothing has changed: Friends, Saturday Night Live', () => {
    for (const slug of ['friends', 'saturday-night-live'])
      for (const { status } of starter(slug).seasons) expect(status.changedOn).toBeNull()
  })

  it('never says premiered, missed, cancelled or ended without a ground, whatever was said in whatever order', () => {
    const day = fc.integer({ min: 0, max: 900 }).map((n) => addDays('2024-06-01', n))
    const said = fc.record({
      kind: fc.constantFrom(
        'release_date',
        'release_window',
        'renewed',
        'no_news',
        'filming_started',
        'delayed',
      ),
      edtf: fc.option(day),
      publishedOn: fc.option(day.filter((d) => d <= TODAY)),
      sourceClass: fc.constantFrom('official', 'trade', 'press', 'aggregator', 'fan'),
      by: fc.constantFrom('Alpha', 'Beta', 'Gamma'),
    })
    fc.assert(
      fc.property(
        fc.array(said, { maxLength: 8 }),
        fc.constantFrom('', 'Ended', 'Running'),
        (given, label) => {
          const claims = given.map((one) => claim({ ...one, season: 2 } as never))
          const { seasons, status } = derive(
            withClaims(recorded('2023-01-01'), 2, ...claims),
            label ? listed(label) : undefined,
          )
          const second = seasons[1]!
          const { premiereState, premiereBecause, missed, status: word } = second.status
          if (word === 'airing' || (word === 'complete' && second.status.premiere)) {
            const kept = claims.filter(({ id }) => premiereBecause.includes(id))
            expect(kept.some((one) => one.publishedOn !== null && one.publishedOn >= one.latest!)).toBe(true)
            expect(premiereState).toBe('premiered')
          }
          for (const { window, lookedOn, by } of missed) {
            expect(lookedOn > window.latest).toBe(true)
            // A record shows it only by a later premiere.
            expect(by === null ? premiereState === 'premiered' : claims.some(({ id }) => id === by)).toBe(
              true,
            )
          }
          if (status.status === 'over') expect(status.label?.label).toBe('Ended')
          if (status.status === 'cancelled' || status.status === 'ended')
            expect(status.because.length).toBeGreaterThan(0)
          const given2023: GivenFact[] = [{ provider: 'TVmaze', value: '2023-01-01', seenOn: TODAY }]
          for (const sentence of groundsOf(
            { seasons, status },
            (n, field) => (n === 1 && field === 'premiere' ? given2023 : []),
            TODAY,
          ))
            expect(sentence.grounds, sentence.said).not.toEqual([])
          for (const { kind, happenedOn } of replayEvents(second.claims, second.facts, TODAY))
            expect(happenedOn <= TODAY, kind).toBe(true)
        },
      ),
      { numRuns: 500 },
    )
  })
})

describe('what comes as a matter of course', () => {
  it('talk, news, games and soaps that are listed as running run, and nobody waits for their next season', () => {
    const seasons = recorded('2001-01-01', '2025-09-01')
    for (const more of [{ kind: 'talk' }, { kind: 'news' }, { kind: 'game' }, { genres: ['Soap'] }])
      expect(derive(seasons, listed('Running', '2025', more)).status).toMatchObject({
        status: 'running',
        lamp: 'running',
        nextSeason: 2,
      })
    expect(starter('jeopardy').status.answer).toMatch(/^New episodes come as a matter of course/)
  })

  it('a drama that is listed as running is not: that somebody makes it says nothing of a next season', () => {
    expect(derive(recorded('2024-01-01'), listed('Running')).status.status).toBe('unknown')
  })
})

test('a season counted by hand had begun by the day it was counted, and not by today: what is said later is of one to come', () => {
  const counted = { season: 2, field: 'counted', provider: 'by-hand', value: 'yes', seen_on: '2026-03-01' }
  const record = catalogueRecord.parse({ ids: { greenlit: 'counted' }, title: 'Counted', facts: [counted] })
  const state = (publishedOn: Day) =>
    stateOfRecord(
      { ...record, seasons: [{ number: 1, premiere: '2024-05-05' }, { number: 2 }] },
      [claim({ kind: 'filming_started', publishedOn, sourceClass: 'official' })],
      TODAY,
    ).seasons.find(({ facts }) => facts.number === 2)?.status.status
  expect(state('2026-02-01')).toBe('complete')
  expect(state('2026-05-01')).toBe('filming')
})

describe('the faults a reader of the site found', () => {
  const answer = (slug: string) => starter(slug).status.answer
  it('T2: a show whose only dated word is a year claims no day', () => {
    expect(answer('dutton-ranch')).toBe('Season 1 is due in 2026.')
  })
  it('T5: what an article announced months before was due; it did not premiere by that', () => {
    expect(answer('the-rings-of-power')).toMatch(/^Season 3 was due on 11 November 2026 \(Manila Bulletin/)
    expect(answer('house-of-the-dragon')).not.toMatch(/began|is on/)
  })
  it('T6: no season that was followed by another is still ordered: Interview with the Vampire', () => {
    for (const { facts, status } of starter('interview-with-the-vampire').seasons)
      if (facts.number < 3) expect(status.status).toBe('complete')
  })
  it('T8: an expected month is no record, until the end is reported: The Bear, season 5', () => {
    const fifth = (today: Day) =>
      starterShow('the-bear', today).seasons.find(({ facts }) => facts.number === 5)?.status
    expect(fifth('2026-06-26')?.premiereState).not.toBe('premiered')
    expect(fifth(TODAY)).toMatchObject({ premiereState: 'premiered', status: 'complete' })
    expect(answer('the-bear')).toBe('It ended with season 5, by choice (Rolling Stone, 27 June 2026).')
  })
  it('T9: a third and final season is no cancellation: Alice in Borderland', () => {
    expect(starter('alice-in-borderland').status.status).toBe('ended')
  })
  it('T10: The Boys waits for no sixth season', () => {
    expect(answer('the-boys')).not.toContain('season 6')
  })
  it('T11: no day on which a window ran out is a change: Mindhunter', () => {
    for (const { claims, status } of starter('mindhunter').seasons)
      for (const { window } of status.missed) {
        expect(status.changedOn).not.toBe(addDays(window.latest, 1))
        expect(claims.some(({ publishedOn }) => publishedOn !== null && publishedOn > window.latest)).toBe(
          true,
        )
      }
    expect(answer('mindhunter')).toMatch(/^Over/)
  })
})
