import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { migrate } from '@/db/migrate'
import { whyUnreachable, withoutPassword } from '@/db/reach'
import { createDatabase } from '../support/database'

describe('the database of a release', () => {
  it('has every table and the job queue after migrating, and migrating again changes nothing', async () => {
    const count = () =>
      db().execute<{ n: number }>(sql`
        select count(*)::int as n from pg_tables where schemaname in ('public', 'graphile_worker')`)
    const [before] = await count()
    await migrate(process.env.MIGRATION_DATABASE_URL!)
    const [after] = await count()
    expect(before!.n).toBeGreaterThan(20)
    expect(after).toEqual(before)
  })

  it('is migrated once when ten instances start together', async () => {
    const url = await createDatabase('template0')
    await Promise.all(Array.from({ length: 10 }, () => migrate(url)))
    expect(await whyUnreachable(url)).toBeNull()
  })

  it('is called unreachable in one sentence that never shows the password', async () => {
    const sentence = await whyUnreachable('postgres://reader:s3cret@127.0.0.1:1/greenlit')
    expect(sentence).toBe(
      'The database at postgres://reader@127.0.0.1:1/greenlit (DATABASE_URL) cannot be used: nothing listens there.',
    )
    expect(await whyUnreachable('mysql://x')).toMatch(/must look like postgres:/)
    expect(withoutPassword('postgres://reader:s3cret@host/x')).not.toContain('s3cret')
  })
})
