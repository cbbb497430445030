/** What to recommend to one reader: a walk over related titles from the shows they know; pure. */
import type { Dials } from './dials'
import { type Kin, sameFranchise } from './franchise'
import { SEEN_TASTE } from './recommend/blend'
import { calibrate, type GenreShares, genreLikeness, genreShares, spread } from './recommend/rerank'
import type { KnownShow } from './types'

/** A row of a related list: `to` stands under `from` at a rank from 1. */
export interface Step {
  from: number
  to: number
  rank: number
}

/** What the ranking looks at of a show. */
export interface Measured extends Kin {
  id: number
  popularity: number | null
  genres: string[]
  seasons: number
  /** Of those seasons that say how many they have. */
  episodes: number | null
}

/** A show for the reader, by the strongest way to it. */
export interface Recommended {
  id: number
  score: number
  /** The reader's own shows it comes from, strongest first. */
  through: number[]
  /** The related title between the first of them and this one; null where it stands in that show's own list. */
  via: number | null
}

/** A list is walked in its order: places fall by the logarithm, as their worth does. */
const worthOf = (rank: number) => 1 / Math.log2(rank + 1)
/** What is like a thing that is like a known show says half as much again. */
const SECOND_STEP = 0.5
/** A show in the list of one the reader waved off loses a fifth. */
const WAVED_OFF = 0.8
/** Hits stand in everybody's lists: scores are divided by this power of popularity (0 to 100) above a floor. */
const POPULARITY_POWER = 0.3
const POPULARITY_FLOOR = 10
/** How many shows the re-ranking chooses from; at most two of them of one franchise. */
const POOL = 72
const FRANCHISE_MAX = 2
const THROUGH_SHOWN = 3
/** How much a place weighs against being like those above it, and against the mix of the reader's genres. */
const VARIETY = 0.25
const MIX_PULL = 0.3
/** How far a full turn of a dial moves the best known show, in lengths of the pool. */
const DIAL_PULL = 0.75
/** Where nobody counted the episodes of a season. */
const USUAL_SEASON = 10
const LONGEST = 400

const TASTE: Record<KnownShow['word'], number> = { follows: 1, seen: SEEN_TASTE, 'not-this': 0 }

/** How well known a show is, from 0; what nobody counted is not known. */
export const fameOf = ({ popularity }: Pick<Measured, 'popularity'>): number => (popularity ?? 0) / 100

/** How long a show is so far, in episodes, from 0 to 1 by the logarithm. */
export function lengthOf({ episodes, seasons }: Pick<Measured, 'episodes' | 'seasons'>): number {
  const whole = episodes ?? Math.max(1, seasons) * USUAL_SEASON
  return Math.min(1, Math.log2(1 + whole) / Math.log2(1 + LONGEST))
}

/** The rows under each show, each with its share of what goes out from there. */
function sharesOf(steps: Step[]): Map<number, { to: number; share: number }[]> {
  const lists = new Map<number, { to: number; share: number }[]>()
  const sums = new Map<number, number>()
  for (const { from, to, rank } of steps) {
    const worth = worthOf(rank)
    sums.set(from, (sums.get(from) ?? 0) + worth)
    const list = lists.get(from)
    if (list) list.push({ to, share: worth })
    else lists.set(from, [{ to, share: worth }])
  }
  for (const [from, list] of lists) for (const entry of list) entry.share /= sums.get(from)!
  return lists
}

interface Arrival {
  sum: number
  /** How much came from each of the reader's own shows. */
  from: Map<number, number>
  best: { amount: number; via: number | null; source: number }
}

/** Where one and two steps from the reader's shows lead, and how much of their weight arrives there. */
function walk(known: KnownShow[], lists: ReturnType<typeof sharesOf>): Map<number, Arrival> {
  const own = new Set(known.map(({ id }) => id))
  const arrivals = new Map<number, Arrival>()
  const arrive = (to: number, source: number, via: number | null, amount: number) => {
    if (own.has(to)) return
    const there = arrivals.get(to) ?? { sum: 0, from: new Map(), best: { amount: 0, via, source } }
    there.sum += amount
    there.from.set(source, (there.from.get(source) ?? 0) + amount)
    if (amount > there.best.amount) there.best = { amount, via, source }
    arrivals.set(to, there)
  }
  for (const { id: source, word } of known) {
    const taste = TASTE[word]
    if (taste === 0) continue
    for (const { to: near, share } of lists.get(source) ?? []) {
      arrive(near, source, null, taste * share)
      // From a show of the reader's own the walk begins anyway, and what was waved off leads nowhere.
      if (own.has(near)) continue
      for (const next of lists.get(near) ?? [])
        if (next.to !== source) arrive(next.to, source, near, taste * share * next.share * SECOND_STEP)
    }
  }
  return arrivals
}

interface Found {
  title: Measured
  score: number
  through: number[]
  via: number | null
}

/** The best of a list with at most two of one franchise, which may be linked through a third. */
function withoutClans(list: Found[], count: number): Found[] {
  const clans: Kin[][] = []
  const chosen: Found[] = []
  for (const entry of list) {
    if (chosen.length === count) break
    const own = clans.filter((clan) => clan.some((member) => sameFranchise(member, entry.title)))
    const kin = own.flat()
    if (kin.length >= FRANCHISE_MAX) continue
    for (const clan of own) clans.splice(clans.indexOf(clan), 1)
    clans.push([...kin, entry.title])
    chosen.push(entry)
  }
  return chosen
}

/**
 * Turns the dials: each place is worth less the further down it is, and a dial adds what a show has of what it asks for.
 * A sum of the two is all there is, so a dial turned towards the obscure never raises how well known the first shows
 * are on the whole, however many one looks at; in the middle the order stays.
 */
export function turned<T extends { title: Measured }>(list: T[], { fame, length }: Dials): T[] {
  const pull = (title: Measured) => (DIAL_PULL / 2) * (fame * fameOf(title) + length * lengthOf(title))
  return list
    .map((entry, place) => ({ entry, place, value: pull(entry.title) - place / list.length }))
    .sort((a, b) => b.value - a.value || a.place - b.place)
    .map(({ entry }) => entry)
}

/** Where the walk leads, best first: damped by popularity, and less where it stands beside what was waved off. */
function scored(known: KnownShow[], steps: Step[], facts: Map<number, Measured>): Found[] {
  const lists = sharesOf(steps)
  const beside = new Map<number, number>()
  for (const { id } of known.filter(({ word }) => word === 'not-this'))
    for (const { to } of lists.get(id) ?? []) beside.set(to, (beside.get(to) ?? 1) * WAVED_OFF)
  const found = [...walk(known, lists)].flatMap(([id, { sum, from, best }]): Found[] => {
    const title = facts.get(id)
    if (!title) return []
    const damping = (100 * fameOf(title) + POPULARITY_FLOOR) ** POPULARITY_POWER
    const others = [...from].filter(([source]) => source !== best.source)
    const through = [
      best.source,
      ...others.sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([source]) => source),
    ]
    return [{ title, score: (sum * (beside.get(id) ?? 1)) / damping, through, via: best.via }]
  })
  return found.sort((a, b) => b.score - a.score || a.title.id - b.title.id)
}

/** As places, so that a list in which one show leads by far is re-ranked as any other. */
const placed = (list: Found[]) =>
  list.map((entry, place) => ({
    id: String(place).padStart(4, '0'),
    score: worthOf(place + 1),
    genres: entry.title.genres,
    entry,
  }))

/** Neither ten of one genre in a row nor ten for the sake of one show. */
function varied(list: Found[]): Found[] {
  const alike = (a: Found, b: Found) => (a.through[0] === b.through[0] ? 1 : 0)
  return spread(
    placed(list),
    list.length,
    VARIETY,
    (a, b) => (genreLikeness(a, b) + alike(a.entry, b.entry)) / 2,
  ).map(({ entry }) => entry)
}

/** The genres of what the reader knows, in the mix they know them. */
const mixOf = (known: KnownShow[], facts: Map<number, Measured>): GenreShares =>
  genreShares(
    known.flatMap(({ id, word }) => {
      const genres = facts.get(id)?.genres
      return genres && TASTE[word] > 0 ? [{ genres, weight: TASTE[word] }] : []
    }),
  )

/**
 * The shows to recommend to a reader, best first. A random walk from what they follow and have seen over `steps`, damped
 * by popularity; what stands beside a show they waved off loses a little. Then re-ranked: varied, calibrated to the
 * genres of what they know, at most two of one franchise, and last by the dials. Never a show they have said a word on.
 * The same facts give the same list, in whatever order they come.
 */
export function forYou(
  { known, steps, titles }: { known: KnownShow[]; steps: Step[]; titles: Measured[] },
  dials: Dials,
  count: number,
): Recommended[] {
  const own = [...known].sort((a, b) => a.id - b.id)
  const rows = [...steps].sort((a, b) => a.from - b.from || a.rank - b.rank)
  const facts = new Map(titles.map((title) => [title.id, title]))
  const pool = withoutClans(scored(own, rows, facts), POOL)
  const calibrated = calibrate(placed(varied(pool)), mixOf(own, facts), pool.length, MIX_PULL)
  return turned(
    calibrated.map(({ entry }) => entry),
    dials,
  )
    .slice(0, count)
    .map(({ title: { id }, score, through, via }) => ({
      id,
      score,
      through: through.slice(0, THROUGH_SHOWN),
      via,
    }))
}
