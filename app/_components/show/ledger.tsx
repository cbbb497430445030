import type { SeasonView } from '@/lib/catalogue/types'
import { Dated } from '../dates'
import { CLASS_WORDS, KIND_WORDS, STATE_WORDS } from '../words'
import styles from './ledger.module.css'

type LedgerClaim = SeasonView['claims'][number]

/** The site behind an address, without its www. */
export function siteOf(url: string): string {
  try {
    return new URL(url).hostname.replace(/^www\./, '')
  } catch {
    return 'source'
  }
}

/** One dated note: when it was said, what, by whom, of what class, and how it stands. */
export function LedgerNote({ claim, decisive = false }: { claim: LedgerClaim; decisive?: boolean }) {
  return (
    <li
      id={claim.id}
      className={`${styles.note} ${styles[claim.state]}${decisive ? ` ${styles.decisive}` : ''}`}
    >
      <p className={styles.head}>
        <span className={styles.day}>
          {claim.publishedOn ? <Dated edtf={claim.publishedOn} /> : 'day not given'}
        </span>{' '}
        <b>{KIND_WORDS[claim.kind]}</b>{' '}
        <span className={styles.state}>
          {STATE_WORDS[claim.state]}
          {decisive && ', decides'}
        </span>
      </p>
      <p>{claim.value}</p>
      <p className={styles.foot}>
        <a href={claim.url} rel="nofollow noopener">
          {claim.source.name}
        </a>
        , {CLASS_WORDS[claim.sourceClass]}
        {claim.citing && `, after ${claim.citing}`}
        {claim.retractReason && `. Retracted: ${claim.retractReason}`}
      </p>
    </li>
  )
}

/** A season's ledger, newest statement first; a long one is folded after its first notes. */
export function Ledger({
  claims,
  because,
  open = Number.POSITIVE_INFINITY,
  more,
}: {
  claims: LedgerClaim[]
  because: string[]
  /** How many notes lie open. */
  open?: number
  /** Where the whole ledger stands, when the rest is not printed here. */
  more?: { href: string; label: string }
}) {
  const deciding = new Set(because)
  const first = claims.slice(0, open)
  const rest = claims.slice(open)
  const note = (claim: LedgerClaim) => (
    <LedgerNote key={claim.id} claim={claim} decisive={deciding.has(claim.id)} />
  )
  return (
    <>
      <ol className={styles.ledger}>{first.map(note)}</ol>
      {rest.length > 0 &&
        (more ? (
          <p className={styles.more}>
            <a href={more.href}>{more.label}</a>
          </p>
        ) : (
          <details className={styles.fold}>
            <summary>
              {rest.length} earlier {rest.length === 1 ? 'note' : 'notes'}
            </summary>
            <ol className={styles.ledger}>{rest.map(note)}</ol>
          </details>
        ))}
    </>
  )
}
