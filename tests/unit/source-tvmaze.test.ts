import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { readJson } from '@/lib/sources/json'
import {
  parseEpisode,
  parseEpisodes,
  parseIndex,
  parseSchedule,
  parseShow,
  parseUpdates,
} from '@/lib/sources/tvmaze/parse'
import { looksOfSchedule, toEpisode, toLook } from '@/lib/sources/tvmaze/to-look'
import type { Read } from '@/lib/sources/types'
import { mutated } from '../support/mutations'
import { anEpisode, aScheduled, aShowAnswer, type ShowGiven } from '../support/tvmaze-answers'

const look = (given: Partial<ShowGiven>) => {
  const read = parseShow(aShowAnswer({ id: 5, ...given }))
  if (!read.ok) throw new Error(read.reason)
  return toLook(read.value)
}

describe('what TVmaze says of seasons', () => {
  test('an end is a finale only once nothing more can come', () => {
    const on = { number: 1, premiere: '2026-10-04', end: '2026-11-08', order: 10 }
    expect(look({ seasons: [on] }).seasons[0]?.finale).toBeNull()
    expect(look({ seasons: [on], status: 'Ended' }).seasons[0]?.finale).toBe('2026-11-08')
    expect(look({ seasons: [on, { number: 2, premiere: '2027-10-03' }] }).seasons[0]?.finale).toBe(
      '2026-11-08',
    )
    const both = [anEpisode(1, 1, '2026-10-04'), anEpisode(1, 2, '2026-11-08')]
    expect(look({ seasons: [{ ...on, order: 2 }], episodes: both }).seasons[0]?.finale).toBe('2026-11-08')
  })

  test('the first of January is a year alone, unless an episode of that day is listed', () => {
    const seasons = [{ number: 1, premiere: '2027-01-01' }]
    expect(look({ seasons }).seasons[0]?.premiere).toBe('2027')
    expect(look({ seasons, episodes: [anEpisode(1, 1, '2027-01-01')] }).seasons[0]?.premiere).toBe(
      '2027-01-01',
    )
  })

  test('a season without a day of its own begins with its first episode; a special begins none', () => {
    const episodes = [
      anEpisode(2, null, '2026-12-24'),
      anEpisode(2, 2, '2027-01-17'),
      anEpisode(2, 1, '2027-01-10'),
    ]
    expect(look({ seasons: [{ number: 2, premiere: null }], episodes }).seasons[0]?.premiere).toBe(
      '2027-01-10',
    )
    expect(
      look({ seasons: [{ number: 2, premiere: null }], episodes: episodes.slice(0, 1) }).seasons[0]?.premiere,
    ).toBeNull()
  })

  test('an instant becomes the day of the network’s country; an hour is given only where TVmaze has one', () => {
    const show = parseShow(aShowAnswer({ id: 5 }))
    if (!show.ok) throw new Error(show.reason)
    const late = { ...anEpisode(1, 1, ''), airtime: '', airstamp: '2026-11-01T23:30:00+00:00' }
    const episode = (given: object) => {
      const read = parseEpisode(given)
      if (!read.ok) throw new Error(read.reason)
      return toEpisode(read.value, show.value)
    }
    expect(episode(late)).toMatchObject({ day: '2026-11-02', at: null })
    expect(episode({ ...late, airdate: '2026-11-02', airtime: '00:30' })).toMatchObject({
      day: '2026-11-02',
      at: '2026-11-02T00:30:00+01:00',
      minutes: 45,
    })
  })

  test('names are kept on one line and harmless', () => {
    expect(look({ name: ' Harbour\u202e\u0007\n Lights ' }).record.title).toBe('Harbour Lights')
  })

  test('a schedule speaks of a season only where its first episode is listed, and takes no season back', () => {
    const show = aShowAnswer({ id: 5, status: 'Ended' })
    const listed = [
      anEpisode(3, 1, '2026-11-01'),
      anEpisode(2, 8, '2026-11-01'),
      anEpisode(2026, 1, '2026-11-01'),
    ]
    const read = parseSchedule(listed.map((episode) => aScheduled(episode, show)))
    if (!read.ok) throw new Error(read.reason)
    expect(looksOfSchedule(read.value)).toMatchObject([
      { id: '5', whole: [0], label: 'Ended', seasons: [{ number: 3, premiere: '2026-11-01' }] },
    ])
  })
})

describe('an answer is read or refused with a reason', () => {
  const whole = aShowAnswer({
    id: 5,
    imdb: 'tt0000012',
    seasons: [{ number: 1, premiere: '2026-01-04', end: '2026-02-01', order: 5 }, { number: 2 }],
    episodes: [anEpisode(1, 1, '2026-01-04'), anEpisode(1, null, '2026-01-05')],
    cast: [[1, 'Ingrid Aas', 'Keeper']],
    akas: [
      ['Havnelys', 'Norway'],
      ['Faro', null],
    ],
  })

  test.each([
    ['a show without a name', { ...whole, name: undefined }, /^name: /],
    ['a day that is none', { ...whole, premiered: '2026-02-30' }, /^premiered: is not a day/],
    ['an id that is text', { ...whole, id: 'five' }, /^id: /],
    ['a list', [whole], /^the answer: /],
    ['an error', { name: 'Not Found', code: 0, status: 404 }, /^id: /],
  ])('%s is refused', (_, answer, reason) => {
    expect(parseShow(answer)).toEqual({ ok: false, reason: expect.stringMatching(reason) })
  })

  test('whatever is changed in it, it is never thrown over', () => {
    let refused = 0
    fc.assert(
      fc.property(mutated(whole), (answer) => {
        const read = parseShow(answer)
        if (read.ok) toLook(read.value)
        else {
          refused++
          expect(read.reason).toMatch(/\S/)
        }
      }),
      { numRuns: 400 },
    )
    expect(refused).toBeGreaterThan(20)
  })

  test('bytes of any kind are JSON or a reason', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.string(), (body, type) => {
        const read = readJson(body, type)
        if (!read.ok) expect(read.reason).toMatch(/^the answer /)
      }),
      { numRuns: 300 },
    )
    expect(readJson(Buffer.from(`${'['.repeat(10_000)}`))).toEqual({
      ok: false,
      reason: 'the answer nests deeper than 60 levels',
    })
  })
})

const recordings = path.resolve(import.meta.dirname, '../../../shared/data/recordings')

describe.runIf(existsSync(recordings))('every recorded answer of TVmaze', () => {
  const unpacked = mkdtempSync(path.join(tmpdir(), 'greenlit-tvmaze-'))
  afterAll(() => rmSync(unpacked, { recursive: true, force: true }))

  const parserOf = (file: string): ((value: unknown) => Read<unknown>) =>
    /episodesbydate/.test(file) ? parseEpisodes : /episodebynumber/.test(file) ? parseEpisode : parseShow

  test('of a show, a season or an episode is read, and the one that says "not found" is refused', () => {
    const folder = path.join(recordings, 'tvmaze')
    const outcomes = readdirSync(folder).map((file) => {
      const json = readJson(readFileSync(path.join(folder, file)))
      const read = json.ok ? parserOf(file)(json.value) : json
      if (read.ok && parserOf(file) === parseShow) toLook(read.value as never)
      return [file, read.ok] as const
    })
    expect(outcomes.filter(([, ok]) => !ok).map(([file]) => file)).toEqual([
      'flexget__shows_13_episodebynumber_season_100_number_100__404.json',
    ])
    expect(outcomes.length).toBeGreaterThan(30)
  })

  test('that lies in a script of somebody is read: an index and a list of episodes', () => {
    // The first list of the file; some scripts leave a comma before its end.
    const listIn = (file: string) => {
      const text = readFileSync(path.join(recordings, file), 'utf8')
      const list = text.slice(text.indexOf('['), text.indexOf('\n]') + 2)
      return readJson(Buffer.from(list.replace(/,\s*\]$/, ']')))
    }
    for (const file of ['tvmaze_misc/max_shows.ts', 'tvmaze_misc/ramon_shows_index_2024.js']) {
      const json = listIn(file)
      expect(json.ok && parseIndex(json.value).ok, file).toBe(true)
    }
    const fosters = listIn('tvmaze_bozena/The Fosters.json')
    expect(fosters.ok && parseEpisodes(fosters.value).ok).toBe(true)
  })

  test('of a schedule is read, on each of the days it was asked', () => {
    const folder = path.join(recordings, 'more')
    const archives = readdirSync(folder).filter((file) => file.startsWith('tvmaze-schedule'))
    let episodes = 0
    for (const archive of archives) {
      const done = spawnSync('tar', ['xzf', path.join(folder, archive), '-C', unpacked])
      expect(done.status).toBe(0)
    }
    for (const file of readdirSync(unpacked, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.json'),
    )) {
      const json = readJson(readFileSync(path.join(unpacked, file)))
      const read = json.ok ? parseSchedule(json.value) : json
      expect(read, file).toMatchObject({ ok: true })
      if (read.ok) {
        episodes += read.value.length
        looksOfSchedule(read.value)
      }
    }
    expect(archives).toHaveLength(6)
    expect(episodes).toBe(25_560)
  })
})

test('the list of updates is ids with the second of their last change', () => {
  expect(parseUpdates({ '1': 1_700_000_000, '250': 1_710_000_000 })).toMatchObject({ ok: true })
  expect(parseUpdates({ one: 1 })).toMatchObject({ ok: false })
  expect(parseUpdates([1, 2])).toMatchObject({ ok: false })
})
