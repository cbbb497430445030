/**
 * What a provider's terms let nobody keep any longer: its facts and episodes of shows it was not asked about for so many
 * days. Facts are taken back like any fact, and then removed, values and all.
 */
import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { idList, textList } from '@/db/rows'
import { transaction } from '@/db/transaction'
import { recordsOf } from '@/lib/catalogue/records'
import type { CatalogueRecord, Fact } from '@/lib/catalogue/types'
import { type Day, dayOf } from '@/lib/shared/day'
import { forgetEpisodes } from './episodes'
import type { Writers } from './land'
import { isOwn } from './line'
import { isOf } from './to-facts'
import type { Provider } from './types'

const DAY_MS = 86_400_000
/** Shows put right in one transaction. */
const TOGETHER = 40

/** The line that takes back all a provider says of a show; of a show that only it knows, all but its name. */
export function emptied(record: CatalogueRecord, provider: Provider, today: Day): CatalogueRecord {
  const facts = (record.facts ?? []).filter(
    (fact: Fact) => isOf(provider, fact) && fact.withdrawn_on === null,
  )
  const nothing = {
    original_title: null,
    aliases: [],
    genres: [],
    tags: [],
    creators: [],
    cast: [],
    source_material: null,
    popularity: null,
    rating: null,
    related_franchise: [],
  }
  return {
    ids: record.ids,
    title: record.title,
    ...(isOwn(record, provider) ? nothing : {}),
    facts: facts.map((fact) => ({ ...fact, withdrawn_on: today < fact.seen_on ? fact.seen_on : today })),
  }
}

/** Forgets what is overdue. Safe to repeat. Returns the shows it was of. */
export async function forgetOverdue(
  provider: Provider,
  { now, write }: { now: Date; write: Pick<Writers, 'importCatalogue' | 'deriveStates'> },
): Promise<number> {
  const { keptDays } = provider.terms
  if (keptDays === null) return 0
  const before = new Date(now.getTime() - keptDays * DAY_MS).toISOString()
  const today = dayOf(now)
  for (let forgotten = 0; ; ) {
    const done = await transaction(
      async () => {
        const rows = await db().execute<{ id: string; show: number }>(sql`
          select outside_id as id, show_id as show from source_look
          where provider = ${provider.name} and checked_at < ${before}::timestamptz order by show_id limit ${TOGETHER}`)
        const shows = [...new Set([...rows].map(({ show }) => show))]
        const records = [...(await recordsOf(shows)).values()]
        await write.importCatalogue(
          records.map((record) => JSON.stringify(emptied(record, provider, today))),
          { provider: provider.name, today },
        )
        const list = sql`${idList(shows)}`
        await db().execute(sql`
          delete from fact where show_id in ${list} and withdrawn_on is not null
            and provider = case when field = 'label' then ${provider.title} else ${provider.name} end`)
        await forgetEpisodes(provider, shows)
        await db().execute(sql`
          delete from source_look where provider = ${provider.name}
            and outside_id in ${textList([...rows].map(({ id }) => id))}`)
        await write.deriveStates({ today, showIds: shows, now, tell: false })
        return rows.length
      },
      { idempotent: true },
    )
    forgotten += done
    if (done < TOGETHER) return forgotten
  }
}
