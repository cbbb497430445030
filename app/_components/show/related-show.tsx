import type { ReactNode } from 'react'
import type { RelatedCard } from '@/lib/related/types'
import { Lamp } from '../lamp/lamp'
import { Poster } from '../poster/poster'
import { languageOf, type PosterDesign } from '../poster/rules'
import { howMany, SEASON_WORDS, SHOW_WORDS } from '../words'
import { cardLine, chipWords } from './card-words'
import styles from './related.module.css'

const REASONS_SHOWN = 3

/** What a reader lets themselves in for: is it whole, dropped, or waiting too. */
function waitWords(card: RelatedCard): string {
  const length = card.seasons > 0 ? howMany(card.seasons, 'season') : null
  const state =
    card.status === 'returning' || card.status === 'final-season'
      ? `season ${card.nextSeason}: ${SEASON_WORDS[card.nextStatus].toLowerCase()}`
      : SHOW_WORDS[card.status].toLowerCase()
  return [length, state].filter(Boolean).join(', ')
}

/** One card of related shows: what it is, why it stands here, and its own wait. */
export function RelatedShow({
  card,
  poster,
  because,
  children,
}: {
  card: RelatedCard
  poster: PosterDesign | undefined
  /** What led here, above the reasons. */
  because?: ReactNode
  /** What can be done with it. */
  children?: ReactNode
}) {
  const reasons = card.reasons.slice(0, REASONS_SHOWN)
  const line = cardLine(card, reasons)
  return (
    <li className={styles.card}>
      <div className={styles.cover}>{poster && <Poster design={poster} />}</div>
      <div>
        <h3>
          <a href={`/shows/${card.slug}`} lang={languageOf(card.title, card.country) ?? undefined}>
            {card.title}
          </a>
        </h3>
        <p className="small quiet">{[card.year, card.country].filter(Boolean).join(', ')}</p>
        {line && <p className={styles.line}>{line}</p>}
        {because && <p className={styles.because}>{because}</p>}
        <ul className={styles.reasons} aria-label="What they share">
          {reasons.map((reason) => (
            <li key={reason.kind + reason.term}>
              {reason.href ? <a href={reason.href}>{chipWords(reason)}</a> : chipWords(reason)}
            </li>
          ))}
        </ul>
        <Lamp state={card.lamp} size="s" word={waitWords(card)} />
        {children}
      </div>
    </li>
  )
}
