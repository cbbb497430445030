import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answerText } from '@/lib/feeds/answer'
import { apiShow } from '@/lib/feeds/api'
import { seasonCard, showCard } from '@/lib/feeds/card'
import { showFeed } from '@/lib/feeds/entries'
import { showLd } from '@/lib/feeds/json-ld'
import { seasonMetadata, showMetadata } from '@/lib/feeds/metadata'
import { seasonAnswer } from '@/lib/feeds/season'
import { type Given, groundsOf } from '@/lib/ledger/grounds'
import { addDays, type Day } from '@/lib/shared/day'
import { formatWindow } from '@/lib/shared/edtf'
import { deriveShow, NO_SHOW_FACTS } from '@/lib/status/show'
import { monthsBetween } from '@/lib/status/silence'
import type { SeasonInput, ShowFacts } from '@/lib/status/types'
import { claim, factsOf, starterShow } from '../support/ledger'
import { showOf } from '../support/show-page'

const TODAY = '2026-11-30'

/** A season on record by its days ('' for one nobody knows). */
type Recorded = [premiere?: string, finale?: string]

/** Seasons on record and the one people wait for, with what was said of that one. */
const seasons = (recorded: Recorded[], claims: SeasonInput['claims'] = []): SeasonInput[] => [
  ...recorded.map(([premiere, finale], i) => ({
    facts: { ...factsOf(i + 1, premiere || null, finale || null), recorded: true },
    claims: [],
  })),
  { facts: factsOf(recorded.length + 1), claims },
]
const derive = (recorded: Recorded[], show: Partial<ShowFacts> = {}, claims: SeasonInput['claims'] = []) =>
  deriveShow(seasons(recorded, claims), TODAY, { ...NO_SHOW_FACTS, ...show })
const line = (...given: Parameters<typeof derive>) => derive(...given).status.answer
const listed = (label: string, asOf = '2025-10', provider = 'TVmaze'): Pick<ShowFacts, 'labels'> => ({
  labels: [{ provider, label, asOf, seenOn: '2026-11-22' }],
})

describe('the first line of a show nobody speaks of', () => {
  it('says when its last season ended, how long ago that is, and that we have no word of the next', () => {
    expect(line([['2018-10-06'], ['2019-10-05', '2019-12-21']])).toBe(
      'Season 2 ended in December 2019; we have no word of a third in the six years since.',
    )
  })

  it('says of a show of one season how long that ran', () => {
    expect(line([['2012-10-04', '2012-12-20']])).toBe(
      'Season 1 ran from October to December 2012; we have no word of a second in the 13 years since.',
    )
    expect(line([['2012-10-04', '2013-03-28']])).toContain('ran from October 2012 to March 2013;')
    expect(line([['1999-04-01', '1999-04-30']])).toContain('ran in April 1999;')
    expect(line([['2025-07-08', '2025-07-30']])).toContain('ran from 8 to 30 July 2025;')
    expect(line([['2025-11-08', '2025-11-08']])).toContain('came out on 8 November 2025;')
  })

  it('says "began" where nobody gives a finale, also long after', () => {
    expect(line([['2014']])).toBe(
      'Season 1 began in 2014; we have no word of a second in the eleven years since.',
    )
    expect(line([['2025-09-18']])).toBe(
      'Season 1 began on 18 September 2025; we have no word of a second in the 14 months since.',
    )
  })

  it('is no more precise than what is on record', () => {
    expect(line([['2019', '2020']])).toContain('Season 1 ran from 2019 to 2020;')
    expect(line([['2019-21'], ['2024-22']])).toContain('Season 2 began in summer 2024;')
    expect(line([['2019~']])).toContain('Season 1 began in about 2019;')
    // Of a year and a month no run can be told.
    expect(line([['2012', '2012-12']])).toContain('Season 1 ended in December 2012;')
  })

  it('counts down, in whole months for two years and in whole years after that, and not at all below two months', () => {
    expect(line([['2026-07-03', '2026-10-02']])).toContain('; we have no word of a second yet.')
    expect(line([['2026-07-03', '2026-09-30']])).toContain(' in the two months since.')
    expect(line([['2024-10-01', '2024-12-20']])).toContain(' in the 23 months since.')
    expect(line([['2024-09-01', '2024-11-30']])).toContain(' in the two years since.')
    expect(line([['2020-10-01', '2020-12-01']])).toContain(' in the five years since.')
  })

  it('never counts from a day that may still be to come', () => {
    expect(line([['2025-10-01', '2026']])).toBe(
      'Season 1 is on: it began on 1 October 2025. We have no word of a second yet.',
    )
  })

  it('says that a last season has no day on record, and that a show has no season', () => {
    expect(line([['2019-01-01', '2019-03-01'], []])).toBe(
      'Season 2 is the last on record here, without its days; we have no word of a third.',
    )
    expect(line([[]])).toBe('Season 1 is on record here, without its days; we have no word of a second.')
    expect(line([])).toBe('No season of it is on record here, and we have no word of one.')
  })

  it('names a season far on by its number', () => {
    expect(line(Array.from({ length: 12 }, (_, i): Recorded => [`${2005 + i}-01-10`]))).toContain(
      'we have no word of season 13 in the ten years since.',
    )
  })

  it('tells of a season that is on first, and of silence about the next in few words', () => {
    expect(line([['2025-01-01'], ['2026-11-04']])).toBe(
      'Season 2 is on: it began on 4 November 2026. We have no word of a third yet.',
    )
  })
})

describe('what a provider says of the future', () => {
  const one: Recorded[] = [['2025-03-01', '2025-05-01']]

  it('stands after it, with the provider and the day', () => {
    expect(line(one, listed('To Be Determined'))).toMatch(
      / TVmaze does not know whether it goes on \(October 2025\)\.$/,
    )
    expect(line(one, listed('Running', '2025'))).toMatch(/ TVmaze lists it as running \(2025\)\.$/)
    expect(line(one, listed('HIATUS', '2026-01', 'AniList'))).toMatch(
      / AniList lists it as on hiatus \(“HIATUS”\) \(January 2026\)\.$/,
    )
  })

  it('is left out where it was said before the last season, or of one instalment that is finished', () => {
    expect(line(one, listed('To Be Determined', '2024-10'))).not.toContain('TVmaze')
    expect(line(one, listed('FINISHED', '2026-01', 'AniList'))).not.toContain('AniList')
  })

  it('leaves the line of a show whose record stops as it is', () => {
    expect(line([['2015-03-01']], listed('Running'))).toMatch(/^TVmaze lists it as running .* only the first/)
  })
})

describe('what the record here lacks', () => {
  it('is said where a provider counts more seasons, and then nothing of which comes next', () => {
    expect(line([['2019-10-20'], ['2020-10-01', '2021-02-01']], { totals: [11] })).toBe(
      'Of its eleven seasons only the first two are on record here; season 2 ended in February 2021.',
    )
  })

  it('is said where a last episode is given that the seasons here do not reach', () => {
    const ended = [{ provider: 'turkish-wikipedia', edtf: '2022-04-21' }]
    expect(line([['2019-04-10']], { ended })).toBe(
      'Of its seasons only the first is on record here; season 1 began in April 2019. Its last episode came in April 2022.',
    )
  })

  it('takes an end near enough to be the last season’s own for its finale, unless its giver leaves the show open', () => {
    const ended = [{ provider: 'tvmaze', edtf: '2019-12-21' }]
    expect(line([['2019-10-05']], { ended })).toContain('Season 1 ran from October to December 2019;')
    expect(line([['2019-10-05']], { ended, ...listed('To Be Determined') })).toContain('Season 1 began in')
  })
})

describe('where something was said of the season', () => {
  const recorded: Recorded[] = [['2023-01-01'], ['2025-03-18', '2025-07-01']]
  const about = (more: Parameters<typeof claim>[0]) => [
    claim({ season: 3, publishedOn: '2025-07-16', ...more }),
  ]

  it('the line speaks of those we have read, and keeps the last word', () => {
    expect(line(recorded, {}, about({ kind: 'no_news', by: 'Variety' }))).toBe(
      'Season 2 ended on 1 July 2025; nobody we have read has announced a third in the 16 months since. The last word we have is from 16 July 2025 (Variety).',
    )
  })

  it('a rumour, a delay, an order and an end each keep their own line', () => {
    const answers = [
      about({ kind: 'renewed', sourceClass: 'fan', by: 'Fan Page' }),
      about({ kind: 'delayed' }),
      about({ kind: 'renewed', publishedOn: '2026-07-16' }),
      about({ kind: 'ended' }),
      about({ kind: 'cancelled' }),
    ].map((claims) => derive(recorded, {}, claims).status)
    for (const { silence, answer } of answers) {
      expect(silence).toBeNull()
      expect(answer).not.toMatch(/no word|nobody we have read/)
    }
    expect(answers[0]?.answer).toBe(
      'Nobody we can rely on has announced season 3; Fan Page alone says it is coming.',
    )
  })

  it('a statement that was taken back was not said', () => {
    const taken = about({ kind: 'no_news', retractedOn: '2025-08-01', retractReason: 'it never said so' })
    expect(line(recorded, {}, taken)).toContain('we have no word of a third')
  })
})

describe('every face of a silent show says the same', () => {
  const show = showOf([
    { number: 1, premiere: '2012-10-04', finale: '2012-12-20', episodes: 11 },
    { number: 2 },
  ])
  const answer =
    'Season 1 ran from October to December 2012; we have no word of a second in the 13 years since.'

  it('page, description, preview image, feed, answer, interface and structured data', () => {
    const site = 'https://greenlit.example'
    expect(show.status.answer).toBe(answer)
    expect(showMetadata(show, site).description).toBe(answer)
    expect(showMetadata(show, site).openGraph).toMatchObject({ description: answer })
    expect(showCard(show).answer).toBe(answer)
    expect(showFeed(show, site, 'atom').subtitle).toBe(answer)
    expect(answerText(show)).toBe(`A Show: ${answer} (as of 22 November 2026)\n`)
    expect(apiShow(show).answer).toBe(answer)
    expect(showLd(show, site)).toMatchObject({ creativeWorkStatus: answer })
  })

  it('the page of the season it waits for too', () => {
    expect(seasonAnswer(show, show.seasons[1]!)).toBe(answer)
    expect(seasonMetadata(show, 2).description).toBe(answer)
    expect(seasonCard(show, 2)?.answer).toBe(answer)
    expect(seasonAnswer(show, show.seasons[0]!)).toBe('Season 1 ended on 20 December 2012.')
  })

  it('the title says it in few words', () => {
    expect(showMetadata(show).title).toBe('A Show: season 1 ended in 2012, no word of a second')
    const title = (...given: Parameters<typeof showOf>) => showMetadata(showOf(...given)).title
    expect(title([{ number: 1, premiere: '2020' }, { number: 2 }])).toBe(
      'A Show: season 1 began in 2020, no word of a second',
    )
    expect(title([{ number: 1, premiere: '2026-11-04' }, { number: 2 }])).toBe(
      'A Show: season 1 is on, no word of a second',
    )
    expect(title([{ number: 1 }])).toBe('A Show: no season on record')
  })
})

describe('nothing is said for want of news that is not on record', () => {
  const day = fc.integer({ min: 0, max: 9_000 }).map((n) => addDays('2003-01-01', n))
  const vague = fc.tuple(day, fc.constantFrom(4, 7, 10)).map(([text, length]) => text.slice(0, length))
  const recorded = fc
    .record({ premiere: fc.option(vague), days: fc.option(fc.integer({ min: 0, max: 400 })) })
    .map(({ premiere, days }): Recorded => {
      if (!premiere || days === null) return [premiere ?? '']
      const from = `${premiere}-01-01`.slice(0, 10) as Day
      return [premiere, addDays(from, days).slice(0, premiere.length)]
    })
  const facts = fc.record({
    labels: fc
      .tuple(fc.constantFrom('To Be Determined', 'Running', 'In Development', 'Ended'), vague)
      .map(([label, asOf]) => listed(label, asOf).labels),
    ended: fc.option(vague).map((edtf) => (edtf ? [{ provider: 'tvmaze', edtf }] : [])),
    totals: fc.option(fc.integer({ min: 1, max: 9 })).map((total) => (total ? [total] : [])),
  })
  const claims = fc.array(
    fc
      .record({ kind: fc.constantFrom('no_news', 'plot_rumour', 'cast_new'), publishedOn: fc.option(day) })
      .map((given) => ({
        ...given,
        publishedOn: given.publishedOn && given.publishedOn <= TODAY ? given.publishedOn : null,
      })),
    { maxLength: 2 },
  )
  const silent = fc
    .tuple(fc.array(recorded, { maxLength: 4 }), fc.oneof(fc.constant({}), facts), claims)
    .map(([own, show, said]) => {
      const spoken = said.map((one) =>
        claim({ ...one, season: own.length + 1 } as Parameters<typeof claim>[0]),
      )
      return {
        own,
        show: show as Partial<ShowFacts>,
        spoken,
        ...derive(own, show as Partial<ShowFacts>, spoken),
      }
    })
  const check = (property: (given: typeof silent extends fc.Arbitrary<infer T> ? T : never) => void) =>
    fc.assert(
      fc.property(silent, (given) => (given.status.silence ? property(given) : undefined)),
      { numRuns: 1000 },
    )

  const NAMES = 'January|February|March|April|May|June|July|August|September|October|November|December'
  const timesIn = (text: string) =>
    [...text.matchAll(new RegExp(`(?:(?:\\d{1,2} )?(?:${NAMES}) )?\\b(?:19|20)\\d\\d\\b`, 'g'))].map(
      ([found]) => found,
    )

  it('no day, month or year that nobody gave', () => {
    check(({ own, show, spoken, status }) => {
      const given = [
        ...own.flat(),
        ...(show.labels ?? []).map(({ asOf }) => asOf),
        ...(show.ended ?? []).map(({ edtf }) => edtf),
        ...spoken.flatMap(({ publishedOn }) => publishedOn ?? []),
      ].filter(Boolean)
      const said = new Set(
        given.flatMap((edtf) => [4, 7, 10].map((length) => formatWindow(edtf!.slice(0, length)))),
      )
      for (const time of timesIn(status.answer))
        expect(said.has(time), `${time} in "${status.answer}"`).toBe(true)
    })
  })

  it('no end without a finale that is over', () => {
    check(({ seasons: all, show, status }) => {
      if (!/ ended | ran | came out /.test(status.answer)) return
      const { season, finale, finaleBy } = status.silence!
      const last = all.find(({ facts: { number } }) => number === season)
      expect(finale && finale.latest <= TODAY).toBe(true)
      const ends = finaleBy ? (show.ended ?? []).map(({ edtf }) => edtf) : [last?.facts.finale?.edtf]
      expect(ends).toContain(finale?.edtf)
    })
  })

  it('no season but the last on record and the one after it', () => {
    check(({ own, status }) => {
      const named = [...status.answer.matchAll(/[Ss]eason (\d+)/g)].map(([, number]) => Number(number))
      for (const number of named) expect([own.length, own.length + 1]).toContain(number)
      if (own.length === 0) expect(status.answer).not.toMatch(/second|season 2/)
    })
  })

  it('and each of it has a ground', () => {
    check(({ own, show, spoken, ...derived }) => {
      const given: Given = (season, field) => {
        const at = { premiere: own[season - 1]?.[0], finale: own[season - 1]?.[1] }
        const values =
          field === 'ended'
            ? (show.ended ?? []).map(({ edtf }) => edtf)
            : field === 'seasons'
              ? (show.totals ?? []).map(String)
              : [at[field]]
        return values.flatMap((value) => (value ? [{ provider: 'tvmaze', value, seenOn: TODAY }] : []))
      }
      const sentences = groundsOf(derived, given, TODAY)
      for (const { said, grounds } of sentences) expect(grounds, said).not.toEqual([])
      const { finale, label } = derived.status.silence!
      if (finale) expect(sentences.map(({ said }) => said)).toContain('season ended')
      if (label) expect(sentences.map(({ said }) => said)).toContain('listed as')
    })
  })

  it('an end that no provider gives has none', () => {
    const derived = derive([['2019-10-05', '2019-12-21']])
    const ungrounded = groundsOf(
      derived,
      (season, field) =>
        season === 1
          ? [{ provider: 'tvmaze', value: field === 'premiere' ? '2019-10-05' : '2019-12-28', seenOn: TODAY }]
          : [],
      TODAY,
    ).filter(({ grounds }) => grounds.length === 0)
    expect(ungrounded).toMatchObject([{ said: 'season ended', season: 1, when: '2019-12-21' }])
  })
})

it('whole months are counted down', () => {
  expect(monthsBetween('2026-01-31', '2026-02-28')).toBe(0)
  expect(monthsBetween('2026-01-31', '2026-03-31')).toBe(2)
  expect(monthsBetween('2019-12-31', '2026-11-30')).toBe(82)
  expect(monthsBetween('2026-12-01', '2026-11-30')).toBe(-1)
})

it('shows of the starter that were silent say what is known of them', () => {
  expect(starterShow('009-1', TODAY).status.answer).toBe(
    'Season 1 ran from October to December 2006; we have no word of a second in the 19 years since.',
  )
  expect(starterShow('a-couple-of-cuckoos', TODAY).status.answer).toBe(
    'Season 2 ended on 23 September 2025; we have no word of a third in the 14 months since.',
  )
})
