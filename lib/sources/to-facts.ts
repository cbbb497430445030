/**
 * From what a provider says of a show to its facts: what it states, and what it no longer does. A season that it lists
 * without a day, after all that began, is no fact but an announcement (to-claims): a season that is counted and of which
 * nobody speaks is behind us (ADR 20). Pure.
 */

import type { FactField } from '@/db/schema/words'
import type { Fact } from '@/lib/catalogue/types'
import type { Day } from '@/lib/shared/day'
import { standing } from './ahead'
import type { Look, Provider } from './types'

type Named = Pick<Provider, 'name' | 'title'>

/** Labels stand under the provider's name as people know it, everything else under the stored one. */
export const isOf = (provider: Named, fact: Pick<Fact, 'provider' | 'field'>): boolean =>
  fact.provider === (fact.field === 'label' ? provider.title : provider.name)

const keyOf = ({ season, field }: Pick<Fact, 'season' | 'field'>) => `${season} ${field}`

/** The facts an answer states, and those it takes back of what the same provider said before (`before`: all on record). */
export function factsOf(look: Look, provider: Named, before: Fact[], today: Day): Fact[] {
  const fact = (
    season: number,
    field: FactField,
    value: string | number | null,
    asOf: Day | null = null,
  ): Fact[] =>
    value === null
      ? []
      : [
          {
            season,
            field,
            provider: field === 'label' ? provider.title : provider.name,
            value: String(value),
            as_of: asOf,
            seen_on: today,
            withdrawn_on: null,
          },
        ]
  const here = look.seasons.filter((season) => standing(season, look, today) !== 'undated')
  const begun = look.seasons.filter((season) => standing(season, look, today) === 'begun')
  const counted = look.whole === 'show' ? Math.max(0, ...begun.map(({ number }) => number)) || null : null
  const total = look.total === undefined ? counted : look.total
  const stated = [
    ...fact(0, 'network', look.network),
    ...fact(0, 'country', look.country),
    // Where a provider does not say since when, the day its word was first seen stands for it.
    ...fact(0, 'label', look.label, look.updatedOn),
    ...fact(0, 'ended', look.ended),
    ...fact(0, 'seasons', total),
    ...here.flatMap(({ number, premiere, finale, episodes }) => [
      ...fact(number, 'counted', 'yes'),
      ...fact(number, 'premiere', premiere),
      ...fact(number, 'finale', finale),
      ...fact(number, 'episodes', episodes),
    ]),
  ]
  const { whole } = look
  const given = new Set(stated.map(keyOf))
  const takenBack = before
    // How many seasons there are is told by their list alone.
    .filter(({ season, field }) => whole === 'show' || (whole.includes(season) && field !== 'seasons'))
    .filter((old) => isOf(provider, old) && old.withdrawn_on === null && !given.has(keyOf(old)))
    // A day before it was seen is none on which it could be taken back.
    .filter(({ seen_on }) => seen_on <= today)
    .map((old) => ({ ...old, withdrawn_on: today }))
  return [...stated, ...takenBack]
}

/** How many facts of a show are other than before. */
export function changedFacts(before: Fact[], after: Fact[]): number {
  const words = (fact: Fact) =>
    JSON.stringify([fact.season, fact.field, fact.provider, fact.value, fact.as_of, fact.withdrawn_on])
  const known = new Set(before.map(words))
  return after.filter((fact) => !known.has(words(fact))).length
}
