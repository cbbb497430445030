import type { TrackStep } from '@/lib/status/types'
import { Dated } from '../dates'
import { STEP_WORDS } from '../words'
import styles from './status-track.module.css'
import { drawnSteps } from './steps'

/** The way of a season from word to screen, as a line of dated marks; each reached mark leads to its claim. */
export function StatusTrack({
  steps,
  season,
  ahead = true,
  claimHref,
}: {
  steps: TrackStep[]
  season: number
  /** False where nothing is to come. */
  ahead?: boolean
  claimHref: (id: string) => string | null
}) {
  return (
    <section aria-label={`Season ${season}: how far it is`}>
      <ol className={styles.track}>
        {drawnSteps(steps, ahead).map((step) => {
          const href = step.claimId ? claimHref(step.claimId) : null
          const said = step.edtf ? <Dated edtf={step.edtf} /> : null
          return (
            <li
              key={step.step}
              className={styles[step.state]}
              aria-current={step.state === 'now' ? 'step' : undefined}
            >
              <span className={styles.name}>{STEP_WORDS[step.step]}</span>
              <span className={styles.when}>
                {step.state === 'open' ? (
                  (said ?? <span className="visually-hidden">not yet</span>)
                ) : href ? (
                  <a href={href}>{said ?? 'source'}</a>
                ) : (
                  (said ?? <span className="visually-hidden">day not said</span>)
                )}
              </span>
            </li>
          )
        })}
      </ol>
    </section>
  )
}
