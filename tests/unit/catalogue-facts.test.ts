import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FACT_FIELDS } from '@/db/schema/words'
import { shown, shownSeason, trustOf } from '@/lib/catalogue/facts'
import { canonicalLine } from '@/lib/catalogue/record'
import { checkLine, mergeRecords } from '@/lib/catalogue/rules'
import { compact, providerOf } from '@/lib/catalogue/stated'
import type { CatalogueRecord, Fact } from '@/lib/catalogue/types'
import { showFactsOf } from '@/lib/ledger/facts'
import type { Day } from '@/lib/shared/day'
import { parseEdtf } from '@/lib/shared/edtf'
import { anyRecord } from '../support/records'

const TODAY = '2026-11-22'

const fact = (provider: string, value: string, more: Partial<Fact> = {}): Fact => ({
  season: 1,
  field: 'premiere',
  provider,
  value,
  as_of: null,
  seen_on: TODAY,
  withdrawn_on: null,
  ...more,
})
const premiere = (...given: [string, string, Partial<Fact>?][]) =>
  shown(
    'premiere',
    given.map(([provider, value, more]) => fact(provider, value, more)),
  )
const episodes = (...given: [string, string, Partial<Fact>?][]) =>
  shown(
    'episodes',
    given.map(([provider, value, more]) => fact(provider, value, { field: 'episodes', ...more })),
  )

const anyProvider = fc.constantFrom(
  'by-hand',
  'TVmaze',
  'tvmaze-2024',
  'tmdb',
  'bangumi-data',
  'mine',
  'yours',
)
const anyDate = fc.constantFrom(
  '2023',
  '2023-05',
  '2023-05-02',
  '2023-21',
  '2023~',
  '2023-04/2023-06',
  '2024-01-01',
)
const anyFact = fc
  .record({
    provider: anyProvider,
    value: anyDate,
    seen_on: fc.constantFrom('2026-01-01', '2026-11-22'),
    withdrawn_on: fc.constantFrom(null, null, '2026-11-22'),
  })
  .map(({ provider, value, ...more }) => fact(provider, value, more))
const anyFacts = fc.uniqueArray(anyFact, { maxLength: 7, selector: ({ provider }) => provider })
/** The same list in any order. */
const shuffledTwice = <T>(list: fc.Arbitrary<T[]>) =>
  list.chain((items) =>
    fc.tuple(
      fc.constant(items),
      fc.shuffledSubarray(items, { minLength: items.length, maxLength: items.length }),
    ),
  )

describe('of values that providers give, the one that is shown', () => {
  test('is the most trusted provider’s, however many say otherwise', () => {
    expect(episodes(['bangumi-data', '7'], ['mine', '7'], ['TVmaze', '8'])).toEqual({
      value: '8',
      providers: ['TVmaze'],
      reasons: ['trust'],
      differing: [{ value: '7', providers: ['bangumi-data', 'mine'] }],
    })
    expect(trustOf('by-hand')).toBeLessThan(trustOf('tvmaze-2024'))
    expect(trustOf('TVmaze')).toBe(trustOf('tvmaze-2025'))
    expect(trustOf('catalogue')).toBe(trustOf('never heard of'))
  })

  test('is trusted by who read it for television, and last of all by what a machine read off articles', () => {
    const order = [
      ...['famous-by-hand', 'tvmaze-2025-10', 'network-seasons', 'tmdb', 'bangumi-data', 'anime-seasons'],
      ...['premises', 'turkish-wikipedia', 'netflix-titles', 'netflix-reports', 'claim-pages', 'catalogue'],
    ]
    const ranks = order.map(trustOf)
    expect(ranks).toEqual([...new Set(ranks)].sort((a, b) => a - b))
    for (const [one, other] of [
      ['famous-by-hand', 'by-hand'],
      ['tvmaze-schedule', 'tvmaze-2024'],
      ['korean-wikipedia', 'netflix-originals-wikipedia'],
      ['bangumi-subjects', 'bangumi-data'],
      ['anime-genres', 'anime-seasons'],
    ] as const)
      expect(trustOf(one), one).toBe(trustOf(other))
  })

  test('is, among equally trusted ones, the one that most agree with; copies of one provider are one voice', () => {
    expect(episodes(['one', '7'], ['two', '8'], ['three', '8'])).toMatchObject({
      value: '8',
      reasons: ['agreement'],
    })
    expect(
      episodes(['x', '7'], ['y', '8', { seen_on: '2026-01-01' }], ['y-2024', '8', { seen_on: '2026-01-01' }])
        .value,
    ).toBe('7')
  })

  test('is then the more precise, then the newer', () => {
    expect(premiere(['one', '2023-05'], ['two', '2024'])).toMatchObject({
      value: '2023-05',
      reasons: ['precision'],
    })
    expect(episodes(['one', '7'], ['two', '8', { seen_on: '2026-01-01' }])).toMatchObject({
      value: '7',
      reasons: ['newest'],
    })
  })

  test('is the day where one gives the year and another a day of it, for they agree', () => {
    expect(premiere(['TVmaze', '2023'], ['mine', '2023-05-02'])).toEqual({
      value: '2023-05-02',
      providers: ['mine'],
      reasons: ['trust', 'precision'],
      differing: [],
    })
  })

  test('is nobody’s where all have taken it back', () => {
    expect(premiere(['TVmaze', '2023', { withdrawn_on: TODAY }])).toEqual({
      value: null,
      providers: [],
      reasons: [],
      differing: [],
    })
    expect(premiere(['TVmaze', '2023', { withdrawn_on: TODAY }], ['mine', '2024']).value).toBe('2024')
  })

  test('is no finale that was over before the season began', () => {
    const facts = [fact('TVmaze', '2024-05-01'), fact('mine', '2023-12-01', { field: 'finale' })]
    expect(shownSeason(facts)).toMatchObject({
      premiere: { value: '2024-05-01' },
      finale: { value: null, differing: [{ value: '2023-12-01', providers: ['mine'] }] },
    })
  })

  test('does not depend on the order in which it was learnt', () => {
    fc.assert(
      fc.property(shuffledTwice(anyFacts), ([one, other]) => {
        expect(shown('premiere', other)).toEqual(shown('premiere', one))
      }),
    )
  })

  test('is always what somebody still says, agrees with the most trusted, and differs from what is told as differing', () => {
    const within = (inner: string, outer: string) => {
      const [a, b] = [parseEdtf(inner), parseEdtf(outer)]
      return a.ok && b.ok && b.window.earliest <= a.window.earliest && a.window.latest <= b.window.latest
    }
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const live = facts.filter(({ withdrawn_on }) => withdrawn_on === null)
        const { value, providers, differing } = shown('premiere', facts)
        expect(value === null).toBe(live.length === 0)
        if (value === null) return
        const best = Math.min(...live.map(({ provider }) => trustOf(provider)))
        const leads = live.filter(({ provider }) => trustOf(provider) === best)
        expect(leads.some((lead) => within(value, lead.value))).toBe(true)
        for (const provider of providers)
          expect(live.find((one) => one.provider === provider)?.value).toBe(value)
        for (const other of differing)
          expect(within(other.value, value) || within(value, other.value)).toBe(false)
      }),
    )
  })
})

const FIELDS = ['premiere', 'finale', 'episodes'] as const
const line = (provider: string, more: Partial<CatalogueRecord>): CatalogueRecord => ({
  ids: { tmdb: '1' },
  title: 'A',
  provenance: [`${provider} (CC0)`],
  ...more,
})
/** What is on record after some lines, in their order. */
const recordAfter = (lines: CatalogueRecord[], today: Day = TODAY) =>
  lines.reduce((there, next) => mergeRecords(there, next, 'unite', { provider: providerOf(next), today }), {
    ids: {},
    title: 'A',
  } as CatalogueRecord)
const season = (record: CatalogueRecord, number = 1) => record.seasons?.find((one) => one.number === number)

describe('lines of several providers', () => {
  const tvmaze = line('TVmaze', {
    network: 'tvN',
    seasons: [{ number: 1, premiere: '2023-05-02', episodes: 8 }],
  })
  const bangumi = line('bangumi-data', {
    country: 'Japan',
    network: 'NHK',
    seasons: [{ number: 1, premiere: '2023-05-03', finale: '2023-07-01', episodes: 7 }, { number: 2 }],
  })

  test('never overwrite each other: what is shown is the same in either order, and what one adds is kept', () => {
    for (const record of [recordAfter([tvmaze, bangumi]), recordAfter([bangumi, tvmaze])]) {
      expect(record).toMatchObject({ network: 'tvN', country: 'Japan' })
      expect(season(record)).toMatchObject({ premiere: '2023-05-02', finale: '2023-07-01', episodes: 8 })
      expect(season(record, 2)).toMatchObject({ premiere: null })
    }
  })

  test('show the same whatever their order', () => {
    const anyLine = fc.tuple(anyRecord, anyProvider).map(([record, provider]) => ({
      ...record,
      ids: { tmdb: '1' },
      title: 'A',
      provenance: [provider],
    }))
    const lines = fc.uniqueArray(anyLine, { maxLength: 5, selector: ({ provenance }) => provenance[0]! })
    const facts = ({ seasons, network, country, facts: all }: CatalogueRecord) => ({
      // A season's name is no fact of a provider: the last line's counts.
      seasons: seasons?.map((one) => FIELDS.map((field) => one[field])),
      network,
      country,
      all: all?.filter(({ field }) => field !== 'label'),
    })
    fc.assert(
      fc.property(shuffledTwice(lines), ([one, other]) => {
        expect(facts(recordAfter(other))).toEqual(facts(recordAfter(one)))
      }),
    )
  })

  test('that name a copy of a provider give that provider’s facts, spelt as it is spelt', () => {
    const providers = (...named: string[]) =>
      recordAfter(named.map((name) => line(name, { network: 'tvN' }))).facts?.map(({ provider }) => provider)
    expect(providers('tvmaze-2024', 'tvmaze-2025-10', 'tvmaze-schedule')).toEqual(['tvmaze'])
    expect(providers('TVmaze')).toEqual(['TVmaze'])
  })

  test('told again, on whatever day, change nothing', () => {
    const once = recordAfter([tvmaze, bangumi])
    const twice = mergeRecords(once, bangumi, 'unite', { provider: 'bangumi-data', today: '2027-03-01' })
    expect(canonicalLine(twice)).toBe(canonicalLine(once))
  })

  test('take back with null what their own provider said, and nobody else’s word', () => {
    const withdrawn = recordAfter([
      tvmaze,
      bangumi,
      line('TVmaze', { seasons: [{ number: 1, episodes: null }] }),
    ])
    expect(season(withdrawn)).toMatchObject({ premiere: '2023-05-02', episodes: 7 })
    const others = recordAfter([tvmaze, line('bangumi-data', { seasons: [{ number: 1, episodes: null }] })])
    expect(season(others)).toMatchObject({ episodes: 8 })
    expect(withdrawn.facts?.filter(({ withdrawn_on }) => withdrawn_on === TODAY)).toMatchObject([
      { season: 1, field: 'episodes', provider: 'TVmaze', value: '8' },
    ])
  })

  test('a season that one provider alone stated and took back is on record no longer; one that others count is', () => {
    const third = { number: 3, premiere: '2027-01' }
    const back = line('TVmaze', { seasons: [{ number: 3, premiere: null }] })
    expect(season(recordAfter([tvmaze, line('TVmaze', { seasons: [third] }), back]), 3)).toBeUndefined()
    const counted = [
      line('bangumi-data', { seasons: [{ number: 3 }] }),
      line('TVmaze', { seasons: [third] }),
      back,
    ]
    expect(season(recordAfter(counted), 3)).toMatchObject({ premiere: null })
    expect(season(recordAfter([...counted, line('TVmaze', { seasons: [third] })]), 3)).toMatchObject(third)
  })

  test('null of what a provider never gave is no withdrawal', () => {
    expect(season(recordAfter([line('TVmaze', { seasons: [{ number: 1, premiere: null }] })]))).toBeDefined()
  })
})

describe('a record in the form it is exported in', () => {
  test('carries every provider’s facts, and the shown values come back from it', () => {
    const nulled = fc.record({
      premiere: fc.constantFrom(undefined, null, '2022'),
      episodes: fc.constantFrom(undefined, null, 9),
    })
    const anyLine = fc.tuple(anyRecord, anyProvider, nulled).map(([record, provider, again]) => ({
      ...record,
      seasons: [...(record.seasons ?? []).filter(({ number }) => number > 1), { number: 1, ...again }],
      ids: { tmdb: '1' },
      title: 'A',
      provenance: [provider],
    }))
    fc.assert(
      fc.property(fc.array(anyLine, { minLength: 1, maxLength: 6 }), (lines) => {
        const record = recordAfter(lines, '2026-11-20')
        const text = canonicalLine(compact(record))
        const read = checkLine(text)
        expect(read.ok ? [] : read.problems).toEqual([])
        const back = recordAfter([(read as { record: CatalogueRecord }).record], '2026-11-25')
        const words = (all: CatalogueRecord) => all.facts?.map(({ seen_on: _, ...rest }) => rest)
        expect(words(back)).toEqual(words(record))
        // Of people an empty list says nothing and is not written: the lines below compare them as they are written.
        expect({ ...back, facts: [], cast: [] }).toEqual({ ...back, ...record, facts: [], cast: [] })
        expect(canonicalLine(compact(back))).toBe(text)
        // Over what is there already it says nothing new.
        const over = mergeRecords(record, (read as { record: CatalogueRecord }).record, 'unite', {
          provider: providerOf(record),
          today: '2026-11-25',
        })
        expect(over.facts).toEqual(record.facts)
      }),
    )
  })

  test('is no longer than before where one provider alone speaks', () => {
    const alone = line('TVmaze', {
      country: 'Japan',
      seasons: [{ number: 1, premiere: '2020' }, { number: 2 }],
      listed: { label: 'Ended', source: 'TVmaze', as_of: '2024' },
    })
    expect(canonicalLine(compact(recordAfter([alone])))).toBe(canonicalLine(alone))
  })
})

describe('facts in a line that cannot be are refused in sentences', () => {
  const problems = (given: object) => {
    const text = JSON.stringify({
      ids: { x: '1' },
      title: 'A',
      facts: [{ season: 1, field: 'premiere', provider: 'P', value: '2024', seen_on: TODAY, ...given }],
    })
    const read = checkLine(text)
    return read.ok ? [] : read.problems
  }

  test('each with its field', () => {
    expect(problems({})).toEqual([])
    expect(problems({ field: 'colour' })).toEqual([
      `facts.0.field: should be one of ${FACT_FIELDS.join(', ')}`,
    ])
    expect(problems({ value: '2026-13-45' })).toEqual([
      'facts.0.value: 2026-13-45 is not a date: there is no month 13',
    ])
    expect(problems({ season: 0 })).toEqual(['facts.0.season: premiere is a field of a season: say of which'])
    expect(problems({ field: 'network' })).toEqual([
      'facts.0.season: network is a field of the show, not of a season',
    ])
    expect(problems({ field: 'episodes', value: '0' })).toEqual([
      'facts.0.value: a number of episodes is 1 to 20000',
    ])
    expect(problems({ field: 'counted', value: 'no' })).toEqual([
      'facts.0.value: a season is counted with "yes"; to take that back give withdrawn_on',
    ])
    expect(problems({ seen_on: 'soon' })).toEqual(['facts.0.seen_on: is not a day such as 2026-11-22'])
    expect(problems({ withdrawn_on: '2025-01-01' })).toEqual([
      'facts.0.withdrawn_on: is before the day it was seen on',
    ])
    expect(problems({ as_of: 'once' })[0]).toMatch(/^facts\.0\.as_of: once is not a date/)
    expect(problems({ provider: '' })).toEqual(['facts.0.provider: is empty'])
    expect(problems({ value: 'A\u202eB' })[0]).toMatch(/^facts\.0\.value: has a control/)
  })

  test('two of one provider about one field are one too many', () => {
    const twice = { season: 1, field: 'premiere', provider: 'P', value: '2024', seen_on: TODAY }
    const read = checkLine(JSON.stringify({ ids: { x: '1' }, title: 'A', facts: [twice, twice] }))
    expect(read).toEqual({ ok: false, problems: ['facts: a provider gives premiere of season 1 twice'] })
  })
})

test('a day of the past knows only the labels that had certainly been given by then', () => {
  const label = (as_of: string | null, seen_on: Day) => ({
    field: 'label',
    provider: 'TVmaze',
    value: 'Ended',
    as_of,
    seen_on,
  })
  const known = (fact: ReturnType<typeof label>, today: Day) =>
    showFactsOf({ kind: 'scripted', genres: [], facts: [fact] }, today).labels.length === 1
  // Seen later, said at some time of 2024: known when 2024 is over.
  expect(known(label('2024', '2026-11-22'), '2024-05-01')).toBe(false)
  expect(known(label('2024', '2026-11-22'), '2024-12-31')).toBe(true)
  // Seen while the year it was said in is still on: known from the day it was seen.
  expect(known(label('2026', '2026-11-22'), '2026-11-21')).toBe(false)
  expect(known(label('2026', '2026-11-22'), '2026-11-22')).toBe(true)
  expect(known(label(null, '2026-11-22'), '2026-11-21')).toBe(false)
})
