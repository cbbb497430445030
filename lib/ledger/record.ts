/** The claim record, read once at the door. Pure. */

import { createHash } from 'node:crypto'
import { z } from 'zod'
import { CLAIM_KINDS, SOURCE_CLASSES } from '@/db/schema/words'
import { addDays, type Day, isDay } from '@/lib/shared/day'
import { parseEdtf } from '@/lib/shared/edtf'
import { readJsonLine } from '@/lib/shared/ndjson'
import { hasUnsafeCharacters } from '@/lib/shared/text'
import type { Claim } from '@/lib/status/claim'

/** A quote is evidence, not a copy of the page. */
export const QUOTE_LENGTH_MAX = 300
const LINE_LENGTH_MAX = 1_000_000

const text = (max: number) =>
  z
    .string()
    .transform((given) => given.replace(/\s+/g, ' ').trim())
    .pipe(z.string().min(1).max(max))

/** Missing, null and empty mean the same: not known. */
const known = <T extends z.ZodType>(schema: T) =>
  z.preprocess((given) => (given === '' || given === undefined ? null : given), schema.nullable())

/**
 * One line of a claims file. Not plain from their names: `citing`, the outlet a second-hand statement credits;
 * `modality`, `planned` where a thing is only intended; `status`, of a person: `expected` where they may come back; `seen_on`, the day the page was read. `recorded_at` and `retracted` stand in lines of
 * the open data (lib/open-data): when it was first written down, and when and why it was taken back. Others are ignored.
 */
export const claimRecord = z.object({
  show: text(300),
  season: z.number().int().min(1).max(1000),
  kind: z.enum(CLAIM_KINDS),
  value: text(500),
  date: known(z.string()),
  who: known(text(200)),
  status: known(z.enum(['confirmed', 'returning', 'expected', 'new', 'out'])),
  modality: known(z.enum(['done', 'planned', 'reported'])),
  citing: known(text(120)),
  publisher: text(120),
  url: z
    .string()
    .trim()
    .max(2000)
    .regex(/^https?:\/\/[^\s/]+/i),
  published_on: known(z.string()),
  source_class: z.enum(SOURCE_CLASSES),
  quote: known(text(QUOTE_LENGTH_MAX)),
  seen_on: known(z.string()),
  recorded_at: known(z.string()),
  retracted: known(z.object({ on: z.string(), reason: text(500) })),
})

/** A claim as it stands in the ledger, except for the rows it belongs to. */
export interface ParsedClaim
  extends Omit<
    Claim,
    'id' | 'citesOfficialBody' | 'recordedAt' | 'source' | 'retractedOn' | 'retractReason'
  > {
  show: string
  publisher: string
  quote: string | null
  /** The instant it was first written down, elsewhere; missing or null for now. */
  recordedAt?: string | null
  /** It was taken back elsewhere; missing or null where it counts. */
  retracted?: { on: Day; reason: string } | null
}

export type ClaimLine = { ok: true; claim: ParsedClaim } | { ok: false; problems: string[] }

function plainIssue(issue: z.core.$ZodIssue): string {
  const field = issue.path.map(String).join('.') || 'the line'
  switch (issue.code) {
    case 'invalid_type': {
      if (issue.message.endsWith('received undefined')) return `${field}: is missing`
      const type = issue.expected === 'int' ? 'whole number' : issue.expected
      return `${field}: should be ${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`
    }
    case 'invalid_value':
      return `${field}: is not one of ${issue.values.join(', ')}`
    case 'too_big':
      return `${field}: is more than ${issue.maximum}${issue.origin === 'string' ? ' characters' : ''}`
    case 'too_small':
      return `${field}: ${issue.origin === 'string' ? 'is empty' : `is less than ${issue.minimum}`}`
    case 'invalid_format':
      return `${field}: is not an address that begins with http:// or https://`
    default:
      return `${field}: ${issue.message}`
  }
}

/** True for what is intended; of a casting also what is only reported: somebody in talks has not been cast. */
const isHedged = ({ modality, kind }: Pick<z.infer<typeof claimRecord>, 'modality' | 'kind'>) =>
  modality === 'planned' || (modality === 'reported' && kind.startsWith('cast_'))

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?Z$/

/** What a line says of its own past, and what is wrong with it. */
function pastOf({ recorded_at: at, retracted }: z.infer<typeof claimRecord>, today: Day): string[] {
  const isTold = at === null || (INSTANT.test(at) && !Number.isNaN(Date.parse(at)))
  return [
    ...(isTold ? [] : [`recorded_at: is not an instant such as 2026-11-22T10:00:00Z`]),
    ...(retracted && !isDay(retracted.on) ? ['retracted.on: is not a day such as 2026-11-22'] : []),
    ...(retracted && isDay(retracted.on) && retracted.on > addDays(today, 1)
      ? ['retracted.on: is still to come']
      : []),
    ...(retracted && hasUnsafeCharacters(retracted.reason)
      ? ['retracted.reason: has control or text-direction characters']
      : []),
  ]
}

/** A day of the record; a month or year alone is no day and counts as unknown. */
function dayField(
  field: string,
  given: string | null,
  today: Day,
): { day: Day | null; problem: string | null } {
  if (given === null) return { day: null, problem: null }
  if (isDay(given)) {
    const ahead = given > addDays(today, 1)
    return ahead
      ? { day: null, problem: `${field}: ${given} is still to come` }
      : { day: given, problem: null }
  }
  const parsed = parseEdtf(given)
  return parsed.ok ? { day: null, problem: null } : { day: null, problem: `${field}: ${parsed.reason}` }
}

/**
 * Reads one line. A line with a problem is refused whole, and every problem comes back with its field. Control and
 * text-direction characters are refused: they lie on screen. `today` stands in for a missing `seen_on`.
 */
export function checkClaimLine(line: string, today: Day): ClaimLine {
  const read = readJsonLine(line, LINE_LENGTH_MAX)
  if (!read.ok) return { ok: false, problems: [read.problem] }
  return checkClaim(read.value, today)
}

/** The same for a value that is no text any more. */
export function checkClaim(raw: unknown, today: Day): ClaimLine {
  const parsed = claimRecord.safeParse(raw)
  if (!parsed.success) return { ok: false, problems: parsed.error.issues.map(plainIssue) }
  const record = parsed.data
  const problems = Object.entries(record).flatMap(([field, value]) =>
    typeof value === 'string' && hasUnsafeCharacters(value)
      ? [`${field}: has control or text-direction characters`]
      : [],
  )
  const window = record.date === null ? null : parseEdtf(record.date)
  if (window && !window.ok) problems.push(`date: ${window.reason}`)
  const published = dayField('published_on', record.published_on, today)
  const seen = dayField('seen_on', record.seen_on, today)
  for (const { problem } of [published, seen]) if (problem) problems.push(problem)
  problems.push(...pastOf(record, today))
  if (problems.length > 0) return { ok: false, problems }
  const dated = window?.ok ? window.window : null
  // "Landscape Insight (citing Newsweek)": the outlet, and the one it credits.
  const credited = /^(.+?) \((?:citing|quoting) ([^()]+)\)$/.exec(record.publisher)
  return {
    ok: true,
    claim: {
      show: record.show,
      season: record.season,
      kind: record.kind,
      value: record.value,
      edtf: dated?.edtf ?? null,
      earliest: dated?.earliest ?? null,
      latest: dated?.latest ?? null,
      who: record.who,
      personStatus: record.status,
      modality: isHedged(record) ? 'planned' : 'done',
      citing: record.citing ?? credited?.[2] ?? null,
      publisher: credited?.[1] ?? record.publisher,
      url: record.url,
      publishedOn: published.day,
      sourceClass: record.source_class,
      quote: record.quote,
      seenOn: seen.day ?? today,
      recordedAt: record.recorded_at,
      retracted: record.retracted && { on: record.retracted.on as Day, reason: record.retracted.reason },
    },
  }
}

/**
 * The id of a claim: a hash of what was said, where, by whom and of which season. Quote and the day we saw it are
 * left out, so that reading a page again is the same claim.
 */
export function claimId(showSlug: string, claim: ParsedClaim): string {
  const said = [
    ...[showSlug, claim.season, claim.kind, claim.value, claim.edtf, claim.who, claim.personStatus],
    ...[claim.modality, claim.citing, claim.publisher, claim.url, claim.publishedOn, claim.sourceClass],
  ]
  return `c_${createHash('sha256').update(JSON.stringify(said)).digest('hex').slice(0, 20)}`
}

/** A claim as a line of an export: what an import of it needs, keys always in this order. */
export function claimLine(claim: Omit<ParsedClaim, 'earliest' | 'latest'>): string {
  return JSON.stringify({
    show: claim.show,
    season: claim.season,
    kind: claim.kind,
    value: claim.value,
    date: claim.edtf,
    who: claim.who,
    status: claim.personStatus,
    modality: claim.modality,
    citing: claim.citing,
    publisher: claim.publisher,
    url: claim.url,
    published_on: claim.publishedOn,
    source_class: claim.sourceClass,
    quote: claim.quote,
    seen_on: claim.seenOn,
  })
}
