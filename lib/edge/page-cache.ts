/** Finished pages in memory, bounded by bytes: kept until a tag of theirs expires, each made by one request while others wait for it. */
import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { dayOf } from '@/lib/shared/day'
import { dayOfTag } from '@/lib/shared/tags'
import { type Coding, fromBrotli, isPackable, toBrotli, toGzip } from './packing'

/** An answer ready to be written: its head as a flat list, its bytes. */
export interface Ready {
  head: string[]
  etag: string
  body: Buffer
}

/** What is kept of an address. */
export interface Kept {
  key: string
  /** The pattern of its place, for counting. */
  place: string
  /** The header lines that go with it in every coding. */
  lines: string[]
  /** Strong entity tag without its quotes; each coding has its own ending (RFC 9110, 8.8.3.3). */
  hash: string
  packable: boolean
  /** br where it can be packed, else as it is. */
  bytes: Buffer
  tags: string[]
  stale: boolean
  /** When the day it speaks of is over. */
  freshUntilMs: number
  ready: Partial<Record<Coding, Ready>>
}

/** A page as it was made. */
export interface Made {
  lines: string[]
  type: string
  body: Buffer
  tags: string[]
  /** The pattern of its place, for counting. */
  place: string
  /** Kept no longer than this. */
  keptMs?: number | undefined
}

interface Flight {
  expired: Set<string>
  everything: boolean
  whole: Promise<Kept | null>
}

export interface CacheBounds {
  /** Bytes of pages, packed. */
  pagesBytes: number
  /** Bytes of lists, whose addresses anybody can think up: they never push pages out. */
  listsBytes: number
  /** Bytes of the same unpacked, for clients that take no br. */
  unpackedBytes: number
}

const MIB = 1024 * 1024
export const CACHE_BOUNDS: CacheBounds = {
  pagesBytes: 96 * MIB,
  listsBytes: 16 * MIB,
  unpackedBytes: 16 * MIB,
}

/** About what an entry costs beside its bytes: heads, tags, its places in the index. */
const ENTRY_BYTES = 2_048

const ENDINGS: Record<Coding, string> = { br: '-br', gzip: '-gz', identity: '' }

/** How a page came: from what is kept, made for this request, or in an older form because no newer could be had. */
export type Came = 'HIT' | 'MISS' | 'STALE'

/** Pure: a head that says how the page came; as it is kept it says HIT, in its second place. */
export const headThatCame = ([name, , ...lines]: string[], came: Came): string[] => [name!, came, ...lines]

/** Pure: the entity tags of an If-None-Match header, weak ones as if they were strong (RFC 9110, 13.1.2); `*` as it is. */
export const entityTagsIn = (ifNoneMatch: string): string[] =>
  ifNoneMatch.split(',').map((given) => given.trim().replace(/^W\/(?!\*$)/, ''))

/** Pure: true where an If-None-Match header names the page in any coding. */
export function isHeld(ifNoneMatch: string, hash: string): boolean {
  return entityTagsIn(ifNoneMatch).some(
    (tag) => tag === '*' || tag.replace(/^"|"$/g, '').replace(/-(?:br|gz)$/, '') === hash,
  )
}

/** When the last of the days that a page speaks of is over; never where it speaks of none. */
function freshUntilMs(tags: readonly string[], now: Date): number {
  const today = dayOf(now)
  let until = Number.POSITIVE_INFINITY
  for (const tag of tags) {
    const day = dayOfTag(tag)
    if (day === undefined) continue
    // A page begun before midnight and finished after it speaks of yesterday.
    if (day !== today) return 0
    until = Math.min(until, Date.parse(`${day}T00:00:00Z`) + 86_400_000)
  }
  return until
}

/** The page cache of one process. */
export class PageCache {
  readonly #pages: LRUCache<string, Kept>
  readonly #lists: LRUCache<string, Kept>
  readonly #unpacked: LRUCache<string, { kept: Kept; coding: Coding; size: number }>
  readonly #byTag = new Map<string, Set<Kept>>()
  readonly #flights = new Map<string, Flight>()
  /** Pages that expired since the process began. */
  expiredPages = 0

  constructor(bounds: CacheBounds = CACHE_BOUNDS) {
    const shelf = (maxSize: number) =>
      new LRUCache<string, Kept>({
        maxSize,
        sizeCalculation: (kept) => kept.bytes.length + ENTRY_BYTES,
        dispose: (kept) => this.#forget(kept),
      })
    this.#pages = shelf(bounds.pagesBytes)
    this.#lists = shelf(bounds.listsBytes)
    this.#unpacked = new LRUCache({
      maxSize: bounds.unpackedBytes,
      sizeCalculation: ({ size }) => size,
      dispose: ({ kept, coding }, _key, reason) => {
        // Two who unpacked it at once: the later copy took the place of the earlier, and stays at hand.
        if (reason !== 'set') delete kept.ready[coding]
      },
    })
  }

  #shelfOf(key: string) {
    return key.includes('?') ? this.#lists : this.#pages
  }

  /** What is kept under an address (its path and canonical query), fresh or not. */
  get(key: string): Kept | undefined {
    return this.#shelfOf(key).get(key)
  }

  /** True where a page may be sent without asking anybody. */
  isFresh(kept: Kept): boolean {
    return !kept.stale && Date.now() < kept.freshUntilMs
  }

  /**
   * Has a page made, by one request at a time: who comes meanwhile waits for the same. `make` gives null for what must
   * not be kept. Something that expires while the page is being made is not missed: the page is kept as stale.
   */
  fill(key: string, make: () => Promise<Made | null>): Promise<Kept | null> {
    const flying = this.#flights.get(key)
    if (flying) return flying.whole
    const flight: Flight = { expired: new Set(), everything: false, whole: Promise.resolve(null) }
    // Announced before it begins: what expires from its first moment on concerns it.
    this.#flights.set(key, flight)
    flight.whole = (async () => {
      try {
        const made = await make()
        return made && (await this.#keep(key, made, flight))
      } finally {
        this.#flights.delete(key)
      }
    })()
    return flight.whole
  }

  async #keep(key: string, { lines, type, body, tags, place, keptMs }: Made, flight: Flight): Promise<Kept> {
    const packable = isPackable(type, body.length)
    const kept: Kept = {
      key,
      place,
      lines: [
        'X-Cache',
        'HIT',
        ...lines,
        'Content-Type',
        type,
        ...(packable ? ['Vary', 'Accept-Encoding'] : []),
      ],
      hash: createHash('sha256').update(body).digest('base64url').slice(0, 22),
      packable,
      bytes: packable ? await toBrotli(body) : body,
      tags,
      stale: flight.everything || tags.some((tag) => flight.expired.has(tag)),
      freshUntilMs: Math.min(
        freshUntilMs(tags, new Date()),
        keptMs ? Date.now() + keptMs : Number.POSITIVE_INFINITY,
      ),
      ready: {},
    }
    const shelf = this.#shelfOf(key)
    // What it replaces leaves the index first.
    shelf.delete(key)
    shelf.set(key, kept)
    for (const tag of tags) {
      const held = this.#byTag.get(tag) ?? new Set()
      this.#byTag.set(tag, held.add(kept))
    }
    if (packable) this.#ready(kept, 'identity', body)
    return kept
  }

  #forget(kept: Kept): void {
    for (const tag of kept.tags) {
      const held = this.#byTag.get(tag)
      held?.delete(kept)
      if (held?.size === 0) this.#byTag.delete(tag)
    }
    for (const coding of ['identity', 'gzip'] as const) this.#unpacked.delete(`${coding} ${kept.key}`)
  }

  #ready(kept: Kept, coding: Coding, body: Buffer): Ready {
    const etag = `"${kept.hash}${ENDINGS[coding]}"`
    const head = [...kept.lines, 'ETag', etag, 'Content-Length', String(body.length)]
    if (coding !== 'identity') head.push('Content-Encoding', coding)
    const ready = { head, etag, body }
    kept.ready[coding] = ready
    if (body !== kept.bytes)
      this.#unpacked.set(`${coding} ${kept.key}`, { kept, coding, size: body.length + ENTRY_BYTES })
    return ready
  }

  /** The page in a coding, if it is at hand. */
  at(kept: Kept, coding: Coding): Ready | undefined {
    const ready = kept.ready[kept.packable ? coding : 'identity']
    // Asked for again: it is not the next to go.
    if (ready && ready.body !== kept.bytes) this.#unpacked.get(`${coding} ${kept.key}`)
    return ready
  }

  /** The page in a coding, made where it is not at hand. */
  async inCoding(kept: Kept, coding: Coding): Promise<Ready> {
    const there = this.at(kept, coding)
    if (there) return there
    if (!kept.packable) return this.#ready(kept, 'identity', kept.bytes)
    if (coding === 'br') return this.#ready(kept, 'br', kept.bytes)
    const plain = await fromBrotli(kept.bytes)
    return this.#ready(kept, coding, coding === 'gzip' ? await toGzip(plain) : plain)
  }

  /** Everything that says something which has changed is stale. @returns how many pages */
  expire(tags: readonly string[]): number {
    let pages = 0
    for (const tag of tags) {
      for (const kept of this.#byTag.get(tag) ?? []) {
        if (!kept.stale) pages++
        kept.stale = true
      }
      for (const flight of this.#flights.values()) flight.expired.add(tag)
    }
    this.expiredPages += pages
    return pages
  }

  /** What was missed cannot be told: all is stale, and served only where nothing newer can be had. */
  expireEverything(): void {
    for (const shelf of [this.#pages, this.#lists])
      for (const kept of shelf.values())
        if (kept.freshUntilMs < Number.POSITIVE_INFINITY || kept.tags.length > 0) kept.stale = true
    for (const flight of this.#flights.values()) flight.everything = true
  }

  /** For operators: entries, and the bytes they hold. */
  get size(): { pages: number; lists: number; bytes: number } {
    return {
      pages: this.#pages.size,
      lists: this.#lists.size,
      bytes: this.#pages.calculatedSize + this.#lists.calculatedSize + this.#unpacked.calculatedSize,
    }
  }
}
