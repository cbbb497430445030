/**
 * A process that reads files for `apart.ts`: it says when it is ready; then it is told a file's name and length, takes its
 * bytes from the standard input and answers with what is in it. It ends with whoever started it.
 */
import type { FileToRead } from './apart'
import { readUpload } from './read'

const waiting: FileToRead[] = []
let bytes = Buffer.alloc(0)
let filled = 0

function readOn(): void {
  const file = waiting[0]
  if (!file || filled < file.bytes) return
  waiting.shift()
  const reading = readUpload(bytes, file.fileName)
  bytes = Buffer.alloc(0)
  filled = 0
  process.send!(reading)
}

process.on('message', (file: FileToRead) => {
  waiting.push(file)
  bytes = Buffer.allocUnsafeSlow(file.bytes)
  process.stdin.resume()
  readOn()
})
// Bytes are only taken when it is known whose they are; files come one at a time.
process.stdin.pause()
process.stdin.on('data', (piece: Buffer) => {
  piece.copy(bytes, filled)
  filled += piece.length
  if (filled >= bytes.length) process.stdin.pause()
  readOn()
})
process.on('disconnect', () => process.exit())
process.send!('ready')
