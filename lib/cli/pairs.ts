import { listPairs } from '@/lib/related/pairs'
import type { Run } from './command-line'

/** `pairs`: what readers name beside what, with every reason, and the lists that were imported. */
export const run: Run = async ({ flags }, { out }) => {
  const all = await listPairs()
  if (flags.has('json')) {
    out(JSON.stringify(all))
    return 0
  }
  for (const { show, related, voices, counts, reasons } of all.voiced) {
    out(
      `${show}  ${related}  ${voices} ${voices === 1 ? 'reader' : 'readers'}, ${counts ? 'counts' : 'waits'}`,
    )
    for (const reason of reasons) out(`    ${reason}`)
  }
  for (const { source, pairs, at } of all.lists)
    out(`${source}: ${pairs} pairs, last changed ${at.slice(0, 10)}`)
  if (all.voiced.length + all.lists.length === 0) out('nobody has named a pair yet')
  return 0
}
