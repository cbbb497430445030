/** Pure: which of the values that providers give is shown, and why. */
import { type EdtfWindow, parseEdtf } from '@/lib/shared/edtf'
import type { Difference, Fact } from './types'

/** The field of the value that is shown; labels and ends are not chosen among, they are all handed on. */
export type ShownField = 'premiere' | 'finale' | 'episodes' | 'network' | 'country'

/**
 * Providers by trust, most trusted first; a year behind a name (`tvmaze-2024`) is the same provider's older copy.
 *
 * - By hand and makers' pages: somebody of ours read a source for this very field, or confirmed it by another set.
 * - TVmaze: days and networks of single episodes, kept by people for television alone, with a moderator for each change.
 * - American and British network premieres, collected by hand from listings.
 * - TMDB: as wide, but its dates are the first air date in any country, and streaming parts are often merged.
 * - AniList, bangumi-data, MyAnimeList: good for anime, where the first two take broadcast days from the broadcasters;
 *   what one calls a show is an instalment, so counts and ends are less surely those of a season.
 * - Our own lines about a show's premise: years and first networks from memory.
 * - Wikidata and Wikipedia: anybody's edit, often a year alone.
 * - Netflix's lists of titles and reports: days of release on Netflix, which for a licensed show are years too late.
 * - Claim pages: read off articles by machine, for shows nobody else has.
 * Any other, and lines that do not say where they come from (`catalogue`), come last.
 */
const TRUST = [
  ['by-hand', 'famous-by-hand', 'greenlit', 'maker-pages'],
  ['tvmaze'],
  ['network-seasons'],
  ['tmdb'],
  ['anilist'],
  ['bangumi-data', 'bangumi', 'bangumi-subjects'],
  ['myanimelist', 'mal', 'anime-seasons', 'anime-genres'],
  ['premises'],
  ['wikidata', 'turkish-wikipedia', 'korean-wikipedia', 'netflix-originals-wikipedia'],
  ['netflix-titles'],
  ['netflix-reports'],
  ['claim-pages'],
]

/** A provider's name without the year of a copy, spelt as it was: `tvmaze-2024` and `tvmaze-schedule` are tvmaze. */
export const withoutCopy = (provider: string) =>
  provider.replace(/-(?:(?:19|20)\d{2}(?:-\d{2})?|schedule)$/i, '')

/** The provider behind a name: its copies of several years, its schedules and its spellings are one voice. */
export const familyOf = (provider: string) => withoutCopy(provider).toLowerCase()

/** The place of a provider in the order of trust, 0 first. */
export function trustOf(provider: string): number {
  const family = familyOf(provider)
  const place = TRUST.findIndex((names) => names.includes(family))
  return place === -1 ? TRUST.length : place
}

/** The rules that decided between values: each names what set the shown one apart. */
export type ShownReason = 'trust' | 'agreement' | 'precision' | 'newest' | 'spelling'

/** What is shown of a field. */
export interface Shown {
  /** Null where nobody gives the field. */
  value: string | null
  /** Who gives exactly this value, most trusted first. */
  providers: string[]
  /** The rules that were needed, in their order; none where nobody says anything else. */
  reasons: ShownReason[]
  /** Values that cannot be true beside the shown one, most trusted first. */
  differing: { value: string; providers: string[] }[]
}

interface Candidate {
  value: string
  provider: string
  rank: number
  newest: string
  window: EdtfWindow | null
}

const isDateField = (field: ShownField) => field === 'premiere' || field === 'finale'

const daysOf = ({ window }: Candidate) =>
  window ? Date.parse(`${window.latest}T00:00:00Z`) - Date.parse(`${window.earliest}T00:00:00Z`) : 0

/** True where all that `inner` allows is allowed by `outer` too. */
const holds = (outer: Candidate, inner: Candidate) =>
  outer.window && inner.window
    ? outer.window.earliest <= inner.window.earliest && inner.window.latest <= outer.window.latest
    : outer.value.toLowerCase() === inner.value.toLowerCase()

const agree = (a: Candidate, b: Candidate) => holds(a, b) || holds(b, a)

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** What a provider gives once: a field of a show or season. */
export const factKey = ({ season, field, provider }: Pick<Fact, 'season' | 'field' | 'provider'>): string =>
  JSON.stringify([season, field, provider])

/** True where the provider still says so. */
export const isLive = (fact: Pick<Fact, 'withdrawn_on'>) => fact.withdrawn_on === null

/**
 * Which value of a field is shown: that of the most trusted provider; among equals the one that most providers agree
 * with (they name the same or a window around or within it), then the most precise, the newest, and for want of
 * anything else the first in order of text, so that the order of imports decides nothing. Where others agree with
 * that value and are more precise, the most precise is shown: of 2023 and 2023-05-02 the day.
 *
 * Withdrawn facts count for nothing. How a maker's own statement stands to all of this is for the status to say.
 * @param after for a finale: the premiere shown. A finale that was over before it is nobody's.
 */
export function shown(field: ShownField, facts: Fact[], after: string | null = null): Shown {
  const begun = after ? parseEdtf(after) : null
  const candidates = facts.filter(isLive).flatMap((fact): Candidate[] => {
    const read = isDateField(field) ? parseEdtf(fact.value) : null
    if (read && !read.ok) return []
    const [value, window] = [fact.value, read?.window ?? null]
    return [{ value, provider: fact.provider, rank: trustOf(fact.provider), newest: fact.seen_on, window }]
  })
  const possible = candidates.filter(
    ({ window }) => !(begun?.ok && window && window.latest < begun.window.earliest),
  )
  const reasons = new Set<ShownReason>()
  const voices = new Map(
    possible.map((one) => {
      const agreeing = candidates.filter((other) => agree(one, other))
      return [one, new Set(agreeing.map(({ provider }) => familyOf(provider))).size]
    }),
  )
  const order: [ShownReason, (a: Candidate, b: Candidate) => number][] = [
    ['trust', (a, b) => a.rank - b.rank],
    ['agreement', (a, b) => (voices.get(b) ?? 0) - (voices.get(a) ?? 0)],
    ['precision', (a, b) => daysOf(a) - daysOf(b)],
    ['newest', (a, b) => byText(b.newest, a.newest)],
    ['spelling', (a, b) => byText(a.value, b.value)],
  ]
  const best = (among: Candidate[]): Candidate | undefined => {
    let left = among
    for (const [reason, compare] of order) {
      const first = [...left].sort(compare)[0]
      if (!first) return undefined
      const kept = left.filter((one) => compare(one, first) === 0)
      const values = new Set(kept.map(({ value }) => value))
      if (left.some(({ value }) => !values.has(value))) reasons.add(reason)
      left = kept
    }
    return left[0]
  }
  let chosen = best(possible)
  for (let next = chosen; chosen && next; ) {
    const outer: Candidate = chosen
    next = best(possible.filter((one) => holds(outer, one) && daysOf(one) < daysOf(outer)))
    if (next) reasons.add('precision')
    chosen = next ?? chosen
  }
  const sorted = [...candidates].sort(
    (a, b) => a.rank - b.rank || byText(a.value, b.value) || byText(a.provider, b.provider),
  )
  const final = chosen
  const others = new Map<string, string[]>()
  for (const { value, provider } of sorted.filter((one) => !final || !agree(one, final)))
    others.set(value, [...(others.get(value) ?? []), provider])
  return {
    value: final?.value ?? null,
    providers: sorted.filter(({ value }) => value === final?.value).map(({ provider }) => provider),
    reasons: order.map(([reason]) => reason).filter((reason) => reasons.has(reason)),
    differing: [...others].map(([value, providers]) => ({ value, providers })),
  }
}

/** What is shown of a season by the facts about it. */
export function shownSeason(facts: Fact[]): { premiere: Shown; finale: Shown; episodes: Shown } {
  const of = (field: ShownField) => facts.filter((fact) => fact.field === field)
  const premiere = shown('premiere', of('premiere'))
  const finale = shown('finale', of('finale'), premiere.value)
  return { premiere, finale, episodes: shown('episodes', of('episodes')) }
}

/** What is shown of the show itself by the facts about it. */
export function shownShow(facts: Fact[]): { network: Shown; country: Shown } {
  const of = (field: ShownField) => facts.filter((fact) => fact.season === 0 && fact.field === field)
  return { network: shown('network', of('network')), country: shown('country', of('country')) }
}

/** The fields that providers give differently, of those given. */
export function differences(fields: Partial<Record<ShownField, Shown>>): Difference[] {
  return Object.entries(fields).flatMap(([field, { value, providers, differing }]) =>
    differing.length === 0
      ? []
      : [
          {
            field: field as ShownField,
            shown: value === null ? null : { value, providers },
            others: differing,
          },
        ],
  )
}
