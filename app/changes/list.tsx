import { getChanges } from '@/lib/ledger/queries'
import { ChangesList } from '../_components/lists/changes-list'
import { datedList } from '../_components/lists/dated-list'

/** Real changes, newest first. */
export const changes = datedList({
  name: 'changes',
  description:
    'What really changed about the next season of any show: renewed, dated, moved, cancelled, missed. Newest first.',
  head: (
    <>
      <p className="lede">
        Only what really changed: a renewal, a date, a move, a cancellation, a window that passed. Looking
        again is not a change.
      </p>
      <p>
        The same as a <a href="/changes.atom">feed</a>, and all premieres with a day as a{' '}
        <a href="/changes.ics">calendar</a>. What was wrong stands under{' '}
        <a href="/corrections">corrections</a>.
      </p>
    </>
  ),
  none: 'Nothing has changed yet. The first renewal, date or cancellation would stand here.',
  read: getChanges,
  entries: (items) => <ChangesList changes={items} />,
})
