/** Whether two shows are one, with the reasons; a person decides what these leave in doubt. */
import type { IdentityCode, IdentityReason } from '@/db/schema/words'
import type { Comparable, Judgement } from './types'

/** Services that have a show once: a second id of theirs is either a slip or a second entry of the same show. */
export const HAVING_ONE: readonly string[] = ['tvmaze', 'tmdb', 'wikidata']

/** From so much on two are joined unasked, if no other comes near. */
export const SAME_SCORE = 6
/** From so much on a person is asked. */
export const DOUBT_SCORE = 3
/** How far the best has to be ahead of the next. */
export const LEAD = 2

/**
 * What each reason is worth. They are added up, as in the record linkage of Fellegi and Sunter (1969); the weights are
 * set by hand and measured by `npm run bench:source-identity`.
 */
const WORTH: Record<IdentityCode, number> = {
  'shared-id': 8,
  'other-id': -6,
  title: 3,
  'title-alias': 2,
  alias: 1.5,
  day: 4,
  year: 1,
  'year-near': -1,
  'year-differs': -6,
  country: 0.5,
  'country-differs': -4,
  network: 1.5,
  'kind-differs': -1,
  namesakes: -2,
  'by-hand': 0,
}

/** A name as it is compared: letters and digits alone, without case, accents and a leading article. */
export function keyOfName(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/&/g, ' and ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
  return plain.replace(/^(?:the|a|an) (?=.)/, '').replaceAll(' ', '')
}

const namespaceOf = (id: string) => id.slice(0, id.indexOf(':'))
const yearOf = (edtf: string) => Number(/^\d{4}/.exec(edtf)?.[0] ?? Number.NaN)

function ofIds(a: Comparable, b: Comparable): [IdentityCode, string][] {
  const shared = a.ids.find((id) => b.ids.includes(id))
  if (shared) return [['shared-id', shared]]
  // Our own addresses tell nothing: each show has its own.
  const other = a.ids.find(
    (id) => namespaceOf(id) !== 'greenlit' && b.ids.some((own) => namespaceOf(own) === namespaceOf(id)),
  )
  const theirs = other && b.ids.find((own) => namespaceOf(own) === namespaceOf(other))
  return other && theirs ? [['other-id', `${other}, ${theirs}`]] : []
}

function ofNames(a: Comparable, b: Comparable): [IdentityCode, string][] {
  const [one, two] = [keyOfName(a.title), keyOfName(b.title)]
  if (one !== '' && one === two) return [['title', b.title]]
  const [mine, yours] = [a, b].map(({ aliases }) => aliases.filter((name) => keyOfName(name) !== '')) as [
    string[],
    string[],
  ]
  const alias = mine.find((name) => keyOfName(name) === two) ?? yours.find((name) => keyOfName(name) === one)
  if (alias !== undefined) return [['title-alias', alias]]
  const keys = new Set(yours.map(keyOfName))
  const both = mine.find((name) => keys.has(keyOfName(name)))
  return both === undefined ? [] : [['alias', both]]
}

function ofYears({ began: a }: Comparable, { began: b }: Comparable): [IdentityCode, string][] {
  if (!a || !b) return []
  if (a === b && a.length === 10) return [['day', a]]
  const [one, two] = [yearOf(a), yearOf(b)]
  if (Number.isNaN(one) || Number.isNaN(two)) return []
  if (one === two) return [['year', String(one)]]
  return [[Math.abs(one - two) === 1 ? 'year-near' : 'year-differs', `${one}, ${two}`]]
}

const lower = (text: string | null) => text?.toLowerCase() ?? null

/** What speaks for two being one, and against it. Without a name or an id in common nothing does. */
export function compare(a: Comparable, b: Comparable): IdentityReason[] {
  const found = [...ofIds(a, b), ...ofNames(a, b)]
  if (!found.some(([code]) => WORTH[code] > 0)) return []
  found.push(...ofYears(a, b))
  if (a.country && b.country)
    found.push(
      a.country === b.country ? ['country', a.country] : ['country-differs', `${a.country}, ${b.country}`],
    )
  if (a.network && lower(a.network) === lower(b.network)) found.push(['network', a.network])
  if (a.kind && b.kind && a.kind !== b.kind) found.push(['kind-differs', `${a.kind}, ${b.kind}`])
  return found.map(([code, what]) => ({ code, adds: WORTH[code], what }))
}

/** What reasons add up to. */
export const scoreOf = (reasons: readonly IdentityReason[]): number =>
  reasons.reduce((sum, { adds }) => sum + adds, 0)

/**
 * Judges one show against all that may be it, in their order. One alone is the same: the best, where it has enough, no
 * other comes near, and neither an id nor a country speaks against it. The rest of what has a good part of that is in doubt.
 */
export function judge(one: Comparable, candidates: readonly Comparable[]): Judgement[] {
  const reasons = candidates.map((candidate) => compare(one, candidate))
  const scores = reasons.map(scoreOf)
  const best = Math.max(...scores, Number.NEGATIVE_INFINITY)
  const isAlone = scores.filter((score) => score > best - LEAD).length === 1
  return candidates.map((_, place) => {
    const [own, score] = [reasons[place] as IdentityReason[], scores[place] as number]
    const isSure = score === best && isAlone && score >= SAME_SCORE && own.every(({ adds }) => adds >= -1)
    if (isSure) return { score, reasons: own, is: 'same' }
    const crowded =
      score >= SAME_SCORE && !isAlone
        ? [...own, { code: 'namesakes' as const, adds: WORTH.namesakes, what: String(candidates.length) }]
        : own
    return { score: scoreOf(crowded), reasons: crowded, is: score >= DOUBT_SCORE ? 'doubtful' : 'different' }
  })
}
