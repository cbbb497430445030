import fileSystemCacheModule from 'next/dist/server/lib/incremental-cache/file-system-cache.js'
import tagsManifestModule from 'next/dist/server/lib/incremental-cache/tags-manifest.external.js'
import postgres from 'postgres'

const FileSystemCache = fileSystemCacheModule.default ?? fileSystemCacheModule
const { tagsManifest } = tagsManifestModule

const PULL_INTERVAL_MS = 1_000
/** A page does not wait longer than this for news of tags: a database that hangs must not take cached pages with it. */
const PULL_PATIENCE_MS = 250

let sql
let pulledAt = 0
let pulling

function database() {
  if (!process.env.DATABASE_URL) return undefined
  sql ??= postgres(process.env.DATABASE_URL, {
    max: 1,
    connect_timeout: 2,
    idle_timeout: 30,
    onnotice: () => {},
  })
  return sql
}

async function pull() {
  const rows = await database()`select tag, stale, expired from cache_tag`
  for (const { tag, stale, expired } of rows) {
    const known = tagsManifest.get(tag) ?? {}
    const next = {
      stale: Math.max(Number(stale ?? 0), known.stale ?? 0) || undefined,
      expired: Math.max(Number(expired ?? 0), known.expired ?? 0) || undefined,
    }
    tagsManifest.set(tag, next)
  }
}

/**
 * Next's own page cache, with the table of expired tags shared through PostgreSQL: a tag expired by one web
 * process, or by the worker (which writes `cache_tag` itself), is expired for all within a second.
 * Next keeps 'use cache' entries and whole pages under the same in-memory tag table, so this one hook serves both.
 * It leans on two internal modules: tests/integration/cache-tags watches them at each Next release.
 */
export default class SharedTagsCache extends FileSystemCache {
  async get(...args) {
    if (database() && Date.now() - pulledAt > PULL_INTERVAL_MS) {
      pulledAt = Date.now()
      // What cannot be asked changes nothing: what is known goes on being served.
      const asked = pull().catch(() => {})
      pulling = Promise.race([asked, new Promise((done) => setTimeout(done, PULL_PATIENCE_MS).unref())])
    }
    await pulling
    return super.get(...args)
  }

  async revalidateTag(tags, durations) {
    await super.revalidateTag(tags, durations)
    if (!database()) return
    for (const tag of [tags].flat()) {
      const { stale = null, expired = null } = tagsManifest.get(tag) ?? {}
      await sql`
        insert into cache_tag (tag, stale, expired) values (${tag}, ${stale}, ${expired})
        on conflict (tag) do update set stale = excluded.stale, expired = excluded.expired`
    }
  }
}
