import { apiChange, apiOperations, readSerial, readSince } from '@/lib/feeds/api'
import { getChanges } from '@/lib/ledger/queries'
import { getOperations } from '@/lib/open-data/operations'
import { answering, problem, replyJson } from '@/lib/shared/problem'

const CHANGES_PER_PAGE = 100

/** Real changes of status or date, newest first; with `after` every change of the open data in order, as operations. */
export async function GET(request: Request): Promise<Response> {
  const { searchParams } = new URL(request.url)
  const since = readSince(searchParams.get('since'))
  if (!since.ok) return problem(400, since.reason, 'since')
  const after = readSerial(searchParams.get('after'))
  if (!after.ok) return problem(400, after.reason, 'after')
  const cursor = searchParams.get('cursor')
  if (after.value !== null) return operations(request, after.value, since.value !== null || cursor !== null)
  return answering(request, async () => {
    const { items, next, broken } = await getChanges({ since: since.value, cursor, limit: CHANGES_PER_PAGE })
    if (broken) return problem(400, 'The cursor is not one this API has given out.', 'cursor')
    return replyJson(request, { results: items.map(apiChange), next_cursor: next })
  })
}

async function operations(request: Request, after: number, isMixed: boolean): Promise<Response> {
  if (isMixed)
    return problem(400, 'Give `after` alone: `since` and `cursor` belong to the other form.', 'after')
  return answering(request, async () => {
    const page = await getOperations(after)
    if (page) return replyJson(request, apiOperations(page))
    return problem(410, `The serial ${after} was never given out here: begin again with after=0.`, 'after')
  })
}
