/**
 * Pure: what a catalogue line states as facts of its provider, how that adds up with what is on record, and the record
 * that facts make.
 */
import { FACT_FIELDS, type FactField } from '@/db/schema/words'
import type { Day } from '@/lib/shared/day'
import { familyOf, isLive, shownSeason, shownShow, withoutCopy } from './facts'
import type { CatalogueRecord, Fact } from './types'

type Season = NonNullable<CatalogueRecord['seasons']>[number]

/** Who states something, and when we saw it. */
export interface Stating {
  provider: string
  today: Day
}

/** The provider of what nobody is named for. */
export const NO_PROVIDER = 'catalogue'

/** The provider an entry of a provenance names, as it is spelt there: `bangumi-data (CC BY 4.0)` is bangumi-data. */
export const providerNamed = (entry: string) => entry.split(' (')[0]?.trim() ?? ''

/** Whose facts a line gives: of the first of its provenance, a copy's being its provider's; else nobody's in particular. */
export const providerOf = (record: Pick<CatalogueRecord, 'provenance'>): string =>
  withoutCopy(providerNamed(record.provenance?.[0] ?? '')) || NO_PROVIDER

const COUNTED = 'yes'
const VALUES = ['premiere', 'finale', 'episodes'] as const
const SHOW_VALUES = ['network', 'country'] as const

const keyOf = ({ season, field, provider }: Pick<Fact, 'season' | 'field' | 'provider'>) =>
  `${season}\n${field}\n${provider}`

const place = (field: FactField) => FACT_FIELDS.indexOf(field)
const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** Facts in the order they are written: by season, field and provider. */
export const inOrder = (facts: Fact[]): Fact[] =>
  [...facts].sort(
    (a, b) => a.season - b.season || place(a.field) - place(b.field) || byText(a.provider, b.provider),
  )

const stated = (by: Stating, season: number, field: FactField, value: string): Fact => ({
  season,
  field,
  provider: by.provider,
  value,
  as_of: null,
  seen_on: by.today,
  withdrawn_on: null,
})

/** What an entry of `seasons` states: that there is such a season, and the values it gives. */
const statedBySeason = (entry: Season, by: Stating): Fact[] => [
  stated(by, entry.number, 'counted', COUNTED),
  ...VALUES.flatMap((field) => {
    const value = entry[field]
    return value === null || value === undefined ? [] : [stated(by, entry.number, field, String(value))]
  }),
]

const lastWordOn = (fact: Fact) => fact.withdrawn_on ?? fact.seen_on

/** Facts on record by their key, to be told more. */
class Told {
  private readonly facts: Map<string, Fact>

  constructor(facts: Fact[]) {
    this.facts = new Map(facts.map((fact) => [keyOf(fact), fact]))
  }

  get all(): Fact[] {
    return [...this.facts.values()]
  }

  has(key: Pick<Fact, 'season' | 'field' | 'provider'>): boolean {
    return this.facts.has(keyOf(key))
  }

  /** A provider's word takes the place of its own earlier one; the same word again, or an older one, changes nothing. */
  put(fact: Fact): void {
    const old = this.facts.get(keyOf(fact))
    const isSame =
      old !== undefined &&
      old.value === fact.value &&
      isLive(old) === isLive(fact) &&
      (fact.as_of === null || fact.as_of === old.as_of)
    if (old && (isSame || lastWordOn(old) > lastWordOn(fact))) return
    this.facts.set(keyOf(fact), fact)
  }

  withdraw(key: Pick<Fact, 'season' | 'field' | 'provider'>, today: Day): void {
    const old = this.facts.get(keyOf(key))
    if (old && isLive(old)) this.facts.set(keyOf(key), { ...old, withdrawn_on: today })
  }

  /** Withdraws values of a season; a provider that gives none of them any more no longer counts the season. */
  withdrawFromSeason(season: number, fields: readonly FactField[], { provider, today }: Stating): void {
    for (const field of fields) this.withdraw({ season, field, provider }, today)
    const gives = this.all.some(
      (fact) =>
        isLive(fact) && fact.season === season && fact.provider === provider && fact.field !== 'counted',
    )
    if (!gives) this.withdraw({ season, field: 'counted', provider }, today)
  }
}

/** An entry of `seasons`: values are stated, `null` withdraws. */
function tellSeason(told: Told, entry: Season, by: Stating): void {
  const nulls = VALUES.filter((field) => entry[field] === null)
  const gives = VALUES.some((field) => entry[field] !== null && entry[field] !== undefined)
  // `null` of what this provider never gave is no withdrawal, only a way to say that it does not know.
  const takesBack = nulls.some((field) => told.has({ season: entry.number, field, provider: by.provider }))
  if (gives || !takesBack) for (const fact of statedBySeason(entry, by)) told.put(fact)
  if (takesBack) told.withdrawFromSeason(entry.number, nulls, by)
}

/** The facts on record after a line: what it states is its provider's, and nobody else's word is touched. */
export function tell(there: Fact[], line: CatalogueRecord, by: Stating): Fact[] {
  const told = new Told(there)
  const own = line.facts ?? []
  for (const fact of own) told.put(fact)
  // Whoever gives a value of a season counts it.
  for (const fact of own.filter(({ season, field }) => season > 0 && field !== 'counted'))
    if (isLive(fact) && !told.has({ ...fact, field: 'counted' }))
      told.put({ ...fact, field: 'counted', value: COUNTED, as_of: null })

  const spokenOf = new Set(own.map(({ season, field }) => (season > 0 ? String(season) : field)))
  for (const field of SHOW_VALUES) {
    const value = line[field]
    if (value === undefined || spokenOf.has(field)) continue
    if (value === null) told.withdraw({ season: 0, field, provider: by.provider }, by.today)
    else told.put(stated(by, 0, field, value))
  }
  if (line.listed === null) told.withdraw({ season: 0, field: 'label', provider: by.provider }, by.today)
  if (line.listed) {
    const { label, source, as_of } = line.listed
    told.put({ ...stated({ provider: source, today: by.today }, 0, 'label', label), as_of })
  }
  for (const entry of line.seasons ?? []) if (!spokenOf.has(String(entry.number))) tellSeason(told, entry, by)
  return inOrder(told.all)
}

/** Every fact of a record: those it lists, and those its own fields state of its provider. */
export const allFactsOf = (record: CatalogueRecord, today: Day): Fact[] =>
  tell([], record, { provider: providerOf(record), today })

/** The record with the facts as all there is to say, and the values they show. */
export function withFacts(record: CatalogueRecord, facts: Fact[]): CatalogueRecord {
  const names = new Map((record.seasons ?? []).map(({ number, name }) => [number, name]))
  const numbers = new Set(facts.filter((fact) => fact.season > 0 && isLive(fact)).map(({ season }) => season))
  const { network, country } = shownShow(facts)
  const { listed: _, ...rest } = record
  return {
    ...rest,
    network: network.value,
    country: country.value,
    seasons: [...numbers]
      .sort((a, b) => a - b)
      .map((number) => {
        const { premiere, finale, episodes } = shownSeason(facts.filter(({ season }) => season === number))
        return {
          number,
          name: names.get(number) ?? null,
          premiere: premiere.value,
          finale: finale.value,
          episodes: episodes.value === null ? null : Number(episodes.value),
        }
      }),
    facts,
  }
}

const sameWords = (a: Fact[], b: Fact[]) => {
  const words = (facts: Fact[]) =>
    JSON.stringify(inOrder(facts).map((fact) => [keyOf(fact), fact.value, fact.as_of, fact.withdrawn_on]))
  return words(a) === words(b)
}

/** Whoever gives a value of a season counts it, so that need not be said as well. */
const withoutImplied = (facts: Fact[]) =>
  facts.filter(
    (fact) =>
      fact.field !== 'counted' ||
      !isLive(fact) ||
      !facts.some((other) => other.provider === fact.provider && other.field !== 'counted' && isLive(other)),
  )

const LISTED_AS_OF_MAX = 20

/**
 * A record in the form it is exported in: without the facts that its own fields state already. What is left in `facts`
 * is what they cannot: another provider's word, a withdrawn one, one that is not shown.
 *
 * The one thing such a line does not carry is the day on which the facts in its own fields were seen: whoever imports
 * it sees them on that day. No shown value hangs on that, for a fact that its field states is the shown one, and being
 * newer it stays so.
 */
export function compact(record: CatalogueRecord): CatalogueRecord {
  const all = record.facts ?? []
  // Words alone are compared, so any day does.
  const by: Stating = { provider: providerOf(record), today: '1970-01-01' }
  const left: Fact[] = []
  let listed: CatalogueRecord['listed']
  for (const season of new Set(all.map((fact) => fact.season).filter((number) => number > 0))) {
    const actual = all.filter((fact) => fact.season === season)
    const entry = record.seasons?.find(({ number }) => number === season)
    if (!entry || !sameWords(actual, statedBySeason(entry, by))) left.push(...withoutImplied(actual))
  }
  for (const field of SHOW_VALUES) {
    const actual = all.filter((fact) => fact.season === 0 && fact.field === field)
    const value = record[field]
    if (!sameWords(actual, value ? [stated(by, 0, field, value)] : [])) left.push(...actual)
  }
  const labels = all.filter(({ field }) => field === 'label')
  const [label] = labels
  if (label?.as_of && labels.length === 1 && isLive(label) && label.as_of.length <= LISTED_AS_OF_MAX)
    listed = { label: label.value, source: label.provider, as_of: label.as_of }
  else left.push(...labels)
  left.push(...all.filter(({ field }) => field === 'ended' || field === 'seasons'))
  return { ...record, listed, facts: inOrder(left) }
}

/** True of a show that nobody but these providers has, by its provenance. */
export const isOnlyOf = (provenance: readonly string[], providers: ReadonlySet<string>): boolean =>
  provenance.length > 0 && provenance.every((entry) => providers.has(familyOf(providerNamed(entry))))

/**
 * The record without what some providers say, which their terms keep from being passed on: their facts, and the values
 * shown by them. Null where nobody else says anything of the show. `withheld`: their names as facts bear them.
 */
export function withoutProviders(
  record: CatalogueRecord,
  withheld: ReadonlySet<string>,
): CatalogueRecord | null {
  const isWithheld = (provider: string) => withheld.has(familyOf(provider))
  if (isOnlyOf(record.provenance ?? [], withheld)) return null
  const all = record.facts ?? []
  const left = all.filter(({ provider }) => !isWithheld(provider))
  return left.length === all.length ? record : withFacts(record, left)
}

/** The facts after a provider takes one back, or a sentence that says why it cannot. */
export function takeBack(
  facts: Fact[],
  key: Pick<Fact, 'season' | 'field'>,
  by: Stating,
): { facts: Fact[] } | { problem: string } {
  const { season, field } = key
  const of = season > 0 ? `${field} of season ${season}` : field
  const there = facts.find((one) => keyOf(one) === keyOf({ ...key, provider: by.provider }))
  if (!there) {
    const who = facts.filter((one) => one.season === season && one.field === field && isLive(one))
    const names = who.map(({ provider }) => provider).join(', ')
    return { problem: `${by.provider} gives no ${of}${names ? `; ${names} does` : ''}` }
  }
  if (!isLive(there)) return { problem: `${by.provider} took ${of} back on ${there.withdrawn_on}` }
  const told = new Told(facts)
  if (season > 0) told.withdrawFromSeason(season, [field], by)
  else told.withdraw(there, by.today)
  return { facts: inOrder(told.all) }
}
