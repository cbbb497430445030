/** One grown catalogue's part of `bench:size`, in a process of its own: prints one line of JSON. */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { migrate } from '../../db/migrate'
import { EMBEDDED_RUNNING_ROLE } from '../../db/roles'
import { dayOf } from '../../lib/shared/day'
import { seeded } from '../../lib/shared/random'
import { Typist } from './search-measure'
import { grownName, pointAtGrown, SIZE_FOLDER, startSizeServer } from './size-server'

const { values } = parseArgs({
  options: {
    shows: { type: 'string', default: '10000' },
    folder: { type: 'string', default: SIZE_FOLDER },
    calls: { type: 'string', default: '200' },
    only: { type: 'string', default: '' },
  },
})
const CALLS = Number(values.calls)

/** What a page costs. */
export interface Figure {
  page: string
  p50Ms: number
  p99Ms: number
  /** Processor time a call: this process and PostgreSQL's. */
  ownMs: number
  serverMs: number
  statements: number
}
/** What a catalogue costs. */
export interface Measured {
  shows: number
  figures: Figure[]
  built: Record<string, number>
  memory: { emptyMb: number; rssMb: number; heapMb: number; arraysMb: number }
}

const gc = () => globalThis.gc?.()

/** Processor time of the server's process that serves this one, in ms. */
function spentBy(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10
}

async function measureOne(shows: number): Promise<Measured> {
  const server = await startSizeServer(values.folder, () => {})
  // One that was grown by an earlier release.
  await migrate(server.urlOf(grownName(shows)), EMBEDDED_RUNNING_ROLE)
  await pointAtGrown(server, grownName(shows))
  // As a site's process, with one connection, so that its own process of the server is known.
  Object.assign(process.env, { GREENLIT_ROLE: 'site', DATABASE_POOL: '1' })
  const { closeDb, db, onQuery } = await import('@/db/client')
  const { sql } = await import('drizzle-orm')
  const { keepValues } = await import('@/lib/shared/kept')
  const { browseShows, getFacets } = await import('@/lib/lists/queries')
  const { searchRows } = await import('@/lib/search/queries')
  const { searchBeyond } = await import('@/lib/search/beyond-names')
  const { getShowPage } = await import('@/lib/pages/show')
  const { getEpisodes } = await import('@/lib/pages/episodes')
  const { getHome } = await import('@/lib/pages/home')
  const { getCalendar } = await import('@/lib/lists/calendar')
  const { getChanges } = await import('@/lib/ledger/queries')
  const { countSitemap, getSitemapEntries } = await import('@/lib/feeds/queries')
  keepValues()
  const [me] = await db().execute<{ pid: number }>(sql`select pg_backend_pid() as pid`)
  const pid = me!.pid
  gc()
  const emptyMb = process.memoryUsage().rss / 1e6
  const built: Record<string, number> = {}
  const timed = async (what: string, work: () => Promise<unknown>) => {
    const [begun, cpu] = [performance.now(), process.cpuUsage()]
    await work()
    const spent = process.cpuUsage(cpu)
    built[`${what}, s`] = Math.round(performance.now() - begun) / 1_000
    built[`${what}, processor s`] = Math.round((spent.user + spent.system) / 1_000) / 1_000
  }
  await timed('table of lists', () => browseShows({ sort: 'popular' }))
  await timed('index of names', () => searchRows('dark', 1))
  await timed('people', () => searchBeyond('nobody of this name'))
  gc()
  const after = process.memoryUsage()
  const memory = {
    emptyMb: Math.round(emptyMb),
    rssMb: Math.round(after.rss / 1e6),
    heapMb: Math.round(after.heapUsed / 1e6),
    arraysMb: Math.round(after.arrayBuffers / 1e6),
  }

  const random = seeded(7)
  const drawn = await db().execute<{
    slug: string
    title: string
    country: string | null
    network: string | null
    kind: string
    genre: string | null
    last: number
  }>(sql`
    select show.slug, show.title, show.country, network.slug as network, show.kind,
      (select tag.slug from show_tag join tag on tag.id = tag_id and tag.kind = 'genre' where show_id = show.id limit 1) as genre,
      (select max(number) from season where show_id = show.id) as last
    from show left join network on network.id = network_id order by md5(show.id::text) limit ${Math.max(CALLS, 200)}`)
  const names = await db().execute<{ text: string }>(
    sql`select text from show_title order by md5(show_id || ' ' || position) limit ${Math.max(CALLS, 200)}`,
  )
  const typist = new Typist(
    names.map(({ text }) => text),
    random,
  )
  const show = (i: number) => drawn[i % drawn.length]!
  const name = (i: number) => names[i % names.length]!.text
  const { filterSlug } = await import('@/lib/shared/slug')
  const today = dayOf(new Date())
  const SORTS = ['popular', 'title', 'newest', 'next'] as const
  const filterOf = (i: number) => {
    const { country, network, kind, genre } = show(i)
    const traits = [
      { genre: genre ?? undefined },
      { country: country ? filterSlug(country) : undefined },
      { network: network ?? undefined },
      { kind },
      { lamp: 'coming' as const },
      { genre: genre ?? undefined, country: country ? filterSlug(country) : undefined },
    ]
    return { ...traits[i % traits.length], sort: SORTS[Math.floor(random() * 4)]! }
  }
  const { readCursor, writeCursor } = await import('@/lib/lists/browse')
  const places = await db().execute<{ id: number; title: string; popular: string }>(sql`
    select id, lower(title) as title, coalesce(popularity, 0)::float8::text as popular from show
    order by md5('deep' || id) limit ${CALLS}`)

  const figures: Figure[] = []
  const only = values.only.split(',').filter(Boolean)
  async function page(what: string, work: (i: number) => Promise<unknown>, { best = 1, calls = CALLS } = {}) {
    if (only.length > 0 && !only.some((part) => what.startsWith(part))) return
    for (let i = 0; i < 20; i++) await work(calls + i)
    let statements = 0
    const stop = onQuery(() => statements++)
    const times: number[] = []
    const [cpu, spent] = [process.cpuUsage(), spentBy(pid)]
    for (let i = 0; i < calls; i++) {
      let least = Number.POSITIVE_INFINITY
      for (let turn = 0; turn < best; turn++) {
        const begun = performance.now()
        await work(i)
        least = Math.min(least, performance.now() - begun)
      }
      times.push(least)
    }
    const own = process.cpuUsage(cpu)
    stop()
    times.sort((a, b) => a - b)
    const all = calls * best
    figures.push({
      page: what,
      p50Ms: times[calls >> 1]!,
      p99Ms: times[Math.floor(calls * 0.99)]!,
      ownMs: (own.user + own.system) / 1_000 / all,
      serverMs: (spentBy(pid) - spent) / all,
      statements: statements / all,
    })
  }
  await page('browse, plain', () =>
    Promise.all([browseShows({ sort: 'popular' }), getFacets({ sort: 'popular' })]),
  )
  await page('browse', async (i) => {
    const filter = filterOf(i)
    await Promise.all([browseShows(filter), getFacets(filter)])
  })
  await page('browse, later pages', async (i) => {
    // Anywhere in the list, by a cursor such as it gives.
    const sort = i % 2 ? ('title' as const) : ('popular' as const)
    const { id, [sort]: key } = places[i % places.length]!
    const cursor = readCursor(writeCursor({ key, id, direction: 'next' }))
    const filter = { sort, ...(cursor && { cursor }) }
    await Promise.all([browseShows(filter), getFacets(filter)])
  })
  await page('API list', (i) => browseShows(filterOf(i + 7), 50))
  await page(
    'search page',
    async (i) => {
      const query = name(i)
      await Promise.all([searchRows(query, 30), searchBeyond(query)])
    },
    { best: 3 },
  )
  const slips = Array.from({ length: CALLS + 20 }, (_, i) => typist.mistype(name(i)))
  await page(
    'search, one slip',
    async (i) => {
      await Promise.all([searchRows(slips[i]!, 30), searchBeyond(slips[i]!)])
    },
    { best: 3 },
  )
  await page(
    'search, nothing found',
    async (i) => {
      const query = `zq${name(i).split('').reverse().join('')} xq`
      await Promise.all([searchRows(query, 30), searchBeyond(query)])
    },
    { best: 3 },
  )
  const begun = Array.from({ length: CALLS + 20 }, (_, i) =>
    [...name(i).toLowerCase()].slice(0, 1 + Math.floor(random() * 8)).join(''),
  )
  await page('autocomplete', (i) => searchRows(begun[i]!, 8), { best: 3 })
  await page('show page', (i) => getShowPage(show(i).slug), { best: 3 })
  await page(
    'season page',
    async (i) => {
      const { slug, last } = show(i)
      const number = 1 + (i % Math.max(1, last))
      await Promise.all([getShowPage(slug, today, number), getEpisodes(slug, number, today)])
    },
    { best: 3 },
  )
  await page(
    'calendar',
    (i) => getCalendar(`20${20 + (i % 8)}-${String(1 + (i % 12)).padStart(2, '0')}`, today),
    { best: 3 },
  )
  await page('home', () => getHome(today), { calls: 50, best: 3 })
  await page('changes', () => getChanges({}), { calls: 50, best: 3 })
  await page('sitemap, index', () => countSitemap(), { calls: 30 })
  const { shows: there } = await countSitemap()
  await page(
    'sitemap, a file',
    (i) => getSitemapEntries(i % 2 ? 'shows' : 'seasons', 1 + (i % Math.ceil(there / 40_000))),
    { calls: 30 },
  )
  await closeDb()
  return { shows, figures, built, memory }
}

console.log(JSON.stringify(await measureOne(Number(values.shows))))
