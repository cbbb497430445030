/** The starter ledger out of the collected statements: a pure function of its input files, in the same order always. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { SOURCE_CLASSES } from '@/db/schema/words'
import {
  type Collected,
  cleanClaim,
  collectedClaim,
  fixesByKey,
  impliedFinal,
  keyOf,
  type StarterClaim,
} from './starter/clean'

const FILES = ['claims-asia.ndjson', 'claims-west.ndjson']

export interface BuiltClaims {
  claims: StarterClaim[]
  /** Markdown: what was read, left out, corrected, and why. */
  report: string
}

function readCollected(from: string): Collected[] {
  return FILES.flatMap((name) =>
    readFileSync(path.join(from, 'claims', name), 'utf8')
      .split('\n')
      .flatMap((line, i) => {
        if (!line.trim()) return []
        const parsed = collectedClaim.safeParse(JSON.parse(line))
        if (parsed.success) return [parsed.data]
        const issue = parsed.error.issues[0]
        throw new Error(`${name} line ${i + 1}: ${issue?.path.join('.')}: ${issue?.message}`)
      }),
  )
}

/** Reads the data folder's collected claims and returns the starter ledger with its report. */
export function buildStarterClaims(from: string): BuiltClaims {
  const collected = readCollected(from)
  const fixes = fixesByKey()
  const used = new Set<string>()
  const dropped: string[] = []
  const corrected = new Map<string, string[]>()
  const claims: StarterClaim[] = []
  for (const one of collected) {
    const key = keyOf(one)
    const fix = fixes.get(key)
    if (fix) used.add(key)
    const { claim, reason } = cleanClaim(one, fix)
    if (!claim) dropped.push(`${key}: ${reason}`)
    else claims.push(claim)
    if (claim && reason) corrected.set(reason, [...(corrected.get(reason) ?? []), key])
  }
  const idle = [...fixes.keys()].filter((key) => !used.has(key))
  if (idle.length > 0) throw new Error(`no statement meets the fix for ${idle.join('; ')}`)
  const implied = impliedFinal(claims)
  const all = [...claims, ...implied]
  const lines = new Set<string>()
  const distinct = all.filter((claim) => {
    const line = JSON.stringify(claim)
    return lines.has(line) ? false : Boolean(lines.add(line))
  })
  return { claims: distinct, report: reportOf(collected, distinct, dropped, corrected, implied) }
}

function reportOf(
  collected: Collected[],
  claims: StarterClaim[],
  dropped: string[],
  corrected: Map<string, string[]>,
  implied: StarterClaim[],
): string {
  const count = (test: (claim: StarterClaim) => boolean) => claims.filter(test).length
  const byClass = SOURCE_CLASSES.map(
    (name) => `${name} ${count((claim) => claim.source_class === name)}`,
  ).join(', ')
  return [
    '# The starter ledger',
    '',
    'Built by `npm run greenlit -- build claims`. Facts from the pages named in each line, in our own words;',
    'quotes and later knowledge about a claim stay out: a claim says what was said on its day.',
    '',
    `- ${collected.length} statements read, ${claims.length} claims written about ${new Set(claims.map((c) => c.show)).size} shows by ${new Set(claims.map((c) => c.publisher)).size} sources.`,
    `- By class: ${byClass}.`,
    `- ${count((c) => c.published_on === null)} have no day of publication (a month alone is no day and is left out).`,
    `- ${count((c) => c.citing !== null)} credit somebody else; ${count((c) => c.modality === 'planned')} speak of plans.`,
    `- ${implied.length} statements said two things and became two claims: ${implied.map((c) => `${c.show} season ${c.season}`).join(', ')}.`,
    `- Titles several shows bear are given by address: ${[...new Set(claims.map((c) => c.show).filter((s) => s.startsWith('greenlit:')))].join(', ')}.`,
    '',
    `## Left out (${dropped.length})`,
    '',
    ...dropped.map((line) => `- ${line}`),
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

/** The ledger as NDJSON. */
export const starterLines = (claims: StarterClaim[]): string =>
  `${claims.map((claim) => JSON.stringify(claim)).join('\n')}\n`
