/** No wrong show is taken without asking, whatever a list says of its rows. */
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { outsideId, season, show, showTitle } from '@/db/schema/show'
import { judgeRows } from '@/lib/imports/judge'
import type { Ids, ListRow } from '@/lib/imports/types'
import '../support/readers'

const RUNS = Number(process.env.GREENLIT_PROPERTY_RUNS ?? 10_000)

interface Own {
  slug: string
  title: string
  names: string[]
  year: number
  ids: Ids
}

/** Namesakes of different years and of neighbouring ones, parts of each other, a season's name, names in two languages. */
const SHOWS: Own[] = [
  ['utopia-2013', 'Utopia', 2013],
  ['utopia-2020', 'Utopia', 2020],
  ['harbour-2018', 'The Harbour', 2018],
  ['harbour-2019', 'Harbour', 2019],
  ['lantern', 'Lantern', 2001],
  ['lantern-street', 'Lantern Street', 2019, 'Laternenstraße'],
  ['iron-well', 'Iron Well', 2016, 'Eisenbrunnen'],
  ['iron-well-2', 'Iron Well 2', 2018],
  ['kami-tako', 'Kami Tako', 2022, 'Paper Kite', '紙凧'],
  ['m-i-l-l', 'M*I*L*L', 1972],
].map(([slug, title, year, ...names], n) => ({
  slug: slug as string,
  title: title as string,
  names: names as string[],
  year: year as number,
  ids: { imdb: `tt${7_100_000 + n}`, tmdb: String(500 + n), tvdb: String(600 + n), mal: String(700 + n) },
}))

const slugs = new Map<number, string>()

beforeAll(async () => {
  for (const { slug, title, names, year, ids } of SHOWS) {
    const [made] = await db().insert(show).values({ slug, title }).returning()
    const showId = made!.id
    slugs.set(showId, slug)
    const day = `${year}-03-01`
    await db()
      .insert(season)
      .values({ showId, number: 1, premiere: day, premiereEarliest: day, premiereLatest: day })
    await db()
      .insert(showTitle)
      .values([title, ...names].map((text, position) => ({ showId, position, kind: 'alias' as const, text })))
    for (const [namespace, value] of Object.entries(ids))
      await db().insert(outsideId).values({ namespace, value, showId })
  }
})

/** A row of a list, and the show it is of; null for a film, and for a show that we do not have. */
interface Told {
  row: ListRow
  truth: string | null
}

const row = (more: Partial<ListRow>): ListRow => ({
  title: null,
  year: null,
  ids: {},
  kind: 'show',
  season: null,
  state: 'watching',
  ...more,
})

const own = fc.constantFrom(...SHOWS)
const site = fc.constantFrom<('imdb' | 'tmdb' | 'tvdb' | 'mal')[]>(
  ['imdb'],
  ['tmdb'],
  ['tvdb'],
  ['mal'],
  ['imdb', 'tmdb'],
  [],
)
const kind = fc.constantFrom<ListRow['kind']>('show', 'unsaid', 'unknown')

const told: fc.Arbitrary<Told> = fc.oneof(
  // A show of ours: by one of its names, its year or none, some of its ids or none.
  fc
    .tuple(own, site, kind, fc.nat(), fc.boolean(), fc.boolean())
    .map(([{ slug, title, names, year, ids }, sites, kind, n, hasYear, hasTitle]) => ({
      truth: slug,
      row: row({
        title: hasTitle || sites.length === 0 ? [title, ...names][n % (names.length + 1)]! : null,
        year: hasYear ? year : null,
        ids: Object.fromEntries(sites.map((one) => [one, ids[one]])),
        kind,
      }),
    })),
  // A film of the name and the year of a show, with the number that the show has elsewhere.
  fc.tuple(own, fc.constantFrom('tmdb' as const, 'tvdb' as const)).map(([{ ids }, one]) => ({
    truth: null,
    row: row({ title: 'The Long Film', year: 1999, ids: { [one]: ids[one] }, kind: 'film' }),
  })),
  // The same, in a list that does not say what is a film.
  fc.tuple(own, fc.constantFrom<ListRow['kind']>('unsaid', 'unknown')).map(([{ ids }, kind]) => ({
    truth: null,
    row: row({ title: 'The Long Film', year: 1999, ids: { tmdb: ids.tmdb! }, kind }),
  })),
  // A show we do not have, of the name and year of one we have.
  own.map(({ title, year }) => ({
    truth: null,
    row: row({ title, year, ids: { imdb: 'tt9999999' } }),
  })),
  // One of another year.
  fc.tuple(own, fc.constantFrom(-30, -2, 2, 30)).map(([{ title, year }, off]) => ({
    truth: null,
    row: row({ title, year: year + off }),
  })),
  // A name that only begins or ends like one of ours, or has a season in it.
  fc
    .tuple(own, fc.constantFrom('New', 'Of Doom', 'Part 2', '2nd Season', 'UK', '2024'))
    .map(([{ title, year }, more]) => ({ truth: null, row: row({ title: `${title} ${more}`, year }) })),
  // The ids of one show under the name of another: who brought it has to say which.
  fc
    .tuple(own, own)
    .filter(([a, b]) => a.title !== b.title)
    .map(([a, b]) => ({
      truth: null,
      row: row({ title: b.title, year: b.year, ids: { imdb: a.ids.imdb! } }),
    }))
    .filter(
      ({ row: { title, ids } }) =>
        !SHOWS.some((one) => one.ids.imdb === ids.imdb && overlaps(one.title, title!)),
    ),
  // Ids of two shows at once.
  fc
    .tuple(own, own)
    .filter(([a, b]) => a !== b)
    .map(([a, b]) => ({
      truth: null,
      row: row({ title: a.title, ids: { imdb: a.ids.imdb!, tvdb: b.ids.tvdb! } }),
    })),
)

const words = (text: string) => text.toLowerCase().replace(/^the /, '')
/** A name that holds another: an id and it may well be of one show. */
const overlaps = (a: string, b: string) => words(a).includes(words(b)) || words(b).includes(words(a))

describe('a row of a list', () => {
  it(`is taken for no show that it is not, in ${RUNS} rows`, async () => {
    const rows = fc.sample(told, RUNS)
    const judged = await judgeRows(rows.map(({ row }) => row))
    expect(judged).toHaveLength(rows.length)
    const wrong = judged.flatMap(({ verdict, showId }, i) => {
      const taken = verdict === 'match' ? slugs.get(showId!)! : null
      return taken !== null && taken !== rows[i]!.truth ? [{ ...rows[i]!, taken }] : []
    })
    expect(wrong.slice(0, 5)).toEqual([])
    const count = (verdict: string) => judged.filter((one) => one.verdict === verdict).length
    console.log(`${count('match')} taken, ${count('question')} asked, ${count('unmatched')} without a place`)
    expect(count('match')).toBeGreaterThan(RUNS / 20)
    // What names a show of ours by an id that is only its own is taken, and what names it by a name is at least asked.
    const lost = judged.flatMap(({ verdict, candidates }, i) => {
      const { truth, row } = rows[i]!
      if (truth === null) return []
      const isOffered = candidates.some(({ show: id }) => slugs.get(id) === truth)
      const isSure = row.kind === 'show' && Object.keys(row.ids).length > 0
      return verdict === 'match' || (!isSure && isOffered) ? [] : [{ ...rows[i]!, verdict }]
    })
    expect(lost.slice(0, 5)).toEqual([])
  })
})
