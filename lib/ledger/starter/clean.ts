/** Turns a collected statement into a claim record: our words, what was known that day, nothing of the page's text. */
import { z } from 'zod'
import { CLAIM_KINDS, SOURCE_CLASSES } from '@/db/schema/words'
import { isDay } from '@/lib/shared/day'
import { parseEdtf } from '@/lib/shared/edtf'
import { FIXES, type Fix } from './fixes'

/** A line of `claims/claims-*.ndjson`, as far as it is used. `quote` and `note` are not. */
export const collectedClaim = z.object({
  show: z.string().min(1),
  season: z.number().int().min(1),
  kind: z.enum(CLAIM_KINDS),
  value: z.string().min(1),
  date: z.string().nullish(),
  who: z.string().nullish(),
  status: z.enum(['confirmed', 'returning', 'new', 'out']).nullish(),
  modality: z.string().nullish(),
  publisher: z.string().min(1),
  url: z.string().url(),
  published_on: z.string().nullish(),
  source_class: z.enum(SOURCE_CLASSES),
})
export type Collected = z.infer<typeof collectedClaim>

export interface StarterClaim {
  show: string
  season: number
  kind: string
  value: string
  date: string | null
  who: string | null
  status: string | null
  modality: 'done' | 'planned'
  citing: string | null
  publisher: string
  url: string
  published_on: string | null
  source_class: string
  seen_on: string
}

/** The day the pages were read. */
const SEEN_ON = '2026-11-22'

/** Titles more than one show bears: the address says which. */
const SHOWS: Record<string, string> = {
  Kingdom: 'greenlit:kingdom',
  'Mob Psycho 100': 'greenlit:mob-psycho-100',
  'Avatar: The Last Airbender': 'greenlit:avatar-the-last-airbender',
  'One Piece': 'greenlit:one-piece',
}

const PUBLISHERS: Record<string, { publisher: string; citing?: string }> = {
  '9to5Mac (rewritten at videoddd.com)': { publisher: 'videoddd.com', citing: '9to5Mac' },
  'Amazon press release (via The Futon Critic)': { publisher: 'Amazon' },
  'Apple press release (via The Futon Critic)': { publisher: 'Apple' },
  'FX press release (via The Futon Critic)': { publisher: 'FX' },
  'AMC video on Dailymotion': { publisher: 'AMC' },
  'Netflix (via MarketScreener)': { publisher: 'Netflix' },
  "Canadian Reviews (What's On)": { publisher: 'Canadian Reviews' },
  'Mr. Will Wong (Disney+ release)': { publisher: 'Mr. Will Wong', citing: 'Disney+' },
  'Filmibeat (press release)': { publisher: 'Filmibeat' },
  'ClearWire News (AI summary of The Futon Critic)': {
    publisher: 'ClearWire News',
    citing: 'The Futon Critic',
  },
}

/** "Republic World (citing Newsen/Soompi)" → the outlet, and the one it credits. */
export function publisherOf(text: string): { publisher: string; citing: string | null } {
  const known = PUBLISHERS[text]
  if (known) return { citing: null, ...known }
  const credited = /^(.*?) \((?:citing|quoting|from) (.+)\)$/.exec(text)
  if (credited)
    return { publisher: credited[1] as string, citing: (credited[2] as string).split('/')[0] as string }
  const aside = /^(.*?) \((?:via .+|copy at .+|mirror|blog|fan post|Cosmo|docomo)\)$/.exec(text)
  return { publisher: aside ? (aside[1] as string) : text.replace(/ mirror$/, ''), citing: null }
}

const SEASON_CODES: [RegExp, string, string, number][] = [
  [/\bspring\b/i, '-03', '-05', 21],
  [/\bsummer\b/i, '-06', '-08', 22],
  [/\b(autumn|fall)\b/i, '-09', '-11', 23],
  [/\bfirst half\b/i, '-01', '-06', 40],
  [/\bsecond half\b/i, '-07', '-12', 41],
  [/\b(fourth|last) quarter\b/i, '-10', '-12', 36],
]

/** Where the words say a season, half or quarter and the date says its months, the date says what the words say. */
export function asSaid(date: string, value: string): string {
  const months = /^(\d{4})(-\d\d)\/\1(-\d\d)$/.exec(date)
  if (!months) return date
  const code = SEASON_CODES.find(
    ([words, from, to]) => words.test(value) && months[2] === from && months[3] === to,
  )
  return code ? `${months[1]}-${code[3]}` : date
}

/** Ends with a full stop and says nothing the page could not know. */
function cleanValue(value: string): string {
  const clean = value
    .replace(/\s*\((?:missed|falsified|did not happen|false|held|wrong|rumour)\)/gi, '')
    .replace(/\s*\((20\d\d)\)/g, ' $1')
    .replace(/\s+/g, ' ')
    .trim()
  return /[.!?…]['")]?$/.test(clean) ? clean : `${clean}.`
}

export const keyOf = (claim: Collected): string =>
  [claim.show, claim.season, claim.kind, claim.publisher, claim.date ?? '-'].join('|')

const ORIGINS_SAID =
  /\b(?:citing|per|according to) ((?:9to5Mac|Variety|Deadline|What's on Netflix|Chosun Biz|OSEN|Newsweek)\b)/
const ATTRIBUTED =
  /^(?:(OSEN|Chosun Biz|Yonhap|Star News)(?: report(?:ed)?)?:?|Window attributed to (Newsweek)|What's on Netflix cited)/

/** The outlet the words themselves credit. */
function creditedIn(value: string): string | null {
  const attributed = ATTRIBUTED.exec(value)
  if (attributed) return attributed[1] ?? attributed[2] ?? "What's on Netflix"
  return ORIGINS_SAID.exec(value)?.[1] ?? null
}

/** One collected statement as a claim record, or null with the reason where it is left out. */
export function cleanClaim(
  collected: Collected,
  fix: Fix | undefined,
): { claim: StarterClaim | null; reason: string | null } {
  if (fix?.drop) return { claim: null, reason: fix.drop }
  const { publisher, citing } = publisherOf(collected.publisher)
  const merged = { ...collected, ...fix?.set }
  const value = cleanValue(merged.value)
  const date = merged.date ? asSaid(merged.date, value) : null
  if (date) {
    const parsed = parseEdtf(date)
    if (!parsed.ok) throw new Error(`${keyOf(collected)}: ${parsed.reason}`)
  }
  return {
    claim: {
      show: SHOWS[collected.show] ?? collected.show,
      season: merged.season,
      kind: merged.kind,
      value,
      date,
      who: collected.who ?? null,
      status: collected.status ?? null,
      modality: merged.modality === 'planned' ? 'planned' : 'done',
      citing: fix?.set?.citing ?? citing ?? creditedIn(value),
      publisher,
      url: collected.url,
      published_on: collected.published_on && isDay(collected.published_on) ? collected.published_on : null,
      source_class: collected.source_class,
      seen_on: SEEN_ON,
    },
    reason: fix?.why ?? null,
  }
}

/** One statement that says two things is two claims: an order or a wrap of "the last season" also says it is the last. */
export function impliedFinal(claims: StarterClaim[]): StarterClaim[] {
  const credible = new Set(['official', 'interview', 'trade', 'press'])
  const told = new Set(
    claims
      .filter((c) => c.kind === 'final_season' && credible.has(c.source_class))
      .map((c) => `${c.show}|${c.season}`),
  )
  const implied: StarterClaim[] = []
  for (const claim of claims) {
    const season = `${claim.show}|${claim.season}`
    if (told.has(season) || !credible.has(claim.source_class)) continue
    if (!['renewed', 'filming_wrapped', 'filming_started'].includes(claim.kind)) continue
    if (!/\b(last|final) season\b/i.test(claim.value) || /whether/.test(claim.value)) continue
    told.add(season)
    implied.push({
      ...claim,
      kind: 'final_season',
      value: `Season ${claim.season} is called the last.`,
      date: null,
      modality: 'done',
    })
  }
  return implied
}

export const fixesByKey = (): Map<string, Fix> => {
  const fixes = new Map(FIXES.map((fix) => [fix.key, fix]))
  if (fixes.size !== FIXES.length) throw new Error('two fixes for one statement')
  return fixes
}
