import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { main } from '@/lib/cli/main'
import { readModel } from '@/lib/related/model'
import { seeded } from '@/lib/shared/random'

let folder = ''
let titles = ''
let truth = ''

/** Forty shows of four worlds; people name three of the same world beside every other one. */
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'greenlit-related-'))
  const set = path.join(folder, 'sets', 'made')
  mkdirSync(set, { recursive: true })
  titles = path.join(set, 'titles.ndjson')
  truth = path.join(set, 'truth.csv')
  const random = seeded(2)
  const lines = Array.from({ length: 40 }, (_, i) =>
    JSON.stringify({
      ids: { x: `${i}` },
      title: `Show ${i}`,
      genres: [`Genre ${i % 4}`],
      tags: Array.from({ length: 3 }, () => `Tag ${i % 4}.${Math.floor(random() * 5)}`),
      popularity: Math.floor(random() * 1000),
    }),
  )
  writeFileSync(titles, `${lines.join('\n')}\n`)
  const pairs = Array.from({ length: 20 }, (_, i) =>
    [4, 8, 12].map((n) => `x:${2 * i},x:${(2 * i + n) % 40},1`),
  )
  writeFileSync(truth, `source,related,weight\n${pairs.flat().join('\n')}\n`)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function greenlit(...words: string[]) {
  const said: { out: string[]; err: string[] } = { out: [], err: [] }
  const status = await main(words, {
    out: (line) => said.out.push(line),
    err: (line) => said.err.push(line),
    now: new Date('2026-01-01'),
  })
  return { status, out: said.out.join('\n'), err: said.err.join('\n') }
}
const evaluate = (...more: string[]) =>
  greenlit('related', 'evaluate', '--titles', titles, '--truth', truth, ...more)

describe('related evaluate', () => {
  test('gives one object with every figure and the simple orders beside them, the same every time', async () => {
    const { status, out } = await evaluate('--json')
    expect(status).toBe(0)
    const found = JSON.parse(out)
    expect(Object.keys(found)).toEqual(['sources', 'ndcg', 'recall', 'mrr', 'ci95', 'baselines'])
    expect(Object.keys(found.baselines)).toEqual(['popularity', 'genre_overlap', 'tfidf'])
    expect(found.sources).toBe(20)
    for (const value of [found.ndcg, found.recall, found.mrr]) {
      expect(value).toBeGreaterThanOrEqual(0)
      expect(value).toBeLessThanOrEqual(1)
    }
    expect(found.ci95[0]).toBeLessThanOrEqual(found.ndcg)
    expect(found.ci95[1]).toBeGreaterThanOrEqual(found.ndcg)
    expect((await evaluate('--json')).out).toBe(out)
  })

  test('people who name one world teach an order that keeps to it, judged on sources it never saw', async () => {
    const { out } = await evaluate('--folds', '4', '--json')
    const { ndcg, baselines } = JSON.parse(out)
    expect(ndcg).toBeGreaterThan(baselines.popularity)
  })

  test("people's pairs may be evidence", async () => {
    const { status, out } = await evaluate('--train', truth, '--at', '5')
    expect(status).toBe(0)
    expect(out).toContain("with people's pairs")
    expect(out).toContain('nDCG@5')
  })

  test.each([
    ['no titles', [], '--titles FILE is missing'],
    [
      'a file that is not there',
      ['--titles', '/nowhere/a', '--truth', '/nowhere/b'],
      'there is no file /nowhere/a',
    ],
  ])('with %s it says so in a line and fails', async (_, words, sentence) => {
    const { status, err, out } = await greenlit('related', 'evaluate', ...words)
    expect(status).not.toBe(0)
    expect(err).toContain(sentence)
    expect(out).toBe('')
  })

  test.each(['0', '-1', 'ten', '1.5'])('a place that is none (--at %s) is refused', async (at) => {
    const { status, err } = await evaluate(`--at=${at}`)
    expect(status).toBe(2)
    expect(err).toContain('--at')
  })

  test('a bad line is named with its file', async () => {
    const bad = path.join(folder, 'bad.csv')
    writeFileSync(bad, 'source,related,weight\nx:0,x:4,1\nx:0,x:99,1\n')
    const { status, err } = await greenlit('related', 'evaluate', '--titles', titles, '--truth', bad)
    expect(status).toBe(1)
    expect(err).toContain(`${bad}: line 3: related: x:99`)
  })
})

describe('related train', () => {
  test('writes a model that can be read, and the same one from the same files', async () => {
    const train = async (name: string) => {
      const out = path.join(folder, name)
      const { status } = await greenlit('related', 'train', '--from', path.join(folder, 'sets'), '--out', out)
      expect(status).toBe(0)
      return readFileSync(out, 'utf8')
    }
    const model = await train('a.json')
    expect(() => readModel(JSON.parse(model))).not.toThrow()
    expect(await train('b.json')).toBe(model)
  })

  test('cross-validated, it says what the recipe is worth by facts and by pairs, and writes nothing', async () => {
    const train = (...words: string[]) =>
      greenlit('related', 'train', '--from', path.join(folder, 'sets'), '--folds', '2', ...words)
    const unwritten = path.join(folder, 'unwritten.json')
    const judged = async (...words: string[]) => {
      const { status, out } = await train('--json', '--out', unwritten, ...words)
      expect(status).toBe(0)
      return JSON.parse(out).made as Record<string, { sources: number; ndcg: number }>
    }
    const both = await judged()
    expect(Object.keys(both)).toEqual(['content', 'pairs'])
    for (const { sources, ndcg } of Object.values(both)) {
      expect(sources).toBe(20)
      expect(ndcg).toBeGreaterThan(0)
    }
    expect(await judged('--mode', 'content')).toEqual({ content: both.content })
    expect(existsSync(unwritten)).toBe(false)
    expect(await train('--mode', 'both')).toMatchObject({ status: 2 })
  })

  test('one half of a model is not learned alone', async () => {
    const half = path.join(folder, 'half.json')
    const { status, err } = await greenlit(
      ...['related', 'train', '--from', path.join(folder, 'sets'), '--mode', 'pairs', '--out', half],
    )
    expect(status).toBe(2)
    expect(err).toContain('a model is learned whole')
    expect(existsSync(half)).toBe(false)
  })

  test('a folder without sets is refused', async () => {
    const { status, err } = await greenlit('related', 'train', '--from', folder)
    expect(status).toBe(1)
    expect(err).toContain('has no folder with a titles.ndjson and a truth.csv')
  })
})

describe('related study', () => {
  const study = (...words: string[]) =>
    greenlit('related', 'study', '--from', path.join(folder, 'sets'), ...words)

  test('says what each group of features is worth, a line a group and a set', async () => {
    const { status, out } = await study('--by', 'ablation', '--mode', 'pairs', '--folds', '2')
    expect(status).toBe(0)
    expect(out).toMatch(/^everything .* nDCG@10 [01]\.\d{4} \(/)
    for (const group of ['meaning', 'taste', 'siblings and walks']) expect(out).toContain(`without ${group} `)
  })

  test('says what a quarter and half of the sources teach, and how far people agree', async () => {
    const curve = await study('--by', 'curve', '--folds', '2', '--json')
    expect(curve.out.split('\n').map((line) => JSON.parse(line).what)).toEqual([
      '25 % of the sources',
      '50 % of the sources',
      '100 % of the sources',
    ])
    const { asked, agreed } = JSON.parse((await study('--by', 'agreement', '--json')).out)
    expect(agreed).toBeLessThanOrEqual(asked)
  })

  test('says what holds the order back: how many name a title, and which candidates there are', async () => {
    const { out } = await study('--by', 'limits', '--folds', '2', '--json')
    const lines = out.split('\n').map((line) => JSON.parse(line))
    const of = (what: string) => lines.find((line) => line.what === what)
    expect(of('everything').sources).toBe(20)
    // Three shows of the same ten are named beside each, and all ten are candidates.
    expect(of('the same candidates in the best order').ndcg).toBe(1)
    const company = lines.filter(({ what }) => what.startsWith('named by'))
    expect(company.map(({ sources }) => sources).reduce((a, b) => a + b, 0)).toBe(20)
  })

  test('refuses what it cannot study', async () => {
    expect(await study('--by', 'luck')).toMatchObject({ status: 2 })
    expect(await study('--by', 'curve', '--mode', 'both')).toMatchObject({ status: 2 })
  })
})
