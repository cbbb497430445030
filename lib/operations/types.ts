/** One thing that must be so for this installation to do its work. */
export interface Check {
  ok: boolean
  /** How long it took to find out, in milliseconds. */
  ms: number
  /** What is not as it should be, in a sentence; absent where all is well. */
  detail?: string
}

/** Whether this installation does all of its work, and what of it not. */
export interface Readiness {
  ready: boolean
  checks: {
    /** A row can be written. */
    database: Check
    /** A worker was seen within the last two minutes. */
    worker: Check & { ageSeconds: number | null }
    /** No mail waits that should have left a quarter of an hour ago. */
    mail: Check & { oldestDueSeconds: number | null }
    /** How many jobs wait to be done; never a reason not to be ready. */
    queue: Check & { waiting: number | null }
  }
}

/** What a process knows of its database without asking at length. */
export interface Health {
  database: 'ok' | 'away'
  /** What the database held when it was last asked; null where it never answered. */
  holds: { shows: number; seasons: number; claims: number; catalogueVersion: string | null } | null
}

/** Figures that only the database knows, as of one moment. */
export interface DatabaseFigures {
  /** Jobs that wait or run, by task. */
  queues: { queue: string; depth: number }[]
  /** Since when the longest waiting notice or mail waits, in seconds; 0 where none does. */
  oldestUnsentSeconds: number
  /** Since when no worker was seen, in seconds; null where none ever was. */
  workerAgeSeconds: number | null
  /** Connections of this installation's database user by role of the process and what they do. */
  connections: { role: string; state: string; count: number }[]
}
