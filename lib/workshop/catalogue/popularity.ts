import type { CatalogueRecord } from '@/lib/catalogue/types'
import type { Draft } from './assemble'
import type { SetName } from './entry'

/** What a set's having a show says of how many people know it, in points. Sets that list whatever there is say little. */
const POINTS: Partial<Record<SetName, number>> = {
  'by-hand': 6,
  'tvmaze-2024': 5,
  'tvmaze-2025-10': 6,
  'tvmaze-2025': 8,
  'tvmaze-schedule': 1,
  'network-seasons': 5,
  'bangumi-data': 1,
  'anime-seasons': 1,
  'anime-genres': 2,
  'bangumi-subjects': 1,
  'turkish-wikipedia': 1,
  'korean-wikipedia': 1,
  'streaming-titles': 4,
}
/** Lists that we wrote down because people know the shows. */
const BY_HAND: Partial<Record<SetName, number>> = {
  'famous-by-hand': 55,
  'claim-pages': 45,
  premises: 40,
}
const BY_BOTH = 6
/** One service's lists are one voice, however many of them have the show. */
const NETFLIX = {
  sets: ['netflix-originals-wikipedia', 'netflix-titles', 'netflix-reports'],
  each: 3,
  most: 6,
}

/**
 * How well known a show is likely to be, in points: which sets have it, how many seasons and years it ran, how many
 * people are named. Logarithms, since the tenth season says less than the second. For ordering lists only.
 */
export function pointsOf({ record, sets }: Pick<Draft, 'record' | 'sets'>): number {
  const seasons = record.seasons ?? []
  const years = seasons.flatMap(({ premiere }) => (premiere ? [Number(premiere.slice(0, 4))] : []))
  const runYears = years.length > 0 ? Math.max(...years) - Math.min(...years) : 0
  const byHand = sets.flatMap((set) => BY_HAND[set] ?? [])
  const onNetflix = sets.filter((set) => NETFLIX.sets.includes(set)).length
  return (
    sets.reduce((sum, set) => sum + (POINTS[set] ?? 0), 0) +
    Math.max(0, ...byHand) +
    (byHand.length > 1 ? BY_BOTH : 0) +
    Math.min(onNetflix * NETFLIX.each, NETFLIX.most) +
    6 * Math.log2(1 + seasons.length) +
    3 * Math.log2(1 + runYears) +
    2 * Math.log2(1 + (record.cast?.length ?? 0))
  )
}

const DECIMALS = 100

/** Gives every record its `popularity`: 0 to 100, its part of the best known one's points. */
export function rank(records: CatalogueRecord[], drafts: Draft[]): void {
  const points = drafts.map(pointsOf)
  const most = Math.max(1, ...points)
  records.forEach((record, index) => {
    record.popularity = Math.round((100 * DECIMALS * (points[index] as number)) / most) / DECIMALS
  })
}
