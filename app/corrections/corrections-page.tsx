import { correctionsLd } from '@/lib/feeds/json-ld'
import { getCorrections } from '@/lib/ledger/queries'
import { siteUrl } from '@/lib/shared/site'
import { JsonLd } from '../_components/json-ld'
import { CorrectionsList } from '../_components/lists/corrections-list'
import { Pager } from '../_components/lists/pager'
import styles from '../changes/changes.module.css'

/** Corrections a page holds. */
const PER_PAGE = 60

/** The corrections a page prints, with the cursor of the page after it. */
export const correctionsPage = (cursor: string | null) => getCorrections({ cursor, limit: PER_PAGE })

/** What we said wrong, newest first. */
export function CorrectionsPage({
  page,
  first,
}: {
  page: Awaited<ReturnType<typeof correctionsPage>>
  first: boolean
}) {
  return (
    <>
      {page.items.length > 0 && <JsonLd data={correctionsLd(page.items, siteUrl())} />}
      <div className={styles.head}>
        <h1>Corrections</h1>
        <p className="lede">
          Every statement that stood here and no longer counts, with its day and the reason. The statement
          itself stays in the ledger, marked.
        </p>
        <p>
          They stand in the <a href="/changes.atom">feed of all changes</a> too.
        </p>
      </div>
      {page.items.length > 0 ? (
        <CorrectionsList corrections={page.items} />
      ) : (
        <p className="quiet">
          There is no correction yet. The first statement that a source takes back, or that we find was never
          made, would stand here.
        </p>
      )}
      <Pager
        first={first ? null : '/corrections'}
        next={page.next && `/corrections/before/${page.next}`}
        earlier="Earlier corrections"
      />
    </>
  )
}
