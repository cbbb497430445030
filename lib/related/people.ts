/** What people say of titles beside the titles' own facts: who follows what together, and the pairs they name. */

import { eachIn, largest, sparseRows, transpose } from '@/lib/learning/sparse'
import { blendScorer, oneTitleReaders, RELATED_BLEND } from './recommend/blend'
import type { Follows, NamedPair } from './types'

/** What readers put beside one title. */
export interface ReadersWord {
  /** How much of a score is theirs, 0 to 1: the more follow the title, the more. */
  share: number
  /** For each title they put there, how strongly (1 the strongest) and how many follow both. */
  beside: Map<number, { strength: number; both: number }>
}

/** A pair behind a card: named itself, from either side, or through a third title. */
export interface PairWord {
  strength: number
  voices: number
  source: string | null
  /** The title on whose page the pair stands; null where it was named by nobody itself. */
  namedOn: number | null
  /** The title that both are named beside, where the pair itself was named by nobody. */
  through: number | null
}

/** All of it, by the titles' numbers in a catalogue. */
export interface People {
  readers: Map<number, ReadersWord>
  pairs: Map<number, Map<number, PairWord>>
}

/** Fewer readers than this say nothing aloud, and nothing in a score: a list must not tell what one person follows. */
export const READERS_MIN = 5
/** Readers of a title count for as much as its own facts from this many on; chosen by tests/bench/related-share.ts. */
export const READERS_HALF = 200
/** Both must be followed together this many times as often as chance would have it. */
const LIFT_MIN = 1.5
const BESIDE_MAX = 50

/** What those who follow two titles or more say of the titles that enough of them follow. */
export function readersWord(
  follows: Follows,
  numbers: ReadonlyMap<string, number>,
  half = READERS_HALF,
): People['readers'] {
  const titlesOf = new Map<string, Set<number>>()
  for (const { reader, showId } of follows) {
    const number = numbers.get(showId)
    if (number === undefined) continue
    const own = titlesOf.get(reader)
    if (own) own.add(number)
    else titlesOf.set(reader, new Set([number]))
  }
  const readers = [...titlesOf.values()].filter((own) => own.size >= 2)
  const followers = new Map<number, number>()
  for (const own of readers) for (const title of own) followers.set(title, (followers.get(title) ?? 0) + 1)
  // All that are followed take part: on a young site the few that many follow differ too little among themselves.
  const titles = [...followers].sort(([a, x], [b, y]) => y - x || a - b).map(([title]) => title)
  const word: People['readers'] = new Map()
  if ((followers.get(titles[0]!) ?? 0) < READERS_MIN) return word
  const columnOf = new Map(titles.map((title, column) => [title, column]))
  const taste = sparseRows(
    readers.map((own) => new Map([...own].map((title) => [columnOf.get(title)!, 1]))),
    titles.length,
  )
  const score = blendScorer(taste, RELATED_BLEND, oneTitleReaders(titles.length))
  const readersOf = transpose(taste)
  const scores = new Float64Array(titles.length)
  const both = new Int32Array(titles.length)
  for (const [i, title] of titles.entries()) {
    const count = followers.get(title)!
    if (count < READERS_MIN) break
    score(i, scores)
    both.fill(0)
    eachIn(readersOf, i, (reader) =>
      eachIn(taste, reader, (j) => {
        both[j]!++
      }),
    )
    const best = largest(
      scores,
      BESIDE_MAX,
      (j) =>
        j !== i &&
        scores[j]! > 0 &&
        both[j]! >= READERS_MIN &&
        both[j]! * readers.length >= LIFT_MIN * count * followers.get(titles[j]!)!,
    )
    if (best.length === 0) continue
    const top = scores[best[0]!]!
    word.set(title, {
      share: count / (count + half),
      beside: new Map(best.map((j) => [titles[j]!, { strength: scores[j]! / top, both: both[j]! }])),
    })
  }
  return word
}

/** A pair read backwards says a little less, one through a third title much less; see tests/bench/related-pairs.ts. */
const BACKWARDS = 0.8
export const THROUGH = 0.4
/** A title named beside everything leads to nobody in particular. */
const THROUGH_MAX = 40

/** An editor's pair counts, and a reader's once a second agrees. */
export const counts = ({ origin, voices }: NamedPair) => origin === 'editor' || voices >= 2

/** What the pairs that count put beside each title: themselves, from both sides, and second hand. */
export function pairsWord(pairs: NamedPair[], numbers: ReadonlyMap<string, number>): People['pairs'] {
  const word: People['pairs'] = new Map()
  const say = (from: number, to: number, said: PairWord) => {
    const list = word.get(from) ?? new Map<number, PairWord>()
    word.set(from, list)
    const there = list.get(to)
    if (!there || there.strength < said.strength) list.set(to, said)
  }
  const named = pairs.flatMap((pair) => {
    const [source, related] = [numbers.get(pair.showId), numbers.get(pair.relatedShowId)]
    return counts(pair) && source !== undefined && related !== undefined && source !== related
      ? [{ from: source, to: related, weight: pair.weight, voices: pair.voices, source: pair.source }]
      : []
  })
  const top = new Map<number, number>()
  for (const { from, weight } of named) top.set(from, Math.max(top.get(from) ?? 0, weight))
  const around = new Map<number, Map<number, number>>()
  for (const { from, to, weight, voices, source } of named) {
    const strength = top.get(from)! > 0 ? Math.max(0.1, weight / top.get(from)!) : 1
    const said = { voices, source, namedOn: from, through: null }
    say(from, to, { ...said, strength })
    say(to, from, { ...said, strength: BACKWARDS * strength })
    for (const [a, b] of [
      [from, to],
      [to, from],
    ] as const) {
      const list = around.get(a) ?? new Map<number, number>()
      around.set(a, list.set(b, Math.max(list.get(b) ?? 0, strength)))
    }
  }
  for (const [middle, ends] of around) {
    if (ends.size < 2 || ends.size > THROUGH_MAX) continue
    const share = THROUGH / Math.log2(1 + ends.size)
    for (const [a, x] of ends)
      for (const [b, y] of ends)
        if (a !== b)
          say(a, b, {
            strength: share * Math.min(x, y),
            voices: 0,
            source: null,
            namedOn: null,
            through: middle,
          })
  }
  return word
}

/** What follows and pairs say of the titles of a catalogue. */
export const peopleOf = (
  numbers: ReadonlyMap<string, number>,
  { follows = [], pairs = [] }: { follows?: Follows; pairs?: NamedPair[] } = {},
): People => ({ readers: readersWord(follows, numbers), pairs: pairsWord(pairs, numbers) })
