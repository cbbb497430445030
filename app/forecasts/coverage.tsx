import type { Backtest } from '@/lib/forecast/backtest'
import { heldOf } from '@/lib/forecast/record'
import { className, perCent } from '@/lib/forecast/words'
import { capitalised } from '@/lib/shared/text'
import styles from './forecasts.module.css'

const ROW_PX = 44
const BAR_PX = 12
const MEANT = 0.8

/** How often the window meant for four in five held, a bar a class, beside the mark it is meant to reach. */
export function Coverage({ byClass }: { byClass: Backtest['by_class'] }) {
  const rows = Object.entries(byClass).flatMap(([name, record]) => {
    const held = heldOf(record)
    return held ? [{ name: capitalised(className(name)), ...held }] : []
  })
  const few = Object.entries(byClass).filter(([, record]) => !heldOf(record))
  const height = rows.length * ROW_PX
  return (
    <figure className={styles.figure}>
      <svg
        height={height + 22}
        className={styles.bars}
        role="img"
        aria-label={`Windows that held: ${rows.map(({ name, covered80 }) => `${name} ${perCent(covered80)}`).join('; ')}; 80 % are meant to`}
      >
        {rows.map(({ name, covered80, n }, i) => (
          <g key={name}>
            <text x="0" y={i * ROW_PX + 18}>
              {`${name}: ${perCent(covered80)} of ${n}`}
            </text>
            <rect y={i * ROW_PX + 26} width={perCent(covered80).replace(' ', '')} height={BAR_PX} />
          </g>
        ))}
        <line x1={`${MEANT * 100}%`} x2={`${MEANT * 100}%`} y1="0" y2={height} className={styles.line} />
        <text x={`${MEANT * 100}%`} y={height + 16} textAnchor="middle" className={styles.axis}>
          meant: 80 %
        </text>
      </svg>
      {few.length > 0 && (
        <p className="quiet small">
          Too few to tell: {few.map(([name, { gap }]) => `${className(name)} (${gap.n})`).join(', ')}.
        </p>
      )}
    </figure>
  )
}
