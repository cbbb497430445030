/** Pure: the outside ids of a show as a line writes them, one under a namespace or several. */

/** Outside ids by namespace: a text where a show has one there, a list where it has several (a split anime). */
export type OutsideIds = Record<string, string | string[]>

/** One outside id: `{namespace: 'tmdb', value: '1399'}` is `tmdb:1399`. */
export interface OutsideId {
  namespace: string
  value: string
}

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** Every id, each once, in the order they are written. */
export const listIds = (ids: OutsideIds): OutsideId[] =>
  Object.entries(ids).flatMap(([namespace, values]) =>
    [...new Set([values].flat())].map((value) => ({ namespace, value })),
  )

/** Every id as `<ns>:<id>`, each once, in the order they are written. */
export const idNames = (ids: OutsideIds): string[] =>
  listIds(ids).map(({ namespace, value }) => `${namespace}:${value}`)

/** Ids as a line writes them, always the same way: by namespace; a text where there is one, a sorted list where more. */
export function idsOf(list: OutsideId[]): OutsideIds {
  const values = new Map<string, Set<string>>()
  for (const { namespace, value } of list)
    values.set(namespace, (values.get(namespace) ?? new Set()).add(value))
  return Object.fromEntries(
    [...values]
      .sort(([a], [b]) => byText(a, b))
      .map(([namespace, own]) => {
        const sorted = [...own].sort(byText)
        return [namespace, sorted.length > 1 ? sorted : (sorted[0] as string)]
      }),
  )
}

/** The ids of both. */
export const uniteIds = (a: OutsideIds, b: OutsideIds): OutsideIds => idsOf([...listIds(a), ...listIds(b)])
