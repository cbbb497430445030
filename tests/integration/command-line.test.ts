import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { greenlit } from '../support/command-line'

const folder = mkdtempSync(path.join(tmpdir(), 'greenlit-cli-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const file = (name: string, text?: string) => {
  if (text !== undefined) writeFileSync(path.join(folder, name), text)
  return path.join(folder, name)
}

const show = { ids: { tvmaze: '1' }, title: 'Show One', seasons: [{ number: 1, premiere: '2024-03' }] }
const claim = {
  show: 'Show One',
  season: 2,
  kind: 'renewed',
  value: 'Ordered.',
  date: '2026-01-05',
  publisher: 'The Paper',
  url: 'https://example.org/a',
  published_on: '2026-01-05',
  source_class: 'press',
}

describe('the command line', () => {
  test('refuses a wrong call in one line, with status 2', async () => {
    for (const words of [
      ['nonsense'],
      ['import'],
      ['import', 'catalogue'],
      ['import', 'catalogue', 'a', 'b'],
      ['export', 'catalogue', '--colour', 'x'],
      ['build', 'catalogue'],
      ['show'],
      ['related', 'explain', 'one'],
    ]) {
      const { status, out, err } = await greenlit(...words)
      expect(status, words.join(' ')).toBe(2)
      expect(out).toBe('')
      expect(err.split('\n')).toHaveLength(1)
      expect(err).toMatch(/^greenlit: /)
    }
    expect((await greenlit('help')).out).toContain('import catalogue FILE.ndjson')
    expect(await greenlit()).toMatchObject({ status: 2 })
  })

  test('says in one line what is missing, with status 1', async () => {
    expect(await greenlit('import', 'catalogue', file('nowhere.ndjson'))).toMatchObject({
      status: 1,
      err: expect.stringMatching(/^greenlit: there is no file .*nowhere\.ndjson$/),
    })
    expect(await greenlit('show', 'nobody')).toMatchObject({
      status: 1,
      err: 'greenlit: there is no show "nobody"',
    })
    expect(await greenlit('export', 'catalogue', path.join(folder, 'no', 'such', 'x'))).toMatchObject({
      status: 1,
    })
    expect(await greenlit('build', 'catalogue', '--from', folder)).toMatchObject({ status: 1 })
    expect(readdirSync(folder)).toEqual([])
  })

  test('imports what is good, names what is bad, and ends with status 1', async () => {
    const mixed = file(
      'mixed.ndjson',
      `\ufeff${JSON.stringify(show)}\r\n{"ids":{"tvmaze":"2"},"title":"Bad","seasons":[{"number":1,"premiere":"2026-13-45"}]}\n{"ids":`,
    )
    expect(await greenlit('import', 'catalogue', mixed)).toEqual({
      status: 1,
      out: '3 lines: 1 shows added, 0 known already, 2 refused',
      err: [
        'line 2: seasons.0.premiere: 2026-13-45 is not a date: there is no month 13',
        'line 3: the line is cut off: it is half of a JSON object',
        'greenlit: 2 of 3 lines were refused and had no effect',
      ].join('\n'),
    })
  })

  test('prints one JSON object and nothing else with --json', async () => {
    const good = file('good.ndjson', JSON.stringify(show))
    const imported = await greenlit('import', 'catalogue', good, '--json')
    expect(imported).toEqual({ status: 0, out: '{"lines":1,"added":0,"updated":1,"failed":0}', err: '' })
    const said = await greenlit('show', 'show-one', '--json')
    expect(JSON.parse(said.out)).toMatchObject({ slug: 'show-one', seasons: [{ number: 1 }, { number: 2 }] })
  })

  test('shows a show with its seasons, ledger and reasons', async () => {
    expect(
      (await greenlit('import', 'claims', file('claims.ndjson', `${JSON.stringify(claim)}\n`))).status,
    ).toBe(0)
    const { status, out } = await greenlit('show', 'show-one')
    expect(status).toBe(0)
    expect(out).toContain('Season 1: complete, March 2024 — by the record')
    expect(out).toMatch(/Season 2: announced, undated — because of c_[0-9a-f]{20}/)
    expect(out).toMatch(/2026-01-05 {2}c_[0-9a-f]{20} {2}stands +press +The Paper: renewed/)
  })

  test('exports a whole file or none, and what it exports it imports', async () => {
    const [catalogue, claims] = [file('catalogue.ndjson'), file('out-claims.ndjson')]
    expect((await greenlit('export', 'catalogue', catalogue)).out).toBe(`1 shows written to ${catalogue}`)
    expect((await greenlit('export', 'claims', claims)).out).toBe(`1 claims written to ${claims}`)
    const text = readFileSync(catalogue, 'utf8')
    expect(JSON.parse(text)).toMatchObject({ slug: 'show-one', title: 'Show One' })
    expect((await greenlit('import', 'catalogue', catalogue)).status).toBe(0)
    expect((await greenlit('import', 'claims', claims)).status).toBe(0)
    await greenlit('export', 'catalogue', catalogue)
    expect(readFileSync(catalogue, 'utf8')).toBe(text)
    expect(readdirSync(folder).filter((name) => name.includes('draft'))).toEqual([])
    expect(existsSync(claims)).toBe(true)
  })

  test('every sentence of the ledger is printed with its grounds, and lines by chance the same for a seed', async () => {
    const audit = await greenlit('ledger', 'audit', '--json')
    expect(audit.status).toBe(0)
    const { counts, ungrounded, shows } = JSON.parse(audit.out)
    expect(ungrounded).toEqual([])
    expect(counts['last looked']).toBe(1)
    expect(shows[0].sentences[0].grounds.length).toBeGreaterThan(0)
    const sample = await greenlit('starter', 'sample', '--seed', '7')
    expect(sample.out).toContain('show-one: ')
    expect(await greenlit('starter', 'sample', '--seed', '7')).toEqual(sample)
    expect(await greenlit('starter', 'sample', '--seed', 'x')).toMatchObject({
      status: 1,
      err: 'greenlit: --seed is a whole number from 0 up',
    })
    expect(await greenlit('ledger', 'audit', 'everything')).toMatchObject({ status: 2 })
  })
})
