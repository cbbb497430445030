import { refuse } from './answer'
import { lettingIn, type Measure } from './door'
import { boundaryOf, withoutContents } from './multipart'

/** What a form adds around its file. */
const FORM_BYTES_MAX = 16_384

/** A file as somebody sent it. */
export interface SentFile {
  name: string
  bytes: Uint8Array
}

/** The file in a form's field; null where there is none. Undefined where the form is longer than its file explains. */
async function fileIn(body: Buffer, type: string, field: string): Promise<SentFile | null | undefined> {
  const boundary = boundaryOf(type)
  const parted = boundary
    ? withoutContents(body, boundary, FORM_BYTES_MAX)
    : { rest: Buffer.from(body), contents: new Map<number, Buffer>() }
  if (!parted) return undefined
  const headers = { 'Content-Type': type }
  const entries = [...(await new Response(new Uint8Array(parted.rest), { headers }).formData())]
  const place = entries.findIndex(([name]) => name === field)
  const value = entries[place]?.[1]
  if (!(value instanceof File)) return null
  const bytes = parted.contents.get(place) ?? new Uint8Array(await value.arrayBuffer())
  return bytes.length === 0 && value.name === '' ? null : { name: value.name, bytes }
}

/**
 * A door that takes one file of at most `fileBytesMax` bytes, in the form's field `field`; only our own pages' forms pass.
 * The file is null where none was chosen.
 */
export function fileDoor<Context = unknown>(
  field: string,
  handle: (request: Request, file: SentFile | null, context: Context) => Promise<Response>,
  { fileBytesMax, admit }: Required<Pick<Measure, 'fileBytesMax'>> & Pick<Measure, 'admit'>,
) {
  const measure = { fileBytesMax: fileBytesMax + FORM_BYTES_MAX, admit }
  return (request: Request, context: Context): Promise<Response> =>
    lettingIn(request, measure, async (body, type) => {
      const file = await fileIn(Buffer.from(body.buffer, body.byteOffset, body.length), type, field)
      return file === undefined
        ? refuse(request, 413, 'That is more than this form can hold.')
        : () => handle(request, file, context)
    })
}
