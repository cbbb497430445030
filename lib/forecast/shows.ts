/** Pure. Seasons gathered into shows, what is known of one on a day, and how it went on. */
import { factsOf, plainName, type Titles } from './read-seasons'
import {
  type DayNumber,
  endOf,
  GAP_DAYS_MAX,
  type History,
  RENEWAL_DAYS,
  type SeasonRow,
  type TitleFacts,
} from './types'

/** A show of one source: its seasons by number, each number once, and who it is across sources. */
export interface Show {
  source: string
  /** What ties it to the same show in other sources; folds are dealt by it. */
  name: string
  /** The name up to its first colon or dash: what shows of a franchise share. */
  stem: string
  seasons: SeasonRow[]
  facts: TitleFacts | null
  /** The last day on which its source would have told of a next season, where that differs from show to show. */
  until?: DayNumber
}

/** Everything that is read of some files. */
export interface Shelf {
  shows: Show[]
  byName: Map<string, Show[]>
  byStem: Map<string, Show[]>
  /** The last day a source tells of: its latest premiere. */
  endOfSource: Map<string, DayNumber>
}

/** Sources whose dates are no premieres: they help to know a show's past, and are not forecast. */
export const ONLY_FEATURES: ReadonlySet<string> = new Set(['economist_imdb'])

/** By number; of one number the earliest dated first. */
const inOrder = (a: SeasonRow, b: SeasonRow) =>
  a.season - b.season || (a.premiere ?? Infinity) - (b.premiere ?? Infinity) || 0

const STEM_ENDS = /[:：]| [-–—~] |\s(?=[-~〜])/

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const held = map.get(key)
  if (held) held.push(value)
  else map.set(key, [value])
}

/** Gathers rows into shows. Of a number that a show has twice the earlier premiere is the season's. */
export function shelve(rows: SeasonRow[], titles: Titles | null = null): Shelf {
  const byKey = new Map<string, SeasonRow[]>()
  const endOfSource = new Map<string, DayNumber>()
  for (const row of rows) {
    const key = `${row.source}|${row.show}`
    push(byKey, key, row)
    if (row.premiere !== null)
      endOfSource.set(row.source, Math.max(row.premiere, endOfSource.get(row.source) ?? -Infinity))
  }
  const byName = new Map<string, Show[]>()
  const byStem = new Map<string, Show[]>()
  const shows = [...byKey.values()].map((all) => {
    const sorted = all.sort(inOrder)
    const seasons = sorted.filter(({ season }, i) => season !== sorted[i - 1]?.season)
    // What it is called is what it was called first: a special to come may have another name.
    const first = seasons.reduce((a, b) => ((b.premiere ?? Infinity) < (a.premiere ?? Infinity) ? b : a))
    const name = plainName(first.title) || `${first.source}|${first.show}`
    const stem = plainName(first.title.split(STEM_ENDS)[0]!) || name
    const show: Show = { source: first.source, name, stem, seasons, facts: factsOf(titles, first) }
    push(byName, name, show)
    push(byStem, stem, show)
    return show
  })
  return { shows, byName, byStem, endOfSource }
}

function kinOf(shelf: Shelf, show: Show, asOf: DayNumber): number {
  const names = new Set<string>()
  for (const other of shelf.byStem.get(show.stem) ?? [])
    if (
      other.name !== show.name &&
      other.seasons.some(({ premiere }) => premiere !== null && premiere <= asOf)
    )
      names.add(other.name)
  return names.size
}

/**
 * What may be known on a day about a show when it is asked about one of its seasons: seasons that premiered by then, and
 * undated ones before it. What the rows say of later days (an end to come) is for the features to pass over.
 */
export function historyAt(shelf: Shelf, show: Show, season: number, asOf: DayNumber): History {
  const seasons = show.seasons.filter((row) =>
    row.premiere === null ? row.season < season : row.premiere <= asOf,
  )
  const elsewhere: History['elsewhere'] = []
  for (const other of shelf.byName.get(show.name) ?? []) {
    if (other === show || other.source === show.source) continue
    const theirs: History['elsewhere'][number] = new Map()
    for (const row of other.seasons)
      if (row.premiere !== null && row.premiere <= asOf)
        theirs.set(row.season, { ...row, premiere: row.premiere })
    if (theirs.size) elsewhere.push(theirs)
  }
  return { source: show.source, seasons, elsewhere, kin: kinOf(shelf, show, asOf), facts: show.facts }
}

/** A season and how it went on. */
export interface Outcome {
  show: Show
  row: SeasonRow & { premiere: DayNumber }
  /** Days to the next season's premiere; null where the file has none. */
  gapDays: number | null
  /** Days for which its source would have told of a next season. */
  followUpDays: number
}

/**
 * The seasons that can be forecast, with how each went on. One whose next season is listed without a day is left out:
 * how it went on is not known.
 */
export function outcomesOf(shelf: Shelf): Outcome[] {
  const outcomes: Outcome[] = []
  for (const show of shelf.shows) {
    if (ONLY_FEATURES.has(show.source)) continue
    for (const [i, row] of show.seasons.entries()) {
      if (row.season < 1 || row.premiere === null) continue
      const next = show.seasons[i + 1]?.season === row.season + 1 ? show.seasons[i + 1]! : null
      if (next && next.premiere === null) continue
      outcomes.push({
        show,
        row: { ...row, premiere: row.premiere },
        gapDays: next ? next.premiere! - row.premiere : null,
        followUpDays: (show.until ?? shelf.endOfSource.get(show.source)!) - row.premiere,
      })
    }
  }
  return outcomes
}

/** Whether a season came back in time; null where its source stops too early to say. */
export const returnedOf = ({ gapDays, followUpDays }: Outcome): boolean | null =>
  followUpDays < RENEWAL_DAYS ? null : gapDays !== null && gapDays <= RENEWAL_DAYS

/** Whether a season's gap is one to forecast. */
export const hasGap = ({ gapDays }: Outcome): boolean =>
  gapDays !== null && gapDays > 0 && gapDays <= GAP_DAYS_MAX

/** The day an outcome's forecast is made, some days after the season's end. */
export const askedOn = ({ row }: Outcome, laterDays = 0): DayNumber => endOf(row) + laterDays
