import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { DoorForm } from '@/app/_components/door-form'
import { SessionEnded } from '@/app/_components/session-ended'
import { currentViewer } from '@/lib/accounts/queries'
import { getImport } from '@/lib/imports/queries'
import type { ImportPage } from '@/lib/imports/types'
import { formatWindow } from '@/lib/shared/edtf'
import styles from '../import.module.css'
import { Questions } from './questions'
import { LeftRows, SeasonRows } from './rows'

export const metadata: Metadata = { title: 'Your list', robots: { index: false, follow: false } }

const seasons = (count: number) => (count === 1 ? 'one season' : `${count} seasons`)
const day = (instant: string) => formatWindow(instant.slice(0, 10), { style: 'long' })

export default async function OneImportPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  const viewer = await currentViewer()
  if (!viewer) return <SessionEnded returnTo={`/following/import/${id}`} />
  const list = await getImport(viewer, id, new Date())
  if (!list) notFound()
  return (
    <div className={styles.page}>
      <h1>{list.service === 'A list of titles' ? 'Your list' : `Your ${list.service} list`}</h1>
      {list.state === 'draft' ? <Draft list={list} /> : <Done list={list} />}
    </div>
  )
}

function Counts({ list }: { list: ImportPage }) {
  const counts: [number, string][] = [
    [
      list.toFollow.length,
      list.toFollow.length === 1 ? 'season would be followed' : 'seasons would be followed',
    ],
    [list.already.length, 'you follow already'],
    [list.questions.length, list.questions.length === 1 ? 'question to answer' : 'questions to answer'],
    [list.unmatched.length, 'we could not place'],
    [list.leftOut.length, 'left out: what is no series, and what you had dropped or hidden'],
  ]
  return (
    <dl className={styles.counts}>
      {counts
        .filter(([count]) => count > 0)
        .map(([count, what]) => (
          <div key={what}>
            <dt>{what}</dt>
            <dd>{count}</dd>
          </div>
        ))}
    </dl>
  )
}

function Draft({ list }: { list: ImportPage }) {
  const { toFollow, questions } = list
  const nothing = toFollow.length === 0 && questions.length === 0
  return (
    <>
      <p className="lede">From {list.fileName}. Nothing is followed yet; this draft is kept for a day.</p>
      <Counts list={list} />
      {nothing ? (
        <p>
          There is nothing new to follow in it. <a href="/following/import">Bring another file</a>.
        </p>
      ) : (
        <DoorForm action="/api/me/imports/confirm" className={styles.answers}>
          <input type="hidden" name="import" value={list.id} />
          <SeasonRows
            summary={`Would be followed: ${seasons(toFollow.length)}`}
            rows={toFollow}
            open={toFollow.length <= 12}
          />
          <Questions questions={questions} until={day(list.expiresAt)} />
          <div className={styles.actions}>
            <button type="submit" data-primary>
              {questions.length === 0
                ? `Follow ${seasons(toFollow.length)}`
                : toFollow.length === 0
                  ? 'Follow what I answered'
                  : `Follow ${seasons(toFollow.length)} and what I answered`}
            </button>
          </div>
        </DoorForm>
      )}
      <Rest list={list} />
    </>
  )
}

function Done({ list }: { list: ImportPage }) {
  return (
    <>
      <p className="notice" role="status">
        {list.state === 'undone'
          ? 'Undone: what this import followed is followed no longer.'
          : list.standing === 0
            ? 'Nothing new was followed by this import.'
            : `You follow ${seasons(list.standing)} through this import.`}
        {stillOpen(list)}
      </p>
      <p className={styles.links}>
        {list.state === 'undone' ? (
          <a href="/following/import">Bring a file</a>
        ) : (
          <a href="/following">See what you follow</a>
        )}
      </p>
      {list.state === 'done' && (
        <>
          <SeasonRows
            summary={`In your list and followed: ${seasons(list.already.length)}`}
            rows={list.already}
          />
          {list.waiting.length > 0 && (
            <DoorForm action="/api/me/imports/confirm" className={styles.answers}>
              <input type="hidden" name="import" value={list.id} />
              <p>
                There was no room for {seasons(list.waiting.length)} of your list: 2,000 is the most one can
                follow. Unfollow some, then take the rest; it waits here until {day(list.expiresAt)}.
              </p>
              <SeasonRows summary={`Waiting for room: ${seasons(list.waiting.length)}`} rows={list.waiting} />
              <div className={styles.actions}>
                <button type="submit">Follow as many as there is room for</button>
              </div>
            </DoorForm>
          )}
          {list.questions.length > 0 && (
            <DoorForm action="/api/me/imports/confirm" className={styles.answers}>
              <input type="hidden" name="import" value={list.id} />
              <Questions questions={list.questions} until={day(list.expiresAt)} />
              <div className={styles.actions}>
                <button type="submit" data-primary>
                  Follow what I answered
                </button>
              </div>
            </DoorForm>
          )}
          {list.standing > 0 && (
            <DoorForm action="/api/me/imports/undo" className={styles.actions}>
              <input type="hidden" name="import" value={list.id} />
              <button type="submit">Undo this import</button>
              <span className={styles.hint}>
                It unfollows what this import followed, nothing else. Until {day(list.expiresAt)}.
              </span>
            </DoorForm>
          )}
        </>
      )}
      <Rest list={list} />
    </>
  )
}

/** What is left to answer, after what was done. */
function stillOpen({ state, questions: { length } }: ImportPage): string {
  if (state !== 'done' || length === 0) return ''
  return length === 1 ? ' One question is still open.' : ` ${length} questions are still open.`
}

function Rest({ list }: { list: ImportPage }) {
  const open =
    list.state === 'undone' ? list.questions.map((row) => ({ ...row, reason: 'It was left open.' })) : []
  const unplaced = [...open, ...list.unmatched]
  if (unplaced.length + list.leftOut.length + list.already.length === 0) return null
  return (
    <section aria-labelledby="rest">
      <h2 id="rest">The rest of your list</h2>
      {list.state === 'draft' && (
        <SeasonRows summary={`You follow already: ${seasons(list.already.length)}`} rows={list.already} />
      )}
      <LeftRows summary={`Without a place here: ${unplaced.length}`} rows={unplaced} />
      <LeftRows summary={`Left out: ${list.leftOut.length}`} rows={list.leftOut} />
      {unplaced.length > 0 && (
        <p className={styles.links}>
          <a href={`/api/me/imports/unmatched?import=${list.id}`} download="greenlit-unmatched.csv">
            Download what has no place, as CSV
          </a>
        </p>
      )}
    </section>
  )
}
