import { Dated, spanRange, spanWords } from '../dates'
import { STEP_WORDS } from '../words'
import styles from './facts.module.css'
import type { Giver, SeasonRun } from './run'

/** Runs are counted in the weeks they were watched in; longer ones in months. */
const WEEKS_DAYS_MAX = 200

const runDays = (days: number) =>
  days >= 14 && days <= WEEKS_DAYS_MAX ? `${Math.round(days / 7)} weeks` : spanWords(days)

/** How long a run was, as far as its two dates tell. */
const lengthWords = (run: { least: number; most: number }) =>
  run.most === 1 ? 'one day, all at once' : spanRange(run, runDays)

type ClaimHref = (id: string) => string | null

function From({ givers, claimHref }: { givers: Giver[]; claimHref: ClaimHref }) {
  if (givers.length === 0) return null
  return (
    <span className="small quiet">
      {', from '}
      {givers.map(({ name, claimId }, i) => {
        const href = claimId ? claimHref(claimId) : null
        return (
          <span key={name}>
            {i > 0 && ', '}
            {href ? <a href={href}>{name}</a> : name}
          </span>
        )
      })}
    </span>
  )
}

const Row = ({ name, children }: { name: string; children: React.ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
)

/** What is on record of a season that is complete: its days, its episodes and the waits around it, each with who says so. */
export function SeasonFacts({
  run,
  season,
  claimHref,
}: {
  run: SeasonRun
  season: number
  claimHref: ClaimHref
}) {
  const { steps, premiere, finale, episodes, length, before, after } = run
  const isBare = steps.length === 0 && !(premiere || finale || episodes || before || after)
  return (
    <section aria-labelledby="run">
      <h2 id="run">On record</h2>
      {isBare ? (
        <p className="quiet">
          That there was a season {season} is on record here; its days and its number of episodes are not.
        </p>
      ) : (
        <dl className={styles.facts}>
          {steps.map(({ step, edtf, claimId }) => {
            const href = claimId ? claimHref(claimId) : null
            const when = edtf ? <Dated edtf={edtf} style="long" /> : 'source'
            return (
              <Row key={step} name={STEP_WORDS[step]}>
                {href ? <a href={href}>{when}</a> : when}
              </Row>
            )
          })}
          {premiere && (
            <Row name="Premiere">
              <Dated edtf={premiere.edtf} style="long" />
              <From givers={premiere.by} claimHref={claimHref} />
            </Row>
          )}
          {finale && (
            <Row name="Finale">
              <Dated edtf={finale.edtf} style="long" />
              <From givers={finale.by} claimHref={claimHref} />
            </Row>
          )}
          {length && <Row name="Length">{lengthWords(length)}</Row>}
          {episodes && (
            <Row name="Episodes">
              {episodes.count}
              <From givers={episodes.by} claimHref={claimHref} />
            </Row>
          )}
          {before && (
            <Row name="Wait before">{`${spanRange(before)} from the premiere of season ${before.from}`}</Row>
          )}
          {after && (
            <Row name="Wait after">
              {after.running
                ? `${spanRange(after)} so far, counted from its premiere`
                : `${spanRange(after)} to the premiere of season ${after.to}`}
            </Row>
          )}
        </dl>
      )}
    </section>
  )
}
