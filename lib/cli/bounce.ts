import { createReadStream } from 'node:fs'
import { REPORT_BYTES_MAX } from '@/lib/notices/bounce'
import { takeReport } from '@/lib/notices/bounces'
import { CommandError, type Run, readableFile } from './command-line'

const WORDS = {
  permanent: 'permanent failure: mail to the address is suspended',
  transient: 'transient failure: counted',
  complaint: 'complaint: mail to the address is turned off',
  unknown: 'not about a mail of ours: nothing was changed',
}

/** All of an input, or a refusal as soon as it is longer than a report can be. */
async function readAll(input: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of input) {
    size += part.byteLength
    if (size > REPORT_BYTES_MAX) throw new CommandError('a report of more than 1 MB is not read')
    parts.push(part)
  }
  return Buffer.concat(parts)
}

/**
 * `bounce FILE`: takes one bounce or complaint, as a mail server pipes it; `-` reads standard input. What is not about
 * our mail is no failure, so that no bounce makes another.
 */
export const run: Run = async ({ words: [file], flags }, { out, now, input = process.stdin }) => {
  const bytes = await readAll(file === '-' ? input : createReadStream(readableFile(file!)))
  const outcome = await takeReport(bytes, now)
  out(flags.has('json') ? JSON.stringify({ outcome }) : WORDS[outcome])
  return 0
}
