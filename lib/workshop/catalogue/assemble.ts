import { familyOf, shownSeason } from '@/lib/catalogue/facts'
import { romanise } from '@/lib/catalogue/slugs'
import { compact, inOrder, withFacts } from '@/lib/catalogue/stated'
import type { CatalogueRecord, Fact } from '@/lib/catalogue/types'
import type { Day } from '@/lib/shared/day'
import { ONE_SEASON_DAYS } from '@/lib/status/ends'
import { commonName, countryByHand, languageByHand } from './by-hand'
import { mayHaveRunOn } from './enters'
import { type Entry, isPremiseSet, SETS, type SetName } from './entry'
import { alsoKnownAs } from './known-as'
import { type Cluster, castOf } from './merge'
import { personKey, scriptOf, titleKey, withoutMarks } from './names'
import { buildSeasons, homeNetwork, madeForNetflix, type SeasonsBuilt } from './seasons'
import { GENRE_OF_KIND, LANGUAGE_OF_COUNTRY } from './words'

/** A cluster on its way to a catalogue record; the address and the editorial text come last. */
export interface Draft {
  record: Omit<CatalogueRecord, 'slug'>
  built: SeasonsBuilt
  sets: SetName[]
  startYear: number | undefined
  /** A show of the ledger. */
  claimed: boolean
  /** Nobody counts its seasons, and it may have had more than one: which is next cannot be said. */
  nextUnknown: boolean
  /** Another show of that name began in the same year or next to it. */
  besideNamesake: boolean
  slugTitles: string[]
  /** What its page adds to a title that others have too: `animated-series`. */
  hint: string | undefined
}

/** What `provenance` prints of a set; its name is the provider of the facts it gives. */
const PROVENANCE: Record<SetName, string> = {
  'claim-pages': 'claim-pages',
  'by-hand': 'by-hand',
  'famous-by-hand': 'famous-by-hand (MIT)',
  'tvmaze-2024': 'tvmaze-2024 (CC BY-SA 4.0)',
  'tvmaze-2025-10': 'tvmaze-2025-10 (CC BY-SA 4.0)',
  'tvmaze-schedule': 'tvmaze-schedule (CC BY-SA 4.0)',
  'network-seasons': 'network-seasons (MIT)',
  'bangumi-data': 'bangumi-data (CC BY 4.0)',
  'anime-seasons': 'anime-seasons (MIT; facts of MyAnimeList)',
  'anime-genres': 'anime-genres (CC0; facts of MyAnimeList)',
  'bangumi-subjects': 'bangumi-subjects (MIT; facts of bgm.tv)',
  'tvmaze-2025': 'tvmaze-2025 (CC BY-SA 4.0)',
  premises: 'premises (by hand)',
  tagged: 'tagged (by hand)',
  'turkish-wikipedia': 'turkish-wikipedia (CC BY-SA 4.0)',
  'korean-wikipedia': 'korean-wikipedia (CC BY-SA 4.0)',
  'netflix-originals-wikipedia': 'netflix-originals-wikipedia (CC BY-SA 4.0)',
  'streaming-titles': 'streaming-titles (CC0)',
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

/** Sets that name what kind of programme a show is; the others list genres from which it follows. */
const NAMES_KIND: SetName[] = [
  'claim-pages',
  'famous-by-hand',
  'tvmaze-2024',
  'tvmaze-schedule',
  'bangumi-data',
  'turkish-wikipedia',
]

/** The kind: that of a set that names it, else the one that says more than "scripted". An anime is one whoever says so. */
function kindOf(entries: Entry[]): string {
  const kinds = (some: Entry[]) => some.flatMap((entry) => (entry.kind ? [entry.kind] : []))
  const all = kinds(entries)
  if (all.includes('anime')) return 'anime'
  const named = kinds(entries.filter(({ set }) => NAMES_KIND.includes(set)))
  return named[0] ?? all.find((kind) => kind !== 'scripted') ?? 'scripted'
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

/** Names and words that only a hand-written set gives; they ship where another set has them too. */
function confirmed(entries: Entry[]): Entry[] {
  return entries.map((entry) => {
    if (!entry.confirmedOnly) return entry
    const others = entries.filter((other) => other !== entry && !other.confirmedOnly)
    const people = new Set(others.flatMap((other) => other.cast.map(({ person }) => personKey(person))))
    const genres = new Set(others.flatMap((other) => other.genres))
    return {
      ...entry,
      cast: entry.cast.filter(({ person }) => people.has(personKey(person))),
      genres: entry.genres.filter((genre) => genres.has(genre)),
    }
  })
}

/** Sets by how well they know what an anime is called abroad. */
const ANIME_NAMES: SetName[] = ['claim-pages', 'by-hand', 'bangumi-data', 'anime-seasons']

/**
 * What an anime is called: as the ledger's pages and bangumi-data do where they have a name in Latin letters, else in
 * English as MyAnimeList has it, else romanised; its Japanese name where nobody spells it otherwise.
 */
function animeTitle(entries: Entry[]): string {
  const titled = ANIME_NAMES.flatMap(
    (set) => entries.find((entry) => entry.set === set && isSeasonOne(entry)) ?? [],
  )
  const others = entries.filter(({ set }) => !ANIME_NAMES.includes(set) || set === 'anime-seasons')
  const names = [...titled, ...others.filter(isSeasonOne), ...others].map(({ title }) => title)
  const latin = names.find((name) => scriptOf(name) === 'latin')
  return latin ? saidOnce(latin) : (spelt(names[0] as string) ?? (names[0] as string))
}

/** A name of kana alone in Latin letters; Han is read in more ways than one. */
function spelt(name: string): string | null {
  const roman = /\p{Script=Han}/u.test(name) ? null : romanise(name)
  return roman?.trim().replace(/(^|\s)\p{L}/gu, (letter) => letter.toUpperCase()) ?? null
}

/** A list prints a subtitle twice: "Moribito: Guardian of the Spirit: Guardian of the Spirit". */
const saidOnce = (title: string) => title.replace(/(: [^:]+)\1$/, '$1')

/** The name of an entry where it is in Japanese writing. */
const japaneseOf = ({ title }: Entry) => (['kana', 'han'].includes(scriptOf(title)) ? title : undefined)

/** False for the row of a sequel, whose name is not the show's. */
const isSeasonOne = ({ set, seasons }: Entry) => set !== 'anime-seasons' || (seasons[0]?.number ?? 1) === 1

const LATEST_FINALE_DAYS = 300

/** The last day of a show is its last season's finale where it came soon enough after that season began. */
function ownFinale(facts: Fact[], ended: { set: SetName; edtf: string } | undefined, today: Day): Fact[] {
  if (!ended || ended.edtf.length < 10) return []
  const last = Math.max(0, ...facts.map(({ season }) => season))
  const isWhole = facts.some(({ field, value }) => field === 'seasons' && Number(value) <= last)
  const of = facts.filter(({ season }) => season === last)
  const { premiere, finale } = shownSeason(of)
  if (finale.value || premiere.value?.length !== 10) return []
  const days = (Date.parse(ended.edtf) - Date.parse(premiere.value)) / 86_400_000
  if (days < 0 || days > (isWhole ? LATEST_FINALE_DAYS : ONE_SEASON_DAYS)) return []
  return [
    {
      season: last,
      field: 'finale',
      provider: familyOf(ended.set),
      value: ended.edtf,
      as_of: null,
      seen_on: today,
      withdrawn_on: null,
    },
  ]
}

/** Sets that count all seasons a show had, not those a shop has. */
const TOTALS: SetName[] = ['tvmaze-2024', 'turkish-wikipedia']

/** What the sets say of the show itself, a provider's label in its newest form. */
function showFacts(
  entries: Entry[],
  network: string | undefined,
  country: string | undefined,
  today: Day,
): Fact[] {
  const fact = (
    field: Fact['field'],
    provider: string,
    value: string,
    as_of: string | null = null,
  ): Fact => ({
    season: 0,
    field,
    provider,
    value,
    as_of,
    seen_on: today,
    withdrawn_on: null,
  })
  const labels = new Map<string, { label: string; as_of: string }>()
  for (const { listed } of entries)
    if (listed && (labels.get(listed.source)?.as_of ?? '') < listed.as_of) labels.set(listed.source, listed)
  const ended = new Map<string, string>()
  for (const { set, ended: day } of [...entries].sort((a, b) => (a.set < b.set ? -1 : 1))) {
    // The newest copy of a provider comes last; where it gives no more than the year, an older copy's day in it stays.
    const before = ended.get(familyOf(set))
    if (day && !before?.startsWith(day)) ended.set(familyOf(set), day)
  }
  const totals = [
    ...new Map(
      entries.flatMap(({ set, seasonCount }) =>
        seasonCount && TOTALS.includes(set) ? [[familyOf(set), seasonCount] as const] : [],
      ),
    ),
  ]
  const lead = entries[0] as Entry
  return [
    ...(network
      ? [
          fact(
            'network',
            familyOf(entries.find((entry) => entry.network === network)?.set ?? lead.set),
            network,
          ),
        ]
      : []),
    ...(country
      ? [
          fact(
            'country',
            familyOf(entries.find((entry) => entry.countries.includes(country))?.set ?? lead.set),
            country,
          ),
        ]
      : []),
    ...[...labels].map(([source, { label, as_of }]) => fact('label', source, label, as_of)),
    ...[...ended].map(([set, day]) => fact('ended', set, day)),
    ...totals.map(([set, total]) => fact('seasons', set, String(total))),
  ]
}

/** Every id the entries give, those of the more trusted sets first. */
function idsOf(entries: Entry[]): Record<string, string[]> {
  const ids: Record<string, string[]> = {}
  for (const entry of entries)
    for (const [namespace, list] of Object.entries(entry.ids))
      ids[namespace] = unique([...(ids[namespace] ?? []), ...list])
  return ids
}

/** One record out of a cluster: words from the most trusted set that has them, facts from every set. */
export function assemble(cluster: Cluster, natives: Map<string, string[]>, today: Day): Draft {
  const sorted = [...cluster.entries].sort((a, b) => SETS.indexOf(a.set) - SETS.indexOf(b.set))
  const entries = confirmed(sorted)
  const lead = entries[0] as Entry
  const sets = unique(entries.map((entry) => entry.set))
  const claimed = sets.includes('claim-pages') || sets.includes('by-hand')
  // A set may list a show under its own name abroad; where Netflix pairs that with an English one, English leads.
  const abroad = claimed
    ? undefined
    : entries.find(
        ({ set, findBy }) =>
          set !== 'bangumi-data' && findBy?.some((name) => titleKey(name) === titleKey(lead.title)),
      )
  const kind = kindOf(entries)
  const title = withoutMarks(
    kind === 'anime' ? animeTitle(entries) : (abroad?.title ?? commonName(lead.title)),
  )
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
  // A name that Netflix has in Latin letters may be another show's; one in the country's own script is this show's.
  const others = entries
    .filter(({ set }) => set.startsWith('netflix-'))
    .flatMap((entry) => natives.get(titleKey(entry.title)) ?? [])
    .filter((name) => scriptOf(name) !== 'latin')
  const native = onNetflix
    ? fittingNative([...(natives.get(titleKey(title)) ?? []), ...unique(others)], country, language)
    : undefined
  // How a show made elsewhere is called in Japan is a name, not its own.
  const given =
    firstOf(entries, ({ original, set, addsOnly }) =>
      set === 'bangumi-data' && addsOnly && original && scriptOf(original) !== 'han' ? undefined : original,
    ) ??
    (kind === 'anime'
      ? firstOf(entries, (entry) => japaneseOf(entry))
      : abroad && title !== lead.title
        ? lead.title
        : native)
  const original = given && withoutMarks(given)
  const besides = alsoKnownAs(title, language)
  const aliases = distinctTitles(
    [title, original ?? ''],
    entries
      .filter(({ set }) => set !== 'korean-wikipedia' && set !== 'streaming-titles')
      .flatMap((entry) => [entry.title, entry.original ?? '', ...entry.aliases])
      .concat(native ?? '', besides),
  )
  const built = buildSeasons(entries, today)
  const network = homeNetwork(entries) ?? (madeForNetflix(entries) ? 'Netflix' : undefined)
  // Names without characters say least: the sets that have only those come last.
  const bySubstance = [...entries].sort((a, b) => Number(onlyNames(a)) - Number(onlyNames(b)))
  const cast = castOf(bySubstance).slice(0, CAST_MAX)
  const genres = unique(entries.flatMap((entry) => entry.genres))
  // "Science fiction & fantasy" of one set is either of the two in another.
  if (genres.length === 0 && GENRE_OF_KIND[kind]) genres.push(GENRE_OF_KIND[kind])
  const finer = genres.includes('Science fiction') || genres.includes('Fantasy')
  const shown = finer ? genres.filter((genre) => genre !== 'Science fiction & fantasy') : genres
  const startYear =
    firstOf(
      entries.filter((entry) => entry.set !== 'netflix-reports'),
      (entry) => entry.startYear,
    ) ?? firstOf(entries, (entry) => entry.seenYear)
  const ended = firstOf(entries, (entry) => (entry.ended ? { set: entry.set, edtf: entry.ended } : undefined))
  const ofShow = showFacts(entries, network, country, today)
  const facts = inOrder([...ofShow, ...built.facts, ...ownFinale([...ofShow, ...built.facts], ended, today)])
  const sourceMaterial = firstOf(entries, (entry) => entry.sourceMaterial)
  const provenance = unique([
    ...sets.map((set) => PROVENANCE[set]),
    ...(besides.length > 0 || entries.some(({ namedByHand }) => namedByHand) ? [PROVENANCE['by-hand']] : []),
  ])
  const { facts: _, ...words }: CatalogueRecord = {
    ids: idsOf(entries),
    title,
    ...(original && original !== title ? { original_title: original } : {}),
    ...(aliases.length > 0 ? { aliases } : {}),
    kind,
    ...(language ? { language } : {}),
    ...(shown.length > 0 ? { genres: shown } : {}),
    tags: unique(
      [...entries.filter(({ set }) => isPremiseSet(set)), ...entries].flatMap((entry) => entry.tags),
    ),
    creators: unique(entries.flatMap((entry) => entry.creators)),
    ...(sourceMaterial ? { source_material: sourceMaterial } : {}),
    ...(cast.length > 0 ? { cast } : {}),
    seasons: [...built.names].map(([number, name]) => ({ number, name })),
    provenance,
  }
  const record = compact(withFacts(words, facts))
  const slugTitles = [title, ...aliases.filter((alias) => scriptOf(alias) === 'latin')]
  const counted = entries.some((entry) => entry.seasonCount !== undefined || COUNTS.includes(entry.set))
  const label = facts.find(({ field }) => field === 'label')
  const [first, ...later] = record.seasons ?? []
  const nextUnknown = !counted && later.length === 0 && mayHaveRunOn(label, first?.premiere)
  const hint = firstOf(entries, (entry) => entry.hint)
  const besideNamesake = cluster.besideNamesake ?? false
  return { record, built, sets, startYear, claimed, nextUnknown, besideNamesake, slugTitles, hint }
}

/** Sets that list the seasons of a show, so that one season there is one season. */
const COUNTS: SetName[] = [
  'claim-pages',
  'by-hand',
  'famous-by-hand',
  'network-seasons',
  'bangumi-data',
  'anime-seasons',
]
const NAMES_ONLY: SetName[] = ['tvmaze-2025', 'famous-by-hand', 'streaming-titles', 'turkish-wikipedia']
const onlyNames = ({ set }: Entry) => NAMES_ONLY.includes(set)
