/**
 * Pure: who is who among the people of shows. A name is not a person: two actors may have one name, and one may go by
 * several (Lomon is Park Solomon).
 *
 * - The same outside id is the same person, whatever the name: the other name is learned as an alias.
 * - Else a name is that of the one person who has it, as a name or an alias, unless something speaks against it: a
 *   differing id in a namespace. Then there are two people of that name.
 * - Of a name that several have, a mention with an id of its own is somebody new: which of them it is, nobody can say. A
 *   bare one stays with whom the show credits already, else it is the one of them of whom no id is known.
 * - Whoever is said to go by a name (`also`) is whoever alone has it, unless something speaks against it.
 */
import { lettersOnly } from '@/lib/shared/text'

/** Ids of a person by namespace, one in each. */
export type PersonIds = Record<string, string>

/** A person on record. */
export interface KnownPerson {
  id: number
  name: string
  also: string[]
  ids: PersonIds
}

/** A person as a line names them. */
export interface Mention {
  name: string
  ids: PersonIds
  also: string[]
  /** Ids of the people whom the show of the line credits already. */
  credited?: ReadonlySet<number>
  /** The name is the one they are to be shown by, and not only another. */
  isMain?: boolean
}

/** What made a mention the person it is; `new` where it is nobody on record. */
export type PersonReason = 'id' | 'alias' | 'name' | 'credited' | 'no-id' | 'new'

/** A person after what the mentions say of them. */
export interface SettledPerson {
  /** Their rows on record, the one to keep first; several are to become one; none for somebody new. */
  rows: number[]
  name: string
  also: string[]
  ids: PersonIds
}

/** Every person known or mentioned, and for each mention who it is and why. */
export interface SettledPeople {
  people: SettledPerson[]
  of: { person: SettledPerson; reason: PersonReason }[]
}

interface Being extends SettledPerson {
  /** Whom it turned out to be. */
  is?: Being
}

const whole = (being: Being): Being => (being.is ? whole(being.is) : being)
const namesOf = ({ name, also }: Pick<Being, 'name' | 'also'>) => [name, ...also]
const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** True where nothing speaks against two being one: no differing id in a namespace. */
export const mayBeOne = (a: PersonIds, b: PersonIds): boolean =>
  Object.entries(a).every(([namespace, value]) => b[namespace] === undefined || b[namespace] === value)

/** The people as they stand while mentions are gone through. */
class People {
  private readonly beings: Being[] = []
  private readonly byId = new Map<string, Being>()
  private readonly byName = new Map<string, Set<Being>>()

  constructor(known: KnownPerson[]) {
    for (const { id, name, also, ids } of known) this.add({ rows: [id], name, also: [], ids: {} }, also, ids)
  }

  get all(): Being[] {
    return this.beings.filter((being) => !being.is)
  }

  private add(being: Being, also: string[], ids: PersonIds): Being {
    this.beings.push(being)
    this.holdersOf(being.name).add(being)
    this.learn(being, also, ids)
    return being
  }

  private holdersOf(name: string): Set<Being> {
    const holders = this.byName.get(name) ?? new Set()
    this.byName.set(name, holders)
    return holders
  }

  private learn(being: Being, names: string[], ids: PersonIds): void {
    for (const name of names) {
      if (!namesOf(being).includes(name)) being.also.push(name)
      this.holdersOf(name).add(being)
    }
    for (const [namespace, value] of Object.entries(ids)) {
      const key = `${namespace}:${value}`
      if (being.ids[namespace] !== undefined || this.byId.has(key)) continue
      being.ids[namespace] = value
      this.byId.set(key, being)
    }
  }

  /** Two turn out to be one, under the name of the first. */
  private unite(one: Being, other: Being): void {
    other.is = one
    one.rows = [...one.rows, ...other.rows].sort((a, b) => a - b)
    for (const name of namesOf(other)) this.holdersOf(name).delete(other)
    for (const [namespace, value] of Object.entries(other.ids)) this.byId.delete(`${namespace}:${value}`)
    this.learn(one, namesOf(other), other.ids)
  }

  /** Who a mention is, after it is taken in. */
  settle(mention: Mention): { being: Being; reason: PersonReason } {
    const found = this.find(mention)
    const being = found?.being ?? this.add({ rows: [], name: mention.name, also: [], ids: {} }, [], {})
    const others = new Set([mention.name, ...mention.also].filter((name) => !namesOf(being).includes(name)))
    this.learn(being, [...others], mention.ids)
    for (const name of others) {
      const [other, ...more] = [...this.holdersOf(name)].filter((holder) => holder !== being)
      if (other && more.length === 0 && mayBeOne(being.ids, other.ids)) this.unite(being, other)
    }
    if (mention.isMain && being.name !== mention.name) {
      being.also = [being.name, ...being.also].filter((name) => name !== mention.name)
      being.name = mention.name
    }
    return { being, reason: found?.reason ?? 'new' }
  }

  private find({ name, ids, also, credited }: Mention): { being: Being; reason: PersonReason } | null {
    const withId = Object.entries(ids).flatMap(([namespace, value]) => {
      const being = this.byId.get(`${namespace}:${value}`)
      return being ? [being] : []
    })
    const [first, ...same] = new Set(withId)
    if (first) {
      for (const other of same) if (mayBeOne(first.ids, other.ids)) this.unite(first, other)
      return { being: first, reason: 'id' }
    }
    const holders = [...this.holdersOf(name)]
    const isBare = Object.keys(ids).length === 0
    const credits = isBare ? holders.filter(({ rows }) => rows.some((row) => credited?.has(row))) : []
    if (credits.length === 1) return { being: credits[0] as Being, reason: 'credited' }
    const [holder] = holders
    if (holder && holders.length === 1)
      return mayBeOne(holder.ids, ids)
        ? { being: holder, reason: holder.name === name ? 'name' : 'alias' }
        : null
    if (holder) {
      const bare = holders
        .filter((being) => Object.keys(being.ids).length === 0)
        .sort(
          (a, b) =>
            Number(b.name === name) - Number(a.name === name) ||
            (a.rows[0] ?? Infinity) - (b.rows[0] ?? Infinity),
        )
      return isBare && bare[0] ? { being: bare[0], reason: 'no-id' } : null
    }
    for (const other of also) {
      const known = [...this.holdersOf(other)]
      if (known.length === 1 && mayBeOne((known[0] as Being).ids, ids))
        return { being: known[0] as Being, reason: 'alias' }
    }
    return null
  }
}

/** What a mention says beside the name: the more, the earlier it is heard, so that the order of lines decides less. */
const weight = ({ ids, also }: Mention) => (Object.keys(ids).length > 0 ? 2 : also.length > 0 ? 1 : 0)

/**
 * Who each mention is, given the people on record. Ids are heard first, then aliases, then bare names, whatever their
 * order: of a name that two people of one file have, no bare mention is taken for either.
 */
export function settlePeople(known: KnownPerson[], mentions: Mention[]): SettledPeople {
  const people = new People(known)
  const order = mentions.map((mention, index) => ({ mention, index }))
  order.sort((a, b) => weight(b.mention) - weight(a.mention) || a.index - b.index)
  const found: { being: Being; reason: PersonReason }[] = []
  for (const { mention, index } of order) found[index] = people.settle(mention)
  for (const being of people.all) being.also.sort(byText)
  return {
    people: people.all,
    of: found.map(({ being, reason }) => ({ person: whole(being), reason })),
  }
}

/** A name as it is compared within one cast: "Yoon Chan-Young" and "yoon chan young" are one. */
const bareName = (text: string) => lettersOnly(text.normalize('NFKD'))

/**
 * A cast with each person once: who is credited under two names, or twice with one part, has one credit, with the part
 * that is told. Somebody listed under one name with several parts plays them all.
 */
export function onePerCredit<T extends { character?: string | null | undefined }>(
  cast: { person: SettledPerson; spelled: string; member: T }[],
): { person: SettledPerson; member: T }[] {
  const kept: { person: SettledPerson; spelled: string; member: T }[] = []
  for (const credit of cast) {
    const same = kept.filter(({ person }) => person === credit.person)
    const part = credit.member.character
    const isTold = same.some(({ member }) => bareName(member.character ?? '') === bareName(part ?? ''))
    const bare = same.find(({ member }) => !member.character)
    if (bare && part) bare.member = { ...bare.member, character: part }
    else if (same.length === 0 || (part && !isTold && same[0]?.spelled === credit.spelled)) kept.push(credit)
  }
  return kept.map(({ person, member }) => ({ person, member }))
}
