/**
 * How near a name that was found is to what was asked, from the match that found it. Pure.
 *
 * `same` has the letters that were asked for, `near` is a part of a name or a name with a slip of the finger, `far` is
 * another word that happens to look alike: it may be shown, but not as the answer.
 */

/** How a search matched a name; better tiers win, whatever their details. */
export type MatchTier = 'exact' | 'prefix' | 'word' | 'typo' | 'initials'

/** Same letters, near, or another word. */
export const NEARNESSES = ['same', 'near', 'far'] as const
export type Nearness = (typeof NEARNESSES)[number]

/** What is known of a match. */
export interface Match {
  tier: MatchTier
  /** Whether the name only sounds like what was asked for; its letters are others. */
  isSound?: boolean
  /** Letters that were asked for. */
  letters: number
  /** Letters that had to be changed; 0 but for `typo`. */
  errors: number
  /**
   * Whether the letters are like the name as a whole, its beginning, or a stretch inside it that need not begin with a
   * word. In scripts without spaces a stretch is a word.
   */
  where: 'whole' | 'beginning' | 'inside'
}

/** One letter in so many may be a slip: "severence" is one in nine, "succession" for "successor" two in ten. */
const LETTERS_PER_SLIP = 6
/** Inside a name there are many stretches, and the shorter the word, the likelier one of them is like it by chance. */
const LETTERS_PER_SLIP_INSIDE = 8

/** How near a match is, and why. */
export function nearnessOf({ tier, isSound, letters, errors, where }: Match): {
  is: Nearness
  because: string
} {
  if (isSound) return { is: 'near', because: 'a name sounds like this' }
  if (tier === 'exact') return { is: 'same', because: 'a name has these letters' }
  if (tier === 'initials') return { is: 'near', because: 'the initials of a name' }
  if (tier !== 'typo')
    return where === 'inside'
      ? { is: 'far', because: 'the letters stand in a name, but in the middle of its words' }
      : { is: 'near', because: 'what was asked for is a part of a name' }
  const perSlip = where === 'inside' ? LETTERS_PER_SLIP_INSIDE : LETTERS_PER_SLIP
  if (errors * perSlip > letters)
    return { is: 'far', because: `more than one letter in ${perSlip} is another` }
  if (where !== 'whole' && errors > 1)
    return { is: 'far', because: 'several letters are others, and only a part of the name is like it' }
  return { is: 'near', because: 'a slip of the finger' }
}

/** True where a search has no answer: it found nothing, or only names that look alike by chance. */
export const isFar = (found: readonly { nearness: Nearness }[]): boolean =>
  found.every(({ nearness }) => nearness === 'far')
