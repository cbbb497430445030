import { type Entry, isPremiseSet } from './entry'
import { scriptOf, titleKey } from './names'

const japanese = (title: string) => ['kana', 'han'].includes(scriptOf(title))
const FILM = /\b(movie|film|special|ova)\b/i

/**
 * Lets Netflix's pairs of English and Japanese titles introduce anime to each other: an anime under its English name
 * gets the Japanese one as an alias, and a show of bangumi-data without an English name gets the one that Netflix
 * uses. Only where the Japanese title means one show: a remake with the same name gets nothing.
 */
export function shareNativeTitles(
  entries: Entry[],
  natives: Map<string, string[]>,
  english: Map<string, string[]>,
): void {
  const holders = new Map<string, Entry[]>()
  for (const entry of entries) {
    if (entry.set !== 'bangumi-data') continue
    const key = titleKey(entry.original ?? entry.title)
    holders.set(key, [...(holders.get(key) ?? []), entry])
  }
  nameInEnglish(holders, english)
  for (const entry of entries) {
    // Other sets list the same show under its own name ("Vis a vis" for "Locked Up").
    if (entry.set.startsWith('netflix-') || isPremiseSet(entry.set))
      entry.findBy = natives.get(titleKey(entry.title)) ?? []
    if (entry.kind !== 'anime' || entry.set === 'bangumi-data' || entry.original) continue
    const found = (natives.get(titleKey(entry.title)) ?? []).filter(japanese)
    if (found.length === 1 && !FILM.test(entry.title)) {
      const holder = holders.get(titleKey(found[0] as string))
      if (holder?.length === 1) entry.aliases.push(found[0] as string)
    }
  }
}

/** `english`: the Netflix titles of a Japanese one. A show takes the name only where it is the one name for the one show. */
function nameInEnglish(holders: Map<string, Entry[]>, english: Map<string, string[]>): void {
  for (const [key, [entry, ...others]] of holders) {
    const names = (english.get(key) ?? []).filter(
      (name) => !FILM.test(name) && !/season \d|part \d/i.test(name),
    )
    if (!entry || others.length > 0 || names.length !== 1 || scriptOf(names[0] as string) !== 'latin')
      continue
    if (entry.original) {
      entry.aliases.push(names[0] as string)
      continue
    }
    entry.original = entry.title
    entry.title = names[0] as string
  }
}
