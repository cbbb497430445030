import { z } from 'zod'
import { dayOf } from '@/lib/shared/day'
import { nameAbroad } from '../anime-names'
import { MADE_ELSEWHERE } from '../by-hand'
import { type Dropped, type Entry, emptyEntry, type Parsed, type SeasonEntry } from '../entry'
import { scriptOf } from '../names'
import { baseTitle, courMark, numberInTitle, seasonInTitle, substantiveName } from './anime-titles'

export const instalmentRow = z.object({
  show: z.string().regex(/^tmdb:\d+$/),
  title: z.string().min(1),
  season: z.coerce.number().int().min(1),
  premiere: z.string(),
  finale: z.string(),
})
export const bangumiItem = z.object({
  title: z.string(),
  titleTranslate: z.record(z.string(), z.array(z.string())),
  type: z.string(),
  lang: z.string(),
  begin: z.string(),
  end: z.string(),
  sites: z.array(z.object({ site: z.string(), id: z.string().optional(), begin: z.string().optional() })),
})
type Item = z.infer<typeof bangumiItem>

interface Instalment {
  item: Item
  /** The season number the TMDB address states, else null: without one it is only the site's default of 1. */
  stated: number | null
  premiere: string
  finale: string | null
}

/** The day an instant falls on in Japan: 15:00 UTC is already the next day there. */
export function dayInJapan(instant: string): string | null {
  const time = new Date(instant)
  return instant && !Number.isNaN(time.getTime()) ? dayOf(time, 'Asia/Tokyo') : null
}

const RECUT =
  /HDリマスター|リマスター|特別編集版|総集編|再編集|傑作選|ディレクターズカット|ベストセレクション|Director'?s Cut/i
const YEAR_MS = 365.25 * 86_400_000
const yearsBetween = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / YEAR_MS

/** True where a title's number may be a part of the name: nothing says that it counts seasons. */
const mayBeName = ({ stated, item }: Instalment) => stated === null && seasonInTitle(item.title) === null

/**
 * Sorts the instalments that one TMDB address gathers into seasons. A number in the address or in the title decides,
 * but for the first, whose title may bear one (Macross 7): it counts as the first, and what follows from there;
 * a second cour extends its season; an unnumbered sequel with the same name is the next season; what shares neither
 * name nor decade is another show that only shares an address, and comes back in `strangers`.
 */
export function seasonsOf(instalments: Instalment[]): {
  seasons: Map<number, Instalment[]>
  strangers: Instalment[]
  recuts: Instalment[]
} {
  const seasons = new Map<number, Instalment[]>()
  const strangers: Instalment[] = []
  const recuts: Instalment[] = []
  const first = instalments[0]
  const own = first && mayBeName(first) ? (numberInTitle(first.item.title) ?? 1) : 1
  for (const instalment of instalments) {
    const { title } = instalment.item
    if (instalment !== first && RECUT.test(title)) {
      recuts.push(instalment)
      continue
    }
    const number = numberInTitle(title)
    const told = number === null || number < own ? number : number - own + 1
    const wanted = instalment.stated ?? told ?? 1
    const there = seasons.get(wanted)
    if (!there) {
      seasons.set(wanted, [instalment])
      continue
    }
    const before = there.at(-1) as Instalment
    const near = yearsBetween(before.finale ?? before.premiere, instalment.premiere) < 2
    if (courMark(title) || (instalment.stated !== null && before.stated !== null && near))
      there.push(instalment)
    else if (sameName(before.item.title, title) && yearsBetween(before.premiere, instalment.premiere) < 8) {
      const next = told && !seasons.has(told) ? told : Math.max(...seasons.keys()) + 1
      seasons.set(next, [instalment])
    } else strangers.push(instalment)
  }
  // A numbered sequel goes with the stranger whose name it carries.
  for (const [number, list] of seasons) {
    const isOf = (other: Instalment | undefined) =>
      list.every(({ item }) => other !== undefined && sameName(other.item.title, item.title))
    if (isOf(first) || !strangers.some(isOf)) continue
    seasons.delete(number)
    strangers.push(...list)
  }
  return { seasons, strangers, recuts }
}

function sameName(a: string, b: string): boolean {
  const [x, y] = [baseTitle(a), baseTitle(b)]
  let shared = 0
  while (shared < Math.min(x.length, y.length) && x[shared] === y[shared]) shared++
  return shared >= 3 || shared === Math.min(x.length, y.length)
}

const isLatinName = (name: string) =>
  scriptOf(name) === 'latin' && /\p{L}{3}/u.test(name) && /\p{Ll}/u.test(name)

const LANGUAGE: Record<string, { language: string; country?: string }> = {
  ja: { language: 'Japanese', country: 'Japan' },
  'zh-Hans': { language: 'Chinese', country: 'China' },
  'zh-Hant': { language: 'Chinese' },
  en: { language: 'English' },
}
const NAMESPACES: Record<string, string> = {
  bangumi: 'bangumi',
  mal: 'mal',
  aniList: 'anilist',
  anidb: 'anidb',
}

/** Of each instalment the first id a site gives it, in the order of broadcast. */
function idsOf(instalments: Instalment[]): Record<string, string[]> {
  const ids: Record<string, string[]> = {}
  for (const { item } of instalments)
    for (const [namespace, id] of Object.entries(firstIds(item)))
      ids[namespace] = [...(ids[namespace] ?? []), id]
  return Object.fromEntries(Object.entries(ids).map(([namespace, list]) => [namespace, [...new Set(list)]]))
}

function firstIds(item: Item): Record<string, string> {
  const ids: Record<string, string> = {}
  for (const { site, id } of item.sites) if (id && NAMESPACES[site]) ids[NAMESPACES[site]] ??= id
  return ids
}

/** Where an instalment stands in its show: the season it is or belongs to, which part of it, of how many. */
export interface Place {
  season: number
  /** 0 for the first. */
  part: number
  parts: number
}

/** The instalments of all shows by the id that MyAnimeList or Bangumi gives them. */
export interface Instalments {
  mal: Map<string, Place>
  bangumi: Map<string, Place>
}

/** Made for Netflix: shown on the web only, and there from its first minute. */
const madeForNetflix = (item: Item) =>
  item.type === 'web' && item.sites.some((site) => site.site === 'netflix' && site.begin === item.begin)

function entryOf(seasons: Map<number, Instalment[]>, tmdb: string | null, places: Instalments): Entry {
  const ordered = consecutive([...seasons].sort(([a], [b]) => a - b))
  for (const [season, list] of ordered)
    list.forEach(({ item }, part) => {
      const { mal, bangumi } = firstIds(item)
      if (mal) places.mal.set(mal, { season, part, parts: list.length })
      if (bangumi) places.bangumi.set(bangumi, { season, part, parts: list.length })
    })
  const all = ordered.flatMap(([, list]) => list)
  const first = all[0] as Instalment
  const ids = idsOf(all)
  const elsewhere = MADE_ELSEWHERE[ids.bangumi?.[0] ?? '']
  const original = withoutNumber(first.item.title.replace(/\s*[(（](?:19|20)\d\d[)）]$/, ''))
  // A later instalment's English title is the show's only where it is the show's name with a number.
  const english = all.flatMap(({ item }) =>
    (item.titleTranslate.en ?? []).filter((name) => item === first.item || baseEnglish(name) !== name),
  )
  const byHand = nameAbroad(original, first.premiere.slice(0, 4))
  // Where no English title is given, a Latin one among the other languages' is the name it has abroad.
  const others = Object.values(first.item.titleTranslate).flat()
  const abroad =
    english[0] ?? byHand ?? (scriptOf(original) === 'latin' ? undefined : others.find(isLatinName))
  const title = baseEnglish(abroad) ?? original
  const { language, country } = LANGUAGE[first.item.lang] ?? {}
  const aliases = new Set<string>()
  for (const name of first.item.titleTranslate.en ?? []) aliases.add(baseEnglish(name) ?? name)
  for (const lang of ['ja', 'zh-Hans', 'zh-Hant'])
    for (const name of first.item.titleTranslate[lang] ?? []) aliases.add(withoutNumber(name))
  const entries = ordered.map(([number, list]): SeasonEntry => {
    const finale = list.at(-1)?.finale
    const name = number === 1 ? null : substantiveName(original, list[0]?.item.title ?? '')
    if (name) aliases.add(withoutNumber(baseEnglish(name) ?? name))
    return {
      number,
      ...(name ? { name } : {}),
      premiere: list[0]?.premiere as string,
      ...(finale ? { finale } : {}),
    }
  })
  aliases.delete(title)
  aliases.delete(original)
  if (elsewhere)
    return {
      ...emptyEntry('bangumi-data', elsewhere.title),
      original,
      aliases: [title, ...aliases],
      drawn: true,
      kind: 'animation',
      addsOnly: true,
      ids: { ...ids, ...(tmdb ? { tmdb: [tmdb] } : {}) },
      startYear: elsewhere.year,
      seasons: inOrder(entries).filter(({ number }) => number > 1),
    }
  return {
    ...emptyEntry('bangumi-data', title),
    ...(original !== title ? { original } : {}),
    ...(!english[0] && byHand ? { namedByHand: true } : {}),
    aliases: [...aliases],
    kind: first.item.lang === 'ja' ? 'anime' : 'animation',
    drawn: true,
    countries: country ? [country] : [],
    ...(language ? { language } : {}),
    ...(madeForNetflix(first.item) ? { network: 'Netflix' } : {}),
    ids: { ...ids, ...(tmdb ? { tmdb: [tmdb] } : {}) },
    ...(seasons.has(1) ? { startDay: first.premiere, startYear: Number(first.premiere.slice(0, 4)) } : {}),
    seenYear: Number(first.premiere.slice(0, 4)),
    seasons: inOrder(entries),
  }
}

const RUN_DAYS_MAX = 420

/**
 * TMDB cuts a run of many years into seasons and numbers what follows after them (One Piece's second series is its 23).
 * Where an instalment runs for years and numbers are left out, the instalments are counted instead.
 */
function consecutive(ordered: [number, Instalment[]][]): [number, Instalment[]][] {
  const long = ordered.some(([, list]) => {
    const [first, last] = [list[0], list.at(-1)]
    return (
      first &&
      last?.finale &&
      Date.parse(last.finale) - Date.parse(first.premiere) > RUN_DAYS_MAX * 86_400_000
    )
  })
  const gaps = ordered.some(([number], index) => index > 0 && number > (ordered[index - 1]?.[0] ?? 0) + 1)
  return long && gaps ? ordered.map(([, list], index) => [index + 1, list]) : ordered
}

/** A season dated before the one before it cannot keep its date. */
function inOrder(seasons: SeasonEntry[]): SeasonEntry[] {
  let latest = ''
  return seasons.map((season) => {
    if ((season.premiere ?? '') < latest)
      return { number: season.number, ...(season.name ? { name: season.name } : {}) }
    latest = season.premiere ?? latest
    return season
  })
}

/** A Japanese title without the mark of its season or cour at the end. */
const withoutNumber = (title: string) =>
  title
    .replace(/[\s　]*[(（【]?第?[\d一二三四五六七八九十]+(?:期|季|シリーズ|シーズン|クール)[)）】]?$/, '')
    .trim() || title

/**
 * A later season or cour that TMDB keeps under an address of its own goes to the show whose name it carries,
 * where there is exactly one.
 */
function joinLaterSeasons(
  entries: Entry[],
  places: Instalments,
  drop: (what: string, why: string) => void,
): Entry[] {
  const nameOf = (entry: Entry) => baseTitle(entry.original ?? entry.title)
  const abroad = ({ title, original }: Entry) =>
    original && scriptOf(title) === 'latin' ? baseTitle(title) : ''
  const firsts = new Map<string, Entry[]>()
  for (const entry of entries)
    if (entry.seasons.some(({ number }) => number === 1))
      for (const name of new Set([nameOf(entry), abroad(entry)]))
        firsts.set(name, [...(firsts.get(name) ?? []), entry])
  firsts.delete('')
  return entries.filter((entry) => {
    if (entry.seasons.some(({ number }) => number === 1)) return true
    const [show, ...others] = firsts.get(nameOf(entry)) ?? firsts.get(abroad(entry)) ?? []
    const last = show?.seasons.at(-1)
    const [own] = entry.seasons
    if (!show || others.length > 0 || !last || !own?.premiere || own.premiere <= (last.premiere ?? ''))
      return true
    const since = yearsBetween(last.finale ?? last.premiere ?? own.premiere, own.premiere)
    const isNamesake = nameOf(show) !== nameOf(entry)
    // A name abroad may be another series' too: it joins what follows within the year.
    if (isNamesake && since > 1) return true
    const near = since < 0.75 && !isNamesake && numberInTitle(entry.original ?? entry.title) === null
    if (near) Object.assign(last, own.finale ? { finale: own.finale } : {})
    const more = near ? entry.seasons.slice(1) : entry.seasons
    show.seasons.push(...more.map((one, i) => ({ ...one, number: last.number + 1 + i })))
    for (const namespace of ['mal', 'bangumi', 'anilist', 'anidb'])
      if (entry.ids[namespace])
        show.ids[namespace] = [...(show.ids[namespace] ?? []), ...entry.ids[namespace]]
    const season = near ? last.number : last.number + 1
    for (const id of entry.ids.mal ?? [])
      places.mal.set(id, { season, part: near ? 1 : 0, parts: near ? 2 : 1 })
    for (const id of entry.ids.bangumi ?? [])
      places.bangumi.set(id, { season, part: near ? 1 : 0, parts: near ? 2 : 1 })
    drop(
      entry.original ?? entry.title,
      'a later season or cour under an address of its own: joined to its show',
    )
    return false
  })
}

/** An English title without its season number. */
export const baseEnglish = (title: string | undefined) =>
  title
    ?.replace(
      /[\s:–-]*\(?(?:season \d+|\d+(?:st|nd|rd|th) season|final season|part \d+|cour \d+|s\d+)\)?$/i,
      '',
    )
    .trim() || undefined

/** Anime, several instalments to a show, out of the dated list and the package bangumi-data. */
export function parseAnime(
  rows: z.infer<typeof instalmentRow>[],
  items: Item[],
): Parsed & { instalments: Instalments } {
  const instalments: Instalments = { mal: new Map(), bangumi: new Map() }
  const dropped: Dropped[] = []
  const drop = (what: string, why: string) => void dropped.push({ set: 'bangumi-data', what, why })
  const byName = new Map<string, Item>()
  for (const item of items) byName.set(`${item.title}\n${item.begin.slice(0, 10)}`, item)
  const groups = new Map<string, Instalment[]>()
  const used = new Set<Item>()
  for (const row of rows) {
    const item = byName.get(`${row.title}\n${row.premiere}`)
    const premiere = item && dayInJapan(item.begin)
    if (!item || !premiere) {
      drop(row.title, 'not found in bangumi-data, so its time of day and ids are unknown')
      continue
    }
    if (item.type !== 'tv' && item.type !== 'web') {
      drop(row.title, 'a film or a video release')
      continue
    }
    used.add(item)
    const address = item.sites.find(({ site }) => site === 'tmdb')?.id ?? ''
    const stated = Number(/\/season\/(\d+)/.exec(address)?.[1] ?? 0) || null
    const group = groups.get(row.show) ?? []
    group.push({ item, stated, premiere, finale: dayInJapan(item.end) })
    groups.set(row.show, group)
  }
  for (const item of items)
    if ((item.type === 'tv' || item.type === 'web') && !used.has(item))
      drop(item.title, 'a special, a recap or a title without a series of its own')
  const entries = [...groups].flatMap(([show, list]): Entry[] => {
    const found: Entry[] = []
    let left = list.sort((a, b) => a.premiere.localeCompare(b.premiere))
    for (let tmdb: string | null = show.slice('tmdb:'.length); left.length > 0; tmdb = null) {
      const { seasons, strangers, recuts } = seasonsOf(left)
      for (const { item } of recuts) drop(item.title, 'a remaster or re-cut of a season already there')
      for (const { item } of strangers)
        drop(item.title, 'shares a TMDB address with another show: kept apart, without that id')
      found.push(entryOf(seasons, tmdb, instalments))
      // A number in an address that is another show's counts that show's seasons.
      left = strangers.map((instalment) => ({ ...instalment, stated: null }))
    }
    return found
  })
  const joined = joinLaterSeasons(entries, instalments, drop)
  // What only adds to a show comes after it.
  const last = joined.filter(({ addsOnly }) => addsOnly)
  return { entries: [...joined.filter(({ addsOnly }) => !addsOnly), ...last], dropped, instalments }
}
