/** Pure rules of imports: several rows of one show are one, what is left out and why, what a name is like. */
import { nameKeys, queryKeys } from '@/lib/search/keys'
import { normalise } from '@/lib/search/letters'
import type { Nearness } from '@/lib/search/nearness'
import type { Ids, ListRow, Namespace, Unreadable, WatchState } from './types'

/** A draft can be confirmed for a day … */
export const DRAFT_LIFETIME_MS = 86_400_000
/** … and an import undone for thirty. */
export const UNDO_LIFETIME_MS = 30 * 86_400_000

/** Of several states of one show the first of these holds: who once stopped does not want to be told. */
const STATE_ORDER: WatchState[] = ['hidden', 'dropped', 'watching', 'completed', 'planned']

/** Of several words for what a title is, the one that says most holds. */
const KIND_ORDER: ListRow['kind'][] = ['film', 'show', 'unsaid', 'unknown']

function merge(into: ListRow, row: ListRow): void {
  into.title ??= row.title
  into.year ??= row.year
  into.ids = { ...row.ids, ...into.ids }
  if (KIND_ORDER.indexOf(row.kind) < KIND_ORDER.indexOf(into.kind)) into.kind = row.kind
  into.season = Math.max(into.season ?? 0, row.season ?? 0) || null
  into.state = STATE_ORDER.find((state) => state === into.state || state === row.state)!
}

/** More shows of one name than any name has: which of them a row means cannot be told. */
const NAMESAKES_MAX = 50

/** Films and shows are numbered apart by most services. */
const realm = (row: ListRow) => (row.kind === 'film' ? 'film' : 'show')
const idKeys = (row: ListRow) =>
  Object.entries(row.ids).map(([namespace, id]) => `${realm(row)} ${namespace} ${id} ${row.wanted ?? ''}`)

/**
 * Folds rows that speak of one title: those that share an id, and those without ids that bear the name of
 * exactly one other. What one row lacks, another fills in. The order is that of each title's first row.
 */
export function foldRows(rows: ListRow[]): ListRow[] {
  const groups = new Set<ListRow>()
  const byId = new Map<string, ListRow>()
  // A group that went into another leads there, also by the ids that had no place left in it.
  const wentInto = new Map<ListRow, ListRow>()
  const standing = (group: ListRow): ListRow => {
    const next = wentInto.get(group)
    if (!next) return group
    let last = next
    for (let after = wentInto.get(last); after; after = wentInto.get(last)) last = after
    wentInto.set(group, last)
    return last
  }
  for (const row of rows) {
    const keys = idKeys(row)
    if (keys.length === 0) continue
    const met = new Set<ListRow>()
    for (const key of keys) {
      const group = byId.get(key)
      if (group) met.add(standing(group))
    }
    const [group = { ...row, ids: { ...row.ids } }, ...others] = met
    if (met.size > 0) merge(group, row)
    for (const other of others) {
      merge(group, other)
      groups.delete(other)
      wentInto.set(other, group)
    }
    groups.add(group)
    for (const key of keys) byId.set(key, group)
  }
  const nameKey = (row: ListRow) => `${realm(row)} ${normalise(row.title ?? '')}`
  const byName = new Map<string, ListRow[]>()
  const name = (group: ListRow) => {
    const namesakes = byName.get(nameKey(group))
    if (namesakes) namesakes.push(group)
    else byName.set(nameKey(group), [group])
  }
  for (const group of groups) if (group.title) name(group)
  for (const row of rows) {
    if (row.title === null || Object.keys(row.ids).length > 0) continue
    const namesakes = byName.get(nameKey(row)) ?? []
    if (namesakes.length > NAMESAKES_MAX) continue
    const fitting = namesakes.filter(({ year }) => year === null || row.year === null || year === row.year)
    if (fitting.length === 1) merge(fitting[0]!, row)
    else if (fitting.length === 0) {
      const group = { ...row }
      groups.add(group)
      name(group)
    }
  }
  return [...groups]
}

/** Rows without a name that are said one by one; a sheet may end with thousands of lines of commas. */
const NAMELESS_MAX = 100

/** Rows that cannot be read, each title once for each reason; the first hundred of those without one by their places. */
export function foldUnreadable(rows: Unreadable[]): Unreadable[] {
  const folded = distinctUnreadable(rows)
  const nameless = folded.filter(({ title }) => title === null)
  const more = new Set(nameless.slice(NAMELESS_MAX))
  if (more.size === 0) return folded
  const reason = `And ${more.size.toLocaleString('en')} more could not be read; the last is the one given here.`
  const { line, unit } = nameless.at(-1)!
  return [...folded.filter((row) => !more.has(row)), { line, unit, title: null, reason }]
}

function distinctUnreadable(rows: Unreadable[]): Unreadable[] {
  const seen = new Set<string>()
  return rows.filter(({ title, line, reason }) => {
    const key = `${title === null ? line : JSON.stringify(title)}\n${reason}`
    return !seen.has(key) && seen.add(key)
  })
}

/** What is said of a list of films alone. */
export const FILMS_ONLY =
  'The file names films only. Greenlit follows series, so there is nothing in it to follow.'

/** Why a title is not followed although it could be read; null where it may be. */
export function leftOutReason({ kind, state }: ListRow): string | null {
  if (kind === 'film') return 'It is a film.'
  if (state === 'dropped') return 'You had stopped watching or following it there.'
  if (state === 'hidden') return 'You had hidden it there.'
  return null
}

const NAMESPACE_WORDS: Record<Namespace, string> = {
  greenlit: 'Greenlit',
  tvdb: 'TheTVDB',
  tmdb: 'TMDB',
  imdb: 'IMDb',
  tvmaze: 'TVmaze',
  trakt: 'Trakt',
  simkl: 'Simkl',
  mal: 'MyAnimeList',
  anilist: 'AniList',
  anidb: 'AniDB',
  kitsu: 'Kitsu',
  bangumi: 'Bangumi',
}

/** Ids in words: "TheTVDB 121361, IMDb tt0944947". */
export function idWords(ids: Ids): string {
  return (Object.entries(ids) as [Namespace, string][])
    .map(([namespace, id]) => `${NAMESPACE_WORDS[namespace] ?? namespace} ${id}`)
    .join(', ')
}

const ALIKE_MIN = 0.7

/**
 * True where two names may well be one show's: the same but for case, accents, signs and articles, one a part of the other,
 * or nearly the same letters. It says whether an id's show is the one a list names; which shows a name means, search says.
 */
export function isAlike(a: string, b: string): boolean {
  const [left, right] = [normalise(a), normalise(b)]
  if (left === '' || right === '') return false
  if (left === right || ` ${left} `.includes(` ${right} `) || ` ${right} `.includes(` ${left} `)) return true
  const pairs = (text: string) => {
    const spaced = ` ${text} `
    return Array.from({ length: spaced.length - 1 }, (_, i) => spaced.slice(i, i + 2))
  }
  const counts = new Map<string, number>()
  const [ours, theirs] = [pairs(left), pairs(right)]
  for (const pair of ours) counts.set(pair, (counts.get(pair) ?? 0) + 1)
  let shared = 0
  for (const pair of theirs) {
    const count = counts.get(pair) ?? 0
    if (count > 0) shared++
    counts.set(pair, count - 1)
  }
  return (2 * shared) / (ours.length + theirs.length) >= ALIKE_MIN
}

/** Sites that count films and shows apart: a number alone does not say which of the two it is. */
const NUMBERED_APART = new Set(['tmdb', 'tvdb', 'trakt', 'simkl'])
export const isNumberedApart = (namespace: string): boolean => NUMBERED_APART.has(namespace)
/** Sites that have one number for a whole show, where two numbers are two shows. */
const ONE_A_SHOW = ['imdb', 'tvmaze', 'tmdb', 'tvdb'] as const

/** True where no id of a row speaks against a show, whose ids are "imdb tt0944947". */
export const idsAgree = (ids: Ids, theirs: readonly string[]): boolean =>
  ONE_A_SHOW.every((site) => {
    const numbers = theirs.filter((id) => id.startsWith(`${site} `))
    return !ids[site] || numbers.length === 0 || numbers.includes(`${site} ${ids[site]}`)
  })

/** True where nothing about two years forbids that they are one show's; countries differ by a year at times. */
export const yearsAgree = (a: number | null, b: number | null): boolean =>
  a === null || b === null || Math.abs(a - b) <= 1

/** Choices a question offers at most. */
const CANDIDATES_MAX = 5

interface Found {
  slug: string
  /** The name that a search was answered by. */
  matched: string
  nearness: Nearness
  year: number | null
}

/** True where a show bears the whole of a name: a search also answers without a season, a country or a year in it. */
export const isNamed = (name: string | null, { matched }: Pick<Found, 'matched'>): boolean => {
  const asked = new Set(queryKeys(name ?? ''))
  return nameKeys(matched).some((key) => asked.has(key))
}

/**
 * What a search found for a row's name, as it is offered: those of its very name first, then those of its year. What the
 * search has first is always among them.
 */
export function bestFirst<Result extends Found>(found: readonly Result[], year: number | null): Result[] {
  const rank = ({ nearness, year: theirs }: Result) =>
    (nearness === 'same' ? 0 : 2) + (yearsAgree(year, theirs) ? 0 : 1)
  const sorted = found.toSorted((a, b) => rank(a) - rank(b))
  const offered = sorted.slice(0, CANDIDATES_MAX)
  if (found[0] && !offered.includes(found[0])) offered[CANDIDATES_MAX - 1] = found[0]
  return offered
}

/**
 * The show that is taken for a row without asking: it has the row's very name and year, and no other of that name is
 * within a year of it. Null for a row whose kind is in doubt.
 */
export function takenByName({ title, year, kind }: ListRow, found: readonly Found[]): string | null {
  if (year === null || kind === 'unknown' || kind === 'film') return null
  const named = found.filter((one) => isNamed(title, one) && yearsAgree(year, one.year))
  return named.length === 1 && named[0]!.year === year ? named[0]!.slug : null
}

/** The one show that has a row's very name, if there is exactly one and no year speaks against it. */
export function plainAnswer(
  { year, candidates }: { year: number | null; candidates: { show: number; exact: boolean }[] },
  yearOfShow: (show: number) => number | null,
): number | null {
  const named = candidates.filter(({ exact, show }) => exact && yearsAgree(year, yearOfShow(show)))
  return named.length === 1 ? named[0]!.show : null
}

/** A file's name as it may be shown: its last part, cut to a line. */
export function shownFileName(name: string): string {
  return name.split(/[/\\]/).at(-1)!.slice(-80) || 'file'
}
