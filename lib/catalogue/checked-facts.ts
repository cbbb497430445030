/** Pure: what is wrong with the facts of a catalogue line, and their dates in canonical spelling. */
import { type FactField, SEASON_FACT_FIELDS, SHOW_FACT_FIELDS } from '@/db/schema/words'
import { parseEdtf } from '@/lib/shared/edtf'
import { factKey } from './facts'
import type { Fact } from './types'

const COUNTS_MAX: Partial<Record<FactField, number>> = { episodes: 20_000, seasons: 1000 }
const DATES: readonly FactField[] = ['premiere', 'finale', 'ended']
const OF_SEASON: readonly FactField[] = SEASON_FACT_FIELDS
const OF_SHOW: readonly FactField[] = SHOW_FACT_FIELDS

/** Why a field cannot stand beside a season (0: the show), as a sentence; null where it can. */
export function fieldProblem(field: FactField, season: number): string | null {
  if (season > 0 && OF_SHOW.includes(field)) return `${field} is a field of the show, not of a season`
  if (season === 0 && OF_SEASON.includes(field)) return `${field} is a field of a season: say of which`
  return null
}

function checkedFact(fact: Fact, at: string): { fact: Fact; problems: string[] } {
  const problems: string[] = []
  const date = (key: 'value' | 'as_of', text: string) => {
    const read = parseEdtf(text)
    if (!read.ok) problems.push(`${at}.${key}: ${read.reason}`)
    return read.ok ? read.window.edtf : text
  }
  const misplaced = fieldProblem(fact.field, fact.season)
  if (misplaced) problems.push(`${at}.season: ${misplaced}`)
  const value = DATES.includes(fact.field) ? date('value', fact.value) : fact.value
  const most = COUNTS_MAX[fact.field]
  if (most !== undefined && !(/^[1-9]\d{0,4}$/.test(value) && Number(value) <= most))
    problems.push(`${at}.value: a number of ${fact.field} is 1 to ${most}`)
  if (fact.field === 'counted' && value !== 'yes')
    problems.push(`${at}.value: a season is counted with "yes"; to take that back give withdrawn_on`)
  const asOf = fact.as_of === null ? null : date('as_of', fact.as_of)
  if (fact.withdrawn_on !== null && fact.withdrawn_on < fact.seen_on)
    problems.push(`${at}.withdrawn_on: is before the day it was seen on`)
  return { fact: { ...fact, value, as_of: asOf }, problems }
}

/** The facts of a line, checked: each problem a sentence with its field. */
export function checkedFacts(facts: Fact[]): { facts: Fact[]; problems: string[] } {
  const checked = facts.map((fact, index) => checkedFact(fact, `facts.${index}`))
  const problems = checked.flatMap((one) => one.problems)
  const seen = new Set<string>()
  for (const fact of facts) {
    const { season, field } = fact
    const key = factKey(fact)
    if (seen.has(key))
      problems.push(
        `facts: a provider gives ${field} of ${season > 0 ? `season ${season}` : 'the show'} twice`,
      )
    seen.add(key)
  }
  return { facts: checked.map(({ fact }) => fact), problems }
}
