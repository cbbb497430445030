/**
 * A provider's answer in our numbers of seasons. Two providers count parts, cours and years differently and mean the same
 * seasons: which is which is decided once (lib/catalogue/numbering) and kept. What nobody can tell is left out of the
 * answer, season by season, with the reason. Pure.
 */
import type { NumberingReason } from '@/db/schema/words'
import { familyOf, isLive, shownSeason, trustOf } from '@/lib/catalogue/facts'
import {
  type CountedSeason,
  countedSeason,
  isPlain,
  type NumberedSeason,
  numbered,
} from '@/lib/catalogue/numbering'
import type { Fact } from '@/lib/catalogue/types'
import type { Day } from '@/lib/shared/day'
import type { Episode, Look, Provider, SeasonLook } from './types'

/** Lists less sure than these give days of their own (of a licence, of a page), by which nothing is counted. */
const COUNTS_BY = trustOf('bangumi-data')

/** Our seasons by what others than this provider say of them. */
export function oursBeside(provider: Pick<Provider, 'name'>, facts: readonly Fact[]): CountedSeason[] {
  const others = facts.filter(
    (fact) =>
      fact.season > 0 &&
      isLive(fact) &&
      familyOf(fact.provider) !== provider.name &&
      trustOf(fact.provider) <= COUNTS_BY,
  )
  return [...new Set(others.map(({ season }) => season))]
    .sort((a, b) => a - b)
    .map((number) => {
      const { premiere, finale, episodes } = shownSeason(others.filter(({ season }) => season === number))
      return countedSeason({
        number,
        premiere: premiere.value,
        finale: finale.value,
        episodes: episodes.value === null ? null : Number(episodes.value),
      })
    })
}

/**
 * What the provider has on record under its own number stays there, also where its day moves: seasons that somebody
 * follows are not moved about.
 */
const onRecord = (
  provider: Pick<Provider, 'name'>,
  facts: readonly Fact[],
  theirs: readonly SeasonLook[],
): NumberedSeason[] =>
  theirs.flatMap(({ number }): NumberedSeason[] =>
    facts.some(
      (fact) =>
        fact.season === number &&
        fact.field === 'premiere' &&
        fact.provider === provider.name &&
        isLive(fact),
    )
      ? [{ theirs: number, ours: number, through: number, reason: 'number' }]
      : [],
  )

/** Why a season was left out, for whoever looks after the provider. */
const UNCLEAR: Partial<Record<NumberingReason, string>> = {
  'unclear-several': 'begins when two of ours do, or one of ours begins with two of its kind',
  'unclear-within': 'bears a number that begins here at another time, and begins when none of ours does',
  'unclear-neighbours': 'has seasons around it that are counted otherwise here',
  'unclear-year': 'is called by a year, and no season here begins then',
}

/** An answer in our numbers. */
export interface Renumbered {
  look: Look
  /** What has to be remembered: all that is not plainly the same number. */
  keep: NumberedSeason[]
  /** What was left out and why, in a sentence; null where nothing was. */
  unclear: string | null
}

/**
 * The answer in our numbers. `facts`: all on record of the show. `kept`: what was decided before. Seasons called by a year
 * (`look.years`) come in where they begin with seasons of ours.
 */
export function renumbered(
  look: Look,
  provider: Pick<Provider, 'name'>,
  { facts, kept }: { facts: readonly Fact[]; kept: readonly NumberedSeason[] },
): Renumbered {
  const ours = oursBeside(provider, facts)
  // A list that counts some of its seasons is read by those.
  const years = look.seasons.some(({ number }) => number > 1) ? [] : (look.years ?? [])
  const theirs = years.length > 0 && ours.length > 0 ? years : look.seasons
  if (ours.length === 0 && kept.length === 0) return { look, keep: [], unclear: null }
  const decided = new Set(kept.map(({ theirs: number }) => number))
  const standing = onRecord(provider, facts, theirs).filter(({ theirs: number }) => !decided.has(number))
  const found = numbered(ours, theirs.map(countedSeason), [...kept, ...standing])
  const isByYear = theirs === years
  // Years of which none begins with one of ours are left as they are: the show began, and that is all.
  if (isByYear && found.every((one) => one.ours === null)) return { look, keep: [], unclear: null }
  const keep = found.filter((one) => !isPlain(one))
  const left = found.filter((one) => one.ours === null)
  if (keep.length === 0) return { look, keep, unclear: null }
  const unclear = left
    .map(({ theirs: number, reason }) => `season ${number} ${UNCLEAR[reason] ?? 'is unclear'}`)
    .join('; ')
  return {
    look: {
      ...look,
      whole: look.whole === 'show' ? 'show' : wholeOf(look.whole, found),
      seasons: theirs.flatMap((season) => seasonAs(season, found)),
      // Of a list that is only understood in part nobody can say how long it is.
      ...(left.length > 0 || isByYear ? { total: null } : {}),
      episodes: episodesAs(look.episodes, found, ours),
    },
    keep,
    unclear: unclear === '' ? null : unclear,
  }
}

const wholeOf = (whole: readonly number[], found: NumberedSeason[]) =>
  whole.flatMap((number) => {
    const one = found.find(({ theirs }) => theirs === number)
    if (number === 0 || !one) return [number]
    return one.ours === null || one.reason === 'part' ? [] : [one.ours]
  })

/** A season under our number: of one that holds several of ours only the beginning is that of ours. */
function seasonAs(season: SeasonLook, found: NumberedSeason[]): SeasonLook[] {
  const one = found.find(({ theirs }) => theirs === season.number)
  if (!one || one.ours === null || one.reason === 'part') return []
  const isLonger = one.through !== null && one.through > one.ours
  const isSplit = found.some((other) => other.reason === 'part' && other.ours === one.ours)
  return isLonger || isSplit
    ? [{ ...season, number: one.ours, finale: null, episodes: null }]
    : [{ ...season, number: one.ours }]
}

/** Episodes under our numbers: those of a part go on after the ones before it, those of several seasons are parted by day. */
function episodesAs(episodes: Episode[], found: NumberedSeason[], ours: CountedSeason[]): Episode[] {
  const firstDays = new Map<number, Day>(
    ours.flatMap(({ number, premiere }) =>
      premiere && premiere.earliest === premiere.latest ? [[number, premiere.earliest] as const] : [],
    ),
  )
  const listed = new Map<number, number>()
  return found.flatMap(({ theirs, ours: number, through, reason }) => {
    if (number === null) return []
    const own = episodes.filter((one) => one.season === theirs)
    const before = reason === 'part' ? (listed.get(number) ?? 0) : 0
    listed.set(
      number,
      Math.max(listed.get(number) ?? 0, before + Math.max(0, ...own.map((one) => one.number ?? 0))),
    )
    if (through === null || through === number)
      return own.map((one) => ({
        ...one,
        season: number,
        number: one.number === null ? null : one.number + before,
      }))
    const counts = new Map<number, number>()
    let at = number
    return [...own]
      .sort((a, b) => (a.number ?? 0) - (b.number ?? 0))
      .map((one) => {
        for (let next = at + 1; next <= through; next++) {
          const first = firstDays.get(next)
          if (first && one.day && one.day >= first) at = next
        }
        if (one.number === null) return { ...one, season: at }
        const count = (counts.get(at) ?? 0) + 1
        counts.set(at, count)
        return { ...one, season: at, number: count }
      })
  })
}
