import type { ReactNode } from 'react'
import type { Calendar, CalendarEntry } from '@/lib/lists/calendar'
import { addDays, type Day, firstDayOf } from '@/lib/shared/day'
import { formatWindow } from '@/lib/shared/edtf'
import { Dated } from '../_components/dates'
import { Lamp } from '../_components/lamp/lamp'
import { languageOf } from '../_components/poster/rules'
import styles from './calendar.module.css'
import { bandOn, hasGrid, isCalendarMonth, monthWords, weeksOf } from './months'

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
/** Titles a day of the grid prints; the list below has them all. */
const PER_DAY = 4
/** How far the scale of the windows reaches. */
const SCALE_DAYS = 548

interface Props {
  calendar: Calendar
  today: Day
  /** What is laid over the month on request; the turns of the calendar keep it. */
  layer?: 'estimates'
  children?: ReactNode
}

const weekdayOf = (day: Day) => WEEKDAYS[(new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7] as string

const addressOf = (month: string, layer: Props['layer']) =>
  layer ? `/calendar/${month}/${layer}` : `/calendar/${month}`

function Turn({ month, word, layer }: { month: string; word: string; layer: Props['layer'] }) {
  if (!isCalendarMonth(month)) return <span />
  return (
    <a href={addressOf(month, layer)} rel={word === 'Earlier' ? 'prev' : 'next'} className={styles.turn}>
      <span aria-hidden="true">{word === 'Earlier' ? '← ' : ''}</span>
      {formatWindow(month)}
      <span aria-hidden="true">{word === 'Earlier' ? '' : ' →'}</span>
    </a>
  )
}

function Grid({ month, byDay, today }: { month: string; byDay: Map<Day, CalendarEntry[]>; today: Day }) {
  return (
    <table className={styles.grid}>
      <caption className="visually-hidden">{formatWindow(month)} by days</caption>
      <thead>
        <tr>
          {WEEKDAYS.map((name) => (
            <th key={name} scope="col" abbr={name}>
              {name.slice(0, 3)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(month).map((week, w) => (
          <tr key={week.find(Boolean) ?? w}>
            {week.map((day, i) => {
              const entries = (day && byDay.get(day)) || []
              return (
                <td
                  key={WEEKDAYS[i]}
                  aria-current={day === today ? 'date' : undefined}
                  className={day ? undefined : styles.blank}
                >
                  {day && <span className={styles.number}>{Number(day.slice(8))}</span>}
                  {entries.slice(0, PER_DAY).map((entry) => (
                    <a
                      key={`${entry.slug}-${entry.season}`}
                      href={`/shows/${entry.slug}`}
                      className={styles.entry}
                    >
                      <Lamp state={entry.lamp} size="s" wordless />
                      <span>
                        {entry.title} <span className="quiet">{entry.season}</span>
                        <span className="visually-hidden">, {entry.word}</span>
                      </span>
                    </a>
                  ))}
                  {entries.length > PER_DAY && (
                    <a href={`#d${day}`} className={styles.entry}>
                      and {entries.length - PER_DAY} more
                    </a>
                  )}
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/**
 * A month of premieres: its days as a grid where they fill one and there is room, as a list everywhere, and the open
 * windows as bands. A month that is over is told as past.
 */
export function MonthView({ calendar, today, layer, children }: Props) {
  const { month, when, days, windows } = calendar
  const byDay = new Map(days.map(({ day, entries }) => [day, entries]))
  const first = firstDayOf(month)
  const scale = { from: first, to: addDays(first, SCALE_DAYS) }
  const count = (list: typeof days) => list.reduce((sum, { entries }) => sum + entries.length, 0)
  const begun = count(days.filter(({ day }) => day <= today))
  const grid = hasGrid(days)
  return (
    <>
      <div className={styles.head}>
        <h1>{formatWindow(month)}</h1>
        <p className="quiet">{monthWords(when, { begun, toCome: count(days) - begun })}</p>
        <nav aria-label="Months" className={styles.turns}>
          <Turn month={calendar.previous} word="Earlier" layer={layer} />
          <Turn month={calendar.next} word="Later" layer={layer} />
        </nav>
        {when !== 'past' && (
          <a
            href={layer ? addressOf(month, undefined) : `${addressOf(month, 'estimates')}#estimates`}
            className={styles.layer}
          >
            {layer ? 'Without our estimates' : 'With our estimates'}
          </a>
        )}
      </div>
      {grid ? (
        <Grid month={month} byDay={byDay} today={today} />
      ) : (
        days.length > 0 && <Agenda days={days} when={when} />
      )}
      {windows.length > 0 && (
        <section aria-labelledby="windows" className={styles.section}>
          <h2 id="windows">Open windows</h2>
          <p className="quiet">
            Nobody has named a day for these. Each band is the time somebody gave, from {formatWindow(month)}{' '}
            on; the shortest come first.
          </p>
          <ul className={styles.windows}>
            {windows.map((entry) => {
              const band = bandOn(scale, entry)
              return (
                <li key={`${entry.slug}-${entry.season}`}>
                  <span className={styles.title}>
                    <a href={`/shows/${entry.slug}`} lang={languageOf(entry.title) ?? undefined}>
                      {entry.title}
                    </a>{' '}
                    <span className="quiet small">season {entry.season}</span>
                  </span>
                  <span className={styles.words}>
                    <Dated edtf={entry.edtf} />
                  </span>
                  <span className={styles.scale} aria-hidden="true">
                    <span
                      className={`${styles.band} ${styles[entry.lamp]}`}
                      style={{ left: `${band.left}%`, width: `${band.width}%` }}
                    />
                  </span>
                  <Lamp state={entry.lamp} size="s" word={entry.word} />
                </li>
              )
            })}
          </ul>
        </section>
      )}
      {children}
      {(grid || days.length === 0) && <Agenda days={days} when={when} />}
    </>
  )
}

function Agenda({ days, when }: Pick<Calendar, 'days' | 'when'>) {
  return (
    <section aria-labelledby="agenda" className={styles.section}>
      <h2 id="agenda">Day by day</h2>
      {days.length === 0 ? (
        <p className="quiet">
          {when === 'past'
            ? 'Nothing with a day. A premiere that a record or a source dates would stand here.'
            : 'Nothing with a day. A date given by a network, a maker or the press would stand here.'}
        </p>
      ) : (
        <ol className={styles.agenda}>
          {days.map(({ day, entries }) => (
            <li key={day} id={`d${day}`}>
              <h3>
                {weekdayOf(day)} <time dateTime={day}>{Number(day.slice(8))}</time>
              </h3>
              <ul>
                {entries.map((entry) => (
                  <li key={`${entry.slug}-${entry.season}`}>
                    <a href={`/shows/${entry.slug}`} lang={languageOf(entry.title) ?? undefined}>
                      {entry.title}
                    </a>
                    <span className="quiet">season {entry.season}</span>
                    <Lamp state={entry.lamp} size="s" word={entry.word} />
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}
