/**
 * Pure. How often the seasons of a network, a source or a country came back, as it could be counted on a day: only
 * seasons long enough ago that whether they did was known by then, so that neither early returns nor long silences
 * weigh double.
 */
import { type DayNumber, RENEWAL_DAYS, type SeasonRow } from './types'

const MONTH_DAYS = 30.4375
/** A second, nearer horizon: what a network did lately is known sooner. */
const SOON_DAYS = 550
/** How far back a rate looks, from the day its seasons are decided. */
const MEMORY_DAYS = 1826
const SOON_MEMORY_DAYS = 1096

const monthOf = (day: DayNumber) => Math.floor(day / MONTH_DAYS)

/** Seasons of a month: how many, how many of them returned, their gaps' logarithms summed, how many returned soon. */
export type Count = [seasons: number, returned: number, logGaps: number, returnedSoon: number]

export interface Rate {
  seasons: number
  returned: number
  logGaps: number
  /** The same over the nearer horizon. */
  soonSeasons: number
  returnedSoon: number
}

/** What is kept of a key: its months of premieres, and the last day on which what became of them was still written down. */
export interface Kept {
  until: DayNumber | null
  months: Record<number, Count>
}

export type Counts = Record<string, Kept>

/** A premiere and how long after it the next came, where it has. */
export interface Decided {
  premiere: DayNumber
  gapDays: number | null
}

function countOf({ gapDays }: Decided): Count {
  const returned = gapDays !== null && gapDays > 0 && gapDays <= RENEWAL_DAYS
  return [1, +returned, returned ? Math.log(gapDays) : 0, +(returned && gapDays <= SOON_DAYS)]
}

/** Counts what became of seasons, under every key of each. With `until` no day after a source's last is asked about. */
export function countSeasons(
  seasons: Iterable<Decided & { keys: string[]; source: string }>,
  until?: ReadonlyMap<string, DayNumber>,
): Counts {
  const counts: Counts = {}
  for (const season of seasons) {
    const count = countOf(season)
    const end = until?.get(season.source) ?? null
    for (const key of season.keys) {
      const kept = counts[key] ?? { until: end, months: {} }
      counts[key] = kept
      if (end !== null && kept.until !== null) kept.until = Math.min(kept.until, end)
      const month = monthOf(season.premiere)
      const before = kept.months[month]
      kept.months[month] = before ? (before.map((n, i) => n + count[i]!) as Count) : [...count]
    }
  }
  return counts
}

interface Sums {
  until: DayNumber
  from: number
  sums: Count[]
}

function sumsOf({ until, months }: Kept): Sums {
  const named = Object.keys(months).map(Number)
  const from = Math.min(...named)
  const sums: Count[] = [[0, 0, 0, 0]]
  for (let month = from, to = Math.max(...named); month <= to; month++) {
    const before = sums.at(-1)!
    const count = months[month]
    sums.push(count ? (before.map((n, i) => n + count[i]!) as Count) : before)
  }
  return { until: until ?? Infinity, from, sums }
}

/** Sums of counts over months, so that any span is two look-ups. */
export class Rates {
  private readonly parts: Map<string, Sums>[]

  constructor(all: Counts[]) {
    this.parts = all.map(
      (counts) => new Map(Object.entries(counts).map(([key, kept]) => [key, sumsOf(kept)] as const)),
    )
  }

  /** The rate of a key as it could be counted on a day, without one show's own seasons. */
  at(key: string, asOf: DayNumber, own: readonly Decided[] = []): Rate {
    const rate: Rate = { seasons: 0, returned: 0, logGaps: 0, soonSeasons: 0, returnedSoon: 0 }
    for (const part of this.parts) {
      const kept = part.get(key)
      if (!kept) continue
      const day = Math.min(asOf, kept.until)
      const at = (month: number) =>
        kept.sums[Math.max(0, Math.min(kept.sums.length - 1, month - kept.from + 1))]!
      const [last, first] = spanOf(day, RENEWAL_DAYS, MEMORY_DAYS).map(at) as [Count, Count]
      const [soonLast, soonFirst] = spanOf(day, SOON_DAYS, SOON_MEMORY_DAYS).map(at) as [Count, Count]
      rate.seasons += last[0] - first[0]
      rate.returned += last[1] - first[1]
      rate.logGaps += last[2] - first[2]
      rate.soonSeasons += soonLast[0] - soonFirst[0]
      rate.returnedSoon += soonLast[3] - soonFirst[3]
    }
    const [last, first] = spanOf(asOf, RENEWAL_DAYS, MEMORY_DAYS)
    const [soonLast, soonFirst] = spanOf(asOf, SOON_DAYS, SOON_MEMORY_DAYS)
    for (const season of own) {
      const month = monthOf(season.premiere)
      const count = countOf(season)
      if (month > first && month <= last) {
        rate.seasons -= count[0]
        rate.returned -= count[1]
        rate.logGaps -= count[2]
      }
      if (month > soonFirst && month <= soonLast) {
        rate.soonSeasons -= count[0]
        rate.returnedSoon -= count[3]
      }
    }
    return rate
  }
}

/**
 * The last month whose seasons are decided on a day, and the one before the first that is remembered. The month in
 * which the horizon falls is not over: its seasons may be undecided still.
 */
const spanOf = (day: DayNumber, horizonDays: number, memoryDays: number): [number, number] => [
  monthOf(day - horizonDays) - 1,
  monthOf(day - horizonDays - memoryDays) - 1,
]

/**
 * Counts without the months that no forecast made after their last day will ask about; those of whole sources are kept
 * all. Rates of such days are the same with them and without.
 */
export function remembered(counts: Counts): Counts {
  return Object.fromEntries(
    Object.entries(counts).flatMap(([key, kept]) => {
      if (kept.until === null || !key.includes(' ')) return [[key, kept]]
      const [, before] = spanOf(kept.until, RENEWAL_DAYS, MEMORY_DAYS)
      const months = Object.entries(kept.months).filter(([month]) => Number(month) > before)
      return months.length ? [[key, { until: kept.until, months: Object.fromEntries(months) }]] : []
    }),
  )
}

/** One name for each network: lists write "BBC1" and "BBC One", "CW" and "The CW". */
const ALIASES: Record<string, string> = {
  bbcone: 'bbc1',
  bbctwo: 'bbc2',
  usanetwork: 'usa',
  history: 'historychannel',
  amazoninstantvideous: 'amazon',
  amazonprimevideo: 'amazon',
  primevideo: 'amazon',
}

/** A network's name as its rates are kept. */
export function networkKey(network: string): string {
  const plain = network
    .toLowerCase()
    .replace(/^the /, '')
    .replace(/[^\p{L}\p{N}+]+/gu, '')
  return ALIASES[plain] ?? plain
}

/** Under which keys a season counts: its source's list is a sample of its own, so a network's rate is kept within it. */
export function keysOf(
  row: Pick<SeasonRow, 'source' | 'network' | 'country' | 'season' | 'global'>,
): string[] {
  const { source } = row
  const band = row.season === 1 ? 'first' : row.season <= 3 ? 'early' : 'late'
  return [
    source,
    `${source} ${band}`,
    ...(row.network
      ? [`${source} network ${networkKey(row.network)}`, `network ${networkKey(row.network)}`]
      : []),
    ...(row.country ? [`${source} country ${row.country}`] : []),
  ]
}
