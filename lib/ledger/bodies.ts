import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { transaction } from '@/db/transaction'
import { expireTags } from '@/lib/shared/expire-tags'
import { LEDGER_TAG, seasonsTag, showTag } from '@/lib/shared/tags'
import { credits } from './claim-json'
import { deriveStates } from './derive'
import { ensureSources } from './sources'

const NAME_LENGTH_MAX = 120

/** What marking a body did: how many shows have claims that credit it, and how many of those stand otherwise now. */
export type BodyMarked =
  | { ok: true; name: string; shows: number; changed: number }
  | { ok: false; reason: string }

/**
 * Says of a source that it is a network, service or rights holder, or that it is none: a press report that credits one
 * repeats an announcement. The shows whose claims credit it are derived anew; readers are not told, nothing was said.
 * A repeat finishes what was broken off.
 */
export async function setOfficialBody(given: string, isBody: boolean, now: Date): Promise<BodyMarked> {
  const name = given.replace(/\s+/g, ' ').trim()
  if (!name || name.length > NAME_LENGTH_MAX)
    return { ok: false, reason: `a name has 1 to ${NAME_LENGTH_MAX} characters` }
  const marked = await transaction(() => mark(name, isBody), { idempotent: true })
  if (!marked) return { ok: false, reason: `no source is called ${JSON.stringify(name)}` }
  const { changed } = await deriveStates({ showIds: marked.showIds, now })
  return { ok: true, name: marked.name, shows: marked.showIds.length, changed: changed.length }
}

async function mark(name: string, isBody: boolean): Promise<{ name: string; showIds: number[] } | null> {
  const flag = () =>
    db().execute<{ name: string }>(sql`
      update source set official_body = ${isBody} where lower(name) = lower(${name}) returning name`)
  let rows = await flag()
  if (rows.length === 0) {
    if (!isBody) return null
    await ensureSources([name])
    rows = await flag()
  }
  const shows = await db().execute<{ id: number; slug: string }>(sql`
    select id, slug from show where exists (select from claim where claim.show_id = show.id and ${credits(name)})`)
  // Also where the state stays what it is: which statement decided it may be another.
  await expireTags([LEDGER_TAG, ...[...shows].flatMap(({ slug }) => [showTag(slug), seasonsTag(slug)])])
  return { name: rows[0]!.name, showIds: [...shows].map(({ id }) => id) }
}
