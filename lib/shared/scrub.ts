/** What a line of the log may hold of a text somebody else wrote: nothing that is anybody's, nothing that is long. */

/** Longest value in a line of the log, in characters. */
export const VALUE_MAX = 200

/** How much of a text is looked at: cleaning a megabyte to write down 200 characters of it would be an attack. */
const LOOKED_AT_MAX = 1_000

/**
 * Cut out wherever it stands: SQL with its parameters (drizzle puts both into its error's message), mail addresses,
 * passwords in addresses, IP addresses but this machine's own, ids of readers, and what may be a token: 32 characters
 * or more of the alphabet of ours with a capital among them (a show's slug has none), or in hexadecimal.
 */
const CUT: [what: RegExp, by: string][] = [
  [/(?:Failed query|\bparams):[\s\S]*/, '[query]'],
  [/\b(?:select\s[\s\S]*\sfrom|insert into|update\s[\s\S]*\sset|delete from)\s[\s\S]*/i, '[query]'],
  [/\b([a-z][a-z+.-]*:\/\/)[^\s/@]+@/gi, '$1[user]@'],
  [/(?<![^\s<>()[\]"',;:=/])[^\s<>()[\]"',;:=/@]+?(?:@|%40)[^\s<>()[\]"',;:/&]+/gi, '[address]'],
  [/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, '[id]'],
  [/(?<![\w-])(?=[\w-]*[A-Z])[\w-]{32,}|\b[0-9a-f]{32,}\b/g, '[token]'],
  [/\b(?!127\.)\d{1,3}(?:\.\d{1,3}){3}\b/g, '[ip]'],
  [
    /(?<![\w:])(?:[0-9a-f]{1,4}:){3,7}[0-9a-f]{0,4}(?![\w:])|(?<![\w:])(?:[0-9a-f]{1,4}:){1,6}(?::[0-9a-f]{1,4}){1,6}(?![\w:])/gi,
    '[ip]',
  ],
]

// Colours and cursor movements of terminals (ECMA-48); the character that begins them is a control character by nature.
const TERMINAL = new RegExp(`${String.fromCharCode(27)}\\[[0-9;?]*[A-Za-z]`, 'g')

/** `text` fit for the log: without what is anybody's (see above), without terminal codes, at most 200 characters. */
export function scrub(text: string): string {
  let clean = text.slice(0, LOOKED_AT_MAX).replace(TERMINAL, '')
  for (const [what, by] of CUT) clean = clean.replace(what, by)
  return clean.length > VALUE_MAX ? `${clean.slice(0, VALUE_MAX - 1)}…` : clean
}
