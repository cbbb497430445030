import { hasSeasonBefore, spoilerWords } from '@/lib/ledger/spoilers'
import type { SeasonView } from '@/lib/pages/types'
import { Dated } from '../dates'
import { creditWords } from '../words'
import styles from './standing.module.css'

type LedgerClaim = SeasonView['claims'][number]

function Voices({ claims }: { claims: LedgerClaim[] }) {
  const shown = claims.slice(0, 3)
  return (
    <>
      {shown.map((claim, i) => (
        <span key={claim.id}>
          <a href={claim.url} rel="nofollow noopener">
            {claim.source.name}
          </a>
          {` (${creditWords(claim)})${i < shown.length - 1 ? ', ' : ''}`}
        </span>
      ))}
      {claims.length > shown.length && ` and ${claims.length - shown.length} more`}
    </>
  )
}

/** Windows that are over: not kept, or nobody says whether; named, with who gave them. */
export function MissedWindows({ season }: { season: SeasonView }) {
  const { missed, unconfirmed } = season.state
  if (missed.length + unconfirmed.length === 0) return null
  const all = [
    ...missed.map((one) => ({ ...one, verdict: 'window missed' })),
    ...unconfirmed.map((one) => ({ ...one, verdict: 'not confirmed' })),
  ]
  // What the record repeats of somebody's word is said once, with who said it.
  const said = new Set(all.flatMap(({ window, claimIds }) => (claimIds.length > 0 ? window.edtf : [])))
  const windows = all.filter(({ window, claimIds }) => claimIds.length > 0 || !said.has(window.edtf))
  const byId = new Map(season.claims.map((claim) => [claim.id, claim]))
  return (
    <section aria-labelledby="missed">
      <h2 id="missed">Windows that passed</h2>
      <p className="quiet">
        Said once, now behind us.{' '}
        {missed.length > 0 && `Season ${season.number} did not begin when it was missed. `}
        {unconfirmed.length > 0 && 'Not confirmed: nothing we have read since says whether it was kept.'}
      </p>
      <ul className={styles.missed}>
        {windows.map(({ window, claimIds, verdict }) => (
          <li key={window.edtf + claimIds[0]}>
            <s className={styles.window}>
              <Dated edtf={window.edtf} style="long" />
            </s>{' '}
            <span className={styles.verdict}>{verdict}</span>
            <p className="small quiet">
              <Voices claims={claimIds.flatMap((id) => byId.get(id) ?? [])} />
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}

const ABOUT = {
  premiere: 'When it begins',
  renewal: 'Whether it is ordered',
  filming: 'Where filming stands',
  cast: 'Who is in it',
} as const

function Sides({
  contradiction,
  byId,
}: {
  contradiction: SeasonView['state']['contradictions'][number]
  byId: Map<string, LedgerClaim>
}) {
  return (
    <ul className={styles.sides}>
      {contradiction.sides.map((side) => (
        <li key={side.says}>
          <p className={styles.says}>{side.says}</p>
          <p className="small quiet">
            <Voices claims={side.claimIds.flatMap((id) => byId.get(id) ?? [])} />
          </p>
        </li>
      ))}
    </ul>
  )
}

/** Where sources disagree: both sides beside each other, and the rule that settles it, if any does. */
export function Contradictions({ season }: { season: SeasonView }) {
  if (season.state.contradictions.length === 0) return null
  const byId = new Map(season.claims.map((claim) => [claim.id, claim]))
  return (
    <section aria-labelledby="disputed">
      <h2 id="disputed">Where sources disagree</h2>
      {season.state.contradictions.map((contradiction) => (
        <div key={contradiction.about} className={styles.dispute}>
          <h3>{ABOUT[contradiction.about]}</h3>
          {contradiction.about === 'cast' && hasSeasonBefore(season.number) ? (
            <details>
              <summary>Both sides ({spoilerWords(season.number)})</summary>
              <Sides contradiction={contradiction} byId={byId} />
            </details>
          ) : (
            <Sides contradiction={contradiction} byId={byId} />
          )}
          <p className="small">
            {contradiction.settledBy
              ? `Settled here by rule: ${contradiction.settledBy}.`
              : 'Nothing settles this yet; every side stands as said.'}
          </p>
        </div>
      ))}
    </section>
  )
}
