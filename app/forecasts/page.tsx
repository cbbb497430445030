import type { Metadata } from 'next'
import { ColumnHeads } from '@/app/_components/column-heads'
import { pageMetadata } from '@/lib/feeds/metadata'
import type { ClassRecord, Miss } from '@/lib/forecast/backtest'
import { type LiveRecord, readRecord } from '@/lib/forecast/queries'
import { BACKTEST, VERSIONS } from '@/lib/forecast/record'
import { className, perCent } from '@/lib/forecast/words'
import { capitalised } from '@/lib/shared/text'
import { Dated, spanWords } from '../_components/dates'
import { Coverage } from './coverage'
import styles from './forecasts.module.css'
import { Reliability } from './reliability'

const count = new Intl.NumberFormat('en-GB')

export function generateMetadata(): Metadata {
  return pageMetadata(
    '/forecasts',
    'How our estimates fare',
    'The record of our estimates of next seasons: what was said, what came, and the worst misses by name.',
  )
}

const share = (value: number | null) => (value === null ? '–' : perCent(value))
const days = (value: number | null) => (value === null ? '–' : count.format(Math.round(value)))
const brier = (value: number | null) => (value === null ? '–' : value.toFixed(3))
const points = (value: number | null) => (value === null ? '–' : `${Math.round(value * 100)} of a hundred`)

const ERROR_COLUMNS = [
  'Seasons',
  'Returned',
  'Brier',
  'Simple rate',
  'Days off',
  'Simple median',
  'Window, days',
  'Held',
]

/** The record of our estimates: as long as none has been decided, how they would have fared in the past. */
export default async function Forecasts() {
  const live = await readRecord()
  const decided = live.reduce((sum, { chances, waits }) => sum + chances + waits, 0)
  const made = live.reduce((sum, one) => sum + one.made, 0)
  const { all, by_class: byClass } = BACKTEST
  const classes = Object.entries(byClass)
  return (
    <article className={`${styles.record} prose`}>
      <h1>How our estimates fare</h1>
      <p className="lede">
        An estimate is no announcement. It is made on a named day, frozen, and scored when the truth is known.
      </p>
      <p>
        {made === 0
          ? 'None has been made here yet.'
          : `${count.format(made)} have been made here, and of ${decided === 0 ? 'none' : count.format(decided)} it is known what became.`}{' '}
        {decided === 0 &&
          'So what follows is a backtest: what the same method would have said in the past, knowing only what could be known then.'}{' '}
        <a href="/forecasts.json">All of it as data</a>
      </p>
      {decided > 0 && <Live live={live} />}

      <h2 id="reliability">Does a chance mean what it says?</h2>
      <p>
        {count.format(all.renewal.n)} seasons that ended from <Dated edtf={BACKTEST.origins[0]!} /> on, each
        asked about on the day it ended: does the next one premiere within three years? Every dot is a tenth
        of them. On the line, as many came as were said to. On average the two lie{' '}
        {points(all.renewal.calibration_error)} apart.
      </p>
      <Reliability bins={BACKTEST.reliability} />

      <h2 id="windows">Does the window hold?</h2>
      <p>
        The window that is meant to hold four times in five, tried on {count.format(all.gap.n)} seasons that
        returned.
      </p>
      <Coverage byClass={byClass} />

      <h2 id="errors">Better than a simple rule?</h2>
      <p>
        Beside each figure stands the simplest that could be said: how often shows of the class return, and
        their usual wait. The Brier score is the mean square of how far a chance was off: 0 is perfect.
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section className="scroll-x" aria-label="Errors beside those of a simple rule" tabIndex={0}>
        <table>
          <ColumnHeads names={['Shows', ...ERROR_COLUMNS]} numbers={ERROR_COLUMNS} />
          <tbody>
            {[['all', all] as const, ...classes].map(([name, record]) => (
              <ErrorRow key={name} name={name} record={record} />
            ))}
          </tbody>
        </table>
      </section>

      <h2 id="misses">The worst misses</h2>
      <Misses misses={BACKTEST.misses.filter(({ about }) => about === 'renewal')} />
      <Misses misses={BACKTEST.misses.filter(({ about }) => about === 'gap')} />

      <h2 id="versions">What changed between versions</h2>
      <ul>
        {VERSIONS.map(({ on, what }) => (
          <li key={on}>
            <Dated edtf={on} />: {what}
          </li>
        ))}
      </ul>

      <h2 id="method">How they are made</h2>
      <p>
        From the catalogue alone: how seasons of the same class, network and age went on, and how long they
        took; and from this show, its own waits so far. On years to come a forecast fares worse than on shows
        of its own years, so how far earlier ones were off widens the windows; chances stay as the model gives
        them. Nothing that is known only afterwards is used. Where somebody has announced a date, or an end,
        nothing is estimated; where a season is ordered, only the wait is. Waits after an order or a first day
        of filming are too few in the ledger to learn from, so the usual wait of the class is taken there.
        Shows whose lists stop too early, and kinds of shows of which we know too few, get no estimate, and
        their page says so. The catalogue&rsquo;s own lists reach to <Dated edtf={BACKTEST.until} />.
      </p>
    </article>
  )
}

function ErrorRow({ name, record: { renewal, gap } }: { name: string; record: ClassRecord }) {
  return (
    <tr>
      <th scope="row">{name === 'all' ? 'All' : capitalised(className(name))}</th>
      <td className="number">{count.format(renewal.n)}</td>
      <td className="number">{share(renewal.came)}</td>
      <td className="number">{brier(renewal.brier)}</td>
      <td className="number">{brier(renewal.baseline_brier)}</td>
      <td className="number">{days(gap.median_error_days)}</td>
      <td className="number">{days(gap.baseline_median_error_days)}</td>
      <td className="number">{days(gap.width80_days)}</td>
      <td className="number">{share(gap.covered80)}</td>
    </tr>
  )
}

/** What was said, in the case of one miss, and what happened. */
function missWords({ about, said, happened, season }: Miss): string {
  if (about === 'gap')
    return `season ${season + 1} said after ${spanWords(said)}, came after ${spanWords(happened)}`
  return `season ${season + 1} given ${perCent(said)}, ${happened ? 'came' : 'did not come within three years'}`
}

function Misses({ misses }: { misses: Miss[] }) {
  return (
    <ul>
      {misses.map((miss) => (
        <li key={`${miss.slug} ${miss.season} ${miss.about}`}>
          <a href={`/shows/${miss.slug}`}>{miss.title}</a>, {missWords(miss)}
        </li>
      ))}
    </ul>
  )
}

/** How estimates that were made here have fared. */
function Live({ live }: { live: LiveRecord[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section className="scroll-x" aria-label="Estimates made here" tabIndex={0}>
      <table>
        <caption>Made here</caption>
        <ColumnHeads
          names={['Version', 'Shows', 'Made', 'Chances decided', 'Brier', 'Premieres', 'In the window']}
          numbers={['Made', 'Chances decided', 'Brier', 'Premieres', 'In the window']}
        />
        <tbody>
          {live.map((one) => (
            <tr key={`${one.model} ${one.class}`}>
              <td>{one.model}</td>
              <th scope="row">{capitalised(className(one.class))}</th>
              <td className="number">{one.made}</td>
              <td className="number">{one.chances}</td>
              <td className="number">{one.brier === null ? '–' : one.brier.toFixed(3)}</td>
              <td className="number">{one.waits}</td>
              <td className="number">{share(one.covered80)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
