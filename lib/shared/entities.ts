/** Character references of HTML and XML in names that come from elsewhere ("Grey&#039;s Anatomy"). Pure. */
import { ALL_ENTITIES, EntityDecoder } from '@nodable/entities'

// The card suits are in no category of the package, and titles have them.
const SUITS = { hearts: '♥', diams: '♦', clubs: '♣', spades: '♠' }
const decoder = new EntityDecoder({ namedEntities: Object.assign({}, ALL_ENTITIES, SUITS) })
// Windows-1252 from 128 to 159; where it has no character, none was meant.
const WINDOWS = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ'

/** A name put through two programs is coded twice ("&amp;#039;"); what is coded oftener was meant so. */
const PASSES = 2

/** `text` with its character references as the characters they stand for; an unknown reference stays as it is. */
export function decodeEntities(text: string): string {
  let decoded = text
  for (let pass = 0; pass < PASSES && decoded.includes('&'); pass++)
    decoded = decoder.decode(
      // Numbers of the C1 controls are read as Windows meant them, as browsers do (HTML, 13.2.5.80).
      decoded.replace(/&#(1[2-5]\d);/g, (code, number) => WINDOWS[Number(number) - 128] ?? code),
    )
  return decoded
}
