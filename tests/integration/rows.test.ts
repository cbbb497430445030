import { asc } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db, onQuery } from '../../db/client'
import { insertRows } from '../../db/rows'
import { outbox } from '../../db/schema/outbox'
import { season, show } from '../../db/schema/show'

const harbour = { slug: 'harbour', title: 'Harbour "1"', provenance: ['a, b', '{c}'], popularity: 1.5 }

test('rows inserted at once are there as they were given, whatever their columns hold', async () => {
  await insertRows(show, [harbour, { slug: 'quay', title: 'Quay\nTwo', provenance: [], country: 'Malta' }])
  expect(await db().select().from(show).orderBy(asc(show.id))).toMatchObject([
    { ...harbour, country: null, kind: 'scripted' },
    { title: 'Quay\nTwo', provenance: [], popularity: null, country: 'Malta' },
  ])
  const at = new Date('2031-02-03T04:05:06.789Z')
  await insertRows(outbox, [{ topic: 'a', payload: { said: ['"', null, { deep: 1 }] }, createdAt: at }])
  expect(await db().select().from(outbox)).toMatchObject([
    { payload: { said: ['"', null, { deep: 1 }] }, createdAt: at },
  ])
})

test('a row that is there already fails the insert, or is left as it is', async () => {
  const again = [
    { ...harbour, title: 'Another' },
    { slug: 'pier', title: 'Pier', provenance: [] },
  ]
  await expect(insertRows(show, again)).rejects.toThrow()
  await insertRows(show, again, { known: 'left' })
  const titles = (await db().select().from(show).orderBy(asc(show.slug))).map(({ title }) => title)
  expect(titles).toEqual(['Harbour "1"', 'Pier', 'Quay\nTwo'])
})

test('many thousand rows are one statement, and none are no statement', async () => {
  const [first] = await db().select().from(show).limit(1)
  const asked: string[] = []
  const stop = onQuery((query) => asked.push(query))
  const seasons = Array.from({ length: 1000 }, (_, i) => ({ showId: first!.id, number: i + 1 }))
  await insertRows(season, Array.from({ length: 30 }, () => seasons).flat(), { known: 'left' })
  await insertRows(season, [])
  stop()
  expect(asked).toHaveLength(1)
  expect(await db().$count(season)).toBe(1000)
})

test('a name that is no column of the table is refused, and nothing is inserted', async () => {
  const before = await db().$count(show)
  const rows: (typeof harbour)[] = [{ ...harbour, slug: 'mole', titel: 'x' } as typeof harbour]
  await expect(insertRows(show, rows)).rejects.toThrow('There is no column for titel.')
  expect(await db().$count(show)).toBe(before)
})
