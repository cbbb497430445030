import type { DirectKind, KindOfChannel } from './kind'
import { mail } from './mail'
import { push } from './push'
import { webhook } from './webhook'

/** Every kind of channel there is, in the order in which a reader sees them. */
export const KINDS: readonly KindOfChannel[] = [mail, push, webhook]

/** Those by which each notice is brought by itself. */
export const DIRECT_KINDS: readonly DirectKind[] = KINDS.filter((kind) => !kind.gathers)

/** The kind of a word; undefined for a word that is none (any more). */
export const kindOf = (word: string): KindOfChannel | undefined => KINDS.find(({ kind }) => kind === word)

/** The kind of a word, where it is one that a reader can add, test and remove. */
export const directKindOf = (word: string): DirectKind | undefined =>
  DIRECT_KINDS.find(({ kind }) => kind === word)

/** The kinds a season's notices can be limited to, with their words. */
export const CHANNEL_CHOICES = KINDS.map(({ kind, words }) => ({ kind, words: words.many }))
