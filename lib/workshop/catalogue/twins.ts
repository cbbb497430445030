/** Shows that two lists know under different names: no title brings them together, what they are does. Pure. */
import type { Entry } from './entry'
import { areOne, begins, type Cluster } from './merge'
import { personKey, titleKey } from './names'

/** So many letters of a title, or more, tell a show: "From" is part of many titles. */
const LETTERS_MIN = 7
const PEOPLE_MIN = 4
const YEARS_APART_MAX = 2

const endOf = ({ entries }: Cluster) => Math.max(0, ...entries.map(({ endYear }) => endYear ?? 0))
const setsOf = ({ entries }: Cluster) => new Set(entries.map(({ set }) => set))
const peopleOf = ({ entries }: Cluster) =>
  new Set(entries.flatMap(({ cast }) => cast.map(({ person }) => personKey(person))))
const namesOf = ({ entries }: Cluster) =>
  entries.flatMap(({ title, original }) => [title, ...(original ? [original] : [])]).map(titleKey)
const startsOf = ({ entries }: Cluster, pick: (entry: Entry) => string | undefined) =>
  entries.filter(begins).flatMap((entry) => pick(entry) ?? [])

/** One name is the other with something before or behind it: "Stay Close" and "Harlan Coben's Stay Close". */
const isPart = (a: string, b: string) =>
  a !== b && Math.min(a.length, b.length) >= LETTERS_MIN && (a.includes(b) || b.includes(a))

/**
 * Whether two shows are one: lists that each have one of them (a list that has both knows two) say that they began on one
 * day, one name being part of the other; or in one year with four people in both casts.
 */
function areTwins(a: Cluster, b: Cluster): boolean {
  const [sets, others] = [setsOf(a), setsOf(b)]
  const [days, dayed] = [startsOf(a, ({ startDay }) => startDay), startsOf(b, ({ startDay }) => startDay)]
  const isSameDay = days.some((day) => dayed.includes(day))
  const people = peopleOf(b)
  const shared = [...peopleOf(a)].filter((person) => people.has(person)).length
  if ([...sets].some((set) => others.has(set))) {
    // Turkish Wikipedia has a page for each name a series went by.
    const isTurkish = [sets, others].every((own) => own.size === 1 && own.has('turkish-wikipedia'))
    return isTurkish && isSameDay && shared >= PEOPLE_MIN
  }
  const [ends, ended] = [endOf(a), endOf(b)]
  // A series within a longer one has its people and its year, and another end.
  if (ends && ended && Math.abs(ends - ended) > YEARS_APART_MAX) return false
  const isNamePart = namesOf(a).some((name) => namesOf(b).some((other) => isPart(name, other)))
  return areOne(a, b) && ((isSameDay && isNamePart) || shared >= PEOPLE_MIN)
}

/** How much a show's first entry says: its seasons before its name, and no name that is two. */
const fullness = ({ entries: [lead] }: Cluster) =>
  100 * (lead?.seasonCount ?? 0) + (lead?.title.includes('/') ? 0 : (lead?.title.length ?? 0))

/** The shows with their twins taken in, the one of the more trusted set first; and how many were. */
export function joinTwins(clusters: Cluster[]): { clusters: Cluster[]; joined: number } {
  const groups = new Map<string, Cluster[]>()
  const absorbed = new Set<Cluster>()
  for (const cluster of clusters) {
    const years = new Set(startsOf(cluster, ({ startYear }) => startYear?.toString()))
    const keys = [
      ...new Set(startsOf(cluster, ({ startDay }) => startDay)),
      ...[...peopleOf(cluster)].flatMap((person) => [...years].map((year) => `${year} ${person}`)),
    ]
    const near = new Set(keys.flatMap((key) => groups.get(key) ?? []))
    const [twin, ...more] = [...near].filter((other) => areTwins(other, cluster))
    if (twin && more.length === 0) {
      // Of two pages of one list the fuller leads.
      const isFuller = fullness(cluster) > fullness(twin)
      if (isFuller) twin.entries.unshift(...cluster.entries)
      else twin.entries.push(...cluster.entries)
      for (const key of cluster.keys) twin.keys.add(key)
      absorbed.add(cluster)
    }
    for (const key of keys)
      groups.set(key, [...(groups.get(key) ?? []), twin && more.length === 0 ? twin : cluster])
  }
  return { clusters: clusters.filter((cluster) => !absorbed.has(cluster)), joined: absorbed.size }
}
