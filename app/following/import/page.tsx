import type { Metadata } from 'next'
import { DoorForm } from '@/app/_components/door-form'
import { SessionEnded } from '@/app/_components/session-ended'
import { currentViewer } from '@/lib/accounts/queries'
import { listOpenImports } from '@/lib/imports/queries'
import { servicesRead } from '@/lib/imports/services'
import { formatWindow } from '@/lib/shared/edtf'
import styles from './import.module.css'

export const metadata: Metadata = { title: 'Bring your list', robots: { index: false, follow: false } }

/** What an import waits for: answers, room, or both. */
const waitWords = (questions: number, rows: number) =>
  [
    questions > 0 && (questions === 1 ? 'one question' : `${questions} questions`),
    rows > 0 && `${rows} without room among your follows`,
  ]
    .filter(Boolean)
    .join(', ')

export default async function ImportPage() {
  const viewer = await currentViewer()
  if (!viewer) return <SessionEnded returnTo="/following/import" />
  const waiting = await listOpenImports(viewer, new Date())
  return (
    <div className={styles.page}>
      <h1>Bring your list</h1>
      <p className="lede">
        A list of what you watch, from somewhere else: we look for its shows and follow the next season of
        each. You see first what would happen; nothing is followed before you say so.
      </p>
      {waiting.length > 0 && (
        <section aria-labelledby="waiting">
          <h2 id="waiting">Waiting for your answer</h2>
          <ul>
            {waiting.map(({ id, service, file, open, waiting: rows, until }) => (
              <li key={id}>
                <a href={`/following/import/${id}`}>
                  {service}, {file}
                </a>
                : {waitWords(open, rows)}, until {formatWindow(until, { style: 'long' })}
              </li>
            ))}
          </ul>
        </section>
      )}
      <DoorForm action="/api/me/imports" className={styles.upload} withFile>
        <label htmlFor="file">The file</label>
        <input
          id="file"
          name="file"
          type="file"
          accept=".zip,.json,.csv,.tsv,.xml,.gz,.txt"
          required
          aria-describedby="file-hint"
        />
        <p id="file-hint" className={styles.hint}>
          ZIP, JSON, CSV, XML or plain text, at most 20 MB, as you got it. Of a ZIP we open the lists of shows
          and nothing else, and we do not keep the file.
        </p>
        <button type="submit" data-primary>
          Read the file
        </button>
      </DoorForm>
      <section aria-labelledby="services">
        <h2 id="services">What can be brought</h2>
        <dl className={styles.services}>
          {servicesRead().map(({ names, get }) => (
            <div key={names}>
              <dt>{names}</dt>
              <dd>{get}</dd>
            </div>
          ))}
        </dl>
        <p className={styles.hint}>
          Films stay out, so a Letterboxd file has nothing for us. Shows you had dropped or hidden stay out
          too.
        </p>
      </section>
      <section aria-labelledby="take">
        <h2 id="take">Take your list with you</h2>
        <p>
          What you follow here, as a file: <a href="/api/me/follows/export?format=csv">CSV</a> for
          spreadsheets, <a href="/api/me/follows/export?format=json">JSON</a> for programs. Either can be
          brought back.
        </p>
      </section>
    </div>
  )
}
