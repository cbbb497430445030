import { ColumnHeads } from '@/app/_components/column-heads'
import { TableTwin } from '@/app/_components/table-twin'
import type { ReliabilityBin } from '@/lib/forecast/backtest'
import { perCent } from '@/lib/forecast/words'
import styles from './forecasts.module.css'

/** The plot is a square of so many units, with room for its words. */
const SIDE = 300
const LEFT = 44
const FOOT = 40
const MARKS = [0, 0.25, 0.5, 0.75, 1]

const x = (share: number) => LEFT + share * SIDE
const y = (share: number) => (1 - share) * SIDE + 8

/** What was said against what came, a dot a tenth of all forecasts: on the line, chances mean what they say. */
export function Reliability({ bins }: { bins: readonly ReliabilityBin[] }) {
  const table = bins.map(({ n, said, came }) => [perCent(said), perCent(came), n] as const)
  return (
    <figure className={styles.figure}>
      <svg
        viewBox={`0 0 ${SIDE + LEFT + 16} ${SIDE + FOOT + 8}`}
        className={styles.plot}
        role="img"
        aria-label={`Chance said and share that came: ${table.map(([said, came]) => `${said} said, ${came} came`).join('; ')}`}
      >
        {MARKS.map((mark) => (
          <g key={mark} className={styles.mark}>
            <line x1={x(0)} x2={x(1)} y1={y(mark)} y2={y(mark)} />
            <text x={LEFT - 8} y={y(mark) + 4} textAnchor="end">
              {mark * 100}
            </text>
            <text x={x(mark)} y={y(0) + 18} textAnchor="middle">
              {mark * 100}
            </text>
          </g>
        ))}
        <line x1={x(0)} x2={x(1)} y1={y(0)} y2={y(1)} className={styles.line} />
        {bins.map(({ said, came }) => (
          <circle key={said} cx={x(said)} cy={y(came)} r="5" className={styles.dot} />
        ))}
        <text x={x(0.5)} y={y(0) + 36} textAnchor="middle" className={styles.axis}>
          said, per cent; upwards: came
        </text>
      </svg>
      <TableTwin>
        <ColumnHeads names={['Chance said', 'Came', 'Seasons']} numbers={['Seasons']} />
        <tbody>
          {table.map(([said, came, n]) => (
            <tr key={said}>
              <td>{said}</td>
              <td>{came}</td>
              <td className="number">{n}</td>
            </tr>
          ))}
        </tbody>
      </TableTwin>
    </figure>
  )
}
