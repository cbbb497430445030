/** The starter ledger out of the collected statements: from its input files alone, and always in the same order. */

import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { catalogueRecord } from '@/lib/catalogue/types'
import type { Day } from '@/lib/shared/day'
import type { StarterClaim } from './clean'
import { type Collected, cleanClaim, collectedClaim, fixBook, impliedFinal, keyOf } from './clean'
import { reportOf, type Sorted } from './report'
import {
  bracketHint,
  type CatalogueIndex,
  type CatalogueShow,
  catalogueIndex,
  type Hint,
  nameOf,
  resolveShow,
} from './resolve'
import { meantShow } from './shows'

const FILES = [
  'claims-asia.ndjson',
  'claims-west.ndjson',
  'claims-2026-news.ndjson',
  'claims-famous-west.ndjson',
  'claims-famous-asia.ndjson',
]
const TO_COME = 'claims/shows-2026-news.ndjson'
const TO_COME_YEAR = 2026
/** The collectors' own lists of the shows they speak of, and the hand-made list of the famous. */
const LISTS = [
  'claims/shows-asia.ndjson',
  'claims/shows-west.ndjson',
  TO_COME,
  'catalogue/more/famous-by-hand.ndjson',
]

export interface BuiltClaims {
  claims: StarterClaim[]
  /** Markdown: what was read, left out, corrected, and why. */
  report: string
}

const linesOf = (file: string): string[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim())

function readCollected(from: string): Collected[] {
  return FILES.flatMap((name) =>
    linesOf(path.join(from, 'claims', name)).map((line, i) => {
      const parsed = collectedClaim.safeParse(JSON.parse(line))
      if (parsed.success) return parsed.data
      const issue = parsed.error.issues[0]
      throw new Error(`${name} line ${i + 1}: ${issue?.path.join('.')}: ${issue?.message}`)
    }),
  )
}

interface ListedShow {
  title?: string
  show?: string
  aliases?: string[]
  year?: number | null
  country?: string | null
  countries?: string[]
  network?: string | null
  networks?: string[]
  seasons?: { number?: number; season?: number; premiere?: string | null }[]
}

/** What the lists know of a show, by the very title they give it. */
function readListed(from: string): Map<string, Hint> {
  const listed = new Map<string, Hint>()
  for (const list of LISTS) {
    const file = path.join(from, list)
    if (!existsSync(file)) continue
    for (const line of linesOf(file)) {
      const show = JSON.parse(line) as ListedShow
      const title = show.title ?? show.show ?? ''
      const first = show.seasons?.find(({ number, season }) => (number ?? season) === 1)?.premiere
      const bracket = bracketHint(title)
      // The newest list names shows to come without a year: whatever began long before is another.
      const isToCome = list === TO_COME && !show.seasons?.some(({ season = 1 }) => season > 1)
      listed.set(title, {
        year:
          bracket.year ?? show.year ?? (first ? Number(first.slice(0, 4)) : isToCome ? TO_COME_YEAR : null),
        country: bracket.country ?? show.country ?? show.countries?.join(', ') ?? null,
        network: bracket.network ?? show.network ?? show.networks?.join(', ') ?? null,
      })
    }
  }
  return listed
}

const FORWARD = new Set(['renewed', 'announced', 'release_date', 'release_window', 'filming_started'])
const STALE_DAYS = 500

/** True where a season began long before somebody announces it, or speaks of it as the first: another show. */
function isNamesake(show: CatalogueShow, claim: StarterClaim): boolean {
  const premiere = show.seasons?.find(({ number }) => number === claim.season)?.premiere
  if (!premiere || !claim.published_on || (claim.season > 1 && !FORWARD.has(claim.kind))) return false
  const began = Date.parse(premiere.length === 4 ? `${premiere}-12-31` : premiere)
  return (Date.parse(claim.published_on) - began) / 86_400_000 > STALE_DAYS
}

/** The same word of one page in two collections, whoever worded it. */
const sameWord = (claim: StarterClaim): string =>
  [claim.show, claim.season, claim.kind, claim.date ?? '', claim.who ?? '', claim.url].join('|')
/** Of other kinds a page may say several things. */
const ONE_WORD = new Set([
  ...['renewed', 'announced', 'cancelled', 'ended', 'final_season', 'release_date', 'release_window'],
  ...['filming_started', 'filming_wrapped', 'split_release', 'delayed'],
])

function sortOut(collected: Collected[], listed: Map<string, Hint>, index: CatalogueIndex): Sorted {
  const { fixOf, idle } = fixBook()
  const sorted: Sorted = {
    collected: collected.length,
    claims: [],
    implied: [],
    dropped: [],
    doubles: [],
    unknown: new Map(),
    corrected: new Map(),
  }
  const lines = new Set<string>()
  const words = new Set<string>()
  for (const one of collected) {
    const key = keyOf(one)
    const { claims, reason } = cleanClaim(one, fixOf(one))
    if (claims.length === 0) {
      sorted.dropped.push(`${key}: ${reason}`)
      continue
    }
    const meant = meantShow(one, listed)
    const found = resolveShow(meant, index)
    const guessed = meant.year === null && !one.catalogue_id
    const another = found.ok && guessed && claims.some((claim) => isNamesake(found.show, claim))
    if (!found.ok || another) {
      const why = found.ok ? `${found.id} began that season long before` : found.reason
      const there = sorted.unknown.get(one.show)
      sorted.unknown.set(one.show, {
        reason: there?.reason ?? why,
        claims: (there?.claims ?? 0) + claims.length,
      })
      continue
    }
    if (reason) sorted.corrected.set(reason, [...(sorted.corrected.get(reason) ?? []), key])
    for (const claim of claims) {
      const named = { ...claim, show: nameOf(found.show, index) }
      const line = JSON.stringify(named)
      const word = sameWord(named)
      const isDouble = lines.has(line) || (ONE_WORD.has(named.kind) && words.has(word))
      if (isDouble && !lines.has(line)) sorted.doubles.push(key)
      if (isDouble) continue
      lines.add(line)
      words.add(word)
      sorted.claims.push(named)
    }
  }
  const unmet = idle()
  if (unmet.length > 0) throw new Error(`no statement meets the fix for ${unmet.join('; ')}`)
  sorted.implied = impliedFinal(sorted.claims)
  sorted.claims.push(...sorted.implied)
  return sorted
}

/**
 * Reads the data folder's collected claims and returns the starter ledger with its report. `catalogue` is the built
 * catalogue, NDJSON: a statement about a show that it lacks, or that it cannot tell from a namesake, is left out.
 */
export function buildStarterClaims(from: string, catalogue: string, today: Day): BuiltClaims {
  const shows = linesOf(catalogue).map((line) => catalogueRecord.parse(JSON.parse(line)) as CatalogueShow)
  const index = catalogueIndex(shows)
  const sorted = sortOut(readCollected(from), readListed(from), index)
  return { claims: sorted.claims, report: reportOf(sorted, index, today) }
}

/** The ledger as NDJSON. */
export const starterLines = (claims: StarterClaim[]): string =>
  `${claims.map((claim) => JSON.stringify(claim)).join('\n')}\n`
