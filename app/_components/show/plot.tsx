import type { SeasonView } from '@/lib/pages/types'
import { creditWords, howMany } from '../words'
import { siteOf } from './ledger'
import styles from './plot.module.css'
import { Said } from './said'

type LedgerClaim = SeasonView['claims'][number]

const standing = (season: SeasonView, ...kinds: LedgerClaim['kind'][]) =>
  season.claims.filter((claim) => kinds.includes(claim.kind) && claim.state !== 'retracted')

/** True for a season on air or over. */
export const hasBegun = (season: SeasonView) =>
  season.state.status === 'airing' || season.state.status === 'complete'

/**
 * What the season is expected to tell, each sentence with who said it; guesses are kept apart and folded,
 * or left to the page at `ideasHref`.
 */
export function Plot({ season, ideasHref }: { season: SeasonView; ideasHref?: string }) {
  const official = standing(season, 'plot_official')
  const rumours = standing(season, 'plot_rumour')
  if (official.length + rumours.length === 0) return null
  const [newest] = rumours
  const ideas = `${howMany(rumours.length, 'unconfirmed idea')}, ${
    rumours.length > 1 ? 'the newest ' : ''
  }${newest && `${newest.source.name}, ${creditWords(newest)}`} (may give the story away)`
  const voice = (claim: LedgerClaim) => (
    <li key={claim.id}>
      {claim.kind === 'plot_rumour' ? <p>{claim.value}</p> : <Said claim={claim} />}
      <p className="small quiet">
        <a href={claim.url} rel="nofollow noopener">
          {claim.source.name}
        </a>
        {`, ${creditWords(claim)}`}
      </p>
    </li>
  )
  return (
    <section aria-labelledby="plot">
      <h2 id="plot">
        {hasBegun(season)
          ? `What season ${season.number} was said to tell`
          : `What season ${season.number} is expected to tell`}
      </h2>
      {official.length > 0 && <ul className={styles.voices}>{official.map(voice)}</ul>}
      {rumours.length > 0 &&
        (ideasHref ? (
          <p className="small">
            <a href={ideasHref}>{ideas}</a>
          </p>
        ) : (
          <details className="fold">
            <summary>{ideas}</summary>
            <ul className={styles.voices}>{rumours.map(voice)}</ul>
          </details>
        ))}
    </section>
  )
}

/** Trailers and clips as plain links: nothing of them is loaded before a reader goes there. */
export function Trailers({ season }: { season: SeasonView }) {
  const trailers = standing(season, 'trailer')
  // Of a season nobody speaks of, or one that is out, a missing trailer is no news.
  if (trailers.length === 0 && (season.claims.length === 0 || hasBegun(season))) return null
  return (
    <section aria-labelledby="trailer">
      <h2 id="trailer">Trailer</h2>
      {trailers.length === 0 ? (
        <p className="quiet">None is out that we know of.</p>
      ) : (
        <ul className={styles.voices}>
          {trailers.map((claim) => (
            <li key={claim.id}>
              <Said claim={claim} />
              <p className="small">
                <a href={claim.url} rel="nofollow noopener">
                  See it at {siteOf(claim.url)}
                </a>{' '}
                <span className="quiet">Nothing is loaded from there until you go.</span>
              </p>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
