/** A migration as the database remembers it: when it was made (epoch ms), which is its identity, and its content. */
export interface Migration {
  madeAtMs: number
  hash: string
}

/** First line of a backup: what made it, when, from what. */
export interface BackupHeader {
  greenlit: 'backup'
  /** Of the container, not of the schema. */
  format: number
  /** ISO 8601, UTC. */
  madeAt: string
  /** Version of Greenlit that wrote it. */
  release: string
  /** Version of PostgreSQL it was read from. */
  server: string
  /** The migrations the schema had, oldest first. */
  schema: Migration[]
  /** By which the AUTH_SECRET that belongs to it is known again: scrypt (RFC 7914) of it; null where none was at hand. */
  secret: { salt: string; proof: string } | null
}

/** Stands before a table's rows. */
export interface TableHead {
  table: string
  columns: string[]
}

/** Stands after them. */
export interface TableFoot {
  rows: number
  /** SHA-256 of the rows as they stand in the file, hexadecimal. */
  sha256: string
}

/** Last line of a backup. */
export interface BackupEnd {
  end: true
  tables: number
  rows: number
  /** Where each sequence stands: the last number it gave. */
  sequences: Record<string, string>
  /** SHA-256 of everything before this line. */
  sha256: string
}

/** A table with its rows, while it is being read or written. */
export interface TablePart extends TableHead {
  rows: AsyncIterable<Buffer>
}

/** A table that was written or read whole. */
export interface TableDone extends TableHead, TableFoot {}

/** What a backup was found to hold, with every checksum right. */
export interface BackupContents {
  header: BackupHeader
  tables: TableDone[]
  end: BackupEnd
}

/** What was saved or brought back. */
export interface BackupReport {
  file: string
  bytes: number
  madeAt: string
  release: string
  tables: TableDone[]
  rows: number
  /** Jobs of the queue that were waiting. */
  jobs: number
  durationMs: number
}

/** Receives one line of progress. */
export type Progress = (line: string) => void

/** A backup or a database that cannot be used, in one sentence for an operator. */
export class BackupError extends Error {
  override name = 'BackupError'
}
