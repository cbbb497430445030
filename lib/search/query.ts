/** Characters of a query that are considered. */
export const QUERY_CHARACTERS_MAX = 200

/** `query` without control, bidirectional and other invisible characters, and at most 200 characters of it. */
export function cleanQuery(query: string): string {
  return [...query.slice(0, QUERY_CHARACTERS_MAX * 8).replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}]+/gu, ' ')]
    .slice(0, QUERY_CHARACTERS_MAX)
    .join('')
    .trim()
}

/** Why a query cannot be answered, as a sentence for the reader, or null where it can. */
export function queryProblem(query: string): string | null {
  if (query.length <= QUERY_CHARACTERS_MAX) return null
  return `A search can be at most ${QUERY_CHARACTERS_MAX} characters long; this one has ${query.length.toLocaleString('en-GB')}.`
}
