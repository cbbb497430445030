import { sql } from 'drizzle-orm'
import { beforeAll, expect, it } from 'vitest'
import { db } from '@/db/client'
import { main } from '@/lib/cli/main'
import { buildRelated } from '@/lib/related/commands'
import { explainPlace } from '@/lib/related/explain'
import { sameFranchise } from '@/lib/related/franchise'
import { loadIndex } from '@/lib/related/load-index'
import { loadTitles } from '@/lib/related/queries'
import { useStarter } from '../support/database'

beforeAll(async () => {
  await useStarter()
  // All cards at once is an audit, with the patience of the command line.
  process.env.GREENLIT_ROLE = 'cli'
  // Seven readers of Dark and 1899, and as many of two shows that have nothing to do with them.
  await db().execute(sql`
    with made as (insert into reader (email) select 'r' || n || '@greenlit.test' from generate_series(1, 14) n
        returning id, email),
      firsts as (select show.slug, min(season.id) as season_id from show join season on season.show_id = show.id
        where show.slug in ('dark', '1899', 'severance', 'frieren-beyond-journeys-end') group by 1)
    insert into follow (reader_id, season_id)
      select made.id, firsts.season_id from made join firsts
        on (slug in ('dark', '1899')) = (substr(email, 2, strpos(email, '@') - 2)::int <= 7)`)
  // The others' lists are built with the starter.
  const followed = await db().execute<{ id: number }>(sql`
    select distinct season.show_id as id from follow join season on season.id = follow.season_id`)
  await buildRelated({ showIds: followed.map(({ id }) => id) })
}, 600_000)

type Fact = { show_id: number; kind: string; term: string }
type Card = { show_id: number; related_show_id: number; reasons: { kind: string; term: string }[] }

/** What the tables say of every show, a line a fact, and how many readers follow two shows both. */
async function facts(): Promise<Set<string>> {
  const said = await db().execute<Fact>(sql`
    select show_id, tag.kind::text as kind, tag.name as term from show_tag join tag on tag.id = show_tag.tag_id
    union all select show_id, role::text, person.name from credit join person on person.id = credit.person_id
    union all select id, 'country', country from show where country is not null
    union all select id, 'source', source_material from show where source_material is not null
    union all select show.id, 'network', network.name from show join network on network.id = show.network_id
    union all select show_id, 'era', min(left(premiere, 4)) from season where premiere ~ '^[0-9]{4}' group by show_id`)
  const together = await db().execute<{ one: number; other: number; readers: number }>(sql`
    with followed as (select distinct reader_id, show_id from follow join season on season.id = follow.season_id)
    select a.show_id as one, b.show_id as other, count(*)::int as readers
      from followed a join followed b using (reader_id) group by 1, 2 having count(*) >= 5`)
  return new Set([
    ...said.map(({ show_id, kind, term }) => `${show_id} ${kind} ${term.toLowerCase()}`),
    ...together.map(({ one, other, readers }) => `${one} ${other} readers ${readers}`),
  ])
}

const cards = () =>
  db().execute<Card>(sql`
    select show_id, related_show_id, reasons from related order by show_id, rank`)

/** Of the cards' reasons, by kind, those that no fact bears out for both shows; kin is asked of elsewhere. */
function unproven(
  known: Set<string>,
  given: Iterable<Card>,
): { kinds: Set<string>; missing: string[]; all: number } {
  const sources = [...known].filter((fact) => / source /.test(fact)).map((fact) => fact.split(' source '))
  const adapts = new Map(sources.map(([show, text]) => [Number(show), text!]))
  const kinds = new Set<string>()
  const missing: string[] = []
  let all = 0
  for (const { show_id, related_show_id, reasons } of given)
    for (const { kind, term } of reasons) {
      if (kind === 'franchise') continue
      kinds.add(kind)
      all++
      const low = term.toLowerCase()
      const [genre = '', ...country] = low.split(', ')
      const has = (id: number) => {
        if (kind === 'source') return adapts.get(id)?.includes(low)
        const facts =
          kind === 'genre_country' ? [`genre ${genre}`, `country ${country.join(', ')}`] : [`${kind} ${low}`]
        return facts.every((fact) => known.has(`${id} ${fact}`))
      }
      const borne =
        kind === 'readers'
          ? known.has(`${show_id} ${related_show_id} readers ${term}`)
          : has(show_id) && has(related_show_id)
      if (!borne) missing.push(`${show_id} ${related_show_id} ${kind} ${term}`)
    }
  return { kinds, missing, all }
}

it('every reason on every card is borne out by the tables, for both shows', async () => {
  const { kinds, missing, all } = unproven(await facts(), await cards())
  expect([...kinds]).toEqual(
    expect.arrayContaining(['cast', 'country', 'creator', 'genre', 'network', 'readers', 'source', 'tag']),
  )
  expect(all).toBeGreaterThan(100_000)
  expect(missing).toEqual([])
})

it('whoever is called kin is: by a link, or by name', async () => {
  const titles = new Map((await loadTitles()).map((title) => [title.id, title]))
  const cards = await db().execute<{ a: string; b: string }>(sql`
    select show_id::text as a, related_show_id::text as b from related where reasons @> '[{"kind": "franchise"}]'`)
  expect(cards.length).toBeGreaterThan(0)
  for (const { a, b } of cards) expect(sameFranchise(titles.get(a)!, titles.get(b)!), `${a} ${b}`).toBe(true)
})

it('no reason is true of a fifth of the catalogue', async () => {
  const index = await loadIndex()
  const common = new Set(
    index.catalogue.terms.flatMap(({ field, label }, i) =>
      index.catalogue.counts[i]! / index.catalogue.titles.length >= 0.2 ? [`${field} ${label}`] : [],
    ),
  )
  const given = await db().execute<{ reason: string }>(sql`
    select distinct (r ->> 'kind') || ' ' || (r ->> 'term') as reason from related, jsonb_array_elements(reasons) r`)
  expect(given.map(({ reason }) => reason).filter((reason) => common.has(reason))).toEqual([])
})

it('reasons dealt to another card of the same list are true of it far less often', async () => {
  const own = [...(await cards())]
  const first = new Map(own.toReversed().map((card) => [card.show_id, card]))
  const dealt = own.map((card, i) => {
    const next = own[i + 1]
    const other = next?.show_id === card.show_id ? next : first.get(card.show_id)!
    return { ...card, reasons: other.reasons }
  })
  const { missing, all } = unproven(await facts(), dealt)
  expect(missing.length / all).toBeGreaterThan(0.2)
})

it('the score of a card is the total of its explanation', async () => {
  const index = await loadIndex()
  const cards = await db().execute<{ a: string; b: string; score: number }>(sql`
    select show_id::text as a, related_show_id::text as b, score from related
    where show_id in (select id from show where slug in ('dark', 'frieren-beyond-journeys-end', 'squid-game'))`)
  expect(cards.length).toBeGreaterThanOrEqual(24)
  for (const { a, b, score } of cards) expect(explainPlace(index, a, b).sum.total).toBeCloseTo(score, 5)
})

it('on the command line the lines of an explanation add up to its last, readers among them', async () => {
  const lines: string[] = []
  const say = { out: (line: string) => void lines.push(line), err: () => {}, now: new Date('2026-11-22') }
  expect(await main(['related', 'explain', 'dark', '1899'], say)).toBe(0)
  expect(lines[0]).toBe('1899 under dark')
  const amounts = lines.slice(1).map((line) => Number(line.slice(0, 6)))
  const total = amounts.pop()!
  expect(lines.at(-1)).toContain('total')
  expect(amounts.reduce((sum, amount) => sum + amount, 0)).toBeCloseTo(total, 2)
  expect(Number(lines.find((line) => line.includes('readers'))!.slice(0, 6))).toBeGreaterThan(0)
})
