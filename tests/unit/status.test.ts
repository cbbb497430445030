import { describe, expect, it } from 'vitest'
import type { Day } from '@/lib/shared/day'
import type { Claim } from '@/lib/status/claim'
import { deriveSeasonStatus, deriveStatus, replayEvents } from '@/lib/status/rules'
import { deriveShow } from '@/lib/status/show'
import { claim, factsOf } from '../support/ledger'

const TODAY = '2026-11-22'
const season = (claims: Claim[], today: Day = TODAY, facts = factsOf()) =>
  deriveSeasonStatus(claims, today, facts)
const statusOf = (...claims: Claim[]) => season(claims).status

const renewed = (more: Partial<Claim> & { by?: string } = {}) =>
  claim({ kind: 'renewed', publishedOn: '2025-01-10', ...more } as Parameters<typeof claim>[0])

describe('a date that its source corrects', () => {
  const official = (edtf: string, publishedOn: Day, by = 'The Network') =>
    claim({ kind: 'release_date', edtf, publishedOn, by, sourceClass: 'official' })
  const first = official('2026-12-20', '2026-11-02')

  it('is the later one at once, also when the day first given has come', () => {
    const moved = official('2027-01-24', '2026-11-13')
    for (const day of ['2026-11-14', '2026-12-20', '2027-01-03'] as const)
      expect(season([first, moved], day)).toMatchObject({ status: 'dated', premiere: { edtf: '2027-01-24' } })
    expect(season([first, moved], '2027-01-03').states).toMatchObject({ [first.id]: 'superseded' })
    expect(season([first, official('2027-01-24', '2026-11-13', 'The Show')], '2027-01-03').status).toBe(
      'dated',
    )
  })

  it('is the one that came in later where both were said on one day', () => {
    const early = { ...official('2026-12-20', '2026-11-02'), recordedAt: '2026-11-02T09:00:00.000000Z' }
    const late = { ...official('2027-01-24', '2026-11-02'), recordedAt: '2026-11-02T15:00:00.000000Z' }
    for (const claims of [
      [early, late],
      [late, early],
    ])
      expect(season(claims, '2026-11-03')).toMatchObject({
        premiere: { edtf: '2027-01-24' },
        contradictions: [],
      })
  })
})

describe('whom we believe', () => {
  it('one fan or aggregator alone flips nothing, and its rumour is shown as one', () => {
    const rumour = renewed({ sourceClass: 'fan', by: 'Fan Page' })
    const state = season([rumour])
    expect(state.status).toBe('unannounced')
    expect(state.rumours).toEqual([rumour.id])
    expect(statusOf(claim({ kind: 'cancelled', sourceClass: 'aggregator', publishedOn: '2025-02-01' }))).toBe(
      'unannounced',
    )
  })

  it('two independent weak sources settle an order when nobody better denies it', () => {
    const two = [renewed({ sourceClass: 'fan', by: 'A' }), renewed({ sourceClass: 'aggregator', by: 'B' })]
    expect(statusOf(...two)).toBe('announced')
    const denial = claim({ kind: 'no_news', publishedOn: '2025-03-01' })
    expect(statusOf(...two, denial)).toBe('unannounced')
  })

  it('a copy adds no confidence: two pages crediting one outlet are one source', () => {
    const copies = [
      renewed({ sourceClass: 'fan', by: 'A', citing: 'Newsletter' }),
      renewed({ sourceClass: 'fan', by: 'B', citing: 'Newsletter' }),
    ]
    expect(statusOf(...copies)).toBe('unannounced')
    expect(statusOf(...copies, renewed({ sourceClass: 'fan', by: 'Newsletter' }))).toBe('unannounced')
  })

  it('a copy counts for no more than the outlet it credits', () => {
    const copy = renewed({ by: 'Copyist', citing: 'Fan Page' })
    expect(statusOf(copy)).toBe('announced')
    expect(statusOf(copy, claim({ kind: 'plot_rumour', sourceClass: 'fan', by: 'Fan Page' }))).toBe(
      'unannounced',
    )
  })

  it('a page that dates the premiere and says there is no date counts for neither', () => {
    const url = 'https://page.test/both'
    const state = season([
      renewed(),
      claim({ kind: 'release_date', edtf: '2027-03-14', publishedOn: '2026-05-01', url }),
      claim({ kind: 'no_news', publishedOn: '2026-05-01', url }),
    ])
    expect(state.status).toBe('announced')
    expect(state.premiere).toBeNull()
  })
})

describe('milestones', () => {
  it('follow one another', () => {
    const order = renewed()
    const shoot = claim({ kind: 'filming_started', edtf: '2025-06', publishedOn: '2025-06-20' })
    const wrap = claim({ kind: 'filming_wrapped', publishedOn: '2025-11-01' })
    const date = claim({ kind: 'release_date', edtf: '2027-03-14', publishedOn: '2026-05-01' })
    expect(statusOf()).toBe('unannounced')
    expect(statusOf(order)).toBe('announced')
    expect(statusOf(order, shoot)).toBe('filming')
    expect(statusOf(order, shoot, wrap)).toBe('wrapped')
    const dated = season([order, shoot, wrap, date])
    expect(dated.status).toBe('dated')
    expect(dated.premiere?.edtf).toBe('2027-03-14')
    expect(dated.track.map(({ step, state }) => `${step} ${state}`)).toEqual([
      'announced done',
      'filming done',
      'wrapped done',
      'dated now',
      'airing open',
      'complete open',
    ])
    expect(deriveStatus).toBe(deriveSeasonStatus)
  })

  it('planned filming is not filming, whether it says so or is dated ahead of the report', () => {
    expect(statusOf(renewed(), claim({ kind: 'filming_started', edtf: '2025', modality: 'planned' }))).toBe(
      'announced',
    )
    expect(
      statusOf(renewed(), claim({ kind: 'filming_started', edtf: '2026-04', publishedOn: '2026-01-10' })),
    ).toBe('announced')
  })

  it('a date can stand before the cameras roll: the track claims no shooting nobody reported', () => {
    const dated = season([
      claim({ kind: 'release_window', edtf: '2028', sourceClass: 'official', by: 'HBO' }),
    ])
    expect(dated.status).toBe('dated')
    expect(dated.track.filter(({ state }) => state === 'done').map(({ step }) => step)).toEqual(['announced'])
  })
})

describe('cancelled and ended', () => {
  const cancelled = claim({ kind: 'cancelled', publishedOn: '2025-06-01' })

  it('a cancelled season never says "returning"', () => {
    const status = season([renewed(), cancelled])
    expect(status.status).toBe('cancelled')
    const first = {
      facts: factsOf(1, '2024-01-05'),
      claims: [],
      status: season([], TODAY, factsOf(1, '2024-01-05')),
    }
    const show = deriveShow(
      [first, { facts: factsOf(2), claims: [renewed(), cancelled], status }],
      TODAY,
    ).status
    expect(show).toMatchObject({ status: 'cancelled', lamp: 'cancelled', nextSeason: 2 })
    expect(show.answer).toBe('Cancelled after season 1 (The Daily, 1 June 2025).')
  })

  it('a later order elsewhere saves the show', () => {
    const saved = renewed({ publishedOn: '2025-09-01', by: 'Variety', sourceClass: 'trade' })
    expect(statusOf(renewed(), cancelled, saved)).toBe('announced')
    const events = replayEvents([renewed(), cancelled, saved], factsOf(), TODAY)
    expect(events.map(({ kind }) => kind)).toEqual(['renewed', 'cancelled', 'renewed'])
  })

  it('finished by choice is not cancelled', () => {
    const ended = claim({ kind: 'ended', season: 3, sourceClass: 'interview', publishedOn: '2025-06-30' })
    const facts = [factsOf(1, '2021-09-17'), factsOf(2, '2024-12-26'), factsOf(3)]
    const seasons = facts.map((one) => {
      const claims = one.number === 3 ? [ended] : []
      return { facts: one, claims, status: season(claims, TODAY, one) }
    })
    const show = deriveShow(seasons, TODAY).status
    expect(show).toMatchObject({ status: 'ended', lamp: 'ended', nextSeason: 2 })
    expect(show.answer).toBe('It ended with season 2, by choice (The Daily, 30 June 2025).')
  })

  it('the word of a maker outweighs a page that calls an ending a cancellation, and both are shown', () => {
    const state = season([
      claim({ kind: 'cancelled', sourceClass: 'aggregator', by: 'List' }),
      claim({ kind: 'cancelled', sourceClass: 'fan', by: 'Blog' }),
      claim({ kind: 'ended', sourceClass: 'interview', by: 'Maker' }),
    ])
    expect(state.stop?.kind).toBe('ended')
    expect(state.contradictions[0]).toMatchObject({
      about: 'renewal',
      settledBy: 'interview outranks aggregator',
    })
  })

  it('a plan for five seasons orders none of them', () => {
    const plan = claim({ kind: 'announced', season: 5 })
    const seasons = [factsOf(1, '2017-10-13'), factsOf(2, '2019-08-16'), factsOf(5)].map((facts) => {
      const claims = facts.number === 5 ? [plan] : []
      return { facts, claims, status: season(claims, TODAY, facts) }
    })
    expect(deriveShow(seasons, TODAY).status).toMatchObject({
      status: 'unknown',
      nextSeason: 3,
      lamp: 'silent',
    })
  })

  it('the announced last season is "final-season" until it is over, then the show has ended', () => {
    const last = claim({ kind: 'final_season', publishedOn: '2025-01-01' })
    const show = (premiere: string | null) => {
      const facts = [factsOf(1, '2022-01-01'), factsOf(2, premiere)]
      return deriveShow(
        facts.map((one) => {
          const claims = one.number === 2 ? [last] : []
          return { facts: one, claims, status: season(claims, TODAY, one) }
        }),
        TODAY,
      ).status
    }
    expect(show(null)).toMatchObject({ status: 'final-season', lamp: 'ordered' })
    expect(show('2026-11-11')).toMatchObject({ status: 'final-season', lamp: 'coming' })
    expect(show('2026-01-11')).toMatchObject({ status: 'ended', lamp: 'ended' })
  })
})

describe('dates', () => {
  it('what the press merely expects is an expectation, never a premiere', () => {
    const state = season([
      renewed(),
      claim({ kind: 'release_window', edtf: '2027', publishedOn: '2026-05-01' }),
    ])
    expect(state).toMatchObject({
      status: 'announced',
      premiere: null,
      expected: { window: { edtf: '2027' } },
    })
  })

  it('a press report that credits the network repeats an announcement', () => {
    const said = claim({ kind: 'release_window', edtf: '2027', publishedOn: '2026-05-01', citing: 'HBO' })
    expect(season([renewed(), said])).toMatchObject({ status: 'dated', premiere: { edtf: '2027' } })
  })

  it('a fan guess is no date and no expectation', () => {
    const guess = claim({
      kind: 'release_date',
      edtf: '2027-03-14',
      sourceClass: 'fan',
      publishedOn: '2026-05-01',
    })
    expect(season([renewed(), guess])).toMatchObject({ status: 'announced', premiere: null, expected: null })
  })

  it('an announced day makes a maker’s window narrower; an outlet’s guess does not', () => {
    const maker = claim({
      kind: 'release_window',
      edtf: '2027',
      sourceClass: 'official',
      by: 'HBO',
      publishedOn: '2026-01-01',
    })
    const guess = claim({ kind: 'release_window', edtf: '2027-03', publishedOn: '2026-02-01' })
    const day = claim({ kind: 'release_date', edtf: '2027-03-14', publishedOn: '2026-06-01' })
    expect(season([maker, guess]).premiere?.edtf).toBe('2027')
    expect(season([maker, guess, day]).premiere?.edtf).toBe('2027-03-14')
  })

  it('a window that is over is not confirmed by silence, missed once somebody looked, and the status falls back', () => {
    const shoot = claim({ kind: 'filming_started', publishedOn: '2025-07-23' })
    const window = claim({
      kind: 'release_window',
      edtf: '2026-21',
      sourceClass: 'trade',
      publishedOn: '2025-08-01',
    })
    expect(season([shoot, window], '2026-05-31').status).toBe('dated')
    const after = season([shoot, window], '2026-06-01')
    expect(after).toMatchObject({ status: 'filming', premiere: null })
    const spring = { edtf: '2026-21', earliest: '2026-03-01', latest: '2026-05-31' }
    expect(after).toMatchObject({ missed: [], unconfirmed: [{ window: spring, claimIds: [window.id] }] })
    expect(after.premiereState).toBe('not_confirmed')
    expect(after.states[window.id]).toBe('not_confirmed')
    const look = claim({ kind: 'no_news', publishedOn: '2026-07-04', by: 'Other' })
    const looked = season([shoot, window, look])
    expect(looked.missed).toEqual([
      { window: spring, claimIds: [window.id], lookedOn: '2026-07-04', by: look.id },
    ])
    expect(looked).toMatchObject({ unconfirmed: [], premiereState: 'missed', changedOn: '2026-07-04' })
    expect(looked.states[window.id]).toBe('missed')
  })

  it('a window that was moved before it passed is superseded, not missed', () => {
    const first = claim({
      kind: 'release_window',
      edtf: '2025-23',
      sourceClass: 'trade',
      publishedOn: '2025-01-01',
    })
    const moved = claim({ kind: 'delayed', edtf: '2027', sourceClass: 'trade', publishedOn: '2025-06-01' })
    const state = season([first, moved])
    expect(state.states[first.id]).toBe('superseded')
    expect(state.missed).toEqual([])
    expect(state.premiere?.edtf).toBe('2027')
    const events = replayEvents([first, moved], factsOf(), TODAY)
    expect(events.map(({ kind, was, became }) => [kind, was, became])).toEqual(
      [
        ['announced', 'unannounced', 'announced'],
        ['dated', '', '2025-23'],
        ['moved', '2025-23', '2027'],
      ].slice(1),
    )
  })

  it('a delay without a new date takes the old one back', () => {
    const first = claim({ kind: 'release_date', edtf: '2027-01-10', publishedOn: '2026-05-01' })
    const delay = claim({ kind: 'delayed', publishedOn: '2026-10-01', by: 'Other' })
    const state = season([renewed(), first, delay])
    expect(state).toMatchObject({ status: 'announced', premiere: null, hold: delay.id })
    expect(state.states[first.id]).toBe('superseded')
  })

  it('equal sources that exclude each other within a month are shown as a contradiction nobody settled', () => {
    const a = claim({ kind: 'release_date', edtf: '2027-01-10', publishedOn: '2026-10-01', by: 'A' })
    const b = claim({ kind: 'release_date', edtf: '2027-02-10', publishedOn: '2026-10-05', by: 'B' })
    const state = season([a, b])
    expect([state.states[a.id], state.states[b.id]]).toEqual(['contradicted', 'contradicted'])
    expect(state.contradictions).toMatchObject([{ about: 'premiere', settledBy: null }])
    expect(state.contradictions[0]?.sides.map(({ says }) => says).sort()).toEqual([
      '10 February 2027',
      '10 January 2027',
    ])
  })

  it('an official date outranks the press, and the rule is named', () => {
    const press = claim({ kind: 'release_date', edtf: '2027-01-10', publishedOn: '2026-10-06', by: 'A' })
    const official = claim({
      kind: 'release_date',
      edtf: '2027-02-10',
      publishedOn: '2026-10-05',
      sourceClass: 'official',
      by: 'HBO',
    })
    const state = season([press, official])
    expect(state.premiere?.edtf).toBe('2027-02-10')
    expect(state.contradictions).toMatchObject([{ settledBy: 'official outranks press' }])
  })

  it('a recorded premiere begins the season; without a finale it is on for 90 days', () => {
    const facts = factsOf(2, '2026-09-01')
    expect(season([], '2026-08-31', facts).status).toBe('dated')
    expect(season([], '2026-09-01', facts).status).toBe('airing')
    expect(season([], '2026-11-30', facts).status).toBe('airing')
    expect(season([], '2026-12-01', facts).status).toBe('complete')
    const known = factsOf(2, '2026-09-01', '2026-09-20')
    expect(season([], '2026-09-20', known).status).toBe('complete')
  })

  it('an announced day that came was due, until somebody says on it or after it that it was kept or not', () => {
    const date = claim({ kind: 'release_date', edtf: '2026-11-01', publishedOn: '2026-09-01' })
    expect(season([date])).toMatchObject({
      status: 'dated',
      premiereState: 'due',
      premiere: { edtf: '2026-11-01' },
    })
    expect(season([date], '2026-12-02')).toMatchObject({
      status: 'announced',
      premiereState: 'not_confirmed',
      premiere: null,
      missed: [],
    })
    const out = claim({ kind: 'release_date', edtf: '2026-11-01', publishedOn: '2026-11-01', by: 'Other' })
    expect(season([date, out])).toMatchObject({ status: 'airing', premiereState: 'premiered' })
    const later = claim({ kind: 'no_news', publishedOn: '2026-11-10', by: 'Other' })
    const denied = season([renewed(), date, later])
    expect(denied).toMatchObject({ status: 'announced', premiereState: 'missed' })
    expect(denied.states[date.id]).toBe('missed')
  })

  it('parts of a season make no second premiere', () => {
    const facts = factsOf(2, '2025-08-06')
    const part = claim({ kind: 'split_release', edtf: '2027-09-03', publishedOn: '2025-05-16' })
    const late = claim({ kind: 'release_date', edtf: '2027-09-03', publishedOn: '2025-09-16' })
    expect(season([part, late], TODAY, facts)).toMatchObject({
      status: 'complete',
      premiere: { edtf: '2025-08-06' },
    })
  })
})

describe('people', () => {
  it('one person said to be in and out is shown with both sides, and the newer word of equals holds', () => {
    const inside = claim({
      kind: 'cast_confirmed',
      who: 'Ann Lee as May',
      publishedOn: '2025-01-01',
      by: 'A',
    })
    const out = claim({ kind: 'cast_out', who: 'Ann Lee', publishedOn: '2025-05-01', by: 'B' })
    const state = season([inside, out])
    expect(state.states[inside.id]).toBe('superseded')
    expect(state.contradictions).toMatchObject([
      { about: 'cast', sides: [{ says: 'Ann Lee takes part' }, { says: 'Ann Lee does not take part' }] },
    ])
  })
})

describe('history', () => {
  it('two sources of one happening make one event', () => {
    const claims = [
      claim({ kind: 'renewed', publishedOn: '2025-01-10', by: 'A' }),
      claim({ kind: 'renewed', publishedOn: '2025-01-11', by: 'B' }),
      claim({ kind: 'trailer', edtf: '2026-02-01', publishedOn: '2026-02-02', by: 'A' }),
      claim({ kind: 'trailer', edtf: '2026-02-02', publishedOn: '2026-02-05', by: 'B' }),
      claim({ kind: 'release_date', edtf: '2027-03-14', publishedOn: '2026-05-01', by: 'A' }),
      claim({ kind: 'release_date', edtf: '2027-03-14', publishedOn: '2026-05-02', by: 'B' }),
    ]
    const events = replayEvents(claims, factsOf(), TODAY)
    expect(events.map(({ kind, happenedOn }) => `${happenedOn} ${kind}`)).toEqual([
      '2025-01-10 renewed',
      '2026-02-01 trailer',
      '2026-05-01 dated',
    ])
  })

  it('a check without news changes nothing', () => {
    const before = season([renewed()])
    const after = season([
      renewed(),
      claim({ kind: 'no_news', publishedOn: '2026-11-01', seenOn: '2026-11-22' }),
    ])
    expect(after.changedOn).toBe(before.changedOn)
    expect(after.changedOn).toBe('2025-01-10')
  })

  it('an undated statement counts, but dates no event', () => {
    const undated = claim({ kind: 'renewed' })
    expect(season([undated])).toMatchObject({ status: 'announced', changedOn: null })
    expect(replayEvents([undated], factsOf(), TODAY)).toEqual([])
  })

  it('a retracted statement decides nothing', () => {
    const taken = renewed({ retractedOn: '2025-02-01', retractReason: 'it never said so' })
    const state = season([taken])
    expect(state.status).toBe('unannounced')
    expect(state.states[taken.id]).toBe('retracted')
  })
})

describe('a show of which the catalogue counts the seasons but not all their days', () => {
  const counted = (number: number, recorded: boolean) => {
    const facts = { number, premiere: null, finale: null, episodes: null, recorded }
    return { facts, claims: [], status: deriveSeasonStatus([], TODAY, facts) }
  }

  it('has those seasons behind it: the one to wait for comes after them', () => {
    const show = deriveShow([counted(1, true), counted(2, true), counted(3, false)], TODAY).status
    expect(show.nextSeason).toBe(3)
    expect(show.answer).toBe(
      'Season 2 is the last on record here, without its days; we have no word of a third.',
    )
  })

  it('says nothing of when they began', () => {
    const { status } = counted(2, true)
    expect(status).toMatchObject({ status: 'complete', byRecord: true, premiere: null, changedOn: null })
  })

  it('still takes a source at its word where one speaks of a counted season as to come', () => {
    const facts = { number: 2, premiere: null, finale: null, episodes: null, recorded: true }
    expect(deriveSeasonStatus([renewed()], TODAY, facts).status).toBe('announced')
  })
})
