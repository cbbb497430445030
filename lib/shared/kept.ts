import { reads } from './reads'

interface Value {
  tags: string[]
  value: Promise<unknown>
}

interface Kept {
  values: Map<string, Value>
  /** Only a process that hears what expires may keep anything. */
  listening: boolean
  /** Who is told what expires, by name. */
  hearers: Map<string, Hear>
}

/** Is given the tags that expired; none where everything did. */
type Hear = (tags?: readonly string[]) => void

// The server hears; Next's bundles, which have a copy of this file each, keep.
const KEY = Symbol.for('greenlit.kept')
const shared = globalThis as { [KEY]?: Kept }
shared[KEY] ??= { values: new Map(), listening: false, hearers: new Map() }
const kept = shared[KEY]

/**
 * What `make` gives, kept in this process until one of `tags` expires: for the few values that many pages share and
 * that cost more than a page. The page being made reads the same tags. Where nobody hears of expiries (worker, command
 * line, tests) it is made each time.
 */
export function keep<T>(key: string, tags: string[], make: () => Promise<T>): Promise<T> {
  reads(...tags)
  if (!kept.listening) return make()
  const there = kept.values.get(key)
  if (there) return there.value as Promise<T>
  const value = make()
  const entry = { tags, value }
  kept.values.set(key, entry)
  value.catch(() => {
    if (kept.values.get(key) === entry) kept.values.delete(key)
  })
  return value
}

/**
 * For what is mended where something expired, and not made anew as a whole: `hear` is told what expires, before any page
 * is. Of several under one name (a copy of a file in each of Next's bundles) the last is told.
 */
export function hearExpiry(name: string, hear: Hear): void {
  kept.hearers.set(name, hear)
}

/** True where this process hears what expires, and so may keep what it has read. */
export const hearsExpiry = (): boolean => kept.listening

/** From now on values are kept: this process hears what expires. */
export function keepValues(): void {
  kept.listening = true
}

/** Forgets what says something that changed; everything without tags. */
export function forgetKept(tags?: readonly string[]): void {
  for (const hear of kept.hearers.values()) hear(tags)
  for (const [key, value] of kept.values)
    if (!tags || value.tags.some((tag) => tags.includes(tag))) kept.values.delete(key)
}
