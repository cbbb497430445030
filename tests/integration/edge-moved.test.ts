import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { importCatalogue } from '@/lib/catalogue/commands'
import { addressFinder, movedPath } from '@/lib/edge/moved'
import { standIn, startEdge } from '../support/edge'

const NOW = '3-percent'
const FORMER = 'anime-2016-tvmaze-2025'
let edge: Awaited<ReturnType<typeof startEdge>>

beforeAll(async () => {
  await importCatalogue([
    JSON.stringify({ ids: { greenlit: [NOW, FORMER] }, slug: NOW, title: '3%', seasons: [{ number: 1 }] }),
  ])
  const { handle } = standIn((path) =>
    path.includes(`/${NOW}`) ? { body: 'the show', tags: ['show'] } : { status: 404 },
  )
  edge = await startEdge({ handle, findAddress: addressFinder(process.env.DATABASE_URL!) })
})
afterAll(() => edge.close())

const ask = (path: string) => fetch(`${edge.url}${path}`, { redirect: 'manual' })

describe('an address that changed', () => {
  it('leads to the show wherever it stood: page, season, feed, calendar and API, its query kept', async () => {
    for (const [from, to] of [
      [`/shows/${FORMER}`, `/shows/${NOW}`],
      [`/shows/${FORMER}/seasons/1`, `/shows/${NOW}/seasons/1`],
      [`/shows/${FORMER}/feed.atom`, `/shows/${NOW}/feed.atom`],
      [`/shows/${FORMER}/answer.txt`, `/shows/${NOW}/answer.txt`],
      [`/api/v1/shows/${FORMER}`, `/api/v1/shows/${NOW}`],
    ]) {
      const answer = await ask(from as string)
      expect([from, answer.status, answer.headers.get('location')]).toEqual([from, 308, to])
    }
  })

  it('the address it has now is a page and leads nowhere else', async () => {
    expect((await ask(`/shows/${NOW}`)).status).toBe(200)
  })

  it('an address that never was one stays nothing', async () => {
    for (const path of ['/shows/no-such-show', `/shows/${FORMER}-2`, '/shows/a%27b']) {
      const answer = await ask(path)
      expect([path, answer.status, answer.headers.get('location')]).toEqual([path, 404, null])
    }
  })

  it('a database that does not answer moves nothing', async () => {
    expect(await movedPath(`/shows/${FORMER}`, () => Promise.reject(new Error('away')))).toBeNull()
  })

  it('keeps the query and touches no other part of the path', async () => {
    const find = async (slug: string, season: number | null) =>
      slug === 'old' ? { slug: 'new', season } : null
    expect(await movedPath('/shows/old/seasons/2?x=old', find)).toBe('/shows/new/seasons/2?x=old')
    expect(await movedPath('/shows?genre=old', find)).toBeNull()
    expect(await movedPath('/search/old', find)).toBeNull()
  })
})
