import { spanWords } from '../dates'
import styles from './gap-chart.module.css'
import type { Gap } from './gaps'

const words = (gap: Gap) =>
  gap.least === gap.most ? spanWords(gap.most) : `${spanWords(gap.least)} to ${spanWords(gap.most)}`
const days = (gap: Gap) => (gap.least === gap.most ? `${gap.most}` : `${gap.least} to ${gap.most}`)

/** The waits between seasons as bars on one scale, and the same as a table. */
export function GapChart({ gaps }: { gaps: Gap[] }) {
  const longest = Math.max(365, ...gaps.map((gap) => gap.most))
  const years = Array.from({ length: Math.floor(longest / 365.25) }, (_, i) => i + 1)
  const height = gaps.length * 34 + 18
  const x = (value: number) => Math.round((value / longest) * 5600) / 10
  return (
    <figure className={styles.figure}>
      <svg
        viewBox={`0 0 640 ${height}`}
        role="img"
        aria-label={`Waits between seasons: ${gaps.map((gap) => `season ${gap.from} to ${gap.running ? 'today' : gap.to}, ${words(gap)}`).join('; ')}`}
      >
        {years.map((year) => (
          <g key={year} className={styles.year}>
            <path d={`M${70 + x(year * 365.25)} 0V${height - 16}`} />
            <text x={70 + x(year * 365.25)} y={height - 3} textAnchor="middle">
              {years.length > 12 && year % 5 ? '' : `${year} y`}
            </text>
          </g>
        ))}
        {gaps.map((gap, i) => (
          <g key={gap.to} className={gap.running ? styles.running : undefined}>
            <text x="0" y={i * 34 + 20} className={styles.season}>
              {gap.from} → {gap.running ? 'now' : gap.to}
            </text>
            <rect
              x="70"
              y={i * 34 + 6}
              width={Math.max(2, x(gap.least))}
              height="18"
              className={styles.sure}
            />
            {gap.most > gap.least && (
              <rect
                x={70 + x(gap.least)}
                y={i * 34 + 6}
                width={x(gap.most - gap.least)}
                height="18"
                className={styles.unsure}
              />
            )}
            <text
              x={x(gap.most) > 380 ? 62 + x(gap.most) : 78 + x(gap.most)}
              y={i * 34 + 20}
              textAnchor={x(gap.most) > 380 ? 'end' : 'start'}
              className={x(gap.most) > 380 && !gap.running ? styles.inside : styles.value}
            >
              {words(gap)}
            </text>
          </g>
        ))}
      </svg>
      <details className={styles.twin}>
        <summary>The same as a table</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">From premiere to premiere</th>
              <th scope="col" className="number">
                Days
              </th>
            </tr>
          </thead>
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
        </table>
      </details>
    </figure>
  )
}
