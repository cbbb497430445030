import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { db } from '@/db/client'
import { pair } from '@/db/schema/pair'
import { importCatalogue } from '@/lib/catalogue/commands'
import { buildRelated } from '@/lib/related/commands'
import { loadTitles } from '@/lib/related/queries'

async function* made(): AsyncGenerator<string> {
  for (let i = 0; i < 24; i++)
    yield JSON.stringify({
      ids: { x: `${i}` },
      title: `Show number ${i}`,
      kind: 'scripted',
      tags: [`premise ${i % 6}`, `place ${i % 8}`],
      network: `Network ${i % 7}`,
      rating: 7.5,
      seasons: [{ number: 1, premiere: '2020-05-01', episodes: 10 }],
    })
}

const cards = async () =>
  (await db().execute(
    sql`select show_id, rank, related_show_id, reasons from related order by show_id, rank`,
  )) as unknown as Record<string, unknown>[]

it("one show's list, built anew alone, is the one the nightly build gives it, and the others stay", async () => {
  await importCatalogue(made(), { lists: 'replace' })
  const [first] = await loadTitles()
  expect(first).toMatchObject({ rating: 7.5, episodes: 10, year: 2020, network: 'Network 0' })
  const { shows } = await buildRelated()
  expect(shows).toBeGreaterThan(0)
  const whole = await cards()
  const showId = Number(whole[0]!.show_id)
  expect(await buildRelated({ showIds: [showId] })).toMatchObject({ shows: 1 })
  expect(await cards()).toEqual(whole)
})

it('every card has two reasons or more, and none points to its own show', async () => {
  await buildRelated()
  for (const card of await cards()) {
    expect((card.reasons as unknown[]).length).toBeGreaterThanOrEqual(2)
    expect(card.related_show_id).not.toBe(card.show_id)
  }
})

it('a pair counts in the list of its show as soon as it is named, and no longer than it is', async () => {
  const idOf = async (title: string) =>
    Number((await loadTitles()).find((candidate) => candidate.title === title)!.id)
  const [one, other] = [await idOf('Show number 0'), await idOf('Show number 6')]
  const reasonsBeside = async () =>
    (await cards())
      .filter((card) => card.show_id === one && card.related_show_id === other)
      .flatMap(({ reasons }) => reasons as { kind: string; text: string; href: string | null }[])
  await buildRelated()
  expect(await reasonsBeside()).toEqual([])
  await db().insert(pair).values({ source: 'The Paper', showId: one, relatedShowId: other, weight: 1 })
  await buildRelated({ showIds: [one] })
  expect(await reasonsBeside()).toMatchObject([
    {
      kind: 'pair',
      text: 'Named beside it in The Paper’s list',
      href: '/shows/show-number-0/suggest#named',
    },
    { kind: 'tag' },
  ])
  await db().delete(pair)
  await buildRelated({ showIds: [one] })
  expect(await reasonsBeside()).toEqual([])
})
