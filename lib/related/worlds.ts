/** Whose world a title is set in, by its genres. Pure. */
import type { Catalogue } from './catalogue'
import { FIELDS } from './terms'

const GENRE = FIELDS.indexOf('genre')
/** Genres of worlds that are not ours, by the keys of their terms. */
const IMAGINED = new Set(
  'fantasy|horror|science fiction|science fiction & fantasy|sci-fi|superhero|supernatural'.split('|'),
)
/**
 * What of its likeness a title true to life loses beside one of an imagined world: who comes from time travel is not
 * served by a thriller that shares its missing child. The other way round nothing is lost. By what people name: .0024
 * of nDCG@10 beside anime, .0013 beside Asian drama, nothing beside western titles; what is lost both ways finds more,
 * and takes from *Squid Game* its nearest kin.
 */
export const TRUE_TO_LIFE_LOSS = 0.35

/** Ours, an imagined one, or none that is known. */
export type World = 'real' | 'imagined' | null

/** The world a title's terms speak of. */
export function worldOf({ terms, fieldOf }: Catalogue, columns: ArrayLike<number>): World {
  let world: World = null
  for (let k = 0; k < columns.length; k++) {
    const term = columns[k]!
    if (fieldOf[term] !== GENRE) continue
    if (IMAGINED.has(terms[term]!.key)) return 'imagined'
    world = 'real'
  }
  return world
}
