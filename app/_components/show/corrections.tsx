import type { Correction } from '@/lib/ledger/types'
import { Dated } from '../dates'

/** What we said wrong, in public. */
export function Corrections({ corrections }: { corrections: Correction[] }) {
  if (corrections.length === 0) return null
  return (
    <section aria-labelledby="corrections">
      <h2 id="corrections">Corrections</h2>
      <ul className="stack">
        {corrections.map((correction) => (
          <li key={correction.publishedOn + correction.text} className="notice">
            <b>
              <Dated edtf={correction.publishedOn} />
            </b>{' '}
            {correction.claimId ? <a href={`#${correction.claimId}`}>{correction.text}</a> : correction.text}
          </li>
        ))}
      </ul>
    </section>
  )
}
