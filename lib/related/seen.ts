/** How well the cards that readers see find what people name beside a show. Pure. */

import { ndcgAt, type Worth, worthOf } from '@/lib/learning/ranking-metrics'
import { normalise } from '@/lib/search/letters'
import { namedBySource } from './learn'
import type { Pair } from './types'

/** What tells which show a title means: its outside ids (`<ns>:<id>`), the names it goes by, its own first, and facts. */
export interface Known {
  ids: string[]
  names: string[]
  year: number | null
  kind: string | null
  country: string | null
}

/** A show of the site, and the shows of its cards, first card first, by their place in the list of shows. */
export interface Shown extends Known {
  cards: number[]
}

/** Countries differ by a year at times. */
const YEARS_APART_MAX = 1

/** How sure it is that a title of this name is this show; null where a year or a country speaks against it. */
function agreement(title: Known, show: Known): number | null {
  let sure = 0
  if (title.year !== null && show.year !== null) {
    const apart = Math.abs(title.year - show.year)
    if (apart > YEARS_APART_MAX) return null
    sure += apart === 0 ? 3 : 2
  }
  if (title.country && show.country) {
    if (title.country !== show.country) return null
    sure += 1
  }
  if (title.kind && show.kind && (title.kind === 'anime') === (show.kind === 'anime')) sure += 1
  if (normalise(title.names[0] ?? '') === normalise(show.names[0] ?? '')) sure += 0.5
  return sure
}

/**
 * Which show each title means: the one that bears an id of it, else the one of the same name, year and country; null
 * where there is none, or where two would do as well. Several titles may mean one show (the cours of an anime).
 */
export function meantBy(titles: Known[], shows: Known[]): (number | null)[] {
  const byId = new Map<string, number>()
  const byName = new Map<string, Set<number>>()
  shows.forEach(({ ids, names }, i) => {
    for (const id of ids) byId.set(id, i)
    for (const name of names) {
      const key = normalise(name)
      byName.set(key, (byName.get(key) ?? new Set()).add(i))
    }
  })
  return titles.map((title) => {
    const known = title.ids.map((id) => byId.get(id)).find((show) => show !== undefined)
    if (known !== undefined) return known
    const found = new Set(
      title.names.flatMap((name) => {
        const key = normalise(name)
        return key ? [...(byName.get(key) ?? [])] : []
      }),
    )
    const sure = [...found].flatMap((show) => {
      const amount = agreement(title, shows[show]!)
      return amount === null ? [] : [{ show, amount }]
    })
    const most = Math.max(...sure.map(({ amount }) => amount))
    const best = sure.filter(({ amount }) => amount === most)
    return best.length === 1 ? best[0]!.show : null
  })
}

/** What the cards are worth: nDCG over the sources the site knows, its interval, and how many of them show no card. */
export interface Seen extends Worth {
  empty: number
}

const PLACES = 10

/**
 * Judges the cards by `truth`, whose titles are places in `titles`. Every pair counts alike; what the site does not
 * know is no source. Named titles it does not know are left out, or with `whole` counted as missing. A source without
 * cards counts 0.
 */
export function judgeCards(
  titles: Known[],
  truth: Pair[],
  shows: Shown[],
  { whole = false, random }: { whole?: boolean; random: () => number },
): Seen {
  const meant = meantBy(titles, shows)
  // What the site does not know stands behind its shows, a number each.
  const known = truth.flatMap(({ source, related, weight }) => {
    const [from, to] = [meant[source] ?? null, meant[related] ?? null]
    if (from === null || (to === null && !whole) || from === to) return []
    return [{ source: from, related: to ?? shows.length + related, weight }]
  })
  const named = namedBySource(known)
  const worth = [...named].map(([source, right]) => ndcgAt(shows[source]!.cards, right, PLACES))
  return {
    ...worthOf(worth, random),
    empty: [...named.keys()].filter((source) => shows[source]!.cards.length === 0).length,
  }
}
