import type { RelatedCard } from '@/lib/related/types'
import type { PosterDesign } from '../poster/rules'
import { SearchBox } from '../search-box/search-box'
import styles from './related.module.css'
import { RelatedShow } from './related-show'

/** Shows to watch until then, each with the reasons that chose it and its own wait. */
export function Related({
  slug,
  cards,
  posters,
  waiting,
}: {
  /** The show whose page it is. */
  slug: string
  cards: RelatedCard[]
  posters: PosterDesign[]
  /** A further season is coming, so these fill a wait. */
  waiting: boolean
}) {
  return (
    <section aria-labelledby="related">
      <h2 id="related">{waiting ? 'Until then' : 'What to watch next'}</h2>
      {cards.length === 0 && <p className="quiet">None stands here yet: it takes two facts in common.</p>}
      <ul className={styles.cards}>
        {cards.map((card, i) => (
          <RelatedShow key={card.slug} card={card} poster={posters[i]} />
        ))}
      </ul>
      <div className={styles.suggest}>
        <SearchBox label="Watched something that belongs here?" beside={slug} />
        <p>
          <a href={`/shows/${slug}/suggest`}>What people name beside it</a>
        </p>
      </div>
    </section>
  )
}
