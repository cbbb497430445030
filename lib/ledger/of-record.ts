import { isLive } from '@/lib/catalogue/facts'
import { allFactsOf } from '@/lib/catalogue/stated'
import type { CatalogueRecord } from '@/lib/catalogue/types'
import { type Day, latestDay } from '@/lib/shared/day'
import type { Claim } from '@/lib/status/claim'
import { deriveShow } from '@/lib/status/show'
import type { SettledSeason, ShowStatus } from '@/lib/status/types'
import { BEGUN_ONLY, factsOf, newestWordOn, showFactsOf } from './facts'

/**
 * The state of a show on a day from its catalogue record and its claims alone: what the database's rows give once both
 * are in it. A season counted by those who count only what has begun has begun by the day its fact was seen, not by
 * today: whoever speaks of it later speaks of something else. What a record states in its own fields, where no day is
 * kept, is seen today, as an import sees it. Pure.
 */
export function stateOfRecord(
  record: CatalogueRecord,
  claims: Claim[],
  today: Day,
): { seasons: SettledSeason[]; status: ShowStatus } {
  const recorded = record.seasons ?? []
  const given = allFactsOf(record, today).filter(isLive)
  const awaited = Math.max(0, ...recorded.map(({ number }) => number)) + 1
  const numbers = new Set([
    ...recorded.map(({ number }) => number),
    awaited,
    ...claims.map(({ season }) => season),
  ])
  const newestPageOn = newestWordOn(claims)
  const inputs = [...numbers].map((number) => {
    const entry = recorded.find((season) => season.number === number)
    const own = given.filter(({ season }) => season === number)
    const premieres = own.filter(({ field }) => field === 'premiere')
    const counts = own.filter(({ provider }) => BEGUN_ONLY.includes(provider))
    const row = {
      number,
      premiere: entry?.premiere ?? null,
      finale: entry?.finale ?? null,
      episodes: entry?.episodes ?? null,
      recorded: entry !== undefined,
      fromPages: premieres.length > 0 && premieres.every(({ provider }) => provider === 'claim-pages'),
      begunBy: latestDay(counts.map(({ seen_on }) => seen_on)),
    }
    return {
      facts: factsOf(row, newestPageOn),
      claims: claims.filter(({ season }) => season === number),
    }
  })
  const facts = given.filter(({ season }) => season === 0)
  const { kind, genres } = record
  return deriveShow(
    inputs,
    today,
    showFactsOf({ kind: kind ?? 'scripted', genres: genres ?? [], facts }, today),
  )
}
