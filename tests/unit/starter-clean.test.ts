import { describe, expect, it } from 'vitest'
import { type Collected, cleanClaim, cleanValue } from '@/lib/workshop/claims/clean'
import { publisherOf, repeatedIn, sourceOf } from '@/lib/workshop/claims/sources'

const collected = (more: Partial<Collected>): Collected => ({
  show: 'Silo',
  season: 4,
  kind: 'renewed',
  value: 'Ordered',
  source_class: 'press',
  publisher: 'The Paper',
  url: 'https://the-paper.test/silo',
  published_on: '2026-03-02',
  ...more,
})
const cleaned = (more: Partial<Collected>, fix?: Parameters<typeof cleanClaim>[1]) =>
  cleanClaim(collected(more), fix).claims[0]

describe('a page that is nobody’s word', () => {
  it.each([
    ['https://news.google.com/rss/articles/CBMi', 'a redirect of a news search'],
    ['https://breakwire.news/api/story/an-end', 'a raw answer of a machine interface'],
    ['https://longform.social/post/did:plc:x/y/source', "a copy of another outlet's page"],
    ['https://screenrant.betsandodds.net/avatar', 'a host dressed as another outlet, or taken over from one'],
  ])('is left out with the reason: %s', (url, reason) => {
    expect(cleanClaim(collected({ url }), undefined)).toEqual({ claims: [], reason })
  })

  it('is exchanged for the page it copies where that is known', () => {
    const copy = 'https://cdn-www.expressandstar.mna.arcpublishing.com/news/2024/12/20/a-story/'
    expect(cleaned({ url: copy })).toMatchObject({
      url: 'https://www.expressandstar.com/news/2024/12/20/a-story/',
      publisher: 'Express & Star',
    })
  })
})

describe('a publisher', () => {
  it('has one name, and a host one class whatever the collector thought of it', () => {
    const page = (publisher: string, source_class: Collected['source_class']) =>
      sourceOf({ publisher, source_class, url: 'https://www.slashfilm.com/1/x/' })
    expect(page('/Film', 'trade')).toMatchObject({ publisher: 'SlashFilm', sourceClass: 'press' })
    expect(page('SlashFilm', 'interview')).toMatchObject({ publisher: 'SlashFilm', sourceClass: 'interview' })
  })

  it('is the outlet, and whom it repeats is credited', () => {
    expect(publisherOf('Republic World (citing Newsen/Soompi)')).toEqual({
      publisher: 'Republic World',
      citing: 'Newsen',
    })
    expect(publisherOf('Reuters / Yahoo')).toEqual({ publisher: 'Yahoo', citing: 'Reuters' })
    expect(publisherOf('Columbia Gorge News (TV Insider)').citing).toBe('TV Insider')
    expect(repeatedIn('said to The Hollywood Reporter')).toBe('The Hollywood Reporter')
    expect(repeatedIn('planned; citing a press release')).toBeNull()
  })

  it('keeps its address without what only counts clicks', () => {
    expect(cleaned({ url: 'https://a.test/x?id=7&utm_source=rss&utm_medium=rss' })?.url).toBe(
      'https://a.test/x?id=7',
    )
  })
})

describe('a statement', () => {
  it('carries nothing of the collector’s remarks', () => {
    expect(cleanValue('Part 2 (a part, not a second season) is set for June')).toBe('Part 2 is set for June.')
    expect(cleanValue('Late 2023 (missed)')).toBe('Late 2023.')
    const remarks = { note: 'weak page', quote: 'their words', seen_in: 'their headline' }
    const claim = cleaned(remarks)
    expect(JSON.stringify(claim)).not.toMatch(/weak|their/)
  })

  it('keeps the day it was first seen apart from the day of the page, and makes none up', () => {
    expect(cleaned({ published_on: null, seen_on: '2026-08-19' })).toMatchObject({
      published_on: null,
      seen_on: '2026-08-19',
    })
  })

  it('that a season is the last is not dated by that season', () => {
    expect(cleaned({ kind: 'final_season', date: '2026-05-21' })?.date).toBeNull()
    expect(cleaned({ kind: 'final_season', date: '2026-03-01' })?.date).toBe('2026-03-01')
  })

  it('of a date credits the network that gave it, and names a person only where one is cast or speaks', () => {
    expect(cleaned({ kind: 'release_window', date: '2027', who: 'HBO' })).toMatchObject({
      citing: 'HBO',
      who: null,
    })
    expect(cleaned({ kind: 'cast_new', who: 'Kate McKinnon', status: 'new' })?.who).toBe('Kate McKinnon')
  })

  it('of an order of several seasons is a claim about each', () => {
    const { claims } = cleanClaim(collected({ season: 14 }), { key: '', also: [12, 13] })
    expect(claims.map(({ season }) => season)).toEqual([14, 12, 13])
  })
})
