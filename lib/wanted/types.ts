/** A wish as its reader sees it. */
export interface WantedLine {
  id: number
  words: string
  /** An instant. */
  askedAt: string
  /** The show that came, and when; null while none has. */
  came: { slug: string; title: string; at: string } | null
}

/** A name that readers ask for, as an operator sees it: who asks is not said. */
export interface WantedCount {
  words: string
  readers: number
  /** Days. */
  firstAsked: string
  lastAsked: string
}

/** All that is asked for and not here, most readers first. */
export interface WantedCounts {
  open: WantedCount[]
  /** Wishes that were answered so far and are still on record. */
  answered: number
}
