import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { importCatalogue } from '@/lib/catalogue/commands'
import { main } from '@/lib/cli/main'
import { buildRelated } from '@/lib/related/commands'

/** Two worlds of eight shows, and one show that is like nothing else. */
async function* made(): AsyncGenerator<string> {
  for (let i = 0; i < 16; i++)
    yield JSON.stringify({
      ids: { mal: `${i}` },
      title: `Show number ${i}`,
      original_title: `第${i}話`,
      kind: 'scripted',
      tags: [`premise ${i % 8}`, `place ${i % 8}`, `only ${i}`],
      seasons: [{ number: 1, premiere: '2020-05-01', episodes: 10 }],
    })
  yield JSON.stringify({ ids: { mal: 'alone' }, title: 'Alone', kind: 'news' })
}

const folder = mkdtempSync(path.join(tmpdir(), 'greenlit-seen-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const file = (name: string, lines: string[]) => {
  const full = path.join(folder, name)
  writeFileSync(full, `${lines.join('\n')}\n`)
  return full
}

beforeAll(async () => {
  await importCatalogue(made(), { lists: 'replace' })
  await buildRelated()
})

/** Titles of another set: the first by the site's id, the second by its original title and year, the last unknown. */
const titles = file('titles.ndjson', [
  JSON.stringify({ ids: { mal: '0' }, title: 'Called otherwise' }),
  JSON.stringify({
    ids: { other: '8' },
    title: 'Number eight',
    original_title: '第8話',
    seasons: [{ premiere: '2021' }],
  }),
  JSON.stringify({ ids: { other: 'alone' }, title: 'Alone' }),
  JSON.stringify({ ids: { other: 'nowhere' }, title: 'Nowhere' }),
])
const truth = file('truth.csv', [
  'source,related,weight',
  'mal:0,other:8,3',
  'other:alone,other:8,1',
  'other:nowhere,mal:0,1',
  'mal:0,other:nowhere,1',
])

async function seen(...words: string[]) {
  const said: string[] = []
  const status = await main(['related', 'seen', '--titles', titles, '--truth', truth, ...words], {
    out: (line) => said.push(line),
    err: (line) => said.push(line),
    now: new Date('2026-11-22'),
  })
  return { status, out: said.join('\n') }
}

it('the cards of the running database are judged, found by id or by title and year; no card counts 0', async () => {
  const { status, out } = await seen('--json')
  expect(status).toBe(0)
  const found = JSON.parse(out)
  expect(Object.keys(found)).toEqual(['sources', 'ndcg', 'ci95', 'empty'])
  expect(found).toMatchObject({ sources: 2, ndcg: 0.5, empty: 1 })
  expect(await seen()).toMatchObject({
    out: expect.stringContaining('2 sources, 1 of them without a card: nDCG@10 0.5000'),
  })
})

it('asked for the whole, what the site does not know counts as missing', async () => {
  const found = JSON.parse((await seen('--whole', '--json')).out)
  expect(found.ndcg).toBeLessThan(0.5)
  expect(found.sources).toBe(2)
})

it('without its files it says so in a line', async () => {
  const said: string[] = []
  const around = { out: () => {}, err: (line: string) => void said.push(line), now: new Date('2026-11-22') }
  expect(await main(['related', 'seen', '--titles', titles], around)).toBe(2)
  expect(said.join()).toContain('--truth FILE is missing')
})
