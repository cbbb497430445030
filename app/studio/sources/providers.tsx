import { ColumnHeads } from '@/app/_components/column-heads'
import { Instant, spanWords } from '@/app/_components/dates'
import { Pager } from '@/app/_components/lists/pager'
import { howMany } from '@/app/_components/words'
import {
  type AsideLine,
  type ProviderOverview,
  SOON_DAYS,
  type SourcesOverview,
  writeAsideCursor,
} from '@/lib/sources/overview'
import styles from '../deliveries/deliveries.module.css'

const ADDRESS = '/studio/sources'
const HOUR_MS = 3_600_000
const count = new Intl.NumberFormat('en-GB')

/** All providers with what is known of asking them, or one of them from a place in its quarantine on. */
export function Providers({ overview, isEarlier }: { overview: SourcesOverview; isEarlier: boolean }) {
  const { providers, at } = overview
  const next = providers.flatMap(({ nextRunAt, title }) => (nextRunAt ? [{ nextRunAt, title }] : []))
  return (
    <div className={styles.page}>
      <h1>Providers of facts</h1>
      <p className="lede" role="status">
        {next[0] ? (
          <>
            The worker asks {next.map(({ title }) => title).join(', ')} next at{' '}
            <Instant at={next[0].nextRunAt} />.
          </>
        ) : (
          <>
            Nothing is asked by itself: <code>GREENLIT_SYNC</code> names no provider that can be.
          </>
        )}
      </p>
      <p className="quiet small">
        All times are UTC. Settings are those of the process that serves this page; the worker goes by its
        own.
      </p>
      {providers.map((provider) => (
        <Provider key={provider.name} provider={provider} at={at} isEarlier={isEarlier} />
      ))}
    </div>
  )
}

function Provider({
  provider,
  at,
  isEarlier,
}: {
  provider: ProviderOverview
  at: string
  isEarlier: boolean
}) {
  const { name, title, lacks, terms, run, readUntil, nextRunAt, setAside, aside, next } = provider
  const more = next && `${ADDRESS}?before=${encodeURIComponent(writeAsideCursor(next))}`
  return (
    <>
      <h2 id={name}>{title}</h2>
      <table>
        <caption className="visually-hidden">{title}: terms, runs and how old its answers are</caption>
        <tbody>
          <tr>
            <th scope="row">Can be asked</th>
            <td>{lacks ?? 'Yes'}</td>
          </tr>
          <tr>
            <th scope="row">Terms</th>
            <td>
              “{terms.attribution}”, <a href={terms.url}>{terms.licence}</a>.{' '}
              {terms.keptDays === null
                ? 'Kept for as long as we like'
                : `Kept for ${howMany(terms.keptDays, 'day')} without asking again`}
              , {terms.mayExport ? 'exported' : 'never exported'},{' '}
              {terms.mayTrain ? 'may be learnt from' : 'never learnt from'}.
            </td>
          </tr>
          <tr>
            <th scope="row">Last run</th>
            <td>
              {run ? (
                <>
                  <Instant at={run.startedAt} /> to{' '}
                  {run.endedAt ? <Instant at={run.endedAt} /> : 'now, unless it was cut off'}:{' '}
                  {howMany(run.asked, 'show')} asked, {count.format(run.left)} left.
                  {run.says && ` It ended early: ${run.says}.`}
                </>
              ) : (
                <>
                  Never asked. <code>npm run greenlit -- sync {name}</code> fills this.
                </>
              )}
            </td>
          </tr>
          <tr>
            <th scope="row">Next run</th>
            <td>{nextRunAt ? <Instant at={nextRunAt} /> : 'Only by the command'}</td>
          </tr>
          <tr>
            <th scope="row">Read until</th>
            <td>
              {readUntil ? (
                <>
                  What changed before <Instant at={readUntil} /> has been asked for
                </>
              ) : (
                'No run has come to its end'
              )}
            </td>
          </tr>
          <tr>
            <th scope="row">Looked at</th>
            <td>
              {count.format(provider.looked)} of {count.format(provider.known)} shows that bear its id
            </td>
          </tr>
          <tr>
            <th scope="row">Oldest look</th>
            <td>
              <OldestLook provider={provider} at={at} />
            </td>
          </tr>
          <tr>
            <th scope="row">Set aside</th>
            <td>{setAside === 0 ? 'No answer' : howMany(setAside, 'answer')}</td>
          </tr>
        </tbody>
      </table>
      {aside.length > 0 ? (
        <Aside title={title} lines={aside} isEarlier={isEarlier} />
      ) : (
        <p>
          {isEarlier
            ? 'Nothing was set aside before that.'
            : 'Nothing is set aside. An answer that cannot be used stands here with the reason, until a usable one comes.'}
        </p>
      )}
      <Pager first={isEarlier ? `${ADDRESS}#${name}` : null} next={more} earlier="Seen earlier" />
    </>
  )
}

/** How long ago it last answered about the shows that matter most now. */
function OldestLook({ provider, at }: { provider: ProviderOverview; at: string }) {
  const { watched, watchedUnread, oldestLookAt } = provider
  const which = `followed or dated within ${SOON_DAYS} days`
  if (watched === 0) return `No show that bears its id is ${which}`
  const unread = `${count.format(watchedUnread)} of ${count.format(watched)} never looked at`
  if (oldestLookAt === null) return `Of the shows ${which}: ${unread}`
  return (
    <>
      <Instant at={oldestLookAt} />, {ageWords(Date.parse(at) - Date.parse(oldestLookAt))} ago, of the shows{' '}
      {which}: {unread}
    </>
  )
}

function Aside({ title, lines, isEarlier }: { title: string; lines: AsideLine[]; isEarlier: boolean }) {
  const name = `${title}: answers set aside`
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section className="scroll-x" aria-label={name} tabIndex={0}>
      <table>
        <caption>{isEarlier ? 'Seen earlier' : 'Newest first'}</caption>
        <ColumnHeads names={['Id', 'Show here', 'What is wrong', 'First seen', 'Last seen']} />
        <tbody>
          {lines.map(({ id, page, reason, firstSeenAt, seenAt, show }) => (
            <tr key={id}>
              <th scope="row">
                <a href={page} rel="noreferrer">
                  {id}
                </a>
              </th>
              <td>{show ? <a href={`/shows/${show.slug}`}>{show.title}</a> : 'none'}</td>
              <td>{reason}</td>
              <td>
                <Instant at={firstSeenAt} />
              </td>
              <td>
                <Instant at={seenAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

const ageWords = (ms: number): string => {
  const hours = Math.max(0, Math.round(ms / HOUR_MS))
  return hours < 48 ? howMany(hours, 'hour') : spanWords(Math.round(hours / 24))
}
