/**
 * Reading chosen entries of a ZIP archive (APPNOTE 6.3). The directory at its end says what is inside; of that
 * only the entries asked for are ever looked at. Unpacking is zlib's, with a limit on what may come out, so an
 * entry that lies about its size costs no more than one that does not.
 */
import { crc32, inflateRawSync } from 'node:zlib'

const END_SIGNATURE = 0x06054b50
const END_BYTES = 22
const COMMENT_BYTES_MAX = 0xffff
const DIRECTORY_SIGNATURE = 0x02014b50
const DIRECTORY_BYTES = 46
const LOCAL_SIGNATURE = 0x04034b50
const LOCAL_BYTES = 30
const FLAG_ENCRYPTED = 1
const FLAG_UTF8 = 0x800
const STORED = 0
const DEFLATED = 8

/** The most entries an archive may list. */
export const ENTRIES_MAX = 2_000
/** What one entry, and all that are read together, may unpack to. */
export const ENTRY_BYTES_MAX = 50_000_000
export const ARCHIVE_BYTES_MAX = 100_000_000
/** Lists shrink twenty- or fortyfold; what shrinks more than this, past a first megabyte, was made to do harm. */
const RATIO_MAX = 200
const RATIO_FREE_BYTES = 1_000_000

/** A refusal with a sentence for whoever brought the archive. */
export class ArchiveError extends Error {}

/** What an archive's directory says of an entry. */
export interface ZipEntry {
  name: string
  encrypted: boolean
  method: number
  crc: number
  packedBytes: number
  bytes: number
  offset: number
}

/** True for the first bytes of an archive, an empty one too. */
export const isZip = (bytes: Buffer): boolean =>
  bytes.length >= 4 && [LOCAL_SIGNATURE, END_SIGNATURE].includes(bytes.readUInt32LE(0))

const DAMAGED = 'The archive is damaged or cut off. Download it again and bring it whole.'

function endOf(archive: Buffer): number {
  const first = Math.max(0, archive.length - END_BYTES - COMMENT_BYTES_MAX)
  for (let at = archive.length - END_BYTES; at >= first; at--)
    if (archive.readUInt32LE(at) === END_SIGNATURE) return at
  throw new ArchiveError(DAMAGED)
}

/**
 * The archive's directory; no entry is touched.
 * @throws ArchiveError where there is none, or it lists more than 2,000 entries
 */
export function listEntries(archive: Buffer): ZipEntry[] {
  const end = endOf(archive)
  const count = archive.readUInt16LE(end + 10)
  let at = archive.readUInt32LE(end + 16)
  if (count > ENTRIES_MAX)
    throw new ArchiveError(
      'The archive holds more than 2,000 files. Unpack it and bring the file with your list.',
    )
  const entries: ZipEntry[] = []
  for (let i = 0; i < count; i++) {
    if (at + DIRECTORY_BYTES > end || archive.readUInt32LE(at) !== DIRECTORY_SIGNATURE)
      throw new ArchiveError(DAMAGED)
    const flags = archive.readUInt16LE(at + 8)
    const nameEnd = at + DIRECTORY_BYTES + archive.readUInt16LE(at + 28)
    const name = archive.subarray(at + DIRECTORY_BYTES, nameEnd)
    entries.push({
      name: name.toString(flags & FLAG_UTF8 ? 'utf8' : 'latin1'),
      encrypted: (flags & FLAG_ENCRYPTED) !== 0,
      method: archive.readUInt16LE(at + 10),
      crc: archive.readUInt32LE(at + 16),
      packedBytes: archive.readUInt32LE(at + 20),
      bytes: archive.readUInt32LE(at + 24),
      offset: archive.readUInt32LE(at + 42),
    })
    at = nameEnd + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32)
  }
  return entries
}

/**
 * One entry, unpacked and checked.
 * @param bytesMax what it may unpack to, at most
 * @throws ArchiveError with a sentence that names the entry
 */
export function readEntry(archive: Buffer, entry: ZipEntry, bytesMax = ENTRY_BYTES_MAX): Buffer {
  const named = `“${entry.name.split('/').at(-1)}” in the archive`
  if (entry.encrypted)
    throw new ArchiveError('The archive is locked with a password. Unpack it and bring the files themselves.')
  const damaged = new ArchiveError(`${named} is damaged. Download the archive again and bring it whole.`)
  const most = Math.min(bytesMax, ENTRY_BYTES_MAX, Math.max(RATIO_FREE_BYTES, entry.packedBytes * RATIO_MAX))
  const tooLarge = new ArchiveError(`${named} unpacks to more than we can read.`)
  if (entry.bytes > most) throw tooLarge
  if (entry.offset + LOCAL_BYTES > archive.length || archive.readUInt32LE(entry.offset) !== LOCAL_SIGNATURE)
    throw damaged
  const from =
    entry.offset +
    LOCAL_BYTES +
    archive.readUInt16LE(entry.offset + 26) +
    archive.readUInt16LE(entry.offset + 28)
  const packed = archive.subarray(from, from + entry.packedBytes)
  if (packed.length !== entry.packedBytes) throw damaged
  let content: Buffer
  if (entry.method === STORED) content = packed
  else if (entry.method === DEFLATED)
    try {
      content = inflateRawSync(packed, { maxOutputLength: Math.max(1, most) })
    } catch (error) {
      throw (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? tooLarge : damaged
    }
  else
    throw new ArchiveError(`${named} is packed in a way we cannot read. Unpack it and bring the file itself.`)
  if (content.length !== entry.bytes || crc32(content) !== entry.crc) throw damaged
  return content
}
