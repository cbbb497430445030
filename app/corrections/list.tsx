import { correctionsLd } from '@/lib/feeds/json-ld'
import { getCorrections } from '@/lib/ledger/queries'
import { siteUrl } from '@/lib/shared/site'
import { JsonLd } from '../_components/json-ld'
import { CorrectionsList } from '../_components/lists/corrections-list'
import { datedList } from '../_components/lists/dated-list'

/** What we said wrong, newest first. */
export const corrections = datedList({
  name: 'corrections',
  description:
    'Every statement about a season that stood here and no longer counts, with its day and the reason. Newest first.',
  head: (
    <>
      <p className="lede">
        Every statement that stood here and no longer counts, with its day and the reason. The statement
        itself stays in the ledger, marked.
      </p>
      <p>
        They stand in the <a href="/changes.atom">feed of all changes</a> too.
      </p>
    </>
  ),
  none: 'There is no correction yet. The first statement that a source takes back, or that we find was never made, would stand here.',
  read: getCorrections,
  entries: (items) => (
    <>
      <JsonLd data={correctionsLd(items, siteUrl())} />
      <CorrectionsList corrections={items} />
    </>
  ),
})
