import { describe, expect, it } from 'vitest'
import { replayEvents } from '@/lib/status/rules'
import { starterShow } from '../support/ledger'

const TODAY = '2026-11-22'

/** What somebody who follows the show would accept as the answer on 22 November 2026: show, lamp, season, status, date. */
const GOLDEN: [
  slug: string,
  show: string,
  lamp: string,
  season: number,
  status: string,
  date: string | null,
][] = [
  ['all-of-us-are-dead', 'returning', 'ordered', 2, 'wrapped', null],
  ['severance', 'returning', 'ordered', 3, 'announced', null],
  ['wednesday', 'returning', 'ordered', 3, 'filming', null],
  ['the-last-of-us', 'returning', 'coming', 3, 'dated', '2027'],
  ['a-knight-of-the-seven-kingdoms', 'returning', 'coming', 2, 'dated', '2027'],
  ['house-of-the-dragon', 'returning', 'ordered', 4, 'announced', null],
  ['3-body-problem', 'returning', 'ordered', 2, 'wrapped', null],
  ['fallout', 'returning', 'ordered', 3, 'announced', null],
  ['lupin', 'returning', 'coming', 4, 'dated', '2026-23'],
  ['culinary-class-wars', 'returning', 'coming', 3, 'dated', '2026-36'],
  ['black-mirror', 'returning', 'ordered', 8, 'announced', null],
  ['the-white-lotus', 'returning', 'ordered', 4, 'announced', null],
  ['signal', 'returning', 'ordered', 2, 'wrapped', null],
  ['moving', 'returning', 'ordered', 2, 'filming', null],
  ['extraordinary-attorney-woo', 'returning', 'ordered', 2, 'announced', null],
  ['sakamoto-days', 'returning', 'coming', 2, 'dated', '2027-01'],
  ['dandadan', 'returning', 'ordered', 3, 'announced', null],
  ['last-samurai-standing', 'returning', 'ordered', 2, 'announced', null],
  ['silo', 'returning', 'ordered', 3, 'wrapped', null],
  ['avatar-the-last-airbender', 'returning', 'ordered', 2, 'wrapped', null],
  ['emily-in-paris', 'final-season', 'ordered', 6, 'announced', null],
  ['yellowjackets', 'final-season', 'ordered', 4, 'filming', null],
  ['the-witcher', 'final-season', 'ordered', 5, 'announced', null],
  ['squid-game', 'ended', 'ended', 3, 'complete', '2025-06-27'],
  ['stranger-things', 'ended', 'ended', 5, 'complete', '2025-11-26'],
  ['dark', 'ended', 'ended', 3, 'complete', '2020-06-27'],
  ['elite', 'ended', 'ended', 8, 'complete', '2024-07-26'],
  ['money-heist', 'ended', 'ended', 5, 'complete', '2021-09-03'],
  ['outlander', 'ended', 'ended', 8, 'complete', '2026-03-06'],
  ['1899', 'cancelled', 'cancelled', 2, 'cancelled', null],
  ['the-oa', 'cancelled', 'cancelled', 3, 'cancelled', null],
  ['shadow-and-bone', 'cancelled', 'cancelled', 3, 'cancelled', null],
  ['the-wheel-of-time', 'cancelled', 'cancelled', 4, 'cancelled', null],
  ['santa-clarita-diet', 'cancelled', 'cancelled', 4, 'cancelled', null],
  ['poker-face', 'cancelled', 'cancelled', 3, 'cancelled', null],
  ['sacred-games', 'cancelled', 'cancelled', 3, 'cancelled', null],
  ['kingdom', 'over', 'over', 2, 'complete', '2020-03-13'],
  ['mindhunter', 'over', 'over', 2, 'complete', '2019-08-16'],
  ['darwins-game', 'over', 'over', 1, 'complete', '2020-01-03'],
  ['vinland-saga', 'unknown', 'silent', 3, 'unannounced', null],
  ['solo-leveling', 'unknown', 'silent', 3, 'unannounced', null],
  ['the-silent-sea', 'over', 'over', 1, 'complete', '2021-12-24'],
  ['hellbound', 'unknown', 'silent', 3, 'unannounced', null],
  ['sweet-home', 'over', 'over', 3, 'complete', '2024-07-19'],
]

describe('the starter ledger gives the answers a follower of the show would accept', () => {
  it.each(GOLDEN)('%s: %s, lamp %s, season %i is %s (%s)', (slug, show, lamp, season, status, date) => {
    const { seasons, status: shown } = starterShow(slug, TODAY)
    const next = seasons.find(({ facts }) => facts.number === shown.nextSeason)
    expect({
      show: shown.status,
      lamp: shown.lamp,
      season: shown.nextSeason,
      status: next?.status.status,
      date: next?.status.premiere?.edtf ?? null,
    }).toEqual({ show, lamp, season, status, date })
  })
})

describe('All of Us Are Dead, season 2', () => {
  const { seasons, status } = starterShow('all-of-us-are-dead', TODAY)
  const second = seasons.find(({ facts }) => facts.number === 2)!

  it('rests on more than eight sourced claims', () => {
    expect(second.claims.length).toBeGreaterThanOrEqual(8)
    expect(second.claims.every(({ url }) => url.startsWith('http'))).toBe(true)
  })

  it('shows the window "late 2023 or early 2024" as missed, with both who gave it', () => {
    const window = second.claims.filter(({ edtf }) => edtf === '2023-10/2024-03')
    expect(window.map(({ source }) => source.name).sort()).toEqual(['Landscape Insight', 'The Mary Sue'])
    expect(window.map(({ id }) => second.status.states[id])).toEqual(['missed', 'missed'])
    expect(second.status.missed.map(({ window: missed }) => missed.edtf)).toContain('2023-10/2024-03')
    expect(status.answer).toContain('The window late 2023 or early 2024 passed without a premiere.')
  })

  it('has no premiere, because nobody announced one', () => {
    expect(second.status.premiere).toBeNull()
    expect(status.answer).toContain('nobody has announced a date')
  })

  it('tells its history in events that each happened once', () => {
    const events = replayEvents(second.claims, second.facts, TODAY)
    const told = events.map(({ kind, happenedOn }) => `${happenedOn} ${kind}`)
    expect(told).toEqual(
      expect.arrayContaining([
        '2022-06-06 renewed',
        // The first page of a later day that still had no premiere.
        '2024-05-23 window-missed',
        '2025-07-22 trailer',
        '2025-07-23 filming-started',
        '2026-02-22 filming-wrapped',
      ]),
    )
    for (const kind of ['renewed', 'filming-started', 'filming-wrapped', 'trailer'])
      expect(events.filter((event) => event.kind === kind)).toHaveLength(1)
  })

  it('answered as honestly on the days before', () => {
    expect(starterShow('all-of-us-are-dead', '2022-03-01').status.status).toBe('unknown')
    const waiting = starterShow('all-of-us-are-dead', '2023-06-01')
    expect(waiting.seasons.find(({ facts }) => facts.number === 2)?.status.status).toBe('announced')
    expect(starterShow('all-of-us-are-dead', '2025-08-01').status.answer).toContain('is being filmed')
  })
})

describe('the answer is a sentence for every state a show can be in', () => {
  it.each([
    ['kingdom', 'Over, after 2 seasons, the last of which began in 2020; TVmaze lists it as ended.'],
    ['beef', 'Season 2 was due on 16 April 2026; nothing we have read since says whether it came.'],
    [
      'the-valley',
      'Season 2 is the last on record here, without its days; nobody we have read has announced a third. The last word we have is from 16 July 2025 (Variety).',
    ],
    [
      'vinland-saga',
      /^Nobody we can rely on has announced season 3; Anime Explained alone says it is coming\.$/,
    ],
    ['mindhunter', 'Over since 16 August 2019, after 2 seasons; TVmaze lists it as ended.'],
    ['succession', 'Ended with season 4, announced as the last (USA News); TVmaze lists it as ended.'],
    ['the-wheel-of-time', /^Cancelled after season 3 \(/],
    ['squid-game', /^It ended with season 3, by choice \(/],
    ['silo', 'Season 3 was due on 3 July 2026; nothing we have read since says whether it came.'],
    ['the-last-of-us', 'Season 3 is due in 2027.'],
    ['lupin', 'Season 4 is due in autumn 2026.'],
    ['the-rings-of-power', /^Season 3 was due on 11 November 2026 \(Manila Bulletin, 12 May 2026\); nothing/],
  ])('%s', (slug, answer) => {
    const { status } = starterShow(slug, TODAY)
    expect(status.answer).toMatch(answer)
  })
})
