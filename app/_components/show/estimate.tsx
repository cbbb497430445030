import { ColumnHeads } from '@/app/_components/column-heads'
import { TableTwin } from '@/app/_components/table-twin'
import { type Estimate, type Made, monthsOf } from '@/lib/forecast/estimate'
import { BACKTEST, heldOf } from '@/lib/forecast/record'
import {
  absenceWords,
  chanceSentence,
  ESTIMATE_TITLE,
  heldWords,
  offWords,
  reasonWords,
  usualWords,
  windowSentence,
} from '@/lib/forecast/words'
import type { SeasonView } from '@/lib/pages/types'
import { type Day, daysBetween } from '@/lib/shared/day'
import { formatWindow } from '@/lib/shared/edtf'
import { Dated } from '../dates'
import styles from './estimate.module.css'

const BAND_PX = 44
const AXIS_PX = 22
/** Of the three windows, the narrower the taller. */
const WINDOWS = [
  ['19 in 20', 'low95', 'high95', 8],
  ['4 in 5', 'low80', 'high80', 20],
  ['1 in 2', 'low50', 'high50', 32],
] as const
const YEARS_MAX = 8

/** The first days of years between two days. */
function yearsBetween(from: Day, to: Day): Day[] {
  const first = Number(from.slice(0, 4)) + 1
  const count = Number(to.slice(0, 4)) - first + 1
  const step = Math.max(1, Math.ceil(count / YEARS_MAX))
  return Array.from(
    { length: Math.max(0, Math.ceil(count / step)) },
    (_, i) => `${first + i * step}-01-01` as Day,
  )
}

/** The three windows as bands on one line of time, from the day they were made, with their table. */
function Bands({ made }: { made: Made }) {
  const last = made.high95
  const whole = Math.max(1, daysBetween(made.madeOn, last) * 1.05)
  const x = (day: Day) => `${Math.round((Math.max(0, daysBetween(made.madeOn, day)) / whole) * 1000) / 10}%`
  const width = (low: Day, high: Day) =>
    `${Math.max(0.6, Math.round((daysBetween(low, high) / whole) * 1000) / 10)}%`
  const window = (low: Day, high: Day) => formatWindow(monthsOf(low, high))
  return (
    <figure className={styles.figure}>
      <svg
        height={BAND_PX + AXIS_PX}
        role="img"
        aria-label={`Where the premiere may fall: ${WINDOWS.map(([share, low, high]) => `${share} ${window(made[low], made[high])}`).join('; ')}`}
      >
        {yearsBetween(made.madeOn, last).map((day) => (
          <g key={day} className={styles.year}>
            <line x1={x(day)} x2={x(day)} y1="0" y2={BAND_PX} />
            <text x={x(day)} y={BAND_PX + 16} textAnchor="middle">
              {day.slice(0, 4)}
            </text>
          </g>
        ))}
        {WINDOWS.map(([share, low, high, height]) => (
          <rect
            key={share}
            x={x(made[low])}
            width={width(made[low], made[high])}
            y={(BAND_PX - height) / 2}
            height={height}
            className={styles.band}
          />
        ))}
        <line x1={x(made.median)} x2={x(made.median)} y1="2" y2={BAND_PX - 2} className={styles.middle} />
      </svg>
      <TableTwin>
        <ColumnHeads names={['How often', 'Premiere']} />
        <tbody>
          {WINDOWS.toReversed().map(([share, low, high]) => (
            <tr key={share}>
              <th scope="row">{share}</th>
              <td>{window(made[low], made[high])}</td>
            </tr>
          ))}
        </tbody>
      </TableTwin>
    </figure>
  )
}

/** When filming is said to have begun, for an ordered season: a reason a reader can check. */
const filmingOf = ({ state }: SeasonView) =>
  state.track.find(({ step, state: stands, edtf }) => step === 'filming' && stands !== 'open' && edtf)?.edtf

function MadeEstimate({ made, season }: { made: Made; season: SeasonView }) {
  const record = BACKTEST.by_class[made.class]
  const chance = chanceSentence(made)
  const filming = filmingOf(season)
  const because = [
    usualWords(made.class, record?.gap.usual_days ?? null),
    filming ? `Filming began ${formatWindow(filming, { style: 'prose' })}.` : null,
    reasonWords(made),
  ].filter(Boolean)
  return (
    <>
      {chance && <p className={styles.chance}>{chance}</p>}
      <p>{windowSentence(made)}</p>
      <Bands made={made} />
      {because.length > 0 && <p className="small">{because.join(' ')}</p>}
      <p className="quiet small">
        {heldWords(made.class, heldOf(record))}{' '}
        {chance && offWords(record?.renewal.calibration_error ?? null)} Made on <Dated edtf={made.madeOn} />.{' '}
        <a href="/forecasts">How our estimates fare</a>
      </p>
    </>
  )
}

/** Our estimate of the season waited for, quietly and apart from what is known; nothing where there is none. */
export function EstimateBlock({ estimate, season }: { estimate: Estimate | null; season?: SeasonView }) {
  if (!estimate || !season || estimate.number !== season.number) return null
  return (
    <section aria-labelledby="estimate" className={styles.block}>
      <h2 id="estimate">{ESTIMATE_TITLE}</h2>
      {estimate.kind === 'absent' ? (
        <p className="quiet">
          {absenceWords(estimate.because)} <a href="/forecasts">About our estimates</a>
        </p>
      ) : (
        <MadeEstimate made={estimate} season={season} />
      )}
    </section>
  )
}
