/** Turns a collected statement into a claim record: our words, what was known that day, nothing of the page's text. */
import { z } from 'zod'
import { CLAIM_KINDS, SOURCE_CLASSES, type SourceClass } from '@/db/schema/words'
import { addDays, type Day, isDay } from '@/lib/shared/day'
import { parseEdtf } from '@/lib/shared/edtf'
import { FIXES, type Fix } from './fixes'
import { FIXES_2026 } from './fixes-2026'
import { repeatedIn, sourceOf } from './sources'

/** A line of `claims/claims-*.ndjson`, as far as it is used. Of `note` only whom a page repeats; `quote` is not read. */
export const collectedClaim = z.object({
  show: z.string().min(1),
  original_title: z.string().nullish(),
  catalogue_id: z.string().nullish(),
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
  seen_on: z.string().nullish(),
  source_class: z.enum(SOURCE_CLASSES),
  note: z.string().nullish(),
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
  published_on: Day | null
  source_class: SourceClass
  seen_on: Day
}

/** The day the pages were read, where a statement does not say when it was first seen. */
const SEEN_ON = '2026-11-22'

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
export function cleanValue(value: string): string {
  const clean = value
    .replace(/\s*\((?:missed|falsified|did not happen|false|held|wrong|rumour)\)/gi, '')
    // What a part is not, is the collector's remark.
    .replace(/\s*\((?:(?:a|an) (?:part|cours|arc), )?not (?:a|an|the)?\s*[^()]*season[^()]*\)/gi, '')
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

/** Networks, services and rights holders: whoever credits one repeats an announcement. */
export const BODY =
  /^(ABC|AMC|Adult Swim|Amazon|Apple|BBC|CBS|Channel 5|Crave|Crunchyroll|Disney\+|FX|Fox|HBO|Hulu|ITV|Jump Festa|Marvel|NBC|Netflix|Paramount\+?|Peacock|Prime Video|Riot Games|SBS|Starz|The CW|tvN)(?![\w+])/
const DATE_KINDS = new Set<string>(['release_date', 'release_window', 'delayed'])
const CAST_KINDS = new Set<string>(['cast_new', 'cast_confirmed', 'cast_out'])

/** The network or service behind a reported date: a report of an announcement, and no guess of the outlet's. */
const announcer = ({ kind, who }: Pick<Collected, 'kind' | 'who'>): string | null =>
  DATE_KINDS.has(kind) ? (BODY.exec(who ?? '')?.[1] ?? null) : null

/** "Final season" is said on a day; a later one is that of the season itself. */
const isLater = (kind: string, date: string, publishedOn: Day | null): boolean => {
  const parsed = parseEdtf(date)
  return (
    kind === 'final_season' &&
    publishedOn !== null &&
    parsed.ok &&
    parsed.window.earliest > addDays(publishedOn, 1)
  )
}

/** One collected statement as claim records (several where it speaks of several seasons), or none with the reason. */
export function cleanClaim(
  collected: Collected,
  fix: Fix | undefined,
): { claims: StarterClaim[]; reason: string | null } {
  if (fix?.drop) return { claims: [], reason: fix.drop }
  const source = sourceOf(collected)
  if ('reason' in source) return { claims: [], reason: source.reason }
  const merged = { ...collected, ...fix?.set }
  const value = cleanValue(merged.value)
  const publishedOn = collected.published_on && isDay(collected.published_on) ? collected.published_on : null
  const said = merged.date ? asSaid(merged.date, value) : null
  if (said) {
    const parsed = parseEdtf(said)
    if (!parsed.ok) throw new Error(`${keyOf(collected)}: ${parsed.reason}`)
  }
  const isPerson = CAST_KINDS.has(merged.kind) || source.sourceClass === 'interview'
  const claim: StarterClaim = {
    show: collected.show,
    season: merged.season,
    kind: merged.kind,
    value,
    date: said && !isLater(merged.kind, said, publishedOn) ? said : null,
    who: isPerson ? (merged.who ?? null) : null,
    status: CAST_KINDS.has(merged.kind) ? (collected.status ?? null) : null,
    modality: merged.modality === 'planned' ? 'planned' : 'done',
    citing:
      fix?.set?.citing ??
      source.citing ??
      repeatedIn(collected.note) ??
      creditedIn(value) ??
      (source.sourceClass === 'official' ? null : announcer(collected)),
    publisher: source.publisher,
    url: source.url,
    published_on: publishedOn,
    source_class: source.sourceClass,
    seen_on: collected.seen_on && isDay(collected.seen_on) ? collected.seen_on : SEEN_ON,
  }
  if (claim.citing === claim.publisher) claim.citing = null
  const seasons = [claim.season, ...(fix?.also ?? [])]
  return { claims: seasons.map((season) => ({ ...claim, season })), reason: fix?.why ?? null }
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

/** The fixes, and which of them a statement meets; `idle` tells those that met none. */
export function fixBook(): { fixOf: (claim: Collected) => Fix | undefined; idle: () => string[] } {
  const all = [...FIXES, ...FIXES_2026]
  const byKey = new Map<string, Fix[]>()
  for (const fix of all) {
    const there = byKey.get(fix.key) ?? []
    if (there.some(({ said }) => said === fix.said)) throw new Error(`two fixes for ${fix.key}`)
    byKey.set(fix.key, [...there, fix])
  }
  const used = new Set<Fix>()
  return {
    fixOf: (claim) => {
      const fix = byKey
        .get(keyOf(claim))
        ?.find(({ said }) => said === undefined || claim.value.startsWith(said))
      if (fix) used.add(fix)
      return fix
    },
    idle: () => all.filter((fix) => !used.has(fix)).map(({ key, said }) => (said ? `${key} (${said})` : key)),
  }
}
