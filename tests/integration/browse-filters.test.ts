import { renderToStaticMarkup } from 'react-dom/server'
import { beforeAll, describe, expect, it } from 'vitest'
import { GET as showsDoor } from '@/app/api/v1/shows/route'
import Browse from '@/app/shows/page'
import { importCatalogue } from '@/lib/catalogue/commands'
import { deriveStates } from '@/lib/ledger/derive'
import { getFacets } from '@/lib/lists/queries'

const show = (title: string, year: number, more: object) =>
  JSON.stringify({
    ids: { test: title },
    title,
    provenance: ['test-list'],
    seasons: [{ number: 1, premiere: `${year}-03-01` }],
    ...more,
  })

beforeAll(async () => {
  const bad: string[] = []
  await importCatalogue(
    [
      show('Ferry Night', 2019, { country: 'Turkey', language: 'Turkish', genres: ['Drama', 'Talk show'] }),
      show('Old Harbour', 2019, {
        country: 'Turkey',
        language: 'Turkish',
        genres: ['Crime'],
        network: 'Kanal 9',
      }),
      show('River Talk', 2021, {
        country: 'South Korea',
        language: 'Korean',
        genres: ['Talk show'],
        tags: ['time travel'],
        kind: 'talk',
      }),
    ],
    { report: (line) => bad.push(line), today: '2026-12-01' },
  )
  expect(bad).toEqual([])
  await deriveStates({ today: '2026-12-01' })
})

const listed = async (query: string) => {
  const reply = await showsDoor(new Request(`https://greenlit.test/api/v1/shows?${query}`))
  const { results } = await reply.json()
  return reply.ok ? results.map(({ title }: { title: string }) => title).sort() : reply.status
}

describe('a list is filtered', () => {
  it('by the words that the page shows, as by those of its addresses', async () => {
    for (const country of ['Turkey', 'turkey', 'TURKEY'])
      expect(await listed(`country=${country}`), country).toEqual(['Ferry Night', 'Old Harbour'])
    for (const genre of ['Talk+show', 'talk-show', 'talk+show'])
      expect(await listed(`genre=${genre}`), genre).toEqual(['Ferry Night', 'River Talk'])
    expect(await listed('country=South+Korea&genre=Talk+show')).toEqual(['River Talk'])
    expect(await listed('network=Kanal+9')).toEqual(['Old Harbour'])
    expect(await listed('kind=Talk')).toEqual(['River Talk'])
  })

  it('by year, language and premise', async () => {
    expect(await listed('year=2019')).toEqual(['Ferry Night', 'Old Harbour'])
    expect(await listed('language=Korean')).toEqual(['River Talk'])
    expect(await listed('tag=Time+travel')).toEqual(['River Talk'])
    expect(await listed('year=2019&language=korean')).toEqual([])
  })

  it('never by nonsense, and by nothing it does not know', async () => {
    for (const query of [
      'year=19',
      'year=20199',
      'year=soon',
      'genre=!',
      'language=%00',
      'country=a%E2%80%AEb',
    ])
      expect(await listed(query), query).toBe(400)
    expect(await listed('colour=red&year=2021')).toEqual(['River Talk'])
  })
})

describe('the counts beside the choices', () => {
  const counts = (list: { label: string; count: number }[]) =>
    Object.fromEntries(list.map(({ label, count }) => [label, count]))

  it('are those of all shows where nothing is chosen', async () => {
    const all = await getFacets({ sort: 'popular' })
    expect(counts(all.country)).toEqual({ Turkey: 2, 'South Korea': 1 })
    expect(counts(all.genre)).toEqual({ 'Talk show': 2, Crime: 1, Drama: 1 })
    expect(all.year.map(({ value }) => value)).toEqual(['2021', '2019'])
    expect(all.country[0]).toEqual({ value: 'turkey', label: 'Turkey', count: 2 })
  })

  it('follow the other filters, and leave the other choices of the same filter open', async () => {
    const turkish = await getFacets({ sort: 'popular', country: 'turkey' })
    expect(counts(turkish.genre)).toEqual({ 'Talk show': 1, Crime: 1, Drama: 1 })
    expect(counts(turkish.language)).toEqual({ Turkish: 2 })
    expect(counts(turkish.country)).toEqual({ Turkey: 2, 'South Korea': 1 })
    const both = await getFacets({ sort: 'popular', country: 'turkey', genre: 'crime' })
    expect(counts(both.network)).toEqual({ 'Kanal 9': 1 })
    expect(counts(both.genre)).toEqual({ 'Talk show': 1, Crime: 1, Drama: 1 })
  })
})

describe('the page of the list', () => {
  const page = async (params: Record<string, string>) =>
    renderToStaticMarkup(await Browse({ searchParams: Promise.resolve(params) }))

  it('names what is chosen in its own words, offers the rest with counts, and keeps what it does not know out', async () => {
    const turkish = await page({ country: 'Turkey', genre: 'Talk show', colour: 'red' })
    expect(turkish).toContain('1 show: Talk show, Turkey')
    expect(turkish).toContain('<option value="turkey" selected="">Turkey (1)</option>')
    expect(turkish).toContain('<option value="2019">2019 (1)</option>')
    expect(turkish).toContain('<option value="turkish">Turkish (1)</option>')
    expect(turkish).toContain('href="/shows?genre=talk-show"')
    expect(turkish).not.toContain('red')
  })

  it('takes a state by its words', async () => {
    expect(await page({ status: 'Nothing said' })).toContain(
      '<option value="unknown" selected="">Nothing said</option>',
    )
  })
})
