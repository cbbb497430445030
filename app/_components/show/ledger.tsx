import { maySpoil, spoilerWords } from '@/lib/ledger/spoilers'
import type { SeasonView } from '@/lib/pages/types'
import { Dated } from '../dates'
import { creditWords, howMany, KIND_WORDS, STATE_WORDS } from '../words'
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

/** One dated note: when it was said, what, by whom, of what class, and how it stands; what may give an ending away is folded. */
export function LedgerNote({ claim, decisive = false }: { claim: LedgerClaim; decisive?: boolean }) {
  const head = (
    <>
      <span className={styles.day}>
        {claim.publishedOn ? <Dated edtf={claim.publishedOn} /> : 'day not given'}
      </span>{' '}
      <b>{KIND_WORDS[claim.kind]}</b>{' '}
      <span className={styles.state}>{`${STATE_WORDS[claim.state]}${decisive ? ', decides' : ''}`}</span>
    </>
  )
  return (
    <li
      id={claim.id}
      className={[styles.note, styles[claim.state], decisive && styles.decisive].filter(Boolean).join(' ')}
    >
      {maySpoil(claim) ? (
        <details>
          <summary className={styles.head}>
            {head}{' '}
            <span className={styles.hint}>{`${claim.source.name}: ${spoilerWords(claim.season)}`}</span>
          </summary>
          <p className={styles.says}>{claim.value}</p>
        </details>
      ) : (
        <>
          <p className={styles.head}>{head}</p>
          <p className={styles.says}>{claim.value}</p>
        </>
      )}
      <p className={styles.foot}>
        <a href={claim.url} rel="nofollow noopener">
          {claim.source.name}
        </a>
        {`, ${creditWords(claim, false)}${claim.retractReason ? `. Retracted: ${claim.retractReason}` : ''}`}
      </p>
    </li>
  )
}

/** A season's ledger, newest statement first; from `open` on it is folded on a narrow page and lies open on a wide one. */
export function Ledger({
  claims,
  because,
  open = claims.length,
  more,
}: {
  claims: LedgerClaim[]
  because: string[]
  open?: number
  /** Where the whole ledger stands, when this is not all of it. */
  more?: { href: string; label: string }
}) {
  const deciding = new Set(because)
  const note = (claim: LedgerClaim) => (
    <LedgerNote key={claim.id} claim={claim} decisive={deciding.has(claim.id)} />
  )
  return (
    <>
      <ol className={styles.ledger}>{claims.slice(0, open).map(note)}</ol>
      {claims.length > open && (
        <details className={`${styles.fold} fold`}>
          <summary>{howMany(claims.length - open, 'earlier note')}</summary>
          <ol className={styles.ledger}>{claims.slice(open).map(note)}</ol>
        </details>
      )}
      {more && (
        <p className={`${styles.more} more`}>
          <a href={more.href}>{more.label}</a>
        </p>
      )}
    </>
  )
}
