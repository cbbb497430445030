/**
 * Whether shows that share no id are found to be one:
 *   node --conditions=react-server --import tsx tests/bench/source-identity.ts --schedules DIR [--seed 1]
 * Starts a PostgreSQL of its own with the starter in it, takes from it the ids by which TVmaze's shows are known, and
 * reads recorded answers of TVmaze's schedule (DIR: files of `schedule/web?date=`). Prints how many of the shows that are
 * in the starter were found, set aside, or made anew, with precision and recall, and the errors by name.
 */
import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { sql } from 'drizzle-orm'
import { migrate } from '@/db/migrate'
import { EMBEDDED_RUNNING_ROLE } from '@/db/roles'
import { startTestServer } from '../support/server'

const { values } = parseArgs({ options: { schedules: { type: 'string' } } })
if (!values.schedules) {
  console.error('--schedules DIR is missing')
  process.exit(2)
}
const NOW = new Date('2026-12-01T12:00:00Z')
const NAMED_MAX = 40

async function main(folder: string): Promise<void> {
  const database = await startTestServer({ durable: false })
  Object.assign(process.env, {
    DATABASE_URL: database.runningUrl,
    MIGRATION_DATABASE_URL: database.url,
    GREENLIT_ROLE: 'cli',
  })
  try {
    await migrate(database.url, EMBEDDED_RUNNING_ROLE)
    const loader = ['--conditions=react-server', '--import', 'tsx', path.join('lib', 'cli', 'starter.ts')]
    await promisify(execFile)(process.execPath, loader, { env: process.env })
    const { db } = await import('@/db/client')
    const { importCatalogue } = await import('@/lib/catalogue/commands')
    const { recordClaims } = await import('@/lib/ledger/commands')
    const { deriveStates } = await import('@/lib/ledger/derive')
    const { land } = await import('@/lib/sources/land')
    const { tvmaze } = await import('@/lib/sources/tvmaze/client')
    const { parseSchedule } = await import('@/lib/sources/tvmaze/parse')
    const { looksOfSchedule } = await import('@/lib/sources/tvmaze/to-look')
    const { answerWanted } = await import('@/lib/wanted/commands')
    const rows = await db().execute<{ id: string; slug: string }>(sql`
      select o.value as id, s.slug from outside_id o join show s on s.id = o.show_id where o.namespace = 'tvmaze'`)
    const truth = new Map([...rows].map(({ id, slug }) => [id, slug]))
    // All ids TVmaze could be matched by.
    await db().execute(sql`delete from outside_id where namespace in ('tvmaze', 'tvdb', 'imdb')`)
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.json'),
    )
    const looks = looksOfSchedule(
      files.flatMap((file) => {
        const read = parseSchedule(JSON.parse(readFileSync(path.join(folder, file), 'utf8')))
        return read.ok ? read.value : []
      }),
    )
    const count = { found: 0, wrong: 0, aside: 0, doubled: 0, newAndNew: 0, newButMerged: 0, newAside: 0 }
    const errors: string[] = []
    const joined: string[] = []
    const unclear: string[] = []
    const write = { importCatalogue, recordClaims, deriveStates, answerWanted }
    for (let at = 0; at < looks.length; at += 40) {
      const part = looks.slice(at, at + 40)
      const landed = await land(
        part.map((look) => ({ look, stamp: null, etag: null })),
        tvmaze,
        { now: NOW, write },
      )
      for (const [place, one] of landed.entries()) {
        const look = part[place]!
        const meant = truth.get(look.id)
        const said = one.ok ? one.slug : one.reason
        if (one.ok && one.unclear) unclear.push(`${look.record.title} (${look.id}): ${one.unclear}`)
        if (meant === undefined) {
          const isNew = one.ok && !(await isOfStarter(one.slug))
          if (!one.ok) count.newAside++
          else if (isNew) count.newAndNew++
          else {
            count.newButMerged++
            joined.push(`${look.record.title} (${look.id}) · ${said}`)
          }
        } else if (!one.ok) count.aside++
        else if (one.slug === meant) count.found++
        else if (await isOfStarter(one.slug)) count.wrong++
        else count.doubled++
        const isError = meant !== undefined && !(one.ok && one.slug === meant)
        if (isError) errors.push(`${look.record.title} (${look.id}): ${meant} · ${said}`)
      }
    }
    const known = count.found + count.wrong + count.aside + count.doubled
    console.log(JSON.stringify({ shows: looks.length, known, ...count }, null, 2))
    console.log(
      `precision ${(count.found / Math.max(1, count.found + count.wrong)).toFixed(4)}, recall ${(count.found / Math.max(1, known)).toFixed(4)}, set aside for a person ${(count.aside / Math.max(1, known)).toFixed(4)}`,
    )
    // What was taken for another or made twice comes before what waits for a person.
    const late = (error: string) => Number(error.includes(' may be '))
    for (const error of errors.sort((a, b) => late(a) - late(b)).slice(0, NAMED_MAX)) console.log(error)
    const numbers = await db().execute<{
      slug: string
      theirs: number
      ours: number | null
      reason: string
    }>(sql`
      select s.slug, n.theirs, n.ours, n.reason from season_number n join show s on s.id = n.show_id order by s.slug`)
    console.log(
      `seasons counted otherwise than here: ${numbers.length}, left out because nobody can tell: ${unclear.length}`,
    )
    for (const one of [...numbers].slice(0, NAMED_MAX)) console.log(JSON.stringify(one))
    // Nobody has said of these which they are: to be looked at by eye.
    if (joined.length > 0) console.log('joined to shows of the starter that bear no id of TVmaze:')
    for (const one of joined) console.log(one)

    /** True for a show that was there before. */
    async function isOfStarter(slug: string): Promise<boolean> {
      const [row] = await db().execute<{ old: boolean }>(sql`
        select exists (select from outside_id o join show s on s.id = o.show_id
          where s.slug = ${slug} and o.namespace <> 'tvmaze' and o.namespace <> 'imdb' and o.namespace <> 'tvdb') as old`)
      return row?.old ?? false
    }
  } finally {
    const { closeDb } = await import('@/db/client')
    await closeDb()
    await database.remove()
  }
}

await main(values.schedules)
