/**
 * What people who like one thing like beside it, learned a term at a time: how much a shared term tells, how welcome a
 * term is in a suggestion, and which terms go together (two small vectors a term, one for the title a reader comes
 * from, one for the title suggested). Learned by a softmax over the right candidate and some wrong ones, AdaGrad steps.
 */
import type { Candidates } from './candidates'
import type { Catalogue, Row } from './catalogue'
import { FIELDS, type Field } from './terms'

/** Numbers of a vector. */
export const TASTE_WIDTH = 32
/** Terms too rare to learn anything of stay out. */
const COUNT_MIN = 6
const WRONG = 20
const EPOCHS = 12
const RATE = 0.08
const DECAY = 0.006

const LEARNED = new Set<Field>([
  'genre',
  'tag',
  'country',
  'language',
  'network',
  'source',
  'format',
  'creator',
])

/** For each term, by `field:key`: gain when shared, welcome when suggested, then its two vectors. */
export type Taste = Record<string, number[]>

/** Numbers a term. */
export const TASTE_SIZE = 2 + 2 * TASTE_WIDTH

export const termId = ({ field, key }: { field: Field; key: string }) => `${field}:${key}`

/** The learned terms of every title of a catalogue: the slot of each term, -1 where nothing was learned of it. */
interface Bound {
  slotOfTerm: Int32Array
  starts: Int32Array
  slots: Int32Array
}

function bind(
  { titles, rows, terms, fieldOf, counts }: Catalogue,
  slotOf: (id: string, count: number) => number | undefined,
): Bound {
  const slotOfTerm = Int32Array.from(terms, (term, t) =>
    LEARNED.has(FIELDS[fieldOf[t]!]!) ? (slotOf(termId(term), counts[t]!) ?? -1) : -1,
  )
  const starts = new Int32Array(titles.length + 1)
  const slots: number[] = []
  for (let i = 0; i < titles.length; i++) {
    for (let k = rows.starts[i]!; k < rows.starts[i + 1]!; k++) {
      const slot = slotOfTerm[rows.columns[k]!]!
      if (slot >= 0) slots.push(slot)
    }
    starts[i + 1] = slots.length
  }
  return { slotOfTerm, starts, slots: Int32Array.from(slots) }
}

/** A taste made ready for one catalogue: the learned terms of every title, and its place as a suggestion. */
export class Palate {
  private readonly to: Float32Array
  private readonly welcome: Float32Array
  private readonly bound: Bound
  private readonly values: number[][] = []
  private readonly mark: Uint8Array
  constructor(catalogue: Catalogue, taste: Taste) {
    const slots = new Map(Object.entries(taste).map(([id, list]) => [id, this.values.push(list) - 1]))
    this.bound = bind(catalogue, (id) => slots.get(id))
    this.mark = new Uint8Array(this.values.length)
    const count = catalogue.titles.length
    this.to = new Float32Array(count * TASTE_WIDTH)
    this.welcome = new Float32Array(count)
    const { starts, slots: own } = this.bound
    for (let i = 0; i < count; i++) {
      const [a, b] = [starts[i]!, starts[i + 1]!]
      const scale = 1 / Math.sqrt(Math.max(1, b - a))
      for (let k = a; k < b; k++) {
        const list = this.values[own[k]!]!
        this.welcome[i]! += list[1]! * scale
        for (let d = 0; d < TASTE_WIDTH; d++)
          this.to[i * TASTE_WIDTH + d]! += list[2 + TASTE_WIDTH + d]! * scale
      }
    }
  }

  /** How well each of the titles suits those who like a title with these terms. */
  suits({ columns }: Pick<Row, 'columns'>, others: Int32Array): Float32Array {
    const { bound, mark, values } = this
    const { starts, slots, slotOfTerm } = bound
    const own = Array.from(columns, (term) => slotOfTerm[term]!).filter((slot) => slot >= 0)
    const scale = 1 / Math.sqrt(Math.max(1, own.length))
    const from = new Float32Array(TASTE_WIDTH)
    for (const slot of own) {
      mark[slot] = 1
      for (let d = 0; d < TASTE_WIDTH; d++) from[d]! += values[slot]![2 + d]! * scale
    }
    const scores = new Float32Array(others.length)
    for (let c = 0; c < others.length; c++) {
      const other = others[c]!
      const [a, b] = [starts[other]!, starts[other + 1]!]
      let shared = 0
      for (let k = a; k < b; k++) if (mark[slots[k]!]) shared += values[slots[k]!]![0]!
      let score = this.welcome[other]! + shared / Math.sqrt(Math.max(1, Math.min(own.length, b - a)))
      for (let d = 0; d < TASTE_WIDTH; d++) score += from[d]! * this.to[other * TASTE_WIDTH + d]!
      scores[c] = score
    }
    for (const slot of own) mark[slot] = 0
    return scores
  }
}

/** A catalogue to learn from: candidates, how well known each title is, and what people named. */
export interface Lesson {
  catalogue: Catalogue
  candidatesOf: (source: number) => Candidates
  known: Float32Array
  named: Map<number, ReadonlySet<number>>
}

/** Learns a taste from all lessons together. */
export function learnTaste(lessons: Lesson[], random: () => number): Taste {
  const slots = new Map<string, number>()
  const bounds = lessons.map(({ catalogue }) =>
    bind(catalogue, (id, count) => {
      const there = slots.get(id)
      if (there !== undefined || count < COUNT_MIN) return there
      slots.set(id, slots.size)
      return slots.size - 1
    }),
  )
  const values = new Float32Array(slots.size * TASTE_SIZE)
  for (let i = 0; i < values.length; i++) values[i] = i % TASTE_SIZE < 2 ? 0 : (random() - 0.5) * 0.4
  const past = new Float32Array(values.length).fill(1e-3)
  // What the rough order and fame explain needs no taste: two weights beside it, learned with it and left behind.
  const aside = new Float64Array([4, 1])
  const steps = lessons.flatMap(({ named }, lesson) =>
    [...named].flatMap(([source, set]) => [...set].map((right) => ({ lesson, source, right }))),
  )
  const gradient = new Float64Array(WRONG + 1)
  const scores = new Float64Array(WRONG + 1)
  const chosen = new Int32Array(WRONG + 1)
  const rough = new Float64Array(WRONG + 1)
  const from = new Float64Array(TASTE_WIDTH)
  const pull = new Float64Array(TASTE_WIDTH)
  const to = new Float64Array((WRONG + 1) * TASTE_WIDTH)
  const mark = new Uint8Array(slots.size)
  const move = (at: number, slope: number) => {
    const g = slope + DECAY * values[at]!
    past[at]! += g * g
    values[at]! -= (RATE * g) / Math.sqrt(past[at]!)
  }
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    for (let i = steps.length - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1))
      ;[steps[i], steps[j]] = [steps[j]!, steps[i]!]
    }
    for (const { lesson, source, right } of steps) {
      const { candidatesOf, known, named } = lessons[lesson]!
      const { starts, slots: own } = bounds[lesson]!
      const { titles: pool, scores: poolScores } = candidatesOf(source)
      const at = pool.indexOf(right)
      if (at < 0 || pool.length < 50) continue
      const best = poolScores[0]!
      chosen[0] = right
      rough[0] = poolScores[at]! / best
      let n = 1
      for (let tries = 0; n <= WRONG && tries < 3 * WRONG; tries++) {
        const k = Math.floor(random() * pool.length)
        if (named.get(source)!.has(pool[k]!)) continue
        chosen[n] = pool[k]!
        rough[n++] = poolScores[k]! / best
      }
      const [a, b] = [starts[source]!, starts[source + 1]!]
      const scaleFrom = 1 / Math.sqrt(Math.max(1, b - a))
      from.fill(0)
      for (let k = a; k < b; k++) {
        mark[own[k]!] = 1
        for (let d = 0; d < TASTE_WIDTH; d++) from[d]! += values[own[k]! * TASTE_SIZE + 2 + d]! * scaleFrom
      }
      let top = Number.NEGATIVE_INFINITY
      for (let j = 0; j < n; j++) {
        const other = chosen[j]!
        const [p, q] = [starts[other]!, starts[other + 1]!]
        const scale = 1 / Math.sqrt(Math.max(1, q - p))
        const scaleShared = 1 / Math.sqrt(Math.max(1, Math.min(b - a, q - p)))
        let score = aside[0]! * rough[j]! + aside[1]! * known[other]!
        to.fill(0, j * TASTE_WIDTH, (j + 1) * TASTE_WIDTH)
        for (let k = p; k < q; k++) {
          const base = own[k]! * TASTE_SIZE
          if (mark[own[k]!]) score += values[base]! * scaleShared
          score += values[base + 1]! * scale
          for (let d = 0; d < TASTE_WIDTH; d++)
            to[j * TASTE_WIDTH + d]! += values[base + 2 + TASTE_WIDTH + d]! * scale
        }
        for (let d = 0; d < TASTE_WIDTH; d++) score += from[d]! * to[j * TASTE_WIDTH + d]!
        scores[j] = score
        if (score > top) top = score
      }
      let sum = 0
      for (let j = 0; j < n; j++) sum += Math.exp(scores[j]! - top)
      pull.fill(0)
      for (let j = 0; j < n; j++) {
        const slope = Math.exp(scores[j]! - top) / sum - (j === 0 ? 1 : 0)
        gradient[j] = slope
        aside[0]! -= 0.01 * slope * rough[j]!
        aside[1]! -= 0.01 * slope * known[chosen[j]!]!
        for (let d = 0; d < TASTE_WIDTH; d++) pull[d]! += slope * to[j * TASTE_WIDTH + d]!
      }
      for (let j = 0; j < n; j++) {
        const slope = gradient[j]!
        if (Math.abs(slope) < 1e-3) continue
        const other = chosen[j]!
        const [p, q] = [starts[other]!, starts[other + 1]!]
        const scale = 1 / Math.sqrt(Math.max(1, q - p))
        const scaleShared = 1 / Math.sqrt(Math.max(1, Math.min(b - a, q - p)))
        for (let k = p; k < q; k++) {
          const base = own[k]! * TASTE_SIZE
          if (mark[own[k]!]) move(base, slope * scaleShared)
          move(base + 1, slope * scale)
          for (let d = 0; d < TASTE_WIDTH; d++) move(base + 2 + TASTE_WIDTH + d, slope * from[d]! * scale)
        }
      }
      for (let k = a; k < b; k++) {
        mark[own[k]!] = 0
        for (let d = 0; d < TASTE_WIDTH; d++) move(own[k]! * TASTE_SIZE + 2 + d, pull[d]! * scaleFrom)
      }
    }
  }
  return Object.fromEntries(
    [...slots].map(([id, slot]) => [
      id,
      Array.from(values.subarray(slot * TASTE_SIZE, (slot + 1) * TASTE_SIZE)),
    ]),
  )
}
