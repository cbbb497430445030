/** Files made to break whoever reads them, and the requests that bring files. */
const MILLION = 1_000_000
const SITE = 'https://greenlit.test'

/** Texts of up to 19 MB that a parser would pay for with seconds or gigabytes, and what is said of each. */
export const HOSTILE_LISTS: { name: string; text: () => string; says: RegExp }[] = [
  { name: 'commas', text: () => ','.repeat(19 * MILLION), says: /Row 1 .* 1,000 fields/ },
  {
    name: 'six million columns',
    text: () => `title${',a'.repeat(6 * MILLION)}\nDark`,
    says: /Row 1 .* 1,000 fields/,
  },
  { name: 'one line', text: () => `title\n${'a'.repeat(19 * MILLION)}`, says: /Row 2 .* million characters/ },
  { name: 'nested JSON lists', text: () => '['.repeat(9 * MILLION), says: /20 deep/ },
  { name: 'nested JSON objects', text: () => '{"a":'.repeat(2 * MILLION), says: /20 deep/ },
  { name: 'wide JSON', text: () => `[${'[],'.repeat(6 * MILLION)}[]]`, says: /four million values/ },
  { name: 'a million attributes', text: () => `<a ${'b="1" '.repeat(MILLION)}/>`, says: /100 attributes/ },
  {
    name: 'elements of 90 attributes',
    text: () => `<l>${`<a ${'b="1" '.repeat(90)}/>`.repeat(6_000)}</l>`,
    says: /500,000 attributes/,
  },
  { name: 'nested XML', text: () => '<a>'.repeat(2 * MILLION), says: /20 deep/ },
  { name: 'XML elements', text: () => `<a>${'<b/>'.repeat(300_000)}</a>`, says: /250,000 elements/ },
]

const BOUNDARY = 'TestBoundary7'

/** The body of a form with one file. */
export const formBody = (bytes: Buffer, fileName = 'list.csv'): Buffer =>
  Buffer.concat([
    Buffer.from(
      `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="${fileName}"\r\nContent-Type: application/octet-stream\r\n\r\n`,
    ),
    bytes,
    Buffer.from(`\r\n--${BOUNDARY}--\r\n`),
  ])

const PIECE_BYTES = 65_536

/** A request that brings a form's body as the network does: piece by piece, with others in between. */
export function sending(body: Buffer, headers: Headers = new Headers({ Origin: SITE })): Request {
  headers.set('Content-Type', `multipart/form-data; boundary=${BOUNDARY}`)
  headers.set('Content-Length', String(body.length))
  let at = 0
  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        await new Promise((resolve) => setImmediate(resolve))
        if (at >= body.length) return controller.close()
        controller.enqueue(new Uint8Array(body.subarray(at, at + PIECE_BYTES)))
        at += PIECE_BYTES
      },
    },
    { highWaterMark: 0 },
  )
  const init = { method: 'POST', headers, body: stream, duplex: 'half' }
  return new Request(`${SITE}/api/me/imports`, init as RequestInit)
}
