import type { RelatedCard } from '@/lib/related/types'
import { Lamp } from '../lamp/lamp'
import { Poster } from '../poster/poster'
import { languageOf, type PosterDesign } from '../poster/rules'
import { SearchBox } from '../search-box/search-box'
import { SEASON_WORDS, SHOW_WORDS } from '../words'
import styles from './related.module.css'

/** What a reader lets themselves in for: is it whole, dropped, or waiting too. */
function waitWords(card: RelatedCard): string {
  const length = card.seasons > 0 ? `${card.seasons} ${card.seasons === 1 ? 'season' : 'seasons'}` : null
  const state =
    card.status === 'returning' || card.status === 'final-season'
      ? `season ${card.nextSeason}: ${SEASON_WORDS[card.nextStatus].toLowerCase()}`
      : SHOW_WORDS[card.status].toLowerCase()
  return [length, state].filter(Boolean).join(', ')
}

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
      {cards.length === 0 && <p className="quiet">We know of no show that comes close enough yet.</p>}
      <ul className={styles.cards}>
        {cards.map((card, i) => (
          <li key={card.slug} className={styles.card}>
            <div className={styles.cover}>{posters[i] && <Poster design={posters[i]} />}</div>
            <div>
              <h3>
                <a href={`/shows/${card.slug}`} lang={languageOf(card.title, card.country) ?? undefined}>
                  {card.title}
                </a>
              </h3>
              <p className="small quiet">{[card.year, card.country].filter(Boolean).join(', ')}</p>
              <ul className={styles.reasons}>
                {card.reasons.slice(0, 3).map((reason) => (
                  <li key={reason.kind + reason.term}>
                    {reason.href ? <a href={reason.href}>{reason.text}</a> : reason.text}
                  </li>
                ))}
              </ul>
              <Lamp state={card.lamp} size="s" word={waitWords(card)} />
            </div>
          </li>
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
