/** What an export says of itself. Pure. */
import { dayOf } from '@/lib/shared/day'
import { withheld } from '@/lib/sources/registry'
import type { Sums } from './pack'
import type { FileEntry, Manifest, Part } from './types'

/** Where the newest export lies; those before it under their day. */
export const OPEN_DATA_PATH = '/data'

/** The hour of the day's export, UTC. */
export const EXPORT_AT = '02:20'

/** The name of a part's file. */
export const fileOf = (part: Part): string => `${part}.ndjson.gz`

/** The terms of all parts: those of the sets that ask for most. */
const SHARE_ALIKE = { licence: 'CC BY-SA 4.0', url: 'https://creativecommons.org/licenses/by-sa/4.0/' }

/**
 * Under which terms each part is passed on, and why. TVmaze and Wikipedia ask whoever passes their records on to do so
 * under the same terms; what else there is asks for less (docs of db/starter, lib/sources).
 */
export const PART_TERMS: Record<Part, { licence: string; url: string; words: string }> = {
  catalogue: {
    ...SHARE_ALIKE,
    words:
      'Each line names the sets it rests on in its provenance: name those of the lines you use. Lines without TVmaze or Wikipedia ask for no more than that.',
  },
  claims: {
    ...SHARE_ALIKE,
    words:
      'Bare facts in our own words: who said what, where and when. What TVmaze says is its record, and so is the file under its terms.',
  },
  events: { ...SHARE_ALIKE, words: 'They follow from the claims and the records, and so do their terms.' },
}

/** What is not in an export, and why. */
export const leftOut = (): { what: string; why: string }[] => [
  {
    what: `what ${withheld.map(({ title }) => title).join(' and ')} say, shows that they alone have, and what rests on nothing else`,
    why: 'their terms keep it from being passed on',
  },
  {
    what: 'quotes of the pages that claims name',
    why: 'they are their publishers’ words, shown beside a link and not ours to give away',
  },
  { what: 'episodes', why: 'each provider lists its own; ask it' },
  {
    what: 'how each claim stands today (superseded, missed, contradicted)',
    why: 'it follows from the claims, the records and the day; /api/v1/shows/{slug} says it for today',
  },
  { what: 'forecasts', why: 'they are estimates, with a record of their own at /forecasts.json' },
  { what: 'everything about readers', why: 'it is theirs' },
]

/** The manifest of an export, as the text that is written and sent. */
export function manifestText(
  { madeAt, serial }: { madeAt: Date; serial: number },
  sums: Record<Part, Sums>,
): string {
  const madeOn = dayOf(madeAt)
  const entry = (part: Part): FileEntry => ({
    name: fileOf(part),
    address: `${OPEN_DATA_PATH}/${madeOn}/${fileOf(part)}`,
    part,
    rows: sums[part].rows,
    bytes: sums[part].bytes,
    sha256: sums[part].sha256,
    plain_bytes: sums[part].plain_bytes,
    plain_sha256: sums[part].plain_sha256,
    licence: PART_TERMS[part].licence,
    licence_url: PART_TERMS[part].url,
  })
  const manifest: Manifest = {
    format: 1,
    made_on: madeOn,
    made_at: `${madeAt.toISOString().slice(0, 19)}Z`,
    serial,
    files: [entry('catalogue'), entry('claims'), entry('events')],
    licence: 'Each file is under the terms named beside it; MIT covers the programs, not the data.',
    left_out: leftOut(),
  }
  return `${JSON.stringify(manifest, null, 2)}\n`
}
