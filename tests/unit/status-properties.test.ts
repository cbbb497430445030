import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CLAIM_KINDS, SOURCE_CLASSES } from '@/db/schema/words'
import { addDays } from '@/lib/shared/day'
import { formatWindow, parseEdtf } from '@/lib/shared/edtf'
import { composeSeasonAnswer } from '@/lib/status/answer'
import type { Claim } from '@/lib/status/claim'
import { DUE_DAYS } from '@/lib/status/premiere'
import { deriveSeasonStatus, replayEvents } from '@/lib/status/rules'
import { deriveShow } from '@/lib/status/show'
import type { SeasonFacts } from '@/lib/status/types'
import { claim, factsOf } from '../support/ledger'

const RUNS = Number(process.env.GREENLIT_PROPERTY_RUNS ?? 1000)
const TODAY = '2026-11-22'
const RANK = ['fan', 'aggregator', 'press', 'trade', 'interview', 'official']
const STAGES = ['unannounced', 'announced', 'filming', 'wrapped', 'dated', 'airing', 'complete']

const two = (n: number) => String(n).padStart(2, '0')
const day = fc.integer({ min: 0, max: 2500 }).map((n) => addDays('2021-06-01', n))
const edtf = fc.oneof(
  fc.integer({ min: 2022, max: 2029 }).map(String),
  fc
    .tuple(fc.integer({ min: 2022, max: 2029 }), fc.integer({ min: 1, max: 12 }))
    .map(([y, m]) => `${y}-${two(m)}`),
  fc
    .tuple(fc.integer({ min: 2022, max: 2029 }), fc.constantFrom(21, 22, 23, 24, 36, 40))
    .map(([y, c]) => `${y}-${c}`),
  fc.integer({ min: 2022, max: 2028 }).map((y) => `${y}-10/${y + 1}-03`),
  day,
)
const outlet = fc.constantFrom('Alpha', 'Beta', 'Gamma', 'Delta', 'Epsilon')
const anyClaim = fc
  .record({
    kind: fc.oneof(
      fc.constantFrom(...CLAIM_KINDS),
      fc.constantFrom('release_window', 'release_date', 'renewed', 'delayed'),
    ),
    edtf: fc.option(edtf, { freq: 4 }),
    publishedOn: fc.option(
      day.filter((d) => d <= TODAY),
      { freq: 4 },
    ),
    sourceClass: fc.constantFrom(...SOURCE_CLASSES),
    by: outlet,
    citing: fc.option(fc.oneof(outlet, fc.constantFrom('Netflix', 'HBO')), { freq: 1 }),
    modality: fc.constantFrom('done', 'done', 'done', 'planned'),
    who: fc.option(fc.constantFrom('Ann Lee', 'Bo Kim')),
    page: fc.integer({ min: 0, max: 30 }),
    retracted: fc.integer({ min: 0, max: 15 }),
  })
  .map(({ page, retracted, kind, modality, ...rest }) =>
    claim({
      ...rest,
      kind: kind as Claim['kind'],
      modality: modality as Claim['modality'],
      url: `https://${rest.by}.test/${page}`,
      ...(retracted === 0 ? { retractedOn: '2026-01-01', retractReason: 'taken back' } : {}),
    }),
  )
const claims = fc.array(anyClaim, { maxLength: 14 })
const facts: fc.Arbitrary<SeasonFacts> = fc.oneof(
  { weight: 3, arbitrary: fc.constant(factsOf()) },
  {
    weight: 1,
    arbitrary: fc.tuple(edtf, fc.option(day)).map(([premiere, finale]) => factsOf(2, premiere, finale)),
  },
)
const check = (property: fc.IProperty<never> | fc.IRawProperty<unknown>) =>
  fc.assert(property as fc.IProperty<unknown>, { numRuns: RUNS })

/** Days named in prose: "14 March 2027". */
const daysIn = (text: string) =>
  [
    ...text.matchAll(
      /\b\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December) \d{4}/g,
    ),
  ].map(([found]) => found)
const showOf = (own: Claim[], record: SeasonFacts) => {
  const first = factsOf(1, '2021-05-01')
  const seasons = [
    { facts: first, claims: [], status: deriveSeasonStatus([], TODAY, first) },
    { facts: record, claims: own, status: deriveSeasonStatus(own, TODAY, record) },
  ]
  return { seasons, show: deriveShow(seasons, TODAY).status }
}

describe('a status is a matter of what was said, and of nothing else', () => {
  it('does not depend on the order of the claims, nor does the history', () => {
    check(
      fc.property(claims, facts, fc.nat(), (own, record, seed) => {
        const shuffled = own
          .map((one, i) => ({ one, at: (i * 7919 + seed) % 104_729 }))
          .sort((a, b) => a.at - b.at)
        const other = shuffled.map(({ one }) => one)
        expect(deriveSeasonStatus(other, TODAY, record)).toEqual(deriveSeasonStatus(own, TODAY, record))
        expect(replayEvents(other, record, TODAY)).toEqual(replayEvents(own, record, TODAY))
      }) as never,
    )
  })

  it('does not change when claims are recorded twice', () => {
    check(
      fc.property(claims, facts, (own, record) => {
        const doubled = [...own, ...own.map((one) => ({ ...one }))]
        expect(deriveSeasonStatus(doubled, TODAY, record)).toEqual(deriveSeasonStatus(own, TODAY, record))
        expect(replayEvents(doubled, record, TODAY)).toEqual(replayEvents(own, record, TODAY))
      }) as never,
    )
  })

  it('gives as reasons only claims that are there and stand', () => {
    check(
      fc.property(claims, facts, (own, record) => {
        const { seasons, show } = showOf(own, record)
        const { status } = seasons[1]!
        const live = new Set(own.filter(({ retractedOn }) => !retractedOn).map(({ id }) => id))
        const named = [
          ...status.because,
          ...status.premiereBecause,
          ...(status.expected?.claimIds ?? []),
          ...(status.stop?.claimIds ?? []),
          ...status.rumours,
          ...status.missed.flatMap(({ claimIds }) => claimIds),
          ...status.contradictions.flatMap(({ sides }) => sides.flatMap(({ claimIds }) => claimIds)),
          ...status.track.flatMap(({ claimId }) => (claimId ? [claimId] : [])),
          ...show.because,
        ]
        for (const id of named) expect(live.has(id)).toBe(true)
        expect(Object.keys(status.states).sort()).toEqual([...new Set(own.map(({ id }) => id))].sort())
        if (status.status !== 'unannounced' && !status.byRecord)
          expect(status.because.length).toBeGreaterThan(0)
      }) as never,
    )
  })
})

describe('an official word never makes us less certain', () => {
  const official = fc
    .record({
      kind: fc.constantFrom(...CLAIM_KINDS),
      edtf: fc.option(edtf),
      publishedOn: day.filter((d) => d <= TODAY),
    })
    .map(({ kind, ...rest }) => claim({ ...rest, kind, sourceClass: 'official', by: 'The Network' }))

  it('the best source behind a status is never a worse one afterwards', () => {
    check(
      fc.property(claims, official, (own, said) => {
        // A delay takes back what was said before it, the best statement too; that is its news.
        fc.pre(said.kind !== 'delayed' && !own.some(({ kind }) => kind === 'delayed'))
        const best = (list: Claim[]) => {
          const status = deriveSeasonStatus(list, TODAY, factsOf())
          const ranks = list
            .filter(({ id }) => status.because.includes(id))
            .map((c) => RANK.indexOf(c.sourceClass))
          return { status: status.status, rank: Math.max(-1, ...ranks) }
        }
        const before = best(own)
        const after = best([...own, said])
        if (before.status === after.status) expect(after.rank).toBeGreaterThanOrEqual(before.rank)
      }) as never,
    )
  })

  it('only a cancellation, an ending or another date takes a status back', () => {
    check(
      fc.property(claims, official, (own, said) => {
        fc.pre(
          !['cancelled', 'ended', 'delayed', 'release_window', 'release_date', 'no_news'].includes(said.kind),
        )
        const stage = (list: Claim[]) => {
          const { status } = deriveSeasonStatus(list, TODAY, factsOf())
          return status === 'cancelled' ? -1 : STAGES.indexOf(status)
        }
        // A day that was due rests on silence; news of filming after it rightly ends that.
        fc.pre(
          !(
            said.kind === 'filming_started' &&
            deriveSeasonStatus(own, TODAY, factsOf()).premiereState === 'due'
          ),
        )
        expect(stage([...own, said])).toBeGreaterThanOrEqual(stage(own))
      }) as never,
    )
  })

  it('an official window around an announced day leaves the day as precise as it was', () => {
    const announced = fc
      .tuple(
        fc.integer({ min: 2027, max: 2029 }),
        fc.integer({ min: 0, max: 360 }),
        fc.constantFrom('press', 'trade', 'interview'),
      )
      .map(([year, days, sourceClass]) =>
        claim({
          kind: 'release_date',
          edtf: addDays(`${year}-01-02`, days),
          publishedOn: '2026-10-01',
          sourceClass: sourceClass as Claim['sourceClass'],
          by: 'The Trade',
        }),
      )
    const timeless = claims.map((own) =>
      own.filter(({ kind }) => !['release_date', 'release_window', 'delayed'].includes(kind)),
    )
    check(
      fc.property(timeless, announced, (own, dayed) => {
        const before = deriveSeasonStatus([...own, dayed], TODAY, factsOf())
        fc.pre(before.status === 'dated')
        const said = claim({
          kind: 'release_window',
          edtf: dayed.edtf!.slice(0, 4),
          publishedOn: '2026-11-20',
          sourceClass: 'official',
          by: 'The Network',
        })
        expect(deriveSeasonStatus([...own, dayed, said], TODAY, factsOf()).premiere).toEqual(before.premiere)
      }) as never,
    )
  })
})

describe('nothing is said that nobody said', () => {
  it('no answer names a day that no claim and no record names', () => {
    check(
      fc.property(claims, facts, (own, record) => {
        const { seasons, show } = showOf(own, record)
        const said = new Set(
          [
            ...own.flatMap((c) => [c.edtf, c.publishedOn]),
            record.premiere?.edtf,
            record.finale?.edtf,
            '2021-05-01',
          ].flatMap((text) => (text ? daysIn(formatWindow(text)) : [])),
        )
        for (const text of [show.answer, composeSeasonAnswer(seasons[1]!, TODAY)])
          for (const found of daysIn(text)) expect(said.has(found), `${found} in "${text}"`).toBe(true)
      }) as never,
    )
  })

  it('a window that passed unmet is never a premiere to come, and a premiere to come is announced', () => {
    check(
      fc.property(claims, facts, (own, record) => {
        const { status, premiere, premiereState, missed, unconfirmed, expected, states, premiereBecause } =
          deriveSeasonStatus(own, TODAY, record)
        for (const { window, claimIds } of unconfirmed) {
          expect(window.latest < TODAY).toBe(true)
          for (const id of claimIds) expect(states[id]).toBe('not_confirmed')
        }
        if (status === 'dated') {
          // Due: an announced day of the last month that nobody has spoken of since.
          const floor = premiereState === 'due' ? addDays(TODAY, -DUE_DAYS) : TODAY
          expect(premiere && premiere.latest >= floor).toBe(true)
          expect(missed.map(({ window }) => window.edtf)).not.toContain(premiere?.edtf)
        }
        if (expected) expect(expected.window.latest >= TODAY).toBe(true)
        for (const { window, claimIds } of missed) {
          expect(window.latest < TODAY).toBe(true)
          for (const id of claimIds) expect(states[id]).toBe('missed')
        }
        if (premiere && !record.premiere) expect(premiereBecause.length).toBeGreaterThan(0)
        if (premiere && !record.premiere) expect(own.map((c) => c.edtf)).toContain(premiere.edtf)
        if (premiere)
          expect(parseEdtf(premiere.edtf)).toMatchObject({
            ok: true,
            window: { earliest: premiere.earliest, latest: premiere.latest },
          })
      }) as never,
    )
  })

  it('weak sources alone, however many copies of one outlet, announce and cancel nothing', () => {
    check(
      fc.property(claims, (own) => {
        const weak = own.map((one) => ({
          ...one,
          sourceClass: 'fan' as const,
          citing: 'One Outlet',
          citesOfficialBody: false,
        }))
        const { status } = deriveSeasonStatus(weak, TODAY, factsOf())
        expect(status).toBe('unannounced')
      }) as never,
    )
  })

  it('history ends today, runs forward, and each event names claims that were made by its day', () => {
    check(
      fc.property(claims, facts, (own, record) => {
        const events = replayEvents(own, record, TODAY)
        const byId = new Map(own.map((one) => [one.id, one]))
        events.forEach((event, i) => {
          expect(event.happenedOn <= TODAY).toBe(true)
          if (i > 0) expect(event.happenedOn >= events[i - 1]!.happenedOn).toBe(true)
          for (const id of event.because) expect(byId.has(id)).toBe(true)
        })
        const once = events.map(({ kind, was, became, happenedOn }) =>
          [kind, was, became, happenedOn].join('|'),
        )
        expect(new Set(once).size).toBe(once.length)
      }) as never,
    )
  })
})
