import type { CatalogueRecord } from '../types'
import { countryByHand, languageByHand } from './by-hand'
import { type Entry, SETS, type SetName } from './entry'
import { type Cluster, castOf } from './merge'
import { scriptOf, titleKey } from './names'
import { buildSeasons, homeNetwork, madeForNetflix, type SeasonsBuilt } from './seasons'
import { LANGUAGE_OF_COUNTRY } from './words'

/** A cluster on its way to a catalogue record; the address and the editorial text come last. */
export interface Draft {
  record: Omit<CatalogueRecord, 'slug'>
  built: SeasonsBuilt
  sets: SetName[]
  startYear: number | undefined
  /** A show of the ledger. */
  claimed: boolean
  slugTitles: string[]
}

const PROVENANCE: Record<SetName, string> = {
  'claim-pages': 'claim-pages',
  'by-hand': 'by-hand',
  'tvmaze-2024': 'tvmaze-2024 (CC BY-SA 4.0)',
  'network-seasons': 'network-seasons (MIT)',
  'bangumi-data': 'bangumi-data (CC BY 4.0)',
  'tvmaze-2025': 'tvmaze-2025 (CC BY-SA 4.0)',
  premises: 'premises (by hand)',
  'netflix-titles': 'netflix-titles (CC0)',
  'netflix-reports': 'netflix-reports (bare facts)',
}

const CAST_MAX = 24
const unique = <T>(values: T[]) => [...new Set(values)]
const firstOf = <T>(entries: Entry[], pick: (entry: Entry) => T | undefined): T | undefined => {
  for (const entry of entries) {
    const value = pick(entry)
    if (value !== undefined) return value
  }
  return undefined
}

/** Documentary and talk may be drawn or filmed; a set that names the kind outright is believed before one that lists genres. */
function kindOf(entries: Entry[]): string {
  const named = entries.flatMap((entry) => (entry.kind ? [entry.kind] : []))
  if (named.includes('anime')) return 'anime'
  return named.find((kind) => kind !== 'scripted') && entries[0]?.set !== 'tvmaze-2024'
    ? (named.find((kind) => kind !== 'scripted') as string)
    : (named[0] ?? 'scripted')
}

/** Native titles that fit the show: in the script of its country, or in Latin where the show is Netflix's and not English. */
export function fittingNative(
  natives: string[],
  country: string | undefined,
  language: string | undefined,
): string | undefined {
  const scripts: Record<string, string[]> = {
    Japan: ['kana', 'han'],
    'South Korea': ['hangul'],
    China: ['han'],
    Taiwan: ['han'],
    'Hong Kong': ['han'],
  }
  const wanted = country ? scripts[country] : undefined
  if (wanted) return natives.find((native) => wanted.includes(scriptOf(native)))
  const english =
    !country ||
    [
      'United States',
      'United Kingdom',
      'Canada',
      'Australia',
      'Ireland',
      'New Zealand',
      'Singapore',
    ].includes(country)
  if (english || language === 'English') return undefined
  const ours = natives.filter((native) => !['kana', 'hangul', 'han'].includes(scriptOf(native)))
  return ours.length === 1 ? ours[0] : undefined
}

/** The titles that differ from those already there by more than case and punctuation, each once. */
function distinctTitles(there: string[], more: string[]): string[] {
  const letters = (title: string) =>
    title
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '') || title
  const seen = new Set(there.filter(Boolean).map(letters))
  return more.filter((title) => {
    if (!title || seen.has(letters(title))) return false
    seen.add(letters(title))
    return true
  })
}

/**
 * How well known a show is likely to be, 0 to 100, from what the sets honestly tell: sets that carry it (12 each),
 * whether the ledger follows it (20), seasons (2 each to 20), a release everywhere (10), cast on record (5).
 * For ordering lists only.
 */
function popularityOf(
  sets: SetName[],
  claimed: boolean,
  seasons: number,
  everywhere: boolean,
  cast: number,
): number {
  const points =
    sets.length * 12 +
    (claimed ? 20 : 0) +
    Math.min(seasons * 2, 20) +
    (everywhere ? 10 : 0) +
    (cast > 0 ? 5 : 0)
  return Math.min(points, 100)
}

/** One record out of a cluster: each fact from the most trusted set that states it. */
export function assemble(cluster: Cluster, natives: Map<string, string[]>, today: string): Draft {
  const entries = [...cluster.entries].sort((a, b) => SETS.indexOf(a.set) - SETS.indexOf(b.set))
  const lead = entries[0] as Entry
  const sets = unique(entries.map((entry) => entry.set))
  const claimed = sets.includes('claim-pages') || sets.includes('by-hand')
  // A set may list a show under its own name abroad; where Netflix pairs that with an English one, English leads.
  const abroad = claimed
    ? undefined
    : entries.find(({ findBy }) => findBy?.some((name) => titleKey(name) === titleKey(lead.title)))
  const title = abroad?.title ?? lead.title
  const kind = kindOf(entries)
  const country =
    lead.countries[0] ??
    (claimed ? countryByHand(title) : undefined) ??
    firstOf(entries, (entry) => entry.countries[0])
  const language =
    firstOf(entries, (entry) => entry.language) ??
    (claimed ? languageByHand(title) : undefined) ??
    LANGUAGE_OF_COUNTRY[country ?? '']
  const onNetflix =
    sets.includes('netflix-reports') || sets.includes('netflix-titles') || lead.network === 'Netflix'
  const native = onNetflix ? fittingNative(natives.get(titleKey(title)) ?? [], country, language) : undefined
  const original = firstOf(entries, (entry) => entry.original) ?? (title === lead.title ? native : lead.title)
  const aliases = distinctTitles(
    [title, original ?? ''],
    entries.flatMap((entry) => [entry.title, entry.original ?? '', ...entry.aliases]).concat(native ?? ''),
  )
  const built = buildSeasons(entries, today)
  const network = homeNetwork(entries) ?? (madeForNetflix(entries) ? 'Netflix' : undefined)
  // Four names without characters say least: the set that has only those comes last.
  const bySubstance = [...entries].sort(
    (a, b) => Number(a.set === 'tvmaze-2025') - Number(b.set === 'tvmaze-2025'),
  )
  const cast = castOf(bySubstance).slice(0, CAST_MAX)
  const genres = unique(entries.flatMap((entry) => entry.genres))
  // "Science fiction & fantasy" of one set is either of the two in another.
  const finer = genres.includes('Science fiction') || genres.includes('Fantasy')
  const shown = finer ? genres.filter((genre) => genre !== 'Science fiction & fantasy') : genres
  const listed =
    firstOf(
      entries.filter((entry) => entry.set !== 'tvmaze-2024'),
      (entry) => entry.listed,
    ) ?? firstOf(entries, (entry) => entry.listed)
  const startYear =
    firstOf(
      entries.filter((entry) => entry.set !== 'netflix-reports'),
      (entry) => entry.startYear,
    ) ?? firstOf(entries, (entry) => entry.seenYear)
  const record: Draft['record'] = {
    ids: Object.assign({}, ...[...entries].reverse().map((entry) => entry.ids)),
    title,
    ...(original && original !== title ? { original_title: original } : {}),
    ...(aliases.length > 0 ? { aliases } : {}),
    kind,
    ...(country ? { country } : {}),
    ...(language ? { language } : {}),
    ...(network ? { network } : {}),
    ...(shown.length > 0 ? { genres: shown } : {}),
    tags: unique(
      [...entries.filter(({ set }) => set === 'premises'), ...entries].flatMap((entry) => entry.tags),
    ),
    creators: unique(entries.flatMap((entry) => entry.creators)),
    ...(lead.sourceMaterial ? { source_material: lead.sourceMaterial } : {}),
    ...(cast.length > 0 ? { cast } : {}),
    popularity: popularityOf(
      sets.filter((set) => set !== 'premises'),
      claimed,
      built.seasons.length,
      built.netflixDays > 0,
      cast.length,
    ),
    ...(built.seasons.length > 0 ? { seasons: built.seasons } : {}),
    ...(listed ? { listed } : {}),
    provenance: unique([
      ...sets.map((set) => PROVENANCE[set]),
      ...(entries.some(({ namedByHand }) => namedByHand) ? [PROVENANCE['by-hand']] : []),
    ]),
  }
  const slugTitles = [title, ...aliases.filter((alias) => scriptOf(alias) === 'latin')]
  return { record, built, sets, startYear, claimed, slugTitles }
}

/**
 * Whether a show is well enough known to enter: followed by the ledger, an anime, carried by two sets that agree, or
 * one full TVmaze record with its cast. The reason it stays out, or null.
 */
export function whyLeftOut(draft: Draft): string | null {
  const { record, sets } = draft
  if (draft.claimed) return null
  if (record.kind === 'anime' && !sets.includes('bangumi-data'))
    return 'a Japanese animation under a name bangumi-data does not know: it would stand beside itself'
  if (sets.includes('bangumi-data')) return null
  if (!record.seasons?.some((season) => season.premiere)) return 'no season with a date that can be believed'
  if ((record.genres?.length ?? 0) === 0 && record.kind === 'scripted') return 'no genre is known'
  if (!record.country && !record.network && !record.cast)
    return 'neither country nor network nor cast is known'
  if (sets.length >= 2) return null
  // We wrote down its first home and its genres: as good as a second set.
  if (sets[0] === 'premises' && record.network) return null
  if (sets[0] === 'tvmaze-2024') return (record.cast?.length ?? 0) >= 3 ? null : 'one set only, and no cast'
  return 'one set only'
}
