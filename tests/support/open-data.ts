/** Open data as somebody elsewhere has them: operations replayed into an empty state, and an export unpacked. */
import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { writeExport } from '@/lib/open-data/commands'
import { getOperations } from '@/lib/open-data/operations'
import type { Manifest } from '@/lib/open-data/types'

export type Files = Record<'catalogue' | 'claims' | 'events', string>

/** Everything as an export writes it now, each file unpacked, and what the manifest says. */
export async function exported(
  now = new Date('2026-12-01T02:20:00Z'),
): Promise<{ files: Files; packed: Record<keyof Files, Buffer>; manifest: Manifest }> {
  const pieces: Record<keyof Files, Buffer[]> = { catalogue: [], claims: [], events: [] }
  const { manifest } = await writeExport(now, (part) => async (piece, position) => {
    pieces[part][position] = Buffer.from(piece)
  })
  const packed = {
    catalogue: Buffer.concat(pieces.catalogue),
    claims: Buffer.concat(pieces.claims),
    events: Buffer.concat(pieces.events),
  }
  const files = {
    catalogue: gunzipSync(packed.catalogue).toString(),
    claims: gunzipSync(packed.claims).toString(),
    events: gunzipSync(packed.events).toString(),
  }
  return { files, packed, manifest: JSON.parse(manifest) }
}

export const sha256 = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest('hex')

/** What a follower of the changes knows: it reads operations as the page /data tells it to, and nothing of ours. */
export class Replica {
  readonly lines = {
    catalogue: new Map<string, string>(),
    claims: new Map<string, string>(),
    events: new Map<string, string>(),
  }
  serials: number[] = []
  at = 0

  /** Reads on until nothing is left. Returns how many operations came. */
  async follow(): Promise<number> {
    for (let came = 0; ; ) {
      const page = await getOperations(this.at)
      if (!page) throw new Error(`serial ${this.at} was never given out`)
      for (const { serial, part, key, line } of page.operations) {
        this.serials.push(serial)
        if (line === null) this.lines[part].delete(key)
        else this.lines[part].set(key, line)
      }
      came += page.operations.length
      this.at = page.next
      if (page.upToDate) return came
    }
  }

  /** The files its lines make, in the order the manifest names. */
  files(): Files {
    const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
    const write = (lines: Map<string, string>, compare: (a: Line, b: Line) => number) =>
      [...lines.values()]
        .map((text) => ({ text, line: JSON.parse(text) }))
        .sort((a, b) => compare(a.line, b.line))
        .map(({ text }) => `${text}\n`)
        .join('')
    return {
      catalogue: write(this.lines.catalogue, (a, b) => byText(a.slug, b.slug)),
      claims: write(
        this.lines.claims,
        (a, b) => byText(a.show, b.show) || a.season - b.season || byText(a.id, b.id),
      ),
      events: write(
        this.lines.events,
        (a, b) =>
          byText(a.show, b.show) ||
          a.season - b.season ||
          byText(a.happened_on, b.happened_on) ||
          byText(a.key, b.key),
      ),
    }
  }
}

// biome-ignore lint/suspicious/noExplicitAny: whatever a line holds
type Line = any
