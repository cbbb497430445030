/** Which titles are worth a closer look beside a title: those with the largest sums over what both have. */
import type { Catalogue, Row } from './catalogue'
import { FIELDS, type Field } from './terms'

/** How much a field's cosine counts in the first, rough order. */
const ROUGH: Record<Field, number> = {
  tag: 0.3,
  genre: 0.22,
  creator: 0.1,
  cast: 0.1,
  source: 0.03,
  summary: 0.2,
  country: 0.1,
  language: 0.08,
  network: 0.06,
  era: 0.04,
  format: 0.1,
  title: 0.08,
}
/** The same, in the order of FIELDS. */
export const ROUGH_WEIGHTS = Float64Array.from(FIELDS, (field) => ROUGH[field])
/** How much better known titles come forward in the first order. */
const POPULARITY_PULL = 0.5
/** Rare terms are followed first, and no more postings than this: what thousands share finds nobody in particular. */
const STEPS_MAX = 40_000

/** Candidates of a title, best first by the rough order. */
export interface Candidates {
  titles: Int32Array
  scores: Float32Array
}

/** Candidates and more of them; those not among the first rank just below their last. */
export function join({ titles, scores }: Candidates, more: readonly number[]): Candidates {
  const there = new Set(titles)
  const added = [...new Set(more)].filter((title) => !there.has(title))
  const low = 0.8 * (scores.at(-1) ?? 0)
  return {
    titles: Int32Array.from([...titles, ...added]),
    scores: Float32Array.from([...scores, ...added.map(() => low)]),
  }
}

/** Finds candidates; the working memory is kept from call to call. */
export class Finder {
  private readonly sums: Float64Array
  private readonly touched: Int32Array
  constructor(
    private readonly catalogue: Catalogue,
    private readonly by: {
      /** How much each field's cosine counts. */
      weights: Float64Array
      /** For each title, how well known it is, 0 to 1; it then counts for something. */
      known?: Float32Array
      /** Terms that may find anybody. */
      admitsTerm?: (term: number) => boolean
    },
  ) {
    this.sums = new Float64Array(catalogue.titles.length)
    this.touched = new Int32Array(catalogue.titles.length)
  }

  /** The best `limit` titles for a row, of those that `admits` takes. */
  find(row: Row, limit: number, admits: (other: number) => boolean): Candidates {
    const { counts, fieldOf } = this.catalogue
    const { starts, columns, values } = this.catalogue.postings
    const { sums, touched } = this
    const { weights, known, admitsTerm } = this.by
    const own = Uint32Array.from(row.columns, (_, k) => k)
    own.sort((a, b) => counts[row.columns[a]!]! - counts[row.columns[b]!]! || a - b)
    let steps = 0
    let found = 0
    for (const k of own) {
      const term = row.columns[k]!
      if (admitsTerm && !admitsTerm(term)) continue
      steps += counts[term]!
      if (steps > STEPS_MAX && found >= limit) break
      const amount = weights[fieldOf[term]!]! * row.values[k]!
      if (amount === 0) continue
      const end = starts[term + 1]!
      for (let p = starts[term]!; p < end; p++) {
        const other = columns[p]!
        const sum = sums[other]!
        if (sum === 0) touched[found++] = other
        sums[other] = sum + amount * values[p]!
      }
    }
    const best = new Best(limit)
    for (let i = 0; i < found; i++) {
      const other = touched[i]!
      const score = sums[other]! * (known ? 1 + POPULARITY_PULL * known[other]! : 1)
      sums[other] = 0
      // Most are too low, and need no closer look.
      if (score >= best.least && best.wants(score, other) && admits(other)) best.add(other, score)
    }
    return best.taken()
  }
}

/** The largest of many, in a heap with the least on top. */
class Best {
  private readonly titles: Int32Array
  private readonly scores: Float64Array
  private size = 0
  /** The least score there is while the heap is full. */
  least = Number.NEGATIVE_INFINITY
  constructor(private readonly limit: number) {
    this.titles = new Int32Array(limit)
    this.scores = new Float64Array(limit)
  }

  /** Whether a title belongs: more, or as much and earlier in the catalogue, so that chance settles nothing. */
  wants(score: number, title: number): boolean {
    return this.size < this.limit || this.below(0, score, title)
  }

  private below(at: number, score: number, title: number): boolean {
    const there = this.scores[at]!
    return there < score || (there === score && this.titles[at]! > title)
  }

  add(title: number, score: number): void {
    const { titles, scores } = this
    let at: number
    if (this.size < this.limit) {
      at = this.size++
      for (let up = (at - 1) >> 1; at > 0 && !this.below(up, score, title); up = (at - 1) >> 1) {
        scores[at] = scores[up]!
        titles[at] = titles[up]!
        at = up
      }
    } else {
      at = 0
      for (let down = 1; down < this.size; down = 2 * at + 1) {
        if (down + 1 < this.size && this.below(down + 1, scores[down]!, titles[down]!)) down++
        if (!this.below(down, score, title)) break
        scores[at] = scores[down]!
        titles[at] = titles[down]!
        at = down
      }
    }
    scores[at] = score
    titles[at] = title
    if (this.size === this.limit) this.least = scores[0]!
  }

  taken(): Candidates {
    const order = Int32Array.from({ length: this.size }, (_, i) => i).sort(
      (a, b) => this.scores[b]! - this.scores[a]! || this.titles[a]! - this.titles[b]!,
    )
    return {
      titles: order.map((i) => this.titles[i]!),
      scores: Float32Array.from(order, (i) => this.scores[i]!),
    }
  }
}
