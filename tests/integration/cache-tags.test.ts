import { randomUUID } from 'node:crypto'
import tagsManifest from 'next/dist/server/lib/incremental-cache/tags-manifest.external.js'
import { expect, it, vi } from 'vitest'
import { db } from '@/db/client'
import { cacheTag } from '@/db/schema/setting'
import { expireTags } from '@/lib/shared/expire-tags'
import { showTag } from '@/lib/shared/tags'

it('a page the worker expires is expired in every web process within moments', async () => {
  const { default: SharedTagsCache } = await import('@/lib/shared/cache-tags.mjs')
  const web = new (
    SharedTagsCache as unknown as new (
      options: object,
    ) => { get(key: string, context: object): Promise<unknown> }
  )({
    fs: undefined,
    dev: false,
    flushToDisk: false,
    maxMemoryCacheSize: 0,
  })
  const tag = showTag(randomUUID())
  await web.get('/nothing', { kind: 'APP_PAGE' })
  expect(tagsManifest.tagsManifest.get(tag)).toBeUndefined()

  const now = new Date()
  await expireTags([tag], now)
  await vi.waitFor(
    async () => {
      await web.get('/nothing', { kind: 'APP_PAGE' })
      expect(tagsManifest.tagsManifest.get(tag)).toEqual({ stale: now.getTime(), expired: now.getTime() })
      expect(tagsManifest.areTagsExpired([tag], now.getTime() - 1)).toBe(true)
      expect(tagsManifest.areTagsExpired([tag], now.getTime() + 1)).toBe(false)
    },
    { timeout: 5_000, interval: 100 },
  )
})

it('an expiry never moves back, whoever writes it last', async () => {
  const tag = showTag(randomUUID())
  await expireTags([tag, tag], new Date(2_000))
  await expireTags([tag], new Date(1_000))
  const rows = (await db().select().from(cacheTag)).filter((row) => row.tag === tag)
  expect(rows).toEqual([{ tag, stale: 2_000, expired: 2_000 }])
  await expireTags([], new Date())
})
