import type { SeasonView } from '@/lib/catalogue/types'
import { maySpoil, spoilerWords } from '@/lib/ledger/spoilers'
import { formatWindow } from '@/lib/shared/edtf'
import { KIND_WORDS } from '../words'
import styles from './said.module.css'

/** What a statement says; folded where it may give an ending away, under its kind, day and source. */
export function Said({ claim }: { claim: SeasonView['claims'][number] }) {
  if (!maySpoil(claim)) return <p>{claim.value}</p>
  const day = claim.publishedOn && formatWindow(claim.publishedOn, { style: 'short' })
  return (
    <details className={styles.fold}>
      <summary>
        {[KIND_WORDS[claim.kind], day, claim.source.name].filter(Boolean).join(', ')}:{' '}
        {spoilerWords(claim.season)}
      </summary>
      <p>{claim.value}</p>
    </details>
  )
}
