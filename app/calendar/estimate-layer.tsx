import { monthsOf } from '@/lib/forecast/estimate'
import type { MonthEstimate } from '@/lib/forecast/queries'
import { ESTIMATE_TITLE, perCent } from '@/lib/forecast/words'
import type { Calendar } from '@/lib/lists/calendar'
import { formatWindow } from '@/lib/shared/edtf'
import { Dated } from '../_components/dates'
import { languageOf } from '../_components/poster/rules'
import styles from './calendar.module.css'

interface Props {
  month: string
  when: Calendar['when']
  estimates: MonthEstimate[]
}

/** The seasons whose estimate has its middle in a month, apart from what was said and without a lamp: nobody said these. */
export function EstimateLayer({ month, when, estimates }: Props) {
  return (
    <section aria-labelledby="estimates" className={styles.section}>
      <h2 id="estimates">{ESTIMATE_TITLE}</h2>
      <p className="quiet">
        {estimates.length > 0 ? (
          <>
            Nobody has dated these. The middle of our estimate falls in {formatWindow(month)}; one in two is
            meant to come within the months named, if it comes at all.{' '}
            <a href="/forecasts">How our estimates fare</a>
          </>
        ) : when === 'past' ? (
          'A month that is over is told by its records alone.'
        ) : (
          <>
            No estimate has its middle in {formatWindow(month)}.{' '}
            <a href="/forecasts">How our estimates fare</a>
          </>
        )}
      </p>
      {estimates.length > 0 && (
        <ul className={styles.windows}>
          {estimates.map(({ slug, title, season, renewal, low50, high50 }) => (
            <li key={slug} className={styles.estimate}>
              <span className={styles.title}>
                <a href={`/shows/${slug}#estimate`} lang={languageOf(title) ?? undefined}>
                  {title}
                </a>{' '}
                <span className="quiet small">season {season}</span>
              </span>
              <span className={styles.words}>
                <Dated edtf={monthsOf(low50, high50)} />
              </span>
              <span className="quiet small">
                {renewal === null ? 'ordered' : `${perCent(renewal)} that it comes within three years`}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
