/** Pure rules of imports: several rows of one show are one, what is left out and why, what a name is like. */
import { normalise } from '@/lib/search/letters'
import type { Ids, ListRow, Namespace, Unreadable, WatchState } from './types'

/** A draft can be confirmed for a day … */
export const DRAFT_LIFETIME_MS = 86_400_000
/** … and an import undone for thirty. */
export const UNDO_LIFETIME_MS = 30 * 86_400_000

/** Of several states of one show the first of these holds: who once stopped does not want to be told. */
const STATE_ORDER: WatchState[] = ['hidden', 'dropped', 'watching', 'completed', 'planned']

function merge(into: ListRow, row: ListRow): void {
  into.title ??= row.title
  into.year ??= row.year
  into.ids = { ...row.ids, ...into.ids }
  if (into.kind === 'unknown') into.kind = row.kind
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

/** Rows that cannot be read, each title once for each reason. */
export function foldUnreadable(rows: Unreadable[]): Unreadable[] {
  const seen = new Set<string>()
  return rows.filter(({ title, reason }) => {
    const key = `${title}\n${reason}`
    return !seen.has(key) && seen.add(key)
  })
}

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

/** How alike two names are: exactly the same but for case, accents, signs and articles; nearly; or not. */
export function likeness(a: string, b: string): 'same' | 'near' | null {
  const [left, right] = [normalise(a), normalise(b)]
  if (left === '' || right === '') return null
  if (left === right) return 'same'
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
  return (2 * shared) / (ours.length + theirs.length) >= ALIKE_MIN ? 'near' : null
}

/** True where nothing about two years forbids that they are one show's; countries differ by a year at times. */
export const yearsAgree = (a: number | null, b: number | null): boolean =>
  a === null || b === null || Math.abs(a - b) <= 1

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
