/** What may be asked for that is not here, and which show answers it. Pure. */
import { barestReading } from '@/lib/search/asked'
import { queryKeys } from '@/lib/search/keys'
import { cleanQuery } from '@/lib/search/query'
import { findAddress } from '@/lib/shared/address-in-text'
import { decodeEntities } from '@/lib/shared/entities'

/** The most wishes one reader may have open. */
export const WANTED_MAX = 100
/** A name; what is longer is none, and would carry a message in our mail. */
export const WORDS_LENGTH_MAX = 80
const LETTERS_MIN = 2

/** What is asked for: its words, and the letters a name must have to be it. */
export interface Wish {
  words: string
  /** One of `keys`, the same for every spelling. */
  key: string
  keys: string[]
}

/** A search as a wish, or why it cannot be one, as a sentence for whoever asks. */
export function readWish(typed: string): { ok: true; wish: Wish } | { ok: false; message: string } {
  const cleaned = cleanQuery(decodeEntities(typed)).replace(/\s+/g, ' ')
  // "Succession season 5" asks for Succession; a bare number may be part of a name ("Room 104").
  const { title, season } = barestReading(cleaned)
  const words = season === null ? cleaned : title
  if ([...words].length > WORDS_LENGTH_MAX)
    return {
      ok: false,
      message: `A title can be at most ${WORDS_LENGTH_MAX} characters long. Give the title alone.`,
    }
  const keys = queryKeys(words)
  const key = keys.at(-1) ?? ''
  if ([...key].length < LETTERS_MIN || !/\p{L}|\p{N}/u.test(words))
    return { ok: false, message: 'Say what the show is called: two letters at least.' }
  if (findAddress(words))
    return { ok: false, message: 'Give the title alone, without an address or a number to call.' }
  return { ok: true, wish: { words, key, keys } }
}
