/**
 * Reading a provider from a server on this machine:
 *   node --conditions=react-server --import tsx tests/bench/sync.ts [--shows 400] [--seasons 4]
 * Starts a PostgreSQL of its own and a server that answers in the shape of TVmaze. Prints how long a show takes the first
 * time, the second time (nothing new), and how many of a hundred statements' time went where. Beside it, as a ratio, the
 * import of the same shows from one file, which writes 500 to a transaction and makes no claims.
 */
import { parseArgs } from 'node:util'
import { migrate } from '@/db/migrate'
import { EMBEDDED_RUNNING_ROLE } from '@/db/roles'
import { ProviderServer } from '../support/provider-server'
import { startTestServer } from '../support/server'
import { anEpisode, aShowAnswer } from '../support/tvmaze-answers'

const { values } = parseArgs({
  options: { shows: { type: 'string', default: '400' }, seasons: { type: 'string', default: '4' } },
})
const [SHOWS, SEASONS] = [Number(values.shows), Number(values.seasons)]
const NOW = new Date('2026-11-22T12:00:00Z')

const timed = async (work: () => Promise<unknown>) => {
  const beganAt = performance.now()
  await work()
  return performance.now() - beganAt
}

const answer = (id: number) => {
  const numbers = Array.from({ length: SEASONS }, (_, at) => at + 1)
  return aShowAnswer({
    id,
    name: `Lighthouse number ${id}`,
    imdb: `tt${String(id).padStart(7, '0')}`,
    seasons: numbers.map((number) => ({
      number,
      premiere: `${2023 + number}-03-0${1 + (id % 9)}`,
      order: 8,
    })),
    episodes: numbers.flatMap((season) =>
      Array.from({ length: 8 }, (_, at) => anEpisode(season, at + 1, `${2023 + season}-04-1${at % 10}`)),
    ),
    cast: Array.from({ length: 12 }, (_, at) => [
      id * 7 + at,
      `Player ${(id * 7 + at) % 4000}`,
      `Part ${at}`,
    ]),
    akas: [[`Fyr ${id}`, 'Norway']],
  })
}

async function main(): Promise<void> {
  const database = await startTestServer({ durable: true })
  const server = await ProviderServer.start()
  Object.assign(process.env, {
    DATABASE_URL: database.runningUrl,
    MIGRATION_DATABASE_URL: database.url,
    GREENLIT_ROLE: 'cli',
    TVMAZE_URL: server.url,
  })
  await migrate(database.url, EMBEDDED_RUNNING_ROLE)
  const { closeDb } = await import('@/db/client')
  const { importCatalogue } = await import('@/lib/catalogue/commands')
  const { recordClaims } = await import('@/lib/ledger/commands')
  const { deriveStates } = await import('@/lib/ledger/derive')
  const { send } = await import('@/lib/shared/http')
  const { politeClient } = await import('@/lib/sources/client')
  const { syncProvider } = await import('@/lib/sources/sync')
  const { tvmaze } = await import('@/lib/sources/tvmaze/client')
  const { answerWanted } = await import('@/lib/wanted/commands')
  const ids = Array.from({ length: SHOWS }, (_, at) => String(at + 1))
  for (const id of ids) server.put(`/shows/${id}`, answer(Number(id)))
  const sync = () =>
    syncProvider(
      tvmaze,
      { ids },
      {
        ask: politeClient(tvmaze, { send, nowMs: () => Date.now(), sleep: async () => {} }),
        write: { importCatalogue, recordClaims, deriveStates, answerWanted },
        now: () => NOW,
      },
    )
  const asking = await timed(async () => {
    const ask = politeClient(tvmaze, { send, nowMs: () => Date.now(), sleep: async () => {} })
    for (const id of ids) await tvmaze.show(id, ask, { etag: null })
  })
  const first = await timed(sync)
  const second = await timed(sync)
  const each = (ms: number) => `${(ms / SHOWS).toFixed(1)} ms a show`
  console.log(`${SHOWS} shows of ${SEASONS} seasons, 12 of a cast`)
  console.log(`asking and reading alone: ${each(asking)}`)
  console.log(
    `the first time: ${each(first)}; 70,000 shows would take ${((first / SHOWS) * 70_000) / 60_000} min`,
  )
  console.log(`again, nothing new: ${each(second)}, ${(second / first).toFixed(2)} of the first time`)
  await closeDb()
  await server.stop()
  await database.remove()
}

await main()
