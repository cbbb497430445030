import { commonName } from './by-hand'
import { type Dropped, type Entry, isPremiseSet } from './entry'
import { bareTitle, personKey, sharedPeople, titleKey } from './names'
import { CARRIERS } from './words'

/** What is held together as one show, from one or more sets. */
export interface Cluster {
  entries: Entry[]
  keys: Set<string>
  /** True where another show of that name began in the same year or next to it. */
  besideNamesake?: boolean
}

export interface Verdict {
  is: 'same' | 'different' | 'unsure'
  weight: number
  /** Why, in a few words each; the report counts them. */
  reasons: string[]
}

const known = <T>(values: (T | undefined)[]): T[] => values.filter((value): value is T => value !== undefined)
const daysApart = (a: string, b: string) => Math.abs(Date.parse(a) - Date.parse(b)) / 86_400_000

const idKeys = (entry: Entry) =>
  Object.entries(entry.ids).flatMap(([namespace, ids]) => ids.map((id) => `${namespace}:${id}`))

/** Every key an entry may be found by: its titles and its outside ids. */
export function keysOf(entry: Entry): string[] {
  const titles = [entry.title, entry.original ?? '', ...entry.aliases, ...(entry.findBy ?? [])].filter(
    Boolean,
  )
  return [...new Set([...titles.map((title) => titleKey(bareTitle(commonName(title)))), ...idKeys(entry)])]
}

/** Netflix's own lists give the day of arrival, not of a start: only the other sets say when a show began. */
export const begins = (entry: Entry) =>
  entry.set !== 'netflix-reports' && entry.set !== 'netflix-originals-wikipedia'

/** Sets that print one show twice: in each shop, or part by part. */
const REPEATS = new Set<Entry['set']>([
  'streaming-titles',
  'netflix-reports',
  'netflix-titles',
  'premises',
  'tagged',
])

/** True where two shows were on at the same time. */
const overlap = (a: Entry, b: Entry) =>
  a.startYear !== undefined &&
  b.startYear !== undefined &&
  a.startYear < (b.endYear ?? b.startYear) &&
  b.startYear < (a.endYear ?? a.startYear)

const isTvmaze = ({ set }: Entry) => set.startsWith('tvmaze-')

/** True where a show of the entry's country was on in the year that the entry gives. */
const ranAtHome = (others: Entry[], { startYear = 0, countries }: Entry) =>
  others.some((other) => other.countries.some((country) => countries.includes(country))) &&
  others.some((other) => (other.startYear ?? 9999) < startYear && startYear <= (other.endYear ?? 0))

/**
 * Whether an entry is the show the cluster holds. The title is shared already and proves nothing: years, people,
 * countries, networks and the first day decide. A disagreement of years or homes keeps homonyms apart unless
 * at least two people are in both casts; where nothing but the title speaks, the answer is "unsure".
 */
export function sameShow(cluster: Cluster, entry: Entry): Verdict {
  const reasons: string[] = []
  let weight = 0
  const say = (points: number, reason: string) => {
    weight += points
    reasons.push(reason)
  }
  const different = (reason: string): Verdict => ({ is: 'different', weight: 0, reasons: [reason] })
  const others = cluster.entries
  const people = others.flatMap((other) => other.cast.map(({ person }) => person))
  const mine = entry.cast.map(({ person }) => person)
  const shared = sharedPeople(people, mine)
  if (idKeys(entry).some((key) => cluster.keys.has(key)))
    return { is: 'same', weight: 20, reasons: ['the same outside id'] }
  const isSecond = !entry.addsOnly && others.some((other) => other.set === entry.set)
  if (entry.set === 'bangumi-data' && isSecond) return different('two entries of one curated set')
  if (shared > 0)
    say(Math.min(shared * 1.5, 6), `${Math.min(shared, 3)}${shared > 3 ? '+' : ''} people in both casts`)

  const drawn = known(others.map((other) => other.drawn))
  // TVmaze's own copies differ in what they tell of a kind: one names it, one has a genre "Animation" or has not.
  const isCopy = others.some((other) => isTvmaze(other) && other.startYear === entry.startYear)
  if (entry.drawn !== undefined && drawn.length > 0 && !drawn.includes(entry.drawn))
    if (!(isTvmaze(entry) && isCopy)) return different('one is drawn, the other filmed')

  const starts = known(others.filter(begins).map((other) => other.startDay))
  const sameDay = starts.some((day) => entry.startDay && daysApart(day, entry.startDay) <= 3)
  if (sameDay) say(5, 'began on the same day')

  if (!REPEATS.has(entry.set) && !sameDay && isSecond) return different('two entries of one set')
  if (others.some((other) => other.upcoming) && (entry.startYear ?? entry.seenYear ?? 0) > 0)
    return different('one is still to come')

  const years = known(others.filter(begins).map((other) => other.startYear))
  const year = entry.startYear ?? undefined
  const sameYear = begins(entry) && year !== undefined && years.includes(year)
  if (begins(entry) && year !== undefined && years.length > 0) {
    const apart = Math.min(...years.map((other) => Math.abs(other - year)))
    if (apart === 0) say(2, 'began in the same year')
    else if (apart === 1) say(1, 'began a year apart')
    // A network does not run two shows of one name at once: one set counts the pilot, the other does not.
    else if (
      others.some((other) => other.network && other.network === entry.network && overlap(other, entry))
    )
      say(1, 'on the same network in the same years')
    else if (entry.set === 'netflix-titles' && (shared >= 3 || (shared === 0 && ranAtHome(others, entry))))
      say(shared >= 3 ? 0 : 1, "the listing's year is not the first season's")
    else return different('began in different years')
  } else if (!begins(entry) && year !== undefined && years.includes(year))
    say(2, 'on Netflix in the year it began')
  else if (entry.seenYear !== undefined && years.length > 0) {
    const ends = known(others.map((other) => other.endYear))
    const begin = Math.min(...years)
    if (entry.seenYear < begin - 1) return different('seen before the other began')
    if (ends.length > 0 && entry.seenYear > Math.max(...ends) + 1 && shared < 2)
      return different('seen after the other ended')
    if (ends.length > 0) say(0.5, 'its years fit')
  }

  // What we wrote down means the show everybody knows; a Japanese series is listed abroad under whoever dubbed it.
  const isSettled =
    shared >= 2 ||
    sameDay ||
    (sameYear && (isPremiseSet(entry.set) || (entry.set === 'bangumi-data' && !drawn.includes(false))))
  const homes = others.flatMap((other) => other.countries)
  const networks = known(others.map((other) => other.network)).filter((name) => !CARRIERS.has(name))
  const sharesNetwork = entry.network !== undefined && networks.includes(entry.network)
  const sharesHome = entry.countries.some((country) => homes.includes(country))
  if (sharesHome) say(1, 'the same country')
  else if (homes.length > 0 && entry.countries.length > 0 && !isSettled && !(sharesNetwork && sameYear))
    return different('from different countries')
  if (sharesNetwork) say(2, 'on the same network')
  else if (entry.network && !CARRIERS.has(entry.network) && networks.length > 0 && !isSettled)
    if (!(sharesHome && sameYear))
      // A show that moved, or that two channels of one house share, has one country and one first year all the same.
      return different('on different networks')
  if (!begins(entry) && others.some((other) => other.network === 'Netflix')) say(1, 'at home on Netflix')
  const languages = known(others.map((other) => other.language))
  if (entry.language && languages.length > 0) {
    if (languages.includes(entry.language)) say(0.5, 'in the same language')
    else if (!isSettled) return different('in different languages')
  }
  const strangers = shared === 0 && mine.length >= 4 && people.length >= 4 && !drawn.includes(true)
  if (strangers && !NAMES_VARY.test([entry.language, ...entry.countries, ...homes].join(' ')))
    say(-2, 'no person in both casts')
  if (
    entry.original &&
    others.some((other) => other.original && titleKey(other.original) === titleKey(entry.original ?? ''))
  )
    say(2, 'the same native title')
  return { is: weight >= 2 ? 'same' : 'unsure', weight, reasons }
}

/** Where names are romanised in many ways, two spellings are no disagreement. */
const NAMES_VARY = /Korea|Japan|Chin|Taiwan|Thai|Hong Kong|Turk|Ind|Arab|Russia|Israel|Hebrew/

export interface Merged {
  clusters: Cluster[]
  dropped: Dropped[]
  /** How often each reason made two sets' entries one show. */
  joinedBecause: Map<string, number>
  /** Titles that more than one show carries, and why they were kept apart. */
  homonyms: { title: string; why: string }[]
}

/** True where a show began in the year of an entry or next to it. */
const beganWith = (cluster: Cluster, entry: Entry) =>
  cluster.entries.some(
    (other) =>
      begins(other) &&
      other.startYear !== undefined &&
      Math.abs(other.startYear - (entry.startYear ?? entry.seenYear ?? 0)) <= 1,
  )

/** True where two shows that one entry fits are one: they began together, and nothing they say of themselves differs. */
export function areOne(a: Cluster, b: Cluster): boolean {
  const years = known(a.entries.filter(begins).map((entry) => entry.startYear))
  return b.entries.every(
    (entry) =>
      (entry.startYear === undefined || years.length === 0 || years.includes(entry.startYear)) &&
      sameShow({ ...a, keys: new Set() }, entry).is !== 'different',
  )
}

/** True where two shows began on one day, as two lists give it. */
const beganAsOne = (a: Cluster, b: Cluster) =>
  a.entries.some(
    (one) =>
      begins(one) &&
      b.entries.some((other) => begins(other) && one.startDay && one.startDay === other.startDay),
  )

/**
 * Gathers entries into shows, the most trusted set first. An entry joins the one show it surely is; one that is
 * different from every namesake opens its own; one that cannot be told stays out, since a double is worse than a gap.
 */
export function mergeEntries(entries: Entry[]): Merged {
  const clusters: Cluster[] = []
  const byKey = new Map<string, Cluster[]>()
  const dropped: Dropped[] = []
  const joinedBecause = new Map<string, number>()
  const homonyms: { title: string; why: string }[] = []
  const absorbed = new Set<Cluster>()
  const add = (cluster: Cluster, entry: Entry) => {
    cluster.entries.push(entry)
    for (const key of keysOf(entry)) {
      if (cluster.keys.has(key)) continue
      cluster.keys.add(key)
      byKey.set(key, [...(byKey.get(key) ?? []), cluster])
    }
  }
  for (const entry of entries) {
    const namesakes = [...new Set(keysOf(entry).flatMap((key) => byKey.get(key) ?? []))].filter(
      (cluster) => !absorbed.has(cluster),
    )
    const verdicts = namesakes.map((cluster) => ({ cluster, verdict: sameShow(cluster, entry) }))
    const same = verdicts
      .filter(({ verdict }) => verdict.is === 'same')
      .sort((a, b) => b.verdict.weight - a.verdict.weight)
    const unsure = verdicts.filter(({ verdict }) => verdict.is === 'unsure')
    // A year apart and nothing against it: enough only where there is no other namesake to mix it up with.
    const alone =
      same.length === 0 && unsure.length === 1 && (unsure[0]?.verdict.weight ?? 0) >= 1
        ? unsure[0]
        : undefined
    const best = same[0] ?? alone
    const ties = same.length > 1 && best?.verdict.weight === same[1]?.verdict.weight
    if (best && !(ties && !areOne(best.cluster, same[1]!.cluster))) {
      for (const reason of best.verdict.reasons)
        joinedBecause.set(reason, (joinedBecause.get(reason) ?? 0) + 1)
      add(best.cluster, entry)
      // An entry that knows a show by two names brings together those who knew it by one each.
      const others = [...same, ...unsure.filter(({ cluster }) => beganAsOne(best.cluster, cluster))]
      for (const { cluster } of others.filter((other) => other !== best))
        if (areOne(best.cluster, cluster)) {
          for (const other of cluster.entries) add(best.cluster, other)
          absorbed.add(cluster)
          joinedBecause.set('known by both names', (joinedBecause.get('known by both names') ?? 0) + 1)
        }
    } else if (best || unsure.length > 0) {
      const why = best
        ? 'fits two shows of that name equally well'
        : 'shares a title and nothing tells whether it is the same show'
      dropped.push({ set: entry.set, what: entry.title, why })
    } else if (entry.addsOnly) {
      dropped.push({ set: entry.set, what: entry.title, why: 'meets no show that other sets have' })
    } else {
      for (const { verdict } of verdicts) homonyms.push({ title: entry.title, why: verdict.reasons[0] ?? '' })
      const besideNamesake = namesakes.some((other) => beganWith(other, entry))
      const cluster: Cluster = { entries: [], keys: new Set(), besideNamesake }
      clusters.push(cluster)
      add(cluster, entry)
    }
  }
  return { clusters: clusters.filter((cluster) => !absorbed.has(cluster)), dropped, joinedBecause, homonyms }
}

/** The people of a cluster, each once, the most trusted set's spelling first. */
export function castOf(entries: Entry[]): { person: string; character?: string }[] {
  const cast = new Map<string, { person: string; character?: string }>()
  for (const entry of entries)
    for (const member of entry.cast) {
      const key = personKey(member.person)
      // Who appears as themselves plays no part.
      const character = member.character && personKey(member.character) !== key ? member.character : undefined
      const there = cast.get(key)
      if (!there) cast.set(key, { person: member.person, ...(character ? { character } : {}) })
      else if (!there.character && character) there.character = character
    }
  return [...cast.values()]
}
