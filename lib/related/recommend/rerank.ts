/** Takes a scored list and gives it another order: as a reader's tastes are mixed, or without clones. */

/** A title that could be shown. */
export interface Scored {
  id: string
  score: number
  genres: string[]
}

/** Each genre's share of some titles; a title of three genres gives each a third. */
export type GenreShares = Map<string, number>

/** The shares of genres in titles, of which some may count for more. */
export function genreShares(titles: { genres: string[]; weight?: number }[]): GenreShares {
  const shares: GenreShares = new Map()
  let total = 0
  for (const { genres, weight = 1 } of titles) {
    for (const genre of genres) shares.set(genre, (shares.get(genre) ?? 0) + weight / genres.length)
    if (genres.length) total += weight
  }
  for (const [genre, share] of shares) shares.set(genre, share / total)
  return shares
}

/** What is missing in `list` is not taken for impossible: so much of the wanted share is lent to it. */
const LENT = 0.01

/**
 * How far a list's genres are from the wanted ones (Kullback and Leibler); 0 where they are the same.
 * @param shareOf a genre's share of the list
 */
export function genreDistance(wanted: GenreShares, shareOf: (genre: string) => number): number {
  let sum = 0
  for (const [genre, share] of wanted)
    if (share > 0) sum += share * Math.log(share / ((1 - LENT) * shareOf(genre) + LENT * share))
  return sum
}

/** Best score first; of equals the lower id, so that the same titles give the same list. */
const ranked = <T extends Scored>(titles: T[]): T[] =>
  [...titles].sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))

/** Scores from 0 to 1, whatever scale they came in. */
function levelled(titles: Scored[]): (title: Scored) => number {
  const scores = titles.map(({ score }) => score)
  const [low, high] = [Math.min(...scores), Math.max(...scores)]
  return ({ score }) => (high > low ? (score - low) / (high - low) : 0)
}

/**
 * Fills a list place by place, each time with the title worth most beside those chosen. `worth` is asked once a
 * title and place; `chose` hears of each choice.
 */
function greedy<T extends Scored>(
  titles: T[],
  count: number,
  worth: (title: T) => number,
  chose: (title: T, rest: T[]) => void,
): T[] {
  const rest = ranked(titles)
  const chosen: T[] = []
  while (chosen.length < count && rest.length) {
    let [best, most] = [0, Number.NEGATIVE_INFINITY]
    for (const [i, title] of rest.entries()) {
      const value = worth(title)
      if (value > most) [best, most] = [i, value]
    }
    const [title] = rest.splice(best, 1) as [T]
    chosen.push(title)
    chose(title, rest)
  }
  return chosen
}

/**
 * Calibrated recommendations (Steck 2018): the list whose genres are mixed as in `wanted`, a reader's history. Who
 * likes drama and some horror gets some horror. `pull` weighs the mix against the scores, from 0 (scores alone)
 * to 1 (the mix alone).
 */
export function calibrate<T extends Scored>(
  titles: T[],
  wanted: GenreShares,
  count: number,
  pull = 0.5,
): T[] {
  if (wanted.size === 0) return ranked(titles).slice(0, count)
  const level = levelled(titles)
  const sums: GenreShares = new Map()
  let counted = 0
  // The scores of those already chosen are the same for all that could follow, so they are left out of the sum.
  return greedy(
    titles,
    count,
    (title) => {
      const { genres } = title
      const all = counted + (genres.length ? 1 : 0)
      const mix = (genre: string) =>
        all ? ((sums.get(genre) ?? 0) + (genres.includes(genre) ? 1 / genres.length : 0)) / all : 0
      return (1 - pull) * level(title) - pull * genreDistance(wanted, mix)
    },
    ({ genres }) => {
      for (const genre of genres) sums.set(genre, (sums.get(genre) ?? 0) + 1 / genres.length)
      if (genres.length) counted++
    },
  )
}

/** How much two titles' genres overlap, 0 to 1 (Jaccard). */
export function genreLikeness(a: { genres: string[] }, b: { genres: string[] }): number {
  const both = a.genres.filter((genre) => b.genres.includes(genre)).length
  const either = new Set([...a.genres, ...b.genres]).size
  return either ? both / either : 0
}

/**
 * Maximal marginal relevance (Carbonell and Goldstein 1998): each place goes to the title with the best score less
 * its likeness to the nearest of those above. `variety` weighs likeness against score, from 0 (scores alone) to 1.
 */
export function spread<T extends Scored>(
  titles: T[],
  count: number,
  variety = 0.3,
  likeness: (a: T, b: T) => number = genreLikeness,
): T[] {
  const level = levelled(titles)
  const nearest = new Map(titles.map((title) => [title, 0]))
  return greedy(
    titles,
    count,
    (title) => (1 - variety) * level(title) - variety * nearest.get(title)!,
    (chosen, rest) => {
      for (const title of rest) nearest.set(title, Math.max(nearest.get(title)!, likeness(title, chosen)))
    },
  )
}
