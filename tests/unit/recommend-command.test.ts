import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { greenlit } from '../support/command-line'

const folder = mkdtempSync(path.join(tmpdir(), 'greenlit-recommend-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const file = (name: string, text?: string) => {
  if (text !== undefined) writeFileSync(path.join(folder, name), text)
  return path.join(folder, name)
}

/** Sixty readers of three kinds, each with most of the titles of their kind. */
const all = file(
  'all.csv',
  [...Array(60).keys()].reduce(
    (text, reader) =>
      [...Array(45).keys()]
        .filter((title) => title % 3 === reader % 3 && (title * 7 + reader) % 4 !== 0)
        .reduce((rows, title) => `${rows}r${reader},t${title},${(title + reader) % 5 ? 8 : 3}\n`, text),
    'user,item,value\n',
  ),
)
const [train, heldout] = [file('train.csv'), file('heldout.csv')]

describe('recommending from files', () => {
  test('a split and an evaluation work without a database; --json puts one object on standard output', async () => {
    const split = await greenlit(
      ...['recommend', 'split', '--interactions', all, '--train', train, '--heldout', heldout, '--json'],
    )
    expect(split.status, split.err).toBe(0)
    const { training, heldout: hidden } = JSON.parse(split.out)
    const rows = (name: string) => readFileSync(name, 'utf8').trimEnd().split('\n').slice(1)
    expect([rows(train).length, rows(heldout).length]).toEqual([training, hidden])
    expect([...rows(train), ...rows(heldout)].sort()).toEqual(rows(all).sort())

    const call = [
      'recommend',
      'evaluate',
      '--interactions',
      train,
      '--heldout',
      heldout,
      '--min',
      '7',
      '--json',
    ]
    const result = await greenlit(...call)
    expect(result.status, result.err).toBe(0)
    const found = JSON.parse(result.out)
    for (const key of ['users', 'items', 'recall@20', 'recall@50', 'ndcg@100'])
      expect(found[key], key).toBeGreaterThan(0)
    expect(Object.keys(found.baselines)).toEqual(['popularity', 'item_knn', 'ease'])
    expect(result.err).toContain('readers are judged over')
    expect((await greenlit(...call)).out).toBe(result.out)
    const told = await greenlit(...call.slice(0, -1))
    expect(told.out).toContain('× EASE over unseen titles')
  })

  test('wrong calls and wrong files get one line, a status, and nothing on standard output', async () => {
    const good = ['--interactions', all, '--heldout', heldout, '--min', '7']
    const bad = file('bad.csv', 'user,item,value\n1,2,3\n1,3,good\n')
    for (const [words, status, sentence] of [
      [good.slice(2), 2, '--interactions FILE.csv is missing'],
      [good.slice(0, 4), 2, '--min VALUE is missing'],
      [[...good.slice(0, 4), '--min', 'high'], 2, '--min high is no number'],
      [['--interactions', file('none.csv'), ...good.slice(2)], 1, 'there is no file'],
      [['--interactions', bad, ...good.slice(2)], 1, 'bad.csv, line 3, value: "good" is no number'],
      [[...good.slice(0, 4), '--min', '99'], 1, 'no title has 5 training positives'],
    ] as const) {
      const { status: ended, out, err } = await greenlit('recommend', 'evaluate', ...words, '--json')
      expect([ended, out]).toEqual([status, ''])
      expect(err.split('\n').at(-1)).toContain(sentence)
    }
    const share = ['recommend', 'split', '--interactions', all, '--train', train, '--heldout', heldout]
    expect((await greenlit(...share, '--share', '2')).err).toContain('--share 2 is not between 0 and 1')
  })

  test('an export is whole or not there', async () => {
    const to = file('feedback.jsonl')
    const call = (from: string) =>
      greenlit('related', 'export', to, '--interactions', from, '--min', '7', '--format', 'gorse')
    const refused = await call(file('slash.csv', 'user,item,value\n1,2,3\n1,a/b,3\n'))
    expect([refused.status, refused.err]).toEqual([1, expect.stringContaining('hold no slash')])
    expect(readdirSync(folder).filter((name) => name.startsWith('feedback'))).toEqual([])
    expect((await call(all)).status).toBe(0)
    const lines = readFileSync(to, 'utf8').trimEnd().split('\n')
    expect(lines.length).toBe(readFileSync(all, 'utf8').trimEnd().split('\n').length - 1)
    expect(JSON.parse(lines[0]!)).toEqual({ FeedbackType: 'like', UserId: 'r0', ItemId: 't3' })
  })
})
