import { beforeAll, describe, expect, it } from 'vitest'
import { castOfRun, seasonRun } from '@/app/_components/show/run'
import { onQuery } from '@/db/client'
import { seasonCard, showCard } from '@/lib/feeds/card'
import { seasonPageLd, showLd } from '@/lib/feeds/json-ld'
import { seasonMetadata, showMetadata } from '@/lib/feeds/metadata'
import { seasonAnswer } from '@/lib/feeds/season'
import { auditLedger } from '@/lib/ledger/audit'
import { getShowPage } from '@/lib/pages/show'
import type { ShowPage } from '@/lib/pages/types'
import { useStarter } from '../support/database'
import { datesIn, datesOfClaim, datesOfRecord, isGiven, starterOf } from '../support/dates'

const TODAY = '2026-11-22'
const SITE = 'https://greenlit.test'
const AOUAD = 'all-of-us-are-dead'

beforeAll(async () => {
  await useStarter()
})

async function counted<T>(work: () => Promise<T>): Promise<{ queries: string[]; result: T }> {
  const queries: string[] = []
  const stop = onQuery((query) => queries.push(query))
  try {
    return { result: await work(), queries }
  } finally {
    stop()
  }
}

describe('a show page', () => {
  it.each([AOUAD, 'kingdom', 'squid-game'])('%s is read in at most three queries', async (slug) => {
    const { queries, result } = await counted(() => getShowPage(slug, TODAY))
    expect(result?.slug).toBe(slug)
    expect(queries.length).toBeLessThanOrEqual(3)
    expect(queries.length).toBeGreaterThan(0)
  })

  it('of a show that is not there costs one query', async () => {
    const { queries, result } = await counted(() => getShowPage('nobody-made-this', TODAY))
    expect(result).toBeNull()
    expect(queries).toHaveLength(1)
  })

  it('says the same of the same claims on the same day', async () => {
    expect(await getShowPage(AOUAD, TODAY)).toEqual(await getShowPage(AOUAD, TODAY))
  })
})

describe('All of Us Are Dead', () => {
  const { claims, record } = starterOf(AOUAD)
  const given = new Set([...claims.flatMap(datesOfClaim), ...datesOfRecord(record), TODAY])
  const strange = (said: unknown) =>
    datesIn(JSON.stringify(said).replaceAll(/https?:[^"]+/g, ' ')).filter((date) => !isGiven(date, given))
  let show: ShowPage

  beforeAll(async () => {
    show = (await getShowPage(AOUAD, TODAY))!
  })

  it('waits for a second season of which at least eight claims speak, each with source and address', () => {
    expect(show.status.nextSeason).toBe(2)
    const next = show.seasons.find(({ number }) => number === 2)!
    expect(next.claims.length).toBeGreaterThanOrEqual(8)
    for (const claim of next.claims) expect(claim.url).toMatch(/^https?:/)
    expect(next.premiere).toBeNull()
    expect(next.state.missed.map(({ window }) => window.edtf)).toContain('2023-10/2024-03')
  })

  it('gives its preview images, heads and structured data no date that nobody gave', () => {
    expect(strange(showCard(show))).toEqual([])
    expect(strange(showMetadata(show, SITE))).toEqual([])
    expect(strange(showLd(show, SITE))).toEqual([])
    for (const { number } of show.seasons) {
      expect(strange(seasonCard(show, number))).toEqual([])
      expect(strange(seasonMetadata(show, number, SITE))).toEqual([])
      expect(strange(seasonPageLd(show, number, SITE))).toEqual([])
    }
    expect(JSON.stringify(seasonPageLd(show, 2, SITE))).not.toContain('startDate')
  })
})

describe('a show nobody speaks of: 009-1, twelve episodes in the autumn of 2006', () => {
  const answer =
    'Season 1 ran from October to December 2006; we have no word of a second in the 19 years since.'

  it('says what is known of it, on its own page and on that of the season it waits for', async () => {
    const show = (await getShowPage('009-1', TODAY))!
    expect(show.status.answer).toBe(answer)
    expect(showMetadata(show, SITE).description).toBe(answer)
    expect(showCard(show).answer).toBe(answer)
    expect(seasonAnswer(show, show.seasons.find(({ number }) => number === 2)!)).toBe(answer)
    const { record } = starterOf('009-1')
    const given = [...datesOfRecord(record), TODAY]
    const said = JSON.stringify([showCard(show), showMetadata(show, SITE), showLd(show, SITE)])
    expect(datesIn(said.replaceAll(/https?:[^"]+/g, ' ')).filter((date) => !isGiven(date, given))).toEqual([])
  })

  it('the page of its finished season has its days, its episodes and who gives them', async () => {
    const show = (await getShowPage('009-1', TODAY, 1))!
    const run = seasonRun(show, show.seasons[0]!)
    expect(run).toMatchObject({
      premiere: { edtf: '2006-10-06' },
      finale: { edtf: '2006-12-22' },
      episodes: { count: 12 },
      length: { least: 78, most: 78 },
      before: null,
      steps: [],
      after: { from: 1, running: true },
    })
    for (const given of [run?.premiere, run?.finale, run?.episodes])
      expect(given?.by.length).toBeGreaterThan(0)
    expect(castOfRun(show.cast).map(({ person }) => person)).toEqual(show.cast.map(({ person }) => person))
  })
})

it('whatever a first line says for want of news has a ground, over the whole starter', async () => {
  const counts: Record<string, number> = {}
  const bare: string[] = []
  for await (const { slug, sentences } of auditLedger(TODAY))
    for (const { said, grounds } of sentences) {
      counts[said] = (counts[said] ?? 0) + 1
      if (grounds.length === 0) bare.push(`${slug}: ${said}`)
    }
  expect(bare).toEqual([])
  expect(counts['season ended']).toBeGreaterThan(1000)
  expect(counts['listed as']).toBeGreaterThan(100)
}, 120_000)

describe('every show with claims', () => {
  it('prints in its preview image no day but today and those that were given', async () => {
    const slugs = [
      'squid-game',
      'kingdom',
      'stranger-things',
      'severance',
      'the-last-of-us',
      'wednesday',
      'dark',
    ]
    for (const slug of slugs) {
      const show = await getShowPage(slug, TODAY)
      if (!show) continue
      const { claims, record } = starterOf(slug)
      const given = [...claims.flatMap(datesOfClaim), ...datesOfRecord(record), TODAY]
      const days = datesIn(JSON.stringify(showCard(show))).filter((date) => !isGiven(date, given))
      expect(days, slug).toEqual([])
    }
  })
})
