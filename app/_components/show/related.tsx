import type { RelatedCard } from '@/lib/related/types'
import type { PosterDesign } from '../poster/rules'
import styles from './related.module.css'
import { RelatedShow } from './related-show'

/** Shows to watch until then, each with the reasons that chose it and its own wait. */
export function Related({
  cards,
  posters,
  waiting,
}: {
  cards: RelatedCard[]
  posters: PosterDesign[]
  /** A further season is coming, so these fill a wait. */
  waiting: boolean
}) {
  if (cards.length === 0) return null
  return (
    <section aria-labelledby="related">
      <h2 id="related">{waiting ? 'Until then' : 'What to watch next'}</h2>
      <ul className={styles.cards}>
        {cards.map((card, i) => (
          <RelatedShow key={card.slug} card={card} poster={posters[i]} />
        ))}
      </ul>
    </section>
  )
}
