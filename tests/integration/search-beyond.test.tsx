import { renderToStaticMarkup } from 'react-dom/server'
import { beforeAll, describe, expect, it } from 'vitest'
import { GET as searchDoor } from '@/app/api/v1/search/route'
import Search from '@/app/search/page'
import { importCatalogue } from '@/lib/catalogue/commands'
import { deriveStates } from '@/lib/ledger/derive'

const search = async (q: string, more = {}) =>
  renderToStaticMarkup(await Search({ searchParams: Promise.resolve({ q, ...more }) }))
const suggested = async (q: string) =>
  (
    await searchDoor(new Request(`https://greenlit.test/api/v1/search?covers=1&q=${encodeURIComponent(q)}`))
  ).json()

beforeAll(async () => {
  const bad: string[] = []
  await importCatalogue(
    [
      {
        title: 'Night Ferry',
        country: 'South Korea',
        tags: ['zombies'],
        cast: [{ person: 'Ana Lima Prado', character: 'Ida' }],
        seasons: [{ number: 1, premiere: '2019-03-01' }, { number: 2 }],
      },
      { title: 'Zombie Choir', country: 'France', tags: ['zombies'], seasons: [{ number: 1 }] },
      { title: 'Quiet Yard', cast: [{ person: 'Ana Lima Prado' }], seasons: [{ number: 1 }] },
    ].map((line) => JSON.stringify({ ids: { test: line.title }, provenance: ['test-list'], ...line })),
    { report: (line) => bad.push(line), today: '2026-12-01' },
  )
  expect(bad).toEqual([])
  await deriveStates({ today: '2026-12-01' })
})

describe('beside titles', () => {
  it('a person leads to the list of their shows, whichever name comes first', async () => {
    for (const q of ['Ana Lima Prado', 'ana lima prado', 'Prado Ana Lima', 'shows with Ana Lima Prado']) {
      const page = await search(q)
      expect(page, q).toContain('href="/shows?person=Ana+Lima+Prado"')
      expect(page, q).toContain('2 shows')
      expect(page, q).toContain('href="/shows/quiet-yard"')
    }
  })

  it('a person who is found is an answer: nobody is asked to wait for a show of that name', async () => {
    const page = await search('Ana Lima Prado')
    expect(page).toContain('No show here is called “Ana Lima Prado”')
    expect(page).not.toContain('Not here yet')
    expect(page).toContain('<summary>Not the one you meant?</summary>')
  })

  it('a premise leads to the list that it describes, under the titles that have such words', async () => {
    const page = await search('k-drama zombie')
    expect(page).toContain('href="/shows?country=south-korea&amp;tag=zombies"')
    expect(page).toContain('href="/shows/night-ferry"')
    const both = await search('zombie')
    expect(both.indexOf('/shows/zombie-choir')).toBeLessThan(both.indexOf('href="/shows?tag=zombies"'))
  })

  it('words that are not all understood lead to no list, nor does a show to be named beside another', async () => {
    expect(await search('zombie wedding')).not.toContain('People and premises')
    expect(await search('zombie', { beside: 'quiet-yard' })).not.toContain('People and premises')
  })

  it('lists are suggested only where no show has such a name', async () => {
    expect((await suggested('zombie')).results).toMatchObject([{ slug: 'zombie-choir' }])
    expect((await suggested('Ana Lima Prado')).results).toMatchObject([
      { title: 'Ana Lima Prado', path: '/shows?person=Ana+Lima+Prado', facts: '2 shows' },
    ])
  })
})

describe('a season asked for with the name', () => {
  it('is where the result leads, on the page and in suggestions', async () => {
    const page = await search('Night Ferry first season')
    expect(page).toContain('href="/shows/night-ferry/seasons/1"')
    expect((await suggested('night ferry staffel 2')).results[0]).toMatchObject({
      slug: 'night-ferry',
      season: 2,
      path: '/shows/night-ferry/seasons/2',
      facts: 'Season 2, 2019',
    })
    expect(await search('night ferry season 9')).toContain('href="/shows/night-ferry"')
  })
})
