import type { ClaimKind, EventKind, SourceClass } from '@/db/schema/words'
import type { Day } from '@/lib/shared/day'

/** The parts of the open data, each a file of lines; in the order in which they are loaded. */
export const PARTS = ['catalogue', 'claims', 'events'] as const
export type Part = (typeof PARTS)[number]

/** A claim as its line has it. */
export interface ClaimLine {
  /** Content hash, the same wherever the claim is recorded. */
  id: string
  /** `greenlit:` and the slug of the show. */
  show: string
  season: number
  kind: ClaimKind
  /** What was said, in our words. */
  value: string
  /** EDTF. */
  date: string | null
  who: string | null
  status: 'confirmed' | 'returning' | 'expected' | 'new' | 'out' | null
  modality: 'done' | 'planned'
  citing: string | null
  publisher: string
  url: string
  published_on: Day | null
  source_class: SourceClass
  seen_on: Day
  /** The instant it was written down, UTC to the microsecond: of two statements of one day the later goes before. */
  recorded_at: string
  /** Null while it counts. */
  retracted: { on: Day; reason: string } | null
}

/** An event as its line has it. */
export interface EventLine {
  /** What every feed calls it. */
  key: string
  show: string
  season: number
  kind: EventKind
  was: string
  became: string
  /** Ids of the claims that decided it. */
  because: string[]
  happened_on: Day
  /** Tells apart what happened twice on one day: there and back and there again. */
  ordinal: number
  /** When it was written down, UTC to the second. */
  recorded_at: string
  /** Corrected: told, and found wrong. Withdrawn: taken back before anybody was told. */
  state: 'stands' | 'corrected' | 'withdrawn'
}

/** What happened to a line. */
export const OPERATIONS = [
  'show_put',
  'show_removed',
  'claim_recorded',
  'claim_retracted',
  'claim_removed',
  'event_recorded',
  'event_corrected',
  'event_withdrawn',
  'event_removed',
] as const
export type OperationKind = (typeof OPERATIONS)[number]

/**
 * One change: the line under `key` of a part is from now on this one, or is no more. Told in the order of their serials
 * to an empty state, all of them make the export.
 */
export interface Operation {
  serial: number
  op: OperationKind
  part: Part
  /** The slug of a show, the id of a claim, the key of an event. */
  key: string
  /** The line as it is in the file, without its end; null where it is removed. */
  line: string | null
}

/** A file of an export. */
export interface FileEntry {
  name: string
  address: string
  part: Part
  rows: number
  /** As it is sent, packed. */
  bytes: number
  /** Of the packed bytes, hex. */
  sha256: string
  /** Unpacked. */
  plain_bytes: number
  plain_sha256: string
  licence: string
  licence_url: string | null
}

/** What an export is, for programs: `/data/manifest.json`. */
export interface Manifest {
  /** Of the lines; another number where a field goes or changes its meaning. */
  format: 1
  made_on: Day
  made_at: string
  /** Changes after this serial are not in it: `/api/v1/changes?after=`. */
  serial: number
  files: FileEntry[]
  licence: string
  left_out: { what: string; why: string }[]
}
