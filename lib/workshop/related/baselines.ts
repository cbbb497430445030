/** Simple orders that a good one must beat, over the same candidates. */
import type { Measured } from '@/lib/related/likeness'
import { FIELDS } from '@/lib/related/terms'

/** An order of titles beside a title, best first. */
export type Order = (title: number) => number[]

const byScore = (scores: ArrayLike<number>, title: number): number[] =>
  Array.from({ length: scores.length }, (_, i) => i)
    .filter((i) => i !== title)
    .sort((a, b) => scores[b]! - scores[a]! || a - b)

/** The best known titles, whoever asks. */
export function byPopularity({ known }: Measured): Order {
  const all = byScore(known, -1)
  return (title) => all.filter((other) => other !== title)
}

/** The titles with the most genres in common, for their number (Jaccard); the better known first among equals. */
export function byGenreOverlap({ catalogue, known }: Measured): Order {
  const sets = catalogue.titles.map(({ genres }) => new Set(genres))
  return (title) => {
    const own = sets[title]!
    const scores = Float64Array.from(sets, (other, i) => {
      let shared = 0
      for (const genre of own) if (other.has(genre)) shared++
      return shared ? shared / (own.size + other.size - shared) + 1e-6 * known[i]! : 0
    })
    return byScore(scores, title)
  }
}

const TEXT = new Set(
  ['genre', 'tag', 'cast', 'creator', 'summary', 'title'].map((field) => FIELDS.indexOf(field as never)),
)

/** The cosine of all words of two titles (genres, tags, people, summary, title) weighted by rarity, in one bag. */
export function byTfIdf({ catalogue }: Measured): Order {
  const { rows, postings, fieldOf, counts, titles } = catalogue
  const rarity = Float64Array.from(counts, (count, term) =>
    TEXT.has(fieldOf[term]!) ? Math.log(1 + titles.length / count) : 0,
  )
  const norms = Float64Array.from(titles, (_, i) => {
    let sum = 0
    for (let k = rows.starts[i]!; k < rows.starts[i + 1]!; k++) sum += rarity[rows.columns[k]!]! ** 2
    return Math.sqrt(sum) || 1
  })
  return (title) => {
    const scores = new Float64Array(titles.length)
    for (let k = rows.starts[title]!; k < rows.starts[title + 1]!; k++) {
      const term = rows.columns[k]!
      if (rarity[term] === 0) continue
      for (let p = postings.starts[term]!; p < postings.starts[term + 1]!; p++) {
        const other = postings.columns[p]!
        scores[other]! += rarity[term]! ** 2 / norms[other]!
      }
    }
    return byScore(scores, title)
  }
}
