import { renderToStaticMarkup } from 'react-dom/server'
import { beforeAll, describe, expect, it } from 'vitest'
import CalendarMonth from '@/app/calendar/[month]/page'
import Home from '@/app/page'
import Search from '@/app/search/page'
import { importCatalogue } from '@/lib/catalogue/commands'
import { deriveStates } from '@/lib/ledger/derive'

const search = async (params: Record<string, string>) =>
  renderToStaticMarkup(await Search({ searchParams: Promise.resolve(params) }))

beforeAll(async () => {
  const lines = [
    {
      title: 'Martian Successor Nadesico',
      network: 'TV Tokyo',
      seasons: [{ number: 1, premiere: '1996-10-01' }],
    },
    { title: 'Dark', network: 'Netflix', seasons: [{ number: 1, premiere: '2017-12-01' }] },
    { title: 'Dark Matter', seasons: [{ number: 1, premiere: '2015-06-12' }] },
  ]
  await importCatalogue(lines.map((line) => JSON.stringify({ ids: { test: line.title }, ...line })))
  await deriveStates({})
})

describe('the search page', () => {
  it('says that "succession" is not here, shows what looks alike as that, and offers to tell', async () => {
    const page = await search({ q: 'succession' })
    expect(page).toContain('No show here is called “succession”')
    expect(page).toContain('Martian Successor Nadesico')
    expect(page).toContain('Not here yet')
    expect(page).toMatch(/<form[^>]*action="\/api\/wanted"[^>]*method="post"/)
    expect(page).toMatch(/<form[^>]*action="\/api\/me\/wanted"[^>]*method="post"/)
    expect(page).toContain('<input type="hidden" name="words" value="succession"/>')
  })

  it('offers the same where nothing is found at all', async () => {
    const page = await search({ q: 'zzqxjv' })
    expect(page).toContain('Nothing is called anything like “zzqxjv”')
    expect(page).toContain('action="/api/wanted"')
  })

  it('offers it in the background where parts of names were found, and not where the very name was', async () => {
    const partly = await search({ q: 'matter' })
    expect(partly).toContain('1 show for “matter”')
    expect(partly).toContain('<summary>Not the one you meant?</summary>')
    expect(await search({ q: 'dark' })).not.toContain('action="/api/wanted"')
  })

  it('offers nothing for what is no name, nor to whoever looks for a show to name beside another', async () => {
    expect(await search({ q: 'www.evil.test' })).not.toContain('action="/api/wanted"')
    expect(await search({ q: 'zzqxjv', beside: 'dark' })).not.toContain('action="/api/wanted"')
  })

  it('says how each show stands, with its channel and year', async () => {
    const page = await search({ q: 'dark' })
    expect(page).toContain('2017, Netflix')
    expect(page).toContain('Nothing said')
  })
})

describe('lists that have little to show', () => {
  it('a first page of a house without news says so, and leaves no empty shelf', async () => {
    const page = renderToStaticMarkup(await Home())
    expect(page).toContain('No season with a date has been spoken of in the last 120 days')
    for (const heading of ['Back soon', 'Ordered, no date yet', 'Over lately', 'The longest waits'])
      expect(page).not.toContain(heading)
  })

  it('a month with one entry is a list of one day, without a grid, told as past', async () => {
    const page = renderToStaticMarkup(await CalendarMonth({ params: Promise.resolve({ month: '2015-06' }) }))
    expect(page).toContain('1 season began on a named day.')
    expect(page).toContain('Dark Matter')
    expect(page).not.toContain('<table')
    expect(page).not.toContain('lamp-coming')
  })
})
