import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { closeDb, db } from '@/db/client'
import { importCatalogue } from '@/lib/catalogue/commands'
import { recordClaims } from '@/lib/ledger/commands'
import { deriveStates } from '@/lib/ledger/derive'
import { land } from '@/lib/sources/land'
import { tvmaze } from '@/lib/sources/tvmaze/client'
import { parseSchedule } from '@/lib/sources/tvmaze/parse'
import { looksOfSchedule } from '@/lib/sources/tvmaze/to-look'
import { answerWanted } from '@/lib/wanted/commands'
import { createDatabase, pointAt } from '../support/database'
import { ahead, differences, type Expected, expectedAfter } from '../support/schedule-expected'
import { anEpisode, aScheduled, aShowAnswer, seconds } from '../support/tvmaze-answers'

const TOGETHER = 150
const write = { importCatalogue, recordClaims, deriveStates, answerWanted }

beforeEach(async () => {
  await closeDb()
  pointAt(await createDatabase())
})

/** A month's schedules, taken in on a day. */
async function play(answers: unknown[], day: string) {
  const looks = looksOfSchedule(
    answers.flatMap((answer) => {
      const read = parseSchedule(answer)
      if (!read.ok) throw new Error(read.reason)
      return read.value
    }),
  )
  const sum = { facts: 0, claims: 0, events: 0, leftOut: [] as string[] }
  for (let at = 0; at < looks.length; at += TOGETHER) {
    const answered = looks.slice(at, at + TOGETHER).map((look) => ({ look, stamp: null, etag: null }))
    const landed = await land(answered, tvmaze, { now: new Date(`${day}T12:00:00Z`), write })
    for (const one of landed)
      if (one.ok) {
        sum.facts += one.facts
        sum.claims += one.claims
        sum.events += one.events
      } else sum.leftOut.push(one.reason)
  }
  return sum
}

const isTold = new Set(['label', 'ended', 'premiere'])
/** What the database holds of labels, ends and premieres, in the words of the expectation. */
async function held(): Promise<Expected> {
  const rows = await db().execute<{
    id: string
    season: number
    field: string
    value: string
    as_of: string | null
  }>(sql`
    select o.value as id, f.season, f.field, f.value, f.as_of from fact f
    join outside_id o on o.show_id = f.show_id and o.namespace = 'tvmaze' where f.withdrawn_on is null`)
  return new Map(
    [...rows]
      .filter(({ field }) => isTold.has(field))
      .map(({ id, season, field, value, as_of }) => [
        `${id} ${season} ${field}`,
        field === 'label' ? `${value} ${as_of}` : value,
      ]),
  )
}
const sorted = (expected: Expected) => [...expected].sort(([a], [b]) => (a < b ? -1 : 1))

describe('the same month, as TVmaze gave it on several days', () => {
  test('composed: what differs becomes facts, and a premiere ahead that moved one claim and one event', async () => {
    const show = (id: number, status: string, updated: string, ended: string | null = null) =>
      aShowAnswer({ id, status, ended, updated: seconds(updated), seasons: [] })
    const first = [
      [
        aScheduled(anEpisode(1, 1, '2026-12-06'), show(1, 'Running', '2026-11-01T00:00:00Z')),
        aScheduled(anEpisode(4, 8, '2026-12-06'), show(2, 'Ended', '2026-11-01T00:00:00Z', '2026-12-06')),
        aScheduled(anEpisode(2026, 3, '2026-12-06'), show(3, 'Running', '2026-11-01T00:00:00Z')),
      ],
      [aScheduled(anEpisode(1, 2, '2026-12-07'), show(1, 'Running', '2026-11-01T00:00:00Z'))],
    ]
    const second = [
      [
        aScheduled(anEpisode(1, 1, '2026-12-13'), show(1, 'Running', '2026-11-09T00:00:00Z')),
        aScheduled(anEpisode(4, 8, '2026-12-06'), show(2, 'Running', '2026-11-08T00:00:00Z')),
        aScheduled(anEpisode(2026, 3, '2026-12-06'), show(3, 'Running', '2026-11-01T00:00:00Z')),
      ],
    ]
    expect(await play(first, '2026-11-05')).toMatchObject({ claims: 1, events: 0, leftOut: [] })
    const one = expectedAfter(new Map(), first, '2026-11-05')
    expect(sorted(await held())).toEqual(sorted(one))
    expect(await play(second, '2026-11-10')).toMatchObject({ claims: 1, events: 1 })
    const two = expectedAfter(one, second, '2026-11-10')
    expect(sorted(await held())).toEqual(sorted(two))
    expect(differences(one, two)).toEqual(['1 0 label', '1 1 premiere', '2 0 ended', '2 0 label'])
    expect(await play(second, '2026-11-12')).toEqual({ facts: 0, claims: 0, events: 0, leftOut: [] })
  })

  const folder = path.resolve(import.meta.dirname, '../../../shared/data/recordings/more')
  const unpacked = mkdtempSync(path.join(tmpdir(), 'greenlit-schedules-'))
  afterAll(() => rmSync(unpacked, { recursive: true, force: true }))

  test.runIf(existsSync(folder))(
    'recorded: exactly the differences become facts, and the same days again bring nothing',
    async () => {
      const archives = readdirSync(folder).filter((file) => file.startsWith('tvmaze-schedule-web-2024-01'))
      const days = archives.sort().map((archive) => {
        spawnSync('tar', ['xzf', path.join(folder, archive), '-C', unpacked])
        const name = archive.replace('.tar.gz', '')
        const files = readdirSync(path.join(unpacked, name)).filter((file) => file.endsWith('.json'))
        const answers = files
          .sort()
          .map((file) => JSON.parse(readFileSync(path.join(unpacked, name, file), 'utf8')))
        return { day: name.slice(-10), answers }
      })
      expect(days).toHaveLength(4)
      let expected: Expected = new Map()
      const table: object[] = []
      for (const { day, answers } of days) {
        const after = expectedAfter(expected, answers, day)
        const changed = differences(expected, after)
        expect(ahead(after, day)).toEqual([])
        const played = await play(answers, day)
        expect(sorted(await held())).toEqual(sorted(after))
        // Nothing lies ahead, so nothing is announced or moved: facts alone.
        expect(played).toMatchObject({ claims: 0, events: 0, leftOut: [] })
        const of = (field: string) => changed.filter((key) => key.endsWith(` ${field}`)).length
        table.push({
          day,
          label: of('label'),
          ended: of('ended'),
          premiere: of('premiere'),
          facts: played.facts,
        })
        expected = after
      }
      console.table(table)
      const [last] = days.slice(-1)
      expect(await play(last!.answers, last!.day)).toEqual({ facts: 0, claims: 0, events: 0, leftOut: [] })
    },
    600_000,
  )
})
