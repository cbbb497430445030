/** The report on a built ledger, in Markdown. Pure. */
import { SOURCE_CLASSES } from '@/db/schema/words'
import { type Day, latestDay } from '@/lib/shared/day'
import type { StarterClaim } from './clean'
import { decidedBy } from './figures'
import type { CatalogueIndex } from './resolve'

/** What became of the statements: claims, and for each left out the reason. */
export interface Sorted {
  collected: number
  claims: StarterClaim[]
  implied: StarterClaim[]
  dropped: string[]
  unknown: Map<string, { reason: string; claims: number }>
  doubles: string[]
  corrected: Map<string, string[]>
}

const TRUSTED = new Set(['official', 'interview', 'trade', 'press'])

/** What was read, written, left out and corrected, and what it adds up to on `today`. */
export function reportOf(sorted: Sorted, index: CatalogueIndex, today: Day): string {
  const { claims, implied, dropped, doubles, unknown, corrected } = sorted
  const count = (test: (claim: Sorted['claims'][number]) => boolean) => claims.filter(test).length
  const byClass = SOURCE_CLASSES.map(
    (name) => `${name} ${count((claim) => claim.source_class === name)}`,
  ).join(', ')
  const undated = count((claim) => claim.published_on === null)
  const states = decidedBy(claims, index, today)
  const grounded = states.filter(({ by }) => by !== null)
  const trusted = grounded.filter(({ by }) => TRUSTED.has(by as string))
  const kinds = [...new Set(states.map(({ status }) => status))]
    .sort()
    .map((status) => `${status} ${states.filter((state) => state.status === status).length}`)
  const waiting = [...unknown.values()].reduce((sum, show) => sum + show.claims, 0)
  return [
    '# The starter ledger',
    '',
    'Built by `npm run greenlit -- build claims`. Facts from the pages named in each line, in our own words;',
    'quotes and later knowledge about a claim stay out: a claim says what was said on its day.',
    '',
    `- ${sorted.collected} statements read, ${claims.length} claims written about ${new Set(claims.map((c) => c.show)).size} shows by ${new Set(claims.map((c) => c.publisher)).size} sources.`,
    `- ${claims.length - undated} have a day, ${undated} have none (a month alone is no day and is left out); the newest is of ${latestDay(claims.map((c) => c.published_on))}.`,
    `- ${count((c) => c.published_on !== null && c.seen_on <= c.published_on)} days are those of a first sighting: the page is at most three days older.`,
    `- By class: ${byClass}.`,
    `- ${count((c) => c.citing !== null)} credit somebody else; ${count((c) => c.modality === 'planned')} speak of plans.`,
    `- ${implied.length} statements said two things and became two claims: ${implied.map((c) => `${c.show} season ${c.season}`).join(', ')}.`,
    `- Titles several shows bear are given by address: ${[...new Set(claims.map((c) => c.show).filter((s) => s.startsWith('greenlit:')))].join(', ')}.`,
    '',
    `On ${today} the rules make of it: ${kinds.join(', ')}. Of ${grounded.length} states that claims decide, ${trusted.length} (${((100 * trusted.length) / grounded.length).toFixed(1)} %) rest on an official, interview, trade or press note. The others:`,
    '',
    ...grounded
      .filter(({ by }) => !TRUSTED.has(by as string))
      .map(({ address, status, by }) => `- ${address}: ${status} (${by})`),
    '',
    `## No such show yet (${waiting} statements about ${unknown.size} shows)`,
    '',
    ...[...unknown]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([show, { reason, claims: n }]) => `- ${show} (${n}): ${reason}`),
    '',
    `## Left out (${dropped.length})`,
    '',
    ...dropped.map((line) => `- ${line}`),
    '',
    `## The same word of the same page twice (${doubles.length})`,
    '',
    ...doubles.map((line) => `- ${line}`),
    '',
    '## Corrected',
    '',
    ...[...corrected].flatMap(([why, keys]) => [
      `### ${why} (${keys.length})`,
      '',
      ...keys.map((key) => `- ${key}`),
      '',
    ]),
  ].join('\n')
}
