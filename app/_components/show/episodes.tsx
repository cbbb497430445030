import type { EpisodeList, EpisodeView } from '@/lib/pages/types'
import type { Day } from '@/lib/shared/day'
import { Dated } from '../dates'
import { howMany } from '../words'
import { type EpisodeRun, episodeRuns } from './episode-runs'
import styles from './episodes.module.css'
import { providerWords } from './provider-words'

/**
 * The episodes of a season with their days and lengths; nothing where none is listed. Each name is folded by itself, so
 * that a reader opens them as far as they have watched; long seasons are folded into runs.
 */
export function Episodes({
  list,
  count,
  today,
}: {
  list: EpisodeList | null
  count: number | null
  today: Day
}) {
  if (!list) return null
  const { runs, left } = episodeRuns(list, today)
  const isNamed = list.episodes.some(({ name }) => name !== null)
  const isShort = count !== null && list.episodes.length < count
  return (
    <section aria-labelledby="episodes">
      <h2 id="episodes">Episodes</h2>
      <p className="quiet">
        {`From ${providerWords(list.provider)}. `}
        {isShort
          ? `${list.episodes.length} of ${count} are listed. `
          : !list.isWhole && 'Not all of them are listed. '}
        {isNamed && 'Names are folded, each by itself: open them as far as you have watched.'}
      </p>
      {left > 0 && <p className="quiet">{`The first ${howMany(left, 'episode')} are not listed here.`}</p>}
      {runs.length === 1
        ? runs.map(({ episodes }) => <Lines key="all" episodes={episodes} />)
        : runs.map((run) => <Run key={run.episodes[0]?.number} run={run} />)}
    </section>
  )
}

function Run({ run: { episodes, isNext } }: { run: EpisodeRun }) {
  const [first, last] = [episodes[0], episodes.at(-1)]
  return (
    <details className={styles.run} open={isNext}>
      <summary>
        {`Episodes ${first?.number} to ${last?.number}`}
        {first?.day && (
          <>
            {', from '}
            <Dated edtf={first.day} />
          </>
        )}
      </summary>
      <Lines episodes={episodes} />
    </details>
  )
}

const Lines = ({ episodes }: { episodes: EpisodeView[] }) => (
  <ul className={styles.lines}>
    {episodes.map((episode) => (
      <li key={episode.number}>
        {episode.name === null ? (
          <p>
            <Line episode={episode} />
          </p>
        ) : (
          <details>
            <summary>
              <Line episode={episode} />
            </summary>
            <p>{episode.name}</p>
          </details>
        )}
      </li>
    ))}
  </ul>
)

/** "Episode 3, 14 Mar 2027, 20:00 UTC+1, 45 min" */
function Line({ episode: { number, day, at, minutes } }: { episode: EpisodeView }) {
  return (
    <>
      {`Episode ${number}`}
      {day && (
        <>
          {', '}
          <Dated edtf={day} />
        </>
      )}
      {at && (
        <>
          {', '}
          <time dateTime={at}>{hourWords(at)}</time>
        </>
      )}
      {minutes !== null && `, ${minutes} min`}
    </>
  )
}

/** The hour of an RFC 3339 stamp with its zone: "20:00 UTC+1", "21:30 UTC+5:30", "19:00 UTC". */
function hourWords(stamp: string): string {
  const [, hour, sign, hours, minutes] = /T(\d\d:\d\d):\d\d([+-])(\d\d):(\d\d)$/.exec(stamp) ?? []
  const ahead = `${Number(hours)}${minutes === '00' ? '' : `:${minutes}`}`
  return `${hour} UTC${ahead === '0' ? '' : `${sign === '-' ? '−' : '+'}${ahead}`}`
}
