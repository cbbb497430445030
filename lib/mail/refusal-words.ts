/** Nothing that another machine says of a mail is kept as it came; pure. */

const WORDS_MAX = 300
const ADDRESS = /[^\s<>()[\]"',;:]+@[^\s<>()[\]"',;:]+/g
/** Our links end in 43 characters that open something. */
const TOKEN = /[\w-]{43,}/g

/** What a mail server said, short, on one line, without addresses and tokens, whosever they are. */
export function cleanWords(said: string, recipient: string): string {
  return said
    .slice(0, 4 * WORDS_MAX)
    .replaceAll(recipient, '(recipient)')
    .replace(ADDRESS, '(address)')
    .replace(TOKEN, '(token)')
    .replace(/\p{C}+/gu, ' ')
    .trim()
    .slice(0, WORDS_MAX)
}

/** A refusal of the server a mail was brought to, for whoever looks at parked mail. */
export function refusalWords(error: unknown, recipient: string): string {
  const { code, responseCode, message } = error as { code?: string; responseCode?: number; message?: string }
  return cleanWords(`${responseCode ?? code ?? 'error'} ${message ?? ''}`, recipient)
}
