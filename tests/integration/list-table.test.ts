import { readFileSync } from 'node:fs'
import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { LAMPS, SHOW_STATUSES } from '@/db/schema/words'
import { importCatalogue } from '@/lib/catalogue/commands'
import { importClaims } from '@/lib/ledger/commands'
import { deriveStates } from '@/lib/ledger/derive'
import { type BrowseFilter, readCursor, writeCursor } from '@/lib/lists/browse'
import { browseShows, getFacets } from '@/lib/lists/queries'
import { forgetKept, keepValues } from '@/lib/shared/kept'
import { browseBySql, facetsBySql } from '../support/lists-by-sql'

const SORTS = ['popular', 'title', 'newest', 'next'] as const
const LIMIT = 7

const CLAIM = {
  publisher: 'The makers',
  url: 'https://makers.example/1',
  published_on: '2026-11-20',
  source_class: 'official',
  seen_on: '2026-11-29',
}

type Asked = BrowseFilter & { sort: (typeof SORTS)[number] }
let filters: fc.Arbitrary<Asked>

/** What expired since it was last asked, as a site's process hears it. */
let heardUpTo = '0'
async function hear(): Promise<string[]> {
  const rows = await db().execute<{ id: string; tag: string }>(
    sql`select id::text as id, tag from cache_expiry where id > ${heardUpTo}::bigint order by cache_expiry.id`,
  )
  heardUpTo = rows.at(-1)?.id ?? heardUpTo
  const tags = rows.map(({ tag }) => tag)
  if (tags.length > 0) forgetKept(tags)
  return tags
}

const TODAY = '2026-12-01'
/** Of the starter's shows; with some windows given, so that orders by date have dates. */
const EVERY = 15
const WINDOWS = ['2027', '2027-03', '2027-03-14', '2027-21', '2028-06']

async function loadShows(): Promise<void> {
  const lines = readFileSync('db/starter/catalogue.ndjson', 'utf8').trim().split('\n')
  const some = lines.filter((_, place) => place % EVERY === 0)
  const report = (problem: string) => {
    throw new Error(problem)
  }
  await importCatalogue(some, { report, today: TODAY })
  await deriveStates({ today: TODAY })
  const waiting = await db().execute<{ slug: string; next: number }>(sql`
    select show.slug, show_state.next_season as next from show join show_state on show_state.show_id = show.id
    where show_state.lamp = 'silent' order by md5(show.slug) limit 60`)
  const claims = waiting.map(({ slug, next }, i) => ({
    ...CLAIM,
    show: `greenlit:${slug}`,
    season: next,
    kind: 'release_window',
    value: 'It comes then.',
    date: WINDOWS[i % WINDOWS.length],
  }))
  await importClaims(
    claims.map((claim) => JSON.stringify(claim)),
    { report },
  )
}

beforeAll(async () => {
  await loadShows()
  await hear()
  keepValues()
  const { country, genre, kind, language, network, tag, year } = await facetsBySql({ sort: 'popular' })
  const people = await db().execute<{ name: string }>(sql`
    (select name from person order by md5(name) limit 20)
    union all (select name from person_alias order by md5(name) limit 10)`)
  const values = (list: { value: string }[], nothing: string) =>
    fc.oneof(
      // The frequent ones stand first: alone, most lists of two traits would be empty.
      { weight: 4, arbitrary: fc.constantFrom(...list.slice(0, 6).map(({ value }) => value)) },
      { weight: 2, arbitrary: fc.constantFrom(...list.map(({ value }) => value)) },
      { weight: 1, arbitrary: fc.constant(nothing) },
    )
  filters = fc.record(
    {
      sort: fc.constantFrom(...SORTS),
      genre: values(genre, 'no-such-genre'),
      tag: values(tag, 'no-such-premise'),
      country: values(country, 'atlantis'),
      language: values(language, 'atlantean'),
      network: values(network, 'no-such-network'),
      kind: values(kind, 'no-such-kind'),
      year: values(year, '2099'),
      person: fc.constantFrom(...people.map(({ name }) => name), 'Nobody at all'),
      status: fc.constantFrom(...SHOW_STATUSES),
      lamp: fc.constantFrom(...LAMPS),
    },
    { requiredKeys: ['sort'] },
  )
})

afterAll(() => forgetKept())

/** The list's page and counts from the table, which must be those of the database. */
async function agreed(filter: BrowseFilter, limit = LIMIT) {
  const [ours, theirs] = await Promise.all([browseShows(filter, limit), browseBySql(filter, limit)])
  const { items, ...rest } = ours
  expect({ ...rest, slugs: items.map(({ slug }) => slug) }).toEqual(theirs)
  return ours
}

const few = (filter: Asked, kept: readonly (keyof BrowseFilter)[]): BrowseFilter =>
  Object.fromEntries(
    Object.entries(filter).filter(([name]) => name === 'sort' || kept.includes(name as never)),
  ) as BrowseFilter

/** Any filters, mostly one to three of them: with all at once nothing is left to list. */
const anyFilter = () =>
  fc
    .tuple(
      filters,
      fc.subarray(
        [
          'genre',
          'tag',
          'country',
          'language',
          'network',
          'kind',
          'year',
          'person',
          'status',
          'lamp',
        ] as const,
        { maxLength: 3 },
      ),
    )
    .map(([filter, kept]) => few(filter, kept))

describe('a list of shows', { timeout: 300_000 }, () => {
  it('by any filters and in any order is the one the database lists, page by page and back', async () => {
    let listed = 0
    await fc.assert(
      fc.asyncProperty(anyFilter(), async (filter) => {
        let page = await agreed(filter)
        listed += page.total > 0 ? 1 : 0
        for (let turn = 0; turn < 3 && page.next; turn++)
          page = await agreed({ ...filter, cursor: readCursor(page.next)! })
        for (let turn = 0; turn < 2 && page.previous; turn++)
          page = await agreed({ ...filter, cursor: readCursor(page.previous)! })
      }),
      { numRuns: 60 },
    )
    expect(listed).toBeGreaterThan(10)
  })

  it('goes on from a place where no show stands, or none of that name any more', async () => {
    const places: Record<(typeof SORTS)[number], string[]> = {
      popular: ['', '0', '-1', '12.5', '1e9'],
      title: ['', 'm', 'the', 'ÿ', '進撃の巨人', '~~~', 'dark'],
      newest: ['', '2019-06-31', '2020', '~', 'soon', '2026-11-05'],
      next: ['', '2027-02-30', '2027', '~', '~~', '!'],
    }
    for (const sort of SORTS)
      for (const key of places[sort])
        for (const direction of ['next', 'previous'] as const)
          for (const id of [0, 4_000, 2_147_483_647])
            await agreed({ sort, cursor: readCursor(writeCursor({ key, id, direction }))! }, 3)
  })

  it('is empty, and has no page before or after, where nothing answers', async () => {
    const { items, total, next, previous } = await agreed({ sort: 'next', genre: 'no-such-genre' })
    expect({ items, total, next, previous }).toEqual({ items: [], total: 0, next: null, previous: null })
  })
})

describe('the counts beside the filters', { timeout: 300_000 }, () => {
  it('are those the database counts, for any filters', async () => {
    await fc.assert(
      fc.asyncProperty(anyFilter(), async (filter) => {
        expect(await getFacets(filter)).toEqual(await facetsBySql(filter))
      }),
      { numRuns: 40 },
    )
    expect(await getFacets({ sort: 'popular' })).toEqual(await facetsBySql({ sort: 'popular' }))
  })
})

describe('what changed is in the lists as soon as the process has heard of it', { timeout: 300_000 }, () => {
  const everyOrder = async (filter: Omit<BrowseFilter, 'sort'>) => {
    for (const sort of SORTS) await agreed({ ...filter, sort })
    expect(await getFacets({ ...filter, sort: 'popular' })).toEqual(
      await facetsBySql({ ...filter, sort: 'popular' }),
    )
  }

  it('a claim that gives a show another state', async () => {
    const { items } = await browseShows({ sort: 'popular', status: 'unknown' }, 3)
    for (const { slug, nextSeason } of items) {
      const claim = {
        ...CLAIM,
        show: `greenlit:${slug}`,
        season: nextSeason,
        kind: 'release_date',
        value: 'It comes on 1 May 2027.',
        date: '2027-05-01',
      }
      const done = await importClaims([JSON.stringify(claim)], {
        report: (problem) => {
          throw new Error(problem)
        },
      })
      expect(done).toMatchObject({ added: 1 })
      expect(await hear()).not.toContain('catalogue')
      const after = await browseShows({ sort: 'popular', status: 'unknown' }, 30)
      expect(after.items.map((item) => item.slug)).not.toContain(slug)
      const coming = await browseShows({ sort: 'next', lamp: 'coming' }, 1_000)
      expect(coming.items.find((item) => item.slug === slug)?.says).toBe('Due 1 May 2027')
    }
    await everyOrder({ status: 'unknown' })
    await everyOrder({ lamp: 'coming' })
  })

  it('a show that is new, with a genre and a country that no other has', async () => {
    const line = JSON.stringify({
      ids: { test: 'first' },
      title: 'Zenith Harbour',
      country: 'Ruritania',
      genres: ['Drama', 'Maritime noir'],
      seasons: [{ number: 1, premiere: '2024-03-01' }],
      provenance: ['test-list'],
    })
    await importCatalogue([line], { report: () => {}, today: TODAY })
    await deriveStates({ today: TODAY })
    await hear()
    const { items } = await browseShows({ sort: 'popular', genre: 'maritime-noir', country: 'ruritania' })
    expect(items.map(({ title }) => title)).toEqual(['Zenith Harbour'])
    await everyOrder({ country: 'ruritania' })
    await everyOrder({ genre: 'drama' })
  })
})
