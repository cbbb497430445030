import type { ShowPage } from '@/lib/catalogue/types'
import styles from './returning.module.css'

type Member = ShowPage['cast'][number]

const BOARDS = [
  ['confirmed', 'Back'],
  ['expected', 'Expected back'],
  ['new', 'New'],
] as const

const SILENT_MAX = 8
const list = (names: string[]) =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`

/** Who returns, who is new, of whom nobody has said anything, and, folded because it can give the story away, who does not. */
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
  const out = said.filter((member) => member.returning === 'out')
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
  return (
    <section aria-labelledby="returns">
      <h2 id="returns">
        {begun ? `Who was announced for season ${season}` : `Who returns for season ${season}`}
      </h2>
      <div className={styles.boards}>
        {BOARDS.map(([word, name]) => {
          const members = said.filter((member) => member.returning === word)
          return (
            members.length > 0 && (
              <div key={word}>
                <h3 className="label">{name}</h3>
                {rows(members)}
              </div>
            )
          )
        })}
      </div>
      {silent.length > 0 && (
        <p className="quiet">
          {`Nobody has said whether ${list(silent.slice(0, SILENT_MAX).map(({ person }) => person))} ${
            silent.length === 1 ? 'returns' : 'return'
          }${silent.length > SILENT_MAX ? `, nor ${silent.length - SILENT_MAX} others on record` : ''}.`}
        </p>
      )}
      {out.length > 0 && (
        <details className={styles.out}>
          <summary>Who is not in it (may give the story away)</summary>
          {rows(out)}
        </details>
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
