/** By what we know our own mail again when it comes back. */
import { isShortHash, shortHash } from '@/lib/shared/secrets'

/** The header every mail of ours carries; returned with the mail's other headers in bounces and complaints. */
export const MARK_HEADER = 'X-Greenlit-Mark'

interface Marked {
  messageId: string
  recipient: string
}

const textOf = ({ messageId, recipient }: Marked) => `${messageId}\0${recipient}`

/**
 * A mail's mark. Message-IDs count up and can be guessed; the mark cannot, so nobody but who had the mail in hand can
 * say that it came back.
 */
export const markOf = (letter: Marked) => shortHash('mail-mark', textOf(letter))

/** Whether a mark is a mail's own, also one made under an earlier AUTH_SECRET. */
export const isMarkOf = (mark: string, letter: Marked) => isShortHash(mark, 'mail-mark', textOf(letter))
