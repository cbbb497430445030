/** Addresses out of titles: ASCII, readable, the same on every build. Pure. */
import anyAscii from 'any-ascii'
import { hiraganaOf, KANA } from '@/lib/shared/kana'

const SMALL_Y: Record<string, string> = { ゃ: 'a', ゅ: 'u', ょ: 'o' }
const SMALL_VOWEL: Record<string, string> = { ぁ: 'a', ぃ: 'i', ぅ: 'u', ぇ: 'e', ぉ: 'o' }

/** Kana in Hepburn letters without long-vowel marks; null where a sign is no kana. */
export function romanise(kana: string): string | null {
  const hiragana = [...hiraganaOf(kana.normalize('NFKC'))]
  let roman = ''
  for (let i = 0; i < hiragana.length; i++) {
    const sign = hiragana[i] as string
    const next = hiragana[i + 1] ?? ''
    if (sign === 'っ') {
      const sound = KANA.get(next)
      if (sound) roman += sound.startsWith('ch') ? 't' : (sound[0] as string)
      continue
    }
    if (sign === 'ー') continue
    const sound = KANA.get(sign)
    if (!sound) {
      if (/[\p{P}\p{S}\s]/u.test(sign)) roman += ' '
      else if (/[a-z0-9]/i.test(sign)) roman += sign
      else return null
      continue
    }
    if (SMALL_Y[next] && sound.endsWith('i') && sound.length > 1) {
      roman += (/^(sh|ch|j)/.test(sound) ? sound.slice(0, -1) : `${sound.slice(0, -1)}y`) + SMALL_Y[next]
      i++
    } else if (SMALL_VOWEL[next] && sound.length > 1) {
      roman += sound.slice(0, -1) + SMALL_VOWEL[next]
      i++
    } else roman += sound
  }
  return roman
}

const LETTERS: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ı: 'i',
  '×': 'x',
  '&': ' and ',
  '½': ' half',
  '%': ' percent',
}

/** Scripts that are spelt in Latin letters by one rule each; Han is not, for it is read in two languages. */
const SPELT =
  /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Hangul}\p{N}\p{P}\p{S}\p{Z}\p{M}]+$/u

/** The Latin letters of a title, or null where no rule gives them. */
function latinOf(title: string): string | null {
  const latin = title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[ßæœøđðþłı×&½%]/g, (letter) => LETTERS[letter] ?? '')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/['’‘`´]/g, '')
  if (!/[\p{L}\p{N}]/u.test(latin.replace(/[a-z0-9]/g, ''))) return latin
  const composed = title.normalize('NFKC').toLowerCase()
  return SPELT.test(composed) ? anyAscii(composed).toLowerCase().replace(/'/g, '') : romanise(composed)
}

/** A title as an address, or null where it has signs that no rule turns into ASCII. */
export function slugOf(title: string): string | null {
  const slug = latinOf(title)
    ?.replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 100)
    .replace(/-+$/, '')
  // A slug must carry the title: one letter left of a title in another script does not.
  return slug && slug.length >= Math.min(2, title.length) ? slug : null
}

export interface Named {
  /** Titles to try, best first. */
  titles: string[]
  year: number | undefined
  country: string | undefined
  /** `bangumi-12345`, for a title no rule can spell. */
  fallback: string
  /** Its plain slug is promised to it where nobody has it yet: a show of the ledger, or a famous one. */
  first: boolean
  kind: string
  /** The address under which it was published. */
  published: string | null
}

const plainSlug = (named: Named) =>
  named.titles.map(slugOf).find((slug) => slug !== null) ??
  `${named.kind === 'anime' ? 'anime' : 'show'}-${named.year ?? 'undated'}-${named.fallback}`

/**
 * An address for each show. Whoever was published under one keeps it, and no address that was ever published goes to
 * another. Namesakes get their year, then their country, then a number in the order given.
 */
export function assignSlugs(shows: Named[], everPublished: ReadonlySet<string> = new Set()): string[] {
  const plain = shows.map(plainSlug)
  const taken = new Set<string>(everPublished)
  const slugs: (string | undefined)[] = shows.map(({ published }) => published ?? undefined)
  const give = (index: number, slug: string) => {
    if (taken.has(slug)) return false
    taken.add(slug)
    slugs[index] = slug
    return true
  }
  shows.forEach((show, index) => {
    if (slugs[index] === undefined && show.first) give(index, plain[index] as string)
  })
  const claimedBy = new Map<string, number>()
  for (const slug of plain) claimedBy.set(slug, (claimedBy.get(slug) ?? 0) + 1)
  const countrySlug = (show: Named) => (show.country ? slugOf(show.country) : null)
  shows.forEach((show, index) => {
    if (slugs[index] !== undefined) return
    const slug = plain[index] as string
    const tries = claimedBy.get(slug) === 1 ? [slug] : []
    if (show.year) tries.push(`${slug}-${show.year}`)
    if (show.year && countrySlug(show)) tries.push(`${slug}-${show.year}-${countrySlug(show)}`)
    tries.push(`${slug}-${show.fallback}`)
    if (tries.some((attempt) => give(index, attempt))) return
    for (let n = 2; !give(index, `${slug}-${n}`); n++);
  })
  return slugs as string[]
}
