import { sql } from 'drizzle-orm'
import { expect, it, vi } from 'vitest'
import { db } from '@/db/client'
import { searchShows } from '@/lib/search/queries'

async function addShow(slug: string, title: string, ...names: string[]): Promise<void> {
  const rows = await db().execute<{ id: number }>(
    sql`insert into show (slug, title) values (${slug}, ${title}) returning id`,
  )
  for (const [position, text] of [title, ...names].entries())
    await db().execute(
      sql`insert into show_title (show_id, position, kind, text)
          values (${rows[0]!.id}, ${position}, ${position === 0 ? 'title' : 'alias'}, ${text})`,
    )
}

const setVersion = (version: string) =>
  db().execute(
    sql`insert into setting (key, value) values ('catalogue_version', ${version})
        on conflict (key) do update set value = excluded.value`,
  )

it('a show added to the catalogue is found within seconds, without a restart', async () => {
  await addShow('all-of-us-are-dead', 'All of Us Are Dead', '지금 우리 학교는')
  await setVersion('1')
  expect(await searchShows('ㅈㄱㅇㄹㅎㄱㄴ', 8)).toEqual([
    {
      slug: 'all-of-us-are-dead',
      title: 'All of Us Are Dead',
      matched: '지금 우리 학교는',
      year: null,
      nearness: 'near',
    },
  ])
  expect(await searchShows('squid', 8)).toEqual([])

  await addShow('squid-game', 'Squid Game')
  await setVersion('2')
  vi.useFakeTimers({ now: Date.now() + 10_000, toFake: ['Date'] })
  try {
    await searchShows('squid', 8) // notices the new version and answers from what it has
    await vi.waitFor(async () => expect((await searchShows('squid', 8))[0]?.slug).toBe('squid-game'))
  } finally {
    vi.useRealTimers()
  }
})
