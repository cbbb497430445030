import { getChanges } from '@/lib/ledger/queries'
import { ChangesList } from '../_components/lists/changes-list'
import { Pager } from '../_components/lists/pager'
import styles from './changes.module.css'

/** Changes a page holds. */
const PER_PAGE = 60

/** The changes a page prints, with the cursor of the page after it. */
export const changesPage = (cursor: string | null) => getChanges({ cursor, limit: PER_PAGE })

/** Real changes, newest first. */
export function ChangesPage({
  page,
  first,
}: {
  page: Awaited<ReturnType<typeof changesPage>>
  first: boolean
}) {
  return (
    <>
      <div className={styles.head}>
        <h1>Changes</h1>
        <p className="lede">
          Only what really changed: a renewal, a date, a move, a cancellation, a window that passed. Looking
          again is not a change.
        </p>
        <p>
          The same as a <a href="/changes.atom">feed</a>, and all premieres with a day as a{' '}
          <a href="/changes.ics">calendar</a>. What was wrong stands under{' '}
          <a href="/corrections">corrections</a>.
        </p>
      </div>
      {page.items.length > 0 ? (
        <ChangesList changes={page.items} />
      ) : (
        <p className="quiet">
          Nothing has changed yet. The first renewal, date or cancellation would stand here.
        </p>
      )}
      <Pager
        first={first ? null : '/changes'}
        next={page.next && `/changes/before/${page.next}`}
        earlier="Earlier changes"
      />
    </>
  )
}
