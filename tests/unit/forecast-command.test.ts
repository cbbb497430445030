import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { main } from '@/lib/cli/main'
import { forecastSeason } from '@/lib/forecast/forecast'
import { type ForecastModel, readModel } from '@/lib/forecast/model'
import { dayNumber, readSeasons } from '@/lib/forecast/read-seasons'
import { historyAt, shelve } from '@/lib/forecast/shows'
import { madeSeasons } from '../support/seasons'

let folder = ''
let model = ''
let learned: ForecastModel
const file = (name: string) => path.join(folder, name)

async function greenlit(...words: string[]) {
  const said: { out: string[]; err: string[] } = { out: [], err: [] }
  const status = await main(['forecast', ...words], {
    out: (line) => said.out.push(line),
    err: (line) => said.err.push(line),
    now: new Date('2026-01-01'),
  })
  return { status, out: said.out.join('\n'), err: said.err.join('\n') }
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'greenlit-forecast-'))
  writeFileSync(file('seasons.csv'), madeSeasons(150, 5))
  writeFileSync(file('others.csv'), madeSeasons(120, 6).replaceAll(' show ', ' other '))
  model = file('model.json')
  expect((await greenlit('train', '--seasons', file('seasons.csv'), '--model', model)).status).toBe(0)
  learned = readModel(readFileSync(model, 'utf8'))
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What is said of the last season of a show of one line a season. */
function said(asOf: string, ...lines: string[]) {
  const header = 'source,show_key,title,season,premiere,end,episodes,network,country,extra'
  const shelf = shelve(readSeasons([header, ...lines].join('\n')))
  const day = dayNumber(asOf)
  const history = historyAt(shelf, shelf.shows[0]!, shelf.shows[0]!.seasons.at(-1)!.season, day)
  return forecastSeason(learned, history, day)
}

describe('forecast train and score', () => {
  test('tell shows that return from shows that do not, on shows never seen, in the agreed object', async () => {
    const { status, out } = await greenlit(
      'score',
      '--model',
      model,
      '--seasons',
      file('others.csv'),
      '--json',
    )
    expect(status).toBe(0)
    const scores = JSON.parse(out)
    expect(Object.keys(scores)).toEqual(['renewal', 'gap', 'after180', 'after365', 'by_source'])
    for (const name of ['n', 'base_rate', 'brier', 'log_loss', 'auc', 'ece'])
      expect(scores.renewal).toHaveProperty(name)
    for (const name of ['n', 'mae_days', 'median_ae_days', 'coverage80', 'width80_days'])
      expect(scores.gap).toHaveProperty(name)
    expect(Object.keys(scores.by_source).sort()).toEqual(['made', 'other'])
    expect(scores.renewal.brier).toBeLessThan(scores.renewal.base_rate * (1 - scores.renewal.base_rate))
    expect(scores.renewal.auc).toBeGreaterThan(0.7)
    expect(scores.after365.renewal.n).toBeLessThan(scores.renewal.n)
    const [low, high] = scores.renewal.ci95.brier
    expect(low).toBeLessThanOrEqual(scores.renewal.brier)
    expect(high).toBeGreaterThanOrEqual(scores.renewal.brier)
  })

  test('the same file gives the same model, to the byte', async () => {
    const again = file('again.json')
    await greenlit('train', '--seasons', file('seasons.csv'), '--model', again)
    expect(readFileSync(again, 'utf8')).toBe(readFileSync(model, 'utf8'))
  }, 120_000)

  test('a model holds no title and no key of a show', () => {
    expect(readFileSync(model, 'utf8')).not.toMatch(/steady show|Harbour|"[ke]\d+"/)
  })

  test('lists and networks never seen are forecast too', async () => {
    writeFileSync(
      file('new.csv'),
      madeSeasons(30, 9)
        .replaceAll(/^(made|other),/gm, 'unheard,')
        .replaceAll('Net ', 'Station '),
    )
    const { status, out } = await greenlit('score', '--model', model, '--seasons', file('new.csv'), '--json')
    expect(status).toBe(0)
    expect(JSON.parse(out).by_source.unheard.renewal.brier).toBeGreaterThan(0)
  })

  test('what cannot be read is refused in one line', async () => {
    writeFileSync(file('bad.csv'), 'source,show_key,title,season,premiere\nmade,a,A,1,soon\n')
    writeFileSync(file('bad.json'), '{"version":1}')
    for (const [words, sentence, status] of [
      [['train', '--seasons', file('bad.csv'), '--model', file('x.json')], /bad\.csv: line 2: premiere/, 1],
      [['train', '--seasons', file('none.csv'), '--model', file('x.json')], /there is no file/, 1],
      [['train', '--seasons', file('seasons.csv')], /--model OUT.json is missing/, 2],
      [['score', '--model', model], /--seasons FILE.csv is missing/, 2],
      [['score', '--model', file('bad.json'), '--seasons', file('others.csv')], /no forecast model/, 1],
      [['evaluate', '--seasons', file('seasons.csv'), '--folds', '1'], /--folds 1/, 2],
    ] as const) {
      const found = await greenlit(...words)
      expect(found.err).toMatch(sentence)
      expect(found.status).toBe(status)
      expect(found.out).toBe('')
    }
  })
})

describe('one forecast', () => {
  const steady = [2010, 2011, 2012, 2013].map(
    (year, i) => `made,s,steady show,${i + 1},${year}-01-05,${year}-03-09,10,Net steady,US,"genres=Drama"`,
  )

  test('expects a show that always came in the same week in that week, in windows that hold each other', () => {
    const { window, gapDays } = said('2013-03-09', ...steady)!
    expect(Math.abs(gapDays - 364)).toBeLessThan(60)
    expect(window.p95.low).toBeLessThanOrEqual(window.p80.low)
    expect(window.p80.low).toBeLessThanOrEqual(window.p50.low)
    expect(window.p50.high).toBeLessThanOrEqual(window.p80.high)
    expect(window.p80.high).toBeLessThanOrEqual(window.p95.high)
  })

  test('leaves out of its window the days that were waited in vain', () => {
    const { window } = said('2014-06-01', ...steady)!
    expect(window.p95.low).toBeGreaterThan(dayNumber('2014-06-01') - dayNumber('2013-01-05'))
  })

  test('gives less chance the longer one has waited, and none after the horizon', () => {
    const [soon, later, over] = ['2013-03-09', '2015-03-09', '2016-06-01'].map((day) => said(day, ...steady)!)
    expect(later!.renewal).toBeLessThan(soon!.renewal)
    expect(over!.renewal).toBe(0)
  })

  test('says what moved it, the strongest first', () => {
    const { reasons } = said('2013-03-09', ...steady)!
    expect(reasons.length).toBeGreaterThan(0)
    const sizes = reasons.filter(({ of }) => of === 'renewal').map(({ effect }) => Math.abs(effect))
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a))
  })

  test('is not made of a show of which nothing had begun', () => {
    expect(said('2009-01-01', ...steady)).toBe(null)
  })
})
