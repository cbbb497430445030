/** What is shorter is parsed with its part. */
const CONTENT_BYTES_MIN = 1_024

/** The boundary that parts a body of `multipart/form-data` (RFC 2046, 5.1.1); null where the type names none. */
export function boundaryOf(type: string): string | null {
  const [, quoted, bare] = /;\s*boundary=(?:"([^"\r\n]{1,70})"|([^\s;"]{1,70}))/i.exec(type) ?? []
  return quoted ?? bare ?? null
}

/**
 * A form's body (RFC 7578) without the contents of its long parts, and those contents by the place of their part. The
 * platform's parser copies all it is given four times, in one go; of twenty megabytes it needs the hundred bytes that say
 * what they are. Contents are parts of `body`, not copies. Null where more than `bytesMax` would remain.
 */
export function withoutContents(
  body: Buffer,
  boundary: string,
  bytesMax: number,
): { rest: Buffer; contents: Map<number, Buffer> } | null {
  const delimiter = `\r\n--${boundary}`
  const kept: Buffer[] = []
  const contents = new Map<number, Buffer>()
  let keptBytes = 0
  let from = 0
  const keep = (to: number) => {
    kept.push(body.subarray(from, to))
    keptBytes += to - from
    from = to
  }
  for (let part = 0, at = delimiter.length - 2; ; part++) {
    const head = body.indexOf('\r\n\r\n', at)
    const next = head < 0 ? -1 : body.indexOf(delimiter, head + 4)
    if (next < 0) break
    if (next - (head + 4) >= CONTENT_BYTES_MIN) {
      keep(head + 4)
      contents.set(part, body.subarray(head + 4, next))
      from = next
    }
    // A form of a million parts is not even walked through.
    if (keptBytes + next - from > bytesMax) return null
    at = next + delimiter.length
  }
  keep(body.length)
  return keptBytes > bytesMax ? null : { rest: Buffer.concat(kept), contents }
}
