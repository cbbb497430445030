import { hasSeasonBefore, spoilerWords } from '@/lib/ledger/spoilers'
import type { ShowPage } from '@/lib/pages/types'
import { formatWindow } from '@/lib/shared/edtf'
import { capitalised } from '@/lib/shared/text'
import styles from './returning.module.css'

type Member = ShowPage['cast'][number]

const BOARDS = [
  ['new', 'New'],
  ['confirmed', 'Back'],
  ['expected', 'Expected back'],
  ['out', 'Not in it'],
] as const
type Board = (typeof BOARDS)[number]

const SILENT_MAX = 8
const list = (names: string[]) =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`

/** "Back 4, not in it 1; the newest word Netflix, 19 Feb 2026": what lies under the fold, without a name of the cast. */
function foldedWords(members: Member[], boards: Board[]): string {
  const counts = boards.flatMap(([word, name]) => {
    const count = members.filter(({ returning }) => returning === word).length
    return count > 0 ? [`${name.toLowerCase()} ${count}`] : []
  })
  const said = members.flatMap((member) =>
    member.said && boards.some(([word]) => word === member.returning) ? [member.said] : [],
  )
  const [newest] = said.sort((a, b) => (b.on ?? '').localeCompare(a.on ?? ''))
  const by = newest
    ? `; the newest word ${[newest.by, newest.on && formatWindow(newest.on, { style: 'short' })].filter(Boolean).join(', ')}`
    : ''
  const words = `${counts.join(', ')}${by}`
  return capitalised(words)
}

/**
 * Who is new for a season; and, folded where it can give an ending away, who is back, who is not, and of whom nobody has
 * said anything.
 */
export function Returning({
  cast,
  season,
  begun,
  claimHref,
}: {
  cast: Member[]
  season: number
  /** The season is on air or over: what was announced of it is told as that. */
  begun: boolean
  claimHref: (id: string) => string | null
}) {
  const said = cast.filter((member) => member.returning && member.returning !== 'unknown')
  if (said.length === 0) return null
  // Of a season that has begun it is seen who is in it.
  const silent = begun ? [] : cast.filter((member) => member.returning === 'unknown')
  const rows = (members: Member[]) => (
    <ul className={styles.people}>
      {members.map((member) => {
        const href = member.claimId ? claimHref(member.claimId) : null
        return (
          <li key={member.person}>
            <b>{member.person}</b>
            {member.character && <span className="quiet"> as {member.character}</span>}
            {href && (
              <>
                {' '}
                <a href={href} className={styles.said}>
                  says who<span className="visually-hidden"> of {member.person}</span>
                </a>
              </>
            )}
          </li>
        )
      })}
    </ul>
  )
  const told = BOARDS.filter(([word]) => said.some(({ returning }) => returning === word))
  const isFolded = ([word]: Board) => word !== 'new' && hasSeasonBefore(season)
  const [open, folded] = [told.filter((board) => !isFolded(board)), told.filter(isFolded)]
  const boards = (shown: Board[]) =>
    shown.length > 0 && (
      <div className={styles.boards}>
        {shown.map(([word, name]) => (
          <div key={word}>
            <h3 className="label">{name}</h3>
            {rows(said.filter((member) => member.returning === word))}
          </div>
        ))}
      </div>
    )
  const unsaid = silent.length > 0 && (
    <p className="quiet">
      {`Nobody has said whether ${list(silent.slice(0, SILENT_MAX).map(({ person }) => person))} ${
        silent.length === 1 ? 'returns' : 'return'
      }${silent.length > SILENT_MAX ? `, nor ${silent.length - SILENT_MAX} others on record` : ''}.`}
    </p>
  )
  return (
    <section aria-labelledby="returns">
      <h2 id="returns">
        {begun ? `Who was announced for season ${season}` : `Who returns for season ${season}`}
      </h2>
      {boards(open)}
      {folded.length > 0 ? (
        <details className={styles.out}>
          <summary>{`${foldedWords(said, folded)}: ${spoilerWords(season)}`}</summary>
          {boards(folded)}
          {unsaid}
        </details>
      ) : (
        unsaid
      )}
    </section>
  )
}

const CAST_SHOWN = 16

/** The recorded cast: who plays whom, and the names of whom no part is on record. */
export function Cast({ cast }: { cast: Member[] }) {
  const played = cast
    .filter((member) => member.returning !== 'new' && member.returning !== 'out')
    .slice(0, CAST_SHOWN)
  if (played.length === 0) return null
  const named = played.filter(({ character }) => character !== null)
  const others = played.filter(({ character }) => character === null).map(({ person }) => person)
  return (
    <section aria-labelledby="cast">
      <h2 id="cast">{named.length > 0 ? 'Cast and characters' : 'Cast'}</h2>
      {named.length > 0 && (
        <dl className={styles.cast}>
          {named.map((member) => (
            <div key={member.person}>
              <dt>{member.character}</dt>
              <dd>{member.person}</dd>
            </div>
          ))}
        </dl>
      )}
      {others.length > 0 && (
        <p className={styles.others}>
          {named.length > 0 ? 'Also ' : ''}
          {others.join(', ')}
        </p>
      )}
    </section>
  )
}
