/**
 * Makes catalogues of the sizes asked for out of the starter's distributions, and keeps them for `bench:size`:
 *   npm run bench:grow -- [--shows 10000,100000] [--folder DIR] [--seed 1] [--stop]
 * Starts a PostgreSQL of its own in the folder (the temporary one's `greenlit-size`, unless told), loads the starter once,
 * and makes of it a database for each size (tests/support/grow): at 100,000 shows 400,000 seasons, 3 M episodes, 1.5 M
 * credits, 300,000 names, 300,000 people, 1 M claims and as many follows. States and events are derived by the site's own
 * code, related titles built by it in a process whose time and peak of memory are printed. What is there already stays.
 * The server is left running; `--stop` ends it.
 */
import { execFileSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import postgres from 'postgres'
import { grow } from '../support/grow'
import { grownName, pointAtGrown, SIZE_FOLDER, startSizeServer } from '../support/size-server'

const { values } = parseArgs({
  options: {
    shows: { type: 'string', default: '10000,100000' },
    folder: { type: 'string', default: SIZE_FOLDER },
    seed: { type: 'string', default: '1' },
    stop: { type: 'boolean', default: false },
    'no-related': { type: 'boolean', default: false },
  },
})

/** The time and the peak of memory of one verb of the command line, run by itself. */
function verb(...words: string[]): void {
  const probe = `
    const began = performance.now()
    process.on('exit', () => console.log(JSON.stringify({
      seconds: Math.round(performance.now() - began) / 1000,
      cpuSeconds: Math.round(process.resourceUsage().userCPUTime / 1e3) / 1e3,
      peakMb: Math.round(process.resourceUsage().maxRSS / 1024) })))`
  const out = execFileSync(
    process.execPath,
    [
      ...[
        '--conditions=react-server',
        '--import',
        'tsx',
        '--import',
        `data:text/javascript,${encodeURIComponent(probe)}`,
      ],
      ...['lib/cli/main.ts', ...words],
    ],
    { encoding: 'utf8', env: { ...process.env, DATABASE_STATEMENT_MS: '0' } },
  )
  console.log(`${words.join(' ')}: ${out.trim().split('\n').join(' ')}`)
}

async function main(): Promise<void> {
  const server = await startSizeServer(values.folder, console.log)
  if (values.stop) return server.stop()
  for (const shows of values.shows.split(',').map(Number)) {
    const name = grownName(shows)
    const admin = postgres(server.urlOf('postgres'), { max: 1, onnotice: () => {} })
    const [there] = await admin`select from pg_database where datname = ${name}`
    if (there) {
      console.log(`${name} is there`)
      await admin.end()
      continue
    }
    const half = `${name}_half`
    await admin`drop database if exists ${admin(half)} with (force)`
    await admin`create database ${admin(half)} template ${admin('greenlit')} strategy file_copy`
    const sql = postgres(server.urlOf(half), { max: 1, onnotice: () => {} })
    await grow(sql, { shows, seed: Number(values.seed), statesLater: true, report: console.log })
    await sql`vacuum analyze`
    await pointAtGrown(server, half)
    const { deriveStates } = await import('@/lib/ledger/derive')
    const { closeDb } = await import('@/db/client')
    const began = performance.now()
    const { changed } = await deriveStates()
    console.log(`${changed.length} states derived in ${((performance.now() - began) / 1000).toFixed(1)} s`)
    await closeDb()
    if (!values['no-related']) verb('related', 'build')
    await sql`vacuum analyze`
    await sql`insert into setting (key, value) values ('catalogue_version', ${`grown ${shows}`})
      on conflict (key) do update set value = excluded.value`
    await sql.end()
    await admin`alter database ${admin(half)} rename to ${admin(name)}`
    await admin.end()
  }
}

await main()
