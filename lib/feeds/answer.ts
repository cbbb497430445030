import type { ShowPage } from '@/lib/pages/types'
import { dayWords } from './words'
import { cleanLine } from './xml'

const ANSWER_BYTES_MAX = 1_000

/** The longest beginning of `text` that fits into `bytes` of UTF-8, cut between characters. */
export function fitBytes(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text
  let fitted = ''
  let size = Buffer.byteLength('…')
  for (const character of text) {
    size += Buffer.byteLength(character)
    if (size > bytes) break
    fitted += character
  }
  return `${fitted.trimEnd()}…`
}

/** The answer as one line under 1 kB, with the show's name and the day it is as of; ends with a line feed. */
export function answerText(show: Pick<ShowPage, 'title' | 'status' | 'today'>): string {
  const answer = cleanLine(show.status.answer)
  const title = cleanLine(show.title)
  const asOf = ` (as of ${dayWords(show.today)})`
  const line = answer.toLowerCase().includes(title.toLowerCase()) ? answer : `${title}: ${answer}`
  return `${fitBytes(line, ANSWER_BYTES_MAX - 1 - Buffer.byteLength(asOf))}${asOf}\n`
}
