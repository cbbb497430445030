import { TableTwin } from '@/app/_components/table-twin'
import { ColumnHeads } from '../column-heads'
import { spanRange } from '../dates'
import { howMany } from '../words'
import styles from './gap-chart.module.css'
import type { Gap } from './gaps'

const days = (gap: Gap) => (gap.least === gap.most ? `${gap.most}` : `${gap.least} to ${gap.most}`)

/** How many waits are drawn, the newest; the table has them all. */
const DRAWN = 8
const ROW_PX = 44
const BAR_PX = 12
const AXIS_PX = 24
const YEAR_DAYS = 365.25
/** Steps between the marks of the axis, in years, and how many marks there may be. */
const STEPS = [1, 2, 5, 10, 20, 50]
const MARKS_MAX = 5

/** The years an axis of so many days is marked with: few enough to be read, at even steps. */
export function yearMarks(longest: number): number[] {
  const years = Math.floor(longest / YEAR_DAYS)
  const step = STEPS.find((one) => years / one <= MARKS_MAX) ?? years
  return Array.from({ length: Math.floor(years / step) }, (_, i) => (i + 1) * step)
}

/** The waits between seasons as bars on one scale, each under its words, and all of them as a table. */
export function GapChart({ gaps }: { gaps: Gap[] }) {
  const drawn = gaps.slice(-DRAWN)
  const longest = Math.max(YEAR_DAYS, ...drawn.map((gap) => gap.most))
  const height = drawn.length * ROW_PX
  // Without a box of its own, lengths are per cent of the page's and letters keep their size.
  const x = (value: number) => `${Math.round((value / longest) * 1000) / 10}%`
  return (
    <figure className={styles.figure}>
      <svg
        height={height + AXIS_PX}
        role="img"
        aria-label={`Waits from premiere to premiere: ${drawn.map((gap) => `season ${gap.from} to ${gap.running ? 'today' : gap.to}, ${spanRange(gap)}`).join('; ')}`}
      >
        {yearMarks(longest).map((year) => (
          <g key={year} className={styles.year}>
            <line x1={x(year * YEAR_DAYS)} x2={x(year * YEAR_DAYS)} y1="0" y2={height} />
            <text
              x={x(year * YEAR_DAYS)}
              y={height + 16}
              textAnchor={year * YEAR_DAYS > longest * 0.9 ? 'end' : 'middle'}
            >
              {howMany(year, 'year')}
            </text>
          </g>
        ))}
        {drawn.map((gap, i) => (
          <g key={gap.to} className={gap.running ? styles.running : undefined}>
            <text x="0" y={i * ROW_PX + 18} className={styles.words}>
              {`${gap.from} → ${gap.running ? 'now' : gap.to}: ${spanRange(gap)}`}
            </text>
            {gap.most > gap.least && (
              <rect y={i * ROW_PX + 26} width={x(gap.most)} height={BAR_PX} className={styles.unsure} />
            )}
            <rect y={i * ROW_PX + 26} width={x(gap.least)} height={BAR_PX} className={styles.sure} />
          </g>
        ))}
      </svg>
      <TableTwin
        summary={gaps.length > DRAWN ? `All ${gaps.length} waits as a table` : 'The same as a table'}
      >
        <ColumnHeads names={['From premiere to premiere', 'Days']} numbers={['Days']} />
        <tbody>
          {gaps.map((gap) => (
            <tr key={gap.to}>
              <td>
                Season {gap.from} to {gap.running ? 'today, still waiting' : `season ${gap.to}`}
              </td>
              <td className="number">{days(gap)}</td>
            </tr>
          ))}
        </tbody>
      </TableTwin>
    </figure>
  )
}
