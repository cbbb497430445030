import { maySpoil, spoilerWords } from '@/lib/ledger/spoilers'
import type { SeasonView } from '@/lib/pages/types'
import { formatWindow } from '@/lib/shared/edtf'
import { KIND_WORDS } from '../words'
import styles from './said.module.css'

/** The line of a fold: kind, day and source of the statement under it, and why it is folded. */
export function foldWords(claim: SeasonView['claims'][number]): string {
  const day = claim.publishedOn && formatWindow(claim.publishedOn, { style: 'short' })
  const credit = [KIND_WORDS[claim.kind], day, claim.source.name].filter(Boolean).join(', ')
  return `${credit}: ${spoilerWords(claim.season)}`
}

/** What a statement says; folded where it may give an ending away, under its kind, day and source. */
export function Said({ claim }: { claim: SeasonView['claims'][number] }) {
  if (!maySpoil(claim)) return <p>{claim.value}</p>
  return (
    <details className={styles.fold}>
      <summary>{foldWords(claim)}</summary>
      <p>{claim.value}</p>
    </details>
  )
}
