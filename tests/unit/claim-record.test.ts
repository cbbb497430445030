import { readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkClaim, checkClaimLine, claimId, claimLine } from '@/lib/ledger/record'
import {
  freshEvents,
  overdueEvents,
  readChangeCursor,
  scoreDates,
  writeChangeCursor,
} from '@/lib/ledger/rules'
import type { Day } from '@/lib/shared/day'
import type { LedgerEvent } from '@/lib/status/claim'

const RUNS = Number(process.env.GREENLIT_PROPERTY_RUNS ?? 1000)
const TODAY = '2026-11-22'

const line = {
  show: 'Kingdom',
  season: 3,
  kind: 'renewed',
  value: 'A third season is ordered.',
  date: '2026-03',
  publisher: 'The Daily',
  url: 'https://daily.test/kingdom',
  published_on: '2026-03-04',
  source_class: 'press',
}
const problemsOf = (change: object) => {
  const checked = checkClaim({ ...line, ...change }, TODAY)
  return checked.ok ? [] : checked.problems
}

describe('a claim is read at the door, whole or not at all', () => {
  it('takes the record of the design, and the fields beside it', () => {
    const checked = checkClaimLine(
      JSON.stringify({ ...line, modality: 'planned', citing: 'Variety', note: 'ignored' }),
      TODAY,
    )
    expect(checked).toMatchObject({
      ok: true,
      claim: {
        edtf: '2026-03',
        earliest: '2026-03-01',
        latest: '2026-03-31',
        modality: 'planned',
        citing: 'Variety',
        seenOn: TODAY,
      },
    })
  })

  it.each([
    [{ date: '2026-13-45' }, 'date: 2026-13-45 is not a date: there is no month 13'],
    [{ date: '2027/..' }, 'date: 2027/.. has an open end: say the earliest and the latest it can be'],
    [{ kind: 'rumoured' }, /^kind: is not one of announced, renewed/],
    [{ season: 0 }, 'season: is less than 1'],
    [{ season: -1 }, 'season: is less than 1'],
    [{ season: 1e9 }, 'season: is more than 1000'],
    [{ season: 'two' }, 'season: should be a number'],
    [{ show: '' }, 'show: is empty'],
    [{ show: undefined }, 'show: is missing'],
    [{ value: 'x'.repeat(501) }, 'value: is more than 500 characters'],
    [{ quote: 'x'.repeat(301) }, 'quote: is more than 300 characters'],
    [{ url: 'javascript:alert(1)' }, 'url: is not an address that begins with http:// or https://'],
    [{ published_on: '2027-01-01' }, 'published_on: 2027-01-01 is still to come'],
    [{ published_on: 'yesterday' }, /^published_on: yesterday is not a date/],
    [{ value: 'A third \u202eseason' }, 'value: has control or text-direction characters'],
    [{ publisher: 'The\u0000Daily' }, 'publisher: has control or text-direction characters'],
    [{ source_class: 'gossip' }, /^source_class: is not one of official/],
  ])('%j is refused by its field', (change, problem) => {
    const problems = problemsOf(change)
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(problem)
  })

  it('names every problem of a line, and half a line as half', () => {
    expect(problemsOf({ date: '2026-13', kind: 'x' }).length).toBe(1)
    expect(problemsOf({ date: '2026-13', published_on: '2026-02-30' })).toHaveLength(2)
    expect(checkClaimLine('{"show": "Kingdom", "sea', TODAY)).toEqual({
      ok: false,
      problems: ['the line is cut off: it is half of a JSON object'],
    })
    expect(checkClaimLine('nonsense', TODAY)).toEqual({ ok: false, problems: ['the line is not JSON'] })
    expect(checkClaimLine('[]', TODAY)).toMatchObject({ ok: false })
  })

  it('keeps markup as the text it is', () => {
    expect(checkClaim({ ...line, value: '<script>alert(1)</script>' }, TODAY)).toMatchObject({
      ok: true,
      claim: { value: '<script>alert(1)</script>' },
    })
  })

  it('tells an outlet from the one it credits', () => {
    expect(checkClaim({ ...line, publisher: 'Landscape Insight (citing Newsweek)' }, TODAY)).toMatchObject({
      ok: true,
      claim: { publisher: 'Landscape Insight', citing: 'Newsweek' },
    })
    expect(checkClaim({ ...line, publisher: 'The Telegraph (India)' }, TODAY)).toMatchObject({
      ok: true,
      claim: { publisher: 'The Telegraph (India)', citing: null },
    })
  })

  it('takes a month of publication for no day', () => {
    expect(checkClaim({ ...line, published_on: '2025-04' }, TODAY)).toMatchObject({
      ok: true,
      claim: { publishedOn: null },
    })
  })

  it('never throws, whatever a line holds', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(typeof checkClaimLine(text, TODAY).ok).toBe('boolean')
      }),
      { numRuns: RUNS },
    )
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(line)), fc.anything(), (field, value) => {
        const checked = checkClaim({ ...line, [field]: value }, TODAY)
        if (!checked.ok) for (const problem of checked.problems) expect(problem).toMatch(/^[a-z_.0-9]+: /)
      }),
      { numRuns: RUNS },
    )
  })

  it('is the same claim when it is read again, another when anything said differs', () => {
    const id = (change: object) => {
      const checked = checkClaim({ ...line, ...change }, TODAY)
      if (!checked.ok) throw new Error(checked.problems.join())
      return claimId('kingdom', checked.claim)
    }
    expect(id({})).toMatch(/^c_[0-9a-f]{20}$/)
    expect(id({ seen_on: '2026-11-01', quote: 'as they said' })).toBe(id({}))
    for (const change of [
      { season: 2 },
      { date: '2026-04' },
      { url: 'https://daily.test/2' },
      { value: 'Another.' },
      { publisher: 'B' },
    ])
      expect(id(change)).not.toBe(id({}))
  })

  it('is written as a line that reads back to the same claim', () => {
    const checked = checkClaim({ ...line, who: 'Ann Lee', status: 'new', seen_on: '2026-11-20' }, TODAY)
    if (!checked.ok) throw new Error('refused')
    expect(checkClaimLine(claimLine(checked.claim), '2026-12-01')).toEqual(checked)
  })
})

describe('the starter ledger keeps its promises', () => {
  const file = path.join(import.meta.dirname, '../../db/starter/claims.ndjson')
  const lines = readFileSync(file, 'utf8').trim().split('\n')

  it('holds more than 900 claims that all pass the door, without a quote or a note', () => {
    expect(lines.length).toBeGreaterThan(900)
    for (const text of lines) {
      expect(checkClaimLine(text, TODAY)).toMatchObject({ ok: true, claim: { quote: null } })
      expect(Object.keys(JSON.parse(text))).not.toContain('note')
    }
  })

  it('says what was said on the day, without what turned out later', () => {
    const hindsight =
      /\b(falsified|did not happen|turned out|in hindsight|never happened|not borne out)\b|\(missed|\(false|\(wrong/i
    expect(lines.map((text) => JSON.parse(text).value).filter((value) => hindsight.test(value))).toEqual([])
  })

  it('tells the three Kingdoms apart', () => {
    const shows = new Set(lines.map((text) => JSON.parse(text).show))
    expect(shows).toContain('greenlit:kingdom')
    expect(shows).not.toContain('Kingdom')
  })
})

describe('events are told once', () => {
  const event = (change: Partial<LedgerEvent>): LedgerEvent => ({
    season: 2,
    kind: 'renewed',
    was: 'unannounced',
    became: 'announced',
    because: ['c_1'],
    happenedOn: '2026-01-10',
    ...change,
  })

  it('an earlier page that turns up later is no second event', () => {
    expect(freshEvents([event({ happenedOn: '2026-01-08' })], [event({})])).toEqual([])
    expect(freshEvents([event({ kind: 'announced' })], [event({})])).toEqual([])
    expect(freshEvents([event({ happenedOn: '2026-06-10' })], [event({})])).toHaveLength(1)
  })

  it('of a casting told again only the new names are news', () => {
    const known = event({ kind: 'cast-confirmed', was: '', became: 'Ann Lee' })
    const again = event({
      kind: 'cast-confirmed',
      was: '',
      became: 'Ann Lee, Bo Kim',
      happenedOn: '2026-01-12',
    })
    expect(freshEvents([again], [known]).map(({ became }) => became)).toEqual(['Bo Kim'])
    expect(freshEvents([known], [known])).toEqual([])
  })

  it('a date that moved back and forth is told each time', () => {
    const dated = event({ kind: 'dated', was: '', became: '2027' })
    const moved = event({ kind: 'moved', was: '2027', became: '2028', happenedOn: '2026-02-01' })
    const back = event({ kind: 'moved', was: '2028', became: '2027', happenedOn: '2026-08-01' })
    expect(freshEvents([dated, moved, back], [])).toHaveLength(3)
    expect(freshEvents([dated, moved, back], [dated, moved])).toEqual([back])
  })

  it('so is a season cancelled, revived and cancelled again within days; the same person cast again is not', () => {
    const cancelled = event({ kind: 'cancelled', became: 'cancelled', happenedOn: '2026-01-12' })
    const revived = event({ was: 'cancelled', happenedOn: '2026-01-14' })
    const again: LedgerEvent = { ...cancelled, happenedOn: '2026-01-16' }
    expect(freshEvents([again], [event({}), cancelled, revived])).toEqual([again])
    expect(freshEvents([again], [event({}), cancelled])).toEqual([])
    const cast = event({ kind: 'cast-confirmed', was: '', became: 'Ann Lee' })
    expect(freshEvents([{ ...cast, happenedOn: '2027-06-01' }], [cast])).toEqual([])
  })

  it('where readers were told otherwise than it stands, they are told how it stands', () => {
    const told = [event({}), event({ kind: 'cancelled', became: 'cancelled' })]
    expect(overdueEvents(told, { order: 'ordered', date: '' })).toEqual([
      { kind: 'renewed', was: 'cancelled', became: 'announced' },
    ])
    expect(overdueEvents(told, { order: 'cancelled', date: '' })).toEqual([])
    const dated = [event({ kind: 'dated', was: '', became: '2027-06-01' })]
    expect(overdueEvents(dated, { order: 'ordered', date: '2027-07-01' })).toEqual([
      { kind: 'moved', was: '2027-06-01', became: '2027-07-01' },
    ])
    // What merely fell away has a correction or a missed window to say so.
    expect(overdueEvents(dated, { order: '', date: '' })).toEqual([])
    expect(overdueEvents([], { order: 'ordered', date: '2027-07-01' })).toEqual([])
  })
})

describe('a source is measured by its own dates', () => {
  const date = (edtf: [Day, Day], publishedOn: Day = '2025-01-01') => ({
    kind: 'release_window' as const,
    earliest: edtf[0],
    latest: edtf[1],
    publishedOn,
    retractedOn: null,
  })
  it('counts what came true, passed unmet or lies ahead', () => {
    const premiere = { earliest: '2025-06-27', latest: '2025-06-27' } as const
    const claims = [
      date(['2025-06-01', '2025-11-30']),
      date(['2025-01-01', '2025-03-31']),
      date(['2026-01-01', '2026-03-31']),
      date(['2025-06-27', '2025-06-27'], '2025-07-01'),
    ]
    expect(scoreDates(claims, premiere, TODAY)).toEqual({ cameTrue: 1, missed: 2, open: 0 })
    expect(
      scoreDates([date(['2027-01-01', '2027-12-31']), date(['2026-01-01', '2026-01-31'])], null, TODAY),
    ).toEqual({
      cameTrue: 0,
      missed: 1,
      open: 1,
    })
  })
})

describe('a cursor is one this site has given out', () => {
  it('reads back what was written and nothing else', () => {
    expect(readChangeCursor(writeChangeCursor({ happenedOn: '2026-02-28', id: 7 }))).toEqual({
      happenedOn: '2026-02-28',
      id: 7,
    })
    for (const text of [
      '',
      'x',
      '2026-02-30.7',
      '2026-02-28',
      '2026-02-28.-1',
      `2026-02-28.${'9'.repeat(30)}`,
      "2026-02-28.7'",
    ])
      expect(readChangeCursor(text)).toBeNull()
    fc.assert(
      fc.property(fc.string(), (text) => {
        readChangeCursor(text)
      }),
      { numRuns: RUNS },
    )
  })
})
